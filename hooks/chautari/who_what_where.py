"""Who does what where (the "3W" of the humanitarian network OCHA): the members of common work, read from two sides.

A member's line names its activities and its places. An activity may name places of its own; one that does not is
carried out in all places of the line.
"""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal, NamedTuple, TypeAlias

from pydantic import BeforeValidator, PlainSerializer

from chautari.references import PartnerRef
from chautari.validation import Model
from chautari.values import Many, Text
from chautari.vocabulary import Country, Term, folded


class Activity(Model):
    """Something that a member does, and where, if not in all its places."""

    title: Text
    places: Many[Text] = ()


def _as_activity(value: Any) -> Any:
    return {"title": value} if isinstance(value, str) else value


def _as_written(activity: Activity) -> Any:
    """A bare title stays one in the data."""
    return activity if activity.places else activity.title


AnyActivity: TypeAlias = Annotated[
    Activity, BeforeValidator(_as_activity), PlainSerializer(_as_written, return_type=str | Activity)
]


class Member(Model):
    """Who does what, and where."""

    partner: PartnerRef
    role: Literal["backbone", "implementer", "funder", "advisor"] | None = None
    activities: Many[AnyActivity] = ()
    places: Many[Text] = ()

    def where(self, activity: Activity) -> tuple[str, ...]:
        """The places of one of its activities."""
        return activity.places or self.places

    def all_places(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Every place that the line names, with where it stands in it."""
        for number, place in enumerate(self.places):
            yield ("places", number), place
        for number, activity in enumerate(self.activities):
            for below, place in enumerate(activity.places):
                yield ("activities", number, "places", below), place


class Area(Model):
    """A district, or a whole country, in which the work is done."""

    country: Country
    district: Text | None = None


# --- by partner ---


class Row(NamedTuple):
    """One member: for each activity of the matrix its places, or None if it has no part in it."""

    member: Member
    cells: tuple[tuple[str, ...] | None, ...]


class Matrix(NamedTuple):
    """Partner by activity; the cells hold places."""

    activities: tuple[str, ...]
    rows: tuple[Row, ...]


def matrix(members: Sequence[Member]) -> Matrix:
    """All members, each with its part in every activity that anybody has named, in the order of the file."""
    titles: dict[str, str] = {}
    for member in members:
        for activity in member.activities:
            titles.setdefault(folded(activity.title), activity.title)
    rows = []
    for member in members:
        parts = {folded(activity.title): member.where(activity) for activity in member.activities}
        rows.append(Row(member, tuple(parts.get(word) for word in titles)))
    return Matrix(tuple(titles.values()), tuple(rows))


# --- by place ---


class Presence(NamedTuple):
    """A place, and who does what there."""

    place: str
    who: tuple[tuple[Member, tuple[str, ...]], ...] = ()


class Ground(NamedTuple):
    """A country with its districts; `country` is None for places of which nobody has said where they lie."""

    country: Term | None
    whole: Presence
    districts: tuple[Presence, ...]


def grounds(members: Sequence[Member], areas: Sequence[Area]) -> tuple[Ground, ...]:
    """The places of the work by country and district, then those that members name and no area does."""
    there = presences(members)
    found = []
    for country in dict.fromkeys(area.country for area in areas):
        whole = next(filter(None, (there.pop(name, None) for name in names(country))), Presence(country.name()))
        districts = dict.fromkeys(area.district for area in areas if area.country is country and area.district)
        found.append(Ground(country, whole, tuple(there.pop(folded(name), Presence(name)) for name in districts)))
    return (*found, Ground(None, Presence(""), tuple(there.values()))) if there else tuple(found)


def presences(members: Sequence[Member]) -> dict[str, Presence]:
    """Who does what at each place that members name, by the place's name in the form in which words are compared."""
    found: dict[str, Presence] = {}
    for member in members:
        for word, place in {folded(place): place for _, place in member.all_places()}.items():
            done = [each.title for each in member.activities if word in map(folded, member.where(each))]
            known = found.get(word, Presence(place))
            found[word] = known._replace(who=(*known.who, (member, tuple(done))))
    return found


def names(country: Term) -> list[str]:
    """By what words members may mean a whole country."""
    return [folded(name) for name in (country.name(), country.key, *country.aliases)]
