"""What is read out of Blogger's exports, in both formats and with all that was found in real ones."""

import datetime as dt
import json
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Iterable
from hashlib import shake_256
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chautari.geography import Point
from chautari.importers.blogger import open_export
from chautari.importers.blogger.albums import without_size
from chautari.importers.blogger.takeout import Clock
from chautari.moving import unpacking
from chautari.moving.facts import moment
from chautari.moving.items import Blog, Item, Skipped
from chautari.moving.unpacking import RATIO
from chautari.problems import ContentError
from tests.importers.exports import BLOG, ID, MADE, Written, classic, exports, identity, packed, post, takeout

KATHMANDU = ZoneInfo("Asia/Kathmandu")
HEAD = "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:blogger='http://schemas.google.com/blogger/2018'"
BLOGS = "Takeout/Blogger/Blogs/River Unions"
ALBUMS = "Takeout/Blogger/Albums"


def read(written: Written, folder: Path) -> list[Item | Skipped]:
    return list(open_export(written.save(folder)).items())


def read_entry(folder: Path, entry: str, head: str = HEAD, name: str = "feed.atom") -> Item:
    """What is read out of a feed with one entry."""
    path = folder / name
    path.write_text(f"{head}>\n<entry><id>{identity(7)}</id>{entry}</entry>\n</feed>", "utf-8")
    (item,) = open_export(path).items()
    assert isinstance(item, Item)
    return item


def of_takeout(folder: Path, entry: str, kind: str = "POST", status: str = "LIVE") -> Item:
    own = f"<blogger:type>{kind}</blogger:type><blogger:status>{status}</blogger:status>"
    return read_entry(folder, own + entry)


def of_classic(folder: Path, entry: str, kind: str = "post") -> Item:
    """What is read out of an entry whose prefixes nobody has declared."""
    scheme = "http://schemas.google.com/g/2005#kind"
    category = f"<category scheme='{scheme}' term='http://schemas.google.com/blogger/2008/kind#{kind}'/>"
    return read_entry(folder, category + entry, "<feed xmlns='http://www.w3.org/2005/Atom'", "blog.xml")


def refused(path: Path) -> str:
    """What is said of an export that is not taken."""
    with pytest.raises(ContentError) as error:
        open_export(path)
    (problem,) = error.value.problems
    assert problem.path.startswith(str(path).partition(".zip")[0])
    assert problem.hint, "whoever is refused must be told what to do"
    return str(problem)


# --- both formats ---


@pytest.mark.parametrize("form", ["classic", "takeout"])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_all_that_was_written_is_read(form: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    written = data.draw(exports(form))
    export = open_export(written.save(tmp_path_factory.mktemp("export")))
    found = [item for item in export.items() if isinstance(item, Item)]
    assert tuple(found) == written.items
    assert export.blog == written.blog
    offsets = [item.published.utcoffset() for item in found if item.published]
    assert offsets == [item.published.utcoffset() for item in written.items if item.published]


@pytest.mark.parametrize("make", [classic, takeout])
def test_an_export_is_walked_twice_with_the_same_result(
    make: Callable[[Iterable[Item]], Written], tmp_path: Path
) -> None:
    export = open_export(make([post(1), post(2)]).save(tmp_path))
    assert list(export.items()) == list(export.items()) != []


@pytest.mark.parametrize("make", [classic, takeout])
def test_a_zip_is_read_as_it_is(make: Callable[[Iterable[Item]], Written], tmp_path: Path) -> None:
    written = make([post(1)])
    path = tmp_path / "takeout-20260101.zip"
    path.write_bytes(packed({**written.files, "__MACOSX/feed.atom": b"\0", "Takeout/empty.txt": b"\n" * 900_000}))
    export = open_export(path)
    assert [item for item in export.items() if isinstance(item, Item)] == [post(1)]
    assert export.blog == BLOG
    assert [each.name for each in tmp_path.iterdir()] == ["takeout-20260101.zip"]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("\n   Padded \n title\n", "Padded title"),
        ("Women &amp;amp; work", "Women & work"),
        ("Workshop &amp;#39;reshape&amp;#39;", "Workshop 'reshape'"),
        ('&lt;b&gt;Bo&lt;/b&gt;ld &lt;span style="x"&gt;words&lt;/span&gt;', "Bold words"),
        ("Two&lt;br /&gt;lines", "Two lines"),
        ("Wages &lt; 5 and &lt;ours&gt;", "Wages < 5 and <ours>"),
        ("", ""),
    ],
)
def test_titles(typed: str, title: str, tmp_path: Path) -> None:
    assert of_takeout(tmp_path, f"<title>{typed}</title>").title == title
    assert of_classic(tmp_path, f"<title type='text'>{typed}</title>").title == title


