"""Programs that people read feeds with: each entry comes once, whatever became of its title, file and date."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest
from reader import make_reader

from tests.feeds.hubs import feeds_of
from tests.hub import File, post
from tests.serving import serve

BEFORE: Mapping[str, File] = {
    "content/posts/2019/a.md": post(title="A post"),
    "content/posts/2019/b.md": post(title="B post", body="[A talk](talk.mp3)"),
    "content/posts/2019/talk.mp3": "ID3",
    "content/posts/2019/c.md": post(title="C post"),
}
AFTER: Mapping[str, File] = {
    "content/posts/2020/moved.md": post("aliases: [/2019/06/a.html]", title="A moved post", date="2020-01-01"),
    "content/posts/2019/b.md": post("updated: 2021-01-01", title="B renamed", body="Another text. [A talk](talk.mp3)"),
    "content/posts/2019/talk.mp3": "ID3 and more",
    "content/posts/2019/c.md": post(title="C post"),
}
TITLES = ({"A post", "B post", "C post"}, {"A moved post", "B renamed", "C post"})


def publish(folder: Path, files: Mapping[str, File], name: str) -> Path:
    """The feeds of a hub as files of a site."""
    site = folder / "site"
    for url, raw in feeds_of(folder / name, files).items():
        (site / url).parent.mkdir(parents=True, exist_ok=True)
        (site / url).write_bytes(raw)
    return site


@pytest.mark.parametrize("name", ["feed.xml", "feed-summary.xml", "atom.xml", "feed.json"])
def test_reader_sees_each_entry_once(tmp_path: Path, name: str) -> None:
    with serve(publish(tmp_path, BEFORE, "before")) as address, closing(make_reader(":memory:")) as reader:
        reader.add_feed(f"{address}{name}")
        reader.update_feeds()
        known = {entry.id: entry.title for entry in reader.get_entries()}
        assert set(known.values()) == TITLES[0]
        publish(tmp_path, AFTER, "after")
        reader.update_feeds(scheduled=False)  # at once
        (feed,) = reader.get_feeds()
        assert feed.last_exception is None
        found = {entry.id: entry for entry in reader.get_entries()}
        assert found.keys() == known.keys()
        assert {entry.title for entry in found.values()} == TITLES[1]
        talk = next(entry for entry in found.values() if entry.title == "B renamed")
        assert [(each.type, each.length) for each in talk.enclosures] == [("audio/mpeg", 12)]


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("newsboat"), reason="newsboat is not installed (Debian: apt-get install newsboat)")
@pytest.mark.parametrize("name", ["feed.xml", "atom.xml"])
def test_newsboat_sees_each_entry_once(tmp_path: Path, name: str) -> None:
    with serve(publish(tmp_path, BEFORE, "before")) as address:
        assert newsboat(tmp_path, f"{address}{name}") == TITLES[0]
        publish(tmp_path, AFTER, "after")
        assert newsboat(tmp_path, f"{address}{name}") == TITLES[1]


def newsboat(folder: Path, address: str) -> set[str]:
    """The titles that newsboat knows after it has asked for a feed."""
    (folder / "urls").write_text(f"{address}\n", "utf-8")
    cache = folder / "cache.db"
    command = ["newsboat", "-u", str(folder / "urls"), "-c", str(cache), "-C", "/dev/null", "-x", "reload"]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "HOME": str(folder), "TERM": "dumb"})
    with closing(sqlite3.connect(cache)) as database:
        titles = [title for (title,) in database.execute("select title from rss_item")]
    assert len(titles) == len(set(titles)) == 3
    return set(titles)
