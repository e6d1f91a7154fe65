"""Bodies to HTML: one Markdown instance for all, links resolved by the library, unsafe markup left out.

A body is rendered once and shown in several places, so its links within the hub begin with `ROOT` in place of a way
that would depend on the page: `placed_text` puts in that of a page, or the site's whole address for a feed.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, fields
from functools import partial
from html import unescape
from typing import Any, TypeAlias
from urllib.parse import quote, unquote, urlsplit

import nh3
from lxml import etree

from chautari.abbreviations import marked
from chautari.acronyms import Expansion
from chautari.cache import digest
from chautari.entry import Entry
from chautari.library import Library
from chautari.links import TAGS, undescribed_pictures
from chautari.outer_links import outer_links
from chautari.pictures import Renditions, is_picture
from chautari.problems import Problem
from chautari.quick_markdown import quick_markdown
from chautari.timing import TEXTS, timed_alone

# In a private use area (U+E000), which no keyboard types: no text can be taken for it.
ROOT = "hub:/\ue000/"
SUMMARY_LENGTH = 300
WORDS_PER_MINUTE = 200
"""Slower than the 238 of adults in their first language (Brysbaert 2019): to most readers here it is another one."""
SIGNS_PER_WORD = 6
"""In scripts that put no spaces between words: Khmer, Lao, Thai, Burmese."""
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
_ANCHOR = re.compile(r'id="(?<=\bid=")([^"]+)"')  # a pattern that begins with letters is found far sooner
_HEADING = re.compile(r"(</?h)([1-5])\b")
_PARAGRAPH = re.compile(r"<p\b([^>]*)>(.*?)</p>", re.DOTALL)
_TAG = re.compile(r"<sup\b.*?</sup>|<[^>]+>", re.DOTALL)
_IMAGE = re.compile(r"<img [^>]*>")  # as nh3 writes it: a > in a value is &gt;
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_ITEM = re.compile(r"([-*+]|1[.])[ \t]+\S")
_PROSE = re.compile(r"(?![ \t]|[-*+>|#=]|\d+[.)]|\[\^?[^\]]+\]:|:[ \t]|!!!|\?\?\?)\S")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gist:
    """What is known of a rendered text beside its HTML, which need not lie in memory for it.

    `anchors` are the places one may link to in it, `teaser` its first paragraph as plain text, cut at a word. `links`
    are the links to places in other entries, as (path of the entry, anchor, target as written); `addresses` the
    links that were written as an address of the site. Both can be judged only when all pages are known. `files` are the
    pictures and documents beside texts that it shows or links to, as paths from content/. `answers` are
    those that the library gave while the text was rendered: (file asked for, answer); `acronyms` those that it gave for
    all that may be an acronym. `minutes` is how long it takes to read, 0 for no text. `mark` is a short name of the
    HTML, `shared` of all that other pages show of the text, or say of it.
    """

    anchors: frozenset[str]
    teaser: str = ""
    links: tuple[tuple[str, str, str], ...] = ()
    addresses: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    minutes: int = 0
    answers: tuple[tuple[str, Answer], ...] = ()
    acronyms: tuple[tuple[str, Expansion | None], ...] = ()
    mark: str = ""
    shared: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body(Gist):
    """A rendered text. `html` has `ROOT` before links within the hub."""

    html: str

    def placed(self, root: str, page: str = "") -> str:
        """The HTML as it stands on a page (see `placed_text`)."""
        return placed_text(self.html, root, page)

    @property
    def gist(self) -> Gist:
        """All but the HTML."""
        return Gist(**{field.name: getattr(self, field.name) for field in fields(Gist)})


def placed_text(html: str, root: str, page: str = "") -> str:
    """A text with the way to the site's root put in; `page` goes before anchors if it stands elsewhere."""
    return html.replace(f"{ROOT}#", f"{page}#").replace(ROOT, root)


def _teaser(html: str) -> str:
    for match in _PARAGRAPH.finditer(html):
        words = unescape(_TAG.sub("", match[2])).strip()
        if words and "admonition-title" not in match[1]:
            return cut(words)
    return ""


def _shared(entry: Entry, teaser: str, minutes: int, anchors: Iterable[str], files: Iterable[str]) -> str:
    """What lists show of a text, feeds enclose, other texts lead to, and those who look after the hub are told of."""
    to_look_after = list(outer_links(entry)), undescribed_pictures(entry.body)
    return digest(teaser, minutes, sorted(anchors), tuple(files), to_look_after)


