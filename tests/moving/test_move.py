"""Moving in: everything live is there again, at its old address, and what editors do afterwards stays."""

import datetime as dt
import errno
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml.html import document_fromstring, fragment_fromstring
from markdown import Markdown

from chautari.content import collections
from chautari.forwarding import labels
from chautari.judging import judge
from chautari.library import Library
from chautari.loading import load
from chautari.moving import move, soundness, staging
from chautari.moving.items import Blog, Item, Skipped
from chautari.moving.labels import read_labels
from chautari.moving.page import write_page
from chautari.moving.prose import Prose, to_markdown
from chautari.moving.report import Report, as_json
from chautari.outputs import redirects
from chautari.problems import ContentError, Problem
from chautari.reading import Reading
from chautari.source import read_source
from tests.build import bytes_of
from tests.hub import NO_TEXTS, make_hub, make_site, partner, post
from tests.moving.exports import BLOG, HOST, KATHMANDU, Export, item, move_in


@pytest.fixture
def hub(tmp_path: Path) -> Path:
    return make_hub(
        tmp_path / "hub", {"content/partners/gefont.md": partner("acronym: GEFONT", name="General Federation")}
    )


def library_of(root: Path) -> Library:
    return load(root, collections(), make_site())


def file_of(root: Path, slug: str) -> Path:
    return next((root / "content").glob(f"p*/**/{slug}.md"))


def body(root: Path, slug: str) -> str:
    return read_source(file_of(root, slug), "x").body.strip()


# --- what comes along ---


def test_posts_and_pages_stand_at_their_old_addresses(hub: Path) -> None:
    odd = item(number=3, slug="What_is.Decent-Work_")
    things = [item(), item("page", 2), odd]
    move_in(hub, Export(things))
    addresses = {f"/{entry.url}" for entry in library_of(hub).published}
    assert addresses >= {thing.address for thing in things}
    assert (hub / "content/urls.txt").read_text("utf-8").splitlines() == sorted(thing.address for thing in things)


def test_drafts_stay_drafts_and_scheduled_posts_wait(hub: Path) -> None:
    future = dt.datetime(2030, 1, 1, tzinfo=KATHMANDU)
    move_in(hub, Export([item(state="draft"), item(number=2, state="scheduled", published=future, address="")]))
    library = library_of(hub)
    assert [entry.collection for entry in library.published] == ["partners"]
    assert sorted(entry.title for entry in library.entries) == ["General Federation", "Text 1", "Text 2"]
    assert not (hub / "content/urls.txt").exists()


def test_the_month_of_an_address_is_that_of_the_blogs_own_clock(hub: Path) -> None:
    late = dt.datetime(2019, 6, 30, 20, tzinfo=dt.UTC)
    move_in(hub, Export([item(published=late, address="/2019/07/late.html", slug="late")]))
    (entry,) = (entry for entry in library_of(hub).entries if entry.collection == "posts")
    assert (entry.url, entry.aliases, entry.date) == ("2019/07/late.html", (), late)


def test_an_address_that_the_hub_cannot_have_leads_to_the_new_one(hub: Path) -> None:
    moved = item(address="/2018/01/moved.html")
    report = move_in(hub, Export([moved]))
    (entry,) = (entry for entry in library_of(hub).entries if entry.collection == "posts")
    assert (entry.url, entry.former_addresses) == ("2019/06/moved.html", ("/2018/01/moved.html",))
    assert [note.about for note in report.lines[0].notes] == ["address"]
    before = bytes_of(hub)
    move_in(hub, Export([moved]))
    assert bytes_of(hub) == before


def test_two_entries_never_get_one_address(hub: Path) -> None:
    report = move_in(hub, Export([item(), item(number=2, slug="text-1"), item(number=3, slug="text-1")]))
    assert len({line.after for line in report.lines}) == 3
    library_of(hub)


