"""A page that lists entries, as a view makes it and a template shows it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from chautari.channels import Channel
from chautari.entry import Entry
from chautari.vocabulary import Term

PER_PAGE = 10


@dataclass(frozen=True)
class Listing:
    """One page. `url` is its address from the site's root; `text` a page of docs/ that stands above the list.

    `terms` are those that everything on it bears. `data` holds what only the listing's own template understands. One
    that is not `indexed` is no goal of a search; one that is `unlisted` is for those who were given its address, and no
    search engine may keep it.
    """

    url: str
    title: str
    template: str = "default.html"
    entries: Sequence[Entry] = ()
    text: str = ""
    terms: tuple[Term, ...] = ()
    channel: Channel | None = None
    total: int = 0
    page: int = 1
    pages: int = 1
    first_url: str = ""
    indexed: bool = True
    unlisted: bool = False
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def source(self) -> str:
        """The name by which pages of docs/ link to it, as if it were a file there."""
        return f"{self.url.rstrip('/') or 'index'}/index.md"

    @property
    def term(self) -> Term | None:
        """The term whose page this is; None for a list that no term makes, or more than one."""
        return self.terms[0] if len(self.terms) == 1 else None

    def url_of(self, page: int) -> str:
        """The address of another page of the same list, from the site's root."""
        return self.first_url if page == 1 else f"{self.first_url}page/{page}/"


def paginated(listing: Listing, entries: Sequence[Entry]) -> Iterator[Listing]:
    """A listing's pages, ten entries each; there is always a first one, which alone has text and data."""
    pages = max(1, -(-len(entries) // PER_PAGE))
    whole = replace(listing, total=len(entries), pages=pages, first_url=listing.url)
    for page in range(1, pages + 1):
        yield replace(
            whole,
            url=whole.url_of(page),
            page=page,
            entries=entries[(page - 1) * PER_PAGE : page * PER_PAGE],
            text=listing.text if page == 1 else "",
            data=listing.data if page == 1 else {},
        )
