"""The quick way gives the HTML that Python-Markdown gives, to the byte, whatever a text holds."""

import random
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from mkdocs.config import load_config

from chautari.quick_markdown import QuickInlineProcessor, quick_markdown

ROOT = Path(__file__).parent.parent
OURS: list[str] = load_config(str(ROOT / "mkdocs.yml")).markdown_extensions
OTHERS = [
    ["extra", "nl2br", "smarty", "wikilinks", "admonition", "codehilite", "toc", "meta", "sane_lists"],
    ["pymdownx.extra", "pymdownx.caret", "pymdownx.tilde", "pymdownx.mark", "pymdownx.keys", "pymdownx.critic"],
    ["pymdownx.tasklist", "pymdownx.tabbed", "pymdownx.smartsymbols", "pymdownx.inlinehilite", "pymdownx.arithmatex"],
    ["pymdownx.magiclink", "pymdownx.betterem", "pymdownx.escapeall", "pymdownx.quotes", "pymdownx.progressbar"],
    ["pymdownx.blocks.admonition", "pymdownx.blocks.details", "pymdownx.blocks.tab", "abbr", "pymdownx.emoji"],
    ["legacy_em", "legacy_attrs", "attr_list", "md_in_html", "footnotes", "def_list", "tables", "fenced_code"],
]
"""Extensions that another project may choose."""

INLINE = """
*a* **b** ***c*** _d_ __e__ *f **g*** **h *i*** j_k_l *m _n* o_ `p` ``q ` r`` \\` \\\\`s` \\* \\_t\\_ \\[u] [v](w.md)
![x](y.jpg) [z](<a b> "c") [d][e] [e] [f][] ![g][e] ![e] [^1] [^lost] <https://h.org/i_j> <k@l.org> &amp; &#38; &x; & < > <b>m</b>
<br/> <!-- n --> <i>*o* https://p.org/q_r?s=t&u=v www.w.org WWW.X.ORG Https://Y.org z@a.org {.b} {: #c d=e} HTML [TOC] [[Wiki Page]]
~~f~~ ^g^ ==h== ++ctrl+i++ {++j++} {--k--} :smile: (c) --> "l" 'm' ... $n$ `#!py o` \u0002 \u0003 \u0002klzzwxh:0000\u0003 \ue000
সামাজিক সুরক্ষা सामाजिक सुरक्षा ការពារសង្គម ſ İ ı \u212a a|b | \\| # ! : 1. - + > = === --- *** ___ *p _q* _ [r](s [t] (u)v) ][ ![ [ ]( ``` ~~~
""".split()  # noqa: SIM905 - so that one can read it
BEGINNINGS = [
    "",
    "",
    "",
    "# ",
    "## ",
    "- ",
    "* ",
    "1. ",
    "3. ",
    "> ",
    "    ",
    "  ",
    ": ",
    "    - ",
    ">> ",
    "[^1]: ",
    "[e]: ",
    "*[HTML]: ",
]
BEGINNINGS += [
    "!!! note ",
    '!!! tip "',
    "??? note ",
    "???+ tip ",
    "```",
    "~~~",
    "```py\n",
    "<div markdown>",
    "</div>",
    "<p>",
    "| ",
    "|---|",
    "- [x] ",
]
BEGINNINGS += [
    "---",
    "===",
    "***",
    "[TOC]",
    "<!--",
    "-->",
    "<details>",
    "/// note",
    "///",
    "$$",
    "\t",
    '=== "Tab" ',
    "<script>",
    "{.x}",
]
ENDS = ["\n", "\n", "\n\n", "\n\n", "\n\n\n", "  \n", " {.y}\n", " |\n", "\r\n", " #\n"]


def any_text(chance: random.Random) -> str:
    """A text of pieces that mean something to Markdown, most of them at the wrong place."""

    def words() -> str:
        between = chance.choice([" ", " ", "", " and "])
        return between.join(chance.choice([*INLINE, "Words", "of prose"]) for _ in range(chance.randrange(8)))

    return "".join(chance.choice(BEGINNINGS) + words() + chance.choice(ENDS) for _ in range(chance.randrange(1, 14)))


