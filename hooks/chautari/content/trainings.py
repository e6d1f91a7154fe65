"""Trainings: curricula that others can give again.

The fields map to schema:Course and LearningResource and to Bioschemas TrainingMaterial 1.0.
"""

from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from chautari import citation
from chautari.curriculum import Audience, Counts, Duration, Evaluation, Material, Module, Reach, Sitting, sittings
from chautari.entry import Collection, Entry
from chautari.library import Library
from chautari.loops import Tie, closing
from chautari.problems import Problem
from chautari.references import AnyContributor, CredentialRef, Organisation, TrainingRef
from chautari.schema_org import Node, Nodes, node
from chautari.source import Location
from chautari.values import Language, Many, Size, Text, complaint, licence_url
from chautari.vocabulary import TrainingKind


def _as_resource(value: Any) -> Any:
    return {"resource": value} if isinstance(value, str) else value


class Training(Entry):
    """A curriculum. Its dated runs are events that name it."""

    kind: TrainingKind
    level: Literal["introductory", "intermediate", "advanced"] | None = None
    context: Text | None = None
    objectives: Annotated[Many[Text], Field(min_length=1)]
    specific_objectives: Many[Text] = ()
    modules: Many[Module] = ()
    outputs: Many[Text] = ()
    deliverables: Many[Text] = ()
    audience: Many[Audience] = ()
    group_size: Size | None = None
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
    on_request: bool | None = None
    free: bool | None = None
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
        room = self.duration and self.duration.minutes
        if room and self.minutes > room:
            raise complaint(
                f"is {room:g} minutes, but the sessions add up to {self.minutes}",
                "Make it longer or the sessions shorter.",
                "duration",
            )
        days = [module.day for module in self.modules if module.day]
        if days != sorted(days):
            raise complaint(
                "the days go backwards", "Put the modules into the order in which they are held.", "modules"
            )

    @property
    def minutes(self) -> int:
        """The length of all sessions whose length is given."""
        return sum(module.minutes for module in self.modules)

    @property
    def sittings(self) -> tuple[Sitting, ...]:
        """The modules by their days, with the clock of each."""
        return sittings(self.modules)

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
    for tie in closing(_order(library)):
        yield Problem(
            tie.written_in.path, tie.written_in.source.line(tie.location), str(tie.location[0]),
            f"closes a loop: {tie.start.slug!r} would come before itself", "Take one of the two trainings out.",
        )  # fmt: skip


def _order(library: Library) -> Iterator[Tie]:
    """From each training to those right before it."""
    for training in library.everything(Training):
        for name, references in (("prerequisites", training.prerequisites), ("follow_up", training.follow_up)):
            for number, reference in enumerate(references):
                if other := library.find(reference):
                    later, earlier = (training, other) if name == "prerequisites" else (other, training)
                    yield Tie(later, earlier, training, (name, number))


_MODES = {"in person": "Onsite", "online": "Online", "hybrid": "Blended"}
_PROFILE = "https://bioschemas.org/profiles/TrainingMaterial/1.0-RELEASE"
_CONFORMS = "http://purl.org/dc/terms/conformsTo"
_RUN = (
    "@id", "name", "url", "startDate", "endDate", "previousStartDate", "eventStatus", "eventAttendanceMode", "location"
)  # fmt: skip
"""What a course says of one of its runs; the rest stands on the page of the event."""


def _described(training: Training, nodes: Nodes) -> Node:
    """schema:Course and LearningResource, with what Bioschemas TrainingMaterial 1.0 asks for and recommends."""
    return nodes.own_work(training) | node(
        "Course",
        **{"@type": ["Course", "LearningResource"], _CONFORMS: {"@id": _PROFILE}},
        learningResourceType=training.kind.name(nodes.site.language),
        keywords=[term.name(nodes.site.language) for term in training.labels],
        educationalLevel=training.level,
        competencyRequired=[audience.requirement for audience in training.audience if audience.requirement],
        isAccessibleForFree=training.free,
        provider=nodes.all_named(*training.organisers) or nodes.publisher,
        funder=nodes.all_named(*training.funders),
        inLanguage=list(training.languages) or training.language,
        timeRequired=_length(training),
        teaches=list(training.skills or training.objectives),
        syllabusSections=[_section(module) for module in training.modules],
        audience=[node("EducationalAudience", audienceType=audience.who) for audience in training.audience],
        coursePrerequisites=nodes.all_named(*training.prerequisites),
        educationalCredentialAwarded=nodes.named(training.credential),
        hasPart=[part for material in training.materials if (part := _part(training, material, nodes))],
        mentions=nodes.all_named(*training.partners),
        hasCourseInstance=_runs(training, nodes),
    )


def _length(training: Training) -> str:
    """The length in ISO 8601, else that of its sessions."""
    given = training.duration.iso if training.duration else ""
    return given or (f"PT{training.minutes}M" if training.minutes else "")


def _section(module: Module) -> Node:
    length = f"PT{module.minutes}M" if module.minutes else ""
    aims = list(module.objectives)
    return node("Syllabus", name=module.title, description=module.focus, teaches=aims, timeRequired=length)


def _part(training: Training, material: Material, nodes: Nodes) -> Node | None:
    if material.resource:
        return nodes.named(material.resource)
    url = nodes.address(training.file_url(material.file)) if material.file else material.url
    licence = licence_url(material.licence) if material.licence else ""
    return node("LearningResource", name=material.title, url=url, inLanguage=material.language, license=licence)


def _runs(training: Training, nodes: Nodes) -> list[Node]:
    """The events at which the training was given or will be."""
    runs = [nodes.whole(entry) for entry in nodes.library.mentioning(training) if entry.collection == "events"]
    mode = _MODES[training.mode]
    return [node("CourseInstance", courseMode=mode, **{name: run.get(name) for name in _RUN}) for run in runs]


COLLECTION = Collection(
    "trainings",
    Training,
    checks=_loops,
    schema_type="Course",
    described=_described,
    cited=citation.of_text,
    cite_files=True,
)
