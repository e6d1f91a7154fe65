"""Pages: standing texts at the addresses that they had on the old blog."""

from pathlib import Path

from chautari.channels import collection_channel, site_channel
from chautari.content.pages import Page
from tests.hub import make_library, make_site, post

PAGE = "---\ntitle: How to join\ndate: 2019-06-20\n---\nText.\n"


def test_a_page_has_its_old_address(tmp_path: Path) -> None:
    (page,) = make_library(tmp_path, {"content/pages/how-to-join.md": PAGE}).all(Page)
    assert page.url == "p/how-to-join.html"


def test_where_nobody_has_written_a_page_there_is_no_list_of_them(tmp_path: Path) -> None:
    assert "pages" not in make_library(tmp_path / "without", {}).sections
    assert "pages" in make_library(tmp_path / "with", {"content/pages/join.md": PAGE}).sections
    assert "posts" in make_library(tmp_path / "empty", {}).sections


def test_a_page_is_no_news(tmp_path: Path) -> None:
    library = make_library(tmp_path, {"content/pages/join.md": PAGE, "content/posts/x.md": post(title="A post")})
    site = make_site()
    assert [entry.title for entry in site_channel(library, site).entries] == ["A post"]
    assert [entry.title for entry in collection_channel(library, site, "pages").entries] == ["How to join"]