def test_an_untitled_post_has_no_title(tmp_path: Path) -> None:
    assert of_takeout(tmp_path, "").title == of_classic(tmp_path, "<title/>").title == ""


def test_content_is_html_however_it_is_written(tmp_path: Path) -> None:
    for written in ("<content type='html'> &lt;p&gt;a&lt;br&gt;b&lt;/p&gt; </content>",
                    "<content type='html'><![CDATA[<p>a<br>]]>b<!-- no -->&lt;/p></content>"):  # fmt: skip
        assert of_classic(tmp_path, written).html == "<p>a<br>b</p>"
    assert of_classic(tmp_path, "").html == ""


def test_texts_may_have_pictures_of_many_megabytes_in_them(tmp_path: Path) -> None:
    picture = "A" * 12_000_000
    assert (
        picture in of_takeout(tmp_path, f"<content type='html'>&lt;img src='data:;base64,{picture}'&gt;</content>").html
    )


def test_labels_stand_once_each_and_without_padding(tmp_path: Path) -> None:
    one, two = "<category scheme='x' term=' Nepal '/>", "<category scheme='x' term='Nepal'/>"
    assert of_takeout(tmp_path, f"{one}<category/>{two}<category term='Home&#10;Work'/>").labels == (
        "Nepal",
        "Home",
        "Work",
    )


def test_dates_that_are_none_are_left_out(tmp_path: Path) -> None:
    item = of_takeout(tmp_path, "<published>yesterday</published><updated/>")
    assert item.published is item.updated is None


def test_a_draft_without_a_date_has_that_of_its_making(tmp_path: Path) -> None:
    created = "<published/><blogger:created>2019-06-20T03:45:00.5Z</blogger:created>"
    assert of_takeout(tmp_path, created).published == dt.datetime(2019, 6, 20, 3, 45, 0, 500000, tzinfo=dt.UTC)


@pytest.mark.parametrize("degrees", [("91", "0"), ("", ""), ("here", "there"), ("nan", "1"), ("0", "181")])
def test_places_that_are_none_are_left_out(degrees: tuple[str, str], tmp_path: Path) -> None:
    latitude, longitude = degrees
    own = f"<blogger:latitude>{latitude}</blogger:latitude><blogger:longitude>{longitude}</blogger:longitude>"
    assert of_takeout(tmp_path, f"<blogger:location>{own}</blogger:location>").point is None
    assert of_classic(tmp_path, f"<georss:point>{latitude} {longitude}</georss:point>").point is None


def test_places_have_a_space_or_a_comma_in_them(tmp_path: Path) -> None:
    for degrees in ("27.7 85.3", " 27.7, 85.3 "):
        point = of_classic(tmp_path, f"<georss:point>{degrees}</georss:point>").point
        assert point == Point(latitude=27.7, longitude=85.3)


def test_a_time_without_an_offset_is_the_blogs() -> None:
    assert moment("2019-06-20T09:30:00", KATHMANDU) == post(1).published


def test_hosts_may_be_told_by_whoever_asks(tmp_path: Path) -> None:
    export = open_export(takeout([], Blog("River Unions")).save(tmp_path), hosts=["rivers.example.org"])
    assert export.blog.hosts == ("rivers.example.org",)


# --- the classic format ---


def test_settings_and_templates_are_counted_and_not_imported(tmp_path: Path) -> None:
    skipped = [item for item in read(classic([post(1)]), tmp_path) if isinstance(item, Skipped)]
    assert sorted(each.what for each in skipped) == ["setting", "setting", "setting", "template"]
    assert all(each.reason for each in skipped)


def test_the_kind_is_no_label_however_it_is_padded(tmp_path: Path) -> None:
    scheme, term = "http://schemas.google.com/g/2005#kind ", " http://schemas.google.com/blogger/2008/kind#page "
    path = tmp_path / "blog.xml"
    path.write_text(f"{HEAD}><entry><category term='Nepal'/><category scheme='{scheme}' term='{term}'/></entry></feed>")
    (item,) = open_export(path).items()
    assert isinstance(item, Item)
    assert (item.kind, item.labels) == ("page", ("Nepal",))