def same(texts: Sequence[str], extensions: list[str]) -> None:
    """Fails unless both give the same HTML, and the same again after other texts."""
    plain, quick = markdown.Markdown(extensions=extensions), quick_markdown(extensions, {})
    for text in texts:
        assert quick.reset().convert(text) == plain.reset().convert(text), repr(text)


def test_every_text_of_the_repository_is_as_python_markdown_renders_it() -> None:
    paths = [path for folder in ("content", "docs", "tests/site") for path in sorted((ROOT / folder).rglob("*.md"))]
    assert len(paths) > 100
    texts = [path.read_text("utf-8") for path in paths]
    same(texts, OURS)
    for extensions in OTHERS:
        same(texts, extensions)


@pytest.mark.parametrize("extensions", [[], OURS, OURS[::-1], *OTHERS], ids=lambda each: "+".join(each)[:40])
def test_so_is_any_other_text(extensions: list[str]) -> None:
    chance = random.Random(2026)  # noqa: S311 - the same texts in every run
    same([any_text(chance) for _ in range(300)], extensions)


@settings(max_examples=200)
@given(st.lists(st.sampled_from([*INLINE, *BEGINNINGS, *ENDS, *"*_`[](){}<>&!\\:#|\n "]), max_size=30), st.randoms())
def test_in_whatever_order_extensions_are_named(pieces: list[str], chance: random.Random) -> None:
    extensions = chance.sample(OURS, len(OURS))
    same(["".join(pieces)], extensions)


def test_patterns_are_tried_where_they_can_match_and_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[tuple[str, str]] = []
    applied = QuickInlineProcessor._applied

    def noted(self: QuickInlineProcessor, index: int, data: str) -> str:
        tried.append((self.inlinePatterns[index].__class__.__name__, data))
        return applied(self, index, data)

    monkeypatch.setattr(QuickInlineProcessor, "_applied", noted)
    quick = quick_markdown(OURS, {})
    quick.convert("# A heading\n\nWords, and more words (of prose): with a hyphen-minus!\n\n- A line\n- Another; 50 %")
    assert tried == []
    quick.convert("One *word* of many")
    assert tried == [("DelimiterProcessor", "One *word* of many")]


class Shouting(InlineProcessor):
    """A pattern whose expression changes within a text, as an extension may have it."""

    def getCompiledRegExp(self) -> re.Pattern[str]:  # noqa: N802 - its name there
        inline: Any = self.md.treeprocessors["inline"]
        return re.compile("words" if getattr(inline, "stashed_nodes", None) else "<never>")

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override] # noqa: N802
        element = Element("em")
        element.text = "**WORDS**"
        return element, m.start(), m.end()


class Strange(Extension):
    """An extension whose patterns nothing can be derived of, and which adds block elements."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - its name there
        assert not md.is_block_level("b")
        md.block_level_elements.append("b")
        md.inlinePatterns.register(Shouting("<never>", md), "shouting", 185)
        md.parser.blockprocessors["quote"].RE = re.compile(r"(^|\n)%()(.*)")  # type: ignore[attr-defined]


def test_what_an_extension_changes_holds(tmp_path: Path) -> None:
    text = "`Some` words.\n\n% A quote\n\n> None\n\n<b>\n\nx\n\n</b>\n"
    html = quick_markdown([Strange()], {}).convert(text)
    assert "<em><strong>WORDS</strong></em>" in html
    assert "<blockquote>" in html
    assert html == markdown.Markdown(extensions=[Strange()]).convert(text)


def test_a_pattern_may_be_registered_after_the_first_text() -> None:
    class Star(InlineProcessor):
        def handleMatch(self, m: re.Match[str], data: str) -> tuple[Any, int, int]:  # type: ignore[override] # noqa: N802
            return Element("hr"), m.start(), m.end()

    quick = quick_markdown([], {})
    assert quick.convert("a ☆ b") == "<p>a ☆ b</p>"
    quick.inlinePatterns.register(Star("☆", quick), "star", 75)
    assert quick.convert("a ☆ b") == "<p>a <hr /> b</p>"
