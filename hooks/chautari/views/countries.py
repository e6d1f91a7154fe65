"""Browsing by country: where on the map, and how much there is of what."""

from collections import Counter
from collections.abc import Iterator

from chautari.library import Library
from chautari.listing import Listing
from chautari.maps import map_of
from chautari.site import Site
from chautari.wording import section

COLUMNS = ("partners", "trainings", "events", "posts")


def listings(library: Library, site: Site) -> Iterator[Listing]:
    """/countries/; what one country has is a page of a label."""
    counted = library.counted("countries")
    kinds = {term: Counter(entry.collection for entry in library.labelled(term)) for term, _ in counted}
    yield Listing(
        "countries/",
        section("countries", site.language),
        template="countries.html",
        total=len(counted),
        data={
            "map": map_of(counted, site),
            "columns": COLUMNS,
            "rows": [(term, count, [kinds[term][name] for name in COLUMNS]) for term, count in counted],
        },
    )
