"""What is true of every single page, whatever it shows."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from lxml.html import HtmlElement

from tests.build import page, text_of


def pages_of(root: Path) -> Iterator[tuple[str, HtmlElement]]:
    """Every page that a person reads: those at old addresses only lead on."""
    for path in sorted((root / "site").rglob("*.html")):
        name = path.relative_to(root / "site").as_posix()
        html = page(root, name)
        if not html.xpath("//meta[@http-equiv='refresh']"):
            yield name, html


def test_there_are_pages(built: Path) -> None:
    assert len(list(pages_of(built))) > 40


def test_one_title_and_a_language(built: Path) -> None:
    for name, html in pages_of(built):
        assert len(html.xpath("//h1")) == 1, name
        assert len(html.xpath("//main")) == 1, name
        assert html.get("lang"), name


def test_the_first_stop_is_a_way_past_the_menu(built: Path) -> None:
    for name, html in pages_of(built):
        first = html.xpath("//body//*[self::a or self::button or self::input or @tabindex]")[0]
        assert text_of(first) == "Skip to content", name
        (content,) = html.xpath("//*[@id=$id]", id=first.get("href").removeprefix("#"))
        assert content.tag == "main", name


def test_no_heading_skips_a_level(built: Path) -> None:
    for name, html in pages_of(built):
        levels = [int(heading.tag[1]) for heading in html.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
        assert levels[0] == 1, name
        assert [(above, below) for above, below in pairwise(levels) if below > above + 1] == [], name


def test_every_id_is_there_once(built: Path) -> None:
    for name, html in pages_of(built):
        assert [one for one, count in Counter(html.xpath("//@id")).items() if count > 1] == [], name


def test_every_picture_has_words_or_says_that_it_needs_none(built: Path) -> None:
    pictures = [(name, picture) for name, html in pages_of(built) for picture in html.xpath("//img")]
    assert pictures
    assert [name for name, picture in pictures if picture.get("alt") is None] == []


def test_no_script_stands_in_an_attribute(built: Path) -> None:
    for name, html in pages_of(built):
        assert [attribute.attrname for attribute in html.xpath("//@*[starts-with(name(), 'on')]")] == [], name
        assert html.xpath("//@href[starts-with(normalize-space(), 'javascript:')]") == [], name


def test_no_page_loads_a_script_of_material(built: Path) -> None:
    for name, html in pages_of(built):
        assert [src for src in html.xpath("//script/@src") if re.search("javascripts/|bundle", src)] == [], name


def test_every_picture_keeps_its_place_while_it_loads(built: Path) -> None:
    pictures = [(name, picture) for name, html in pages_of(built) for picture in html.xpath("//img")]
    assert pictures
    assert [picture.get("src") for _, picture in pictures if not {"width", "height"} <= set(picture.keys())] == []


def test_every_link_says_where_it_leads(built: Path) -> None:
    links = [(name, link) for name, html in pages_of(built) for link in html.xpath("//a[@href]")]
    silent = [
        (name, link.get("href"))
        for name, link in links
        if not (link.text_content().strip() or link.get("aria-label") or "".join(link.xpath(".//img/@alt")))
    ]
    assert silent == []
