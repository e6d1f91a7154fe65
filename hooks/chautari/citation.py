"""How a work is cited: the facts that every form of citation writes in its own way, and the tags that programs read.

The tags are those of Highwire Press, which Google Scholar and Zotero ask for, and Dublin Core where they have none.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from chautari.entry import Entry
from chautari.library import Library
from chautari.references import Contributor
from chautari.site import Site

# Zotero's names of CSL's types. A page whose DC.type is none of them is taken for an article in a journal.
_ZOTERO = {
    "post-weblog": "blogPost",
    "motion_picture": "videoRecording",
    "legislation": "statute",
    "graphic": "artwork",
    "speech": "presentation",
}


@dataclass(frozen=True)
class Creator:
    """Who made a work, by name."""

    name: str
    role: str = "author"


@dataclass(frozen=True)
class Citation:
    """What names a work. `kind` is a type of CSL 1.0.2, `issued` a day or a mere year, `container` the site it is on.

    `page` is its page on the hub, `address` where one finds the work itself.
    """

    kind: str
    title: str
    language: str
    page: str
    address: str
    creators: tuple[Creator, ...] = ()
    issued: dt.date | int | None = None
    container: str = ""
    publisher: str = ""
    edition: str = ""
    isbn: str = ""
    doi: str = ""
    licence: str = ""
    pdf: str = ""

    @property
    def year(self) -> int | None:
        return self.issued.year if isinstance(self.issued, dt.date) else self.issued

    def tags(self) -> Iterator[tuple[str, str]]:
        """The names and contents of the <meta> elements."""
        issued = self.issued.strftime("%Y/%m/%d") if isinstance(self.issued, dt.date) else str(self.issued or "")
        found = [
            ("citation_title", self.title),
            *(("citation_author", creator.name) for creator in self.creators if creator.role == "author"),
            ("citation_publication_date", issued),
            ("citation_publisher", self.publisher),
            ("citation_language", self.language),
            ("citation_isbn", self.isbn),
            ("citation_doi", self.doi),
            ("citation_public_url", self.page),
            ("citation_pdf_url", self.pdf),
            ("DC.type", _ZOTERO.get(self.kind, self.kind)),
            ("DC.rights", self.licence),
        ]
        yield from ((name, content) for name, content in found if content)


def creators_of(contributors: Iterable[Contributor], library: Library) -> tuple[Creator, ...]:
    """The makers of a work, partners by their names."""
    return tuple(
        Creator(each.name or (library.title(each.partner) if each.partner else ""), each.role or "author")
        for each in contributors
    )


def of_text(entry: Entry, library: Library, site: Site, kind: str = "webpage") -> Citation:
    """A text of the hub itself: where nobody is named, it is the network that speaks."""
    address = site.absolute(entry.url)
    return Citation(
        kind,
        entry.title,
        entry.language,
        page=address,
        address=address,
        creators=creators_of(entry.authors, library),
        issued=entry.date,
        container=site.name,
        publisher=site.name,
        licence=entry.licence_in(site.settings.licence),
    )


def of_entry(entry: Entry, library: Library, site: Site) -> Citation | None:
    """How an entry is cited, if it is of a type that one cites."""
    cited = library.collections[entry.collection].cited
    found: Citation | None = cited(entry, library, site) if cited else None
    return found
