"""Moving in from another platform: an export becomes entries, with nothing lost and no link broken.

items       what an importer reads out of an export
labels      what the old labels mean here
places      where each old entry stands now, and under which address
links       where the links of old texts lead now
pictures    the pictures of old texts, put beside the entries
comments    what readers wrote below the old entries
writing     an entry as the file that an editor would have written
staging     a changed content folder, exchanged for the old one at once
keeping     what was written last time, and what editors have made of it since
report      what came along, what did not, and what needs an editor's eye
page        the report as a page
move        the order of it all
"""
