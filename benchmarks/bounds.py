"""What the hub may cost at most, and whether it keeps to that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Literal

from benchmarks.report import Row, failed, markdown, ratio, typical
from benchmarks.scenarios import (
    CHECKED,
    CHECKED_AGAIN,
    COLD,
    EDITED,
    FIRST_INDEX,
    INDEXED,
    RENAMED,
    SAVED,
    SEARCHED,
    SMALLER,
    UNCHANGED,
)

HUB, HUGO = "Chautari", "Hugo"
Unit = Literal["× Hugo", "× 10,000 posts", "s", "MB", "KB"]
Runs = Mapping[int, Sequence[Row]]
"""The measurements of a run, by its number of posts."""


@dataclass(frozen=True)
class Bound:
    """The most that something may cost with so many posts: in itself, or in comparison."""

    scenario: str
    most: float
    unit: Unit = "× Hugo"
    posts: int = 10_000

    def found(self, runs: Runs, posts: int) -> float | None:
        """What a run with so many posts found; None where it did not measure this, and no end where the hub failed."""
        rows = runs.get(posts, [])
        if failed(rows, self.scenario, HUB):
            return inf
        match self.unit:
            case "× Hugo":
                return ratio(rows, self.scenario, HUB, HUGO)
            case "× 10,000 posts":
                return _quotient(typical(rows, self.scenario, HUB), typical(rows, SMALLER.name, HUB))
            case "s":
                return typical(rows, self.scenario, HUB)
            case "MB":
                return typical(rows, self.scenario, HUB, "memory")
            case "KB":
                return _quotient(typical(rows, self.scenario, HUB, "size"), 1000)

    def line(self, found: float | None, posts: int) -> list[str]:
        """What is bounded, the bound, what was found with so many posts, and whether it holds."""
        what = self.scenario + {"MB": ": memory", "KB": ": loaded"}.get(self.unit, "")
        held = "–" if found is None or posts != self.posts else "yes" if found <= self.most else "MISSED"
        return [what, f"{self.posts:,}", f"≤ {self.most:,g} {self.unit}", self._amount(found), held]

    def _amount(self, found: float | None) -> str:
        if found is None or found == inf:
            return "failed" if found else "–"
        return f"{found:,.0f} {self.unit}" if self.unit in ("MB", "KB") else f"{found:.2f} {self.unit}"


BOUNDS = [
    Bound(COLD.name, 3),
    Bound(UNCHANGED.name, 0.6),
    Bound(EDITED.name, 0.25),
    Bound(RENAMED.name, 0.5),
    Bound(INDEXED.name, 0.5),
    Bound(SAVED, 0.8),
    Bound(SAVED, 0.4, "s", posts=1_000),
    Bound(CHECKED, 4, "s"),
    Bound(CHECKED_AGAIN, 2, "s"),
    Bound(SEARCHED, 430, "KB"),
    Bound(COLD.name, 600, "MB"),
    Bound(UNCHANGED.name, 350, "MB"),
    Bound(EDITED.name, 350, "MB"),
    Bound(FIRST_INDEX.name, 700, "MB"),
    Bound(INDEXED.name, 700, "MB"),
    Bound(COLD.name, 11, "× 10,000 posts", posts=100_000),
    Bound(COLD.name, 6_000, "MB", posts=100_000),
]


def judged(runs: Runs) -> str:
    """Every bound, by the run with its number of posts."""
    return _table([bound.line(bound.found(runs, bound.posts), bound.posts) for bound in BOUNDS])


def judged_with(posts: int, runs: Runs) -> str:
    """What one run found: a bound for another number of posts is told, and not judged."""
    found = [(bound, bound.found(runs, posts)) for bound in BOUNDS if bound.posts in (posts, 10_000)]
    return _table([bound.line(number, posts) for bound, number in found if number is not None or bound.posts == posts])


def _table(lines: Sequence[Sequence[str]]) -> str:
    return markdown([["hub", "posts", "wanted", "measured", "held"], *lines])


def _quotient(one: float | None, other: float | None) -> float | None:
    return one / other if one is not None and other else None
