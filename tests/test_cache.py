"""The cache: it finds again what was made, never what is something else, and mends itself."""

import os
import sqlite3
import threading
import tracemalloc
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from chautari.cache import FILE, Cache, Shelf, Step, file_mark, same_file
from chautari.content import collections
from chautari.content.posts import Post
from chautari.library import Library
from chautari.loading import load
from chautari.pool import spread
from chautari.problems import ContentError
from tests.hub import make_hub, make_site, partner, post

X, Y = "content/posts/2019/x.md", "content/posts/2019/y.md"
AN_HOUR_AGO = 3_600


def age(path: Path, seconds: int = AN_HOUR_AGO) -> None:
    """Makes a file look as old as files usually are."""
    then = path.stat().st_mtime - seconds
    os.utime(path, (then, then))


class CountingCache(Cache):
    """A cache that tells which records were made anew since it was opened."""

    def __init__(self, path: Path, notice: Callable[[str], None]) -> None:
        super().__init__(path, notice)
        self.tally: dict[str, set[str]] = {}

    def made(self, step: str) -> set[str]:
        return self.tally[step]

    def save(self, step: Step, keep: Iterable[str]) -> None:
        self.tally[step.name] = set(step.changed)
        super().save(step, keep)


def titles(root: Path, cache: Cache) -> list[str]:
    return [entry.title for entry in load(root, collections(), make_site(), cache).all(Post)]


@pytest.fixture
def hub(tmp_path: Path) -> Path:
    root = make_hub(tmp_path, {X: post(title="X"), Y: post("themes: Decent work", title="Y")})
    for name in (X, Y):
        age(root / name)
    return root


def opened(root: Path, notices: list[str] | None = None) -> CountingCache:
    return CountingCache(root / FILE, (notices if notices is not None else []).append)


def test_only_what_changed_is_read_again(hub: Path) -> None:
    titles(hub, cold := opened(hub))
    assert cold.made("reading") == {X, Y}
    titles(hub, warm := opened(hub))
    assert warm.made("reading") == set()
    (hub / X).write_text(post(title="X, changed"))
    assert titles(hub, after := opened(hub)) == ["X, changed", "Y"]
    assert after.made("reading") == {X}


def test_links_are_judged_again_only_if_something_changed_by_which_they_are_judged(hub: Path) -> None:
    titles(hub, cold := opened(hub))
    assert cold.made("judged") == {X, Y, ""}, "each, and all together"
    titles(hub, warm := opened(hub))
    assert warm.made("judged") == set()
    themes = hub / "content/vocabularies/themes.yml"
    themes.write_text(themes.read_text("utf-8") + "\nliving-wage: {name: Living wage}\n", "utf-8")
    titles(hub, another := opened(hub))
    assert another.made("judged") == {""}, "two labels may have one name now, but no link leads elsewhere"
    (hub / X).write_text(post(title="Another X"))
    titles(hub, titled := opened(hub))
    assert titled.made("judged") == {X, Y, ""}, "a title is a word by which others may name it"


def test_what_comes_from_the_cache_is_what_was_read(hub: Path) -> None:
    cold, warm = load(hub, collections(), make_site(), opened(hub)), load(hub, collections(), make_site(), opened(hub))
    assert [entry.source for entry in warm.entries] == [entry.source for entry in cold.entries]
    assert list(warm.entries) != []
    (theme,) = warm.terms("themes")
    assert [entry.title for entry in warm.labelled(theme)] == ["Y"]


def test_entries_from_the_cache_share_the_names_of_their_fields(hub: Path) -> None:
    load(hub, collections(), make_site(), opened(hub))
    x, y = load(hub, collections(), make_site(), opened(hub)).all(Post)
    assert set(map(id, vars(x))) == set(map(id, vars(y)))


def test_a_touched_file_is_the_same_file(hub: Path) -> None:
    titles(hub, opened(hub))
    os.utime(hub / X)
    titles(hub, warm := opened(hub))
    assert warm.made("reading") == set()


def test_a_young_file_is_known_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_text("one")
    mark = file_mark(path)
    status = path.stat()
    path.write_text("two")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert not same_file(path, mark), "the same time and size, another text"


def test_a_removed_file_is_forgotten(hub: Path) -> None:
    titles(hub, opened(hub))
    (hub / X).unlink()
    assert titles(hub, opened(hub)) == ["Y"]
    with sqlite3.connect(hub / FILE) as database:
        names = set(database.execute("select name from record").fetchall())
    assert names - {("",)} == {(Y,)}, "one name stands for all together"
    database.close()


def test_a_file_with_a_mistake_says_so_each_time(hub: Path) -> None:
    (hub / X).write_text("no front matter")
    for _ in range(2):
        with pytest.raises(Exception, match="does not begin with front matter"):
            titles(hub, opened(hub))


def themes(hub: Path, text: str) -> tuple[Library, set[str]]:
    """The hub with other themes, and what was read again."""
    (hub / "content/vocabularies/themes.yml").write_text(text)
    library = load(hub, collections(), make_site(), after := opened(hub))
    return library, after.made("reading")


def test_words_that_mean_what_they_meant_are_not_asked_again(hub: Path) -> None:
    titles(hub, opened(hub))
    library, again = themes(hub, "decent-work: {name: Good jobs}\n")
    assert ([term.name() for term in library.terms("themes")], again) == (["Good jobs"], set())
    library, again = themes(hub, "good-jobs: {name: Good jobs, aliases: [Decent work]}\n")
    assert ([term.key for term in library.terms("themes")], again) == (["good-jobs"], {Y})


