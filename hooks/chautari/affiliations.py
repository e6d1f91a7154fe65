"""Affiliations: which organisation belongs to which, whichever of the two says so."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from chautari.content.partners import Partner
from chautari.library import Library

Way = tuple[Partner, ...]
"""From the widest organisation down to the one that is asked about, which is not part of it."""
_Ties = dict[str, dict[str, Partner]]


@dataclass(frozen=True)
class Affiliations:
    """Where an organisation stands: those that it belongs to, and those that belong to it.

    There are several ways up where it, or one above it, belongs to several; what it says itself comes first.
    """

    above: tuple[Way, ...]
    below: tuple[Partner, ...]


def affiliations_of(partner: Partner, library: Library) -> Affiliations | None:
    """All that is known; None where it stands alone."""
    above, below = library.once(_ties)
    ways = tuple(_ways(partner.work, above))
    members = sorted(below.get(partner.work, {}).values(), key=library.collections["partners"].order)
    return Affiliations(ways, tuple(members)) if ways or members else None


def _ways(work: str, above: _Ties) -> Iterator[Way]:
    # A loop cannot keep it here: that is a problem, and nothing is published then.
    for whole in above.get(work, {}).values():
        for way in list(_ways(whole.work, above)) or [()]:
            yield (*way, whole)


def _ties(library: Library) -> tuple[_Ties, _Ties]:
    """For each organisation those right above it, and those right below."""
    above: _Ties = defaultdict(dict)
    below: _Ties = defaultdict(dict)
    for member, whole in _pairs(library):
        above[member.work][whole.work] = whole
        below[whole.work][member.work] = member
    return dict(above), dict(below)


def _pairs(library: Library) -> Iterator[tuple[Partner, Partner]]:
    """Who belongs to whom: first what organisations say of themselves, then what others say of them."""
    partners = [entry for entry in library.published if isinstance(entry, Partner) and _is_shown(entry)]
    for partner in partners:
        whole = library.get(partner.parent) if partner.parent else None
        if isinstance(whole, Partner) and _is_shown(whole):
            yield partner, whole
    for partner in partners:
        for member in map(library.get, partner.affiliates):
            if isinstance(member, Partner) and _is_shown(member):
                yield member, partner


def _is_shown(partner: Partner) -> bool:
    return partner.original and partner.status != "withdrawn"
