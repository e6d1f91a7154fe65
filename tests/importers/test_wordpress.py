"""What is read out of exports of WordPress, with all that was found in real ones."""

import datetime as dt
import io
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from chautari.importers.wordpress import open_export
from chautari.moving.items import Item, Skipped
from chautari.problems import ContentError
from tests.importers import exports
from tests.importers.wxr import BLOG, HOST, changed, element, identity, meta, post, walks, wxr

HEAD = (
    "<rss version='2.0' xmlns:wp='http://wordpress.org/export/1.2/' xmlns:dc='http://purl.org/dc/elements/1.1/' "
    "xmlns:content='http://purl.org/rss/1.0/modules/content/' "
    "xmlns:excerpt='http://wordpress.org/export/1.2/excerpt/'>"
)
LIVE = "<wp:post_type>post</wp:post_type><wp:status>publish</wp:status>"


def saved(folder: Path, content: bytes | str, name: str = "blog.xml") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read(folder: Path, content: bytes | str) -> list[Item | Skipped]:
    return list(open_export(saved(folder, content)).items())


def around(items: str, head: str = HEAD) -> str:
    channel = f"<title>River Unions</title><link>https://{HOST}</link><wp:wxr_version>1.2</wp:wxr_version>"
    return f"{head}\n<channel>{channel}\n{items}</channel></rss>"


def one(folder: Path, inner: str, kind: str = LIVE, before: str = "", head: str = HEAD) -> Item:
    """What is read out of the last item that is none of the skipped, in an export with this one and others before."""
    guid = "<guid isPermaLink='false'>https://rivers.example.org/?p=12</guid><wp:post_id>12</wp:post_id>"
    text = around(f"{before}<item>{guid}{kind}{inner}</item>", head)
    return [item for item in read(folder, text) if isinstance(item, Item)][-1]


def text(folder: Path, content: str, before: str = "") -> str:
    """The HTML that is made of a text."""
    return one(folder, f"<content:encoded><![CDATA[{content}]]></content:encoded>", before=before).html


def flat(html: str) -> str:
    return html.replace("\n", "")


def refused(path: Path) -> str:
    with pytest.raises(ContentError) as error:
        open_export(path)
    (problem,) = error.value.problems
    assert problem.hint, "whoever is refused must be told what to do"
    return str(problem)


# --- the whole ---


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(items=walks())
def test_all_that_was_written_is_read(items: list[Item], tmp_path_factory: pytest.TempPathFactory) -> None:
    export = open_export(saved(tmp_path_factory.mktemp("export"), wxr(items)))
    assert list(export.items()) == list(export.items()) == items
    assert export.blog == BLOG
    offsets = [item.published.utcoffset() for item in export.items() if isinstance(item, Item) and item.published]
    assert offsets == [item.published.utcoffset() for item in items if item.published]


