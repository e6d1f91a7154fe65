"""An old entry as the file that an editor would have written: front matter that reads back the same, then the text."""

import re
import unicodedata
from collections.abc import Mapping
from html import unescape
from textwrap import shorten
from typing import Any

import nh3
import yaml

from chautari.links import find_unsafe
from chautari.moving.escaping import escaped, guarded
from chautari.moving.items import Item
from chautari.moving.places import Home
from chautari.source import FORBIDDEN

_LINK = re.compile(r"</?(?:a|img)\b[^>]*>", re.IGNORECASE)
_TITLE_WORDS = 8
_SUMMARY_LENGTH = 300  # entry.Entry.summary
_NOBODY = {"", "unknown", "anonymous", "noreply@blogger.com"}
_BEGINNING = 4_000
"""Characters of a text without a title that are looked through for its first words."""


def plain(text: str) -> str:
    """A text for one line of front matter: one form of each letter, no line ends, nothing that no page may hold."""
    text = _LINK.sub("", text).replace("](", "] (")  # what looks like a link there would be judged as one
    return FORBIDDEN.sub("", unicodedata.normalize("NFC", " ".join(text.split())))


def title_of(item: Item) -> tuple[str, str]:
    """The title of an entry, and how one was made up where it had none."""
    if title := plain(item.title):
        return title, ""
    words = plain(unescape(nh3.clean(item.html[:_BEGINNING], tags=set()))).split()
    if words:
        title = " ".join(words[:_TITLE_WORDS]) + ("…" if len(words) > _TITLE_WORDS else "")
        return title, f"It had no title; its first words were taken: {title}"
    return "Untitled", "It had neither title nor words; it is called Untitled."


def front_matter(home: Home, title: str, labels: Mapping[str, list[str]], language: str = "") -> dict[str, Any]:
    """The fields of an entry, in the order in which editors write them."""
    item = home.item
    authors = [name for name in map(plain, item.authors) if name.casefold() not in _NOBODY]
    summary = plain(item.summary)
    fields: dict[str, Any] = {
        "title": title,
        "summary": summary if len(summary) <= _SUMMARY_LENGTH else shorten(summary, _SUMMARY_LENGTH, placeholder="…"),
        "date": home.date,
        "language": language,
        **labels,
        "authors": list(dict.fromkeys(authors)),
        "status": "draft" if item.state == "draft" else "",
        "slug": home.slug,
        "aliases": list(home.aliases),
        "source_id": home.source_id,
    }
    return {name: value for name, value in fields.items() if value}


def written(fields: Mapping[str, Any], body: str) -> str:
    """The file's text."""
    head = "".join(_line(name, value) for name, value in fields.items())
    text = FORBIDDEN.sub("", unicodedata.normalize("NFC", body.strip()))
    return f"---\n{head}---\n\n{text}\n" if text else f"---\n{head}---\n"


def _line(name: str, value: Any) -> str:
    """One field as a person writes it: a list in brackets, no text cut into several lines."""
    brackets = None if isinstance(value, list) else False
    # libyaml is ten times faster, and writes what lies beyond the basic plane (emoji) as a number.
    dumper = yaml.SafeDumper if max(str(value), default="") > "\uffff" else yaml.CSafeDumper
    line = yaml.dump({name: value}, Dumper=dumper, allow_unicode=True, width=1_000_000, default_flow_style=brackets)
    return str(line)


def made_harmless(body: str) -> tuple[str, list[str]]:
    """A text whose words in angle brackets are words again, and which: markup that no page shows would be an error."""
    found = [markup for markup, _ in find_unsafe(body)]
    for markup in found:
        if markup.startswith("<"):
            body = re.sub(rf"\\?<(?=/?{re.escape(markup[1:-1])}[\s/>])", "&lt;", body, flags=re.IGNORECASE)
        else:
            body = re.sub(rf"\s{re.escape(markup)}\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]*)", "", body, flags=re.IGNORECASE)
    return body, found


def as_words(html: str) -> str:
    """The bare words of a text, paragraph by paragraph, for one whose form cannot be kept."""
    blocks = re.sub(r"(?i)<br\s*/?>|</(p|div|li|h[1-6]|tr|blockquote)>", "\n\n", html)
    words = unescape(nh3.clean(blocks, tags=set()))
    paragraphs = (" ".join(block.split()) for block in words.split("\n\n"))
    return "\n\n".join(guarded(escaped(block)) for block in paragraphs if block)
