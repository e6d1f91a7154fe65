"""Bodies to HTML: one Markdown instance for all, and what is known of each text once it is rendered."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import partial
from html import unescape
from typing import Any
from urllib.parse import unquote, urlsplit

from chautari.abbreviations import marked
from chautari.acronyms import Expansion
from chautari.cache import digest, digest_of
from chautari.entry import Entry
from chautari.library import Library
from chautari.linking import ROOT, Answer, Links, answer, placed_text, problem_at, with_sizes
from chautari.links import undescribed_pictures
from chautari.outer_links import outer_links
from chautari.problems import Problem
from chautari.quick_markdown import quick_markdown
from chautari.timing import TEXTS, timed_alone

SUMMARY_LENGTH = 300
WORDS_PER_MINUTE = 200
"""Slower than the 238 of adults in their first language (Brysbaert 2019): to most readers here it is another one."""
SIGNS_PER_WORD = 6
"""In scripts that put no spaces between words: Khmer, Lao, Thai, Burmese."""

_ANCHOR = re.compile(r'id="(?<=\bid=")([^"]+)"')  # a pattern that begins with letters is found far sooner
_HEADING = re.compile(r"(</?h)([1-5])\b")
_PARAGRAPH = re.compile(r"<p\b([^>]*)>(.*?)</p>", re.DOTALL)
_TAG = re.compile(r"<sup\b.*?</sup>|<[^>]+>", re.DOTALL)
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_ITEM = re.compile(r"([-*+]|1[.])[ \t]+\S")
_PROSE = re.compile(r"(?![ \t]|[-*+>|#=]|\d+[.)]|\[\^?[^\]\n]+\]:|:[ \t]|!!!|\?\?\?)\S")
_RUN_ON = re.compile(f"^{_PROSE.pattern}.*\n{_ITEM.pattern}", re.MULTILINE)
"""An item right after a paragraph, maybe in code: what most texts do not hold need not be looked for line by line."""


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
    text, signs = (text, 0) if text.isascii() else _UNSPACED.subn("", text)
    words = len(text.split())
    return -(-(words + signs // SIGNS_PER_WORD) // WORDS_PER_MINUTE)


def with_lists_apart(text: str) -> str:
    """The text with an empty line before each list that follows a paragraph at once, as CommonMark reads it.

    Python-Markdown would run the items on in one paragraph, and few editors know why.
    """
    if not _RUN_ON.search(text):
        return text
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
        links = Links(entry, self.library)
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
            mark=digest_of(html.encode()),
            shared=shared,
        )

    def render_each(self, entries: Sequence[Entry]) -> list[Body]:
        """The bodies of several entries."""
        bodies = []
        for entry in entries:
            with timed_alone(entry.path, TEXTS):
                bodies.append(self.render(entry))
        return bodies

    def expansion(self, entry: Entry, word: str) -> Expansion | None:
        """What a text says of an acronym; None for an unknown one, one of several meanings, and the entry's own."""
        meanings = self.acronyms.get(word, ())
        if len(meanings) != 1 or meanings[0].work == entry.work:
            return None
        return meanings[0].expanded(entry.language)

    def still_holds(self, entry: Entry, body: Gist) -> bool:
        """Whether the library would answer all that was asked for a body as it did then."""
        return all(answer(self.library, entry, asked) == given for asked, given in body.answers) and all(
            self.expansion(entry, word) == given for word, given in body.acronyms
        )


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