def test_a_kind_that_nobody_knows_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "blog.xml"
    kind = "<category scheme='http://schemas.google.com/g/2005#kind' term='x#{}'/>"
    path.write_text(f"{HEAD}><entry>{kind.format('post')}</entry><entry>{kind.format('poll')}</entry><entry/></feed>")
    _, poll, nothing = open_export(path).items()
    assert isinstance(poll, Skipped)
    assert isinstance(nothing, Skipped)
    assert (poll.what, nothing.what) == ("poll", "entry")


def test_what_lies_in_the_future_of_the_export_is_scheduled(tmp_path: Path) -> None:
    later, earlier = MADE + dt.timedelta(minutes=1), MADE - dt.timedelta(minutes=1)
    written = classic([post(1, published=later), post(2, published=earlier), post(3, published=later, state="draft")])
    states = [item.state for item in read(written, tmp_path) if isinstance(item, Item)]
    assert states == ["scheduled", "live", "draft"]


def test_a_draft_is_one_in_both_namespaces_of_its_mark(tmp_path: Path) -> None:
    for uri in ("http://purl.org/atom/app#", "http://www.w3.org/2007/app"):
        assert of_classic(tmp_path, f"<c:control xmlns:c='{uri}'><c:draft> yes </c:draft></c:control>").state == "draft"
        assert of_classic(tmp_path, f"<c:control xmlns:c='{uri}'><c:draft>no</c:draft></c:control>").state == "live"
    assert of_classic(tmp_path, "<app:control><app:draft>yes</app:draft></app:control>").state == "draft"


def test_comments_know_their_post(tmp_path: Path) -> None:
    by_id = f"<thr:in-reply-to ref='{identity(3)}' href='https://x.example/'/>"
    by_feed = "<thr:in-reply-to source='http://www.blogger.com/feeds/4217/posts/default/3' href='https://x.example/'/>"
    for reply in (by_id, by_feed):
        assert of_classic(tmp_path, reply, "comment").parent == identity(3)
    assert of_classic(tmp_path, "", "comment").parent == ""


def test_an_address_is_a_path_and_that_of_a_comment_is_its_posts(tmp_path: Path) -> None:
    link = "<link rel='replies' href='http://x.example/feeds/1/comments/default' type='application/atom+xml'/>{}"
    link = link.format("<link rel='alternate' type='text/html' href='http://x.example/2019/06/a.html?m=1#c2'/>")
    assert of_classic(tmp_path, link).address == "/2019/06/a.html"
    assert of_classic(tmp_path, link, "comment").address == ""


def test_hosts_are_those_of_the_blog_and_of_its_pages(tmp_path: Path) -> None:
    blog = Blog(hosts=("www.rivers.example.org",))
    text = classic([post(1)], blog).files["blog-01-01-2026.xml"].decode()
    path = tmp_path / "blog.xml"
    path.write_text(
        text.replace("https://www.rivers.example.org/2019", "http://river-unions.blogspot.com/2019"), "utf-8"
    )
    assert open_export(path).blog.hosts == ("www.rivers.example.org", "river-unions.blogspot.com")


def test_a_removed_comment_is_trashed(tmp_path: Path) -> None:
    item = Item("comment", identity(4), "trashed", parent=identity(1), html="Removed", published=MADE)
    assert read(classic([item]), tmp_path)[-1] == item


# --- Takeout ---


def test_the_type_is_that_of_the_entry_not_that_of_its_author(tmp_path: Path) -> None:
    author = "<author><name>Maya Example</name><blogger:type>BLOGGER</blogger:type></author>"
    path = tmp_path / "feed.atom"
    path.write_text(f"{HEAD}><entry>{author}<blogger:type>PAGE</blogger:type></entry></feed>")
    (item,) = open_export(path).items()
    assert isinstance(item, Item)
    assert (item.kind, item.authors) == ("page", ("Maya Example",))


