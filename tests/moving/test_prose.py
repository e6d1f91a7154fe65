"""Texts from other platforms in Markdown: as a person would have written it, and with every word."""

from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import nh3
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from chautari.content.posts import Post
from chautari.links import TAGS, find_unsafe
from chautari.markdown import Renderer, with_lists_apart
from chautari.moving.prose import Prose, to_markdown
from chautari.moving.sizes import full_size
from chautari.moving.words import DIALECT, lost, rendered, words
from tests.hub import make_library, post

ROOT = Path(__file__).parents[2]
CASES: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests" / "tables" / "prose.yml").read_text("utf-8"))


def convert(html: str, asked: list[str] | None = None) -> Prose:
    """A text whose links lead to another host, and whose pictures are there unless their address says otherwise."""

    def picture(address: str) -> str | None:
        if asked is not None:
            asked.append(address)
        return None if "gone" in address else address.rpartition("/")[2]

    return to_markdown(
        html, lambda address: urljoin("https://old.org/", address) if address[0] == "/" else address, picture
    )


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_as_a_person_would_have_written_it(case: dict[str, Any]) -> None:
    asked: list[str] = []
    prose = convert(case["html"], asked)
    assert prose.markdown == case["markdown"]
    assert prose.lost == ()
    assert prose.kept_html == case.get("kept", 0)
    assert list(prose.dropped) == case.get("dropped", [])
    assert asked == case.get("pictures", asked)
    assert list(prose.undescribed) == case.get("undescribed", list(prose.undescribed))


def test_the_dialect_is_that_of_the_hub() -> None:
    told = (ROOT / "mkdocs.yml").read_text("utf-8").partition("markdown_extensions:")[2].partition("\n\n")[0]
    assert yaml.safe_load(told) == list(DIALECT)


def test_one_letter_in_two_forms_is_one() -> None:
    assert lost("<p>caf\u0065\u0301 \u212b</p>", "<p>caf\u00e9 \u00c5</p>") == []
    assert lost("<p>caf\u0065\u0301 there</p>", "<p>there</p>", ["caf\u0065\u0301"]) == []


SIGNS = [
    "a",
    "B c",
    " ",
    "  ",
    "\n",
    "\n\n",
    "www.a.org",
    "http://a.org",
    "a@b.org",
    "* ",
    *r"\`*_~^[]()<>&!:;/.,-+={}#1|'\"$",
]


@given(st.lists(st.sampled_from(SIGNS), max_size=30).map("".join))
def test_text_without_signs_is_read_as_any_other(text: str) -> None:
    plain = Markdown(extensions=list(DIALECT)).convert(text)
    assert rendered(text) == nh3.clean(plain, tags=TAGS, attributes={"a": {"href", "class"}}, link_rel=None)


@pytest.mark.parametrize(
    ("address", "full"),
    [
        ("http://1.bp.blogspot.com/-a/U/s320/x.jpg", "http://1.bp.blogspot.com/-a/U/s0/x.jpg"),
        ("http://1.bp.blogspot.com/-a/U/s1600-h/x.jpg", "http://1.bp.blogspot.com/-a/U/s0/x.jpg"),
        ("https://blogger.googleusercontent.com/img/b/R/A/w400-h300/x.jpg", "https://blogger.googleusercontent.com/img/b/R/A/s0/x.jpg"),
        ("https://blogger.googleusercontent.com/img/a/AVv=w457-h483", "https://blogger.googleusercontent.com/img/a/AVv=s0"),
        ("https://lh3.googleusercontent.com/abc=s320-c", "https://lh3.googleusercontent.com/abc=s0"),
        ("http://lh5.ggpht.com/_a/S/s72-c/x.jpg?imgmax=800", "http://lh5.ggpht.com/_a/S/s0/x.jpg"),
        ("https://example.org/s320/x.jpg", "https://example.org/s320/x.jpg"),
        ("//2.bp.blogspot.com/-a/s200/s320.jpg", "//2.bp.blogspot.com/-a/s0/s320.jpg"),
    ],
)  # fmt: skip
def test_pictures_in_full_size(address: str, full: str) -> None:
    assert full_size(address) == full
    assert full_size(full) == full


def test_words_that_are_lost_are_named() -> None:
    assert lost("<p>one <b>t</b>wo<br>three</p>", "<p>one</p><p>two three</p>") == []
    assert lost("<p>one two three</p>", "<p>three one</p>") == ["three"] or lost(
        "<p>one two three</p>", "<p>three one</p>"
    ) == ["two", "three"]
    assert lost("<p>one two two</p>", "<p>one</p>", told=["two"]) == ["two"]
    assert words("a<script>b</script><!-- c -->d<td>e</td>f\u200b \u200b") == ["ad", "e", "f\u200b"]


def test_a_form_around_a_whole_article_takes_none_of_it_away() -> None:
    article = " ".join(f"word{number}" for number in range(100))
    prose = convert(f"<form><p>{article}</p><input type=submit></form>")
    assert prose.markdown == f"{article}\n"


def test_deep_nesting_is_no_danger() -> None:
    for tag in ("div", "b", "ul><li", "blockquote", "table><tr><td", "dl><dd"):
        html = f"<{tag}>" * 400 + "end" + "".join(f"</{one}>" for one in reversed(tag.split("><"))) * 400
        prose = convert(html)
        assert "end" in prose.markdown
        assert prose.lost == ()


# --- whatever a tree looks like ---

