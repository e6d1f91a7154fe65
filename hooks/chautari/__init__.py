"""Chautari: Markdown files with checked front matter become a searchable site with feeds.

Read the modules in this order; each imports only those before it:

    problems    what is wrong with the content, where, and how to mend it
    yaml_mistakes  what libyaml says, as advice
    yaml        YAML as text, lists and dictionaries, with the line of every value
    source      one file, split into front matter and body, with the line of every key
    validation  from front matter to a model; pydantic's findings become sentences
    values      the kinds of values that front matter may hold
    dates       days, times and time zones, as an editor writes them
    references  other entries that front matter names, and those who took part
    vocabulary  the labels: closed sets of terms
    entry       what all types share
    links       the links of a Markdown text
    site        the place of publication and its moment
    timing      where the time of a build goes
    waiting     a bar on the terminal for who waits
    cache       what was made of each thing, remembered
    pool        work spread over the cores
    drawings    what of a drawing (SVG) may be published
    pictures    what each picture measures, and under which names it is published
    acronyms    what acronyms stand for, and where they lead
    signatures  whether a file is what its name says
    pdf         how many pages a PDF has
    documents   what each document measures, and whether it is what its name says
    awards      who was given a credential, without saying who
    comments    what readers wrote below the entries of an old blog
    outer_links the links that lead out, and whether they still answer
    library     all entries, and the questions one may ask of them
    reading     one file to one entry
    judging     what is wrong between sound files
    loading     the way in: a folder to a library
    reopening   the library of a preview, kept between two saves
    relations   what is related to an entry, and why
    wording     the interface's own words, by language
    geography   where countries lie
    maps        countries as dots on a map
    clocks      one moment on the clocks of several places
    channels    what one may subscribe to
    forwarding  where the old platform's addresses lead
    headers     what a host should say of the files
    schema      what published data look like, as a JSON Schema
    records     the catalogue as plain data
    tables      tables as spreadsheets read them
    listing     a page that lists entries
    choices     what a list is narrowed by
    artifact    a file that is not a page
    zones       time zones as calendars describe them
    renditions  photographs as they are published: small, and without metadata
    citation    how a work is cited
    schema_org  the hub's things in the words of schema.org
    graph       what a page tells machines
    feeds/      what subscribers get of an entry, and one file for each format
    curriculum  what a training is made of
    indicators  what an initiative measures
    who_what_where  who does what where in an initiative
    loops       what would come before itself
    content/    one file for each type; siblings never import each other, here and below
    calendars   which calendars there are
    vevents     an event as calendars describe it
    cascade     who was reached after a training: what may be added up
    paths       which training builds on which
    health      what the committee should look after
    timeline    what happened when
    affiliations  which organisation belongs to which
    involvement what an organisation took part in, and as what
    particulars what the page of one type shows beside what all do
    moving/     moving in from another platform
    views/      one file for each kind of page
    outputs/    one file for each other format
    importers/  one room for each platform that one may move in from
    abbreviations  acronyms explained where a text first uses them
    prefilter   what a text must hold for a regular expression to match it
    quick_markdown  Python-Markdown without work in vain
    linking     the links of a rendered text, and no unsafe markup
    markdown    bodies to HTML
    addresses   old addresses, and those that must not die
    bodies      the rendered texts of all entries, from the cache or from all cores
    sharing     what one sends on of an entry
    asking      every outer link asked whether it still answers
    recipients  who is to be given a credential, read from a table
    issuing     credentials given and taken back
    fingerprints  what a page shows, as a short name
    packs       trainings as ZIPs, for those who have no network
    stage       where a build writes until it is whole
    written     what stands in the published folder, and what it was made of
    cbor        the notation of the search engine's files
    parts       the search engine's files over some pages, read
    bundle      its files over all pages, put together
    sitemap     every page and its last change, for search engines
    search      the search index over the finished pages
    templates   what templates know, and how they are compiled
    pages       what MkDocs asks of a file and of a page
    watching    who sees that a file was saved
    hub         one build, from the library to the written site
    events      the events of MkDocs
    project     a folder as commands open it
    importing   the command line of moving in
    __main__    the command line

MkDocs and Jinja are imported in `events`, `hub`, `pages` and `templates` alone.
"""