def test_an_export_in_several_files_is_one_blog(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    parts = {f"rivers.{number}.xml": wxr([post(number)]) for number in (1, 2)}
    for name, content in parts.items():
        saved(folder, content, name)
    zipped = saved(tmp_path, exports.packed(parts), "export.zip")
    assert list(open_export(folder).items()) == list(open_export(zipped).items()) == [post(1), post(2)]


def test_two_blogs_in_one_folder_are_refused(tmp_path: Path) -> None:
    saved(tmp_path, wxr([post(1)]), "1.xml")
    saved(tmp_path, wxr([], exports.BLOG), "2.xml")
    assert "holds 2 blogs" in refused(tmp_path)


def test_other_files_beside_an_export_do_not_matter(tmp_path: Path) -> None:
    saved(tmp_path, wxr([post(1)]), "export.xml")
    saved(tmp_path, "<opml/>", "other.xml")
    assert list(open_export(tmp_path).items()) == [post(1)]


def test_pictures_are_found_where_the_uploads_lie_beside_the_export(tmp_path: Path) -> None:
    saved(tmp_path, wxr([post(1)]), "export.xml")
    (tmp_path / "uploads/2019/06").mkdir(parents=True)
    (tmp_path / "uploads/2019/06/loom.jpg").write_bytes(b"loom")
    export = open_export(tmp_path)
    copy = export.copy(f"https://{HOST}/wp-content/uploads/2019/06/loom.jpg?w=300")
    assert copy
    assert (copy.name, copy.content) == ("loom.jpg", b"loom")
    for address in (f"https://{HOST}/uploads/2019/07/loom.jpg", "loom.jpg", ""):
        assert export.copy(address) is None


def test_hosts_are_those_of_the_blog_of_its_pages_and_those_it_had(tmp_path: Path) -> None:
    moved = post(1, id="http://rivers.wordpress.example/?p=1")
    path = saved(
        tmp_path, changed(wxr([moved]), f"<link><![CDATA[https://{HOST}/2", "<link><![CDATA[https://new.example/2")
    )
    assert open_export(path, ["told.example"]).blog.hosts == (
        "told.example", HOST, "new.example", "rivers.wordpress.example",
    )  # fmt: skip


# --- kinds and states ---


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("publish", "live"),
        ("future", "scheduled"),
        ("draft", "draft"),
        ("pending", "draft"),
        ("private", "draft"),
        ("trash", "trashed"),
        ("never-seen-before", "draft"),
    ],
)
@pytest.mark.parametrize("kind", ["post", "page"])
def test_states(kind: str, status: str, state: str, tmp_path: Path) -> None:
    said = f"<wp:post_type>{kind}</wp:post_type><wp:status>{status}</wp:status>"
    item = one(tmp_path, "<link>https://rivers.example.org/2019/06/a/</link>", said)
    assert (item.kind, item.state) == (kind, state)
    assert item.address == ("/2019/06/a/" if state == "live" else "")


def test_what_had_a_password_becomes_no_public_page(tmp_path: Path) -> None:
    found = read(tmp_path, around(f"<item>{LIVE}<title>Secret</title><wp:post_password>x</wp:post_password></item>"))
    item, note = found
    assert isinstance(item, Item)
    assert item.state == "draft"
    assert note == Skipped("lock", "What only some were to read is a draft here.", "Secret")


@pytest.mark.parametrize(
    ("kind", "status", "what"),
    [
        ("attachment", "inherit", "attachment"),
        ("nav_menu_item", "publish", "menu entry"),
        ("revision", "inherit", "revision"),
        ("post", "auto-draft", "revision"),
        ("feedback", "publish", "contact form message"),
        ("feedback", "trash", "contact form message"),
        ("wp_block", "publish", "pattern"),
        ("shop_order", "publish", "“shop_order”"),
    ],
)
def test_what_stays_behind_is_counted_with_its_comments(kind: str, status: str, what: str, tmp_path: Path) -> None:
    said = f"<wp:post_type>{kind}</wp:post_type><wp:status>{status}</wp:status><title>Form</title>"
    link = f"<link>https://{HOST}/?post_type={kind}&amp;p=3</link>"
    thing, comment = read(tmp_path, around(f"<item>{said}{link}<wp:comment/></item>"))
    assert isinstance(thing, Skipped)
    assert isinstance(comment, Skipped)
    assert (thing.what, thing.title, comment.what) == (what, "Form", "comment")
    assert thing.reason
    assert comment.reason


def test_a_type_of_its_own_that_readers_could_open_becomes_a_page_and_the_report_says_so(tmp_path: Path) -> None:
    def project(text: str, link: str, status: str = "publish") -> str:
        body = f"<content:encoded>{text}</content:encoded><link>https://{HOST}{link}</link><title>Looms</title>"
        return f"<item><wp:post_type>project</wp:post_type><wp:status>{status}</wp:status>{body}</item>"

    things = project("Ten looms", "/project/looms/"), project("", "/project/none/"), project("More", "/?p=4", "draft")
    page, note, empty, draft, _ = read(tmp_path, around("".join(things)))
    assert isinstance(page, Item)
    assert isinstance(draft, Item)
    assert (page.kind, page.address, draft.kind, draft.state) == ("page", "/project/looms/", "page", "draft")
    assert note == Skipped("type", "What was a “project” is a page here.", "Looms")
    assert empty == Skipped("“project”", "A thing of the type “project” has no text.", "Looms")


