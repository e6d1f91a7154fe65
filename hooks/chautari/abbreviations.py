"""Acronyms in a text: the first use of each says what it stands for, and leads on."""

import re
from collections.abc import Callable, Iterator
from html import unescape

from lxml import etree

from chautari.acronyms import Expansion

_LETTER = "A-Za-z0-9_\u00c0-\u024f"  # of Latin script: in others an ending follows at once, without a space
_SIGN = "[A-Z0-9.!-]|&amp;"  # C.CAWDU, INSP!R, ACV-CSC, R&D; & as it stands in HTML
# What may not stand before is looked for behind the first letter: a pattern that begins with one is found far sooner.
_WORD = re.compile(rf"(?P<word>[A-Z](?<![{_LETTER}.@].)(?:{_SIGN}){{0,20}}[A-Z0-9])s?(?![{_LETTER}@]|\.[{_LETTER}])")
_TAG = re.compile(r"<(?P<end>/?)(?P<tag>[a-z][a-z0-9]*)(?P<more>[^>]*)>")  # nh3 writes > in a value as &gt;
_EXPLAINED = re.compile(r"<abbr\b[^>]*>([^<]*)</abbr>")
_APART = {"a", "abbr", "acronym", "code", "pre", "kbd", "samp", "tt", "var", "dfn", "rt", "label", "audio", "video",
          "figcaption", "summary", "h1", "h2", "h3", "h4", "h5", "h6"}  # fmt: skip
"""What holds no running text, or may hold no link."""


def marked(html: str, root: str, expand: Callable[[str], Expansion | None]) -> tuple[str, dict[str, Expansion | None]]:
    """HTML, as nh3 writes it, in which the first use of each known acronym says its long form and leads on.

    Also all that was asked of `expand`, with its answers. `root` goes before the addresses.
    """
    asked: dict[str, Expansion | None] = {}
    explained = set(_EXPLAINED.findall(html))
    parts: list[str] = []
    end = 0
    for found in _words(html):
        word = unescape(found["word"])
        if word in asked:
            continue
        expansion = asked[word] = expand(word)
        if expansion and word not in explained:
            address = root + expansion.url
            goal = "" if f'href="{address}"' in html else address  # the writer has made the link already
            parts += [html[end : found.start()], _abbreviation(unescape(found[0]), expansion, goal)]
            end = found.end()
    return "".join([*parts, html[end:]]), asked


def _words(html: str) -> Iterator[re.Match[str]]:
    """Whatever may be an acronym in the running text. One search for words and tags at once takes twice as long."""
    words = list(_WORD.finditer(html))
    tags = _TAG.finditer(html) if words else ()
    within, depth, end = "", 0, 0
    for token in sorted([*tags, *words], key=re.Match.start):
        if token.re is _WORD:
            if not depth and token.start() >= end:
                yield token
            continue
        tag, end = token["tag"], token.end()
        if depth:
            if tag == within:
                depth += -1 if token["end"] else 1
        elif not token["end"] and (tag in _APART or "admonition-title" in token["more"]):
            within, depth = tag, 1


def _abbreviation(text: str, expansion: Expansion, goal: str) -> str:
    attributes = {"title": expansion.long_form} | ({"lang": expansion.language} if expansion.language else {})
    link = etree.Element("a", href=goal)
    abbreviation = etree.SubElement(link, "abbr", attributes)
    abbreviation.text = text
    return etree.tostring(link if goal else abbreviation, encoding="unicode")