def test_words_that_mean_nothing_any_more_are_said(hub: Path) -> None:
    titles(hub, opened(hub))
    with pytest.raises(ContentError, match="'Decent work' is not one of the themes"):
        themes(hub, "good-jobs: {name: Good jobs}\n")
    with pytest.raises(ContentError, match="'Decent work' may mean any of"):
        themes(hub, "decent-work: {name: Good jobs}\ngood-jobs: {name: Work, aliases: [Decent work]}\n")


def test_references_to_what_has_gone_are_found_from_a_warm_cache(hub: Path) -> None:
    (hub / "content/partners").mkdir()
    (hub / "content/partners/p.md").write_text(partner())
    (hub / X).write_text(post("partners: p"))
    titles(hub, opened(hub))
    (hub / "content/partners/p.md").unlink()
    with pytest.raises(Exception, match="'p' is not one of the partners"):
        titles(hub, opened(hub))


@pytest.mark.parametrize("damage", [b"", b"not a database at all, but long enough to be taken for one" * 100, "half"])
def test_a_broken_cache_mends_itself(hub: Path, damage: bytes | str) -> None:
    titles(hub, opened(hub))
    path = hub / FILE
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2] if isinstance(damage, str) else damage)
    notices: list[str] = []
    assert titles(hub, opened(hub, notices)) == ["X", "Y"]
    assert titles(hub, warm := opened(hub)) == ["X", "Y"]
    if damage:
        assert notices == ["The cache is damaged and is made anew: this build takes longer."]
    assert warm.made("reading") == set()


def test_another_build_that_writes_is_not_waited_for(hub: Path) -> None:
    titles(hub, opened(hub))
    (hub / X).write_text(post(title="X, changed"))
    other = sqlite3.connect(hub / FILE, isolation_level=None)
    other.execute("begin exclusive")
    notices: list[str] = []
    assert titles(hub, opened(hub, notices)) == ["X, changed", "Y"]
    assert any("takes longer" in notice for notice in notices)
    other.close()


def test_a_cache_without_a_file_writes_nothing(hub: Path) -> None:
    assert titles(hub, Cache()) == ["X", "Y"]
    assert not (hub / FILE).exists()


# --- what is too large to lie in memory ---


def test_a_shelf_gives_what_was_put_there_and_nothing_else(tmp_path: Path) -> None:
    shelf = Shelf("texts", Cache(tmp_path / FILE))
    shelf.put("a", "first", b"A")
    assert shelf.get("a", "first") == b"A"
    assert shelf.get("a", "second") is None
    shelf.put_away()
    again = Shelf("texts", Cache(tmp_path / FILE))
    assert again.get("a", "first") == b"A"
    assert again.get("a", "second") is None
    assert again.get("b", "first") is None
    again.put("a", "second", b"AA")
    again.save({"a"})
    assert again.get("a", "second") == b"AA"
    assert again.get("a", "first") is None
    again.save({"b"})
    assert again.get("a", "second") is None


def test_a_shelf_holds_no_more_than_it_has_not_written_yet(tmp_path: Path) -> None:
    shelf = Shelf("texts", Cache(tmp_path / FILE))
    tracemalloc.start()
    for number in range(2_000):
        shelf.put(str(number), "mark", bytes(10_000))
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < 5_000_000, "of twenty"
    assert all(shelf.get(str(number), "mark") == bytes(10_000) for number in (0, 999, 1_999))


@pytest.mark.parametrize("path", [None, FILE])
def test_a_shelf_that_cannot_be_written_keeps_all(tmp_path: Path, path: Path | None) -> None:
    shelf = Shelf("texts", Cache(path and tmp_path / path))
    shelf.put_away()
    other = sqlite3.connect(tmp_path / FILE if path else ":memory:", isolation_level=None)
    other.execute("begin exclusive")
    shelf.put("a", "mark", b"A")
    shelf.save({"a"})
    assert shelf.get("a", "mark") == b"A"
    other.close()


def test_a_shelf_is_read_in_processes_that_were_forked(tmp_path: Path) -> None:
    shelf = Shelf("texts", Cache(tmp_path / FILE))
    for number in range(50):
        shelf.put(str(number), "mark", str(number).encode())
    shelf.save({str(number) for number in range(50)})
    assert shelf.get("0", "mark") == b"0"
    found = spread(
        lambda part: [shelf.get(str(number), "mark") for number in part], list(range(50)), at_least=10, stage="Working"
    )
    assert found == [str(number).encode() for number in range(50)]
    assert shelf.get("0", "mark") == b"0"
    shelf.cache.close()
    assert shelf.get("0", "mark") == b"0"


def test_work_is_spread_over_processes_and_comes_back_in_order() -> None:
    own = os.getpid()
    results = spread(lambda part: [(item, os.getpid()) for item in part], list(range(50)), at_least=10, stage="Working")
    assert [item for item, _ in results] == list(range(50))
    if len(os.sched_getaffinity(0)) > 1 and threading.active_count() == 1:
        assert own not in {process for _, process in results}
    assert spread(lambda part: [os.getpid() for _ in part], [1, 2], at_least=10, stage="Working") == [own, own]


@pytest.mark.parametrize("at_least", [10, 30])
def test_this_process_is_asked_once_which_items_are_wanted(at_least: int) -> None:
    own, asked = os.getpid(), list[tuple[int, int]]()

    def is_odd(item: int) -> bool:
        asked.append((item, os.getpid()))
        return item % 2 == 1

    results = spread(lambda part: [(item, os.getpid()) for item in part], range(50), at_least, "Working", is_odd)
    assert [item for item, _ in results] == list(range(1, 50, 2))
    assert asked == [(item, own) for item in range(50)]
    if len(os.sched_getaffinity(0)) > 1 and threading.active_count() == 1:
        assert (own in {process for _, process in results}) == (at_least > 25)
