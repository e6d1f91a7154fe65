"""The links and pictures in a Markdown text, with their lines: found by patterns, so that `check` need not render."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import nh3

_CODE = re.compile(
    r"^(?P<fence>`{3,}|~{3,}).*?^(?P=fence)[`~]*[ \t]*$|(?P<ticks>`+)[^\n]*?(?P=ticks)|<!--.*?-->",
    re.MULTILINE | re.DOTALL,
)
# Three patterns that each begin with a letter of their own: one pattern of three branches is four times slower.
_INLINE = re.compile(
    r"""\[(?:[^\[\]]|\[[^\[\]]*\])*\]\(\s*<?(?P<target>[^\s<>()"'][^<>()"']*?)>?(?:\s+["'][^)]*)?\s*\)"""
)
_REFERENCE = re.compile(r"^[ ]{0,3}\[[^\]^]+\]:[ \t]*<?(?P<target>[^\s<>]+)>?", re.MULTILINE)
_HTML = re.compile(r"""<(?P<tag>a|img)\b[^>]*?\b(?:href|src)\s*=\s*["'](?P<target>[^"']+)["']""", re.IGNORECASE)
_WORDLESS = re.compile(
    r"""!\[\s*\]\(\s*<?([^\s<>()]+)|<img\b(?![^>]*?\balt\s*=\s*["'][^"'])[^>]*?\bsrc\s*=\s*["']([^"']+)""",
    re.IGNORECASE,
)
_WORDLESS_IN_MARKDOWN = re.compile(r"!\[\s*\]")
_TAG = re.compile(r"(?<!\()</?([a-z][^\s/>]*)(?:[\s/][^<>]*)?>", re.IGNORECASE)
_HANDLER = re.compile(r"<[a-z][^<>]*?\s(on[a-z]+)\s*=", re.IGNORECASE)
TAGS = nh3.ALLOWED_TAGS | {
    "input",
    "label",
    "section",
    "audio",
    "video",
    "source",
    "figure",
    "figcaption",
    "mark",
    "font",
    "u",
}
"""The markup that a text may hold; all other goes with all that is in it."""


class Link(NamedTuple):
    """One link in a text: its target as written, its line from 1, and whether it shows a picture."""

    target: str
    line: int
    picture: bool = False

    @property
    def scheme(self) -> str:
        """`https`, `mailto` …; empty for a link within the hub."""
        return _split(self.target)[0]

    @property
    def path(self) -> str:
        """The target without its anchor, percent signs resolved."""
        return _split(self.target)[1]


@lru_cache(maxsize=256)
def _split(target: str) -> tuple[str, str]:
    """Scheme and path, asked for by several rooms while they look at a text."""
    parts = urlsplit(target)
    return parts.scheme, unquote(parts.path)


def _masked(text: str) -> str:
    """The text with code and comments blanked out, every line kept."""
    if "`" not in text and "~~~" not in text and "<!--" not in text:
        return text
    return _CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def find_links(text: str, first_line: int = 1) -> list[Link]:
    """Every link and picture of a Markdown text, code left out, in the text's order."""
    found: list[tuple[int, str, bool]] = []
    text = _masked(text)
    if "](" in text:
        for match in _INLINE.finditer(text):
            found.append((match.start(), match["target"], text[match.start() - 1 : match.start()] == "!"))
            # A picture inside a link: [![words](small.jpg)](large.jpg)
            found += [
                (match.start() + 1 + inner.start(), inner["target"], True) for inner in _INLINE.finditer(match[0], 1)
            ]
    if "]:" in text:
        found += [(match.start(), match["target"], False) for match in _REFERENCE.finditer(text)]
    if "<" in text:
        found += [(match.start(), match["target"], match["tag"].lower() == "img") for match in _HTML.finditer(text)]
    found.sort()
    return [Link(target, first_line + text.count("\n", 0, start), picture) for start, target, picture in found]


def undescribed_pictures(text: str) -> list[str]:
    """The targets of the pictures in a text that have no words for those who cannot see them."""
    if "<" not in text and not _WORDLESS_IN_MARKDOWN.search(text):
        return []
    return [match[1] or match[2] for match in _WORDLESS.finditer(_masked(text))]


def find_unsafe(text: str, first_line: int = 1) -> Iterator[tuple[str, int]]:
    """Markup that no page shows (scripts, frames, handlers, words in angle brackets), each once with its first line."""
    if "<" not in text:
        return
    text = _masked(text)
    found: dict[str, int] = {}
    for match in _TAG.finditer(text):
        name = match[1].lower()
        if name not in TAGS and ":" not in name and "@" not in name:  # <https://…> is a link, <o:p> loses nothing
            found.setdefault(f"<{match[1]}>", match.start())
    for match in _HANDLER.finditer(text):
        found.setdefault(match[1].lower(), match.start())
    for markup, start in found.items():
        yield markup, first_line + text.count("\n", 0, start)
