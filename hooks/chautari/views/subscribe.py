"""The page that lists every feed in plain words."""

from collections.abc import Iterator

from chautari.channels import grouped_channels
from chautari.library import Library
from chautari.listing import Listing
from chautari.site import Site
from chautari.wording import translations


def listings(library: Library, site: Site) -> Iterator[Listing]:
    """/subscribe/, below the words of docs/subscribe.md."""
    _ = translations(site.language).gettext
    yield Listing(
        "subscribe/",
        _("Subscribe"),
        template="subscribe.html",
        text="subscribe.md",
        data={"groups": grouped_channels(library, site)},
    )