@pytest.mark.parametrize(
    ("kind", "status", "state"),
    [
        ("POST", "LIVE", "live"),
        ("POST", " DRAFT ", "draft"),
        ("POST", "SCHEDULED", "scheduled"),
        ("PAGE", "SOFT_TRASHED", "trashed"),
        ("POST", "NEVER_SEEN_BEFORE", "draft"),
        ("COMMENT", "SPAM_COMMENT", "spam"),
        ("COMMENT", "GHOSTED_COMMENT", "spam"),
        ("COMMENT", "PENDING_MODERATION", "pending"),
        ("COMMENT", "NEVER_SEEN_BEFORE", "pending"),
    ],
)
def test_states(kind: str, status: str, state: str, tmp_path: Path) -> None:
    assert of_takeout(tmp_path, "<blogger:trashed/>", kind, status).state == state
    assert (
        of_takeout(tmp_path, "<blogger:trashed>2020-01-01T00:00:00Z</blogger:trashed>", kind, status).state == "trashed"
    )


@pytest.mark.parametrize(
    "head",
    [
        "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:b='http://schemas.google.com/blogger/2018'",
        "<feed xmlns='http://www.w3.org/2005/Atom'",
    ],
)
def test_prefixes_may_be_others_or_undeclared(head: str, tmp_path: Path) -> None:
    prefix = "b" if "xmlns:b" in head else "blogger"
    own = "<{0}:type>POST</{0}:type><{0}:status>LIVE</{0}:status><{0}:filename>/2019/06/a.html</{0}:filename>"
    item = read_entry(tmp_path, own.format(prefix), head)
    assert (item.kind, item.state, item.address) == ("post", "live", "/2019/06/a.html")


def test_a_feed_whose_own_prefix_is_another(tmp_path: Path) -> None:
    text = takeout([post(1)]).files[f"{BLOGS}/feed.atom"].decode()
    for name in ("feed", "entry", "id", "title", "published"):
        text = text.replace(f"<{name}", f"<a:{name}").replace(f"</{name}>", f"</a:{name}>")
    path = tmp_path / "feed.atom"
    path.write_text(text.replace("xmlns=", "xmlns:a="), "utf-8")
    (item,) = open_export(path).items()
    assert isinstance(item, Item)
    assert item.title == post(1).title


def test_dates_are_on_the_blogs_clock_and_so_is_the_month_of_the_address(tmp_path: Path) -> None:
    night = dt.datetime(2019, 7, 1, 2, tzinfo=KATHMANDU)
    item = read(takeout([post(1, published=night, address="/2019/07/night.html")]), tmp_path)[0]
    assert isinstance(item, Item)
    assert item.published
    assert item.published.isoformat() == "2019-07-01T02:00:00+05:45"


@pytest.mark.parametrize(
    ("noted", "hours"),
    [
        ([("2019-06-30T20:15:00+00:00", "/2019/07/a.html")], 3.75),
        ([("2019-06-30T20:15:00+00:00", "/2019/07/a.html"), ("2019-06-30T18:20:00+00:00", "/2019/07/b.html")], 5.75),
        ([("2019-07-01T03:10:00+00:00", "/2019/06/a.html")], -3.25),
        ([("2020-01-01T02:00:00+00:00", "/2019/12/a.html")], -2.25),
        ([("2019-06-15T12:00:00+00:00", "/2019/06/a.html")], 0),
        ([("2011-05-11T19:46:00+00:00", "/2011/10/redated.html")], 0),
        ([("2019-06-30T20:15:00+00:00", "/p/about.html")], 0),
        ([("2019-06-30T20:15:00+00:00", "/2019/13/a.html")], 0),
    ],
)
def test_an_unknown_clock_is_found_by_the_addresses(noted: list[tuple[str, str]], hours: float) -> None:
    clock = Clock()
    for published, address in noted:
        clock.note(dt.datetime.fromisoformat(published), address)
    assert clock.offset().utcoffset(None) == dt.timedelta(hours=hours)


def test_a_takeout_without_settings_is_on_the_clock_of_its_addresses(tmp_path: Path) -> None:
    night = dt.datetime(2019, 7, 1, 2, tzinfo=KATHMANDU)
    draft = post(
        3, state="draft", published=dt.datetime(2019, 8, 1, 12, tzinfo=KATHMANDU), address="/2019/07/never.html"
    )
    written = takeout([draft, post(1, published=night, address="/2019/07/night.html"), post(2)])
    path = tmp_path / "feed.atom"
    path.write_bytes(written.files[f"{BLOGS}/feed.atom"])
    export = open_export(path)
    months = [item.published.month for item in export.items() if isinstance(item, Item) and item.published]
    assert months == [8, 7, 6]
    assert export.blog.zone == ""