def test_a_title_is_made_of_the_first_words(hub: Path) -> None:
    report = move_in(hub, Export([item(title="", html="<p>We are one network of many people in Asia today</p>")]))
    assert report.lines[0].title == "We are one network of many people in…"
    assert [note.about for note in report.lines[0].notes] == ["title"]


@pytest.mark.parametrize(
    "title",
    ["Yes: a colon", "# a comment", "2019", "null", "'quoted", '"double"', "- a list", "किताब\u200d", "😀 all",
     "a #b", "{x: 1}", "%", "@you", "&me", "*all", "| pipe", "a\u2028b", "a\x07b", "!bang", "trailing: ", "[x] (y)"],
)  # fmt: skip
def test_any_title_reads_back_the_same(hub: Path, title: str) -> None:
    move_in(hub, Export([item(title=title, summary=title, authors=(title, "Ann"), labels=(title,))]))
    (entry,) = (entry for entry in library_of(hub).entries if entry.collection == "posts")
    wanted = " ".join(title.split()).replace("\x07", "")
    assert (entry.title, entry.summary) == (wanted, wanted)
    assert [author.name for author in entry.authors] == [wanted, "Ann"]


@pytest.mark.parametrize("title", ["See [this](x.html)", "Look <a href='x.html'>here</a> & there", "<img src=x.png>"])
def test_a_title_is_no_place_for_links(hub: Path, title: str) -> None:
    report = move_in(hub, Export([item(title=title)]))
    assert "<" not in report.lines[0].title
    library_of(hub)


def test_feed_readers_know_the_entries_again(hub: Path) -> None:
    move_in(hub, Export([item()]))
    (entry,) = (entry for entry in library_of(hub).entries if entry.collection == "posts")
    assert entry.source_id == item().id


def test_comments_are_kept_beside_the_entry(hub: Path) -> None:
    said = [
        item("comment", 10 + n, parent=item().id, html=f"Word <b>{n}</b><br>and more", authors=("Ann",)) for n in (2, 1)
    ]
    strange = item("comment", 20, parent="tag:elsewhere")
    report = move_in(hub, Export([*said, item(), strange, item("comment", 21, state="spam", parent=item().id)]))
    kept = json.loads((hub / "content/posts/2019/text-1.comments.json").read_text("utf-8"))
    assert [(comment["author"], comment["text"]) for comment in kept] == [
        ("Ann", "Word 1\nand more"),
        ("Ann", "Word 2\nand more"),
    ]
    assert (report.comments, report.skipped.total(), report.adds_up) == (2, 2, True)


def test_the_counts_add_up(hub: Path) -> None:
    things: list[Item | Skipped] = [
        item(),
        item(number=2, state="trashed"),
        item("page", 3, state="draft"),
        Skipped("template", "a template"),
    ]
    report = move_in(hub, Export(things))
    assert report.adds_up
    assert report.read == {"post, live": 1, "post, trashed": 1, "page, draft": 1, "template": 1}
    assert report.skipped == {"post was in the trash": 1, "a template": 1}


# --- labels ---


def test_labels_find_their_vocabulary_or_become_topics(hub: Path) -> None:
    labels = ("nepal", "Decent Work", "WOMEN", "GEFONT", "Something else", "C++", "C#")
    report = move_in(hub, Export([item(labels=labels)]))
    (entry,) = (entry for entry in library_of(hub).entries if entry.collection == "posts")
    assert [term.key for term in entry.labels] == ["nepal", "decent-work", "women", "something-else", "c-2", "c"]
    assert [reference.text for reference in entry.partners] == ["gefont"]
    assert {line.label for line in report.labels if line.unmapped} == {"Something else", "C++", "C#"}


def test_any_label_becomes_a_topic_of_its_own(hub: Path) -> None:
    labels = ("c", "C#", "C 2", "c++", "[x](y)", "#", "null", "a, b", "শ্রম", " ", "x\x01", "Yes: no", "'", "Label")
    report = move_in(hub, Export([item(labels=labels)]))
    topics = library_of(hub).vocabularies["topics"]
    assert len(topics.terms) == len([label for label in labels if label.strip()])
    assert all(len(topics.find(term.name())) == 1 for term in topics)
    assert move_in(hub, Export([item(labels=labels)])).outcomes == {"same": 1}
    assert report.adds_up


