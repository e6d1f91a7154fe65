"""The small things that every export tells in its own way: a moment, a zone, a host, a path, a title, a place."""

import datetime as dt
import html
import re
from collections.abc import Iterable
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import nh3

from chautari.geography import Point

_BREAK = re.compile(r"</?(?:br|div|h[1-6]|p)\b[^<>]*>", re.IGNORECASE)
_MARKUP = re.compile(r"</?(?:a|abbr|b|big|em|font|i|s|small|span|strong|sub|sup|u)\b[^<>]*>", re.IGNORECASE)
"""What people have set titles in; other angle brackets are words of theirs."""
_UNFILED = "uncategorized"
"""What WordPress calls it when nobody chose a category."""


def zone(name: str) -> dt.tzinfo | None:
    """A time zone by its IANA name; None for what is none."""
    try:
        return ZoneInfo(name.strip())
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def moment(text: str, there: dt.tzinfo | None = None) -> dt.datetime | None:
    """An instant (RFC 3339), on the clock of a zone where one is known; None for what is no instant.

    One without an offset is taken for what the clock of that zone showed.
    """
    try:
        read = dt.datetime.fromisoformat(text)
        if read.tzinfo is None:
            read = read.replace(tzinfo=there or dt.UTC)
        return read.astimezone(there) if there else read
    except (ValueError, OverflowError):
        return None


def host(address: str) -> str:
    """The host of an address, in small letters and without a port; "" where there is none."""
    try:
        return urlsplit(address.strip()).hostname or ""
    except ValueError:
        return ""


def path(address: str) -> str:
    """The path of an address, with the slash before it; "" where there is none."""
    try:
        found = urlsplit(address.strip()).path
    except ValueError:
        return ""
    return f"/{found.lstrip('/')}" if found.strip("/") else ""


def plain(title: str) -> str:
    """A title without padding and markup: platforms hand on titles as they were typed into a field for HTML."""
    if "<" in title:
        title = _MARKUP.sub("", _BREAK.sub(" ", title))
    return " ".join(html.unescape(title).split())


def words(markup: str) -> str:
    """The words of a piece of HTML in one line."""
    return " ".join(html.unescape(nh3.clean(_BREAK.sub(" ", markup), tags=set())).split())


def labels(names: Iterable[str]) -> tuple[str, ...]:
    """Labels without padding, each once whatever its capitals; the one that says that there is none is left out."""
    found: dict[str, str] = {}
    for name in map(plain, names):
        found.setdefault(name.casefold(), name)
    return tuple(name for key, name in found.items() if key and key != _UNFILED)


def point(latitude: str, longitude: str) -> Point | None:
    """A place in degrees, if it is one."""
    try:
        north, east = float(latitude), float(longitude)
    except ValueError:
        return None
    return Point(north, east) if abs(north) <= 90 and abs(east) <= 180 else None
