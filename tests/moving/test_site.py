"""A hub that has moved in is built: every old address answers, every word is there."""

import datetime as dt
from pathlib import Path
from urllib.parse import unquote

import pytest

from chautari.moving.items import Item
from chautari.site import destination
from tests.build import build, copy_of_the_test_hub, page, text_of
from tests.moving.exports import HOST, KATHMANDU, Export, item, move_in

POSTS = 60


def old_blog() -> list[Item]:
    """Posts over five years, each linking to the one before, with every kind of label; pages, drafts, a moved post."""

    def one(number: int) -> Item:
        moment = dt.datetime(2014 + number // 12, 1 + number % 12, 1 + number % 28, 23, tzinfo=KATHMANDU)
        before = dt.datetime(2014 + (number - 1) // 12, 1 + (number - 1) % 12, 1, tzinfo=KATHMANDU)
        links = [
            f"http://{HOST}/{before:%Y/%m}/text-{number - 1}.html",
            f"http://{HOST}/search/label/Odd%20{number % 3}",
        ]
        links += [
            "http://oldblog.blogspot.in/p/about.html?m=1",
            f"http://{HOST}/{moment:%Y/%m}/",
            f"http://{HOST}/feeds/posts/default",
        ]
        words = "".join(f'<a href="{link}">link</a> ' for link in links)
        labels = ("Nepal", "Decent Work", f"Odd {number % 3}")
        return item(number=number, published=moment, html=f"<p>Words of number {number}. {words}</p>", labels=labels)

    moved = item(number=90, slug="moved", address="/2013/01/wandering.html")
    strange = item(number=91, address="/2019/06/नेपाल.html")
    more = [item("page", 92, slug="about", title="About us"), item(number=93, state="draft"), moved, strange]
    return [*map(one, range(1, POSTS + 1)), *more]


@pytest.fixture(scope="module")
def moved_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_of_the_test_hub(tmp_path_factory.mktemp("moved"))
    report = move_in(root, Export(old_blog()))
    assert report.outcomes == {"new": POSTS + 4}
    done = build(root)
    assert done.returncode == 0, done.stderr
    return root


def test_every_old_address_answers(moved_in: Path) -> None:
    live = [thing for thing in old_blog() if thing.state == "live"]
    for thing in live:
        answer = moved_in / "site" / destination(unquote(thing.address).lstrip("/"))
        assert answer.is_file(), thing.address
    assert len((moved_in / "content/urls.txt").read_text("utf-8").splitlines()) == len(live)


def test_the_words_and_links_are_there(moved_in: Path) -> None:
    post = page(moved_in, "2015/03/text-14.html")
    assert "Words of number 14." in text_of(post)
    targets = [link.get("href") for link in post.xpath("//article//p[contains(., 'Words of number')]/a")]
    assert targets == [
        "../../2015/02/text-13.html",
        "../../topics/odd-2/",
        "../../p/about.html",
        "../../2015/03/",
        "../../feed.xml",
    ]


def test_topics_have_pages_feeds_and_old_addresses(moved_in: Path) -> None:
    for address in ("topics/", "topics/odd-1/", "search/label/Odd 1/"):
        assert (moved_in / "site" / address / "index.html").is_file()
    assert (moved_in / "site/topics/odd-1/feed.xml").is_file()
    assert "Text 58" in text_of(page(moved_in, "topics/odd-1/"))


def test_what_was_a_page_is_one(moved_in: Path) -> None:
    assert "About us" in text_of(page(moved_in, "p/about.html"))
    assert "About us" in text_of(page(moved_in, "pages/"))
    assert "About us" not in text_of(page(moved_in, ""))
