"""What a part of the audit answers, and how all of it is told."""

from typing import NamedTuple


class Row(NamedTuple):
    """A line of the table."""

    measured: str
    found: str
    wanted: str


class Result(NamedTuple):
    """Figures for the table, and a sentence for each shortfall."""

    rows: list[Row]
    shortfalls: list[str]


def table(rows: list[Row]) -> str:
    """The figures as a table in Markdown, ready for the README."""
    return "\n".join(
        f"| {' | '.join(row)} |" for row in [Row("measured", "found", "wanted"), Row("---", "---", "---"), *rows]
    )


def grouped(places: dict[str, list[str]]) -> list[str]:
    """A fault of the skeleton is on every page: it is told once, with the first pages that have it."""
    return [
        f"{fault} – on {'; '.join(pages[:3])}{f' and {len(pages) - 3} more' if len(pages) > 3 else ''}"
        for fault, pages in places.items()
    ]
