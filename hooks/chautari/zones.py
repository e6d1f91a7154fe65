"""Time zones as calendars describe them (VTIMEZONE: RFC 5545, section 3.6.5), for the years that are needed.

icalendar makes them as well, but lets summer time begin an hour late, and passes over a change that is undone within
two months, as that of Morocco in Ramadan.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import TypeAlias

import icalendar

from chautari.dates import read_zone

_DAY, _SECOND = dt.timedelta(days=1), dt.timedelta(seconds=1)
_NONE = dt.timedelta()
_Observance: TypeAlias = tuple[dt.timedelta, dt.timedelta, str, bool]
"""The offsets before and after, what the clock's time is called then, and whether it is summer time."""


@lru_cache(maxsize=1024)
def vtimezone(name: str, first: int, last: int) -> bytes:
    """A zone from the beginning of one year to the end of another, for any event of theirs."""
    zone = read_zone(name)
    begin, end = dt.datetime(first, 1, 1, tzinfo=dt.UTC) - _DAY, dt.datetime(last, 12, 31, tzinfo=dt.UTC) + _DAY
    onsets: dict[_Observance, list[dt.datetime]] = defaultdict(list)
    for moment in (begin, *changes(zone, begin, end)):
        observance = _observance(moment, zone)
        onsets[observance].append(moment.replace(tzinfo=None) + observance[0])
    component = icalendar.Timezone()
    component.add("tzid", name)
    for observance, moments in onsets.items():
        component.add_component(_part(observance, moments))
    return bytes(component.to_ical())


def changes(zone: dt.tzinfo, begin: dt.datetime, end: dt.datetime) -> Iterator[dt.datetime]:
    """The instants between two others at which the clocks of a zone are put forward or back."""
    while begin < end:
        morrow = begin + _DAY
        if _clock(begin, zone) != _clock(morrow, zone):
            yield _change(zone, begin, morrow)
        begin = morrow


def _change(zone: dt.tzinfo, early: dt.datetime, late: dt.datetime) -> dt.datetime:
    while late - early > _SECOND:
        middle = early + dt.timedelta(seconds=(late - early) // _SECOND // 2)
        early, late = (middle, late) if _clock(middle, zone) == _clock(early, zone) else (early, middle)
    return late


def _clock(moment: dt.datetime, zone: dt.tzinfo) -> tuple[dt.timedelta, str, bool]:
    there = moment.astimezone(zone)
    return there.utcoffset() or _NONE, there.tzname() or "", bool(there.dst())


def _observance(moment: dt.datetime, zone: dt.tzinfo) -> _Observance:
    return _clock(moment - _SECOND, zone)[0], *_clock(moment, zone)


def _part(observance: _Observance, onsets: list[dt.datetime]) -> icalendar.Component:
    before, after, called, summer = observance
    part = icalendar.TimezoneDaylight() if summer else icalendar.TimezoneStandard()
    part.TZOFFSETFROM, part.TZOFFSETTO = before, after
    part.add("tzname", called)
    part.DTSTART = onsets[0]
    if onsets[1:]:
        part.add("rdate", onsets[1:])
    return part
