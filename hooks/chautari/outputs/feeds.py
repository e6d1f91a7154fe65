"""RSS 2.0 feeds of the site and of each label, made by feedgen."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial

from feedgen.feed import FeedGenerator
from lxml import etree

from chautari.artifact import Artifact
from chautari.channels import Channel, channels, identity
from chautari.entry import Entry
from chautari.forwarding import COPIES
from chautari.library import Library
from chautari.site import Site
from chautari.values import instant_of
from chautari.wording import translations


def artifacts(library: Library, site: Site, html: Callable[[Entry], str]) -> Iterator[Artifact]:
    """One feed for each channel; the site's at its old addresses as well."""
    for channel in channels(library, site):
        shows = (channel, channel.entries, [html(entry) for entry in channel.entries])
        for address in (channel.feed, *COPIES.get(channel.feed, ())):
            yield Artifact(address, partial(rss, channel, site, html), shows)


def rss(channel: Channel, site: Site, html: Callable[[Entry], str]) -> bytes:
    """A channel as RSS 2.0 with full texts. Nothing in it depends on the time of the build."""
    say = translations(site.language)
    feed = FeedGenerator()
    title = site.name if channel.title == site.name else f"{site.name}: {channel.title}"
    feed.title(title)
    feed.link(href=site.absolute(channel.feed), rel="self")
    feed.link(href=site.absolute(channel.url), rel="alternate")  # the last one becomes the channel's <link>
    feed.description(channel.description or site.description or title)
    feed.language(site.language)
    feed.generator("Chautari")
    feed.docs(None)
    moments = distinct_moments(channel.entries, site)
    if moments:
        feed.lastBuildDate(max(moments))
        feed.pubDate(max(moments))
    for entry, moment in zip(channel.entries, moments, strict=True):
        item = feed.add_entry(order="append")
        item.title(entry.title)
        item.link(href=site.absolute(entry.url))
        item.guid(identity(entry, site), permalink=False)
        item.pubDate(moment)
        item.description(html(entry) or entry.summary or say.gettext("This entry has no text."))
        item.category([{"term": term.name(site.language)} for term in entry.labels])
    raw = bytes(feed.rss_str(pretty=True))
    return raw if moments else _without_clock(raw)


def _without_clock(raw: bytes) -> bytes:
    """A feed without entries: feedgen would write the time of the build into it."""
    tree = etree.fromstring(raw)
    for channel in tree.iter("channel"):
        for element in channel.findall("lastBuildDate"):
            channel.remove(element)
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def distinct_moments(entries: tuple[Entry, ...], site: Site) -> list[datetime]:
    """The instants of publication, newest first, set apart by seconds where several entries bear one day."""
    moments: list[datetime] = []
    for entry in reversed(entries):
        moment = instant_of(entry.date, site.zone) if entry.date else site.now
        while moment in moments:
            moment += timedelta(seconds=1)
        moments.append(moment)
    return moments[::-1]
