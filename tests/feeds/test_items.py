"""What feeds say of an entry, in each format."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree

from chautari.bodies import Bodies
from chautari.feeds.items import Item, Items, moment
from chautari.library import Library
from chautari.markdown import Renderer
from chautari.site import Settings, Site
from tests.feeds.hubs import POSTS, feeds_of
from tests.hub import NOW, File, make_library, make_site, make_texts, partner, post, training
from tests.photographs import photograph

POST = f"{POSTS}/x.md"
NAMES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "georss": "http://www.georss.org/georss",
    "media": "http://search.yahoo.com/mrss/",
}
ROOT = "https://hub.example.org/sub/"


def items(folder: Path, files: Mapping[str, File], site: Site | None = None) -> tuple[Any, Any, Any]:
    """The first item of the site's feeds as RSS, Atom and JSON."""
    made = feeds_of(folder, files, site)
    rss, atom = etree.fromstring(made["feed.xml"]), etree.fromstring(made["atom.xml"])
    return rss.find(".//item"), atom.find("atom:entry", NAMES), json.loads(made["feed.json"])["items"][0]


def item(folder: Path, files: Mapping[str, File], site: Site | None = None) -> Item:
    """The first item of a hub."""
    site = site or make_site()
    library = make_library(folder, files, site)
    return Items(library, site, make_texts(library, folder, site)).of(library.listed[0])


def test_an_item_is_complete(tmp_path: Path) -> None:
    files = {POST: post("summary: In & short", "themes: Decent work", title="X", body="The **whole** text.\n")}
    rss, atom, data = items(tmp_path, files)
    whole = "<p>The <strong>whole</strong> text.</p>"
    assert rss.findtext("link") == f"{ROOT}2019/06/x.html"
    assert rss.findtext("content:encoded", namespaces=NAMES) == whole
    assert rss.findtext("description") == "In &amp; short", "readers take it for HTML"
    assert atom.findtext("atom:content", namespaces=NAMES) == whole
    assert atom.findtext("atom:summary", namespaces=NAMES) == "In & short"
    assert (data["content_html"], data["summary"]) == (whole, "In & short")


def test_labels_name_their_vocabulary(tmp_path: Path) -> None:
    rss, atom, data = items(tmp_path, {POST: post("countries: Nepal", "themes: Decent work")})
    assert [(each.get("domain"), each.text) for each in rss.iter("category")] == [
        (f"{ROOT}countries/", "Nepal"),
        (f"{ROOT}themes/", "Decent work"),
    ]
    assert dict(atom.find("atom:category[2]", NAMES).attrib) == {
        "term": "decent-work",
        "scheme": f"{ROOT}themes/",
        "label": "Decent work",
    }
    assert data["tags"] == ["Nepal", "Decent work"]


def test_every_author_is_named_and_others_apart(tmp_path: Path) -> None:
    authors = "authors: [Ann, {partner: u}, {name: Eve, role: editor}, {name: Tim, role: translator}]"
    rss, atom, data = items(tmp_path, {POST: post(authors), "content/partners/u.md": partner(name="The Union")})
    assert [each.text for each in rss.iterfind("dc:creator", NAMES)] == ["Ann", "The Union"]
    assert [each.text for each in rss.iterfind("dc:contributor", NAMES)] == ["Eve", "Tim"]
    assert rss.find("author") is None, "that would be an e-mail address"
    assert [each.findtext("atom:name", namespaces=NAMES) for each in atom.iterfind("atom:author", NAMES)] == [
        "Ann",
        "The Union",
    ]
    assert atom.findtext("atom:author[2]/atom:uri", namespaces=NAMES) == f"{ROOT}partners/u/"
    assert len(atom.findall("atom:contributor", NAMES)) == 2
    assert data["authors"] == [{"name": "Ann"}, {"name": "The Union", "url": f"{ROOT}partners/u/"}]


