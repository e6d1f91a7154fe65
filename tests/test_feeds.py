"""Feeds: one of each format for every channel, ids that never change, and no more work than there is news."""

import json
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import feedparser
import pytest
from feedgen.entry import FeedEntry
from lxml import etree, html

from chautari import outputs
from chautari.channels import NEWEST, channels
from chautari.outputs.feeds import artifacts
from chautari.site import Settings, destination
from tests.build import bytes_of
from tests.feeds.hubs import POSTS, feeds_of
from tests.hub import File, make_library, make_site, make_texts, post

SITE = make_site()
FORMATS = ("feed.xml", "atom.xml", "feed.json")


def read(raw: bytes) -> Any:
    """The feed as a reader's program sees it."""
    parsed = feedparser.parse(raw)
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


def ids(feeds: dict[str, bytes], prefix: str = "") -> list[list[str]]:
    """The ids of the newest entries, in each format."""
    entries = [read(feeds[f"{prefix}{name}"]).entries for name in FORMATS[:2]]
    return [
        *([entry.id for entry in each] for each in entries),
        [item["id"] for item in json.loads(feeds[f"{prefix}feed.json"])["items"]],
    ]


def test_the_channel_names_itself_and_its_page(tmp_path: Path) -> None:
    feeds = feeds_of(tmp_path, {f"{POSTS}/x.md": post("themes: Decent work")})
    root = "https://hub.example.org/sub/themes/decent-work/"
    for name in FORMATS[:2]:
        feed = read(feeds[f"themes/decent-work/{name}"]).feed
        assert (feed.title, feed.subtitle, feed.link) == ("Hub: Decent work", "Work in freedom and dignity.", root)
        assert [link.href for link in feed.links if link.rel == "self"] == [f"{root}{name}"]
    data = json.loads(feeds["themes/decent-work/feed.json"])
    assert (data["title"], data["description"]) == ("Hub: Decent work", "Work in freedom and dignity.")
    assert (data["home_page_url"], data["feed_url"]) == (root, f"{root}feed.json")


def test_there_are_feeds_for_every_channel_and_one_of_summaries(tmp_path: Path) -> None:
    files: dict[str, File] = {
        f"{POSTS}/x.md": post("countries: Nepal", "themes: Minimum wage", "groups: Women"),
        f"{POSTS}/x.bn.md": post(title="ক"),
    }
    library = make_library(tmp_path, files)
    found = [artifact.url for artifact in artifacts(library, SITE, make_texts(library, tmp_path))]
    places = ["", *(f"{name}/" for name in library.sections),
        "countries/nepal/", "regions/asia/", "regions/south-asia/", "themes/decent-work/", "themes/minimum-wage/",
        "groups/women/", "countries/nepal/decent-work/", "countries/nepal/minimum-wage/", "bn/"]  # fmt: skip
    feeds = [f"{place}{name}" for place in places for name in FORMATS]
    assert sorted(found) == sorted(["feed-summary.xml", "rss.xml", "feeds/posts/default", *feeds])
    assert sorted(feed.url for channel in channels(library, SITE) for feed in channel.feeds) == sorted(feeds)


def test_the_light_feed_has_the_same_items_without_their_texts(tmp_path: Path) -> None:
    feeds = feeds_of(tmp_path, {f"{POSTS}/x.md": post("summary: Short", body="Long. " * 1_000)})
    whole, light = (read(feeds[name]) for name in ("feed.xml", "feed-summary.xml"))
    assert [entry.id for entry in light.entries] == [entry.id for entry in whole.entries]
    assert light.entries[0].summary == "Short"
    assert "content" in whole.entries[0]
    assert "content" not in light.entries[0]
    assert len(feeds["feed-summary.xml"]) < len(feeds["feed.xml"]) / 3


def test_outputs_that_hold_whole_texts_know_which(tmp_path: Path) -> None:
    library = make_library(tmp_path, {f"{POSTS}/{name}.md": post(title=name) for name in "xy"})
    texts, site = make_texts(library, tmp_path), make_site()
    x = library.at(f"{POSTS}/x.md")
    assert x
    with_x = [each.url for each in outputs.artifacts(library, site, texts) if x in each.texts]
    assert [each.url for each in outputs.artifacts_with([x], library, site, texts)] == with_x != []
    assert outputs.artifacts_with([], library, site, texts) == []


def test_a_feed_in_a_language_says_so(tmp_path: Path) -> None:
    feeds = feeds_of(tmp_path, {f"{POSTS}/x.md": post(), f"{POSTS}/x.bn.md": post(title="ক")})
    assert read(feeds["bn/feed.xml"]).feed.language == json.loads(feeds["bn/feed.json"])["language"] == "bn"
    assert read(feeds["feed.xml"]).feed.language == "en"


def test_a_feed_holds_the_newest(tmp_path: Path) -> None:
    files = {f"{POSTS}/p{n:02}.md": post(date=f"2019-06-{n % 3 + 1:02}") for n in range(30)}
    for each in ids(feeds_of(tmp_path, files)):
        assert len(each) == len(set(each)) == NEWEST


# --- ids ---


def moved(folder: Path, name: str, *fields: str, **more: str) -> list[list[str]]:
    """The ids of one post in all formats."""
    return ids(feeds_of(folder / str(len(list(folder.iterdir()))), {f"content/posts/{name}.md": post(*fields, **more)}))


