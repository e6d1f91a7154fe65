"""The proof that no word is lost: what one read before must be read after, in the same order."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from unicodedata import normalize
from xml.etree.ElementTree import Element

import markdown
import nh3
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from rapidfuzz.distance import LCSseq

from chautari.links import TAGS
from chautari.moving.trees import parsed, text_of

DIALECT = (
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "sane_lists",
    "tables",
    "toc",
    "pymdownx.details",
    "pymdownx.magiclink",
    "pymdownx.superfences",
)
"""What our Markdown is written for: markdown_extensions in mkdocs.yml, and a test holds the two together."""

_NO_WORD = "\u200b\u200c\u200d\u2060\xad"


_SIGN = re.compile(r"[^\w ,.;?'\"()/+=%$€£–—‘’“”…-]|www\.|  ", re.IGNORECASE)
"""What may be more than text within a line."""


class _Plain(Treeprocessor):
    """Spares text without any sign all the patterns of Markdown: a quarter of the time of an import."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.text and not _SIGN.search(element.text):
                element.text = AtomicString(element.text)


@cache
def _reader() -> markdown.Markdown:
    reader = markdown.Markdown(extensions=list(DIALECT))
    reader.treeprocessors.register(_Plain(), "plain", 25)  # before "inline", which has 20
    return reader


def rendered(text: str) -> str:
    """The HTML that readers of the hub get of a Markdown text."""
    return nh3.clean(_reader().reset().convert(text), tags=TAGS, attributes={"a": {"href", "class"}}, link_rel=None)


def words(html: str, notes: bool = True) -> list[str]:
    """What one reads of some HTML, word by word; `notes` tells whether the signs of Word's footnotes are words."""
    text = normalize("NFC", text_of(parsed(html), notes))  # as entries are written: one form of each letter
    return [word for word in text.split() if word.strip(_NO_WORD)]


def lost(source: str, result: str, told: Iterable[str] = (), notes: bool = True) -> list[str]:
    """The words of one HTML that the other does not have in the same order; `told` are those that went on purpose."""
    before, after = words(source, notes), words(result)
    if before == after:
        return []
    spare = Counter(normalize("NFC", word) for word in told)
    missing = []
    for operation in LCSseq.opcodes(before, after):
        if operation.tag in ("delete", "replace"):
            missing += before[operation.src_start : operation.src_end]
    found = []
    for word in missing:
        if spare[word]:
            spare[word] -= 1
        else:
            found.append(word)
    return found
