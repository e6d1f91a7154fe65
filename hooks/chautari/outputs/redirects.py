"""Pages at old addresses that lead to where something stands now, for hosts that can serve nothing but files."""

from collections import Counter
from collections.abc import Iterator
from functools import partial

from lxml.html import builder, tostring
from slugify import slugify

from chautari.artifact import Artifact, Texts
from chautari.entry import Entry
from chautari.forwarding import LABEL_PAGES, UNKNOWN_LABEL, archives, dropped, labels
from chautari.library import Library
from chautari.site import Site, destination, relative_url
from chautari.values import LONGEST_NAME
from chautari.vocabulary import LABELS, Term
from chautari.wording import month, section, translations


def artifacts(library: Library, site: Site, texts: Texts) -> Iterator[Artifact]:
    """One page for each old address of an entry or a month, each other name of a label, and each old label."""
    for entry in library.published:
        for address in entry.former_addresses:
            yield to_entry(address.lstrip("/"), entry, site)
    for vocabulary in LABELS:
        for old, term in other_names(library, vocabulary):
            yield to_term(old, term, site)
    for label, goal in labels(library, site).items():
        if is_filename(label):
            old = f"{LABEL_PAGES}{label}/"
            yield to_term(old, goal, site) if isinstance(goal, Term) else to_entry(old, goal, site)
    for label in filter(is_filename, dropped(library, site)):
        old, title = f"{LABEL_PAGES}{label}/", section("themes", site.language)
        make = partial(redirect, old, UNKNOWN_LABEL, title, site.language, site)
        yield Artifact(destination(old), make, (old, title))
    for old, day in archives(library).items():
        title = translations(site.language).gettext("Posts of %(period)s") % {"period": month(day, site.language)}
        yield Artifact(old, partial(redirect, old, f"{day:%Y/%m}/", title, site.language, site), (old, title))


def to_term(old: str, term: Term, site: Site) -> Artifact:
    """The page that leads from an old address to a label's page."""
    make = partial(redirect, old, term.url, term.name(site.language), site.language, site)
    return Artifact(destination(old), make, (old, term))


def to_entry(old: str, entry: Entry, site: Site) -> Artifact:
    """The page that leads from an old address to an entry's page."""
    make = partial(redirect, old, entry.url, entry.title, entry.language, site)
    return Artifact(destination(old), make, (old, entry))


def is_filename(label: str) -> bool:
    """Whether a label can be a folder on every file system; one with a slash is a folder within another."""
    parts = label.split("/")
    portable = all(part.strip(" .") == part != "" and len(part.encode()) < LONGEST_NAME for part in parts)
    return portable and not set(label) & set('<>:"\\|?*')


def other_names(library: Library, vocabulary: str) -> Iterator[tuple[str, Term]]:
    """The addresses that a label would have by its English name and its aliases; a name of two labels leads nowhere."""
    terms = list(library.vocabularies[vocabulary])
    words = {term: {slugify(name) for name in (term.name(), *term.aliases)} - {term.key, ""} for term in terms}
    meanings = Counter(word for others in words.values() for word in others) + Counter(term.key for term in terms)
    for term in library.terms(vocabulary):
        for word in sorted(words[term]):
            if meanings[word] == 1:
                yield f"{vocabulary}/{word}/", term


def redirect(old: str, url: str, title: str, language: str, site: Site) -> bytes:
    """A page that leads from an old address to what is called `title` at `url`, at once and by a link."""
    way = relative_url(old, url)
    page = builder.HTML(
        builder.HEAD(
            builder.META(charset="utf-8"),
            builder.TITLE(title),
            builder.META({"http-equiv": "refresh"}, content=f"0; url={way}"),
            builder.LINK(rel="canonical", href=site.absolute(url)),
            builder.META(name="robots", content="noindex"),
        ),
        builder.BODY(
            builder.P(translations(site.language).gettext("This page has moved:"), " ", builder.A(title, href=way))
        ),
        lang=language,
    )
    return bytes(tostring(page, doctype="<!doctype html>", encoding="utf-8"))
