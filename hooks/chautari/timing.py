"""Where the time of a build goes: CHAUTARI_PROFILE=1 in the environment has it told at the end, stage by stage."""

import heapq
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import ContextDecorator, contextmanager
from dataclasses import dataclass
from types import TracebackType

REST = "MkDocs and all else"
TEXTS = "Rendering texts"
PAGES = "Drawing pages"
ARTIFACTS = "Feeds and other files"
COMPARING = "Finding what has changed"
_SLOWEST = 10

Clocks = Callable[[], tuple[float, float]]
"""Seconds on the clock, and seconds that all cores together have worked."""
Single = Mapping[tuple[str, str], float]
"""Seconds that a core worked on one thing, by its path and the stage."""


@dataclass
class Spent:
    """What one stage took, and how many things it was about; 0 if nobody counts them."""

    clock: float = 0.0
    cores: float = 0.0
    count: int = 0


def _clocks() -> tuple[float, float]:
    """A process that has ended (of a pool, Pagefind) adds its work to that of its parent (POSIX, times)."""
    ended = os.times()
    return time.perf_counter(), time.process_time() + ended.children_user + ended.children_system


class Ledger:
    """What a build has spent. Time belongs to the innermost stage alone: so the stages add up to the whole."""

    def __init__(self, clocks: Clocks = _clocks) -> None:
        self.clocks = clocks
        self.stages: dict[str, Spent] = defaultdict(Spent)
        self.single: dict[tuple[str, str], float] = defaultdict(float)
        self._within = [REST]
        self._since = clocks()

    def begin(self, stage: str, count: int) -> None:
        """From now on time is spent on a stage."""
        self._book()
        self._within.append(stage)
        self.stages[stage].count += count

    def end(self, stage: str) -> None:
        """From now on time is spent again on what the stage was a part of, or on what a thread has begun meanwhile."""
        self._book()
        within = self._within
        del within[len(within) - 1 - within[::-1].index(stage)]

    def _book(self) -> None:
        now = self.clocks()
        spent = self.stages[self._within[-1]]
        spent.clock += now[0] - self._since[0]
        spent.cores += now[1] - self._since[1]
        self._since = now

    def table(self) -> str:
        """All stages, the longest first, and the entries that took longest."""
        self._book()
        stages = sorted(self.stages.items(), key=lambda stage: -stage[1].clock)
        whole = Spent(sum(spent.clock for _, spent in stages), sum(spent.cores for _, spent in stages))
        lines = [
            "Where the time went: seconds on the clock, and of all cores together; a stage without those within it.",
            f"{'clock':>9}{'cores':>9}{'count':>9}  stage",
            *(_row(spent, stage) for stage, spent in (*stages, ("all together", whole))),
        ]
        return "\n".join([*lines, *self._slowest()])

    def _slowest(self) -> Iterator[str]:
        paths: dict[str, float] = defaultdict(float)
        for (path, _), seconds in self.single.items():
            paths[path] += seconds
        if paths:
            yield "What took longest: a core's milliseconds for its text and its page (a kind's first: and template)."
            yield f"{'text':>9}{'page':>9}"
        for path in heapq.nsmallest(_SLOWEST, paths, key=lambda path: (-paths[path], path)):
            yield "".join(_thousandths(self.single.get((path, stage))) for stage in (TEXTS, PAGES)) + f"  {path}"


def _row(spent: Spent, stage: str) -> str:
    return f"{spent.clock:9.2f}{spent.cores:9.2f}{spent.count or '':>9}  {stage}"


def _thousandths(seconds: float | None) -> str:
    return f"{'':9}" if seconds is None else f"{1_000 * seconds:9.1f}"


# The only state: what is measured lies all over the code, and nobody is to hand a ledger through it.
_ledger = Ledger() if os.environ.get("CHAUTARI_PROFILE") == "1" else None


class timed(ContextDecorator):  # noqa: N801 - reads as a verb: `with timed("…")`, `@timed("…")`
    """Counts what happens within, or in a function, to a stage."""

    def __init__(self, stage: str, count: int = 0) -> None:
        self.stage, self.count = stage, count

    def __enter__(self) -> None:
        if _ledger:
            _ledger.begin(self.stage, self.count)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if _ledger:
            _ledger.end(self.stage)


def count(stage: str, things: int) -> None:
    """Notes how many things a stage was about."""
    if _ledger:
        _ledger.stages[stage].count += things


@contextmanager
def timed_alone(path: str, stage: str) -> Iterator[None]:
    """Notes how long one thing takes, as far as a core works on it: the machine may be busy with others."""
    if not _ledger:
        yield
        return
    before = time.process_time()
    yield
    _ledger.single[path, stage] += time.process_time() - before


def noted() -> Single:
    """What was noted of single things since somebody asked: a process hands it to its parent."""
    if not _ledger:
        return {}
    found = dict(_ledger.single)
    _ledger.single.clear()
    return found


def note(found: Single) -> None:
    """Takes over what another process has noted."""
    if _ledger:
        for what, seconds in found.items():
            _ledger.single[what] += seconds


def tell() -> None:
    """Says where the time went, if somebody wants to know, and begins anew: a preview is built again and again."""
    global _ledger
    if _ledger:
        sys.stderr.write(f"{_ledger.table()}\n")
        _ledger = Ledger()