SIGNS = [
    "1.",
    "a_b",
    "_x_",
    "*",
    "**y**",
    "#",
    "##",
    "-",
    "+",
    "---",
    "===",
    "[a]",
    "(b)",
    "[^1]",
    "[x](y)",
    "![z]",
    "!",
    "!!!",
    "???",
    "`c`",
    "``",
    "~~~",
    "|",
    ":",
    "<b>",
    "</div>",
    "&amp;",
    "&copy;",
    "\\",
    "\\*",
    "{:",
    ".x",
    "}",
    "{#y}",
    "https://x.org/a_b*c.",
    "www.y.org/_z_",
    "me_you@z.org",
    ">",
    "1)",
    "[TOC]",
    "<!--",
    "a*b",
    "x<y",
    "***",
    "__",
    "C#",
    "[1]:",
    "--",
    "*[z]:",
    "++",
    "^2",
]
ASIAN = ["শ্রম", "অধিকার", "ক্\u200dষ", "सामाजिक", "ពលកម្ម\u200bនិង", "حقوق", "労働", "ශ්\u200dරී", "ကာကွယ်", "สิทธิ"]
INLINE = ["b", "i", "u", "s", "sup", "code", "span", "font", 'span style="font-weight:bold"', 'a href="http://x.org/a(b)"',
          'a href="#k"', 'a name="k"', "o:p", "q", 'b style="font-weight: normal"', 'abbr title="t&quot;"']  # fmt: skip
BLOCK = ["p", "div", "blockquote", "ul", "ol", "li", "h1", "h2", "h4", "pre", "dl", "dt", "dd", "table", "tr", "td", "th",
         "figure", "figcaption", "center", 'div dir="rtl"', 'p class="MsoNormal"', 'td colspan="2"', "o:wrap",
         'table class="tr-caption-container"', 'td class="tr-caption"', 'p style="mso-list:l0 level2"']  # fmt: skip
EMPTY = ["<br>", "<br><br>", '<img src="http://1.bp.blogspot.com/s320/a.jpg" alt="A [man] *x*">', "<hr>", "&nbsp;", "\n",
         '<a name="more"></a>', "<!-- c -->", '<iframe src="https://www.youtube.com/embed/HG1LKJHSBjI"></iframe>']  # fmt: skip

a_word = st.sampled_from([*SIGNS, *ASIAN, "rights", "2014"]) | st.text(st.characters(codec="utf-8"), max_size=4)
some_text = st.tuples(st.sampled_from([" ", ""]), st.lists(a_word, max_size=4)).map(
    lambda it: escape(it[0].join(it[1]))
)


def element(tags: list[str], inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def put(tag: str, parts: list[str]) -> str:
        return f"<{tag}>{''.join(parts)}</{tag.split()[0]}>"

    return st.builds(put, st.sampled_from(tags), st.lists(inner, max_size=4))


trees = st.recursive(
    some_text | st.sampled_from(EMPTY), lambda inner: element(INLINE, inner) | element(BLOCK, inner), max_leaves=14
)
documents = st.lists(trees, max_size=4).map("".join)


@given(documents)
def test_no_word_of_any_tree_is_lost(html: str) -> None:
    prose = convert(html)
    assert prose.lost == ()
    assert convert(html) == prose


class Letters(HTMLParser):
    """The letters and digits of some HTML, read by another parser than the one that is tested."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found = ""
        self.feed(html)
        self.close()

    def handle_data(self, data: str) -> None:
        self.found += "".join(letter for letter in data if letter.isalnum() and letter.isprintable())


plain_trees = st.recursive(
    st.lists(st.sampled_from([*ASIAN, "rights", "2014", "wage"]), min_size=1, max_size=4).map(" ".join) | st.just("<br>"),
    lambda inner: element(["p", "div", "b", "i", "ul", "ol", "li", "blockquote", "h2", "span", "td", "tr", "table"], inner),
    max_leaves=14,
)  # fmt: skip


@given(plain_trees)
def test_another_parser_reads_the_same_letters(html: str) -> None:
    assert Letters(rendered(convert(html).markdown)).found == Letters(html).found


lines = st.lists(st.sampled_from([*ASIAN, "rights", "2014", "*", "1.", "[a]"]), min_size=1, max_size=5).map(" ".join)
marked = st.builds(lambda mark, line: mark.format(line), st.sampled_from(["{}", "a <strong>{}</strong> b", '<em>{}</em>', '<a href="http://x.org/">{}</a>']), lines)  # fmt: skip
paragraphs = st.builds("<p>{}</p>".format, marked)
lists = st.lists(marked, min_size=1, max_size=3).map(
    lambda some: "<ul>" + "".join(f"<li>{one}</li>" for one in some) + "</ul>"
)
headings = st.builds("<h2>{}</h2>".format, lines)
quotes = st.lists(paragraphs, min_size=1, max_size=2).map(lambda some: f"<blockquote>{''.join(some)}</blockquote>")
articles = st.lists(paragraphs | headings, min_size=1, max_size=4).flatmap(
    lambda some: st.builds(lambda one, two: "".join([*some, one, some[0], two]), lists, quotes)
)


@given(articles)
def test_what_was_written_once_is_written_the_same_again(html: str) -> None:
    once = convert(html).markdown
    assert convert(rendered(once)).markdown == once


@given(documents)
def test_the_hub_finds_nothing_to_mend_in_it(html: str) -> None:
    markdown = convert(html).markdown
    assert with_lists_apart(markdown) == markdown
    assert not list(find_unsafe(markdown))


def test_a_page_of_the_hub_says_every_word(tmp_path: Path) -> None:
    markdown = convert("<p>".join(case["html"] for case in CASES if "<img" not in case["html"])).markdown
    library = make_library(tmp_path, {"content/posts/2019/x.md": post(body=markdown)})
    body = Renderer(library, list(DIALECT), {}).render(library.all(Post)[0])
    assert lost(rendered(markdown), body.html) == []
    assert body.problems == ()