# --- facts ---


def test_a_plain_permalink_is_no_address_but_names_the_host(tmp_path: Path) -> None:
    path = saved(tmp_path, changed(wxr([post(1)]), "/2019/06/report-1/", "/?p=1"))
    export = open_export(path)
    (item,) = export.items()
    assert isinstance(item, Item)
    assert item.address == ""
    assert export.blog.hosts == (HOST,)


def test_labels_stand_once_each_whatever_their_capitals(tmp_path: Path) -> None:
    categories = (
        "<category><![CDATA[Nepal]]></category><category domain='category' nicename='nepal'><![CDATA[Nepal]]></category>"
        "<category domain='post_tag' nicename='nepal'>nepal</category>"
        "<category domain='tag' nicename='tea-dye'><![CDATA[Tea &amp; dye]]></category>"
        "<category domain='region' nicename='kosi'><![CDATA[]]></category>"
        "<category domain='category' nicename='uncategorized'>Allgemein</category><category>Uncategorized</category>"
        "<category domain='post_format' nicename='post-format-aside'>Aside</category>"
    )
    assert one(tmp_path, categories).labels == ("Nepal", "Tea & dye", "kosi")


def test_authors_are_called_as_readers_saw_them(tmp_path: Path) -> None:
    author = (
        "<wp:author><wp:author_login>maya</wp:author_login><wp:author_display_name>Maya E.</wp:author_display_name></wp:author>"
        "<wp:author><wp:author_login>tika</wp:author_login><wp:author_display_name/><wp:author_first_name>Tika"
        "</wp:author_first_name><wp:author_last_name>Rai</wp:author_last_name></wp:author>"
    )
    creator = "<dc:creator>{}</dc:creator>".format
    assert one(tmp_path, creator("maya"), before=author).authors == ("Maya E.",)
    assert one(tmp_path, creator("tika"), before=author).authors == ("Tika Rai",)
    assert one(tmp_path, creator("nobody-knows"), before=author).authors == ("nobody-knows",)
    several = "<category domain='author' nicename='x'>tika</category><category domain='author'>maya</category>"
    assert one(tmp_path, creator("maya") + several, before=author).authors == ("Tika Rai", "Maya E.")
    assert one(tmp_path, several, before=author).labels == ()


@pytest.mark.parametrize(
    ("local", "utc", "found"),
    [
        ("2019-07-01 02:00:00", "2019-06-30 20:15:00", "2019-07-01T02:00:00+05:45"),
        ("2019-07-01 02:00:00", "2019-07-01 02:00:00", "2019-07-01T02:00:00+00:00"),
        ("2019-07-01 02:00:00", "0000-00-00 00:00:00", "2019-07-01T02:00:00+05:45"),
        ("0000-00-00 00:00:00", "2019-06-30 20:15:00", "2019-07-01T02:00:00+05:45"),
        ("2019-07-01 02:00:00", "2011-01-01 20:15:00", "2011-01-02T02:00:00+05:45"),
        ("0000-00-00 00:00:00", "0000-00-00 00:00:00", None),
        ("", "yesterday", None),
    ],
)
def test_dates_are_on_the_clock_of_the_blog(local: str, utc: str, found: str | None, tmp_path: Path) -> None:
    dates = f"<wp:post_date>{local}</wp:post_date><wp:post_date_gmt>{utc}</wp:post_date_gmt>"
    other = (
        f"<item>{LIVE}<link>https://{HOST}/a/</link><wp:post_date>2019-06-20 09:30:00</wp:post_date>"
        "<wp:post_date_gmt>2019-06-20 03:45:00</wp:post_date_gmt></item>"
    )
    published = one(tmp_path, dates, before=other).published
    assert (published.isoformat() if published else None) == found


def test_a_date_of_rss_is_better_than_none(tmp_path: Path) -> None:
    published = one(tmp_path, "<pubDate>Thu, 20 Jun 2019 03:45:00 +0000</pubDate>").published
    assert published == dt.datetime(2019, 6, 20, 3, 45, tzinfo=dt.UTC)
    assert one(tmp_path, "<pubDate>Mon, 30 Nov -0001 00:00:00 +0000</pubDate>").published is None


