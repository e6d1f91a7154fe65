"""Dates, times and time zones, as an editor writes them and as the hub compares them."""

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Annotated, Any, TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema

from chautari.values import complaint

_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_MOMENT = re.compile(
    r"(?P<day>[^\sT]+)(?:T|\s+)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?\s*(?P<zone>.*)"
)
_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})")
_FIRST_YEAR, _LAST_YEAR = 1800, 2200
_DAY_HINT = "Write year-month-day, for example 2019-06-20."
_TIME_HINT = "Write the day and the time, for example 2019-06-20 14:30."
_ZONE_HINT = "Write the zone by its city, for example Asia/Dhaka or Asia/Kathmandu, or UTC."


def _day(value: Any) -> date:
    match = _DAY.fullmatch(str(value))
    if not match:
        raise complaint(f"{str(value)!r} is not a date", _DAY_HINT)
    year, month, day = map(int, match.groups())
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise complaint(f"{str(value)!r} is in a year that nobody means", _DAY_HINT)
    try:
        return date(year, month, day)
    except ValueError:
        raise complaint(f"{str(value)!r} is not a date: the calendar has no such day", _DAY_HINT) from None


def read_zone(name: str) -> tzinfo:
    """A time zone by its IANA name, `UTC`, `Z` or an offset such as +05:45 (RFC 3339, section 5.6)."""
    if offset := _OFFSET.fullmatch(name):
        minutes = int(offset[2]) * 60 + int(offset[3])
        if minutes < 24 * 60:
            return timezone(timedelta(minutes=minutes if offset[1] == "+" else -minutes))
    try:
        return ZoneInfo("UTC" if name in ("Z", "z", "UTC", "GMT") else name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise complaint(f"{name!r} is not a time zone", _ZONE_HINT) from None


def _moment(text: str) -> datetime:
    """A day with a time, and with a zone where one is given; otherwise naive."""
    match = _MOMENT.fullmatch(text)
    if not match:
        raise complaint(f"{text!r} is not a date with a time", _TIME_HINT)
    first = _day(match["day"])
    hour, minute, second = (int(part or 0) for part in match.group("hour", "minute", "second"))
    zone = match["zone"]
    try:
        moment = datetime(first.year, first.month, first.day, hour, minute, second)  # noqa: DTZ001 - the zone comes next
    except ValueError:
        raise complaint(f"{text!r} is not a time: the clock has no such hour", _TIME_HINT) from None
    return moment.replace(tzinfo=read_zone(zone)) if zone else moment


def _day_or_moment(value: Any) -> date | datetime:
    return _moment(str(value)) if ":" in str(value) else _day(value)


def _day_or_instant(value: Any) -> date | datetime:
    read = _day_or_moment(value)
    if isinstance(read, datetime) and read.tzinfo is None:
        raise complaint(
            f"{str(value)!r} has a time but no zone", "Add the zone behind it: 2019-06-20 14:30 Asia/Dhaka."
        )
    return read


def _day_or_local(value: Any) -> date | datetime:
    read = _day_or_moment(value)
    if isinstance(read, datetime) and read.tzinfo is not None:
        raise complaint(
            f"{str(value)!r} brings a zone of its own", "Write the time of the place and name its zone in `timezone:`."
        )
    return read


def _zone_name(value: str) -> str:
    read_zone(value)
    if _OFFSET.fullmatch(value):
        raise complaint(f"{value!r} is an offset, not a zone", _ZONE_HINT)
    return "UTC" if value in ("Z", "z", "GMT") else value


_CLOCK = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$"
_DATE_SCHEMA = WithJsonSchema({"type": "string", "format": "date"})
# As they are published; what an editor may write is wider.
_INSTANT = WithJsonSchema({"type": "string", "anyOf": [{"format": "date"}, {"format": "date-time"}]}, "serialization")
_LOCAL = WithJsonSchema({"type": "string", "anyOf": [{"format": "date"}, {"pattern": _CLOCK}]}, "serialization")
Day: TypeAlias = Annotated[date, BeforeValidator(_day), _DATE_SCHEMA]
DayOrInstant: TypeAlias = Annotated[date | datetime, BeforeValidator(_day_or_instant), _DATE_SCHEMA, _INSTANT]
"""A day, or a point in time with its zone."""
DayOrLocalTime: TypeAlias = Annotated[date | datetime, BeforeValidator(_day_or_local), _DATE_SCHEMA, _LOCAL]
"""A day, or a time on the clock of a place whose zone another field names."""
Zone: TypeAlias = Annotated[str, AfterValidator(_zone_name)]
"""The IANA name of a time zone."""


def day_of(value: date | datetime) -> date:
    """The calendar day, as it was written."""
    return value.date() if isinstance(value, datetime) else value


def instant_of(value: date | datetime, zone: tzinfo) -> datetime:
    """The point in time; a day begins at midnight of `zone`, and a time without a zone is one of that zone's clock."""
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)  # noqa: DTZ001 - next
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def exists(moment: datetime, zone: tzinfo) -> bool:
    """Whether the zone's clock ever shows this local time: clocks put forward leave an hour out."""
    there = moment.replace(tzinfo=zone)
    return there.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == moment
