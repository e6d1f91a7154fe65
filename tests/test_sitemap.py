"""The map of the site: every page that a search engine may show, with the day on which it really changed."""

from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from chautari import sitemap
from chautari.site import Site
from chautari.sitemap import Place, artifacts, places
from chautari.views import listings
from tests.build import build, copy_of_the_test_hub, page
from tests.hub import NOW, make_library, make_site, partner, post, training

ROOT = "https://hub.example.org/sub/"
SPACES = {"map": "http://www.sitemaps.org/schemas/sitemap/0.9", "xhtml": "http://www.w3.org/1999/xhtml"}
POSTS = "content/posts/2019"


def read(raw: bytes) -> Any:
    """A map as a search engine reads it."""
    return etree.fromstring(raw)


def dates(raw: bytes) -> dict[str, str]:
    """The addresses of a map, each with its date or nothing."""
    return {each.findtext("map:loc", "", SPACES): each.findtext("map:lastmod", "", SPACES) for each in read(raw)}


def made(folder: Path, files: dict[str, str]) -> dict[str, str]:
    """The map of a small hub, by addresses from its root."""
    library, site = make_library(folder, files), make_site()
    (artifact,) = artifacts(places(library, listings(library, site), ["about/"]), site)
    return {url.removeprefix(ROOT): date for url, date in dates(artifact.content()).items()}


def test_the_map_names_just_the_pages_that_may_be_shown(built: Path) -> None:
    site = built / "site"
    pages = {path.relative_to(site).as_posix().removesuffix("index.html") for path in site.rglob("*.html")}
    hidden = {
        url for url in pages if page(built, url).xpath("//meta[@name='robots' and contains(@content, 'noindex')]")
    }
    assert {url.removeprefix(ROOT) for url in dates((site / "sitemap.xml").read_bytes())} == pages - hidden - {
        "search/"
    }
    assert not (site / "sitemap.xml.gz").exists()


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ([], "2019-06-20"),
        (["updated: 2019-07-01"], "2019-07-01"),
        (
            ["updated: 2019-07-01", "corrections: [{date: 2019-08-01, note: A}, {date: 2019-06-30, note: B}]"],
            "2019-08-01",
        ),
        (["updated: 2019-07-01 10:30 Asia/Kathmandu"], "2019-07-01T10:30:00+05:45"),
        (["updated: 2019-06-20 10:30 UTC"], "2019-06-20T10:30:00+00:00"),
    ],
)
def test_a_page_changed_when_its_editor_says(tmp_path: Path, fields: list[str], date: str) -> None:
    assert made(tmp_path, {f"{POSTS}/x.md": post(*fields)})["2019/06/x.html"] == date


def test_a_list_changed_with_the_latest_of_its_entries(tmp_path: Path) -> None:
    files = {f"{POSTS}/p{day}.md": post("countries: Nepal", date=f"2019-06-{day}") for day in range(10, 25)}
    files |= {"content/posts/2018/old.md": post("updated: 2019-01-01", "countries: India", date="2018-06-01")}
    found = made(tmp_path, {**files, "content/partners/x.md": partner()})
    assert found["2018/"] == found["countries/india/"] == "2019-01-01"
    assert found["posts/"] == found[""] == found["countries/nepal/"] == "2019-06-24"
    assert found["posts/page/2/"] == "2019-06-14"


def test_where_nobody_said_when_there_is_no_date(tmp_path: Path) -> None:
    found = made(tmp_path, {"content/partners/x.md": partner()})
    assert found["partners/x/"] == found["partners/"] == found["about/"] == ""


def test_translations_name_each_other(tmp_path: Path) -> None:
    files = {f"{POSTS}/x.md": post(), f"{POSTS}/x.bn.md": post(), f"{POSTS}/x.hi.md": post("status: withdrawn")}
    library = make_library(tmp_path, files)
    (artifact,) = artifacts(places(library, [], []), make_site())
    versions = [
        {link.get("hreflang"): link.get("href") for link in url.findall("xhtml:link", SPACES)}
        for url in read(artifact.content())
    ]
    assert versions == [{"en": f"{ROOT}2019/06/x.html", "bn": f"{ROOT}bn/2019/06/x.html"}] * 2


def test_too_many_pages_for_one_map_stand_in_several(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "LARGEST", 3)
    found = [Place(f"{year}/{number}.html") for year in (2018, 2019) for number in range(4)]
    before = {artifact.url: artifact.content() for artifact in artifacts(found, make_site())}
    named = set(dates(before.pop("sitemap.xml")))
    assert named == {ROOT + name for name in before}
    assert all("/" not in name for name in before), "a map may not name what lies beside its folder"
    assert {url for raw in before.values() for url in dates(raw)} == {ROOT + place.url for place in found}
    assert all(len(dates(raw)) <= 3 for raw in before.values())
    after = {artifact.url: artifact.content() for artifact in artifacts([*found, Place("2019/9.html")], make_site())}
    assert [name for name, raw in before.items() if after[name] != raw] == ["sitemap-2019-2.xml"]


def test_crawlers_are_told_where_the_map_is_if_they_can_ask() -> None:
    assert [artifact.url for artifact in artifacts([], make_site())] == ["sitemap.xml"], "below a path nobody asks"
    at_root = Site("Hub", "https://hub.example.org/", NOW)
    told = {artifact.url: artifact.content() for artifact in artifacts([], at_root)}
    assert b"Sitemap: https://hub.example.org/sitemap.xml" in told["robots.txt"].splitlines()


def test_a_robots_txt_in_docs_stays(tmp_path: Path) -> None:
    root = copy_of_the_test_hub(tmp_path, {"docs/robots.txt": "User-agent: *\nDisallow: /\n"})
    config = root / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("example.org/sub/", "example.org/"), "utf-8")
    assert build(root).returncode == 0
    assert "Disallow" in (root / "site/robots.txt").read_text("utf-8")


def test_a_list_has_the_day_of_whatever_its_page_shows(tmp_path: Path) -> None:
    fields = ("themes: Decent work", "updated: 2019-07-01")
    found = made(tmp_path, {"content/trainings/a.md": training(*fields)})
    assert found["themes/decent-work/"] == "2019-07-01", "it shows no post, but the training among its groups"
