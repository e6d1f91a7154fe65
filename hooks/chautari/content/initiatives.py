"""Initiatives: common work of many towards a shared goal (schema:Project, the form of collective impact)."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator, PlainSerializer

from chautari.dates import Day
from chautari.entry import Collection, Entry
from chautari.indicators import Indicator, Year
from chautari.library import Library
from chautari.problems import Problem
from chautari.references import Organisation, Reference
from chautari.schema_org import Node, Nodes, filled, node
from chautari.source import Location
from chautari.validation import Model, field_name
from chautari.values import Many, Text, complaint, licence_url
from chautari.vocabulary import Term, folded
from chautari.who_what_where import Area, Ground, Matrix, Member, grounds, matrix

TABLE = "indicators.csv"


class Fact(Model):
    """A statement about the situation, with its source; a projection keeps the year that it speaks of."""

    statement: Text
    source: Text | None = None
    year: Year | None = None

    def is_projection(self, today: dt.date) -> bool:
        """Whether it speaks of a year that is still to come."""
        return self.year is not None and self.year > today.year


class Part(Model):
    """An area of work or a strategy."""

    title: Text
    description: Text | None = None


class Outcome(Model):
    """What is to come about, in a named group of outcomes."""

    group: Text
    statement: Text | None = None
    items: Many[Text] = ()

    def model_post_init(self, context: Any, /) -> None:
        if not (self.statement or self.items):
            raise complaint("says nothing but its group", "Add a line `statement: …` or a list `items:`.")


class Backbone(Model):
    """Who holds the common work together, how, or both: the words stand alone where no organisation is named yet."""

    organisation: Organisation | None = None
    description: Text | None = None


def _as_backbone(value: Any) -> Any:
    return {"organisation": value} if isinstance(value, str) else value


def _as_written(backbone: Backbone) -> Any:
    """A bare organisation stays one in the data."""
    return backbone if backbone.description else backbone.organisation


AnyBackbone: TypeAlias = Annotated[
    Backbone, BeforeValidator(_as_backbone), PlainSerializer(_as_written, return_type=Organisation | Backbone)
]


class Conditions(Model):
    """The five conditions of collective impact (Kania and Kramer, 2011)."""

    common_agenda: Text | None = None
    shared_measurement: Text | None = None
    mutually_reinforcing: Text | None = None
    continuous_communication: Text | None = None
    backbone: AnyBackbone | None = None


class Initiative(Entry):
    """A common undertaking with vision, facts, areas of work, outcomes and indicators."""

    vision: Text
    context: Many[Fact] = ()
    intervention_areas: Many[Part] = ()
    outcomes: Many[Outcome] = ()
    conditions: Conditions | None = None
    strategies: Many[Part] = ()
    indicators: Many[Indicator] = ()
    members: Many[Member] = ()
    places: Many[Area] = ()
    start: Day | None = None
    end: Day | None = None
    stage: Literal["pipeline", "active", "closed"] | None = None
    address: Text | None = None

    def model_post_init(self, context: Any, /) -> None:
        super().model_post_init(context)
        if self.start and self.end and self.end < self.start:
            raise complaint("is before the start", "Correct one of the two.", "end")

    @property
    def matrix(self) -> Matrix:
        """Its members by activity and place."""
        return matrix(self.members)

    @property
    def grounds(self) -> tuple[Ground, ...]:
        """Its places, and who is there."""
        return grounds(self.members, self.places)

    @property
    def table(self) -> str:
        """The address of its indicators as a table, from the site's root; empty without any."""
        return f"{self.url}{TABLE}" if self.indicators else ""

    def is_closed(self, today: dt.date) -> bool:
        """Whether the work is over, so that no new value is expected."""
        return self.stage == "closed" or (self.end is not None and self.end < today)

    def is_late(self, indicator: Indicator, today: dt.date) -> bool:
        """Whether a new value of one of its indicators should be there, and is not."""
        return indicator.is_late(today) and not self.is_closed(today)

    def states(self, today: dt.date) -> tuple[object, ...]:
        late = [self.is_late(indicator, today) for indicator in self.indicators]
        return *super().states(today), late, [fact.is_projection(today) for fact in self.context]

    def rich_texts(self) -> Iterator[str]:
        yield self.vision


# --- what does not go together ---

Finding: TypeAlias = tuple[Location, str, str]
"""A place in the front matter, what is wrong there, and what to do."""