def test_an_unmapped_label_comes_with_the_nearest_term(hub: Path) -> None:
    move_in(hub, Export([item(labels=("Minimum wages",))]))
    report = move_in(hub, Export([item(labels=("Minimum wages",))]))  # also when it is a topic already
    assert [(line.label, line.suggestion) for line in report.labels] == [("Minimum wages", "Minimum wage")]


def test_a_table_says_what_labels_mean(hub: Path, tmp_path: Path) -> None:
    table = tmp_path / "labels.yml"
    table.write_text("Old Word: {themes: Decent work, topics: New word}\nMisc: drop\n", "utf-8")
    labels = read_labels(table, library_of(hub))
    move_in(hub, Export([item(labels=("old-word", "Misc"))]), labels=labels)
    (entry,) = (entry for entry in library_of(hub).entries if entry.collection == "posts")
    assert [term.name() for term in entry.labels] == ["Decent work", "New word"]


def test_an_old_label_becomes_a_name_of_what_it_means(hub: Path, tmp_path: Path) -> None:
    table = tmp_path / "labels.yml"
    table.write_text(
        "Old Word: {themes: Decent work}\nLand of hills: {countries: Nepal}\nA: {topics: B}\nIn Nepal: {partners: gefont}\n",
        "utf-8",
    )
    words = ("Old Word", "Land of hills", "A", "In Nepal")
    export = Export([item(labels=words), item(number=2, labels=("old-word",))])
    move_in(hub, export, labels=read_labels(table, library_of(hub)))
    goals = labels(library_of(hub), make_site())
    assert [goals[word].url for word in words] == [
        "themes/decent-work/",
        "countries/nepal/",
        "topics/b/",
        "partners/gefont/",
    ]
    before = bytes_of(hub / "content")
    move_in(hub, export, labels=read_labels(table, library_of(hub)))
    assert bytes_of(hub / "content") == before


@pytest.mark.parametrize(
    ("label", "given", "goal"),
    [
        ("GEFONT", "", "partners/gefont/"),
        ("Union", "{partners: gefont}", "partners/gefont/"),
        ("Misc", "drop", "themes/"),
    ],
)
def test_the_old_page_of_any_label_leads_on(hub: Path, tmp_path: Path, label: str, given: str, goal: str) -> None:
    table = tmp_path / "labels.yml"
    table.write_text(f"{label}: {given}\n" if given else "", "utf-8")
    move_in(hub, Export([item(labels=(label,))]), labels=read_labels(table, library_of(hub)))
    made = redirects.artifacts(library_of(hub), make_site(), NO_TEXTS)
    (page,) = (each for each in made if each.url == f"search/label/{label}/index.html")
    assert document_fromstring(page.content()).xpath("//a/@href") == [f"../../../{goal}"]


def test_mistakes_in_the_table_are_told_with_their_lines(hub: Path, tmp_path: Path) -> None:
    table = tmp_path / "labels.yml"
    table.write_text("a: {themes: Decent wrk}\nb: {theme: x}\nc: rubbish\nA: drop\n", "utf-8")
    with pytest.raises(ContentError) as caught:
        read_labels(table, library_of(hub))
    assert [(problem.line, problem.field) for problem in caught.value.problems] == [
        (1, "a"),
        (2, "b"),
        (3, "c"),
        (4, "A"),
    ]
    assert "Decent work?" in caught.value.problems[0].hint


