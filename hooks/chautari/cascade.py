"""How many were reached afterwards by those who took a training: what may be added up, and what may not.

Two reports that may speak of the same people are never added: of them only the larger number counts. They may where
partner and country are the same, and a source or a time is too; what a report leaves unsaid may be the same as well.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from chautari.content.trainings import Training
from chautari.curriculum import Reach
from chautari.entry import Entry
from chautari.library import Library
from chautari.vocabulary import Term, folded


@dataclass(frozen=True)
class Report:
    """One line of a training's cascade, and the file of the partner that it names, by whatever name it does.

    One that is not `added` may count people whom an added one counts.
    """

    training: Training
    reach: Reach
    partner: str | None = None
    added: bool = False


@dataclass(frozen=True)
class Reached:
    """What several reports say together; `reports` are in the order of time."""

    reports: tuple[Report, ...]

    @property
    def added(self) -> list[Reach]:
        """What the numbers below are made of."""
        return [report.reach for report in self.reports if report.added]

    @property
    def people(self) -> int:
        return sum(reach.people for reach in self.added)

    @property
    def women(self) -> int:
        """At least so many: not every report counts them."""
        return sum(reach.women or 0 for reach in self.added)

    @property
    def knows_all_women(self) -> bool:
        """Whether every added report counts the women."""
        return all(reach.women is not None for reach in self.added)

    @property
    def period(self) -> tuple[dt.date, dt.date] | None:
        """The first and the last day that the added reports name."""
        days = [day for reach in self.added for day in (reach.since, reach.date) if day]
        return (min(days), max(days)) if days else None

    @property
    def largest(self) -> int:
        """The largest number of all, which the longest bar stands for."""
        return max(report.reach.people for report in self.reports)


def of_training(training: Training, library: Library) -> Reached | None:
    """All that is known of one training."""
    return _reached(library, [training], lambda report: True)


def of_partner(partner: Entry, library: Library) -> Reached | None:
    """What a partner has done with what its people learned."""
    trainings = (entry for entry in library.mentioning(partner) if isinstance(entry, Training))
    return _reached(library, trainings, lambda report: report.partner == partner.work)


def of_place(place: Term, library: Library) -> Reached | None:
    """Who was reached in a country, or in the countries of a region."""

    def is_there(report: Report) -> bool:
        country = report.reach.country
        return country is not None and place in (country, *country.ancestors())

    return _reached(library, library.all(Training), is_there)


def _reached(library: Library, trainings: Iterable[Training], wanted: Callable[[Report], bool]) -> Reached | None:
    reports = [
        report
        for training in trainings
        for reach in training.cascade
        if wanted(report := Report(training, reach, _partner(reach, library)))
    ]
    return summed(sorted(reports, key=_in_time)) if reports else None


def _partner(reach: Reach, library: Library) -> str | None:
    found = library.find(reach.by) if reach.by else None
    return found.work if found else None


def _in_time(report: Report) -> tuple[dt.date, str]:
    return report.reach.date or report.reach.since or dt.date.max, report.training.path


def summed(reports: Iterable[Report]) -> Reached:
    """The same reports, of which as many are added as speak of different people, the largest numbers first."""
    placed = list(enumerate(reports))
    added: dict[int, Report] = {}
    for place, report in sorted(placed, key=lambda each: -each[1].reach.people):
        if not any(may_overlap(report, other) for other in added.values()):
            added[place] = report
    return Reached(tuple(replace(report, added=place in added) for place, report in placed))


def may_overlap(one: Report, other: Report) -> bool:
    """Whether two reports may count the same people."""
    if not (_may_be_same(one.partner, other.partner) and _may_be_same(one.reach.country, other.reach.country)):
        return False
    if one.reach.source and folded(one.reach.source) == folded(other.reach.source or ""):
        return True
    (first, last), (since, until) = _days(one.reach), _days(other.reach)
    return first <= until and since <= last


def _may_be_same(one: object, other: object) -> bool:
    return one is None or other is None or one == other


def _days(reach: Reach) -> tuple[dt.date, dt.date]:
    """The time of a report: one day where it names no other, any time where it names none."""
    if reach.date is None:
        return reach.since or dt.date.min, dt.date.max
    return reach.since or reach.date, reach.date
