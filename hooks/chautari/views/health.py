"""/health/: what the committee should look after, by country and partner. Not for search engines, feeds or the map."""

from collections.abc import Iterator, Sequence
from typing import Any

from chautari.entry import Entry
from chautari.health import KINDS, Finding, Kind, by_partner, by_place, counts, findings
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
    data = {"kinds": kinds_of(found), "places": rows, "counts": counts(found)}
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
    kinds = [(kind, [finding for finding in found if finding.kind == kind]) for kind in kinds_of(found)]
    asked = [(partner, counts(group)) for partner, group in by_partner(found, library)]
    return {
        "place": place,
        "groups": [(kind, len(group), _rows(group)) for kind, group in kinds],
        "partners": [each for each in asked if place is None or place in each[0].countries],
        "kinds": kinds_of(found),
    }


def kinds_of(found: Sequence[Finding]) -> list[Kind]:
    """The kinds that there are findings of, in their order."""
    counted = counts(found)
    return [kind for kind in KINDS if counted.get(kind)]


def _rows(group: Sequence[Finding]) -> list[tuple[Entry, str]]:
    return [(finding.entry, finding.detail) for finding in group[:SHOWN]]
