"""All feeds in one file, as a reader's program takes it in."""

from pathlib import Path
from typing import Any

from lxml import etree

from chautari.channels import channels
from chautari.outputs.opml import artifacts
from tests.build import page, text_of
from tests.hub import NO_TEXTS, make_library, make_site, partner, post

FILES = {
    "content/posts/2019/x.md": post("countries: Nepal", "themes: Decent work", "partners: GEF & Co"),
    "content/partners/gef.md": partner(name="GEF & Co"),
}


def read(folder: Path) -> Any:
    (artifact,) = artifacts(make_library(folder, FILES), make_site(), NO_TEXTS)
    assert artifact.url == "feeds.opml"
    return etree.fromstring(artifact.content())


def test_it_names_every_feed(tmp_path: Path) -> None:
    opml = read(tmp_path)
    outlines = opml.findall("body/outline/outline")
    site = make_site()
    known = [
        (each.title, site.absolute(each.feed), site.absolute(each.url))
        for each in channels(make_library(tmp_path, FILES), site)
    ]
    assert [(each.get("text"), each.get("xmlUrl"), each.get("htmlUrl")) for each in outlines] == known
    assert {each.get("type") for each in outlines} == {"rss"}
    assert all(each.get("title") == each.get("text") for each in outlines)
    assert "GEF & Co" in {each.get("text") for each in outlines}


def test_it_is_opml_without_the_time_of_the_build(tmp_path: Path) -> None:
    opml = read(tmp_path)
    assert (opml.tag, opml.get("version")) == ("opml", "2.0")
    assert [child.tag for child in opml] == ["head", "body"]
    assert [(child.tag, child.text) for child in opml[0]] == [("title", "Hub")]
    assert all(group.get("text") and len(group) for group in opml[1])


def test_its_feeds_exist_and_its_groups_are_those_of_the_page(built: Path) -> None:
    opml: Any = etree.parse(built / "site/feeds.opml")
    for address in opml.xpath("//@xmlUrl"):
        assert (built / "site" / address.removeprefix("https://hub.example.org/sub/")).is_file(), address
    html = page(built, "subscribe/")
    headings = [text_of(heading) for heading in html.xpath("//form//h3")]
    groups = opml.xpath("/opml/body/outline/@text")
    assert [heading.rstrip(" 0123456789") for heading in headings] == groups
    assert html.xpath("//main//a[@href='../feeds.opml']")
