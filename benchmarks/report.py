"""Measurements as tables: medians, and what they are in comparison."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Row:
    """One measurement: times in seconds, memory in megabytes, and of the site its files, bytes and search."""

    scenario: str
    name: str
    seconds: float
    cpu: float = 0
    memory: float = 0
    files: int = 0
    size: int = 0
    searchable: bool = False


Time = Literal["seconds", "cpu"]


def taken(rows: Iterable[Row], scenario: str, name: str, time: Time = "seconds") -> list[float]:
    """What a program took in a scenario, each time it was measured."""
    return [getattr(row, time) for row in rows if (row.scenario, row.name) == (scenario, name)]


def ratio(rows: Sequence[Row], scenario: str, one: str, other: str, time: Time = "seconds") -> float | None:
    """One program's median divided by another's; None where one of them was not measured."""
    ones, others = taken(rows, scenario, one, time), taken(rows, scenario, other, time)
    return median(ones) / median(others) if ones and any(others) else None


def times(rows: Sequence[Row], wanted: Mapping[str, float]) -> str:
    """Each scenario with the median of each program; the first is compared with the second.

    Behind a median stands, small, between what the times lay.
    """
    names = _different(row.name for row in rows)
    first, second = (*names, "")[:2]
    compared = [f"{first} : {second}", "in CPU", "wanted"] if second else []
    table = [["seconds", *names, *compared]]
    for scenario in _different(row.scenario for row in rows):
        medians = [_spread(taken(rows, scenario, name)) for name in names]
        found = [ratio(rows, scenario, first, second), ratio(rows, scenario, first, second, "cpu")]
        line = [scenario, *medians, *map(_number, found), f"≤ {wanted[scenario]}" if scenario in wanted else "–"]
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


def _spread(found: Sequence[float]) -> str:
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