def cut(text: str, length: int = SUMMARY_LENGTH) -> str:
    """A text of at most so many characters, cut between words with an ellipsis."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    head = text[:length]
    return (head.rpartition(" ")[0] or head).rstrip(" ,;:–-") + "…"


def reading_minutes(text: str) -> int:
    """How many minutes a text takes to read, rounded up."""
    signs = 0 if text.isascii() else len(_UNSPACED.findall(text))
    words = len(_UNSPACED.sub("", text).split()) if signs else len(text.split())
    return -(-(words + signs // SIGNS_PER_WORD) // WORDS_PER_MINUTE)


def with_lists_apart(text: str) -> str:
    """The text with an empty line before each list that follows a paragraph at once, as CommonMark reads it.

    Python-Markdown would run the items on in one paragraph, and few editors know why.
    """
    lines: list[str] = []
    fence = ""
    for line in text.split("\n"):
        if match := _FENCE.match(line):
            fence = match[1] if not fence else "" if line.strip().startswith(fence) else fence
        elif not fence and _ITEM.match(line) and lines and _PROSE.match(lines[-1]):
            lines.append("")
        lines.append(line)
    return "\n".join(lines)


class Renderer:
    """Turns entries' texts into bodies. It keeps one Markdown instance: making one costs more than a short text."""

    def __init__(self, library: Library, extensions: Sequence[Any], configs: Mapping[str, Mapping[str, Any]]) -> None:
        self.library = library
        self.acronyms = library.acronyms
        self.dialect = repr((list(extensions), sorted(configs.items())))
        self.markdown = quick_markdown(extensions, configs)

    def render(self, entry: Entry, text: str | None = None) -> Body:
        """The body of an entry, in which acronyms are explained, or another of its texts in Markdown."""
        links = _Links(entry, self)
        html = self.markdown.reset().convert(with_lists_apart(entry.body if text is None else text))
        html = links.resolved(html)
        html = with_sizes(html, links.pictures)
        if "<h1" in html:  # the page's title is its only heading of the first order
            html = _HEADING.sub(lambda match: f"{match[1]}{int(match[2]) + 1}", html)
        anchors = frozenset(_ANCHOR.findall(html))
        links.judge_own(anchors)
        minutes = reading_minutes(_TAG.sub(" ", html))
        html, acronyms = marked(html, ROOT, partial(self.expansion, entry)) if text is None else (html, {})
        teaser = _teaser(html)
        shared = _shared(entry, teaser, minutes, anchors, links.files) if text is None else ""
        return Body(
            html=html,
            anchors=anchors,
            teaser=teaser,
            links=tuple(links.found),
            addresses=tuple(links.addresses),
            files=tuple(links.files),
            problems=tuple(links.problems),
            minutes=minutes,
            answers=tuple(links.answers.items()),
            acronyms=tuple(acronyms.items()),
            mark=digest(html),
            shared=shared,
        )

    def render_each(self, entries: Sequence[Entry]) -> list[Body]:
        """The bodies of several entries."""
        bodies = []
        for entry in entries:
            with timed_alone(entry.path, TEXTS):
                bodies.append(self.render(entry))
        return bodies

    def answer(self, entry: Entry, path: str) -> Answer:
        """What a text that names a file depends on: the renditions of a picture, else the address of an entry."""
        return self.library.renditions(entry, path) if is_picture(path) else self.address(entry, path)

    def expansion(self, entry: Entry, word: str) -> Expansion | None:
        """What a text says of an acronym; None for an unknown one, one of several meanings, and the entry's own."""
        meanings = self.acronyms.get(word, ())
        if len(meanings) != 1 or meanings[0].work == entry.work:
            return None
        return meanings[0].expanded(entry.language)

    def still_holds(self, entry: Entry, body: Gist) -> bool:
        """Whether the library would answer all that was asked for a body as it did then."""
        return all(self.answer(entry, asked) == given for asked, given in body.answers) and all(
            self.expansion(entry, word) == given for word, given in body.acronyms
        )

    def address(self, entry: Entry, path: str) -> str | None:
        """The address of the entry in a file that a text links to; None if there is none or it has no page."""
        target = self.library.linked(entry, path)
        return target.url if target and self.library.has_page(target) else None


class _Links:
    """Resolves the links of one text, and notes what can only be judged later."""

    def __init__(self, entry: Entry, renderer: Renderer) -> None:
        self.entry, self.renderer = entry, renderer
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
        target = self.renderer.library.linked(self.entry, path)
        url = self.answers[path] = self.renderer.address(self.entry, path)
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
        renditions = self.answers[path] = self.renderer.answer(self.entry, path)
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


_LINKS: ContextVar[_Links] = ContextVar("links")
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
        element: Any = etree.HTML(match[0])[0][0]  # in html and body, which it adds
        if renditions := pictures.get(element.get("src", "")):
            given = dict(element.attrib)
            element.attrib.update(_sizes(renditions, given.keys().isdisjoint(("width", "height"))) | given)
        return etree.tostring(element, encoding="unicode")

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


def judge_anchors(
    texts: Iterable[tuple[Entry, Gist]], anchors: Callable[[str], Collection[str] | None]
) -> Iterator[Problem]:
    """What links of these texts to places in others get wrong; `anchors` are those of the entry in a file."""
    for entry, body in texts:
        for target, anchor, written in body.links:
            there = anchors(target)
            if there is not None and unquote(anchor) not in there:
                message = f"the link {written!r} leads to no heading of {target}"
                yield problem_at(entry, written, message, "Look up the heading there.")


def judge_addresses(texts: Iterable[tuple[Entry, Gist]], known: Callable[[str], bool]) -> Iterator[Problem]:
    """Links written as an address of the site that nothing answers; `known` tells of an address without its slash."""
    for entry, body in texts:
        for written in body.addresses:
            if not known(urlsplit(written).path.lstrip("/")):
                yield problem_at(
                    entry, written, f"the link {written!r} leads to no page of this site", "Check the address."
                )
