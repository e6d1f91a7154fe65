"""Moving in from another platform: an export becomes entries, with nothing lost and no link broken.

Read the modules in this order:

    items       what an importer reads out of an export
    unpacking   the files of an export, wherever they are packed
    elements    an export's XML, piece by piece
    facts       dates, hosts and the like as exports write them
    sizes       addresses of pictures in their original size
    trees       HTML as a tree
    words       whether every word came along
    prose       HTML as Markdown; anchors, blocks, cards, cleaning, escaping, lines, marks, paragraphs, shown, tables
                are its parts
    places      where each old entry stands now, and under which address
    writing     an entry as the file that an editor would have written
    labels      what the old labels mean here
    aliases     old labels as names of what they mean here
    links       where the links of old texts lead now
    staging     a changed content folder, exchanged for the old one at once
    keeping     what was written last time, and what editors have made of it since
    pictures    the pictures of old texts, put beside the entries
    comments    what readers wrote below the old entries
    soundness   whether what was written can be read back and published
    report      what came along, what did not, and what needs an editor's eye
    page        the report as a page
    move        the order of it all
"""
