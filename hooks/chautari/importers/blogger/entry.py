"""One entry of a Blogger export, its children by name: both formats are Atom (RFC 4287) with things of their own."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from lxml import etree

from chautari.moving import facts
from chautari.moving.children import Children
from chautari.moving.items import Item, Kind, State

ATOM = "{http://www.w3.org/2005/Atom}"
BLOGGER = "{http://schemas.google.com/blogger/2018}"
GEORSS = "{http://www.georss.org/georss}"
GOOGLE = "{http://schemas.google.com/g/2005}"
THREAD = "{http://purl.org/syndication/thread/1.0}"
APP = "{http://purl.org/atom/app#}"
_APP_2007 = "{http://www.w3.org/2007/app}"
"""What RFC 5023 called it when it was done; Blogger has kept the draft's name."""

_KIND = "http://schemas.google.com/g/2005#kind"
_PREFIXES = {"app": APP, "atom": ATOM, "blogger": BLOGGER, "gd": GOOGLE, "georss": GEORSS, "thr": THREAD}
"""What is meant by a prefix that a file uses without declaring it."""


@dataclass(frozen=True, slots=True)
class Whole:
    """What must be known of the whole before one entry is understood."""

    zone: dt.tzinfo | None = None
    made: dt.datetime | None = None
    """When; what was to appear later had not appeared."""


class Entry(Children):
    """The children of an element by their full names."""

    @staticmethod
    def name(element: etree._Element) -> str:
        return full_name(element)


def full_name(element: etree._Element) -> str:
    """The name of an element with its namespace, which may have been left out or have had another name once."""
    tag = element.tag
    if tag.startswith(_APP_2007):
        return APP + tag.removeprefix(_APP_2007)
    prefix, _, name = tag.partition(":")
    return _PREFIXES[prefix] + name if prefix in _PREFIXES else tag


def item(entry: Entry, kind: Kind, state: State, whole: Whole, **more: Any) -> Item:
    """What both formats say in the same way, and `more`."""
    published = entry.text(f"{ATOM}published") or entry.text(f"{BLOGGER}created")
    # Blogger makes the title of a comment out of its first words.
    title = "" if kind == "comment" else facts.plain(entry.text(f"{ATOM}title"))
    return Item(
        kind, entry.text(f"{ATOM}id"), _in_time(state, facts.moment(published), whole),
        title=title,
        html=entry.text(f"{ATOM}content"),
        published=facts.moment(published, whole.zone),
        updated=facts.moment(entry.text(f"{ATOM}updated"), whole.zone),
        authors=_authors(entry),
        summary=" ".join(entry.text(f"{BLOGGER}metaDescription").split()),
        **more,
    )  # fmt: skip


def _in_time(state: State, published: dt.datetime | None, whole: Whole) -> State:
    early = state == "live" and published and whole.made and published > whole.made
    return "scheduled" if early else state


def _authors(entry: Entry) -> tuple[str, ...]:
    names = (Entry(author).text(f"{ATOM}name") for author in entry.all(f"{ATOM}author"))
    return tuple(dict.fromkeys(" ".join(name.split()) for name in names if name))


def labels(entry: Entry) -> tuple[str, ...]:
    """The terms of all categories but the one that tells the kind, each once. No label is a bare `<category/>`."""
    terms = (child.get("term", "") for child in entry.all(f"{ATOM}category") if not tells_kind(child))
    # Some exports put all of them into one term, one on each line.
    lines = (" ".join(line.split()) for term in terms for line in term.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))


def tells_kind(category: etree._Element) -> bool:
    return category.get("scheme", "").strip() == _KIND
