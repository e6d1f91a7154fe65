"""Old addresses lead to where an entry stands now."""

from pathlib import Path

from lxml.html import document_fromstring

from chautari.artifact import Artifact
from chautari.library import Library
from chautari.outputs.redirects import artifacts
from tests.hub import NO_TEXTS, make_library, make_site, post

TERMS = """
capacity-strengthening:
  name: {en: Capacity strengthening}
  aliases: [Capacity building, Training, "Strengthening, of capacity"]
youth:
  name: {en: Young workers & leaders, bn: তরুণ}
  aliases: [Training, Capacity building of the young]
capacity-building-of-the-young:
  name: Something else
"""


def test_an_old_address_leads_to_the_entry(tmp_path: Path) -> None:
    text = post("aliases: [/2014/05/old.html, /p/old/, Another name]", title="A <new> & old title")
    library = make_library(tmp_path, {"content/posts/2019/x.md": text})
    pages = {artifact.url: document_fromstring(artifact.content()) for artifact in made(library)}
    assert set(pages) == {"2014/05/old.html", "p/old/index.html"}
    page = pages["2014/05/old.html"]
    assert page.xpath("string(//meta[@http-equiv='refresh']/@content)") == "0; url=../../2019/06/x.html"
    assert page.xpath("string(//link[@rel='canonical']/@href)") == "https://hub.example.org/sub/2019/06/x.html"
    assert page.xpath("string(//a/@href)") == "../../2019/06/x.html"
    assert page.xpath("string(//a)") == "A <new> & old title"


def test_an_entry_without_a_page_redirects_nowhere(tmp_path: Path) -> None:
    library = make_library(tmp_path, {"content/posts/2019/x.md": post("aliases: /old.html", "status: draft")})
    assert not made(library)


def test_another_name_of_a_label_leads_to_its_page(tmp_path: Path) -> None:
    files = {
        "content/vocabularies/themes.yml": TERMS,
        "content/posts/2019/x.md": post("themes: [capacity building, youth]"),
    }
    found = made(make_library(tmp_path, files))
    pages = {each.url: document_fromstring(each.content()) for each in found if each.url.startswith("themes/")}
    assert sorted(pages) == [
        "themes/capacity-building/index.html",
        "themes/strengthening-of-capacity/index.html",
        "themes/young-workers-leaders/index.html",
    ], "neither an alias of two labels nor the key of another one leads anywhere"
    page = pages["themes/capacity-building/index.html"]
    assert page.xpath("string(//meta[@http-equiv='refresh']/@content)") == "0; url=../../themes/capacity-strengthening/"
    assert page.xpath("string(//a)") == "Capacity strengthening"


def test_a_label_without_a_page_has_no_other_address(tmp_path: Path) -> None:
    assert not made(make_library(tmp_path, {"content/vocabularies/themes.yml": TERMS}))


def made(library: Library) -> list[Artifact]:
    return list(artifacts(library, make_site(), NO_TEXTS))