def test_an_id_outlives_title_date_file_and_address(tmp_path: Path) -> None:
    before = moved(tmp_path, "2019/x")
    assert before == [["tag:hub.example.org,2014:en/posts/x"]] * 3
    assert moved(tmp_path, "2019/x", title="Another title") == before
    assert moved(tmp_path, "2020/x", date="2020-01-01") == before
    assert moved(tmp_path, "2020/y", "aliases: [A name, /2019/06/x.html]") == before
    assert moved(tmp_path, "2021/z", "aliases: [/2019/06/x.html, /2020/06/y.html]") == before, "the first counts"
    assert moved(tmp_path, "2020/y", "slug: x") == before


def test_an_old_address_of_another_form_gives_no_id(tmp_path: Path) -> None:
    for address in ("/p/old.html", "/old", "/trainings/old/", "/bn/2019/06/old.html", "/2019/06/old/index.html"):
        assert moved(tmp_path, "2019/x", f"aliases: [{address}]") == [["tag:hub.example.org,2014:en/posts/x"]] * 3


def test_the_id_of_a_translation_goes_by_its_own_addresses(tmp_path: Path) -> None:
    files: dict[str, File] = {
        f"{POSTS}/x.md": post("aliases: /2019/06/old.html"),
        f"{POSTS}/x.bn.md": post("aliases: [/bn/2018/01/older.html]", title="ক"),
    }
    assert ids(feeds_of(tmp_path, files), "bn/") == [["tag:hub.example.org,2014:bn/posts/older"]] * 3


def test_the_id_of_an_entry_in_a_folder_of_its_own(tmp_path: Path) -> None:
    for number, address in enumerate(("/partners/old/", "/partners/old")):
        files = {
            "content/partners/new.md": f"---\nname: New\nkind: NGO\ncountries: Nepal\ndate: 2019-01-01\naliases: {address}\n---\n"
        }
        assert ids(feeds_of(tmp_path / str(number), files))[0] == ["tag:hub.example.org,2014:en/partners/old"]


def test_an_imported_entry_keeps_its_id(tmp_path: Path) -> None:
    known = "tag:blogger.com,1999:blog-1.post-2"
    assert moved(tmp_path, "2019/x", f'source_id: "{known}"', "aliases: /2018/01/w.html") == [[known]] * 3


def test_ids_do_not_hang_on_the_address_of_the_site(tmp_path: Path) -> None:
    site = make_site(settings=Settings(id_authority="old.example.org,2014"))
    assert ids(feeds_of(tmp_path, {f"{POSTS}/x.md": post()}, site)) == [["tag:old.example.org,2014:en/posts/x"]] * 3


# --- bytes and work ---


@pytest.mark.parametrize("files", [{f"{POSTS}/x.md": post("themes: Decent work")}, {"content/posts/.keep": ""}])
def test_the_time_of_the_build_is_in_no_feed(tmp_path: Path, files: dict[str, File]) -> None:
    later = make_site(now=datetime(2027, 1, 1, tzinfo=UTC))
    assert feeds_of(tmp_path, files) == feeds_of(tmp_path, files, later)


def test_an_empty_feed_of_atom_bears_the_date_of_its_authority(tmp_path: Path) -> None:
    for number, (authority, day) in enumerate(
        {"a.org,2014": "2014-01-01", "a.org,2015-03": "2015-03-01", "a.org,2016-04-05": "2016-04-05"}.items()
    ):
        feeds = feeds_of(
            tmp_path / str(number), {"content/posts/.keep": ""}, make_site(settings=Settings(id_authority=authority))
        )
        assert read(feeds["atom.xml"]).feed.updated == f"{day}T00:00:00+00:00"
        assert "updated" not in read(feeds["feed.xml"]).feed, "feedgen's own clock"
        assert json.loads(feeds["feed.json"])["items"] == []


def test_each_entry_is_made_once_in_each_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    labels = ("countries: [Nepal, Bangladesh]", "themes: [Decent work, Minimum wage]", "groups: Women")
    library = make_library(tmp_path, {f"{POSTS}/p{number:02}.md": post(*labels) for number in range(30)})
    made: Counter[str] = Counter()
    for name in ("rss_entry", "atom_entry"):
        _count(monkeypatch, made, name)
    shown = {entry.path for channel in channels(library, SITE) for entry in channel.entries}
    feeds = list(artifacts(library, SITE, make_texts(library, tmp_path)))
    assert made == {}, "what is not written need not be made"
    for feed in feeds:
        feed.content()
    assert made == {"rss_entry": 2 * len(shown), "atom_entry": len(shown)}, "RSS in full and as summaries"


def _count(monkeypatch: pytest.MonkeyPatch, made: Counter[str], name: str) -> None:
    real = getattr(FeedEntry, name)

    def counted(entry: FeedEntry, extensions: bool = True) -> Any:
        made[name] += 1
        return real(entry, extensions)

    monkeypatch.setattr(FeedEntry, name, counted)


def test_every_address_of_the_site_that_a_feed_names_is_there(built: Path) -> None:
    files = bytes_of(built / "site")
    root = "https://hub.example.org/sub/"
    for name in (name for name in files if name.endswith(("feed.xml", "atom.xml", "feed-summary.xml"))):
        tree = etree.fromstring(files[name])
        found = {value for element in tree.iter() for value in element.attrib.values()}
        for text in filter(None, (element.text for element in tree.iter())):
            found |= {text} if text.startswith("http") else set()
            if "</" in text:
                parts = html.fromstring(f"<div>{text}</div>").iter(etree.Element)
                found |= {part.get(name, "") for part in parts for name in ("href", "src")}
        for address in sorted(each for each in found if str(each).startswith(root)):
            path = unquote(re.split("[#?]", str(address))[0].removeprefix(root))
            assert destination(path) in files, (name, address)