def _contradictions(library: Library) -> Iterable[Problem]:
    """Lines of one initiative that contradict each other, which shows when it is known whom they mean."""
    for initiative in library.everything(Initiative):
        found = (
            *_named_twice(initiative, library), *_two_backbones(initiative, library), *_outside(initiative, library)
        )  # fmt: skip
        for location, message, hint in found:
            yield Problem(initiative.path, initiative.source.line(location), field_name(location), message, hint)


def _meant(reference: Reference, library: Library) -> str:
    """One word for all names of an organisation."""
    entry = library.find(reference)
    return entry.work if entry else folded(reference.text)


def _named_twice(initiative: Initiative, library: Library) -> Iterator[Finding]:
    known = set()
    for number, member in enumerate(initiative.members):
        part = _meant(member.partner, library), member.role
        if part in known:
            role = f" as {member.role}" if member.role else ""
            message = f"{member.partner.text!r} is named twice{role}"
            yield ("members", number), message, "Put its activities and places into one of the two."
        known.add(part)


def _two_backbones(initiative: Initiative, library: Library) -> Iterator[Finding]:
    condition = initiative.conditions and initiative.conditions.backbone
    said = condition.organisation if condition else None
    others = [member.partner for member in initiative.members if member.role == "backbone"]
    if said and others and _meant(said, library) not in {_meant(other, library) for other in others}:
        named = ", ".join(repr(other.text) for other in others)
        message = f"{said.text!r} is the backbone here, and {named} among the members"
        yield ("conditions", "backbone"), message, "Name the same one at both places."


def _outside(initiative: Initiative, library: Library) -> Iterator[Finding]:
    """Places in countries that the initiative does not name; where it names none, any will do."""
    if not initiative.countries:
        return
    hint = f"Its countries are: {', '.join(map(str, initiative.countries))}. Add this one there, or correct the place."
    for number, area in enumerate(initiative.places):
        if not _lies_in(area.country, initiative.countries):
            yield ("places", number), f"{area.country} is not among the initiative's countries", hint
    for number, member in enumerate(initiative.members):
        for location, place in member.all_places():
            meant = library.vocabularies["countries"].find(place)
            if meant and not any(_lies_in(country, initiative.countries) for country in meant):
                yield ("members", number, *location), f"{place!r} is not among the initiative's countries", hint


def _lies_in(country: Term, labels: Iterable[Term]) -> bool:
    return not {country, *country.ancestors()}.isdisjoint(labels)


# --- for machines ---


def _described(initiative: Initiative, nodes: Nodes) -> Node:
    """schema:Project is a kind of organisation: it is founded and dissolved, and has members."""
    members = initiative.members
    return filled(
        foundingDate=initiative.start and initiative.start.isoformat(),
        dissolutionDate=initiative.end and initiative.end.isoformat(),
        areaServed=[*nodes.places(initiative), *(_place(area, nodes) for area in initiative.places if area.district)],
        knowsAbout=nodes.subjects(initiative),
        address=initiative.address,
        member=nodes.all_named(*(member.partner for member in members if member.role != "funder")),
        funder=nodes.all_named(*(member.partner for member in members if member.role == "funder")),
        subjectOf=_measured(initiative, nodes) if initiative.indicators else None,
    )


def _place(area: Area, nodes: Nodes) -> Node:
    return node("AdministrativeArea", name=area.district, containedInPlace=nodes.term(area.country))


def _measured(initiative: Initiative, nodes: Nodes) -> Node:
    """The values of its indicators: schema:Dataset, with the table to take along."""
    days = sorted(measured.date for indicator in initiative.indicators for measured in indicator.values)
    licence = initiative.licence_in(nodes.site.settings.licence)
    return node(
        "Dataset",
        name=f"{initiative.title}: {', '.join(indicator.name for indicator in initiative.indicators)}",
        description=nodes.teaser(initiative),
        creator=nodes.publisher,
        license=licence_url(licence),
        temporalCoverage=f"{days[0]}/{days[-1]}" if days else "",
        variableMeasured=[
            node("PropertyValue", name=indicator.name, unitText=indicator.unit) for indicator in initiative.indicators
        ],
        distribution=node("DataDownload", contentUrl=nodes.address(initiative.table), encodingFormat="text/csv"),
    )


COLLECTION = Collection("initiatives", Initiative, checks=_contradictions, schema_type="Project", described=_described)
