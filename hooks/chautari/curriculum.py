"""What a training is made of: modules, sessions and their clock, whom it is for, and what it left behind."""

from collections.abc import Iterable
from itertools import groupby
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import Field

from chautari.dates import Day
from chautari.references import PartnerRef, ResourceRef
from chautari.validation import Model
from chautari.values import Count, FileName, Language, Licence, Many, Size, Text, WebAddress, complaint
from chautari.vocabulary import Country

MINUTES_PER_HOUR = 60
HOURS_PER_DAY = 24
DAYS_PER_WEEK = 7


class Session(Model):
    """A part of a module, as long as one sits together. `minutes` is its length."""

    title: Text
    minutes: Size | None = None
    method: Text | None = None
    materials: Many[Text] = ()
    facilitator_notes: Text | None = None


class Module(Model):
    """A part of a training with aims of its own. `day` says on which of its days it is held, if that is settled."""

    title: Text
    day: Size | None = None
    focus: Text | None = None
    objectives: Many[Text] = ()
    sessions: Many[Session] = ()

    @property
    def minutes(self) -> int:
        """The length of all sessions whose length is given."""
        return sum(session.minutes or 0 for session in self.sessions)


class Audience(Model):
    """Whom the training is for: `requirement` is what they have to bring."""

    who: Text
    number: Size | None = None
    requirement: Text | None = None
    attend_as: Literal["participant", "observer"] = Field(default="participant", alias="as")


class Counts(Model):
    """How many people came."""

    total: Count | None = None
    women: Count | None = None
    men: Count | None = None
    youth: Count | None = None
    observers: Count | None = None

    def model_post_init(self, context: Any, /) -> None:
        counted = (self.women or 0) + (self.men or 0)
        if self.total is not None and counted > self.total:
            raise complaint(
                f"is {self.total}, but women and men add up to {counted}", "Correct one of the numbers.", "total"
            )


class Duration(Model):
    """The length of a training: in weeks or days, in hours of work, or both."""

    weeks: Annotated[float, Field(gt=0)] | None = None
    days: Annotated[float, Field(gt=0)] | None = None
    hours: Annotated[float, Field(gt=0)] | None = None

    @property
    def minutes(self) -> float | None:
        """The most that sessions may take: the hours of work where they are known, else the days with their nights."""
        days = self.days or (self.weeks or 0) * DAYS_PER_WEEK
        return (self.hours or days * HOURS_PER_DAY) * MINUTES_PER_HOUR or None

    @property
    def iso(self) -> str:
        """As ISO 8601 writes it: the hours of work where they are known, else days or weeks."""
        if self.hours:
            return f"PT{self.hours:g}H"
        return f"P{self.days:g}D" if self.days else f"P{self.weeks:g}W" if self.weeks else ""


class Material(Model):
    """Something to teach with: a resource of the library, a file beside the text, or an address."""

    resource: ResourceRef | None = None
    file: FileName | None = None
    url: WebAddress | None = None
    title: Text | None = None
    language: Language | None = None
    licence: Licence | None = None

    def model_post_init(self, context: Any, /) -> None:
        if sum(given is not None for given in (self.resource, self.file, self.url)) != 1:
            raise complaint(
                "needs one of: a resource, a file, a url", "Name a resource, or write `file: …` or `url: …`."
            )
        if not self.resource and not self.title:
            raise complaint("is missing", "Add a line `title: …`.", "title")


class Evaluation(Model):
    """What the participants said of it."""

    method: Text | None = None
    respondents: Count | None = None
    result: Text | None = None
    date: Day | None = None
    source: Text | None = None


class Reach(Model):
    """Who was reached afterwards by somebody who took the training, until `date`; counted from `since` on."""

    date: Day | None = None
    since: Day | None = None
    country: Country | None = None
    by: PartnerRef | None = None
    people: Count
    women: Count | None = None
    source: Text | None = None

    def model_post_init(self, context: Any, /) -> None:
        if self.women is not None and self.women > self.people:
            raise complaint(f"is more than the {self.people} people reached", "Correct one of the numbers.", "women")
        if self.since and self.date and self.since > self.date:
            raise complaint("is after the date", "Correct one of the two.", "since")


# --- the clock ---


class Slot(NamedTuple):
    """A session with its minutes since the clock began; None from the first session on whose length nobody has said."""

    session: Session
    begins: int | None
    ends: int | None


class Sitting(NamedTuple):
    """What goes on without a new clock: the modules of one day, or a single module that has none."""

    day: int | None
    modules: tuple[tuple[Module, tuple[Slot, ...]], ...]

    @property
    def minutes(self) -> int:
        return sum(module.minutes for module, _ in self.modules)


def sittings(modules: Iterable[Module]) -> tuple[Sitting, ...]:
    """The modules by their days, each day with a clock of its own."""
    numbered = enumerate(modules)
    groups = groupby(numbered, lambda each: ("day", each[1].day) if each[1].day else ("module", each[0]))
    return tuple(_sitting([module for _, module in group]) for _, group in groups)


def _sitting(modules: list[Module]) -> Sitting:
    now: int | None = 0
    timed = []
    for module in modules:
        slots = []
        for session in module.sessions:
            ends = now + session.minutes if now is not None and session.minutes else None
            slots.append(Slot(session, now, ends))
            now = ends
        timed.append((module, tuple(slots)))
    return Sitting(modules[0].day, tuple(timed))
