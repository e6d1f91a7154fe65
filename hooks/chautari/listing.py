"""A page that lists entries, as a view makes it and a template shows it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from chautari.channels import Channel
from chautari.entry import Entry
from chautari.vocabulary import Term

PER_PAGE = 10
"""Enough to see what is new."""
PER_LONG_PAGE = 100
"""For who looks for something: a page more is a long wait on a slow telephone."""


@dataclass(frozen=True)
class Listing:
    """One page. `url` is its address from the site's root; `text` a page of docs/ that stands above the list.

    The first `cards` of its entries are shown as cards, and those after them as rows; None: all are cards. `before` is
    how many entries stand on earlier pages of the list, `total` how many on all of them. `terms` are those that
    everything on it bears. `data` holds what only the listing's own template understands. One that is not `indexed` is
    no goal of a search; one that is `unlisted` is for those who were given its address, and no search engine may keep
    it.
    """

    url: str
    title: str
    template: str = "default.html"
    entries: Sequence[Entry] = ()
    cards: int | None = None
    text: str = ""
    terms: tuple[Term, ...] = ()
    channel: Channel | None = None
    total: int = 0
    before: int = 0
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

    @property
    def in_full(self) -> Sequence[Entry]:
        """The entries that are shown as cards."""
        return self.entries[: self.cards]

    @property
    def in_rows(self) -> Sequence[Entry]:
        """The entries of which no more is shown than what tells them apart."""
        return self.entries[len(self.in_full) :]

    def url_of(self, page: int) -> str:
        """The address of another page of the same list, from the site's root."""
        return self.first_url if page == 1 else f"{self.first_url}page/{page}/"


def paginated(listing: Listing, entries: Sequence[Entry]) -> Iterator[Listing]:
    """A listing's pages, ten entries each; there is always a first one, which alone has text and data."""
    return _in_pages(listing, entries, PER_PAGE)


def at_length(listing: Listing, entries: Sequence[Entry], cards: int = PER_PAGE) -> Iterator[Listing]:
    """The pages of a list in which somebody looks for something: a hundred entries each, the first as cards.

    A pair, a month or a region repeats what other lists show in tens; in tens, they would be a third of all pages.
    """
    for page in _in_pages(listing, entries, PER_LONG_PAGE):
        yield replace(page, cards=cards if page.page == 1 else 0)


def _in_pages(listing: Listing, entries: Sequence[Entry], size: int) -> Iterator[Listing]:
    pages = max(1, -(-len(entries) // size))
    whole = replace(listing, total=len(entries), pages=pages, first_url=listing.url)
    for page in range(1, pages + 1):
        before = (page - 1) * size
        yield replace(
            whole,
            url=whole.url_of(page),
            before=before,
            page=page,
            entries=entries[before : before + size],
            text=listing.text if page == 1 else "",
            data=listing.data if page == 1 else {},
        )
