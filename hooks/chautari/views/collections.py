"""One page for each collection but the posts: /trainings/, /partners/ …"""

from collections.abc import Iterator

from chautari.calendars import ALL_EVENTS
from chautari.channels import collection_channel
from chautari.library import Library
from chautari.listing import Listing
from chautari.site import Site
from chautari.wording import section


def listings(library: Library, site: Site) -> Iterator[Listing]:
    """Every collection has its page, also while it is empty: menus lead there."""
    for name in library.collections:
        if name != "posts":
            entries = library.of(name)
            yield Listing(
                f"{name}/",
                section(name, site.language),
                template="collection.html",
                entries=entries,
                channel=collection_channel(library, site, name),
                total=len(entries),
                data={
                    "collection": name,
                    "calendar": ALL_EVENTS if name == "events" else "",
                    "facets": {each: library.counted_among(entries, each) for each in ("countries", "themes")},
                },
            )