# --- links ---


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f"http://{HOST}/2019/06/text-2.html", "text-2.md"),
        (f"https://www.{HOST}/2019/06/text-2.html?m=1", "text-2.md"),
        ("http://oldblog.blogspot.co.uk/2019/06/text-2.html#more", "text-2.md"),
        ("/2019/06/text-2.html", "text-2.md"),
        ("//oldblog.blogspot.in/p/text-3.html", "../../pages/text-3.md"),
        (f"http://{HOST}/search/label/Nepal?max-results=5", "/countries/nepal/"),
        (f"http://{HOST}/search/label/New%20thing", "/topics/new-thing/"),
        (f"http://{HOST}/search?q=wages+now", "/search/?q=wages%20now"),
        (f"http://{HOST}/feeds/posts/default?alt=rss", "/feed.xml"),
        (f"http://{HOST}/feeds/posts/default/-/Nepal", "/countries/nepal/feed.xml"),
        (f"http://{HOST}/2019/06/", "/2019/06/"),
        (f"http://{HOST}/2019_06_01_archive.html", "/2019/06/"),
        (f"http://{HOST}/", "/"),
        ("http://another.blogspot.com/2019/06/text-2.html", "http://another.blogspot.com/2019/06/text-2.html"),
        ("https://example.org/a(b)?x=1&y=2#z", "https://example.org/a%28b%29?x=1&y=2#z"),
        ("www.example.org/x", "https://www.example.org/x"),
        ("office@example.org", "mailto:office@example.org"),
        (f"http://{HOST}/2011/01/gone.html", f"http://{HOST}/2011/01/gone.html"),
    ],
)
def test_links_lead_to_where_things_are_now(hub: Path, old: str, new: str) -> None:
    things: list[Item | Skipped] = [
        item(html=f'<p><a href="{old}">there</a></p>', labels=("Nepal", "New thing")),
        item(number=2),
        item("page", 3),
    ]
    move_in(hub, Export(things))
    assert body(hub, "text-1") == f"[there]({new})"


@pytest.mark.parametrize("old", ["file:///C:/x.doc", "http://[oops", "/2011/01/gone.html"])
def test_links_that_lead_nowhere_leave_their_words(hub: Path, old: str) -> None:
    report = move_in(hub, Export([item(html=f'<p>Go <a href="{old}">there</a>.</p>')], blog=Blog()))
    assert body(hub, "text-1") == "Go there."
    assert {note.about for note in report.lines[0].notes} <= {"link", "markup"}
    assert report.doubtful


def test_what_is_not_published_is_not_linked(hub: Path) -> None:
    draft = item(number=2, state="draft")
    report = move_in(hub, Export([item(html=f'<a href="{draft.address}">there</a>'), draft]))
    assert body(hub, "text-1") == f"[there](https://{HOST}{draft.address})"
    assert [note.about for note in report.lines[0].notes] == ["link"]


def test_an_export_without_a_host_knows_its_own_addresses(hub: Path) -> None:
    things = [item(html='<a href="http://any.blogspot.com/2019/06/text-2.html">there</a>'), item(number=2)]
    move_in(hub, Export(things, blog=Blog()))
    assert body(hub, "text-1") == "[there](text-2.md)"


# --- again, and after editors ---


def times(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in (folder, *folder.rglob("*"))}


def test_a_second_import_changes_nothing(hub: Path) -> None:
    things: list[Item | Skipped] = [
        item(labels=("Nepal", "Strange")),
        item("page", 2),
        item("comment", 3, parent=item().id),
        item(number=4, id="x"),
    ]
    move_in(hub, Export(things))
    before, inode = times(hub / "content"), (hub / "content").stat().st_ino
    report = move_in(hub, Export(things))
    assert report.outcomes == {"same": 3}
    assert (times(hub / "content"), (hub / "content").stat().st_ino) == (before, inode)
    assert sorted(path.name for path in hub.iterdir()) == ["content", "mkdocs.yml"]


def test_the_same_export_makes_the_same_bytes(tmp_path: Path) -> None:
    things = [item(number=number, labels=(f"Label {number}", "Nepal")) for number in range(5)]
    made = []
    for name, order in (("one", things), ("two", things)):
        root = make_hub(tmp_path / name, {"content/posts/x.md": post()})
        move_in(root, Export(order))
        made.append(bytes_of(root))
    assert made[0] == made[1]


