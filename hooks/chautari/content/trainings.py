"""Trainings: curricula that others can give again.

The fields map to schema:Course and LearningResource and to Bioschemas TrainingMaterial 1.0.
"""

from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from chautari import citation
from chautari.entry import Collection, Entry
from chautari.library import Library
from chautari.problems import Problem
from chautari.schema_org import Node, Nodes, node
from chautari.source import Location
from chautari.validation import Model
from chautari.values import (
    AnyContributor,
    Count,
    CredentialRef,
    Day,
    FileName,
    Language,
    Licence,
    Many,
    Organisation,
    PartnerRef,
    ResourceRef,
    Size,
    Text,
    TrainingRef,
    WebAddress,
    complaint,
)
from chautari.vocabulary import Country, TrainingKind

MINUTES_PER_HOUR = 60
HOURS_PER_DAY = 24


class Session(Model):
    """A part of a module, as long as one sits together. `minutes` is its length."""

    title: Text
    minutes: Size | None = None
    method: Text | None = None
    materials: Many[Text] = ()
    facilitator_notes: Text | None = None


class Module(Model):
    """A part of a training with aims of its own."""

    title: Text
    focus: Text | None = None
    objectives: Many[Text] = ()
    sessions: Many[Session] = ()


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
    """The length of a training, in days, in hours, or both."""

    days: Annotated[float, Field(gt=0)] | None = None
    hours: Annotated[float, Field(gt=0)] | None = None


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


def _as_resource(value: Any) -> Any:
    return {"resource": value} if isinstance(value, str) else value


class Training(Entry):
    """A curriculum. Its dated runs are events that name it."""

    kind: TrainingKind
    context: Text | None = None
    objectives: Annotated[Many[Text], Field(min_length=1)]
    specific_objectives: Many[Text] = ()
    modules: Many[Module] = ()
    outputs: Many[Text] = ()
    deliverables: Many[Text] = ()
    audience: Many[Audience] = ()
    participants: Many[Organisation] = ()
    counts: Counts | None = None
    trainers: Many[AnyContributor] = ()
    organisers: Many[Organisation] = ()
    funders: Many[Organisation] = ()
    method: Text | None = None
    kinds: Many[Literal["lecture", "group work", "role play", "field visit", "simulation", "participatory"]] = ()
    mode: Literal["in person", "online", "hybrid"]
    languages: Many[Language] = ()
    interpretation: bool | None = None
    duration: Duration | None = None
    tasks: Size | None = None
    skills: Many[Text] = ()
    materials: Many[Annotated[Material, BeforeValidator(_as_resource)]] = ()
    evaluation: Evaluation | None = None
    cascade: Many[Reach] = ()
    prerequisites: Many[TrainingRef] = ()
    follow_up: Many[TrainingRef] = ()
    credential: CredentialRef | None = None

    def model_post_init(self, context: Any, /) -> None:
        super().model_post_init(context)
        planned, given = self.minutes, self.duration
        if given and (given.hours or given.days):
            room = (given.hours or (given.days or 0) * HOURS_PER_DAY) * MINUTES_PER_HOUR
            if planned > room:
                raise complaint(
                    f"is {room:g} minutes, but the sessions add up to {planned}",
                    "Make it longer or the sessions shorter.",
                    "duration",
                )

    @property
    def minutes(self) -> int:
        """The length of all sessions whose length is given."""
        return sum(session.minutes or 0 for module in self.modules for session in module.sessions)

    def rich_texts(self) -> Iterator[str]:
        if self.context:
            yield self.context

    def named_files(self) -> Iterator[tuple[Location, str]]:
        yield from super().named_files()
        for number, material in enumerate(self.materials):
            if material.file:
                yield ("materials", number, "file"), material.file


def _loops(library: Library) -> Iterable[Problem]:
    """Trainings that come before themselves: by `prerequisites`, or by `follow_up` read the other way round."""
    before: dict[Training, list[tuple[Training, Training, Location]]] = {}
    for training in library.everything(Training):
        for name, references in (("prerequisites", training.prerequisites), ("follow_up", training.follow_up)):
            for number, reference in enumerate(references):
                other = library.find(reference)
                if isinstance(other, Training):
                    later, earlier = (training, other) if name == "prerequisites" else (other, training)
                    before.setdefault(later, []).append((earlier, training, (name, number)))
    for start in sorted(before, key=lambda training: training.path):
        for earlier, written_in, location in before[start]:
            if _reaches(earlier, start, before):
                field = str(location[0])
                yield Problem(
                    written_in.path, written_in.source.line(location), field,
                    f"closes a loop: {start.slug!r} would come before itself", "Take one of the two trainings out.",
                )  # fmt: skip


def _reaches(
    start: Training, goal: Training, before: dict[Training, list[tuple[Training, Training, Location]]]
) -> bool:
    seen, waiting = set(), [start]
    while waiting:
        training = waiting.pop()
        if training is goal:
            return True
        if training.path not in seen:
            seen.add(training.path)
            waiting += [earlier for earlier, _, _ in before.get(training, ())]
    return False


_MODES = {"in person": "Onsite", "online": "Online", "hybrid": "Blended"}
_RUN = (
    "@id", "name", "url", "startDate", "endDate", "previousStartDate", "eventStatus", "eventAttendanceMode", "location"
)  # fmt: skip
"""What a course says of one of its runs; the rest stands on the page of the event."""


def _described(training: Training, nodes: Nodes) -> Node:
    return nodes.own_work(training) | node(
        "Course",
        learningResourceType=training.kind.name(nodes.site.language),
        provider=nodes.all_named(*training.organisers) or nodes.publisher,
        funder=nodes.all_named(*training.funders),
        inLanguage=list(training.languages),
        timeRequired=_length(training),
        teaches=list(training.skills or training.objectives),
        syllabusSections=[_section(module) for module in training.modules],
        audience=[node("EducationalAudience", audienceType=audience.who) for audience in training.audience],
        coursePrerequisites=nodes.all_named(*training.prerequisites),
        educationalCredentialAwarded=nodes.named(training.credential),
        hasPart=nodes.all_named(*(material.resource for material in training.materials)),
        mentions=nodes.all_named(*training.partners),
        hasCourseInstance=_runs(training, nodes),
    )


def _length(training: Training) -> str:
    """The length as ISO 8601 writes it: of the working hours where they are known, else of the days or sessions."""
    length = training.duration or Duration()
    if length.hours or length.days:
        return f"PT{length.hours:g}H" if length.hours else f"P{length.days:g}D"
    return f"PT{training.minutes}M" if training.minutes else ""


def _section(module: Module) -> Node:
    minutes = sum(session.minutes or 0 for session in module.sessions)
    return node("Syllabus", name=module.title, description=module.focus, timeRequired=minutes and f"PT{minutes}M")


def _runs(training: Training, nodes: Nodes) -> list[Node]:
    """The events at which the training was given or will be."""
    runs = [nodes.whole(entry) for entry in nodes.library.mentioning(training) if entry.collection == "events"]
    mode = _MODES[training.mode]
    return [node("CourseInstance", courseMode=mode, **{name: run.get(name) for name in _RUN}) for run in runs]


COLLECTION = Collection(
    "trainings", Training, checks=_loops, schema_type="Course", described=_described, cited=citation.of_text
)
