"""What is read out of the saved feeds of a blog, in Atom and RSS, with pages that overlap."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chautari.geography import Point
from chautari.importers.feed import open_export
from chautari.moving.items import Blog, Item, Skipped
from chautari.problems import ContentError
from tests.importers import exports, wxr
from tests.importers.exports import HOST, ID, as_bytes, classic, element, identity, post, takeout

ATOM = (
    "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:thr='http://purl.org/syndication/thread/1.0' "
    "xmlns:openSearch='http://a9.com/-/spec/opensearchrss/1.0/' xmlns:blogger='http://schemas.google.com/blogger/2008' "
    "xmlns:feedburner='http://rssnamespace.org/feedburner/ext/1.0' xmlns:georss='http://www.georss.org/georss'>"
)
RSS = (
    "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:atom='http://www.w3.org/2005/Atom' "
    "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:thr='http://purl.org/syndication/thread/1.0'>"
)


def atom_page(items: Sequence[Item]) -> bytes:
    """A page of a blog's feed as Blogger shows it."""
    entries = [
        element(
            "entry",
            element("id", item.id),
            element("published", item.published.isoformat() if item.published else ""),
            element("updated", item.updated.isoformat() if item.updated else ""),
            *(element("category", scheme=exports.LABEL, term=label) for label in item.labels),
            element("title", item.title, type="text"),
            element("content", item.html, type="html"),
            element("link", rel="replies", type="application/atom+xml", href="https://x.example/feeds/1/comments"),
            element("link", rel="alternate", type="text/html", href=f"https://{HOST}{item.address}"),
            *(element("author", element("name", name)) for name in item.authors),
            element("thr:total", "3"),
        )
        for item in items
    ]
    links = element("link", rel="alternate", type="text/html", href=f"https://{HOST}/")
    own = element(
        "link", rel="self", type="application/atom+xml", href="https://www.blogger.com/feeds/4217/posts/default"
    )
    feed = as_bytes(element("feed", element("id", ID), element("title", "River Unions"), own, links, *entries))
    return feed.replace(b"blogger/2018", b"blogger/2008")


def saved(folder: Path, *pages: bytes | str) -> list[Path]:
    paths = [folder / f"{number}.xml" for number in range(len(pages))]
    for path, page in zip(paths, pages, strict=True):
        path.write_bytes(page.encode() if isinstance(page, str) else page)
    return paths


def read(folder: Path, *pages: bytes | str) -> list[Item | Skipped]:
    return list(open_export(saved(folder, *pages)).items())


def one(folder: Path, page: str) -> Item:
    (item,) = (each for each in read(folder, page) if isinstance(each, Item))
    return item


def of_atom(folder: Path, inner: str) -> Item:
    return one(folder, f"{ATOM}<entry><id>{identity(7)}</id>{inner}</entry></feed>")


def of_rss(folder: Path, inner: str, guid: str = "https://rivers.example.org/?p=7") -> Item:
    return one(folder, f"{RSS}<channel><item><guid isPermaLink='false'>{guid}</guid>{inner}</item></channel></rss>")


def refused(path: Path) -> str:
    with pytest.raises(ContentError) as error:
        open_export([path])
    (problem,) = error.value.problems
    assert problem.hint, "whoever is refused must be told what to do"
    return str(problem)