def test_a_zone_that_nobody_knows_is_none(tmp_path: Path) -> None:
    rows = b"blog_name,blog_time_zone,blog_locale\r\nRiver Unions,Mars/Olympus,en\r\n"
    export = open_export(takeout([post(1)], more={f"{BLOGS}/settings.csv": rows}).save(tmp_path))
    assert export.blog.zone == ""
    assert [item.published for item in export.items() if isinstance(item, Item)] == [post(1).published]


def test_settings_with_one_in_each_row_are_understood_too(tmp_path: Path) -> None:
    rows = b"blog_time_zone,Asia/Katmandu\r\nblog_subdomain,https://www.rivers.example.org\r\nblog_locale,pt_BR\r\n"
    export = open_export(takeout([post(1)], more={f"{BLOGS}/settings.csv": rows}).save(tmp_path))
    assert export.blog == Blog("River Unions", ("www.rivers.example.org",), "Asia/Katmandu", "pt-BR")


@pytest.mark.parametrize("handed", ["", "Takeout", "Takeout/Blogger", BLOGS, f"{BLOGS}/feed.atom"])
def test_any_folder_above_the_feed_may_be_handed_in(handed: str, tmp_path: Path) -> None:
    written = takeout([post(1)], more={f"{ALBUMS}/River Unions/loom.jpg": b"loom"})
    written.save(tmp_path)
    export = open_export(tmp_path / handed)
    assert list(export.items()) == [post(1)]
    assert export.copy("https://1.bp.blogspot.com/-a/b/s320/loom.jpg")


def two_blogs() -> dict[str, bytes]:
    return {**takeout([post(1)]).files, **takeout([post(2)], Blog("Mekong Notes")).files}


def test_of_several_blogs_one_is_chosen(tmp_path: Path) -> None:
    Written(two_blogs()).save(tmp_path)
    (tmp_path / "takeout.zip").write_bytes(packed(two_blogs()))
    for whole in (tmp_path / "Takeout", tmp_path / "takeout.zip"):
        message = refused(whole)
        assert "2 blogs: Mekong Notes, River Unions" in message
        hint = message.rpartition("Choose one: ")[2]
        (item,) = open_export(Path(hint)).items()
        assert isinstance(item, Item)
        assert item.id == identity(2)


def test_pictures_of_other_things_are_not_the_blogs(tmp_path: Path) -> None:
    takeout([post(1)], more={"Holidays/loom.jpg": b"a beach"}).save(tmp_path)
    address = "https://1.bp.blogspot.com/-a/b/s320/loom.jpg"
    assert open_export(tmp_path).copy(address) is None
    (tmp_path / BLOGS / "loom.jpg").write_bytes(b"loom")
    assert open_export(tmp_path).copy(address)


def test_of_several_classic_exports_one_is_chosen(tmp_path: Path) -> None:
    content = classic([post(1)]).files["blog-01-01-2026.xml"]
    path = tmp_path / "both.zip"
    path.write_bytes(packed({"blog-01-01-2026.xml": content, "blog-02-01-2026.xml": content}))
    assert "2 blogs: blog-01-01-2026.xml, blog-02-01-2026.xml" in refused(path)
    assert post(1) in open_export(path / "blog-02-01-2026.xml").items()


@pytest.mark.parametrize("folder", ["Comments", "Kommentare"])
def test_comments_on_other_blogs_are_never_ours(folder: str, tmp_path: Path) -> None:
    theirs = takeout([post(9)]).files[f"{BLOGS}/feed.atom"]
    written = takeout([post(1)], more={f"Takeout/Blogger/{folder}/Other People/feed.atom": theirs})
    assert read(written, tmp_path) == [post(1)]


def test_comments_on_other_blogs_are_known_by_their_folder_where_settings_are_missing(tmp_path: Path) -> None:
    ours, theirs = (takeout([post(number)]).files[f"{BLOGS}/feed.atom"] for number in (1, 9))
    files = {f"{BLOGS}/feed.atom": ours, "Takeout/Blogger/Comments/Other People/feed.atom": theirs}
    assert read(Written(files), tmp_path) == [post(1)]


