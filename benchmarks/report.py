"""Measurements as tables: medians, and what they are in comparison."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Row:
    """One measurement: times in seconds, memory in megabytes, and of the site its files, bytes and search; or why it
    failed.
    """

    scenario: str
    name: str
    seconds: float = 0
    cpu: float = 0
    memory: float = 0
    files: int = 0
    size: int = 0
    searchable: bool = False
    failure: str = ""


Figure = Literal["seconds", "cpu", "memory", "size"]


def taken(rows: Iterable[Row], scenario: str, name: str, figure: Figure = "seconds") -> list[float]:
    """What a program took in a scenario, each time it was measured."""
    return [getattr(row, figure) for row in rows if (row.scenario, row.name) == (scenario, name) and not row.failure]


def failed(rows: Iterable[Row], scenario: str, name: str) -> bool:
    """Whether a program did not do what was asked."""
    return any(row.failure for row in rows if (row.scenario, row.name) == (scenario, name))


def typical(rows: Iterable[Row], scenario: str, name: str, figure: Figure = "seconds") -> float | None:
    """The median of what a program took; None where it was not measured."""
    found = taken(rows, scenario, name, figure)
    return median(found) if found else None


def ratio(rows: Sequence[Row], scenario: str, one: str, other: str, figure: Figure = "seconds") -> float | None:
    """One program's median divided by another's; None where one of them was not measured."""
    ours, theirs = typical(rows, scenario, one, figure), typical(rows, scenario, other, figure)
    return ours / theirs if ours is not None and theirs else None


def times(rows: Sequence[Row]) -> str:
    """Each scenario with the median of each program; the first is compared with the second.

    Behind a median stands, small, between what the times lay.
    """
    names = _different(row.name for row in rows)
    first, second = (*names, "")[:2]
    table = [["seconds", *names, *([f"{first} : {second}", "in CPU"] if second else [])]]
    for scenario in _different(row.scenario for row in rows):
        found = [ratio(rows, scenario, first, second), ratio(rows, scenario, first, second, "cpu")]
        line = [scenario, *(_times(rows, scenario, name) for name in names), *map(_number, found)]
        table.append(line[: len(table[0])])
    return markdown(table)


def costs(rows: Sequence[Row]) -> str:
    """What else each build cost: medians."""
    table = [["build", "program", "CPU s", "peak MB", "files", "MB of site", "search index"]]
    for scenario, name in _different((row.scenario, row.name) for row in rows if row.cpu):
        same = [row for row in rows if (row.scenario, row.name) == (scenario, name)]
        numbers = [
            f"{median(row.cpu for row in same):.1f}",
            f"{median(row.memory for row in same):,.0f}",
            f"{same[-1].files:,}" if same[-1].files else "–",
            f"{same[-1].size / 1e6:,.1f}" if same[-1].size else "–",
            "yes" if same[-1].searchable else "no",
        ]
        table.append([scenario, name, *numbers])
    return markdown(table)


def _number(number: float | None) -> str:
    return "–" if number is None else f"{number:.2f}"


def _times(rows: Sequence[Row], scenario: str, name: str) -> str:
    found = taken(rows, scenario, name)
    if failed(rows, scenario, name):
        return "failed"
    return f"{median(found):.2f} ({min(found):.2f}–{max(found):.2f})" if found else "–"


def _different(things: Iterable[T]) -> list[T]:
    return list(dict.fromkeys(things))


def markdown(table: Sequence[Sequence[str]]) -> str:
    """A table with a head; all but the first column stand to the right."""
    head, *body = table
    lines = [head, ["---", *("--:" for _ in head[1:])], *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def with_section(page: str, title: str, text: str) -> str:
    """A page of Markdown whose section of this title holds just this text; a new section stands last."""
    section = f"## {title}\n\n{text.strip()}\n"
    found = re.search(rf"^## {re.escape(title)}\n.*?(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    if not found:
        return f"{page.rstrip()}\n\n{section}"
    rest = page[found.end() :]
    return page[: found.start()] + section + (f"\n{rest}" if rest else "")
