"""The children of an element by the names that everybody calls them: `wp:status`, `content:encoded`.

A file may give a namespace another prefix, name that of another version, or use a prefix that it never declared.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Self

from lxml import etree

_PREFIXES = {
    "http://www.w3.org/2005/Atom": "atom",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/syndication/thread/1.0": "thr",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://www.georss.org/georss": "georss",
    "http://a9.com/-/spec/opensearch/1.1/": "openSearch",
    "http://a9.com/-/spec/opensearchrss/1.0/": "openSearch",
}
_WORDPRESS = re.compile(r"https?://wordpress\.org/export/[^/]*/?(?P<excerpt>excerpt/?)?")


@cache
def known_name(tag: str) -> str:
    """A name with the prefix that its namespace has everywhere; one that is unknown here as it is."""
    uri, _, name = tag.removeprefix("{").rpartition("}")
    if wordpress := _WORDPRESS.fullmatch(uri):
        return f"excerpt:{name}" if wordpress["excerpt"] else f"wp:{name}"
    return f"{_PREFIXES[uri]}:{name}" if uri in _PREFIXES else tag


class Children:
    """The children of an element by their names."""

    def __init__(self, elements: Iterable[etree._Element]) -> None:
        self._named: defaultdict[str, list[etree._Element]] = defaultdict(list)
        for child in elements:
            self._named[self.name(child)].append(child)

    @staticmethod
    def name(element: etree._Element) -> str:
        """What an element is called."""
        return known_name(element.tag)

    def all(self, name: str) -> list[etree._Element]:
        return self._named.get(name, [])

    def within(self, name: str) -> Self:
        """The children of a child; none where that is missing."""
        found = self.all(name)
        return type(self)(found[0] if found else ())

    def text(self, name: str) -> str:
        """The text of a child without its padding; "" where there is none."""
        found = self.all(name)
        return text_of(found[0]) if found else ""


def text_of(element: etree._Element) -> str:
    return "".join(map(str, element.itertext())).strip()