def test_folders_may_have_names_in_another_language(tmp_path: Path) -> None:
    files = {name.replace("/Blogs/", "/Blogues/"): content for name, content in takeout([post(1)]).files.items()}
    assert read(Written(files), tmp_path) == [post(1)]


# --- pictures ---

PICTURES = {
    f"{ALBUMS}/River Unions/loom.jpg": b"loom",
    f"{ALBUMS}/River Unions/loom.jpg.json": json.dumps({"url": "https://lh3.ggpht.com/-q/AB/s1600/first.jpg"}).encode(),
    f"{ALBUMS}/River Unions/loom(1).jpg": b"a larger loom",
    f"{ALBUMS}/River Unions/loom(1).json": json.dumps(
        {"url": "https://lh3.ggpht.com/-q/AB/w400-h300/first.jpg"}
    ).encode(),
    f"{ALBUMS}/River Unions/Tea _ dye.png": b"dye",
    f"{ALBUMS}/River Unions/._Tea _ dye.png": b"what a Mac writes beside it",
    f"{ALBUMS}/River Unions/broken.jpg": b"broken",
    f"{ALBUMS}/River Unions/broken.jpg.json": b"[{",
    f"{ALBUMS}/River Unions/shared.jpg": b"ours",
    f"{ALBUMS}/Mekong Notes/shared.jpg": b"theirs, and larger",
    f"{ALBUMS}/Mekong Notes/lonely.jpg": b"lonely",
    f"{ALBUMS}/Mekong Notes/twin.jpg": b"one",
    f"{ALBUMS}/Sangam/twin.jpg": b"another",
}


@pytest.mark.parametrize(
    ("address", "content"),
    [
        ("https://1.bp.blogspot.com/-q/AB/s320/first.jpg", b"a larger loom"),
        ("http://lh5.ggpht.com/-q/AB/first.jpg?x=1", b"a larger loom"),
        ("https://blogger.googleusercontent.com/img/b/R2/AVv/w457-h483/Tea%2B%252526%2Bdye.png", b"dye"),
        ("https://4.bp.blogspot.com/-z/YY/s72-c/broken.jpg", b"broken"),
        ("https://4.bp.blogspot.com/-z/YY/s1600/shared.jpg", b"ours"),
        ("https://4.bp.blogspot.com/-z/YY/s1600-h/lonely.jpg", b"lonely"),
        ("https://4.bp.blogspot.com/-z/YY/s1600/twin.jpg", None),  # which of two?
        ("https://4.bp.blogspot.com/-z/YY/s1600/loom.jpg", None),
        ("https://blogger.googleusercontent.com/img/a/AVvXsE=w457-h483", None),
        ("data:image/png;base64,AAAA", None),
        ("http://[broken/x.jpg", None),
        ("", None),
    ],
)
def test_pictures_are_found_at_every_size(address: str, content: bytes | None, tmp_path: Path) -> None:
    export = open_export(takeout([post(1)], more=PICTURES).save(tmp_path))
    copy = export.copy(address)
    assert (copy.content if copy else None) == content


def test_sizes_stand_at_two_places() -> None:
    path = "/img/a/AVvXsE"
    for size in ("=s320", "=w457-h483", "=s1600-rw", ""):
        assert without_size(f"https://blogger.googleusercontent.com{path}{size}") == path
    for size in ("s320/", "w400-h300/", "s72-c/", "s1600-h/", "s0/", ""):
        assert without_size(f"http://2.bp.blogspot.com/-q/AB/{size}hats.jpg") == "/-q/AB/hats.jpg"


def test_a_classic_export_holds_no_pictures(tmp_path: Path) -> None:
    assert open_export(classic([post(1)]).save(tmp_path)).copy("https://1.bp.blogspot.com/s1600/a.jpg") is None


# --- what is refused ---

XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
BOMB = f'{XML}<!DOCTYPE feed [<!ENTITY l0 "ha">{LAUGHS}]>'
ENTRY = "<entry><blogger:type>POST</blogger:type></entry>\n"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \n", "is empty"),
        (b"PNG \x89 nothing", "no XML at all"),
        (b"\x1f\x8b\x08\x00" * 9, "packed as .tgz"),
        (b"<!DOCTYPE html>\n<html lang=en><p>Sign in<br></html>", "an HTML page"),
        (b"<html xmlns='http://www.w3.org/1999/xhtml'><head/></html>", "an HTML page or the theme of a blog"),
        (b"<rss xmlns:wp='http://wordpress.org/export/1.2/'><channel/></rss>", "chautari import wordpress "),
        (b"<rss version='2.0'><channel/></rss>", "chautari import feed "),
        (f"{HEAD}><entry><id>1</id></entry></feed>".encode(), "chautari import feed "),
        (f"{HEAD}><id>urn:x</id></feed>".encode(), "chautari import feed "),
        (b"<opml/>", "XML of another kind (<opml>)"),
        (f"{BOMB}<feed title='&l11;'/>".encode(), "definitions of its own"),
        (f"{BOMB}{HEAD}><title>&l11;</title></feed>".encode(), "definitions of its own"),
        (f"{XML}<!DOCTYPE feed [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>{HEAD}>&x;</feed>".encode(), "definitions of"),
        (f"{XML}<!DOCTYPE feed SYSTEM 'http://127.0.0.1:9/x.dtd'>{HEAD}></feed>".encode(), "definitions of its own"),
        (f"{HEAD}>\n{ENTRY}<title>&nbsp;</title>{ENTRY}</feed>".encode(), ":3: is not sound XML"),
        (f"{HEAD}>\n{ENTRY}<title>caf\xe9 x</title></feed>".encode("latin-1"), ":3: is not written in the encoding"),
        (f"{HEAD}>\n{ENTRY}<<<<<<< HEAD\n{ENTRY}=======\n>>>>>>> x\n</feed>".encode(), ":3: holds the marks of a conflict"),
        (f"{HEAD}>\n{ENTRY}".encode(), "ends too early"),
        (f"{HEAD}>\n<b:c/>{ENTRY}".encode(), "ends too early"),
        (f"{HEAD}>\n{ENTRY}<entry><title>Half a wo".encode(), "ends too early"),
        (f"{HEAD}".encode(), "ends too early"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_sound_export(content: bytes, told: str, tmp_path: Path) -> None:
    path = tmp_path / "blog.xml"
    path.write_bytes(content)
    assert told in refused(path)


def test_every_cut_is_noticed(tmp_path: Path) -> None:
    whole = takeout([post(1), post(2)]).files[f"{BLOGS}/feed.atom"]
    path = tmp_path / "feed.atom"
    for end in range(1, len(whole), 97):
        path.write_bytes(whole[:end])
        assert "ends too early" in refused(path)


def zipped(folder: Path, name: str, content: bytes = b"x" * 10, mode: int = 0o100644, flags: int = 0) -> Path:
    """A Takeout as a ZIP with one more file in it."""
    path = folder / "takeout.zip"
    path.write_bytes(packed(takeout([post(1)]).files))
    with ZipFile(path, "a", ZIP_DEFLATED) as archive:
        info = ZipInfo(name)
        info.external_attr, info.compress_type = mode << 16, ZIP_DEFLATED
        archive.writestr(info, content)
        archive.getinfo(name).flag_bits |= flags
    return path


@pytest.mark.parametrize("name", ["../out.xml", "a/../../out.xml", "/etc/out.xml", "C:/out.xml", "a\\..\\out.xml"])
def test_names_that_climb_out_of_a_zip(name: str, tmp_path: Path) -> None:
    assert "climb out" in refused(zipped(tmp_path, name))


def test_a_link_in_a_zip(tmp_path: Path) -> None:
    assert "a link instead of a file: 'Takeout/link'" in refused(
        zipped(tmp_path, "Takeout/link", b"/etc/passwd", 0o120777)
    )


def test_a_locked_zip(tmp_path: Path) -> None:
    assert "password" in refused(zipped(tmp_path, "Takeout/secret", flags=0x1))


def test_a_zip_that_unfolds_to_much_more(tmp_path: Path) -> None:
    assert f"more than {RATIO} times" in refused(zipped(tmp_path, "Takeout/zeros", b"\0" * 4_000_000))


def test_a_file_that_is_too_large_for_an_export(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = zipped(tmp_path, "Takeout/noise", shake_256(b"noise").digest(3_000_000))
    monkeypatch.setattr(unpacking, "LARGEST", 2_000_000)
    assert "of one file are taken" in refused(path)
    monkeypatch.setattr(unpacking, "LARGEST", 9_000_000)
    monkeypatch.setattr(unpacking, "WHOLE", 2_000_000)
    assert "at most 0.0 GB are taken" in refused(path)


def test_damaged_zips(tmp_path: Path) -> None:
    path = tmp_path / "takeout.zip"
    whole = packed(takeout([post(number) for number in range(50)]).files)
    for end in (4, 40, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:end])
        assert "damaged" in refused(path)
    middle = bytearray(whole)
    middle[whole.index(b"feed.atom") + 200] ^= 0xFF
    path.write_bytes(middle)
    assert "damaged" in refused(path)


def test_archives_within_archives(tmp_path: Path) -> None:
    inner = packed(takeout([post(1)]).files)
    path = tmp_path / "all.zip"
    for files in ({"Takeout/part.zip": inner}, {"Takeout/part.zip": inner, "Takeout/index.html": b"<p>"}):
        path.write_bytes(packed(files))
        assert "must be unpacked first: Takeout/part.zip" in refused(path)


def test_folders_that_hold_no_blog(tmp_path: Path) -> None:
    assert "is empty" in refused(tmp_path)
    Written({"Photos/a.jpg": b"a", "Photos/b.jpg": b"b"}).save(tmp_path)
    assert "holds no feed.atom" in refused(tmp_path)
    assert "is not there" in refused(tmp_path / "Takeout")
    path = zipped(tmp_path, "a")
    assert "is not there" in refused(path / "Blogger/Blogs/Nobody")


def test_links_in_a_folder_lead_nowhere(tmp_path: Path) -> None:
    elsewhere = takeout([post(1)]).save(tmp_path / "elsewhere")
    handed = Written({"Takeout/notes.txt": b"one", "Takeout/Blogger/more.txt": b"two"}).save(tmp_path / "handed")
    (handed / "Blogger" / "feed.atom").symlink_to(next(elsewhere.rglob("feed.atom")))
    assert "holds no feed.atom" in refused(handed)


def test_settings_that_are_no_table(tmp_path: Path) -> None:
    written = takeout([post(1)], more={f"{BLOGS}/settings.csv": b"blog_name\n\xff\xfe"})
    assert "cannot be read as a table" in refused(written.save(tmp_path))


# --- what it costs ---


def write_large(path: Path, entries: int, paragraph: str = "The weavers of ward {} asked for a wage. ") -> int:
    """An export of a size, written little by little; how many bytes it has."""
    words = [paragraph.format(number) for number in range(260)]
    with path.open("w", encoding="utf-8") as file:
        file.write(f"{HEAD}>\n<id>{ID}</id><title>River Unions</title>\n")
        for number in range(entries):
            text = "".join(words[(number + step) % len(words)] for step in range(250))
            file.write(f"<entry><id>{identity(number)}</id><blogger:type>POST</blogger:type>"
                       f"<blogger:status>LIVE</blogger:status><title>Report {number}</title>"
                       f"<published>2019-06-20T03:45:00Z</published><category scheme='{ID}' term='Nepal'/>"
                       f"<content type='html'>&lt;p&gt;{text}&lt;/p&gt;</content><g:undeclared/></entry>\n")  # fmt: skip
        file.write("</feed>")
    return path.stat().st_size


def test_memory_stays_flat(tmp_path: Path) -> None:
    path = tmp_path / "feed.atom"
    assert write_large(path, 3_000) > 30_000_000
    tracemalloc.start()
    try:
        assert sum(1 for _ in open_export(path).items()) == 3_000
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


MEASURED = """
import resource, sys
from pathlib import Path
from chautari.importers.blogger import open_export
assert sum(1 for _ in open_export(Path(sys.argv[1])).items()) == int(sys.argv[2])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def peak(path: Path, entries: int) -> int:
    """The most kilobytes that a process of its own has while it reads an export: lxml's trees are not Python's."""
    command = [sys.executable, "-c", MEASURED, str(path), str(entries)]
    return int(subprocess.run(command, check=True, capture_output=True, env={"PYTHONPATH": "hooks"}).stdout)


def test_the_trees_of_a_large_export_are_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "feed.atom"
    write_large(path, 30)
    small = peak(path, 30)
    write_large(path, 3_000)
    assert peak(path, 3_000) - small < 15_000


@pytest.mark.slow
def test_half_a_gigabyte_is_read_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "feed.atom"
    assert write_large(path, 50_000) > 500_000_000
    assert peak(path, 50_000) < 300_000
