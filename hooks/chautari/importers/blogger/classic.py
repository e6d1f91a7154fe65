"""The export of Blogger until 2024: one file `blog-MM-DD-YYYY.xml`, in which all things are entries of an Atom feed.

What an entry is says one of its categories, at any place among the labels. A draft has no alternate link. Dates are
on the blog's clock.
"""

import re

from chautari.geography import Point
from chautari.importers.blogger.entry import APP, ATOM, GEORSS, GOOGLE, THREAD, Entry, Whole, item, labels, tells_kind
from chautari.moving import facts
from chautari.moving.items import Item, Kind, Skipped, State

_SETTING = ".settings."
_REMOVED = "blogger.contentRemoved"
_KINDS: dict[str, Kind] = {"post": "post", "page": "page", "comment": "comment"}
_REASONS = {
    "settings": ("setting", "the old platform's settings, which have no meaning here"),
    "template": ("template", "the old platform's design"),
}
_POST = re.compile(r"/posts/(?:default|full|summary)/(\d+)")


def kind(entry: Entry) -> str:
    """What an entry is; "" where it does not say so as this format does."""
    terms = (category.get("term", "").strip() for category in entry.all(f"{ATOM}category") if tells_kind(category))
    return next(terms, "").rpartition("#")[2]


def setting(entry: Entry) -> tuple[str, str] | None:
    """The name and the value of a setting; None for what is none."""
    name = entry.text(f"{ATOM}id").partition(_SETTING)[2]
    return (name.casefold(), entry.text(f"{ATOM}content")) if name else None


def permalink(entry: Entry) -> str:
    """The address of the page; "" for what has none."""
    links = (link for link in entry.all(f"{ATOM}link") if link.get("rel") == "alternate")
    return next((link.get("href", "") for link in links if link.get("type", "text/html") == "text/html"), "").strip()


def read(entry: Entry, whole: Whole) -> Item | Skipped:
    said = kind(entry)
    if said not in _KINDS:
        what, reason = _REASONS.get(said, (said or "entry", "something that is neither a post, a page nor a comment"))
        return Skipped(what, reason, facts.plain(entry.text(f"{ATOM}title")))
    if said == "comment":
        return item(entry, "comment", _state(entry), whole, parent=_parent(entry))
    return item(
        entry, _KINDS[said], _state(entry), whole,
        address=facts.path(permalink(entry)),
        labels=labels(entry),
        place=" ".join(entry.text(f"{GEORSS}featurename").split()),
        point=_point(entry),
    )  # fmt: skip


def _state(entry: Entry) -> State:
    if entry.within(f"{APP}control").text(f"{APP}draft").casefold() == "yes":
        return "draft"
    properties = entry.all(f"{GOOGLE}extendedProperty")
    gone = any(each.get("name") == _REMOVED and each.get("value") == "true" for each in properties)
    return "trashed" if gone else "live"


def _point(entry: Entry) -> Point | None:
    """GeoRSS Simple: latitude and longitude with a space between, as some write a comma."""
    degrees = entry.text(f"{GEORSS}point").replace(",", " ").split()
    return facts.point(*degrees) if len(degrees) == 2 else None


def _parent(entry: Entry) -> str:
    """The post that is answered (RFC 4685, section 3): by its id, or by the address of its feed, which ends in it."""
    for reply in entry.all(f"{THREAD}in-reply-to"):
        if ref := reply.get("ref", "").strip():
            return ref
        if found := _POST.search(reply.get("source", "") or reply.get("href", "")):
            return f"{entry.text(f'{ATOM}id').rpartition('.post-')[0]}.post-{found[1]}"
    return ""