def test_a_later_export_renews_what_nobody_has_touched(hub: Path) -> None:
    move_in(hub, Export([item(), item(number=2)]))
    report = move_in(hub, Export([item(html="<p>New words.</p>"), item(number=2), item(number=3)]))
    assert [line.outcome for line in report.lines] == ["renewed", "same", "new"]
    assert body(hub, "text-1") == "New words."


def test_what_an_editor_changed_is_never_overwritten(hub: Path) -> None:
    move_in(hub, Export([item()]))
    path = file_of(hub, "text-1")
    path.write_text(path.read_text("utf-8").replace("These are", "Those were"), "utf-8")
    assert move_in(hub, Export([item()])).lines[0].outcome == "edited"
    report = move_in(hub, Export([item(html="<p>New words.</p>")]))
    assert "Those were the words" in path.read_text("utf-8")
    assert report.lines[0].outcome == "conflict"
    (difference,) = report.differences
    assert "+Those were the words of number 1." in difference.by_editor
    assert "+New words." in difference.by_import
    assert "-These are the words of number 1." in difference.by_editor


def test_what_an_editor_deleted_stays_deleted(hub: Path) -> None:
    move_in(hub, Export([item(), item(number=2)]))
    file_of(hub, "text-1").unlink()
    (hub / "content/urls.txt").write_text("/2019/06/text-2.html\n", "utf-8")
    report = move_in(hub, Export([item(), item(number=2)]))
    assert [line.outcome for line in report.lines] == ["deleted", "same"]
    assert report.doubtful == []
    assert "https://hub.example.org/sub/2019/06/text-1.html" not in page_of(report)
    assert "https://hub.example.org/sub/2019/06/text-2.html" in page_of(report)
    assert not list((hub / "content/posts").rglob("text-1.md"))
    assert (hub / "content/urls.txt").read_text("utf-8") == "/2019/06/text-2.html\n"


def test_what_an_editor_moved_stays_where_it_is(hub: Path) -> None:
    move_in(hub, Export([item()]))
    goal = hub / "content/posts/2019/better-name.md"
    file_of(hub, "text-1").rename(goal)
    report = move_in(hub, Export([item(), item(number=2, html='<a href="/2019/06/text-1.html">x</a>')]))
    assert [line.outcome for line in report.lines] == ["kept", "new"]
    assert report.doubtful == []
    assert body(hub, "text-2") == "[x](better-name.md)"


def test_the_report_leads_to_where_an_editor_has_put_an_entry(hub: Path) -> None:
    move_in(hub, Export([item()]))
    path = file_of(hub, "text-1")
    path.write_text(path.read_text("utf-8").replace("source_id", "slug: better\nsource_id"), "utf-8")
    for words in ("These are the words of number 1.", "New words."):
        (line,) = move_in(hub, Export([item(html=f"<p>{words}</p>")])).lines
        assert (line.before, line.after) == ("/2019/06/text-1.html", "2019/06/better.html")


def test_an_entry_that_was_there_before_is_left_alone(hub: Path) -> None:
    own = hub / "content/posts/2019/text-1.md"
    own.parent.mkdir(parents=True)
    own.write_text(post(body="Our own words.\n"), "utf-8")
    report = move_in(hub, Export([item()]))
    assert report.lines[0].outcome == "kept"
    assert "Our own words." in own.read_text("utf-8")


def test_what_editors_wrote_into_the_topics_stays(hub: Path) -> None:
    move_in(hub, Export([item(labels=("One",))]))
    topics = hub / "content/vocabularies/topics.yml"
    topics.write_text(topics.read_text("utf-8") + "# our remark\n", "utf-8")
    move_in(hub, Export([item(labels=("One", "Two"))]))
    text = topics.read_text("utf-8")
    assert "# our remark" in text
    assert list(library_of(hub).vocabularies["topics"].terms) == ["one", "two"]


# --- nothing half done ---


