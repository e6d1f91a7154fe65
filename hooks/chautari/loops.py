"""Loops: what would come before itself, or belong to itself, by what several files say together."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from chautari.entry import Entry
from chautari.source import Location


class Tie(NamedTuple):
    """One step from an entry to another, and the place in a file that says so: in one of the two, or in a third."""

    start: Entry
    end: Entry
    written_in: Entry
    location: Location


def closing(ties: Iterable[Tie]) -> Iterator[Tie]:
    """Those that lie on a loop."""
    leading: dict[str, list[Tie]] = defaultdict(list)
    for tie in ties:
        leading[tie.start.path].append(tie)
    for path in sorted(leading):
        yield from (tie for tie in leading[path] if _reaches(tie.end.path, path, leading))


def _reaches(start: str, goal: str, leading: Mapping[str, Sequence[Tie]]) -> bool:
    seen, waiting = set(), [start]
    while waiting:
        here = waiting.pop()
        if here == goal:
            return True
        if here not in seen:
            seen.add(here)
            waiting += [tie.end.path for tie in leading.get(here, ())]
    return False
