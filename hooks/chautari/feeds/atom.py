"""Atom 1.0 (RFC 4287), with GeoRSS and Media RSS."""

from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.ext.geo_entry import GeoEntryExtension
from feedgen.ext.media import MediaEntryExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from chautari.channels import Channel
from chautari.feeds.items import Item, Person
from chautari.site import Site

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_EXTENSIONS = ("geo", "media")


def atom(channel: Channel, url: str, items: Sequence[Item], entry: Callable[[Item], FeedEntry], site: Site) -> bytes:
    """A channel as Atom, to be published at `url`; `entry` makes an entry of an item or remembers it."""
    feed = FeedGenerator()
    for name in _EXTENSIONS:
        feed.load_extension(name, rss=False)
    feed.id(f"tag:{site.id_authority}:feeds/{channel.url}")
    feed.title(channel.full_title(site))
    if about := channel.description or site.description:
        feed.subtitle(about)
    feed.updated(max((item.updated for item in items), default=beginning(site)))
    feed.link(href=site.absolute(url), rel="self", type="application/atom+xml")
    feed.link(href=site.absolute(channel.url), rel="alternate", type="text/html")
    feed.language(site.language)
    feed.generator("Chautari")
    feed.author(name=site.name, uri=site.absolute(""))  # for entries that name nobody (section 4.1.1)
    for item in items:
        feed.add_entry(entry(item), order="append")
    return bytes(feed.atom_str(pretty=True))


def beginning(site: Site) -> datetime:
    """When the site's ids begin: a feed without entries must bear a date, and nothing in it has changed since."""
    year, month, day = (*map(int, site.id_authority.partition(",")[2].split("-")), 1, 1)[:3]
    return datetime(year, month, day, tzinfo=UTC)


class AtomEntry(FeedEntry):  # type: ignore[misc]  # it comes without types
    """An entry, made once and copied into each feed that shows it."""

    def __init__(self, item: Item) -> None:
        super().__init__()
        for name, extension in (("geo", GeoEntryExtension), ("media", MediaEntryExtension)):  # by class, as in RssEntry
            self.register_extension(name, extension, rss=False)
        self.id(item.id)
        self.title(item.title)
        self.published(item.published)
        self.updated(item.updated)
        self.author(_fields(item.authors))
        self.contributor(_fields(item.contributors))
        if item.summary:
            self.summary(item.summary, type="text")
        self.content(item.html, type="html")
        self.category([category._asdict() for category in item.categories])
        if item.image:
            self.media.content(url=item.image, medium="image", group=None)
        if item.point:
            self.geo.point(f"{item.point.latitude} {item.point.longitude}")
        self._made = super().atom_entry()
        self._made.set(_LANGUAGE, item.language)
        for link in _links(item):  # feedgen forgets what an entry's links are for
            etree.SubElement(self._made, "link", link)

    def atom_entry(self, extensions: bool = True) -> Any:
        """A copy: an element of XML has one parent only."""
        return deepcopy(self._made)


def _fields(people: Sequence[Person]) -> list[dict[str, str]]:
    return [{"name": person.name, **({"uri": person.url} if person.url else {})} for person in people]


def _links(item: Item) -> Iterator[dict[str, str]]:
    page = {"rel": "alternate", "type": "text/html", "href": item.url}
    yield {**page, "hreflang": item.language}
    for version in item.versions:
        yield {**page, "hreflang": version.language, "href": version.url}
    if item.versions:
        yield page  # some programs open the first of several pages, feedparser the last
    for each in item.attachments:
        yield {"rel": "enclosure", "type": each.media_type, "length": str(each.size), "href": each.url}
