"""One program's copy of the corpus in a folder, and what is done to it between two builds."""

import gzip
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count as numbers
from pathlib import Path
from tempfile import mkdtemp

from benchmarks import corpus, words
from benchmarks.corpus import IMAGES, post, posts
from benchmarks.measuring import PATIENCE, RunError
from benchmarks.peer import Command, Peer

RENAMED = words.THEMES[-1]
"""The rarest theme: one post in twenty-five bears it."""
# The moment of every build of the hub: a day after the newest post, so that two runs show the same.
MOMENT = {"SOURCE_DATE_EPOCH": "1782864000", "NO_MKDOCS_2_WARNING": "1"}


@dataclass
class Tree:
    """The corpus as one program reads it; it knows how often it was edited."""

    peer: Peer
    folder: Path
    count: int
    limit: float = PATIENCE
    """After so many seconds a build is given up."""
    edits: "numbers[int]" = field(default_factory=lambda: numbers(1))
    theme: str = RENAMED

    @property
    def output(self) -> Path:
        return self.folder / self.peer.output

    @property
    def edited(self) -> Path:
        """The sixth post: it stands on the first page of the index, and in the feeds of its labels."""
        return self.folder / self.peer.dialect(post(5, self.count))[0]

    @property
    def page(self) -> str:
        """The page of that post."""
        return self.peer.page(post(5, self.count))

    @cached_property
    def renamed(self) -> str:
        """The page of the newest post on the theme that is renamed."""
        return next(self.peer.page(each) for each in posts(self.count) if RENAMED in each.themes)

    def plant(self) -> None:
        """Writes everything anew."""
        self._put_aside(self.folder)
        self.folder.mkdir(parents=True)
        self.peer.furnish(self.folder, self.count)
        for each in posts(self.count):
            name, text = self.peer.dialect(each)
            write(self.folder / name, text.encode())
        for number in range(IMAGES):
            write(self.folder / self.peer.images / f"picture-{number}.jpg", corpus.picture(number))

    def wipe(self) -> None:
        """Takes away all that builds have left."""
        for name in (self.peer.output, *self.peer.leftovers):
            self._put_aside(self.folder / name)

    @property
    def aside(self) -> Path:
        """Where lies what was taken away, until nothing is measured any more."""
        return self.folder.with_name(f"{self.folder.name}-aside")

    def _put_aside(self, path: Path) -> None:
        # Not deleted: ext4 passes over each inode that was deleted within the last minutes (recently_deleted in the
        # kernel's fs/ext4/ialloc.c), and whoever writes the next site would pay for the end of the last one.
        if path.exists():
            self.aside.mkdir(exist_ok=True)
            path.rename(Path(mkdtemp(dir=self.aside)) / path.name)

    def clear(self) -> None:
        """Deletes what was taken away."""
        shutil.rmtree(self.aside, ignore_errors=True)

    def edit(self) -> str:
        """Adds a sentence to a post, in the place of the last one; the word by which it is known."""
        word = f"zebra{next(self.edits)}"
        text = self.edited.read_text("utf-8").partition("\n\nNow with ")[0].rstrip("\n")
        self.edited.write_text(f"{text}\n\nNow with {word}.\n", "utf-8")
        return word

    def rename(self) -> str:
        """Renames a theme wherever this program's corpus says what it is called; the new name."""
        name = f"{RENAMED} {next(self.edits)}"
        for path in sorted(self.folder.glob(self.peer.labels)):
            text = path.read_text("utf-8")
            if self.theme in text:
                path.write_text(text.replace(self.theme, name), "utf-8")
        self.theme = name
        return name

    def expect(self, page: str, word: str) -> None:
        """Raises `RunError` unless a page shows a word: a build that misses an edit is not counted."""
        path = self.output / page
        # Hugo writes the names of terms in capitals.
        if not path.is_file() or word.casefold() not in path.read_text("utf-8").casefold():
            raise RunError(f"{self.peer.name} does not show the edit on {page}")

    def expect_found(self, word: str) -> None:
        """Raises `RunError` unless the search index holds a word."""
        index = self.output / self.peer.index
        files = [index] if index.is_file() else index.glob("fragment/*")
        if not any(word.encode() in unpacked(path.read_bytes()) for path in files):
            raise RunError(f"{self.peer.name} has no {word} in its search index")

    def environment(self, search: bool) -> Mapping[str, str]:
        return MOMENT if search else {**MOMENT, **self.peer.without_search}

    def pagefind(self, python: str) -> list[Command]:
        """The index made by Pagefind's command, for a program that makes none."""
        if self.peer.indexed is None:
            return []
        return [[python, "-m", "pagefind", "--site", str(self.output), "--quiet", *self.peer.indexed]]

    @property
    def is_searchable(self) -> bool:
        """Whether the site has a search index."""
        return (self.output / self.peer.index).exists()

    def size(self) -> tuple[int, int]:
        """How many files the site consists of, and how many bytes."""
        sizes = [path.stat().st_size for path in self.output.rglob("*") if path.is_file()]
        return len(sizes), sum(sizes)


def unpacked(content: bytes) -> bytes:
    """Pagefind's files are compressed; other indexes are not."""
    return gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content


def write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
