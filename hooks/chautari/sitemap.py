"""The map of the site for search engines (sitemaps.org, protocol 0.9), with the dates that the content itself tells.

It is made of all pages, whoever made them, and so stands beside the search and not among the outputs, which know the
library alone. MkDocs' own map gives every page the time of the build, which no search engine believes for long.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from operator import attrgetter
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from lxml import etree

from chautari.artifact import Artifact
from chautari.entry import Entry, latest
from chautari.library import Library
from chautari.listing import Listing
from chautari.site import Site

LARGEST = 10_000
"""How many pages stand in one file. The protocol allows 50,000 and 50 MB, which translations would reach first."""

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
_NAMESPACES: Any = {None: _SITEMAP, "xhtml": _XHTML}  # lxml's own stubs forget the default namespace
_LINK = f"{{{_XHTML}}}link"


class Place(NamedTuple):
    """A page: its address from the site's root, its last change if that is known, and its versions by language."""

    url: str
    changed: dt.date | None = None
    versions: tuple[tuple[str, str], ...] = ()


def places(library: Library, lists: Iterable[Listing], standing: Iterable[str]) -> list[Place]:
    """Every page that a search engine may show, by address; of standing pages nobody says when they changed."""
    found = [_of_entry(entry, library) for entry in library.published if entry.status != "withdrawn"]
    found += [Place(each.url, _last_changed(each)) for each in lists if each.indexed]
    found += [Place(url) for url in standing]
    return sorted(found, key=lambda place: place.url)


def _of_entry(entry: Entry, library: Library) -> Place:
    versions = [version for version in library.translations(entry) if version.status != "withdrawn"]
    others = tuple((version.language, version.url) for version in versions) if len(versions) > 1 else ()
    return Place(entry.url, entry.last_changed, others)


def _last_changed(listing: Listing) -> dt.date | None:
    """When an entry changed last that a list shows."""
    found = max(_entries(listing), key=attrgetter("change_in_time"), default=None)
    return found.last_changed if found else None


def _entries(listing: Listing) -> Iterator[Entry]:
    """The entries that a list shows, wherever in its data they stand."""
    yield from listing.entries
    left: list[Any] = [listing.data]
    while left:
        value = left.pop()
        if isinstance(value, Entry):
            yield value
        elif isinstance(value, dict):
            left += value.values()
        elif isinstance(value, list | tuple):
            left += value


def artifacts(found: Sequence[Place], site: Site) -> Iterator[Artifact]:
    """One map, or an index of several where there are too many pages for one."""
    parts = {"sitemap.xml": tuple(found)} if len(found) <= LARGEST else dict(_parts(found))
    for name, part in parts.items():
        yield Artifact(name, partial(sitemap, part, site), (repr(part),))
    if len(found) > LARGEST:
        changes = {name: latest(place.changed for place in part) for name, part in parts.items()}
        yield Artifact("sitemap.xml", partial(index, changes, site), (changes,))
    if urlsplit(site.url).path in ("", "/"):  # nobody asks for it anywhere else (RFC 9309, section 2.3)
        yield Artifact("robots.txt", partial(robots, site), ())


def _parts(found: Iterable[Place]) -> Iterator[tuple[str, tuple[Place, ...]]]:
    """The pages by the first step of their address, the year of a post or a collection: an edit changes few files.

    All lie at the site's root, because a map may not name what lies beside its folder.
    """
    groups: dict[str, list[Place]] = defaultdict(list)
    for place in found:
        groups[place.url.partition("/")[0] if "/" in place.url else "pages"].append(place)
    for name, group in groups.items():
        for start in range(0, len(group), LARGEST):
            yield f"sitemap-{name}-{start // LARGEST + 1}.xml", tuple(group[start : start + LARGEST])


def sitemap(found: Iterable[Place], site: Site) -> bytes:
    """A map: each page with the day of its last change and its translations (hreflang)."""
    root = etree.Element(f"{{{_SITEMAP}}}urlset", nsmap=_NAMESPACES)
    for place in found:
        url = _located(root, "url", site.absolute(place.url), place.changed)
        for language, version in place.versions:
            etree.SubElement(url, _LINK, rel="alternate", hreflang=language, href=site.absolute(version))
    return _written(root)


def index(changes: Mapping[str, dt.date | None], site: Site) -> bytes:
    """The maps of a site that has too many pages for one."""
    root = etree.Element(f"{{{_SITEMAP}}}sitemapindex", nsmap=_NAMESPACES)
    for name, changed in changes.items():
        _located(root, "sitemap", site.absolute(name), changed)
    return _written(root)


def _located(root: etree._Element, name: str, address: str, changed: dt.date | None) -> etree._Element:
    """An address and, where it is known, its last change: a day or an instant as W3C's note on dates writes them."""
    element = etree.SubElement(root, f"{{{_SITEMAP}}}{name}")
    etree.SubElement(element, f"{{{_SITEMAP}}}loc").text = address
    if changed:
        etree.SubElement(element, f"{{{_SITEMAP}}}lastmod").text = changed.isoformat()
    return element


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def robots(site: Site) -> bytes:
    """Where crawlers look for the map first (RFC 9309). Everything may be read."""
    return f"User-agent: *\nAllow: /\nSitemap: {site.absolute('sitemap.xml')}\n".encode()