def test_an_item_bears_its_language_and_its_translations(tmp_path: Path) -> None:
    rss, atom, data = items(tmp_path, {POST: post(), f"{POSTS}/x.bn.md": post(title="ক")})
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    assert rss.get(language) == atom.get(language) == data["language"] == "en"
    other = ("bn", f"{ROOT}bn/2019/06/x.html")
    assert [
        (each.get("hreflang"), each.get("href")) for each in rss.iterfind("atom:link[@rel='alternate']", NAMES)
    ] == [other]
    links = [(each.get("hreflang"), each.get("href")) for each in atom.iterfind("atom:link[@rel='alternate']", NAMES)]
    assert links == [("en", f"{ROOT}2019/06/x.html"), other, (None, f"{ROOT}2019/06/x.html")]
    assert rss[0].tag == f"{{{NAMES['atom']}}}link", "before its own link, because some programs take the last"


def test_a_withdrawn_translation_is_not_offered(tmp_path: Path) -> None:
    assert not item(tmp_path, {POST: post(), f"{POSTS}/x.bn.md": post("status: withdrawn", title="ক")}).versions


def test_an_item_lies_in_its_first_country(tmp_path: Path) -> None:
    rss, atom, _ = items(tmp_path, {POST: post("countries: [South Asia, Nepal, Bangladesh]")})
    (latitude, longitude) = map(float, rss.findtext("georss:point", namespaces=NAMES).split())
    assert 26 < latitude < 31
    assert 80 < longitude < 89
    assert atom.findtext("georss:point", namespaces=NAMES) == rss.findtext("georss:point", namespaces=NAMES)


def test_a_lead_picture_is_no_enclosure(tmp_path: Path) -> None:
    files: Mapping[str, File] = {
        POST: post("image: {file: pic ture.png, alt: A march}", body="![x](b.png)\n"),
        f"{POSTS}/pic ture.png": photograph(1200, 800),
        f"{POSTS}/b.png": photograph(1200, 800),
    }
    rss, atom, data = items(tmp_path, files)
    address = f"{ROOT}posts/2019/pic%20ture-png-960.webp"
    assert data["image"] == address
    assert rss.find("media:content", NAMES).get("url") == atom.find("media:content", NAMES).get("url") == address
    assert rss.find("enclosure") is None
    assert "attachments" not in data


def test_documents_and_recordings_come_with_the_item(tmp_path: Path) -> None:
    files: Mapping[str, File] = {
        POST: post(body="[A paper](paper.pdf), [a talk](Talk%20one.MP3)\n"),
        f"{POSTS}/paper.pdf": "%PDF-",
        f"{POSTS}/Talk one.MP3": "ID3",
    }
    rss, atom, data = items(tmp_path, files)
    assert data["attachments"] == [
        {"url": f"{ROOT}posts/2019/paper.pdf", "mime_type": "application/pdf", "size_in_bytes": 5},
        {"url": f"{ROOT}posts/2019/Talk%20one.MP3", "mime_type": "audio/mpeg", "size_in_bytes": 3},
    ]
    (only,) = rss.iter("enclosure")
    assert dict(only.attrib) == {"url": f"{ROOT}posts/2019/Talk%20one.MP3", "length": "3", "type": "audio/mpeg"}
    assert [
        (each.get("href"), each.get("length"), each.get("type"))
        for each in atom.iterfind("atom:link[@rel='enclosure']", NAMES)
    ] == [
        (f"{ROOT}posts/2019/paper.pdf", "5", "application/pdf"),
        (f"{ROOT}posts/2019/Talk%20one.MP3", "3", "audio/mpeg"),
    ]


def test_files_of_fields_come_with_the_item_unless_they_may_only_be_linked(tmp_path: Path) -> None:
    material = training("date: 2019-01-01", "materials: [{file: book.pdf, title: Book}]")
    resource = (
        "---\ntitle: A\nkind: Manual\nyear: 2019\ndate: 2019-01-02\nfiles: [{file: a.pdf}]\naccess: link only\n---\n"
    )
    files: Mapping[str, File] = {
        "content/trainings/t.md": material,
        "content/trainings/book.pdf": "%PDF",
        "content/resources/r.md": resource,
        "content/resources/a.pdf": "%PDF",
    }
    data = json.loads(feeds_of(tmp_path, files)["feed.json"])["items"]
    assert ["attachments" in each for each in data] == [False, True]


def test_a_file_that_changes_changes_the_mark(tmp_path: Path) -> None:
    library = make_library(tmp_path, {POST: post(body="[A paper](paper.pdf)\n"), f"{POSTS}/paper.pdf": "%PDF"})

    def mark() -> str:
        return make_texts(library, tmp_path).mark(library.listed[0])

    before = mark()
    assert mark() == before
    (tmp_path / POSTS / "paper.pdf").write_text("%PDF, longer")
    assert mark() != before


