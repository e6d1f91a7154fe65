"""What one may subscribe to: the site, and each label in use. Pages announce channels and feeds are made of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from chautari.entry import Entry
from chautari.library import Library
from chautari.site import Site
from chautari.vocabulary import LABELS, Term

NEWEST = 20
"""How many entries a feed holds."""


@dataclass(frozen=True)
class Channel:
    """A stream of entries, newest first. `url` is its HTML page; without a `term` it is that of the whole site."""

    url: str
    entries: tuple[Entry, ...]
    term: Term | None = None

    @property
    def feed(self) -> str:
        """The address of its RSS feed, from the site's root."""
        return f"{self.url}feed.xml"


def pair_url(country: Term, theme: Term) -> str:
    """The address of all that bears both a country and a theme, from the site's root."""
    return f"{country.url}{theme.key}/"


def newest(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The newest dated entries, as many as a feed holds: without a date nothing is news."""
    dated = (entry for entry in entries if entry.date)
    return tuple(entry for entry, _ in zip(dated, range(NEWEST), strict=False))


def site_channel(library: Library) -> Channel:
    """The stream of everything."""
    return Channel("", newest(library.listed))


def term_channel(library: Library, term: Term) -> Channel:
    """The stream of a label."""
    return Channel(term.url, newest(library.labelled(term)), term)


def channels(library: Library) -> Iterator[Channel]:
    """Every stream of the hub, the site's first."""
    yield site_channel(library)
    for vocabulary in LABELS:
        for term in library.terms(vocabulary):
            yield term_channel(library, term)


def identity(entry: Entry, site: Site) -> str:
    """The id that an entry keeps for ever: the one that it was published under, or a tag: URI (RFC 4151)."""
    return entry.source_id or f"tag:{site.id_authority}:{entry.language}/{entry.collection}/{entry.slug}"
