"""Which calendars there are (RFC 5545), and what stands in each. Pages link them, their files are made of them."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias, TypeGuard

from chautari.channels import pair_channel
from chautari.content.events import Event
from chautari.content.posts import Post
from chautari.content.trainings import Training
from chautari.dates import instant_of
from chautari.entry import Entry
from chautari.library import Library
from chautari.site import Site
from chautari.vocabulary import LABELS
from chautari.wording import section

FILE = "calendar.ics"
ALL_EVENTS = f"events/{FILE}"
"""The address of the one calendar that is always there."""

Dated: TypeAlias = Event | Post
"""What a calendar holds: events, and calls with a deadline."""


@dataclass(frozen=True)
class Calendar:
    """The events and calls of a page, the earliest first. `url` is the page, `title` what it is about.

    `group` is the kind of thing that it is about, as a channel has it: "site", a vocabulary, "pairs" or "trainings".
    """

    url: str
    title: str
    group: str
    events: tuple[Dated, ...]

    @property
    def address(self) -> str:
        """The address of its file, from the site's root."""
        return f"{self.url}{FILE}"


def calendars(library: Library, site: Site) -> Iterator[Calendar]:
    """Every calendar of the hub. That of all events is always there; another one only if something stands in it."""
    yield Calendar("events/", section("events", site.language), "site", dated(library.listed))
    for url, title, group, entries in _subjects(library, site):
        if events := dated(entries):
            yield Calendar(url, title, group, events)


def _subjects(library: Library, site: Site) -> Iterator[tuple[str, str, str, Iterable[Entry]]]:
    for vocabulary in LABELS:
        for term in library.terms(vocabulary):
            yield term.url, term.name(site.language), vocabulary, library.labelled(term)
    for pair, entries in library.pairs().items():
        channel = pair_channel(library, site, *pair)
        yield channel.url, channel.title, "pairs", entries
    for entry in library.published:
        if isinstance(entry, Training) and _has_calendar(library, entry):
            yield entry.url, entry.title, "trainings", library.mentioning(entry)


def calendar_address(url: str, entries: Iterable[Entry]) -> str:
    """The address of the calendar of a page's entries; empty where none of them says a day."""
    return f"{url}{FILE}" if any(map(is_dated, entries)) else ""


def own_address(library: Library, entry: Entry) -> str:
    """What the page of an entry offers for one's calendar: an event itself, or the runs of a training and its calls."""
    if isinstance(entry, Event):
        return f"{entry.url}event.ics"
    first = library.translations(entry)[0]
    if isinstance(first, Training) and _has_calendar(library, first):
        return calendar_address(first.url, library.mentioning(first))
    return ""


def _has_calendar(library: Library, training: Training) -> bool:
    """One calendar serves a training in all languages."""
    return training.status != "withdrawn" and library.translations(training)[0] is training


def is_dated(entry: Entry) -> TypeGuard[Dated]:
    """Whether an entry says a day that one would write into a calendar."""
    return isinstance(entry, Event) or (isinstance(entry, Post) and entry.deadline is not None)


def dated(entries: Iterable[Entry]) -> tuple[Dated, ...]:
    """Those of the entries that stand in a calendar, the earliest first."""
    return tuple(sorted(filter(is_dated, entries), key=lambda entry: (_begins(entry), entry.path)))


def _begins(entry: Dated) -> dt.datetime:
    if isinstance(entry, Event):
        return entry.begins
    return instant_of(entry.deadline or entry.date, dt.UTC)