def test_a_dry_run_changes_nothing(hub: Path) -> None:
    before = times(hub / "content")
    told = move_in(hub, Export([item()]), dry_run=True)
    assert told.lines[0].outcome == "new"
    assert times(hub / "content") == before


CRASH = """
import os, sys
from pathlib import Path
from tests.moving.exports import Export, item, move_in
root, number = Path(sys.argv[1]), int(sys.argv[2])
count = 0
def die(event, details):
    global count
    writes = event == "open" and isinstance(details[1], str) and set(details[1]) & set("wax+")
    if writes or event in ("os.rename", "os.link", "os.mkdir", "os.remove", "os.rmdir", "ctypes.dlsym"):
        count += 1
        if count == number:
            os._exit(9)
things = [item(), item(number=2, html="<p>New words.</p>"), item("page", 3, labels=("Odd",))]
sys.addaudithook(die)
move_in(root, Export(things))
"""


@pytest.mark.parametrize("step", [7, pytest.param(1, marks=pytest.mark.slow)])
def test_a_crash_leaves_the_content_as_before_or_complete(tmp_path: Path, step: int) -> None:
    def begin(name: str) -> Path:
        root = make_hub(tmp_path / name, {})
        move_in(root, Export([item(), item(number=2)]))
        return root

    def state(root: Path) -> dict[str, bytes]:
        return bytes_of(root / "content")

    before = state(begin("before"))
    number, seen = 1, set()
    after: dict[str, bytes] = {}
    while True:
        root = begin(f"hub-{number}")
        paths = f"{Path(__file__).parents[2] / 'hooks'}{os.pathsep}{Path(__file__).parents[2]}"
        done = subprocess.run([sys.executable, "-c", CRASH, root, str(number)], env={"PYTHONPATH": paths}, check=False)
        found = state(root)
        after = after or (found if found != before else {})
        assert found in (before, after), f"write {number}"
        seen.add(found == before)
        if done.returncode == 0:
            break
        assert done.returncode == 9
        number += step
    assert seen == {True, False}
    assert any(b"New words." in content for content in after.values())
    move_in(begin("again"), Export([item()]))


def test_a_system_that_cannot_exchange_folders_renames_them(hub: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "_exchanged", lambda one, other: False)
    move_in(hub, Export([item()]))
    library_of(hub)
    assert sorted(path.name for path in hub.iterdir()) == ["content", "mkdocs.yml"]


