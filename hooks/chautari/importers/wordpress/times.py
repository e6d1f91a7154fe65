"""Moments in WordPress: what the blog's clock showed, and beside it the same in UTC (`post_date`, `post_date_gmt`)."""

import datetime as dt
from email.utils import parsedate_to_datetime

_QUARTER = dt.timedelta(minutes=15)
"""No clock in use differs from UTC by a part of it."""
_EASTERNMOST, _WESTERNMOST = dt.timedelta(hours=14), dt.timedelta(hours=-12)


def moment(local: str, utc: str, usual: dt.tzinfo, pub_date: str = "") -> dt.datetime | None:
    """The moment on the clock of the blog; None for 0000-00-00, which stands for none.

    Where one of the two is missing, or the two cannot both be true, the `usual` clock of the blog is believed.
    """
    here, there = read(local), read(utc) or _as_utc(pub_date)
    if here and there and (zone := offset(here, there)):
        return here.replace(tzinfo=zone)
    if there:
        return there.replace(tzinfo=dt.UTC).astimezone(usual)
    return here.replace(tzinfo=usual) if here else None


def read(text: str) -> dt.datetime | None:
    """A date and a time without a zone."""
    try:
        found = dt.datetime.fromisoformat(text.strip()).replace(tzinfo=None)
    except ValueError:
        return None
    return found if 1 < found.year < 9999 else None


def offset(here: dt.datetime, there: dt.datetime) -> dt.timezone | None:
    """How far the clock of a blog was from UTC; None if no clock is."""
    difference = here - there
    if difference % _QUARTER or not _WESTERNMOST <= difference <= _EASTERNMOST:
        return None
    return dt.timezone(difference) if difference else dt.UTC


def _as_utc(pub_date: str) -> dt.datetime | None:
    """The date of the item as RSS has it (RFC 822), without its zone; that of drafts lies before our era."""
    if " -0001 " in pub_date:
        return None
    try:
        found = parsedate_to_datetime(pub_date)
        return (found.astimezone(dt.UTC) if found.tzinfo else found).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return None
