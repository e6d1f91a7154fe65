"""What an organisation took part in, and as what: every entry that names it, by the fields in which it does."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate, groupby

from chautari.content.events import Event
from chautari.content.initiatives import Initiative
from chautari.content.partners import Partner
from chautari.content.resources import Resource
from chautari.content.trainings import Training
from chautari.dates import day_of
from chautari.entry import Entry
from chautari.library import Library
from chautari.who_what_where import Member

_GROUPS = {
    "initiatives": ("initiatives", {"members", "conditions", "partners", "authors"}),
    "given": ("trainings", {"organisers", "trainers", "funders"}),
    "taken": ("trainings", {"participants", "cascade"}),
    "trainings": ("trainings", set()),
    "events": ("events", {"organisers", "speakers", "partners", "authors"}),
    "made": ("resources", {"creators", "publisher", "authors"}),
    "resources": ("resources", set()),
    "credentials": ("credentials", {"issuer"}),
}
"""The groups of a partner's page in their order: the type, and the fields of which one names the partner."""
_BETWEEN_PARTNERS = {"parent", "affiliates", "successor", "partners"}
"""What ties two organisations stands elsewhere on the page."""
Dated = tuple[dt.date | None, Entry]
"""An entry and its day; None where no more than the year is known."""


@dataclass(frozen=True)
class Part:
    """An entry that names an organisation, and as what: the names of the fields, in the entry's own order.

    `members` are the organisation's own lines in an initiative: its role there, its activities, its places.
    """

    entry: Entry
    roles: tuple[str, ...]
    members: tuple[Member, ...] = ()


def parts_of(partner: Entry, library: Library) -> tuple[Part, ...]:
    """Everything that is listed and names a partner, newest first."""
    return tuple(_part(entry, locations) for entry, locations in library.naming(partner))


def _part(entry: Entry, locations: Iterable[tuple[str | int, ...]]) -> Part:
    roles = tuple(dict.fromkeys(str(location[0]) for location in locations))
    if not isinstance(entry, Initiative):
        return Part(entry, roles)
    members = tuple(entry.members[int(location[1])] for location in locations if location[0] == "members")
    return Part(entry, roles, members)


def by_group(parts: Iterable[Part]) -> dict[str, list[Part]]:
    """Parts by what the organisation did. A training that it both gave and took stands in both groups."""
    groups: dict[str, list[Part]] = {name: [] for name in _GROUPS}
    for part in parts:
        for name in _groups(part):
            groups.setdefault(name, []).append(part)
    posts = groups.pop("posts", [])
    return {name: group for name, group in (*groups.items(), ("posts", posts)) if group}


def _groups(part: Part) -> list[str]:
    collection, roles = part.entry.collection, set(part.roles)
    if collection == "partners" and roles <= _BETWEEN_PARTNERS:
        return []
    found = [name for name, (of, fields) in _GROUPS.items() if of == collection and fields & roles]
    return found or [collection]


def former(parts: Iterable[Part]) -> dict[str, list[Partner]]:
    """The organisations whose successor another one is, by what became of them."""
    states: dict[str, list[Partner]] = {"merged": [], "dissolved": []}
    for part in parts:
        if isinstance(part.entry, Partner) and "successor" in part.roles and part.entry.status in states:
            states[part.entry.status].append(part.entry)
    return states


def timeline(parts: Iterable[Part], library: Library) -> list[tuple[int, list[Dated]]]:
    """All that has a date, by year: the latest year first, and in it the latest day."""
    entries = [part.entry for part in parts if not isinstance(part.entry, Partner)]
    dated = [(*_when(entry, library), entry) for entry in entries]
    known = [(year, day, entry) for year, day, entry in dated if year]
    # Sorting keeps the order of what is of one day.
    known.sort(key=lambda each: (-each[0], -(each[1] or dt.date(each[0], 1, 1)).toordinal()))
    return [(year, [(day, entry) for _, day, entry in those]) for year, those in groupby(known, lambda each: each[0])]


def _when(entry: Entry, library: Library) -> tuple[int, dt.date | None]:
    """The year of an entry, 0 for none, and its day."""
    if isinstance(entry, Resource):
        day = day_of(entry.date) if entry.date else None
        return entry.year, day if day and day.year == entry.year else None
    day = _day(entry, library)
    return (day.year, day) if day else (0, None)


def _day(entry: Entry, library: Library) -> dt.date | None:
    """When it was: of what has no date of its own its beginning, of a training its first run."""
    if isinstance(entry, Event):
        return day_of(entry.start)
    if isinstance(entry, Training) and not entry.date:
        runs = [day_of(run.start) for run in library.mentioning(entry) if isinstance(run, Event)]
        return min(runs, default=None)
    begins = entry.date or (entry.start if isinstance(entry, Initiative) else None)
    return day_of(begins) if begins else None


def open_years(years: Iterable[tuple[int, list[Dated]]], enough: int = 12) -> int:
    """How many of the newest years are read without unfolding: as many as hold enough, and one at least."""
    shown = accumulate(len(entries) for _, entries in years)
    return 1 + sum(1 for count in shown if count < enough)


def worked_with(partner: Partner, parts: Iterable[Part], library: Library) -> list[Partner]:
    """Those that a partner says it works with, and those that say so of it."""
    own = map(library.get, partner.partners)
    others = (part.entry for part in parts if "partners" in part.roles)
    found = {other.work: other for other in (*own, *others) if isinstance(other, Partner)}
    return list(found.values())
