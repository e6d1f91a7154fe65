"""Calendars to subscribe to, and a file for each event (iCalendar: RFC 5545, RFC 7986), made by icalendar."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TypeAlias

import icalendar

from chautari.artifact import Artifact, Texts
from chautari.calendars import Calendar, Dated, calendars, is_dated, own_address
from chautari.content.events import Event
from chautari.library import Library
from chautari.site import Site
from chautari.vevents import Vevents
from chautari.zones import vtimezone

PRODUCER = "-//Chautari//Chautari//EN"
END = b"END:VCALENDAR\r\n"
Zones: TypeAlias = list[tuple[str, int, int]]
"""Time zones by name, each with the first and the last year for which it is needed."""


def artifacts(library: Library, site: Site, texts: Texts) -> Iterator[Artifact]:
    """One file for each calendar and each event. A component is made once, for all the files that it stands in."""
    vevents = Vevents(library, site, texts.whole)
    readable = [entry for entry in library.published if is_dated(entry) and entry.status != "withdrawn"]
    parts = {entry.path: vevents.of(entry) for entry in readable}
    for calendar in calendars(library, site):
        events = [part for entry in calendar.events for part in parts[entry.path]]
        yield artifact(calendar.address, calendar_head(calendar, site), zones(calendar.events), events)
    for entry in readable:
        if isinstance(entry, Event):
            yield artifact(own_address(library, entry), bare_head(), zones([entry]), parts[entry.path][:1])


def artifact(address: str, head: icalendar.Calendar, zones: Zones, events: Sequence[bytes]) -> Artifact:
    """A calendar's file. It shows the bytes that it is put together from."""
    made_of = (bytes(head.to_ical()), zones, events)
    return Artifact(address, partial(whole, *made_of), made_of)


def whole(head: bytes, zones: Zones, events: Sequence[bytes]) -> bytes:
    """Properties, zones, components. At least one has to be there (RFC 5545, section 3.6): a zone, where none is."""
    blocks = [*(vtimezone(*zone) for zone in zones), *events] or [vtimezone("UTC", 1970, 1970)]
    return head.removesuffix(END) + b"".join(blocks) + END


def zones(entries: Iterable[Dated]) -> Zones:
    """The zones whose clocks the events go by."""
    years: dict[str, set[int]] = {}
    for entry in entries:
        if isinstance(entry, Event) and isinstance(entry.start, dt.datetime) and entry.timezone != "UTC":
            years.setdefault(entry.timezone, set()).update((entry.start.year, entry.last_day.year))
    return [(name, min(years[name]), max(years[name])) for name in sorted(years)]


def bare_head() -> icalendar.Calendar:
    """The properties of a file that one takes over once."""
    head = icalendar.Calendar()
    for name, value in (("prodid", PRODUCER), ("version", "2.0"), ("calscale", "GREGORIAN"), ("method", "PUBLISH")):
        head.add(name, value)
    return head


def calendar_head(calendar: Calendar, site: Site) -> icalendar.Calendar:
    """The properties of a calendar that is read again every day, in the words of RFC 7986 and of older programs."""
    head, name = bare_head(), f"{site.name}: {calendar.title}"
    head.add("name", name, {"LANGUAGE": site.language})
    head.add("x-wr-calname", name)
    head.add("url", site.absolute(calendar.url))
    head.add("source", site.absolute(calendar.address), {"VALUE": "URI"})
    head.add("refresh-interval", dt.timedelta(days=1), {"VALUE": "DURATION"})
    head.add("x-published-ttl", "P1D")
    return head
