"""RSS 2.0, with the namespaces that readers know: Dublin Core, content, Atom's links, GeoRSS and Media RSS."""

from collections.abc import Callable, Sequence
from copy import deepcopy
from html import escape
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.ext.dc import DcEntryExtension
from feedgen.ext.geo_entry import GeoEntryExtension
from feedgen.ext.media import MediaEntryExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from chautari.channels import Channel
from chautari.feeds.items import Attachment, Item
from chautari.site import Site

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_LINK = "{http://www.w3.org/2005/Atom}link"
_EXTENSIONS = ("dc", "geo", "media")


def rss(channel: Channel, url: str, items: Sequence[Item], entry: Callable[[Item], FeedEntry], site: Site) -> bytes:
    """A channel as RSS, to be published at `url`; `entry` makes an item of it or remembers it."""
    feed = FeedGenerator()
    for name in _EXTENSIONS:
        feed.load_extension(name, atom=False)
    title = channel.full_title(site)
    feed.title(title)
    feed.link(href=site.absolute(url), rel="self", type="application/rss+xml")
    feed.link(href=site.absolute(channel.url), rel="alternate")  # the last one becomes the channel's <link>
    feed.description(channel.description or site.description or title)
    feed.language(channel.language or site.language)
    feed.generator("Chautari")
    if items:
        feed.lastBuildDate(max(item.updated for item in items))
        feed.pubDate(max(item.published for item in items))
    for item in items:
        feed.add_entry(entry(item), order="append")
    raw = bytes(feed.rss_str(pretty=True))
    return raw if items else _without_clock(raw)


def _without_clock(raw: bytes) -> bytes:
    """A feed without entries: feedgen would write the time of the build into it, and RSS needs no date."""
    tree = etree.fromstring(raw)
    for channel in tree.iter("channel"):
        for element in channel.findall("lastBuildDate"):
            channel.remove(element)
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", pretty_print=True)


class RssEntry(FeedEntry):  # type: ignore[misc]  # it comes without types
    """An item, made once and copied into each feed that shows it."""

    def __init__(self, item: Item, full: bool = True) -> None:
        super().__init__()
        # By their classes: feedgen would look each up by its name, for each item, in folders where it is not.
        for name, extension in (("dc", DcEntryExtension), ("geo", GeoEntryExtension), ("media", MediaEntryExtension)):
            self.register_extension(name, extension, atom=False)
        self.title(item.title)
        self.link(href=item.url)
        self.guid(item.id, permalink=False)
        self.pubDate(item.published)
        self.description(escape(item.summary or item.title, quote=False))  # readers take it for HTML
        if full:
            self.content(item.html)
        self.category([category._asdict() for category in item.categories])
        # <author> would be an e-mail address.
        self.dc.dc_creator([person.name for person in item.authors])
        self.dc.dc_contributor([person.name for person in item.contributors])
        if enclosure := main_attachment(item.attachments):
            self.enclosure(enclosure.url, str(enclosure.size), enclosure.media_type)
        if item.image:
            self.media.content(url=item.image, medium="image", group=None)
        if item.point:
            self.geo.point(f"{item.point.latitude} {item.point.longitude}")
        self._made = super().rss_entry()
        self._made.set(_LANGUAGE, item.language)
        for place, version in enumerate(item.versions):  # before the item's <link>: feedparser keeps the last one
            link = etree.Element(_LINK, rel="alternate", href=version.url, type="text/html", hreflang=version.language)
            self._made.insert(place, link)

    def rss_entry(self, extensions: bool = True) -> Any:
        """A copy: an element of XML has one parent only."""
        return deepcopy(self._made)


def main_attachment(attachments: Sequence[Attachment]) -> Attachment | None:
    """The one enclosure that clients expect of an item: a recording, which they play, else the first document.

    RSS 2.0 leaves open whether there may be more; podcast programs take the first or the last of several.
    """
    recordings = [each for each in attachments if each.media_type.startswith("audio/")]
    return next(iter((*recordings, *attachments)), None)
