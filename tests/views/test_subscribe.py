"""The page that lists every feed: complete, and light also where there are very many."""

import gzip
from pathlib import Path

from tests.build import build, copy_of_the_test_hub, page, text_of
from tests.hub import SITE, File, partner, post


def test_each_feed_stands_beside_its_page_and_its_address(built: Path) -> None:
    rows = page(built, "subscribe/").xpath("//form//li")
    found = {text_of(row.xpath("./a")[0]): row for row in rows}
    row = found["Decent work"]
    assert row.xpath("./a/@href") == ["../themes/decent-work/"]
    assert row.xpath("./span/a/@href")[0] == "../themes/decent-work/feed.xml"
    (copied,) = row.xpath("./*[@id]")
    assert text_of(copied) == "https://hub.example.org/sub/themes/decent-work/feed.xml"
    assert row.xpath(".//button/@data-copy") == [f"#{copied.get('id')}"]


def test_each_calendar_can_be_opened_and_had_as_a_file(built: Path) -> None:
    html = page(built, "subscribe/")
    files = {path.relative_to(built / "site").as_posix() for path in (built / "site").rglob("calendar.ics")}
    assert {href.removeprefix("../") for href in html.xpath("//main//a[@type='text/calendar']/@href")} == files
    opened = html.xpath("//main//a[starts-with(@href, 'webcal:')]/@href")
    assert {href.removeprefix("webcal://hub.example.org/sub/") for href in opened} == files


def test_very_many_feeds_weigh_little(tmp_path: Path) -> None:
    """240 pairs of country and theme, and 200 partners: what a phone on a slow line loads."""
    codes = ["af", "am", "az", "bn", "bt", "cn", "ge", "hk", "id", "jp", "kr", "la", "lk", "mm", "mn"]
    files: dict[str, File] = {
        "content/vocabularies/countries.yml": (SITE / "content/vocabularies/countries.yml").read_text("utf-8")
        + "".join(f"c-{code}: {{code: {code.upper()}, name: The country of {code}}}\n" for code in codes),
        "content/vocabularies/themes.yml": (SITE / "content/vocabularies/themes.yml").read_text("utf-8")
        + "".join(f"theme-{number}: {{name: Work of the kind {number}}}\n" for number in range(16)),
    }
    themes = ", ".join(f"theme-{number}" for number in range(16))
    for code in codes:
        files[f"content/posts/2019/{code}.md"] = post(f"countries: The country of {code}", f"themes: [{themes}]")
    for number in range(200):
        files[f"content/partners/p{number}.md"] = partner(name=f"Federation of trade unions number {number}")
    root = copy_of_the_test_hub(tmp_path, files)
    done = build(root)
    assert done.returncode == 0, done.stderr
    assert len(page(root, "subscribe/").xpath("//form//li")) > 470
    assert len(gzip.compress((root / "site/subscribe/index.html").read_bytes(), 6)) < 30_000
