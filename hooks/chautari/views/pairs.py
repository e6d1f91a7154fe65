"""Browsing by country and theme at once: what is there on employment injury in Bangladesh?"""

from collections.abc import Iterator

from chautari.calendars import calendar_address
from chautari.channels import pair_channel
from chautari.library import Library
from chautari.listing import Listing, at_length
from chautari.site import Site


def listings(library: Library, site: Site) -> Iterator[Listing]:
    """/countries/bangladesh/decent-work/ for every country and theme that anything bears both of."""
    for pair, entries in library.pairs().items():
        channel = pair_channel(library, site, *pair)
        groups = library.grouped(entries)
        calendar = calendar_address(channel.url, entries)
        data = {"groups": groups, "count": len(entries), "calendar": calendar}
        listing = Listing(channel.url, channel.title, template="pair.html", terms=pair, channel=channel, data=data)
        yield from at_length(listing, groups.get("posts", ()))
