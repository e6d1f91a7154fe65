"""Posts: dated texts at the blog's old addresses."""

import datetime as dt
from pathlib import Path

import pytest

from chautari.content.posts import Post
from tests.hub import make_library, post


def only_post(folder: Path, *fields: str, **more: str) -> Post:
    (entry,) = make_library(folder, {"content/posts/2019/x.md": post(*fields, **more)}).all(Post)
    return entry


def test_the_address_is_that_of_the_old_blog(tmp_path: Path) -> None:
    # The month is the one that the editor wrote, whatever it is in UTC.
    assert only_post(tmp_path, date="2019-07-01 00:30 Asia/Dhaka").url == "2019/07/x.html"


@pytest.mark.parametrize(("today", "closed"), [("2016-09-15", False), ("2016-09-16", True)])
def test_a_call_is_closed_after_its_deadline(tmp_path: Path, today: str, closed: bool) -> None:
    call = only_post(tmp_path, "kind: Call", "deadline: 2016-09-15", date="2016-07-14")
    assert call.is_closed(dt.date.fromisoformat(today)) is closed
    assert call.kind
    assert call.kind.key == "call"


def test_a_post_without_deadline_is_never_closed(tmp_path: Path) -> None:
    assert not only_post(tmp_path).is_closed(dt.date(2099, 1, 1))


@pytest.mark.parametrize(
    ("pinned", "first"), [("true", True), ("2026-01-15", True), ("2026-01-14", False), ("no", False)]
)
def test_a_post_is_pinned_for_good_or_until_a_day(tmp_path: Path, pinned: str, first: bool) -> None:
    assert only_post(tmp_path, f"pinned: {pinned}").is_pinned(dt.date(2026, 1, 15)) is first