def test_a_crash_between_two_renames_is_mended(hub: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, real = bytes_of(hub), Path.rename

    def broken(path: Path, goal: Path) -> Path:
        if goal.name == "content":
            raise KeyboardInterrupt
        return real(path, goal)

    monkeypatch.setattr(staging, "_exchanged", lambda one, other: False)
    monkeypatch.setattr(staging.Staging, "abandon", lambda self: None)
    monkeypatch.setattr(Path, "rename", broken)
    with pytest.raises(KeyboardInterrupt):
        move_in(hub, Export([item()]))
    assert not (hub / "content").exists()
    monkeypatch.setattr(Path, "rename", real)
    staging.put_in_order(hub / "content")
    assert bytes_of(hub) == before


def test_nothing_is_exchanged_when_somebody_saves_meanwhile(hub: Path) -> None:
    def late() -> Iterator[Item]:
        yield item()
        (hub / "content/partners/new.md").write_text(partner(name="New"), "utf-8")

    with pytest.raises(staging.ChangedMeanwhileError):
        move_in(hub, Export(Lazy(late)))
    assert (hub / "content/partners/new.md").is_file()
    assert not (hub / "content/posts").exists()


class Lazy:
    """Things that are made anew each time somebody walks over them."""

    def __init__(self, make: Callable[[], Iterator[Item]]) -> None:
        self.make = make

    def __iter__(self) -> Iterator[Item]:
        return self.make()


def test_a_full_disk_changes_nothing(hub: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, real = bytes_of(hub), Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if path.name == "text-2.md":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        return real(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        move_in(hub, Export([item(), item(number=2)]))
    assert bytes_of(hub) == before


def test_a_text_whose_form_is_a_mistake_keeps_its_words(hub: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = to_markdown

    def careless(html: str, *more: Any) -> Prose:
        return replace(real(html, *more), markdown="[words](gone.md)") if "careless" in html else real(html, *more)

    monkeypatch.setattr(move, "to_markdown", careless)
    html = "<p>Some *careless* [words](x) &lt;b&gt; here.</p><p>And # more.<br>- End_of_it</p>"
    report = move_in(hub, Export([item(html=html), item(number=2)]))
    assert [[note.about for note in line.notes] for line in report.lines] == [["form"], []]
    (entry,) = (entry for entry in library_of(hub).entries if entry.slug == "text-1")
    shown = fragment_fromstring(Markdown().convert(entry.body), create_parent=True).text_content()
    assert shown.split() == ["Some", "*careless*", "[words](x)", "<b>", "here.", "And", "#", "more.", "-", "End_of_it"]


# --- the report ---


def page_of(report: Report) -> str:
    file = io.BytesIO()
    write_page(report, make_site(), file)
    return file.getvalue().decode()


def test_a_large_import_is_judged_part_by_part(hub: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[int] = []

    def counting(readings: Sequence[Reading], library: Library, *more: Any) -> Iterator[Problem]:
        held.append(len(library.of("posts")))
        return judge(readings, library, *more)

    monkeypatch.setattr(soundness, "_PART", 3)
    monkeypatch.setattr(soundness, "judge", counting)
    linked = [
        item(number=number, html=f'<p><a href="/2019/06/text-{number % 10 + 1}.html">Next</a></p>')
        for number in range(1, 11)
    ]
    report = move_in(hub, Export(linked))
    assert held == [3, 3, 3, 1]
    assert [line.notes for line in report.lines if line.notes] == []
    assert len(library_of(hub).of("posts")) == 10
    held.clear()
    assert move_in(hub, Export(linked)).outcomes == {"same": 10}
    assert held == [3, 3, 3, 1], "what is there already, before anything is read"
    held.clear()
    monkeypatch.setattr(soundness, "_BYTES", 200)
    assert move_in(hub, Export(linked)).outcomes == {"same": 10}
    assert held == [2, 2, 2, 2, 2], "long texts are read by fewer"


def test_an_export_without_posts_and_pages_is_none(hub: Path) -> None:
    before = bytes_of(hub)
    with pytest.raises(ContentError) as caught:
        move_in(hub, Export([Skipped("setting", "settings", "x")]))
    assert caught.value.problems[0].message == "holds no posts and no pages"
    assert bytes_of(hub) == before


def test_what_went_on_purpose_wants_no_look(hub: Path) -> None:
    report = move_in(hub, Export([item(html="<p>Words.</p><script>x()</script>"), item(number=2, title="")]))
    assert [line.before for line in report.doubtful] == ["/2019/06/text-2.html"]
    html = fragment_fromstring(page_of(report).partition("\n")[2])
    assert html.xpath("//a[@href='#look']/text()") == ["Entries that want a look: 1"]
    assert html.xpath("//details//td[contains(., 'a script')]")


def test_the_report_is_a_page_and_data(hub: Path) -> None:
    report = move_in(
        hub, Export([item(labels=("Odd",), title="", html='<p>Words <a href="/2011/01/x.html">x</a></p>')])
    )
    assert json.loads("".join(as_json(report)))["adds_up"] is True
    text = page_of(report)
    for word in (report.lines[0].title, "Odd", f"https://{HOST}/2019/06/text-1.html", "content/posts/2019/text-1.md"):
        assert word in text


def test_other_languages_go_below_their_own_address(hub: Path) -> None:
    move_in(hub, Export([item()], blog=replace(BLOG, language="ne")))
    (entry,) = (entry for entry in library_of(hub).entries if entry.collection == "posts")
    assert (entry.language, entry.url, entry.former_addresses) == (
        "ne",
        "ne/2019/06/text-1.html",
        ("/2019/06/text-1.html",),
    )
