"""/health/: what the committee should look after, by country and partner. Not for search engines, feeds or the map."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

from chautari.entry import Entry
from chautari.health import KINDS, Finding, by_partner, by_place, counts, findings
from chautari.library import Library
from chautari.listing import Listing
from chautari.site import Site
from chautari.vocabulary import Term
from chautari.wording import translations

SHOWN = 50
"""How many findings of one kind a page lists; `chautari health --json` has all."""
ELSEWHERE = "elsewhere"


def listings(library: Library, site: Site) -> Iterator[Listing]:
    """An overview in numbers, and a page for each country; one more for what belongs to no single country."""
    _ = translations(site.language).gettext
    found = findings(library, site)
    groups = by_place(found)
    places = [place for place in (*library.terms("countries"), None) if place in groups]
    rows = [(url_of(place), place, counts(groups[place]), len(groups[place])) for place in places]
    counted = counts(found)
    data = {"kinds": [kind for kind in KINDS if counted.get(kind)], "places": rows, "counts": counted}
    yield _page("health/", _("What needs care"), data)
    for place in places:
        title = place.name(site.language) if place else _("No single country")
        yield _page(url_of(place), title, of_place(place, groups[place], library))


def _page(url: str, title: str, data: dict[str, Any]) -> Listing:
    return Listing(url, title, template="health.html", indexed=False, unlisted=True, data=data)


def url_of(place: Term | None) -> str:
    """The page of a country."""
    return f"health/{place.key if place else ELSEWHERE}/"


def of_place(place: Term | None, found: Sequence[Finding], library: Library) -> dict[str, Any]:
    """What the page of a country shows: findings by kind, and by the partners there who can be asked."""
    kinds = {kind: list(group) for kind, group in groupby(found, attrgetter("kind"))}  # which is their order
    asked = [(partner, counts(group)) for partner, group in by_partner(found, library)]
    return {
        "place": place,
        "groups": [(kind, len(group), _rows(group)) for kind, group in kinds.items()],
        "partners": [each for each in asked if place is None or place in each[0].countries],
        "kinds": list(kinds),
    }


def _rows(group: Sequence[Finding]) -> list[tuple[Entry, str]]:
    return [(finding.entry, finding.detail) for finding in group[:SHOWN]]
