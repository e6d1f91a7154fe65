"""All trainings, and what one may choose them by."""

from collections import Counter
from collections.abc import Iterable, Iterator

from chautari.channels import collection_channel
from chautari.content.events import Event
from chautari.content.trainings import Training
from chautari.library import Library
from chautari.listing import Listing
from chautari.paths import all_paths
from chautari.site import Site
from chautari.vocabulary import Term
from chautari.wording import language_name, section, translations

Choice = tuple[str, str]
"""A value that a training is chosen by, and what readers call it."""


def listings(library: Library, site: Site) -> Iterator[Listing]:
    """/trainings/: those that are held soon first, then those that one can take at any time, then the others."""
    trainings = library.all(Training)
    groups: dict[str, list[Training]] = {"coming": [], "any time": [], "others": []}
    for training in trainings:
        groups[_group(training, library, site)].append(training)
    ordered = [training for group in groups.values() for training in group]
    choices = {training.path: choices_of(training, library, site) for training in ordered}
    yield Listing(
        "trainings/",
        section("trainings", site.language),
        template="trainings.html",
        entries=ordered,
        channel=collection_channel(library, site, "trainings"),
        total=len(ordered),
        data={
            "facets": {name: library.counted_among(trainings, name) for name in ("countries", "themes")},
            "groups": groups,
            "choices": {
                path: [value for values in chosen.values() for value, _ in values] for path, chosen in choices.items()
            },
            "filters": filters(choices.values(), site),
            "has_paths": any(True for _ in all_paths(library)),
        },
    )


def _group(training: Training, library: Library, site: Site) -> str:
    if coming(training, library, site):
        return "coming"
    return "any time" if training.on_request or training.kind.key == "self-paced" else "others"


def coming(training: Training, library: Library, site: Site) -> bool:
    """Whether it will be held, as far as anybody has said when."""
    runs = (entry for entry in library.mentioning(training) if isinstance(entry, Event))
    return any(not run.is_past(site.today) and run.state != "cancelled" for run in runs)


def choices_of(training: Training, library: Library, site: Site) -> dict[str, list[Choice]]:
    """What a training is chosen by, in groups; a label also by those above it."""
    _ = translations(site.language).gettext
    borne = dict.fromkeys(term for label in training.labels for term in (label, *label.ancestors()))
    when = [
        ("coming", _("Coming up"), coming(training, library, site)),
        ("on-request", _("On request"), training.on_request),
        ("self-paced", _("At one's own pace"), training.kind.key == "self-paced"),
    ]
    modes = {"in person": _("In person"), "online": _("Online"), "hybrid": _("In person and online")}
    return {
        "country": [_of(term, site) for term in borne if term.vocabulary in ("countries", "regions")],
        "theme": [_of(term, site) for term in borne if term.vocabulary == "themes"],
        "kind": [_of(training.kind, site)],
        "mode": [(f"mode:{training.mode}", modes[training.mode])],
        "language": [(f"language:{code}", language_name(code, site.language)) for code in training.languages],
        "when": [(f"when:{value}", words) for value, words, holds in when if holds],
        "cost": [("cost:free", _("Free of charge"))] if training.free else [],
    }


def _of(term: Term, site: Site) -> Choice:
    return f"{term.vocabulary}:{term.key}", term.name(site.language)


def filters(
    choices: Iterable[dict[str, list[Choice]]], site: Site
) -> list[tuple[str, str, list[tuple[str, str, int]]]]:
    """The groups in which anything may be chosen: name, title, and of each value its words and number."""
    _ = translations(site.language).gettext
    titles = {
        "country": _("Country or region"),
        "theme": _("Theme"),
        "kind": _("Kind"),
        "mode": _("How it is held"),
        "language": _("Language"),
        "when": _("When"),
        "cost": _("Cost"),
    }
    counted = {name: Counter(choice for each in choices for choice in each[name]) for name in titles}
    return [(name, title, _by_words(counted[name])) for name, title in titles.items() if counted[name]]


def _by_words(counted: Counter[Choice]) -> list[tuple[str, str, int]]:
    ordered = sorted(counted.items(), key=lambda each: each[0][1].casefold())
    return [(value, words, count) for (value, words), count in ordered]
