"""The search page."""

from collections.abc import Iterator

from chautari.library import Library
from chautari.listing import Listing
from chautari.site import Site
from chautari.wording import translations


def listings(library: Library, site: Site) -> Iterator[Listing]:
    """/search/, below the words of docs/search.md."""
    _ = translations(site.language).gettext
    yield Listing("search/", _("Search"), template="search.html", text="search.md", indexed=False)