def test_a_place_is_told_unless_it_was_private(tmp_path: Path) -> None:
    def metas(public: str) -> list[object]:
        return [meta("geo_latitude", "27.7"), meta("geo_longitude", "85.3"), meta("geo_public", public)]

    for public, point in (("1", (27.7, 85.3)), ("0", None)):
        thing = element("item", element("wp:post_type", "post"), *metas(public))  # type: ignore[arg-type]  # elements
        (item,) = read(tmp_path, wxr([], more=[thing]))
        assert isinstance(item, Item)
        assert item.point == point


def test_titles_and_excerpts_are_plain(tmp_path: Path) -> None:
    item = one(
        tmp_path,
        "<title><![CDATA[ Tea &amp; <em>dye</em> ]]></title>"
        "<excerpt:encoded><![CDATA[<p>Tea &#8217; <a href='#'>dye</a></p>\n<p>More</p>]]></excerpt:encoded>",
    )
    assert (item.title, item.summary) == ("Tea & dye", "Tea ’ dye More")


# --- comments ---


@pytest.mark.parametrize(
    ("approved", "state"),
    [("1", "live"), ("0", "pending"), ("hold", "pending"), ("spam", "spam"), ("trash", "trashed"),
     ("post-trashed", "trashed"), ("never-seen-before", "pending")],
)  # fmt: skip
def test_comments(approved: str, state: str, tmp_path: Path) -> None:
    comment = (
        "<wp:comment><wp:comment_id>7</wp:comment_id><wp:comment_author>Ana</wp:comment_author><wp:comment_parent>3"
        "</wp:comment_parent><wp:comment_content>Yes.\n\nWe came.</wp:comment_content><wp:comment_type>comment"
        f"</wp:comment_type><wp:comment_approved>{approved}</wp:comment_approved></wp:comment>"
    )
    item = one(tmp_path, comment)
    assert (item.kind, item.state, item.authors) == ("comment", state, ("Ana",))
    assert (item.id, item.parent) == (f"{identity(12)}#comment-7", identity(12))
    assert flat(item.html) == "<p>Yes.</p><p>We came.</p>"


@pytest.mark.parametrize("kind", ["pingback", "trackback", "webmention"])
def test_what_machines_said_is_skipped(kind: str, tmp_path: Path) -> None:
    comment = f"<wp:comment><wp:comment_type>{kind}</wp:comment_type></wp:comment>"
    _, skipped = read(tmp_path, around(f"<item>{LIVE}{comment}</item>"))
    assert isinstance(skipped, Skipped)
    assert kind in skipped.what


# --- texts ---


@pytest.mark.parametrize(
    ("written", "html"),
    [
        ("One\nline.\n\nTwo", "<p>One<br>line.</p><p>Two</p>"),
        ("One\r\n\r\n  \r\nTwo", "<p>One</p><p>Two</p>"),
        ("One<br />\nline", "<p>One<br>line</p>"),
        ("<h2>Head</h2>\nText <b>bold</b>\n<ul>\n<li>a\nb</li>\n\n<li>c</li>\n</ul>\nEnd",
         "<h2>Head</h2><p>Text <b>bold</b></p><ul><li>a<br>b</li><li>c</li></ul><p>End</p>"),
        ("<blockquote>One\n\nTwo</blockquote>", "<blockquote><p>One</p><p>Two</p></blockquote>"),
        ("<p>One</p>\n\n<p>Two</p>", "<p>One</p><p>Two</p>"),
        ("<img\nsrc='a.jpg'\n\n>", "<p><img src='a.jpg'  ></p>"),
        ("One<!--more-->\n\nTwo<!--nextpage-->", "<p>One</p><p>Two</p>"),
        ("Words [sic] [1] [and so on] [see also: this] stay", "<p>Words [sic] [1] [and so on] [see also: this] stay</p>"),
    ],
)  # fmt: skip
def test_paragraphs_of_classic_texts(written: str, html: str, tmp_path: Path) -> None:
    assert flat(text(tmp_path, written)) == html


