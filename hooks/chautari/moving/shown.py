"""The pictures of a text: one for each that Blogger shows small with the large one behind it."""

import re
from collections.abc import Callable, Iterator
from posixpath import basename
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from chautari.moving.escaping import quoted
from chautari.moving.lines import Mark, Run
from chautari.moving.sizes import full_size, is_sized

_NAME = re.compile(
    r".*\.(jpe?g|png|gif|webp|bmp|tiff?|heic)|(img|dsc|dscn|image|photo|screenshot)?[-_ ]?[\d_ -]*", re.IGNORECASE
)
_FILE = re.compile(r"\.(jpe?g|png|gif|webp|bmp|tiff?|avif)$", re.IGNORECASE)


class Shown:
    """Writes pictures and remembers them: their files in order, those that nobody described, and what became of others.

    `picture` gives the file of an address, None where there is none: then a link is all that readers get, because no
    page loads anything from another host.
    """

    def __init__(self, picture: Callable[[str], str | None]) -> None:
        self.picture = picture
        self.files: list[str] = []
        self.undescribed: list[str] = []
        self.dropped: list[str] = []

    def runs(self, element: HtmlElement, marks: frozenset[Mark]) -> Iterator[Run]:
        """A picture as Markdown, or what stands in its place."""
        source = (element.get("src") or element.get("data-src") or "").strip()
        link = next((one for one in marks if one[0] == "a"), None)
        if link and _shows(link[1], source):
            source, link = _best(link[1], source), None
        alt, address = described(element), full_size(source)
        if not source or address.startswith("file:"):
            self.dropped.append(f"a picture that was only on its author's computer: {alt or basename(source)}")
        elif file := self.picture(address):
            yield self.run(quoted(file), alt, link)
        elif address.startswith("data:"):
            self.dropped.append(f"a damaged picture that stood in the text itself: {alt or 'without words'}")
        else:
            words = Run(f"Picture: {alt or _named(address)}", frozenset({link or ("a", address)}))
            yield from (Run(" "), words, Run(" "))

    def run(self, file: str, alt: str, link: Mark | None) -> Run:
        """A picture whose file is there."""
        self.files.append(file)
        if not alt:
            self.undescribed.append(file)
        words = re.sub(r"[\\`\[\]<]", lambda found: f"&#{ord(found[0])};", alt)
        return Run(f"![{words}]({file})", frozenset({link} if link else ()), written=True, picture=True)


def described(element: HtmlElement) -> str:
    """The words for those who do not see a picture; the name of a file is no description."""
    alt = " ".join((element.get("alt") or "").split())
    return "" if _NAME.fullmatch(alt) else alt


def _shows(href: str, source: str) -> bool:
    """Whether a link around a picture only shows the picture again."""
    return is_sized(href) or full_size(href) == full_size(source) or bool(_FILE.search(href.partition("?")[0]))


def _best(href: str, source: str) -> str:
    """The address behind a picture, unless that is elsewhere and this one can be had in full size."""
    return source if is_sized(source) and not is_sized(href) else href


def _named(address: str) -> str:
    """What a picture without words can be called."""
    try:
        return unquote(basename(urlsplit(address).path)) or address
    except ValueError:  # http://[
        return address
