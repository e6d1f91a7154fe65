"""What was a frame with a film, a map or slides becomes a link: no page loads anything from another host."""

import re
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from lxml.html import HtmlElement

FRAMES = frozenset({"iframe", "object", "embed", "video", "audio"})

_YOUTUBE = re.compile(r"(?:youtube(?:-nocookie)?\.com/(?:embed/|v/|watch\?v=)|youtu\.be/)([\w-]{11})")
_VIMEO = re.compile(r"(?:player\.vimeo\.com/video/|vimeo\.com/moogaloop\.swf\?clip_id=)(\d+)")
_KINDS = (
    (
        "Video",
        r"youtube|youtu\.be|vimeo|facebook\.com/plugins/video|/video|dailymotion|video\.google|\.(mp4|webm|mov|m4v|avi)\b",
    ),
    ("Audio", r"soundcloud|spotify|mixcloud|archive\.org/embed/.*audio|\.(mp3|ogg|wav|m4a)\b"),
    ("Slides", r"slideshare|speakerdeck|docs\.google\.com/presentation"),
    ("Map", r"google\.[a-z.]+/maps|maps\.google|openstreetmap"),
    ("Form", r"docs\.google\.com/forms|spreadsheets?/.*viewform|typeform"),
    ("Document", r"docs\.google|drive\.google|scribd|issuu"),
)


class Card(NamedTuple):
    """What stood in a frame: its kind as a word, where it leads, and what it was called."""

    kind: str
    address: str
    title: str

    @property
    def words(self) -> str:
        """What the link says."""
        return f"{self.kind}: {self.title or self.address}"


def card(frame: HtmlElement) -> Card | None:
    """What a reader can follow instead of a frame; None if it names no address."""
    address = _page(_source(frame))
    if not address.startswith(("https://", "http://")):
        return None
    default = frame.tag.capitalize() if frame.tag in ("video", "audio") else "Embedded page"
    kind = next((kind for kind, sign in _KINDS if re.search(sign, address, re.IGNORECASE)), default)
    title = " ".join((frame.get("title") or "").split())
    return Card(kind, address, "" if title.lower().endswith("video player") else title)


def _source(frame: HtmlElement) -> str:
    """The address that a frame shows; Flash films name theirs in a parameter."""
    named = [frame.get("src"), frame.get("data")]
    named += [one.get("value") for one in frame.iter("param") if (one.get("name") or "").lower() in ("movie", "src")]
    named += [one.get("src") for one in frame.iter("source", "embed")]
    return next((one.strip() for one in named if one and one.strip()), "")


def _page(address: str) -> str:
    """The page about what a frame shows, where it is known."""
    if address.startswith("//"):
        address = f"https:{address}"
    if found := _YOUTUBE.search(address):
        return f"https://www.youtube.com/watch?v={found[1]}"
    if found := _VIMEO.search(address):
        return f"https://vimeo.com/{found[1]}"
    if "facebook.com/plugins/" in address:
        return parse_qs(urlsplit(address).query).get("href", [address])[0]
    return address