def test_what_is_set_as_code_keeps_its_lines(tmp_path: Path) -> None:
    assert text(tmp_path, "<pre>a\n\n[gallery]\n b</pre>") == "<pre>a\n\n[gallery]\n b</pre>"
    assert (
        text(tmp_path, "[code lang='x']\na &lt; b\n\n<i>\n[/code]") == "<pre><code>a &lt; b\n\n&lt;i&gt;</code></pre>"
    )


def test_block_comments_go_and_blocks_stay(tmp_path: Path) -> None:
    written = (
        '<!-- wp:paragraph {"x":1} -->\n<p>One\nline</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:more -->\n<!--more-->\n'
        "<!-- /wp:more -->\n\n<!-- wp:core-embed/youtube -->\n<figure><div>\nhttps://youtu.be/x?a=1&amp;b=2\n</div>"
        "</figure>\n<!-- /wp:core-embed/youtube -->"
    )
    link = '<p><a href="https://youtu.be/x?a=1&amp;b=2">https://youtu.be/x?a=1&amp;b=2</a></p>'
    assert flat(text(tmp_path, written)) == f"<p>Oneline</p><figure><div>{link}</div></figure>"


def test_a_text_that_stands_in_many_is_in_each(tmp_path: Path) -> None:
    block = (
        "<item><wp:post_id>5</wp:post_id><wp:post_type>wp_block</wp:post_type><content:encoded>"
        "<![CDATA[<!-- wp:paragraph --><p>Join us</p><!-- /wp:paragraph -->]]></content:encoded></item>"
    )
    assert flat(text(tmp_path, '<p>A</p><!-- wp:block {"ref":5} /-->', block)) == "<p>A</p><p>Join us</p>"


@pytest.mark.parametrize(
    "written",
    [
        '[caption id="attachment_3" align="left" width="300"]<a href="b.jpg"><img src="a.jpg"></a> Our <b>loom</b>[/caption]',
        '[caption width="300" caption="Our &lt;b&gt;loom&lt;/b&gt;"]<a href="b.jpg"><img src="a.jpg"></a>[/caption]',
        '[wp_caption]<a href="b.jpg"><img src="a.jpg"></a>Our <b>loom</b>[/wp_caption]',
    ],
)
def test_captions_stand_below_their_pictures(written: str, tmp_path: Path) -> None:
    words = "Our &lt;b&gt;loom&lt;/b&gt;" if "&lt;" in written else "Our <b>loom</b>"
    figure = f'<figure><a href="b.jpg"><img src="a.jpg"></a><figcaption>{words}</figcaption></figure>'
    assert flat(text(tmp_path, f"Before\n\n{written}\n\nAfter")) == f"<p>Before</p>{figure}<p>After</p>"


def attachment(number: int, name: str, parent: int = 12) -> str:
    return (
        f"<item><title>{name}</title><wp:post_id>{number}</wp:post_id><wp:post_type>attachment</wp:post_type>"
        f"<wp:post_parent>{parent}</wp:post_parent><wp:attachment_url>https://{HOST}/u/{name}</wp:attachment_url></item>"
    )


@pytest.mark.parametrize(
    ("gallery", "names"),
    [('ids="2,1"', "ba"), ("ids=”2,1”", "ba"), ('include="1"', "a"), ("", "ab"), ('id="13"', "c"), ('ids="1,99"', "a")],
)
def test_galleries_are_their_pictures(gallery: str, names: str, tmp_path: Path) -> None:
    pictures = attachment(1, "a.jpg") + attachment(2, "b.jpg") + attachment(3, "c.jpg", 13)
    html = flat(text(tmp_path, f"A\n\n[gallery {gallery}]", pictures))
    shown = "".join(f'<p><img src="https://{HOST}/u/{name}.jpg" alt="{name}.jpg"></p>' for name in names)
    assert html == f"<p>A</p>{shown}"
    notes = [each.what for each in open_export(tmp_path / "blog.xml").items() if isinstance(each, Skipped)]
    assert ("picture of a gallery" in notes) == ("99" in gallery)


