"""The preview: drafts are shown, a save is seen, and a mistake is said each time it is made."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

import pytest

from tests.build import MOMENT, copy_of_the_test_hub
from tests.hub import post

POST = "content/posts/2018/new.md"
BROKEN = "---\ntitle: Older: the year\ndate: 2018-06-01\n---\n"
SAID = f"{POST}:2: a colon followed by a space stands inside a text"
PATIENCE = 30
"""Seconds until a test gives up waiting; usually it waits for less than two."""


class Preview:
    """A running `mkdocs serve` of a hub."""

    def __init__(self, root: Path, **environment: str) -> None:
        self.root = root
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        address = f"127.0.0.1:{self.port}"
        self.log = root / "serve.log"
        command = [
            sys.executable,
            "-m",
            "mkdocs",
            "serve",
            "--livereload",
            "-f",
            str(root / "mkdocs.yml"),
            "-a",
            address,
        ]
        settings = {**os.environ, "SOURCE_DATE_EPOCH": MOMENT, "NO_MKDOCS_2_WARNING": "1", "PYTHONUNBUFFERED": "1"}
        settings |= environment
        with self.log.open("w") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, env=settings)

    def shows(self, address: str, words: str) -> bool:
        """Waits until a page of the preview holds these words."""
        return self.until(lambda: words in self.page(address))

    def says(self, words: str, times: int) -> bool:
        """Waits until the terminal has shown these words so many times."""
        return self.until(lambda: self.log.read_text().count(words) == times)

    def page(self, address: str) -> str:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/sub/{address}", timeout=PATIENCE) as answer:
                return str(answer.read().decode())
        except (URLError, ConnectionError):
            return ""

    def until(self, condition: object) -> bool:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if condition():  # type: ignore[operator]  # a function without arguments
                return True
            time.sleep(0.1)
        return False

    def save(self, text: str) -> None:
        (self.root / POST).write_text(text)


@contextmanager
def started(folder: Path, **environment: str) -> Iterator[Preview]:
    text = post(body="Words of the first hour.\n", date="2018-06-01")
    preview = Preview(copy_of_the_test_hub(folder, {POST: text}), **environment)
    try:
        yield preview
    finally:
        preview.process.terminate()
        preview.process.wait()


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    with started(tmp_path) as running:
        yield running


def test_a_preview_from_the_first_look_to_the_last_mistake(preview: Preview) -> None:
    assert preview.shows("2025/01/draft.html", "Words of A draft")
    assert preview.shows("2018/06/new.html", "Words of the first hour")
    assert preview.shows("pagefind/pagefind-entry.json", "page_count"), "the search index comes a moment later"

    preview.save(post(body="Words of an hour later.\n", date="2018-06-01"))
    assert preview.shows("2018/06/new.html", "Words of an hour later")

    preview.save(BROKEN)
    assert preview.says(SAID, times=1)  # until it is mended, MkDocs lets the browser wait
    preview.save(BROKEN + "\n")
    assert preview.says(SAID, times=2)

    preview.save(post(body="Words of the mended text.\n", date="2018-06-01"))
    assert preview.shows("2018/06/new.html", "Words of the mended text")
    assert "Traceback" not in preview.log.read_text()


@pytest.mark.parametrize("way", ["", "poll"])
def test_one_save_is_one_build(tmp_path: Path, way: str) -> None:
    with started(tmp_path, CHAUTARI_WATCH=way) as preview:
        assert preview.shows("2018/06/new.html", "Words of the first hour")
        assert preview.says("Serving on", times=1)
        aside = tmp_path / "new.md"
        aside.write_text(post(body="Words put in their place.\n", date="2018-06-01"))
        aside.replace(tmp_path / POST)  # as many editors save
        assert preview.shows("2018/06/new.html", "Words put in their place")
        time.sleep(1.5)  # that the build reads files is no save
        assert preview.says("Detected file changes", times=1)
