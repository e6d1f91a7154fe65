"""The export of Blogger since 2024, out of Google Takeout: `Takeout/Blogger/Blogs/<title>/feed.atom`.

It is Atom with things of Blogger's own, and names no host. All ids end in `.post-N`, those of pages too. The entry's
own `blogger:type` is a child of it; the author has one as well.
"""

import datetime as dt
import re

from chautari.importers.blogger.entry import BLOGGER, Entry, Whole, item, labels
from chautari.moving import facts
from chautari.moving.items import Item, Kind, Skipped, State

_KINDS: dict[str, Kind] = {"POST": "post", "PAGE": "page", "COMMENT": "comment"}
_STATES: dict[str, State] = {
    "LIVE": "live",
    "DRAFT": "draft",
    "SCHEDULED": "scheduled",
    "SOFT_TRASHED": "trashed",
    "TRASHED": "trashed",
    "SPAM_COMMENT": "spam",
    "GHOSTED_COMMENT": "spam",  # its author alone saw it
    "PENDING_MODERATION": "pending",
}
_MONTH = re.compile(r"/(\d{4})/(\d{2})/")
_EASTERNMOST, _WESTERNMOST = dt.timedelta(hours=14), dt.timedelta(hours=-12)
_MOMENT = dt.timedelta(seconds=1)
_QUARTER = dt.timedelta(minutes=15)
"""No clock in use differs from UTC by a part of it."""


def kind(entry: Entry) -> str:
    """What an entry is; "" where it does not say so as this format does."""
    return entry.text(f"{BLOGGER}type").upper()


def filename(entry: Entry) -> str:
    """The path of the page. Drafts may have one: it does not prove that the page was ever there."""
    return facts.path(entry.text(f"{BLOGGER}filename"))


def is_live(entry: Entry) -> bool:
    return _state(entry, "draft") == "live"


def read(entry: Entry, whole: Whole) -> Item | Skipped:
    said = kind(entry)
    if said not in _KINDS:
        return Skipped(said.lower() or "entry", "something that is neither a post, a page nor a comment")
    if said == "COMMENT":
        return item(entry, "comment", _state(entry, "pending"), whole, parent=entry.text(f"{BLOGGER}parent"))
    place = entry.within(f"{BLOGGER}location")
    return item(
        entry, _KINDS[said], _state(entry, "draft"), whole,
        address=filename(entry),
        labels=labels(entry),
        place=" ".join(place.text(f"{BLOGGER}name").split()),
        point=facts.point(place.text(f"{BLOGGER}latitude"), place.text(f"{BLOGGER}longitude")),
    )  # fmt: skip


def _state(entry: Entry, unknown: State) -> State:
    """What was to be seen of it; a word that nobody has met yet does not make anything public."""
    if entry.text(f"{BLOGGER}trashed"):  # the moment at which; empty for all others
        return "trashed"
    return _STATES.get(entry.text(f"{BLOGGER}status").upper(), unknown)


class Clock:
    """Finds out how far a blog's clock was from UTC, where nothing says so.

    Dates are in UTC, but the month in an address is that of the blog's own clock: whatever was published near the end
    of a month and stands under the other one tells on which side the clock is, and at least how far.
    """

    def __init__(self) -> None:
        self.least, self.most = _WESTERNMOST, _EASTERNMOST

    def note(self, published: dt.datetime | None, address: str) -> None:
        found = _MONTH.match(address)
        if not published or not found or not 1 <= int(found[2]) <= 12 or not 1 < int(found[1]) < 9999:
            return
        year, month = int(found[1]), int(found[2])
        begin = dt.datetime(year, month, 1, tzinfo=dt.UTC)
        end = dt.datetime(year + month // 12, month % 12 + 1, 1, tzinfo=dt.UTC)
        least, most = begin - published, end - published - _MOMENT
        # A page keeps its address when its date is changed: what lies farther off than a clock can be tells nothing.
        if max(least, self.least) <= min(most, self.most):
            self.least, self.most = max(least, self.least), min(most, self.most)

    def offset(self) -> dt.timezone:
        """The nearest to UTC of those that agree with all that was noted."""
        nearest = min(max(dt.timedelta(), self.least), self.most)
        quarters = -(-nearest // _QUARTER) if nearest > dt.timedelta() else nearest // _QUARTER
        return dt.timezone(quarters * _QUARTER)