def test_pictures_that_stand_small_are_shown_in_full(tmp_path: Path) -> None:
    shown = '<p><img class="alignleft wp-image-{}" src="https://old.example/u/{}"/></p>'.format
    found = attachment(1, "loom.jpg") + attachment(2, "dye-scaled.jpg")
    assert f'src="https://{HOST}/u/loom.jpg"' in text(tmp_path, shown(1, "loom-300x200.jpg"), found)
    assert f'src="https://{HOST}/u/dye-scaled.jpg"' in text(tmp_path, shown(2, "dye-1024x768.jpg"), found)
    assert text(tmp_path, shown(1, "other-300x200.jpg"), found) == shown(1, "other-300x200.jpg")


@pytest.mark.parametrize(
    ("shortcode", "target", "words"),
    [
        ("[embed width='3']https://x.example/a?b=1&amp;c=2[/embed]", "https://x.example/a?b=1&c=2", "https://x.example/a?b=1&c=2"),
        ("https://x.example/a", "https://x.example/a", "https://x.example/a"),
        ("[youtube=https://youtu.be/x]", "https://youtu.be/x", "https://youtu.be/x"),
        ("[youtube http://youtu.be/x]", "http://youtu.be/x", "http://youtu.be/x"),
        ("[vimeo 123 w=300]", "https://vimeo.com/123", "https://vimeo.com/123"),
        ('[audio mp3="https://x.example/a.mp3"][/audio]', "https://x.example/a.mp3", "https://x.example/a.mp3"),
        ('[button url="https://x.example/" text="Join us"]', "https://x.example/", "Join us"),
    ],
)  # fmt: skip
def test_what_stood_for_something_elsewhere_is_a_link(shortcode: str, target: str, words: str, tmp_path: Path) -> None:
    html = flat(text(tmp_path, f"A\n\n{shortcode}\n\nB")).replace("&amp;", "&")
    assert html == f'<p>A</p><p><a href="{target}">{words}</a></p><p>B</p>'


def test_the_words_in_unknown_shortcodes_stay_and_the_report_names_them(tmp_path: Path) -> None:
    written = 'A [column][box title="Our &amp; aim"]Ten [1] looms[/box][/column] and [[gallery]] [Video]'
    html = text(tmp_path, written)
    for words in ("Our &amp; aim", "Ten [1] looms", "[gallery]", "[Video]"):
        assert words in html
    assert "[box" not in html
    assert "[/column]" not in html
    reasons = [each.reason for each in open_export(tmp_path / "blog.xml").items() if isinstance(each, Skipped)]
    assert [reason.partition("shows ")[2].partition(";")[0] for reason in reasons] == ["[column]", "[box]"]


def test_forms_go(tmp_path: Path) -> None:
    html = text(tmp_path, 'A\n[contact-form][contact-field label="Name" type="name"/][/contact-form]\nB')
    assert flat(html) == "<p>A</p><p>B</p>"


def test_short_links_lead_to_permalinks(tmp_path: Path) -> None:
    other = f"<item>{LIVE}<wp:post_id>3</wp:post_id><link>https://{HOST}/2019/06/c/</link></item>"
    for link, target in (
        (f"http://{HOST}/?p=3#x", f"https://{HOST}/2019/06/c/"),
        ("/?page_id=3", f"https://{HOST}/2019/06/c/"),
        (f"https://{HOST}/?p=4", f"https://{HOST}/?p=4"),
        ("https://else.example/?p=3", "https://else.example/?p=3"),
    ):
        assert f'href="{target}"' in text(tmp_path, f'<a class="x" href="{link}">c</a>', other)


# --- files that are not as they should be ---


def test_namespaces_may_have_another_version_or_be_undeclared(tmp_path: Path) -> None:
    inner = (
        "<content:encoded>Words</content:encoded><excerpt:encoded>Short</excerpt:encoded><dc:creator>maya</dc:creator>"
    )
    for head in (HEAD.replace("1.2", "1.1"), HEAD.replace("1.2", "1.x"), HEAD.replace("http:", "https:", 1), "<rss>"):
        item = one(tmp_path, inner, head=head)
        assert (item.html, item.summary, item.authors) == ("<p>Words</p>", "Short", ("maya",))


