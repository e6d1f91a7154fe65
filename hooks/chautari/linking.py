"""The links of a rendered text: where they lead, what the pictures measure, and no markup that would be unsafe.

A text is rendered once and shown in several places, so its links within the hub begin with `ROOT` in place of a way
that would depend on the page: `placed_text` puts in that of a page, or the site's whole address for a feed.
"""

import re
from collections.abc import Mapping
from contextvars import ContextVar
from html import escape, unescape
from typing import TypeAlias
from urllib.parse import quote, unquote, urlsplit

import nh3

from chautari.entry import Entry
from chautari.library import Library
from chautari.links import TAGS
from chautari.pictures import Renditions, is_picture
from chautari.problems import Problem

# In a private use area (U+E000), which no keyboard types: no text can be taken for it.
ROOT = "hub:/\ue000/"
TEXT_WIDTH = "(min-width: 850px) 800px, 100vw"
"""How wide a picture in a text stands on a screen (HTML, `sizes`): the column of hub.css."""

Answer: TypeAlias = str | Renditions | None
"""What the library says of a file that a text names: an entry's address, a picture's renditions, or nothing."""

_ATTRIBUTES = nh3.ALLOWED_ATTRIBUTES | {
    "*": {"class", "id", "lang", "dir", "title", "role", "aria-label", "aria-hidden"},
    "a": {"href", "hreflang", "rel"},
    "img": {"src", "alt", "width", "height", "loading"},
    "input": {"type", "checked", "disabled"},
    "ol": {"start", "reversed", "type"},
    "th": {"colspan", "rowspan", "scope", "style"},
    "td": {"colspan", "rowspan", "style"},
    "details": {"open"},
    "audio": {"src", "controls", "preload"},
    "video": {"src", "controls", "preload", "poster", "width", "height"},
    "source": {"src", "type"},
}
_SCHEMES = {"http", "https", "mailto", "tel", "hub"}
_ALIGNMENT = re.compile(r"text-align: (left|right|center);?")
# As nh3 writes them: all values in quotes, a > in one is &gt;, a " is &quot;.
_IMAGE = re.compile(r"<img [^>]*>")
_GIVEN = re.compile(r' ([a-z-]+)="([^"]*)"')


def placed_text(html: str, root: str, page: str = "") -> str:
    """A text with the way to the site's root put in; `page` goes before anchors if it stands elsewhere."""
    return html.replace(f"{ROOT}#", f"{page}#").replace(ROOT, root)


def answer(library: Library, entry: Entry, path: str) -> Answer:
    """What a text that names a file depends on: the renditions of a picture, else the address of an entry."""
    return library.renditions(entry, path) if is_picture(path) else _address(library, entry, path)


def _address(library: Library, entry: Entry, path: str) -> str | None:
    """The address of the entry in a file that a text links to; None if there is none or it has no page."""
    target = library.linked(entry, path)
    return target.url if target and library.has_page(target) else None


