"""Where the links of a text may lead, and the places in it that they lead to."""

import re
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

_SCHEMES = {"", "http", "https", "mailto", "tel"}


class Anchors:
    """The places that a text links to in itself. Each is given out once; all other names that HTML bears are nothing.

    `dead` are the links that led nowhere but on their author's computer.
    """

    def __init__(self, root: HtmlElement) -> None:
        hrefs = [one.get("href") or "" for one in root.iter("a")]
        goals = {unquote(href[1:]) for href in hrefs if href.startswith("#") and href != "#more"}
        self.known = {name for one in root.iter() for name in _names(one) if name in goals} if goals else set()
        self.waiting = set(self.known)
        self.dead: list[str] = []

    def take(self, element: HtmlElement) -> str:
        """The name of a place that begins with this element, if a link leads there."""
        if self.waiting:
            for name in _names(element):
                if name in self.waiting:
                    self.waiting.discard(name)
                    return _written(name)
        return ""

    def followed(self, element: HtmlElement) -> str:
        """The address that a link leads to; nothing if it leads nowhere."""
        href = (element.get("href") or "").strip()
        if href.startswith("#"):
            name = unquote(href[1:])
            return f"#{_written(name)}" if name in self.known else ""
        try:
            scheme = urlsplit(href).scheme
        except ValueError:  # http://[
            scheme = "broken"
        if scheme in _SCHEMES:
            return href
        if scheme != "javascript":
            self.dead.append(href)
        return ""


def _names(element: HtmlElement) -> list[str]:
    return [name for name in (element.get("id"), element.get("name")) if name]


def _written(name: str) -> str:
    """A name as it can stand in an address."""
    return re.sub(r"[^\w.:-]+", "-", name)
