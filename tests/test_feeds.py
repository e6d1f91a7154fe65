"""RSS feeds: well-formed whatever is in them, complete, and the same as long as the content is."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree

from chautari.channels import NEWEST, Channel, channels, site_channel
from chautari.entry import Entry
from chautari.outputs.feeds import artifacts, rss
from chautari.site import Settings, Site
from tests.hub import make_library, make_site, post

SITE = make_site()
POSTS = "content/posts/2019"


def whole(entry: Entry) -> str:
    return f'<p>Text of {entry.slug} with <a href="https://hub.example.org/sub/">a link</a> &amp; more</p>'


def read(channel: Channel, site: Site = SITE) -> Any:
    """The feed as a reader's program sees it."""
    raw = rss(channel, site, whole)
    etree.fromstring(raw)
    parsed = feedparser.parse(raw)
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


@pytest.fixture
def torture(tmp_path: Path) -> Channel:
    titles = {
        "amp": '"Health & Safety <em>first</em>"',
        "cdata": '"]]> and <![CDATA["',
        "emoji": '"Strike ✊🏽 now"',
        "rtl": '"\u200fעברית\u200e and العربية"',
        "bn": '"শোভন কাজ"',
    }
    files = {f"{POSTS}/{slug}.md": post("themes: Decent work", title=title) for slug, title in titles.items()}
    return site_channel(make_library(tmp_path, files), SITE)


def test_titles_come_out_as_they_went_in(torture: Channel) -> None:
    parsed = read(torture)
    assert [item.title for item in parsed.entries] == [entry.title for entry in torture.entries]


def test_an_item_is_complete(tmp_path: Path) -> None:
    library = make_library(tmp_path, {f"{POSTS}/x.md": post("countries: Bangladesh", "themes: Decent work", title="X")})
    (item,) = read(site_channel(library, SITE)).entries
    assert item.link == "https://hub.example.org/sub/2019/06/x.html"
    assert item.summary == whole(library.entries[0])
    assert [tag.term for tag in item.tags] == ["Bangladesh", "Decent work"]
    assert item.published == "Thu, 20 Jun 2019 00:00:00 +0000"
    assert item.id == "tag:hub.example.org,2014:en/posts/x"
    assert not item.guidislink


def test_the_channel_names_itself_and_its_page(tmp_path: Path) -> None:
    library = make_library(tmp_path, {f"{POSTS}/x.md": post("themes: Decent work")})
    label = next(channel for channel in channels(library, SITE) if channel.group == "themes")
    feed = read(label).feed
    assert feed.title == "Hub: Decent work"
    assert feed.subtitle == "Work in freedom and dignity."
    assert feed.link == "https://hub.example.org/sub/themes/decent-work/"
    assert {"rel": "self", "href": "https://hub.example.org/sub/themes/decent-work/feed.xml"}.items() <= next(
        link for link in feed.links if link.rel == "self"
    ).items()


def test_an_id_outlives_title_file_and_address(tmp_path: Path) -> None:
    before = make_library(tmp_path / "a", {f"{POSTS}/x.md": post(title="Old")})
    after = make_library(tmp_path / "b", {"content/posts/2020/x.md": post(title="New", date="2020-01-01")})
    imported = make_library(tmp_path / "c", {f"{POSTS}/x.md": post('source_id: "tag:blogger.com,1999:blog-1.post-2"')})
    ids = [read(site_channel(library, SITE)).entries[0].id for library in (before, after, imported)]
    assert ids[0] == ids[1]
    assert ids[2] == "tag:blogger.com,1999:blog-1.post-2"


def test_ids_do_not_hang_on_the_address_of_the_site(tmp_path: Path) -> None:
    library = make_library(tmp_path, {f"{POSTS}/x.md": post()})
    site = make_site(settings=Settings(id_authority="old.example.org,2014"))
    assert read(site_channel(library, SITE), site).entries[0].id == "tag:old.example.org,2014:en/posts/x"


def test_a_feed_holds_the_newest_and_no_two_of_one_moment(tmp_path: Path) -> None:
    files = {f"{POSTS}/p{n:02}.md": post(date=f"2019-06-{n % 3 + 1:02}") for n in range(30)}
    library = make_library(tmp_path, files)
    parsed = read(site_channel(library, SITE))
    published = [item.published_parsed for item in parsed.entries]
    assert len(published) == NEWEST
    assert len(set(published)) == NEWEST
    assert published == sorted(published, reverse=True)


def test_the_time_of_the_build_is_not_in_a_feed(tmp_path: Path) -> None:
    library = make_library(tmp_path, {f"{POSTS}/x.md": post("themes: Decent work")})
    later = make_site(now=datetime(2027, 1, 1, tzinfo=UTC))
    now_and_later = ([made.content() for made in artifacts(library, site, whole)] for site in (SITE, later))
    assert next(now_and_later) == next(now_and_later)


def test_there_is_a_feed_for_the_site_each_type_each_label_and_each_pair(tmp_path: Path) -> None:
    library = make_library(
        tmp_path, {f"{POSTS}/x.md": post("countries: Nepal", "themes: Minimum wage", "groups: Women")}
    )
    urls = [artifact.url for artifact in artifacts(library, SITE, whole)]
    found = [url.removesuffix("feed.xml") for url in urls if url.endswith("feed.xml")]
    assert found[0] == ""
    assert found[1:8] == [f"{name}/" for name in library.collections]
    assert found[8:] == [
        "countries/nepal/",
        "regions/asia/",
        "regions/south-asia/",
        "themes/decent-work/",
        "themes/minimum-wage/",
        "groups/women/",
        "countries/nepal/decent-work/",
        "countries/nepal/minimum-wage/",
    ]


def test_an_empty_hub_has_an_empty_feed(tmp_path: Path) -> None:
    library = make_library(tmp_path, {"content/posts/2019/.keep": ""})
    parsed = read(site_channel(library, SITE))
    assert parsed.entries == []
    assert "updated" not in parsed.feed, "feedgen's own clock"
