"""One page for each collection that has no view of its own: /initiatives/, /resources/ …"""

from collections.abc import Iterator

from chautari.channels import collection_channel
from chautari.library import Library
from chautari.listing import Listing
from chautari.site import Site
from chautari.wording import section


def listings(library: Library, site: Site) -> Iterator[Listing]:
    """Every collection has its page, also while it is empty: menus lead there."""
    for name in library.sections:
        if name not in ("posts", "events", "trainings", "partners", "resources"):
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
                    "facets": {each: library.counted_among(entries, each) for each in ("countries", "themes")},
                },
            )
