"""What happened when: posts and events by year and month, the latest first."""

import datetime as dt
from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from chautari.content.events import Event
from chautari.content.posts import Post
from chautari.dates import day_of
from chautari.entry import Entry


class Happening(NamedTuple):
    """A day, and what was on it or was told on it."""

    day: dt.date
    entry: Entry


class Month(NamedTuple):
    """A month, by its first day."""

    first: dt.date
    happenings: tuple[Happening, ...]


Timeline = tuple[tuple[int, tuple[Month, ...]], ...]
"""Years, each with its months."""


def timeline(entries: Iterable[Entry]) -> Timeline:
    """The posts and events among these entries; what nobody has dated is left out."""
    dated = (Happening(day, entry) for entry in entries if (day := _day(entry)) is not None)
    latest = sorted(dated, key=lambda each: (-each.day.toordinal(), each.entry.title.casefold(), each.entry.path))
    months = [Month(first, tuple(group)) for first, group in groupby(latest, lambda each: each.day.replace(day=1))]
    return tuple((year, tuple(group)) for year, group in groupby(months, lambda month: month.first.year))


def _day(entry: Entry) -> dt.date | None:
    if isinstance(entry, Event):
        return day_of(entry.start)
    return day_of(entry.date) if isinstance(entry, Post) and entry.date is not None else None
