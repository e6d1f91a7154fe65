"""Blogger: a classic export (one XML file) or a Takeout (a folder or a ZIP), read without unpacking or holding it.

The whole is walked once before anything is handed on: only then is it known that it is whole, what its blog is called,
and what its clock showed. Each later walk reads it anew.
"""

import csv
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath

from lxml import etree

from chautari.importers.blogger import classic, takeout
from chautari.importers.blogger.albums import Albums
from chautari.importers.blogger.entry import ATOM, Entry, Export
from chautari.moving import facts
from chautari.moving.elements import outermost, unwanted, walk
from chautari.moving.items import Blog, Copy, Item, Skipped
from chautari.moving.unpacking import Bundle, Part, refusal, unpack, within

WANTED = "an export of Blogger"
FEED, SETTINGS = "feed.atom", "settings.csv"
_ENTRIES = (f"{ATOM}entry", "atom:entry")
_FEEDS = (f"{ATOM}feed", "atom:feed")
_PLATFORM = ("blogger.com", "www.blogger.com", "draft.blogger.com")
_HOSTS = ("blog_custom_domain", "blog_domain", "blog_url", "blog_subdomain")
"""The settings that name a host, the one that readers saw first."""


class BloggerExport:
    """One blog out of an export (see moving/items.py)."""

    def __init__(self, feed: Part, albums: Albums, settings: dict[str, str], hosts: Sequence[str]) -> None:
        self._feed, self._albums = feed, albums
        survey = _Survey(settings)
        for element in walk(feed, *_ENTRIES, *_FEEDS):
            survey.note(element)
        if survey.is_another:
            raise unwanted(feed, outermost(feed), WANTED)
        self.blog = survey.blog(hosts)
        self._export = survey.export()

    def items(self) -> Iterator[Item | Skipped]:
        """Everything in it, in its own order."""
        for element in walk(self._feed, *_ENTRIES, *_FEEDS):
            if element.tag in _ENTRIES:
                entry = Entry(element)
                read = takeout.read if takeout.kind(entry) else classic.read
                yield read(entry, self._export)

    def copy(self, address: str) -> Copy | None:
        """The picture that stood at an address, where an album holds it."""
        return self._albums.copy(address)


def open_export(path: Path, hosts: Sequence[str] = ()) -> BloggerExport:
    """An export by its file, its folder or its ZIP. `hosts` are the blog's, where it is known that it had others.

    Raises `ContentError`.
    """
    bundle, chosen = _bundle(path)
    name = _feed(bundle, chosen)
    feed = bundle.parts[name]
    root = outermost(feed)
    if root.tag not in _FEEDS:
        raise unwanted(feed, root, WANTED)
    folder = PurePosixPath(name).parent
    settings = bundle.parts.get(str(folder / SETTINGS))
    return BloggerExport(feed, Albums(bundle, folder), _settings(settings) if settings else {}, hosts)


def _bundle(path: Path) -> tuple[Bundle, str]:
    """What was brought, and the folder in it that was chosen. The pictures of a blog lie beside the folder of blogs."""
    path = path.parent if path.name == FEED else path
    if (path / FEED).is_file():
        whole = path.absolute().parent.parent
        if (whole / "Albums").is_dir():
            return unpack(whole), path.absolute().relative_to(whole).as_posix()
        alone = (unpack(path / name) for name in (FEED, SETTINGS) if (path / name).is_file())
        return Bundle(str(path), {name: part for each in alone for name, part in each.parts.items()}), "."
    archive = next((parent for parent in path.parents if parent.is_file()), None)
    if archive:
        bundle, chosen = unpack(archive), path.relative_to(archive).as_posix()
        within(bundle, chosen, str(path))
        return bundle, chosen
    return unpack(path), "."


def _feed(bundle: Bundle, chosen: str) -> str:
    """The name of the one file that holds the blog."""
    if len(bundle.parts) == 1 and not _archives(bundle):
        return next(iter(bundle.parts))
    found = [name for name in bundle.named(FEED) if PurePosixPath(name).is_relative_to(chosen)]
    blogs = _blogs(bundle, found) or bundle.named("blog-*.xml")
    if not blogs:
        raise _nothing(bundle)
    if len(blogs) > 1:
        ways = [name.removesuffix(f"/{FEED}") for name in blogs]
        hint = f"Choose one: {bundle.place}/{ways[0]}"
        names = ", ".join(PurePosixPath(way).name for way in ways)
        raise refusal(bundle.place, f"holds {len(blogs)} blogs: {names}", hint)
    return blogs[0]


def _blogs(bundle: Bundle, feeds: Iterable[str]) -> list[str]:
    """The feeds that are blogs: beside them lie others of what the account's owner wrote below other people's posts."""
    own = [name for name in feeds if "Comments" not in PurePosixPath(name).parts[-3:-2]]
    # In other languages the folders may have other names.
    sure = [name for name in own if str(PurePosixPath(name).with_name(SETTINGS)) in bundle.parts]
    return sure or own


def _archives(bundle: Bundle) -> list[str]:
    return bundle.named("*.zip") + bundle.named("*.tgz")


def _nothing(bundle: Bundle) -> Exception:
    if nested := _archives(bundle):
        hint = "Unpack all of them into one folder, and give that."
        return refusal(bundle.place, f"holds an archive that must be unpacked first: {nested[0]}", hint)
    hint = f"Give a file blog-….xml, or the folder or ZIP of a Takeout: it holds a {FEED} for each blog."
    return refusal(bundle.place, "is empty" if not bundle.parts else f"is not {WANTED}: it holds no {FEED}", hint)


def _settings(part: Part) -> dict[str, str]:
    """What settings.csv says: the names in its first row, the values in its second; or one of each in every row."""
    try:
        rows = list(csv.reader(part.read().decode("utf-8-sig").splitlines(keepends=True)))
    except (UnicodeDecodeError, csv.Error) as error:
        raise refusal(part.place, f"cannot be read as a table ({error})", "Download the export again.") from error
    if len(rows) == 2 and len(rows[0]) > 2:
        return {name.casefold(): value.strip() for name, value in zip(*rows, strict=False)}
    return {row[0].casefold(): row[1].strip() for row in rows if len(row) == 2}


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

    def export(self) -> Export:
        zone = facts.zone(self._zone_name())
        return Export(zone or (self.clock.offset() if self.is_takeout else None), self.made)

    def _zone_name(self) -> str:
        name = self.settings.get("blog_time_zone", "")
        return name if facts.zone(name) else ""


def _host(setting: str) -> str:
    """The host that a setting names: wholly, or as the first part of one at Blogger."""
    named = facts.host(setting if "://" in setting else f"https://{setting}")
    return named if "." in named or not named else f"{named}.blogspot.com"
