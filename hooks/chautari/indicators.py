"""Indicators: what is measured to see progress, where it began, where it is to get, and how far it is."""

import calendar
import datetime as dt
from collections.abc import Iterator
from typing import Annotated, Any, Literal, NamedTuple, TypeAlias

from pydantic import BeforeValidator, Field, PlainSerializer
from pydantic_core import PydanticCustomError

from chautari.dates import Day
from chautari.source import Location
from chautari.validation import Model
from chautari.values import Many, Text, complaint, complaints

Year = Annotated[int, Field(ge=1800, le=2200)]
PERIODS = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12}
"""After how many months a new value is expected."""


class Level(Model):
    """A figure, and the day or the year that it is of: where an indicator began, or is to get."""

    value: float
    date: Day | None = None
    year: Year | None = None
    source: Text | None = None

    def model_post_init(self, context: Any, /) -> None:
        if self.date and self.year:
            raise complaint("is given beside a date", "Write one of the two.", "year")

    @property
    def first_day(self) -> dt.date | None:
        """The earliest day that it may mean: a year leaves open which."""
        return dt.date(self.year, 1, 1) if self.year else self.date

    @property
    def last_day(self) -> dt.date | None:
        return dt.date(self.year, 12, 31) if self.year else self.date

    @property
    def when(self) -> str:
        """The day or the year as data, in ISO 8601; empty where nobody has said."""
        return str(self.year or self.date or "")


def _as_level(value: Any) -> Any:
    return value if isinstance(value, dict) else {"value": value}


def _as_written(level: Level) -> Any:
    """A bare figure stays one in the data."""
    return level if level.when or level.source else level.value


AnyLevel: TypeAlias = Annotated[
    Level, BeforeValidator(_as_level), PlainSerializer(_as_written, return_type=float | Level)
]


class Value(Model):
    """A measured value of an indicator. Without its source nobody could check it."""

    date: Day
    value: float
    source: Text


class Indicator(Model):
    """What is measured to see progress; figures are in `unit`. `period` says how often a new value is expected."""

    name: Text
    unit: Text | None = None
    baseline: AnyLevel | None = None
    target: AnyLevel | None = None
    period: Literal["monthly", "quarterly", "half-yearly", "yearly"] | None = None
    values: Many[Value] = ()

    def model_post_init(self, context: Any, /) -> None:
        complaints(self._disorder())

    def _disorder(self) -> Iterator[tuple[Location, PydanticCustomError]]:
        """What cannot be in time: each with its place."""
        begun = self.baseline.first_day if self.baseline else None
        due = self.target.last_day if self.target else None
        if self.target and begun and due and due < begun:
            field = "year" if self.target.year else "date"
            hint = "The target lies after the baseline: correct one of the two."
            yield ("target", field), complaint(f"is before the baseline ({self.baseline.when})", hint)  # type: ignore[union-attr]  # it has a day
        before = None
        for number, measured in enumerate(self.values):
            where: Location = ("values", number, "date")
            if before and measured.date < before:
                yield where, complaint(f"is before the value above it ({before})", "Put the oldest value first.")
            elif before == measured.date:
                yield where, complaint("is the day of the value above it", "One day has one value: take one out.")
            if begun and measured.date < begun:
                hint = "Correct one of the two; what was measured before the work began is the baseline."
                yield where, complaint(f"is before the baseline ({self.baseline.when})", hint)  # type: ignore[union-attr]  # as above
            before = measured.date

    @property
    def last(self) -> Value | None:
        """The latest value."""
        return self.values[-1] if self.values else None

    @property
    def rises(self) -> bool:
        """Whether more is better, as far as one can tell: then a share of the target says how far it is."""
        return self.target is not None and (self.baseline is None or self.target.value > self.baseline.value)

    @property
    def is_reached(self) -> bool:
        """Whether the latest value is at the target or beyond it, which only a baseline tells."""
        if self.last is None or self.target is None or self.baseline is None:
            return False
        way = self.target.value - self.baseline.value
        return (self.last.value - self.target.value) * way >= 0 and way != 0

    def is_late(self, today: dt.date) -> bool:
        """Whether the latest value is older than the period after which a new one is expected."""
        if self.last is None or self.period is None:
            return False
        return months_after(self.last.date, PERIODS[self.period]) < today

    @property
    def spark(self) -> "Spark | None":
        """Its values as a small drawing; none without a value."""
        return _drawn(self) if self.values else None


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day some months later, or the last one of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


# --- a drawing of the values ---

WIDTH, HEIGHT, MARGIN = 320, 80, 6


class Spark(NamedTuple):
    """A spark line in a box of WIDTH by HEIGHT: points from left to right, and the heights of two lines across."""

    points: tuple[tuple[float, float], ...]
    baseline: float | None
    target: float | None
    width: int = WIDTH
    height: int = HEIGHT


def _drawn(indicator: Indicator) -> Spark:
    levels = [level.value for level in (indicator.baseline, indicator.target) if level]
    figures = [measured.value for measured in indicator.values]
    low, high = min(figures + levels), max(figures + levels)
    days = [measured.date.toordinal() for measured in indicator.values]

    def across(day: int) -> float:
        return _scaled(day, days[0], days[-1], WIDTH)

    def down(figure: float) -> float:
        return round(HEIGHT - _scaled(figure, low, high, HEIGHT), 1)

    return Spark(
        tuple((across(day), down(figure)) for day, figure in zip(days, figures, strict=True)),
        down(indicator.baseline.value) if indicator.baseline else None,
        down(indicator.target.value) if indicator.target else None,
    )


def _scaled(value: float, low: float, high: float, room: int) -> float:
    """A place between two margins; the middle, where all values are one."""
    share = (value - low) / (high - low) if high > low else 0.5
    return round(MARGIN + share * (room - 2 * MARGIN), 1)