def test_no_scripts_and_no_handlers(tmp_path: Path) -> None:
    library = make_library(tmp_path, {POST: post()})
    texts = make_texts(library, tmp_path)
    unsafe = "<script>alert(1)</script><p onclick='alert(1)'>A <a href='javascript:alert(1)'>text</a></p>"
    item = Items(library, make_site(), _Replaced(texts, library, unsafe)).of(library.listed[0])
    assert "alert" not in item.html
    assert ">text</a>" in item.html


class _Replaced:
    """Texts that the reading room would refuse."""

    def __init__(self, texts: Bodies, library: Library, markdown: str) -> None:
        (entry,) = library.listed
        body = texts.by_path[entry.path] = Renderer(library, [], {}).render(entry, markdown)
        texts.shelf.put(entry.path, body.mark, body.html.encode())
        self.whole, self.teaser, self.files = texts.whole, texts.teaser, texts.files


def test_what_xml_cannot_hold_is_left_out(tmp_path: Path) -> None:
    made = item(tmp_path, {POST: post(title=r'"A\abell\uFFFE"', body="A&#1;B &#xFFFF;C\n")})
    assert made.title == "Abell"
    assert "\x01" not in made.html
    assert "\uffff" not in made.html


def test_an_entry_without_text_says_so(tmp_path: Path) -> None:
    rss, atom, data = items(tmp_path, {POST: post(body="")})
    assert rss.findtext("description") == data["content_html"] == "This entry has no text."
    assert atom.findtext("atom:content", namespaces=NAMES) == "This entry has no text."


# --- moments ---


def test_published_and_changed_are_told_apart(tmp_path: Path) -> None:
    files: Mapping[str, File] = {POST: post("updated: 2019-07-01", "corrections: [{date: 2019-08-01, note: A number}]")}
    rss, atom, data = items(tmp_path, files)
    assert rss.findtext("pubDate").startswith("Thu, 20 Jun 2019 00:00:")
    assert atom.findtext("atom:published", namespaces=NAMES)[:10] == data["date_published"][:10] == "2019-06-20"
    assert atom.findtext("atom:updated", namespaces=NAMES)[:10] == data["date_modified"][:10] == "2019-08-01"


@pytest.mark.parametrize(
    ("date", "updated"),
    [
        ("2019-06-20", "2019-06-20"),
        ("2019-06-20 23:30 UTC", "2019-06-20"),
        # In Kathmandu that day begins before the moment of publication.
        ("2019-06-20 19:00 UTC", "2019-06-21"),
    ],
)
def test_nothing_is_changed_before_it_is_published(tmp_path: Path, date: str, updated: str) -> None:
    site = make_site(settings=Settings(timezone="Asia/Kathmandu"))
    made = item(tmp_path, {POST: post(f"updated: {updated}", date=date)}, site)
    assert made.updated == made.published


def test_a_change_in_the_future_has_not_happened(tmp_path: Path) -> None:
    made = item(tmp_path, {POST: post("updated: 2030-01-01")})
    assert made.updated == made.published <= NOW


def test_entries_of_one_day_differ_and_stay_when_others_come(tmp_path: Path) -> None:
    few = {f"{POSTS}/p{number}.md": post() for number in range(15)}
    more = few | {f"{POSTS}/q{number}.md": post() for number in range(5)}
    before, after = (
        {each.id: each.updated for each in feedparser.parse(feeds_of(tmp_path / name, files)["atom.xml"]).entries}
        for name, files in (("a", few), ("b", more))
    )
    assert len(set(after.values())) == len(after) == 20
    assert before.items() <= after.items()


def test_a_moment_lies_in_the_first_minute_of_its_day_in_the_zone_of_the_site() -> None:
    site = make_site(settings=Settings(timezone="Asia/Kathmandu"))
    begin = datetime(2019, 6, 19, 18, 15, tzinfo=UTC)
    for name in map(str, range(100)):
        assert begin <= moment(datetime(2019, 6, 20).date(), name, site) < begin + timedelta(minutes=1)  # noqa: DTZ001 - a day
        assert begin <= moment(begin, name, site) < begin + timedelta(seconds=1)
