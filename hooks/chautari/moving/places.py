"""Where each old entry stands now: its file, its address, and the old address that leads there.

Addresses stay as they were wherever the hub's own form of them allows it; where not, the old one becomes an alias.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from slugify import slugify

from chautari.entry import Collection, Entry
from chautari.moving.items import Item

COLLECTIONS = {"post": "posts", "page": "pages"}
"""The collection of each kind of item."""
MOVED = "an editor has moved it"
_SLUG = re.compile(r"[A-Za-z0-9]+([-_.][A-Za-z0-9]+)*[-_]*")
_NO_ALIAS = re.compile(r"[\s?#\\\[\]<>\"'\x00-\x1f\x7f]|//|/\.{1,2}(/|$)")
_ID = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s\x00-\x1f<>\"'{}|\\^`\[\]]+")
_YEARS = range(1800, 2201)
_LONGEST_SLUG = 60


@dataclass(frozen=True, slots=True)
class Home:
    """The place of an old entry. `file` is its file from content/; `slug` is empty where the file's name gives it.

    `date` is as it is written into the file, `answered` the old address that goes on working. `kept` says why an entry
    that is there already is left alone; `standing` is the address at which one stands now, if it was written before. A
    doubt is a pair: what it is about, and a sentence.
    """

    item: Item
    file: str
    url: str
    date: str = ""
    slug: str = ""
    source_id: str = ""
    aliases: tuple[str, ...] = ()
    answered: str = ""
    kept: str = ""
    standing: str = ""
    doubts: tuple[tuple[str, str], ...] = ()

    @property
    def is_published(self) -> bool:
        """Whether others may link to it."""
        return self.item.state == "live"

    @property
    def stem(self) -> str:
        """The name that files beside the text begin with."""
        return self.file.rpartition("/")[2].removesuffix(".md")


@dataclass(frozen=True, slots=True)
class Standing:
    """What must be known of an entry that is there already: all but its text and its labels."""

    place: str
    url: str
    collection: str
    first_slug: str
    source_id: str
    former_addresses: tuple[str, ...]


def standing(entry: Entry) -> Standing:
    """What must be known of this one."""
    former = entry.former_addresses
    return Standing(entry.place, entry.url, entry.collection, entry.first_slug, entry.source_id or "", former)


class Places:
    """Gives every entry its place, once for each.

    `entries` are those that are there already. `earlier` are the files of the last import by the entries' ids, those
    without one by themselves. `prefix` goes before addresses in another language than the site's. `zones` are tried
    for the month in an address, that of the blog first; None is the zone of the date itself.
    """

    def __init__(
        self,
        collections: Mapping[str, Collection[Entry]],
        entries: Sequence[Standing],
        earlier: Mapping[str, str],
        zones: Sequence[dt.tzinfo | None] = (),
        prefix: str = "",
    ) -> None:
        self.collections, self.earlier, self.zones, self.prefix = collections, earlier, zones, prefix
        self._by_id = {entry.source_id: entry for entry in entries if entry.source_id}
        self._owners = {address.lstrip("/"): entry for entry in entries for address in entry.former_addresses}
        self._owners |= {entry.url: entry for entry in entries}
        self._files = {entry.place for entry in entries} | set(earlier.values())
        self._slugs = {
            (entry.collection, entry.first_slug)
            for entry in entries
            if not entry.source_id and entry.place not in earlier
        }
        self._urls: set[str] = set()
        self._ids: set[str] = set()

    def settle(self, items: Iterable[Item]) -> Iterator[Home]:
        """A place for each post and page, the oldest first: what is added to the blog later moves none of them."""
        items = list(items)
        dated = [item.published for item in items if item.published and item.published.year in _YEARS]
        last = max(dated, key=_instant, default=dt.datetime(2000, 1, 1, tzinfo=dt.UTC))
        for item in sorted(items, key=lambda item: (_instant(item.published or last), item.id, item.address)):
            yield self._home(item, last)

    def _home(self, item: Item, last: dt.datetime) -> Home:
        doubts: list[tuple[str, str]] = []
        source_id = self._free_id(item, doubts)
        old = unquote(item.address)
        moment = self._moment(item, old, last, doubts)
        own = self._by_id.get(source_id) if source_id else None
        standing = own or (self._owners.get(old.lstrip("/")) if old else None)
        known = self.earlier.get(source_id)
        if standing and standing.place in self.earlier:
            known = standing.place
        if standing and standing.place != known:
            kept = MOVED if own else "an entry with this address is there already"
            return Home(item, standing.place, standing.url, answered=old, kept=kept, doubts=tuple(doubts))
        slug, url = self._address(item, old, moment, source_id, doubts)
        self._urls.add(url)
        file = known or self._file(item, slug, moment)
        aliases, answered = self._aliases(old, url, file, doubts)
        return Home(
            item,
            file,
            url,
            _written(moment) if item.published or item.kind == "post" else "",
            "" if slugify(slug) == slug == file.rpartition("/")[2].removesuffix(".md") else slug,
            source_id,
            aliases,
            answered,
            standing=standing.url if standing else "",
            doubts=tuple(doubts),
        )

    def _free_id(self, item: Item, doubts: list[tuple[str, str]]) -> str:
        if not _ID.fullmatch(item.id) or item.id in self._ids:
            doubts.append(("id", f"Its id {item.id!r} is no address, or that of another: feed readers show it anew."))
            return ""
        self._ids.add(item.id)
        return item.id

    def _moment(self, item: Item, old: str, last: dt.datetime, doubts: list[tuple[str, str]]) -> dt.datetime:
        """When it was published, on the clock that gives the month of its old address."""
        moment = item.published
        if moment is None or moment.year not in _YEARS:
            moment = item.updated if item.updated and item.updated.year in _YEARS else last
            if item.kind == "post":
                doubts.append(("date", f"It has no date; {moment:%Y-%m-%d} was taken. Correct it."))
        clocks = [moment.astimezone(zone) if zone else moment for zone in self.zones] or [moment]
        return next((clock for clock in clocks if old.startswith(f"/{clock:%Y/%m}/")), clocks[0])

    def _address(
        self, item: Item, old: str, moment: dt.datetime, source_id: str, doubts: list[tuple[str, str]]
    ) -> tuple[str, str]:
        """Slug and address: the old ones where the hub can have them; never those of another entry."""
        collection = self.collections[COLLECTIONS[item.kind]]
        given = collection.slug_in(old.lstrip("/")) or ""
        if not _SLUG.fullmatch(given) or given == "index":
            given = slugify(old.rstrip("/").rpartition("/")[2].removesuffix(".html")) or slugify(item.title)
            given = given[:_LONGEST_SLUG].strip("-") or f"{item.kind}-{slugify(item.id)[-20:].strip('-') or 'untitled'}"
        slugs = (given if number == 1 else f"{given.rstrip('-_')}-{number}" for number in count(1))
        free = (slug for slug in slugs if source_id or (collection.name, slug) not in self._slugs)
        slug, url = next(
            (slug, url)
            for slug in free
            if not self._is_taken(url := self._url(collection, slug, moment), source_id) and slug != "index"
        )
        if slug != given and old:
            doubts.append(("address", f"Another entry has the address {old} already; this one stands at /{url}."))
        if not source_id:
            self._slugs.add((collection.name, slug))
        return slug, url

    def _url(self, collection: Collection[Entry], slug: str, moment: dt.datetime) -> str:
        where: Any = SimpleNamespace(slug=slug, date=moment)
        return f"{self.prefix}{collection.url(where)}"

    def _is_taken(self, url: str, source_id: str) -> bool:
        """Whether another entry has an address, in this import or from before."""
        owner = self._owners.get(url)
        is_own = owner and owner.place == (
            self.earlier.get(source_id) if owner.source_id else self.earlier.get(owner.place)
        )
        return url in self._urls or (owner is not None and not is_own)

    def _file(self, item: Item, slug: str, moment: dt.datetime) -> str:
        """A name for its file that no other has."""
        folder = f"posts/{moment:%Y}" if item.kind == "post" else "pages"
        stem = slugify(slug)
        names = (f"{folder}/{stem if number == 1 else f'{stem}-{number}'}.md" for number in count(1))
        file = next(name for name in names if name not in self._files or name in self.earlier)
        self._files.add(file)
        return file

    def _aliases(self, old: str, url: str, file: str, doubts: list[tuple[str, str]]) -> tuple[tuple[str, ...], str]:
        """The old address where it is not the new one, and what of it is answered from now on."""
        if not old or old == f"/{url}":
            return (), old
        if _NO_ALIAS.search(old) or not old.startswith("/") or len(old) < 2:
            doubts.append(("address", f"The old address {old} cannot be kept: no file can have such a name."))
            return (), ""
        owner = self._owners.get(old.lstrip("/"))
        if old.lstrip("/") in self._urls or (owner and owner.place != file):
            return (), ""
        self._urls.add(old.lstrip("/"))
        doubts.append(("address", f"The old address {old} leads to /{url} now."))
        return (old,), old


def _instant(moment: dt.datetime) -> dt.datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _written(moment: dt.datetime) -> str:
    """A moment as editors write it: 2019-06-20 14:30 Asia/Dhaka, or with the offset where that is all one knows."""
    clock = f"{moment:%Y-%m-%d %H:%M:%S}".removesuffix(":00")
    zone = moment.tzinfo
    if isinstance(zone, ZoneInfo) and zone.key and not moment.fold:
        return f"{clock} {zone.key}"
    return f"{clock} {_offset(_instant(moment))}"


def _offset(moment: dt.datetime) -> str:
    seconds = int((moment.utcoffset() or dt.timedelta()).total_seconds())
    sign, minutes = "-" if seconds < 0 else "+", abs(seconds) // 60
    return "UTC" if seconds == 0 else f"{sign}{minutes // 60:02}:{minutes % 60:02}"
