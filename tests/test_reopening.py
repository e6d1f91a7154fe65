"""The library that a preview keeps: new texts are read into it; whatever else is saved, it is read anew."""

import os
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from chautari.content import collections
from chautari.loading import load
from chautari.reopening import FEW, Opened, files_of, reopened
from tests.hub import NOW, make_hub, make_site, partner, post
from tests.photographs import photograph

A, B = "content/posts/a.md", "content/posts/b.md"
TEXT = "See ![a hall](hall.png) and [the other](b.md).\n"
SITE = make_site(preview=True)


def save(root: Path, name: str, text: str | bytes, age: int = 60) -> None:
    """A file as it was saved so many seconds ago."""
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    then = time.time() - age
    os.utime(root / name, (then, then))


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    root = make_hub(tmp_path, {A: post(body=TEXT), B: post(), "content/partners/fed.md": partner()})
    save(root, "content/posts/hall.png", photograph(8, 8))
    for path in root.rglob("*.*"):
        os.utime(path, (1, 1))
    return Opened(root, load(root, collections(), SITE), files_of(root))


def text_of(opened: Opened, name: str) -> str:
    entry = opened.library.at(name)
    assert entry
    return entry.body


def test_a_saved_text_is_read_and_no_other(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    save(opened.root, A, post(body=f"{TEXT}\nMore.\n"))
    monkeypatch.setattr("chautari.reopening.read", noting(read))
    again = reopened(opened, opened.root, SITE)
    assert again
    assert read == [A]
    assert again.library is opened.library
    assert text_of(again, A).endswith("More.\n")
    assert again.library.contents == load(opened.root, collections(), SITE).contents
    assert reopened(again, opened.root, SITE)
    assert read == [A], "nothing was saved since"


def noting(names: list[str]) -> Callable[..., object]:
    from chautari.reading import read

    def noted(path: Path, name: str, *others: object) -> object:
        names.append(name)
        return read(path, name, *others)  # type: ignore[arg-type]  # handed on as they came

    return noted


def test_a_file_that_was_saved_just_now_is_read_until_it_is_older(opened: Opened) -> None:
    save(opened.root, A, post(body=f"{TEXT}\nOne.\n"), age=0)
    times = (opened.root / A).stat()
    first = reopened(opened, opened.root, SITE)
    assert first
    save(opened.root, A, post(body=f"{TEXT}\nTwo.\n"))
    os.utime(opened.root / A, ns=(times.st_atime_ns, times.st_mtime_ns))  # the same size within the same time stamp
    second = reopened(first, opened.root, SITE)
    assert second
    assert "Two." in text_of(second, A)


@pytest.mark.parametrize(
    ("name", "text"),
    {
        "title": (A, post(title="Another", body=TEXT)),
        "another picture in the text": (A, post(body="![a hall](other.png)\n")),
        "no picture in the text": (A, post(body="Text.\n")),
        "mistake in the text": (A, post(body=f"{TEXT}[nowhere](c.md)\n")),
        "no longer a text": (A, "\ufeff"),
        "picture": ("content/posts/hall.png", photograph(9, 9)),
        "new post": ("content/posts/c.md", post()),
        "vocabulary": ("content/vocabularies/groups.yml", "youth: {name: {en: Youth}}\n"),
        "document of a partner": ("content/partners/statute.pdf", b"%PDF-1.4\n"),
    }.values(),
    ids=str,
)
def test_whatever_else_is_saved_is_read_with_all(opened: Opened, name: str, text: str | bytes) -> None:
    save(opened.root, name, text)
    assert reopened(opened, opened.root, SITE) is None


def test_a_file_that_is_gone_another_day_and_other_settings_too(opened: Opened) -> None:
    root = opened.root
    assert reopened(opened, root, make_site(NOW + timedelta(seconds=1), preview=True))
    assert reopened(opened, root, make_site(NOW + timedelta(days=1), preview=True)) is None
    assert reopened(opened, root, make_site(preview=False)) is None
    assert reopened(opened, root / "content", SITE) is None
    (root / B).unlink()
    assert reopened(opened, root, SITE) is None


def test_what_programs_put_beside_a_file_is_none(opened: Opened) -> None:
    save(opened.root, "content/posts/.a.md.swp", "")
    save(opened.root, "content/posts/a.md~", "")
    assert reopened(opened, opened.root, SITE)


def test_of_many_texts_each_is_read_by_all_cores(opened: Opened) -> None:
    for number in range(FEW + 1):
        save(opened.root, f"content/posts/{number}.md", post())
    many = Opened(opened.root, load(opened.root, collections(), SITE), files_of(opened.root))
    for number in range(FEW):
        save(opened.root, f"content/posts/{number}.md", post(body="New.\n"), age=30)
    assert reopened(many, opened.root, SITE)
    for number in range(FEW + 1):
        save(opened.root, f"content/posts/{number}.md", post(body="Newer.\n"), age=20)
    assert reopened(many, opened.root, SITE) is None
