"""All feeds in one file (OPML 2.0), grouped as on the page: a reader's program takes them in at once."""

from collections.abc import Iterator
from functools import partial

from lxml import etree

from chautari.artifact import Artifact, Texts
from chautari.channels import Channel, grouped_channels
from chautari.library import Library
from chautari.site import Site

URL = "feeds.opml"


def artifacts(library: Library, site: Site, texts: Texts) -> Iterator[Artifact]:
    """One file."""
    groups = grouped_channels(library, site)
    yield Artifact(URL, partial(opml, groups, site), (groups,))


def opml(groups: list[tuple[str, list[Channel]]], site: Site) -> bytes:
    """The groups, each with its feeds. Without the dates that the format knows: they would be those of the build."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = site.name
    body = etree.SubElement(root, "body")
    for title, members in groups:
        group = etree.SubElement(body, "outline", text=title)
        for channel in members:
            etree.SubElement(group, "outline", outline(channel, site))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def outline(channel: Channel, site: Site) -> dict[str, str]:
    """What is said of a feed. `type` is "rss" for every kind of feed (OPML 2.0, subscription lists)."""
    places = {"xmlUrl": site.absolute(channel.feed), "htmlUrl": site.absolute(channel.url)}
    return {"type": "rss", "text": channel.title, "title": channel.title, **places}
