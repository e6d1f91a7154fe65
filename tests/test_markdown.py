"""Bodies to HTML: links resolved, anchors judged, unsafe markup gone."""

from pathlib import Path

import markdown
import pytest

from chautari.content.posts import Post
from chautari.library import Library
from chautari.markdown import Body, Renderer, cut, judge_anchors, with_lists_apart
from tests.hub import File, make_library, partner, post
from tests.photographs import photograph

EXTENSIONS = ["tables", "toc", "footnotes", "attr_list"]
X = "content/posts/2019/x.md"


def render(folder: Path, text: str, **more: File) -> tuple[Body, Library]:
    library = make_library(folder, {X: post(body=text), "content/partners/gefont.md": partner(body="# Who\n"), **more})
    return Renderer(library, EXTENSIONS, {}).render(library.all(Post)[0]), library


def test_a_link_to_an_entry_leads_to_its_address_from_anywhere(tmp_path: Path) -> None:
    body, _ = render(tmp_path, "[a](../../partners/gefont.md#who) [b](partners/gefont.md)\n")
    html = body.placed("../../")
    assert '<a href="../../partners/gefont/#who">a</a>' in html
    assert '<a href="../../partners/gefont/">b</a>' in html
    assert '<a href="https://hub.example.org/partners/gefont/">b</a>' in body.placed("https://hub.example.org/")


def test_files_and_addresses_of_the_site(tmp_path: Path) -> None:
    body, _ = render(
        tmp_path,
        "[a](/themes/decent-work/) ![b](march.png)\n",
        **{"content/posts/2019/march.png": photograph(300, 200)},
    )
    assert '<a href="../../themes/decent-work/">a</a>' in body.placed("../../")
    assert 'src="../../posts/2019/march-png-300.webp"' in body.placed("../../")
    assert body.addresses == ("/themes/decent-work/",)


def test_anchors_go_to_the_page_when_the_text_stands_elsewhere(tmp_path: Path) -> None:
    body, _ = render(tmp_path, "## Part\n\n[up](#part) and a note.[^1]\n\n[^1]: Words.\n")
    assert 'href="#part"' in body.placed("./")
    assert 'href="https://h.org/x.html#part"' in body.placed("https://h.org/", "https://h.org/x.html")
    assert not body.problems


def test_scripts_styles_and_handlers_never_reach_a_page(tmp_path: Path) -> None:
    library = make_library(tmp_path, {X: post()})
    renderer = Renderer(library, EXTENSIONS, {})
    text = '<script>a</script><p onclick="b" style="position:fixed">c</p><a href="javascript:d">e</a><iframe src="f"></iframe>'
    html = renderer.render(library.entries[0], text).html
    assert "".join(html.split()) == "<p>c</p><p><a>e</a></p>"


def test_columns_keep_their_alignment(tmp_path: Path) -> None:
    body, _ = render(tmp_path, "| a | b |\n| - | -: |\n| 1 | 2 |\n")
    assert '<td style="text-align: right;">2</td>' in body.html


def test_the_title_is_the_only_heading_of_the_first_order(tmp_path: Path) -> None:
    body, _ = render(tmp_path, "# One\n\n## Two\n")
    assert '<h2 id="one">One</h2>' in body.html
    assert '<h3 id="two">Two</h3>' in body.html
    untouched, _ = render(tmp_path, "## Two\n")
    assert "<h2" in untouched.html


def test_links_to_headings_of_the_same_text(tmp_path: Path) -> None:
    body, _ = render(tmp_path, "Words.\n\n[x](#nowhere)\n")
    (problem,) = body.problems
    assert str(problem).startswith(f"{X}:7: the link '#nowhere' leads to no heading of this text")


def test_links_to_headings_elsewhere_are_judged_when_all_are_known(tmp_path: Path) -> None:
    body, library = render(tmp_path, "[x](../../partners/gefont.md#when)\n")
    gefont = library.at("content/partners/gefont.md")
    assert gefont
    bodies = {X: body, gefont.path: Renderer(library, EXTENSIONS, {}).render(gefont)}
    (problem,) = judge_anchors([(library.all(Post)[0], body)], lambda path: bodies[path].anchors)
    assert str(problem).startswith(
        f"{X}:5: the link '../../partners/gefont.md#when' leads to no heading of {gefont.path}"
    )


def test_a_link_to_a_draft_is_a_problem_of_the_page(tmp_path: Path) -> None:
    body, _ = render(tmp_path, "[x](new.md)\n", **{"content/posts/2019/new.md": post("status: draft")})
    assert ["which is not published yet" in problem.message for problem in body.problems] == [True]


def test_a_teaser_is_the_first_paragraph_as_plain_text(tmp_path: Path) -> None:
    body, _ = render(tmp_path, "## Heading\n\nFish & *chips*[^1] are\nfine.\n\nMore.\n\n[^1]: Note.\n")
    assert body.teaser == "Fish & chips are fine."


def test_a_cut_is_made_between_words() -> None:
    assert cut("one two three", 9) == "one two…"
    assert cut("one two", 7) == "one two"
    assert len(cut("x" * 400)) == 301


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("Words:\n- one\n- two\n", 2),
        ("# Title\n\nWords:\n1. one\n2. two\n", 2),
        ("```\nWords:\n- one\n```\n", 0),
        ("[words\n]: more\n- one\n", 1),
    ],
)
def test_a_list_may_follow_a_paragraph_at_once(text: str, items: int) -> None:
    assert markdown.markdown(with_lists_apart(text), extensions=["fenced_code"]).count("<li>") == items
