"""Every feed of every hub by the rules of the W3C's feed validator and of the formats, one rule a test."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser
import pytest
from babel.core import Locale
from jsonschema import Draft7Validator
from lxml import etree
from lxml.html import fragment_fromstring

from chautari.channels import channels, identity
from chautari.library import Library
from tests.feeds.hubs import LABELS, TITLES, judged
from tests.hub import NOW, make_site

ATOM, CONTENT = "{http://www.w3.org/2005/Atom}", "{http://purl.org/rss/1.0/modules/content/}"
DC, GEO, MEDIA = (
    "{http://purl.org/dc/elements/1.1/}",
    "{http://www.georss.org/georss}",
    "{http://search.yahoo.com/mrss/}",
)
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
SCHEMA = Path(__file__).parent / "json-feed-1.1.schema.json"
ROOT = make_site().url
Element = Any
Hub = tuple[Library, dict[str, bytes]]


@pytest.fixture(scope="module")
def hubs(tmp_path_factory: pytest.TempPathFactory) -> list[Hub]:
    return list(judged(tmp_path_factory.mktemp("hubs")))


@pytest.fixture(scope="module")
def rss(hubs: list[Hub]) -> list[tuple[str, Element]]:
    """Every RSS feed with its address, read strictly."""
    return [
        (url, etree.fromstring(raw))
        for _, feeds in hubs
        for url, raw in feeds.items()
        if url.endswith(("feed.xml", "-summary.xml"))
    ]


@pytest.fixture(scope="module")
def atom(hubs: list[Hub]) -> list[tuple[str, Element]]:
    """Every Atom feed with its address, read strictly."""
    return [(url, etree.fromstring(raw)) for _, feeds in hubs for url, raw in feeds.items() if url.endswith("atom.xml")]


@pytest.fixture(scope="module")
def data(hubs: list[Hub]) -> list[tuple[str, Any]]:
    """Every JSON Feed with its address."""
    return [(url, json.loads(raw)) for _, feeds in hubs for url, raw in feeds.items() if url.endswith(".json")]


@pytest.fixture(scope="module")
def texts(rss: list[tuple[str, Element]], atom: list[tuple[str, Element]], data: list[tuple[str, Any]]) -> set[str]:
    """Every text in HTML."""
    found = {
        element.text or ""
        for _, feed in rss
        for element in (*feed.iter(f"{CONTENT}encoded"), *feed.findall(".//item/description"))
    }
    found |= {element.text or "" for _, feed in atom for element in feed.iter(f"{ATOM}content")}
    return found | {item["content_html"] for _, feed in data for item in feed["items"]}


def unique(values: list[Any]) -> bool:
    return len(values) == len(set(values))


def is_address(value: str) -> bool:
    """Whether it is a whole web address without anything that has to be escaped (RFC 3986)."""
    parts = urlsplit(value)
    return (
        parts.scheme in ("http", "https")
        and "." in parts.netloc
        and not re.search(r'[\s<>"{}|\\^`]|[^\x00-\x7f]', value)
    )


# --- as a reader's program sees them ---


def test_feeds_hold_the_entries_of_their_channels(hubs: list[Hub]) -> None:
    site = make_site()
    for library, feeds in hubs[:2]:
        for channel in (each for each in channels(library, site) if each.feed in feeds):
            for name in ("feed.xml", "atom.xml"):
                parsed = feedparser.parse(feeds[channel.url + name])
                assert not parsed.bozo, (channel.url, parsed.get("bozo_exception"))
                assert parsed.feed.title == channel.full_title(site).replace("\a", "")
                assert [entry.id for entry in parsed.entries] == [identity(entry, site) for entry in channel.entries]
                assert [entry.link for entry in parsed.entries] == [ROOT + entry.url for entry in channel.entries]


def test_titles_come_out_as_they_went_in(hubs: list[Hub]) -> None:
    library, feeds = hubs[0]
    written = {
        identity(entry, make_site()): entry.title.translate({7: None, 12: None, 0xFFFE: None})
        for entry in library.entries
    }
    seen = Counter[str]()
    for name in ("feed.xml", "feed-summary.xml", "atom.xml"):
        for entry in feedparser.parse(feeds[name]).entries:
            assert entry.title == written[entry.id]
            seen[name] += 1
    for item in json.loads(feeds["feed.json"])["items"]:
        assert item["title"] == written[item["id"]]
    assert min(seen.values()) > len(TITLES)


def test_labels_come_out_as_they_went_in(hubs: list[Hub]) -> None:
    _, feeds = hubs[0]
    (labels, *_) = [entry.tags for entry in feedparser.parse(feeds["themes/health/atom.xml"]).entries]
    assert [tag.label for tag in labels] == ["Health & Safety", "Care / nursing"]
    (entry,) = feedparser.parse(feeds["themes/theme-1999/feed.xml"]).entries
    assert len(entry.tags) == len(LABELS)


def test_a_link_to_a_page_that_moved_is_whole(hubs: list[Hub]) -> None:
    _, feeds = hubs[0]
    text = next(
        item["content_html"] for item in json.loads(feeds["feed.json"])["items"] if item["id"].endswith("/links")
    )
    links = re.findall('href="([^"]+)"', text)
    assert links == [
        f"{ROOT}2019/06/moved.html",
        f"{ROOT}2014/05/old.html",
        f"{ROOT}2019/06/links.html#here",
        "https://example.org/x",
    ]


# --- rules of all formats ---


def test_texts_are_well_formed_and_without_scripts(texts: set[str]) -> None:
    assert any(len(text) > 900_000 for text in texts)
    for text in texts:
        for element in elements(text):
            assert element.tag not in ("script", "style", "iframe", "object", "embed", "form", "meta", "link")
            assert not [name for name in element.attrib if name.startswith("on")]


def test_addresses_in_texts_are_whole(texts: set[str]) -> None:
    for text in texts:
        for element in elements(text):
            for name in {"href", "src", "poster"} & set(element.attrib):
                assert urlsplit(urljoin("relative:", element.get(name))).scheme in ("http", "https", "mailto", "tel"), (
                    text[:80]
                )


def elements(text: str) -> Iterator[Element]:
    yield from fragment_fromstring(text, create_parent="div").iter(etree.Element)


def test_feeds_name_themselves(
    rss: list[tuple[str, Element]], atom: list[tuple[str, Element]], data: list[tuple[str, Any]]
) -> None:
    for url, feed in rss:
        (link,) = feed.findall(f"channel/{ATOM}link")
        assert dict(link.attrib) == {"rel": "self", "href": ROOT + url, "type": "application/rss+xml"}
    for url, feed in atom:
        (link,) = feed.findall(f"{ATOM}link[@rel='self']")
        assert (link.get("href"), link.get("type")) == (ROOT + url, "application/atom+xml")
    for url, each in data:
        assert each["feed_url"] == ROOT + url


def test_no_id_twice_and_all_absolute(
    rss: list[tuple[str, Element]], atom: list[tuple[str, Element]], data: list[tuple[str, Any]]
) -> None:
    lists = [[each.text for each in feed.iter("guid")] for _, feed in rss]
    lists += [[each.text for each in feed.iter(f"{ATOM}id")] for _, feed in atom]
    lists += [[item["id"] for item in feed["items"]] for _, feed in data]
    for each in lists:
        assert unique(each)
        assert all(re.fullmatch(r"[a-z][a-z0-9+.-]*:[^\s<>]+", name) for name in each)


def test_no_two_feeds_of_a_hub_have_one_id(hubs: list[Hub]) -> None:
    for _, feeds in hubs:
        raw = [each for url, each in feeds.items() if url.endswith("atom.xml")]
        assert raw
        assert unique([etree.fromstring(each).findtext(f"{ATOM}id") for each in raw])


def test_languages_are_known(
    rss: list[tuple[str, Element]], atom: list[tuple[str, Element]], data: list[tuple[str, Any]]
) -> None:
    found = {feed.findtext("channel/language") for _, feed in rss} | {
        each.get(LANGUAGE) for _, feed in rss for each in feed.iter("item")
    }
    found |= {each.get(LANGUAGE) for _, feed in atom for each in (feed, *feed.iter(f"{ATOM}entry"))}
    found |= {each["language"] for _, feed in data for each in (feed, *feed["items"])}
    assert {"en", "bn"} <= found
    assert all(Locale.parse(each, sep="-") for each in found)


def test_dates_are_plausible(
    rss: list[tuple[str, Element]], atom: list[tuple[str, Element]], data: list[tuple[str, Any]]
) -> None:
    written = {each.text for _, feed in rss for each in (*feed.iter("pubDate"), *feed.iter("lastBuildDate"))}
    moments = [
        datetime.fromisoformat(each.text)
        for _, feed in atom
        for each in (*feed.iter(f"{ATOM}updated"), *feed.iter(f"{ATOM}published"))
    ]
    moments += [
        datetime.fromisoformat(item[name])
        for _, feed in data
        for item in feed["items"]
        for name in ("date_published", "date_modified")
    ]
    for each in written:
        # RFC 2822 with a four-digit year; the weekday is the right one.
        assert re.fullmatch(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d \+0000", each)
        assert parsedate_to_datetime(each).strftime("%a") == each[:3]
    moments += [parsedate_to_datetime(each) for each in written]
    assert datetime(2010, 1, 1, tzinfo=UTC) < min(moments)
    assert max(moments) < NOW + timedelta(minutes=1)


# --- RSS ---

ALLOWED_IN_CHANNEL = {
    "title",
    "link",
    "description",
    f"{ATOM}link",
    "docs",
    "generator",
    "language",
    "lastBuildDate",
    "pubDate",
    "item",
}
ALLOWED_IN_ITEM = {"title", "link", "description", f"{CONTENT}encoded", "guid", "category", "enclosure", "pubDate",
                   f"{DC}creator", f"{DC}contributor", f"{GEO}point", f"{MEDIA}content", f"{ATOM}link"}  # fmt: skip


def test_rss_has_no_element_that_is_not_defined(rss: list[tuple[str, Element]]) -> None:
    """Nor any that clients stumble over: no cloud, no author without an e-mail address, no picture of the channel."""
    for _, feed in rss:
        assert (feed.tag, dict(feed.attrib), [each.tag for each in feed]) == ("rss", {"version": "2.0"}, ["channel"])
        assert {each.tag for each in feed[0]} <= ALLOWED_IN_CHANNEL
        assert {each.tag for item in feed.iter("item") for each in item} <= ALLOWED_IN_ITEM


def test_elements_of_rss_stand_once(rss: list[tuple[str, Element]]) -> None:
    several = {"item", "category", f"{ATOM}link", f"{DC}creator", f"{DC}contributor"}
    for url, feed in rss:
        for element in (feed[0], *feed.iter("item")):
            counts = Counter(each.tag for each in element if each.tag not in several)
            assert set(counts.values()) <= {1}, url
        for name in ("title", "link", "description", "guid", "pubDate"):
            assert all(item.findtext(name) for item in feed.iter("item"))


def test_a_guid_is_no_address(rss: list[tuple[str, Element]]) -> None:
    assert {each.get("isPermaLink") for _, feed in rss for each in feed.iter("guid")} == {"false"}


def test_the_enclosure_says_length_and_type(rss: list[tuple[str, Element]]) -> None:
    found = [each for _, feed in rss for each in feed.iter("enclosure")]
    assert found
    for each in found:
        assert sorted(each.attrib) == ["length", "type", "url"]
        assert is_address(each.get("url"))
        assert each.get("length").isdigit()
        assert re.fullmatch(r"[a-z]+/[a-z0-9.+-]+", each.get("type"))


def test_links_of_rss_are_whole(rss: list[tuple[str, Element]]) -> None:
    for _, feed in rss:
        assert all(is_address(each.text) for each in feed.iter("link"))
        assert all(is_address(each.get("domain")) for each in feed.iter("category"))
        assert all(is_address(each.get("href")) for each in feed.iter(f"{ATOM}link"))


# --- Atom ---

ALLOWED_IN_FEED = {"id", "title", "subtitle", "updated", "author", "link", "generator", "entry"}
ALLOWED_IN_ENTRY = {
    "id",
    "title",
    "updated",
    "published",
    "author",
    "contributor",
    "content",
    "summary",
    "category",
    "link",
}


def test_atom_has_no_element_that_is_not_defined(atom: list[tuple[str, Element]]) -> None:
    for _, feed in atom:
        assert feed.tag == f"{ATOM}feed"
        assert {each.tag for each in feed} <= {ATOM + name for name in ALLOWED_IN_FEED}
        tags = {each.tag for entry in feed.iter(f"{ATOM}entry") for each in entry}
        assert tags <= {ATOM + name for name in ALLOWED_IN_ENTRY} | {f"{GEO}point", f"{MEDIA}content"}


def test_elements_of_atom_that_must_be_there_once(atom: list[tuple[str, Element]]) -> None:
    for url, feed in atom:
        for element in (feed, *feed.iter(f"{ATOM}entry")):
            for name in ("id", "title", "updated"):
                assert len(element.findall(ATOM + name)) == 1, url
        assert feed.findtext(f"{ATOM}author/{ATOM}name"), "for entries that name nobody"
        for entry in feed.iter(f"{ATOM}entry"):
            assert len(entry.findall(f"{ATOM}content")) == 1


def test_no_two_alternates_of_one_language(atom: list[tuple[str, Element]]) -> None:
    for _, feed in atom:
        for entry in feed.iter(f"{ATOM}entry"):
            links = [each for each in entry.iter(f"{ATOM}link") if each.get("rel") == "alternate"]
            assert links
            assert unique([(each.get("type"), each.get("hreflang")) for each in links])


def test_texts_say_their_type_and_titles_are_no_html(atom: list[tuple[str, Element]]) -> None:
    for _, feed in atom:
        assert {each.get("type") for each in feed.iter(f"{ATOM}content")} <= {"html"}
        assert {each.get("type") for each in feed.iter(f"{ATOM}summary")} <= {"text"}
        assert {each.get("type") for each in feed.iter(f"{ATOM}title")} == {None}, "plain text"
        assert not [each for name in ("title", "content", "summary") for each in feed.iter(ATOM + name) if len(each)]


def test_no_two_entries_were_updated_at_one_moment(atom: list[tuple[str, Element]]) -> None:
    for _, feed in atom:
        assert unique([each.findtext(f"{ATOM}updated") for each in feed.iter(f"{ATOM}entry")])


def test_a_feed_is_as_new_as_its_newest_entry(atom: list[tuple[str, Element]]) -> None:
    for _, feed in atom:
        entries = [
            (each.findtext(f"{ATOM}published"), each.findtext(f"{ATOM}updated")) for each in feed.iter(f"{ATOM}entry")
        ]
        moments = [tuple(map(datetime.fromisoformat, each)) for each in entries]
        assert all(published <= updated for published, updated in moments)
        if moments:
            assert datetime.fromisoformat(feed.findtext(f"{ATOM}updated")) == max(updated for _, updated in moments)


def test_links_of_atom_are_whole(atom: list[tuple[str, Element]]) -> None:
    for _, feed in atom:
        assert all(is_address(each.get("href")) for each in feed.iter(f"{ATOM}link"))
        assert all(is_address(each.get("scheme")) for each in feed.iter(f"{ATOM}category"))
        assert all(is_address(each.text) for each in feed.iter(f"{ATOM}uri"))


# --- JSON ---


def test_json_feeds_pass_the_schema(data: list[tuple[str, Any]]) -> None:
    judge = Draft7Validator(json.loads(SCHEMA.read_text("utf-8")), format_checker=Draft7Validator.FORMAT_CHECKER)
    assert not judge.is_valid({"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": [{"id": 1}]})
    for url, feed in data:
        assert [error.message for error in judge.iter_errors(feed)] == [], url
        assert feed["version"] == "https://jsonfeed.org/version/1.1"


def test_json_feeds_have_none_but_the_fields_of_version_1_1(data: list[tuple[str, Any]]) -> None:
    fields = {"version", "title", "home_page_url", "feed_url", "description", "language", "authors", "items"}
    of_items = {
        "id",
        "url",
        "title",
        "content_html",
        "summary",
        "image",
        "date_published",
        "date_modified",
        "authors",
        "tags",
        "language",
        "attachments",
    }
    for _, feed in data:
        assert feed.keys() <= fields
        assert all(item.keys() <= of_items for item in feed["items"])
        assert all(is_address(item["url"]) for item in feed["items"])