def test_cdata_that_is_split_is_one_text(tmp_path: Path) -> None:
    for split in ("]]]]><![CDATA[>", "]]>]]&gt;<![CDATA["):
        assert text(tmp_path, f"a {split} b &nbsp; c") == "<p>a ]]> b &nbsp; c</p>"


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("Tea &nbsp;&amp; dye &hellip;", "Tea & dye …"),
        ("Tea & dye &", "Tea & dye &"),
        ("Q&A &unknown; &lt;", "Q&A &unknown; <"),
        ("Te\x0ba\x00 &#11;&#x1f;dye", "Tea dye"),
        ("<![CDATA[Tea &eacute; & dye]]>", "Tea é & dye"),
    ],
)
def test_references_and_controls_that_xml_does_not_know(typed: str, title: str, tmp_path: Path) -> None:
    assert one(tmp_path, f"<title>{typed}</title>").title == title


def test_references_at_the_seam_of_two_reads(tmp_path: Path) -> None:
    words = "Tea &nbsp;&eacute; " * 40_000
    assert one(tmp_path, f"<title>{words}</title>").title == " ".join(["Tea é"] * 40_000)


def test_empty_lines_before_the_declaration(tmp_path: Path) -> None:
    assert read(tmp_path, b"\n\r\n " + wxr([post(1)])) == [post(1)]


def test_utf_16_is_read(tmp_path: Path) -> None:
    written = wxr([post(1, title="Tea ☕")]).decode().replace("UTF-8", "UTF-16")
    (item,) = read(tmp_path, written.encode("utf-16"))
    assert isinstance(item, Item)
    assert item.title == "Tea ☕"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b"<!DOCTYPE html>\n<html lang=en><p>Sign in<br></html>", "an HTML page"),
        (b"<rss version='2.0'><channel/></rss>", "chautari import feed "),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'/>", "chautari import feed "),
        (exports.classic([exports.post(1)]).files["blog-01-01-2026.xml"], "chautari import blogger "),
        (next(iter(exports.takeout([exports.post(1)]).files.values())), "chautari import blogger "),
        (b"<opml/>", "XML of another kind"),
        (f"<!DOCTYPE rss [<!ENTITY x 'y'>]>{HEAD}</rss>".encode(), "definitions of its own"),
        (around("\n\n<item><title>a</item>").encode(), ":5: is not sound XML"),
        (around("<item><title>a ]]> b</title></item>").encode(), ":3: is not sound XML"),
        (around(f"<item>{LIVE}").encode().partition(b"</channel>")[0], "ends too early"),
    ],
)
def test_a_file_that_is_no_sound_export(content: bytes, told: str, tmp_path: Path) -> None:
    assert told in refused(saved(tmp_path, content))


def test_a_folder_without_an_export(tmp_path: Path) -> None:
    assert "is empty" in refused(tmp_path)
    exports.takeout([exports.post(1)]).save(tmp_path)
    (tmp_path / "Takeout/Blogger/Blogs/River Unions/theme-layouts.xml").unlink()
    assert "chautari import blogger" in refused(tmp_path)


def test_every_cut_is_noticed(tmp_path: Path) -> None:
    whole = wxr([post(1), post(2)])
    for end in range(1, len(whole), 101):
        assert "ends too early" in refused(saved(tmp_path, whole[:end]))


def test_memory_does_not_grow_with_the_export(tmp_path: Path) -> None:
    large = wxr([post(1)])
    start, end = large.index(b"<item>"), large.index(b"</item>") + len(b"</item>")
    stream = io.BytesIO()
    stream.write(large[:start])
    for _ in range(300):
        stream.write(large[start:end].replace(b"met.", b"met. " * 8_000))
    stream.write(large[end:])
    path = saved(tmp_path, stream.getvalue())
    size = stream.tell()
    tracemalloc.start()
    count = sum(1 for _ in open_export(path).items())
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 300
    assert most < size / 10
