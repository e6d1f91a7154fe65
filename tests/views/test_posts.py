"""Posts in the order of time: the archive, the neighbours of a post, and how long one takes to read."""

from pathlib import Path

import pytest
from lxml.html import HtmlElement

from chautari.content.posts import Post
from chautari.markdown import WORDS_PER_MINUTE, reading_minutes
from chautari.views.posts import archive
from tests.build import build, copy_of_the_test_hub, page, text_of
from tests.hub import make_library, post

FILES = {
    "content/posts/2019/first.md": post(title="First", date="2019-06-01", body="word " * 401),
    "content/posts/2019/second.md": post("pinned: true", title="Second", date="2019-06-20"),
    "content/posts/2019/third.md": post(title="Third", date="2020-01-02"),
}


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_of_the_test_hub(tmp_path_factory.mktemp("hub"), FILES)
    assert build(root).returncode == 0
    return root


def test_the_archive_counts_every_year_and_month(tmp_path: Path) -> None:
    years = archive(make_library(tmp_path, FILES).all(Post))
    assert [(year, count, [(day.month, number) for day, number in months]) for year, count, months in years] == [
        (2020, 1, [(1, 1)]),
        (2019, 2, [(6, 2)]),
    ]


def test_the_archive_of_the_posts_leads_to_every_year_and_month(hub: Path) -> None:
    links = page(hub, "posts/").xpath("//nav[@aria-labelledby='hub-archive']//a")
    for link in links:
        target = page(hub, "posts/" + link.get("href"))
        if number := link.xpath("string(.//*[@class='hub-count'])"):
            shown = target.xpath("//ul[@class='hub-cards' or @class='hub-rows']/li")
            assert int(number) == len(shown), link.get("href")
    assert "../2019/06/" in [link.get("href") for link in links]


def test_a_year_names_its_posts_by_month_the_latest_first(hub: Path) -> None:
    shown = page(hub, "2019/")
    months = shown.xpath("//main//h2[following-sibling::*[1][self::ul[@class='hub-rows']]]")
    assert [text_of(month) for month in months] == ["June 2019"]
    assert [text_of(link) for link in shown.xpath("//ul[@class='hub-rows']//a")] == ["Second", "First"]
    target = page(hub, "2019/" + months[0].xpath("string(a/@href)"))
    assert text_of(target.xpath("//h1")[0]) == "Posts of June 2019"


def neighbours(shown: HtmlElement) -> list[tuple[str, str]]:
    return [(link.get("rel"), text_of(link)) for link in shown.xpath("//nav[@class='hub-neighbours']/a")]


def test_a_post_leads_to_the_next_and_the_one_before(hub: Path) -> None:
    assert neighbours(page(hub, "2019/06/second.html")) == [("prev", "Newer Third"), ("next", "Older First")]
    assert ("next", "Older Second") in neighbours(page(hub, "2020/01/third.html"))


def test_a_card_says_how_long_a_post_takes_and_that_it_is_pinned(hub: Path) -> None:
    first, second = (page(hub, "2019/06/").xpath(f"//li[.//a[.='{title}']]")[0] for title in ("First", "Second"))
    assert "3 minutes to read" in text_of(first)
    assert "Pinned" not in text_of(first)
    assert "1 minute to read" in text_of(second)
    assert "Pinned" in text_of(second)
    assert "3 minutes to read" in text_of(
        page(hub, "2019/06/first.html").xpath("//p[contains(@class, 'hub-byline')]")[0]
    )


def test_reading_time_counts_words_and_where_there_are_none_signs() -> None:
    assert reading_minutes("") == 0
    assert reading_minutes("word " * WORDS_PER_MINUTE) == 1
    assert reading_minutes("word " * (WORDS_PER_MINUTE + 1)) == 2
    assert reading_minutes("សិទ្ធិមនុស្ស" * 200) == 2, "Khmer has no spaces between words"
    assert reading_minutes("সামাজিক সুরক্ষা " * 100) == 1
