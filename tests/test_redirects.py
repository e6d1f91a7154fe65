"""Old addresses lead to where an entry stands now."""

from pathlib import Path

from lxml.html import document_fromstring

from chautari.outputs.redirects import artifacts
from tests.hub import make_library, make_site, post


def test_an_old_address_leads_to_the_entry(tmp_path: Path) -> None:
    text = post("aliases: [/2014/05/old.html, /p/old/, Another name]", title="A <new> & old title")
    library = make_library(tmp_path, {"content/posts/2019/x.md": text})
    pages = {
        artifact.url: document_fromstring(artifact.content())
        for artifact in artifacts(library, make_site(), lambda _: "")
    }
    assert set(pages) == {"2014/05/old.html", "p/old/index.html"}
    page = pages["2014/05/old.html"]
    assert page.xpath("string(//meta[@http-equiv='refresh']/@content)") == "0; url=../../2019/06/x.html"
    assert page.xpath("string(//link[@rel='canonical']/@href)") == "https://hub.example.org/sub/2019/06/x.html"
    assert page.xpath("string(//a/@href)") == "../../2019/06/x.html"
    assert page.xpath("string(//a)") == "A <new> & old title"


def test_an_entry_without_a_page_redirects_nowhere(tmp_path: Path) -> None:
    library = make_library(tmp_path, {"content/posts/2019/x.md": post("aliases: /old.html", "status: draft")})
    assert not list(artifacts(library, make_site(), lambda _: ""))
