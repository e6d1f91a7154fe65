"""All trainings, and what one may choose them by."""

from collections.abc import Iterator

from chautari.channels import collection_channel
from chautari.choices import Choice, filters, narrowing, of_labels, of_term, values
from chautari.content.events import Event
from chautari.content.trainings import Training
from chautari.library import Library
from chautari.listing import Listing
from chautari.paths import all_paths
from chautari.site import Site
from chautari.wording import language_name, section, translations


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
            "choices": {path: values(chosen) for path, chosen in choices.items()},
            "filters": narrowing(filters(choices.values(), _titles(site)), len(ordered)),
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
    """What a training is chosen by, in groups."""
    _ = translations(site.language).gettext
    when = [
        ("coming", _("Coming up"), coming(training, library, site)),
        ("on-request", _("On request"), training.on_request),
        ("self-paced", _("At one's own pace"), training.kind.key == "self-paced"),
    ]
    modes = {"in person": _("In person"), "online": _("Online"), "hybrid": _("In person and online")}
    return {
        **of_labels(training, site),
        "kind": [of_term(training.kind, site)],
        "mode": [Choice(f"mode:{training.mode}", modes[training.mode])],
        "language": [Choice(f"language:{code}", language_name(code, site.language)) for code in training.languages],
        "when": [Choice(f"when:{value}", words) for value, words, holds in when if holds],
        "cost": [Choice("cost:free", _("Free of charge"))] if training.free else [],
    }


def _titles(site: Site) -> dict[str, str]:
    _ = translations(site.language).gettext
    return {
        "country": _("Country or region"),
        "theme": _("Theme"),
        "kind": _("Kind"),
        "mode": _("How it is held"),
        "language": _("Language"),
        "when": _("When"),
        "cost": _("Cost"),
    }
