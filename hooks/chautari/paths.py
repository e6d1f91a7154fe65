"""Learning paths: which training builds on which, in the order in which they are taken."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from chautari.content.trainings import Training
from chautari.entry import by_title
from chautari.library import Library
from chautari.references import Reference

Path = tuple[tuple[Training, ...], ...]
"""Steps one after the other; the trainings of one step may be taken in any order."""
Way = Callable[[Training, Library], list[Training]]


def earlier(training: Training, library: Library) -> list[Training]:
    """What is taken right before: its own `prerequisites`, and what names it as its `follow_up`."""
    return _beside(training, training.prerequisites, "follow_up", library)


def later(training: Training, library: Library) -> list[Training]:
    """What is taken right after: its own `follow_up`, and what names it among its `prerequisites`."""
    return _beside(training, training.follow_up, "prerequisites", library)


def _beside(training: Training, named: Iterable[Reference], field: str, library: Library) -> list[Training]:
    others = [entry for reference in named if isinstance(entry := library.get(reference), Training)]
    for other in library.mentioning(training):
        if isinstance(other, Training):
            named_there = (library.get(reference) for reference in getattr(other, field))
            others += [other for entry in named_there if entry and entry.work == training.work]
    return [other for other in {other.work: other for other in others}.values() if other.status != "withdrawn"]


def path_of(training: Training, library: Library) -> Path:
    """All that leads to a training and all that it leads to, itself among them; empty if it stands alone."""
    found = _reached([earlier], training, library) | _reached([later], training, library)
    return steps(list(found.values()), library) if len(found) > 1 else ()


def _reached(ways: Sequence[Way], training: Training, library: Library) -> dict[str, Training]:
    """A training and all to which these ways lead from it."""
    found = {training.work: training}
    waiting = [training]
    while waiting:
        here = waiting.pop()
        near = [other for way in ways for other in way(here, library) if other.work not in found]
        found |= {other.work: other for other in near}
        waiting += near
    return found


def steps(trainings: Sequence[Training], library: Library) -> Path:
    """Trainings in the order in which they are taken."""
    among = {training.work for training in trainings}
    before = {training.work: {other.work for other in earlier(training, library)} & among for training in trainings}
    taken: set[str] = set()
    found = []
    waiting = sorted(trainings, key=by_title)
    while waiting:
        step = tuple(training for training in waiting if before[training.work] <= taken)
        if not step:
            break  # a loop, which is said as a problem
        found.append(step)
        taken |= {training.work for training in step}
        waiting = [training for training in waiting if training.work not in taken]
    return tuple(found)


def all_paths(library: Library) -> Iterator[Path]:
    """Every path of the hub once."""
    seen: set[str] = set()
    for training in library.all(Training):
        if training.work not in seen:
            together = _reached([earlier, later], training, library)
            seen |= together.keys()
            if len(together) > 1:
                yield steps(list(together.values()), library)