class Links:
    """Resolves the links of one text, and notes what can only be judged later."""

    def __init__(self, entry: Entry, library: Library) -> None:
        self.entry, self.library = entry, library
        self.answers: dict[str, Answer] = {}
        self.found: list[tuple[str, str, str]] = []
        self.addresses: list[str] = []
        self.files: list[str] = []
        self.pictures: dict[str, Renditions] = {}
        self.own: list[str] = []
        self.problems: list[Problem] = []

    def resolved(self, html: str) -> str:
        """HTML without unsafe markup, in which links lead where they should."""
        token = _LINKS.set(self)
        try:
            return _CLEANER.clean(html)
        finally:
            _LINKS.reset(token)

    def attribute(self, tag: str, name: str, value: str) -> str | None:
        """One attribute as it goes onto the page, None to leave it out; nh3 asks for each."""
        if name == "style":
            return value if _ALIGNMENT.fullmatch(value) else None
        if name in ("href", "src", "poster"):
            return self.address(value, shown=tag == "img")
        return value

    def address(self, value: str, shown: bool) -> str:
        """Where a link leads: with `ROOT` before places within the hub."""
        parts = urlsplit(value)
        if parts.scheme or value.startswith("//"):
            return value if parts.scheme else f"https:{value}"  # a feed has no scheme that it could be read from
        if not parts.path:
            self.own.append(unquote(parts.fragment))
            return f"{ROOT}#{parts.fragment}"
        if parts.path.startswith("/"):
            self.addresses.append(value)
            return ROOT + value.lstrip("/")
        path = unquote(parts.path)
        if shown or is_picture(path):
            return self.picture(value, path, shown)
        mark = (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")
        if not path.endswith(".md"):
            file = self.entry.beside(path)
            self.files.append(file)
            return ROOT + quote(file) + mark
        target = self.library.linked(self.entry, path)
        url = self.answers[path] = _address(self.library, self.entry, path)
        if target is None:
            self.report(
                value, f"the link {value!r} leads to no entry", "Check the file's name, and the folder before it."
            )
        elif url is None:
            message = f"the link {value!r} leads to {target.path}, which is not published yet"
            self.report(value, message, "Publish that one first, or take the link out.")
        elif parts.fragment:
            self.found.append((target.path, parts.fragment, value))
        return value if url is None else ROOT + url + mark

    def picture(self, value: str, path: str, shown: bool) -> str:
        """Where a picture of the hub is found: in the middle size if the text shows it, in the largest for a link."""
        renditions = self.answers[path] = answer(self.library, self.entry, path)
        if not isinstance(renditions, Renditions):
            hint = "Write ![what one sees](name.jpg), and give the file a name without spaces and brackets."
            self.report(value, f"the picture {value!r} cannot be found", hint)
            return value
        self.files.append(self.entry.beside(path))
        address = ROOT + (renditions.shown if shown else renditions.largest).url
        if shown:
            self.pictures[address] = renditions
        return address

    def judge_own(self, anchors: frozenset[str]) -> None:
        """Reports links to places in this text that are not there."""
        for anchor in self.own:
            if anchor.startswith("fnref:") and anchor not in anchors:
                note = anchor.removeprefix("fnref:")
                self.report(
                    f"[^{note}]",
                    f"the footnote [^{note}] is explained but never used",
                    f"Write [^{note}] where it belongs.",
                )
            elif anchor and anchor not in anchors:
                self.report(
                    f"#{anchor}",
                    f"the link '#{anchor}' leads to no heading of this text",
                    "Write it as the heading is written, in small letters with hyphens.",
                )

    def report(self, written: str, message: str, hint: str) -> None:
        self.problems.append(problem_at(self.entry, written, message, hint))


_LINKS: ContextVar[Links] = ContextVar("links")
"""Those of the text that is being cleaned."""

_CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes=_ATTRIBUTES,
    attribute_filter=lambda tag, name, value: _LINKS.get().attribute(tag, name, value),
    url_schemes=_SCHEMES,
    link_rel=None,
)
"""Made once: to make one costs as much as to clean a text."""


def with_sizes(html: str, pictures: Mapping[str, Renditions]) -> str:
    """HTML whose pictures say how large they are and where they can be had in other sizes; they are fetched when seen.

    `pictures` by address. After nh3, which can change attributes and not add any; Markdown's tree would know nothing of
    pictures that are written in HTML.
    """

    def sized(match: re.Match[str]) -> str:
        given: dict[str, str] = dict(_GIVEN.findall(match[0]))
        renditions = pictures.get(unescape(given.get("src", "")))
        if renditions is None:
            return match[0]
        sizes = _sizes(renditions, given.keys().isdisjoint(("width", "height")))
        added = "".join(f' {name}="{escape(value)}"' for name, value in sizes.items() if name not in given)
        return f"{match[0][:-1]}{added}>"

    return _IMAGE.sub(sized, html) if pictures else html


def _sizes(renditions: Renditions, measured: bool) -> dict[str, str]:
    shown, others = renditions.shown, renditions.srcset(ROOT)
    choice = {"srcset": others, "sizes": TEXT_WIDTH} if others else {}
    size = {"width": str(shown.width), "height": str(shown.height)} if measured and shown.width else {}
    return choice | size | {"loading": "lazy", "decoding": "async"}


def problem_at(entry: Entry, written: str, message: str, hint: str) -> Problem:
    """A problem at the line of an entry's file where these words are written, in its text or in a field."""
    text, first = (entry.body, entry.source.body_line)
    if written not in text and written in entry.source.head:
        text, first = entry.source.head, entry.source.head_line
    return Problem(entry.path, first + text.count("\n", 0, max(text.find(written), 0)), "", message, hint)