# --- pages that overlap ---


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_entry_of_overlapping_pages_is_read_once(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = wxr.WORDS.map("<p>{}</p>".format)
    posts = [post(number, title=data.draw(wxr.WORDS), html=data.draw(text)) for number in range(8)]
    cuts = data.draw(st.lists(st.tuples(st.integers(0, 7), st.integers(1, 8)), max_size=4))
    pages = [posts[start : start + length] for start, length in cuts]
    export = open_export(saved(tmp_path_factory.mktemp("feed"), *(atom_page(page) for page in pages)))
    wanted = {item.id: item for page in pages for item in page}
    assert list(export.items()) == list(export.items()) == list(wanted.values())


def test_the_copy_that_was_changed_last_counts(tmp_path: Path) -> None:
    old, new = post(1), post(1, title="New", updated=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    for pages in ([[old], [new, post(2)]], [[new, post(2)], [old]]):
        assert read(tmp_path, *map(atom_page, pages)) == [new, post(2)]


def test_a_whole_text_is_better_than_a_later_summary(tmp_path: Path) -> None:
    later = f"<updated>2025-01-01T00:00:00Z</updated><id>{identity(1)}</id><summary>The wea</summary>"
    assert read(tmp_path, f"{ATOM}<entry>{later}</entry></feed>", atom_page([post(1)])) == [post(1)]


def test_the_same_entry_in_both_formats_is_one(tmp_path: Path) -> None:
    rss = f"{RSS}<channel><item><guid>{identity(1)}</guid><description>&lt;p&gt;x&lt;/p&gt;</description></item></channel></rss>"
    assert read(tmp_path, rss, atom_page([post(1)])) == [post(1)]


def test_the_same_file_twice_a_folder_and_a_zip(tmp_path: Path) -> None:
    paths = saved(tmp_path, atom_page([post(1)]), atom_page([post(2)]))
    zipped = tmp_path / "feeds.zip"
    zipped.write_bytes(exports.packed({path.name: path.read_bytes() for path in paths}))
    for given_paths in ([*paths, *paths], [tmp_path], [zipped]):
        assert list(open_export(given_paths).items()) == [post(1), post(2)]


def test_pages_that_are_missing_are_told(tmp_path: Path) -> None:
    total = b"<openSearch:totalResults xmlns:openSearch='http://a9.com/-/spec/opensearchrss/1.0/'>3</openSearch:totalResults>"
    pages = [atom_page(page).replace(b"</feed>", total + b"</feed>") for page in ([post(1), post(2)], [post(3)])]
    _, _, gap = read(tmp_path, pages[0])
    assert isinstance(gap, Skipped)
    assert "3 entries, and the files hold 2" in gap.reason
    assert read(tmp_path, *pages) == [post(1), post(2), post(3)]


# --- what both formats say ---


def test_the_blog(tmp_path: Path) -> None:
    comments = f"{ATOM}<title>Comments on: River Unions</title><link href='https://{HOST}/'/></feed>"
    export = open_export(saved(tmp_path, comments, atom_page([post(1)])), ["old.example"])
    assert export.blog == Blog("River Unions", ("old.example", HOST))
    assert export.copy("https://1.bp.blogspot.com/s1600/a.jpg") is None
    rss = f"{RSS}<channel><title>Rivers</title><link>https://rivers.example.org</link><language>en-GB</language></channel></rss>"
    assert open_export(saved(tmp_path, rss)).blog == Blog("Rivers", ("rivers.example.org",), language="en-GB")


def test_an_item_of_rss(tmp_path: Path) -> None:
    item = of_rss(
        tmp_path,
        "<title>Tea &amp;#8217; dye</title><link>https://rivers.example.org/2019/06/tea/</link>"
        "<dc:creator><![CDATA[Maya Example]]></dc:creator><pubDate>Thu, 20 Jun 2019 09:30:00 +0545</pubDate>"
        "<category><![CDATA[Nepal]]></category><category>nepal</category><category>Uncategorized</category>"
        "<description><![CDATA[A <b>short</b> word]]></description><content:encoded><![CDATA[<p>All</p>]]></content:encoded>",
    )
    assert item == Item(
        "post", "https://rivers.example.org/?p=7", "live", "Tea ’ dye", "<p>All</p>",
        published=dt.datetime.fromisoformat("2019-06-20T09:30:00+05:45"), address="/2019/06/tea/",
        labels=("Nepal",), authors=("Maya Example",), summary="A short word",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("date", "found"),
    [
        ("Thu, 20 Jun 2019 03:45:00 GMT", "2019-06-20T03:45:00+00:00"),
        ("20 Jun 2019 03:45:00 -0000", "2019-06-20T03:45:00+00:00"),
        ("2019-06-20T09:30:00+05:45", "2019-06-20T09:30:00+05:45"),
        ("yesterday", None),
    ],
)
def test_dates_of_rss(date: str, found: str | None, tmp_path: Path) -> None:
    published = of_rss(tmp_path, f"<pubDate>{date}</pubDate>").published
    assert (published.isoformat() if published else None) == found


def test_an_author_of_rss_is_never_a_mailbox(tmp_path: Path) -> None:
    assert of_rss(tmp_path, "<author>noreply@blogger.com (Maya Example)</author>").authors == ("Maya Example",)
    assert of_rss(tmp_path, "<author>maya@rivers.example.org</author>").authors == ()


@pytest.mark.parametrize(
    ("content", "html"),
    [
        ("<content type='html'>&lt;p&gt;a&lt;br&gt;&lt;/p&gt;</content>", "<p>a<br></p>"),
        ("<content type='text/html'>&lt;p&gt;a&lt;/p&gt;</content>", "<p>a</p>"),
        ("<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>a<br/><i/></p></div></content>",
         "<div><p>a<br><i></i></p></div>"),
        ("<content>a &lt; b\nc</content>", "a &lt; b<br>\nc"),
    ],
)  # fmt: skip
def test_the_types_of_texts_of_atom(content: str, html: str, tmp_path: Path) -> None:
    assert of_atom(tmp_path, content).html == html


def test_pages_of_blogger_and_places(tmp_path: Path) -> None:
    page = f"<entry><id>{identity(7, 'page')}</id><link href='https://{HOST}/p/about.html'/></entry>"
    assert one(tmp_path, f"{ATOM}{page}</feed>").kind == "page"
    place = "<georss:featurename>Kosi</georss:featurename><georss:point>27.7 85.3</georss:point>"
    item = of_atom(tmp_path, place)
    assert (item.kind, item.place, item.point) == ("post", "Kosi", Point(27.7, 85.3))


def test_feedburners_own_addresses_are_not_the_blogs(tmp_path: Path) -> None:
    link = f"<link href='http://feedproxy.google.com/~r/x/1'/><feedburner:origLink>http://{HOST}/2019/06/a.html</feedburner:origLink>"
    assert of_atom(tmp_path, link).address == "/2019/06/a.html"
    page = f"{ATOM}<link href='http://feeds.feedburner.com/x'/><entry>{link}</entry></feed>"
    assert open_export(saved(tmp_path, page)).blog.hosts == (HOST,)


def test_comments_know_their_post(tmp_path: Path) -> None:
    reply = f"<thr:in-reply-to ref='{identity(3)}' href='https://x.example/'/><title>First words</title>"
    link = f"<link href='https://{HOST}/2019/06/a.html?showComment=1#c2'/>"
    item = of_atom(tmp_path, reply + link)
    assert (item.kind, item.parent, item.title, item.address) == ("comment", identity(3), "", "")
    guid = "https://rivers.example.org/?p=7#comment-9"
    item = of_rss(tmp_path, "<title>By: Ana</title><description>Yes...</description>", guid)
    assert (item.kind, item.id, item.parent, item.html) == ("comment", guid, guid.partition("#")[0], "Yes...")
    assert [type(each) for each in open_export([tmp_path / "0.xml"]).items()] == [Item]


@pytest.mark.parametrize(
    ("inner", "is_whole"),
    [
        ("<description>The weavers met</description>", False),
        ("<description>&lt;p&gt;The weavers […]&lt;/p&gt;</description>", False),
        ("<description>&lt;p&gt;The weavers &amp;hellip;&lt;/p&gt;</description>", False),
        ("<description>&lt;p&gt;The weavers met.&lt;/p&gt;</description>", True),
        ("<content:encoded>&lt;p&gt;The &lt;a href='/a/#more-7'&gt;weavers&lt;/a&gt;</content:encoded>", False),
        ("<content:encoded>The weavers met...</content:encoded>", True),
        ("<description>The […]</description><content:encoded>The weavers met</content:encoded>", True),
    ],
)
def test_a_summary_is_taken_and_the_report_says_so(inner: str, is_whole: bool, tmp_path: Path) -> None:
    page = f"{RSS}<channel><item><guid>x:1</guid><title>Report</title>{inner}</item></channel></rss>"
    item, *notes = read(tmp_path, page)
    assert isinstance(item, Item)
    assert "weavers" in item.html
    assert "[…]" not in item.summary
    assert notes == [] if is_whole else [Skipped("rest of a text", "The feed holds a summary only.", "Report")]


def test_a_summary_of_atom_stands_for_the_text(tmp_path: Path) -> None:
    assert of_atom(tmp_path, "<summary type='text'>The wea</summary>").html == "The wea"
    item = of_atom(
        tmp_path, "<summary type='html'>Short &lt;i&gt;word&lt;/i&gt;</summary><content type='html'>All</content>"
    )
    assert (item.html, item.summary) == ("All", "Short word")


def test_an_entry_without_an_id_is_known_by_its_address(tmp_path: Path) -> None:
    entry = f"<entry><title>A</title><link href='https://{HOST}/a.html'/></entry>"
    (item,) = read(tmp_path, f"{ATOM}{entry}{entry}</feed>")
    assert isinstance(item, Item)
    assert item.id == f"https://{HOST}/a.html"


def test_what_is_no_entry_is_counted(tmp_path: Path) -> None:
    skipped, item = read(tmp_path, f"{ATOM}<entry/><entry><title>Words</title></entry></feed>")
    assert isinstance(skipped, Skipped)
    assert skipped.reason
    assert isinstance(item, Item)


def test_a_plain_permalink_is_no_address(tmp_path: Path) -> None:
    assert of_rss(tmp_path, "<link>https://rivers.example.org/?p=7</link>").address == ""


def test_prefixes_may_be_undeclared_and_references_those_of_html(tmp_path: Path) -> None:
    words = "<title>Tea&nbsp;& dye</title><content:encoded>All</content:encoded><dc:creator>Maya</dc:creator>"
    item = one(tmp_path, f"<rss><channel><item><guid>x:1</guid>{words}</item></channel></rss>")
    assert (item.title, item.html, item.authors) == ("Tea & dye", "All", ("Maya",))


# --- what is refused ---


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b"<!DOCTYPE html>\n<html lang=en><p>River Unions<br></html>", "save the feed"),
        (b"<html xmlns='http://www.w3.org/1999/xhtml'><head/></html>", "save the feed"),
        (b'{"feed": {}}', "no XML at all"),
        (wxr.wxr([wxr.post(1)]), "chautari import wordpress "),
        (b"<rss><channel><item><wp:post_type>post</wp:post_type></item></channel></rss>", "chautari import wordpress "),
        (classic([post(1)]).files["blog-01-01-2026.xml"], "chautari import blogger "),
        (next(iter(takeout([post(1)]).files.values())), "chautari import blogger "),
        (b"<opml/>", "XML of another kind"),
        (f"<!DOCTYPE feed [<!ENTITY x 'y'>]>{ATOM}</feed>".encode(), "definitions of its own"),
        (f"{ATOM}\n<entry><title></entry></feed>".encode(), ":2: is not sound XML"),
        (f"{ATOM}<entry><title>Half".encode(), "ends too early"),
    ],
)
def test_a_file_that_is_no_feed(content: bytes, told: str, tmp_path: Path) -> None:
    assert told in refused(saved(tmp_path, content)[0])


def test_a_folder_without_feeds(tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_bytes(b"<html>")
    assert "holds no feed" in refused(tmp_path)
