"""Feeds of every channel as RSS, Atom and JSON Feed, and a light one of the site for those who pay by the megabyte."""

from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import replace
from functools import lru_cache, partial

from chautari.artifact import Artifact, Texts
from chautari.channels import SUMMARIES, Channel, channels
from chautari.feeds.atom import AtomEntry, atom
from chautari.feeds.items import REMEMBERED, Items, changed, sound
from chautari.feeds.json_feed import json_entry, json_feed
from chautari.feeds.rss import RssEntry, rss
from chautari.forwarding import COPIES
from chautari.library import Library
from chautari.site import Site


def artifacts(library: Library, site: Site, texts: Texts) -> Iterator[Artifact]:
    """The feeds of each channel in all formats."""
    yield from _feeds(channels(library, site), library, site, texts)


def artifacts_with(paths: Set[str], library: Library, site: Site, texts: Texts) -> Iterator[Artifact]:
    """Those in which one of these entries stands."""
    streams = (stream for stream in channels(library, site) if any(entry.path in paths for entry in stream.entries))
    yield from _feeds(streams, library, site, texts)


def _feeds(streams: Iterable[Channel], library: Library, site: Site, texts: Texts) -> Iterator[Artifact]:
    """An entry is made once in each format for the feeds that follow one another."""
    items, remembered = Items(library, site, texts), lru_cache(REMEMBERED)
    formats = {
        "RSS": partial(rss, entry=remembered(RssEntry)),
        "Atom": partial(atom, entry=remembered(AtomEntry)),
        "JSON Feed": partial(json_feed, entry=remembered(json_entry)),
    }
    summaries = partial(rss, entry=remembered(partial(RssEntry, full=False)))
    for stream in streams:
        channel = replace(stream, title=sound(stream.title), description=sound(stream.description))
        versions = [library.translations(entry) for entry in channel.entries]
        shows = (channel, channel.entries, versions, [changed(entry, site) for entry in channel.entries])
        for feed in channel.feeds:
            content = partial(_made, formats[feed.format], channel, feed.url, items)
            for address in (feed.url, *COPIES.get(feed.url, ())):
                yield Artifact(address, content, shows, channel.entries)
        if channel.group == "site":
            yield Artifact(SUMMARIES, partial(_made, summaries, channel, SUMMARIES, items), shows, channel.entries)


def _made(form: Callable[..., bytes], channel: Channel, url: str, items: Items) -> bytes:
    """A feed in one format. Items are made here: a feed that stays as it is needs none."""
    return form(channel, url, [items.of(entry) for entry in channel.entries], site=items.site)
