"""Initiatives: common work of many towards a shared goal (schema:Project, the form of collective impact)."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field

from chautari.entry import Collection, Entry
from chautari.schema_org import Node, Nodes, filled, node
from chautari.validation import Model
from chautari.values import Day, Many, Organisation, PartnerRef, Text, complaint
from chautari.vocabulary import Country

Year = Annotated[int, Field(ge=1800, le=2200)]


class Fact(Model):
    """A statement about the situation, with its source; a projection keeps the year that it speaks of."""

    statement: Text
    source: Text | None = None
    year: Year | None = None


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


class Conditions(Model):
    """The five conditions of collective impact. The backbone is an organisation, or words where none is named yet."""

    common_agenda: Text | None = None
    shared_measurement: Text | None = None
    mutually_reinforcing: Text | None = None
    continuous_communication: Text | None = None
    backbone: Organisation | None = None


class Value(Model):
    """A measured value of an indicator."""

    date: Day
    value: float
    source: Text | None = None


class Indicator(Model):
    """What is measured to see progress; figures are in `unit`."""

    name: Text
    unit: Text | None = None
    baseline: float | None = None
    target: float | None = None
    values: Many[Value] = ()


class Member(Model):
    """Who does what, and where."""

    partner: PartnerRef
    role: Literal["backbone", "implementer", "funder", "advisor"] | None = None
    activities: Many[Text] = ()
    places: Many[Text] = ()


class Area(Model):
    """A district, or a whole country, in which the work is done."""

    country: Country
    district: Text | None = None


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

    def rich_texts(self) -> Iterator[str]:
        yield self.vision


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
    )


def _place(area: Area, nodes: Nodes) -> Node:
    return node("AdministrativeArea", name=area.district, containedInPlace=nodes.term(area.country))


COLLECTION = Collection("initiatives", Initiative, schema_type="Project", described=_described)
