"""Saved feeds of a blog whose password is lost: what it shows to everybody, page after page, in Atom or RSS.

The pages overlap, and one entry may stand in several: the one with all of its text counts, and of these the one that
was changed last. A first walk finds out which; no text is held.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from chautari.importers.feed import atom, rss
from chautari.importers.feed.entry import Found
from chautari.moving import facts
from chautari.moving.children import Children
from chautari.moving.elements import ATOM, is_of_blogger, mistaken, outermost, unwanted, walk
from chautari.moving.items import Blog, Copy, Item, Skipped
from chautari.moving.mending import mended
from chautari.moving.unpacking import Part, refusal, unpack

WANTED = "a feed"
_ENTRIES = (f"{{{ATOM}}}entry", "atom:entry", "item")
_FEEDS = (f"{{{ATOM}}}feed", "atom:feed", "channel", "rss")
_ENDINGS = (".xml", ".atom", ".rss")
_OTHERS = ("www.blogger.com", "feeds.feedburner.com", "feeds2.feedburner.com", "feedproxy.google.com")
"""Who hands on the feeds of others."""
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_NEVER = dt.datetime(1, 1, 1, tzinfo=dt.UTC)


class _Copy(NamedTuple):
    """Where an entry stands, and how good this copy of it is; an earlier file wins a tie."""

    is_whole: bool
    changed: dt.datetime
    part: int
    number: int

    def is_better_than(self, other: "_Copy | None") -> bool:
        return other is None or self[:2] > other[:2]


class FeedExport:
    """One blog out of its feeds (see moving/items.py)."""

    def __init__(self, parts: Sequence[Part], hosts: Sequence[str]) -> None:
        self._parts = parts
        self._copies: dict[str, _Copy] = {}
        self._totals: dict[str, int] = {}
        self._seen: dict[str, set[str]] = {}
        self._titles: list[str] = []
        self._language = ""
        self._hosts = dict.fromkeys(hosts)
        self._of_entries: dict[str, None] = {}
        for number, part in enumerate(parts):
            self._survey(number, part)
        told = dict.fromkeys((*self._hosts, *self._of_entries))
        own = tuple(host for host in told if host and host not in _OTHERS)
        # Feeds of comments are called after what they answer.
        title = min(filter(None, self._titles), key=_tells_of_comments, default="")
        self.blog = Blog(title, own, language=self._language)

    def items(self) -> Iterator[Item | Skipped]:
        """Every entry once, in the order of the files; at the end what the feeds have and the files do not."""
        for part, each in enumerate(self._parts):
            for number, found in enumerate(_entries(each)):
                if isinstance(found, Skipped):
                    yield found
                elif self._copies[found.key][2:] == (part, number):
                    yield found.item
                    if not found.is_whole:
                        yield Skipped("rest of a text", "The feed holds a summary only.", found.item.title)
        yield from self._gaps()

    def copy(self, address: str) -> Copy | None:
        """None: a feed holds no pictures."""

    def _survey(self, number: int, part: Part) -> None:
        keys: set[str] = set()
        count = 0
        for element in walk(part, *_ENTRIES, *_FEEDS):
            children = Children(element)
            if element.tag not in _ENTRIES:
                self._note_feed(element, children, keys)
                continue
            if children.all("wp:post_type"):
                raise mistaken(part, f"an export of WordPress, not {WANTED}", "wordpress")
            found = _read(element, children)
            if isinstance(found, Found):
                keys.add(found.key)
                self._note(found, _Copy(found.is_whole, _changed(found.item), number, count))
                self._of_entries[found.host] = None
            count += 1

    def _note(self, found: Found, copy: _Copy) -> None:
        if copy.is_better_than(self._copies.get(found.key)):
            self._copies[found.key] = copy

    def _note_feed(self, element: etree._Element, feed: Children, keys: set[str]) -> None:
        """What the feed says of itself; it comes behind its entries."""
        if element.tag == "rss":
            return
        self._titles.append(facts.plain(feed.text("atom:title") or feed.text("title")))
        self._language = self._language or element.get(_LANGUAGE, "") or feed.text("language")
        self._hosts[facts.host(atom.link_of(feed) or feed.text("link"))] = None
        name = feed.text("atom:id") or feed.text("link")
        total = feed.text("openSearch:totalResults")
        self._totals[name] = max(self._totals.get(name, 0), int(total) if total.isdecimal() else 0)
        self._seen.setdefault(name, set()).update(keys)

    def _gaps(self) -> Iterator[Skipped]:
        """One note for each feed of which pages are missing (OpenSearch 1.1, totalResults)."""
        for name, total in sorted(self._totals.items()):
            if (count := len(self._seen[name])) < total:
                reason = f"A feed has {total} entries, and the files hold {count}: save its other pages as well."
                yield Skipped("page of a feed", reason, self.blog.title)


def open_export(paths: Sequence[Path], hosts: Sequence[str] = ()) -> FeedExport:
    """The feeds in some files, folders or ZIPs. `hosts` are the blog's, where it is known that it had others.

    Raises `ContentError`.
    """
    parts = {part.place: part for path in paths for part in _parts(path)}
    for part in parts.values():
        _check(part)
    return FeedExport(tuple(parts.values()), hosts)


def _parts(path: Path) -> Iterable[Part]:
    bundle = unpack(path)
    if len(bundle.parts) == 1:
        return [mended(part) for part in bundle.parts.values()]
    found = [mended(part) for name, part in bundle.parts.items() if name.lower().endswith(_ENDINGS)]
    if not found:
        raise refusal(bundle.place, "holds no feed", f"Save the feed under a name that ends in {_ENDINGS[0]}.")
    return found


def _check(part: Part) -> None:
    root = outermost(part)
    if is_of_blogger(part, root):
        raise mistaken(part, f"an export of Blogger, not {WANTED}", "blogger")
    is_export = any("wordpress.org/export" in uri for uri in root.nsmap.values())
    if root.tag not in _FEEDS or root.tag == "channel" or is_export:
        raise unwanted(part, root, WANTED)


def _entries(part: Part) -> Iterator[Found | Skipped]:
    for element in walk(part, *_ENTRIES, *_FEEDS):
        if element.tag in _ENTRIES:
            yield _read(element, Children(element))


def _read(element: etree._Element, entry: Children) -> Found | Skipped:
    found = rss.read(entry) if element.tag == "item" else atom.read(entry)
    item = found.item
    if not (item.id or item.html or item.title):
        return Skipped("entry", "It has neither an id nor an address nor a text.")
    return found


def _changed(item: Item) -> dt.datetime:
    return item.updated or item.published or _NEVER


def _tells_of_comments(title: str) -> bool:
    return "comment" in title.casefold()
