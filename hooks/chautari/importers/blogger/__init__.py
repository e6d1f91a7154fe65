"""Blogger: a classic export (one XML file) or a Takeout (a folder or a ZIP), read without unpacking or holding it.

The whole is walked once before anything is handed on: only then is it known that it is whole, what its blog is called,
and what its clock showed. Each later walk reads it anew.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

from lxml import etree

from chautari.importers.blogger import classic, takeout
from chautari.importers.blogger.albums import Albums
from chautari.importers.blogger.entry import ATOM, Entry, Whole
from chautari.importers.blogger.finding import WANTED, Found, find
from chautari.moving import facts
from chautari.moving.elements import outermost, unwanted, walk
from chautari.moving.items import Blog, Copy, Item, Skipped

_ENTRIES = (f"{ATOM}entry", "atom:entry")
_FEEDS = (f"{ATOM}feed", "atom:feed")
_PLATFORM = ("blogger.com", "www.blogger.com", "draft.blogger.com")
_HOSTS = ("blog_custom_domain", "blog_domain", "blog_url", "blog_subdomain")
"""The settings that name a host, the one that readers saw first."""


class BloggerExport:
    """One blog out of an export (see moving/items.py)."""

    def __init__(self, found: Found, hosts: Sequence[str]) -> None:
        self._feed, self._albums = found.feed, Albums(found.bundle, found.folder)
        survey = _Survey(found.settings)
        for element in walk(self._feed, *_ENTRIES, *_FEEDS):
            survey.note(element)
        if survey.is_another:
            raise unwanted(self._feed, outermost(self._feed), WANTED)
        self.blog = survey.blog(hosts)
        self._whole = survey.whole()

    def items(self) -> Iterator[Item | Skipped]:
        """Everything in it, in its own order."""
        for element in walk(self._feed, *_ENTRIES, *_FEEDS):
            if element.tag in _ENTRIES:
                entry = Entry(element)
                read = takeout.read if takeout.kind(entry) else classic.read
                yield read(entry, self._whole)

    def copy(self, address: str) -> Copy | None:
        """The picture that stood at an address, where an album holds it."""
        return self._albums.copy(address)


def open_export(path: Path, hosts: Sequence[str] = ()) -> BloggerExport:
    """An export by its file, its folder or its ZIP. `hosts` are the blog's, where it is known that it had others.

    Raises `ContentError`.
    """
    found = find(path)
    root = outermost(found.feed)
    if root.tag not in _FEEDS:
        raise unwanted(found.feed, root, WANTED)
    return BloggerExport(found, hosts)


class _Survey:
    """What one walk tells of the whole."""

    def __init__(self, settings: dict[str, str]) -> None:
        self.settings = dict(settings)
        self.clock = takeout.Clock()
        self.hosts: dict[str, None] = {}
        self.title = ""
        self.made: dt.datetime | None = None
        self.is_takeout = self.is_another = False
        self._is_first = True

    def note(self, element: etree._Element) -> None:
        entry = Entry(element)
        if element.tag in _FEEDS:
            self._note_feed(entry)
        elif takeout.kind(entry):
            self.is_takeout = True
            self._note_time(entry)
        elif classic.kind(entry):
            self._note_classic(entry)
        elif self._is_first:
            self.is_another = True
        self._is_first = False

    def _note_feed(self, feed: Entry) -> None:
        self.title = facts.plain(feed.text(f"{ATOM}title"))
        self.made = facts.moment(feed.text(f"{ATOM}updated"))
        self.is_another |= self._is_first and not feed.text(f"{ATOM}id").startswith("tag:blogger.com,")
        links = [link.get("href", "") for link in feed.all(f"{ATOM}link")]
        self.hosts = {**dict.fromkeys(map(facts.host, [classic.permalink(feed), *links])), **self.hosts}

    def _note_classic(self, entry: Entry) -> None:
        if setting := classic.setting(entry):
            self.settings.setdefault(*setting)
        elif classic.kind(entry) in ("post", "page"):
            self.hosts[facts.host(classic.permalink(entry))] = None

    def _note_time(self, entry: Entry) -> None:
        if takeout.kind(entry) == "POST" and takeout.is_live(entry):
            self.clock.note(facts.moment(entry.text(f"{ATOM}published")), takeout.filename(entry))

    def blog(self, hosts: Sequence[str]) -> Blog:
        told = [*hosts, *self.hosts, *(_host(self.settings.get(name, "")) for name in _HOSTS)]
        return Blog(
            title=self.title or self.settings.get("blog_name", ""),
            hosts=tuple(host for host in dict.fromkeys(told) if host and host not in _PLATFORM),
            zone=self._zone_name(),
            language=self.settings.get("blog_locale", "").replace("_", "-"),
        )

    def whole(self) -> Whole:
        zone = facts.zone(self._zone_name())
        return Whole(zone or (self.clock.offset() if self.is_takeout else None), self.made)

    def _zone_name(self) -> str:
        name = self.settings.get("blog_time_zone", "")
        return name if facts.zone(name) else ""


def _host(setting: str) -> str:
    """The host that a setting names: wholly, or as the first part of one at Blogger."""
    named = facts.host(setting if "://" in setting else f"https://{setting}")
    return named if "." in named or not named else f"{named}.blogspot.com"
