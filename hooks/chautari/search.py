"""The search index: Pagefind is handed the finished pages, and its files are written beside them.

What did not change is not indexed again: Pagefind indexes runs of about a hundred neighbouring pages, each by itself,
and the parts are remembered and put together (see bundle).

Pagefind's command takes pages in the folder's order and its Python client sleeps a tenth of a second over each page, so
this speaks to Pagefind's service itself: requests and answers are base64-encoded JSON objects, each ended by a comma.
"""

import base64
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from html import unescape
from pathlib import Path
from sys import byteorder
from threading import Event, Thread
from types import TracebackType
from typing import Any, Self

from pagefind.service import get_executable

from chautari import bundle, parts
from chautari.cache import Cache, Step, code, digest
from chautari.timing import timed
from chautari.written import Written

FOLDER = "pagefind"
ENTRY = f"{FOLDER}/{parts.ENTRY}"
"""The file by which a browser finds all others."""

MARK = b"data-pagefind-body"
AROUND = b'<aside class="md-content__inner md-typeset hub-text hub-around"'
"""What stands around an entry's text: it changes with other entries, and is not searched."""

_FACT = re.compile(rb"<meta[^>]*data-pagefind[^>]*>")
_SORT = re.compile(r'<meta(?=[^>]* content="([^"]*)")[^>]* data-pagefind-sort="([^["]+)\[content\]"')
_PROGRAMS = "programs"

# One index for all languages, so that one search box finds all; English stems, because most of the texts are English.
RUN = 128
"""About as many pages are indexed at a time: the fewer, the less is done again, and the more parts are put together."""

_NOTHING = f"<html><body {MARK.decode()}><p>Nothing</p></body></html>"
"""A page for which Pagefind hands out its programs."""

_CONFIG = {"force_language": "en", "exclude_selectors": [".headerlink", ".footnote-ref", ".footnote-backref"]}


class SearchError(Exception):
    """Pagefind failed; the text is what it said."""


class AbandonedError(Exception):
    """Nobody wants the index any more that is being made."""


class Pagefind:
    """A running Pagefind service; it ends with the `with` block."""

    def __enter__(self) -> Self:
        program = get_executable()
        if program is None:
            raise SearchError("Pagefind is not installed: its package has no program for this machine.")
        self.process = subprocess.Popen([program, "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        if self.process.stdin is None or self.process.stdout is None:
            raise SearchError("Pagefind cannot be spoken to.")
        self.requests, self.answers = self.process.stdin, self.process.stdout
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.terminate()
        self.requests.close()
        self.answers.close()
        self.process.wait()

    def ask(self, kind: str, **payload: Any) -> dict[str, Any]:
        """One request and its answer. Raises `SearchError`."""
        request = json.dumps({"message_id": 1, "payload": {"type": kind, **payload}}).encode()
        self.requests.write(base64.b64encode(request) + b",")
        self.requests.flush()
        answer = bytearray()
        while not answer.endswith(b","):
            part = self.answers.read1()  # type: ignore[attr-defined]  # a buffered pipe has it
            if not part:
                raise SearchError("Pagefind ended without an answer.")
            answer += part
        said: dict[str, Any] = json.loads(base64.b64decode(answer[:-1]))["payload"]
        if said["type"] == "Error":
            raise SearchError(f"Pagefind failed: {said['message']}")
        return said

    def index(self, pages: Mapping[str, str]) -> dict[str, bytes]:
        """The files of an index of these pages, by their addresses; in this order they are counted."""
        number = self.ask("NewIndex", config=_CONFIG)["index_id"]
        for address, text in pages.items():
            self.ask("AddFile", index_id=number, file_path=address, file_contents=text)
        # Handed over rather than written by Pagefind, which answers before its files are whole.
        files = self.ask("GetFiles", index_id=number)["files"]
        self.ask("DeleteIndex", index_id=number)
        return {file["path"]: base64.b64decode(file["content"]) for file in files}


class Index:
    """The search index of one build: taken over from the published folder if no page changed, else brought up to date.

    A preview takes over the old one in any case, and gets the new one while the editor already looks at the page.
    CHAUTARI_SEARCH=0 in the environment leaves it out, for measuring.
    """

    def __init__(self, written: Written, staged: bool, preview: bool) -> None:
        self.written, self.staged, self.preview = written, staged, preview
        self.wanted = os.environ.get("CHAUTARI_SEARCH") != "0"
        self.is_current = False
        self.marks: dict[str, str] = {}
        self._behind: Thread | None = None
        self._abandoned = Event()

    def look_at(self, addresses: Iterable[str]) -> None:
        """Notes what the pages are that may be searched: `written` knows what each shows."""
        self.marks = {address: self.written.marks[address] for address in addresses}
        self.is_current = self.wanted and self.written.is_current(ENTRY, digest(code(), self.marks))

    @timed("Search index")
    def make(self, folder: Path) -> None:
        """The index of the pages in a folder that is about to be published. Raises `SearchError`."""
        old = self.written.folder / FOLDER
        if self.staged and self.wanted and old.is_dir():
            shutil.copytree(old, folder / FOLDER)
        if self.wanted and not self.is_current and not self.preview:
            index(folder, self.marks, self.written.cache)

    def make_behind(self, folder: Path) -> None:
        """The index of a preview that is being looked at. Until it is there nobody may take the old one for it."""
        if self.preview and self.wanted and not self.is_current:
            del self.written.marks[ENTRY]
            self._behind = Thread(target=self._make_behind, args=(folder,), daemon=True)
            self._behind.start()

    def _make_behind(self, folder: Path) -> None:
        with suppress(AbandonedError):
            index(folder, self.marks, self.written.cache, self._go_on)

    def _go_on(self) -> None:
        if self._abandoned.is_set():
            raise AbandonedError

    def abandon(self) -> None:
        """Ends the making of an index that the next build will make anew; the folder keeps the old one."""
        self._abandoned.set()
        self.wait()

    def wait(self) -> None:
        """Until nothing writes into the folder any more."""
        if self._behind:
            self._behind.join()


def index(site: Path, marks: Mapping[str, str], cache: Cache, go_on: Callable[[], None] = lambda: None) -> list[str]:
    """Brings the index of pages up to date, given their addresses and what they show; the parts that were made anew.

    The same pages give the same bytes. `go_on` is asked again and again, and may raise. Raises `SearchError`.
    """
    seen = cache.step("searched pages", code())
    known = cache.step("search parts", code(), byteorder)
    runs = {run[0]: run for run in _runs(address for address in _ordered(marks) if _seen(site, address, marks, seen))}
    made_of = {name: digest([(address, seen.rows[address][1]) for address in run]) for name, run in runs.items()}
    stale = [name for name, mark in made_of.items() if known.get(name, mark) is None]
    if stale or known.get(_PROGRAMS, "") is None:
        with Pagefind() as pagefind:
            known.put(_PROGRAMS, "", bundle.programs(pagefind.index({"index.html": _NOTHING})))
            for name in stale:
                go_on()
                pages = {address: (site / address).read_text("utf-8") for address in runs[name]}
                known.put(name, made_of[name], parts.read(pagefind.index(pages), _sorts(pages)).packed())
    cache.save(seen, marks)
    cache.save(known, [_PROGRAMS, *runs])
    whole = bundle.joined(_unpacked(known, runs, go_on), known.rows[_PROGRAMS][1])
    write(site / FOLDER, whole, go_on)
    return stale


def _unpacked(known: Step, runs: Iterable[str], go_on: Callable[[], None]) -> Iterator[parts.Part]:
    for name in runs:
        go_on()
        yield parts.unpacked(known.rows[name][1])


def _ordered(addresses: Iterable[str]) -> list[str]:
    """Folder by folder: pages of the same weight are found in this order."""
    return sorted(addresses, key=lambda address: address.split("/"))


def _runs(addresses: Iterable[str]) -> Iterator[list[str]]:
    """Neighbouring pages, about a hundred. An address alone tells whether a run ends with it: so a page more or less
    changes one run, and not the ends of all that follow.
    """
    run = []
    for address in addresses:
        run.append(address)
        if int(digest(address)[:8], 16) % RUN == 0:
            yield run
            run = []
    if run:
        yield run


def _seen(site: Path, address: str, marks: Mapping[str, str], seen: Step) -> bytes:
    """A short name for what the search sees of a page; nothing for a page that is not searched."""
    known = seen.get(address, marks[address])
    if known is None:
        head, found, body = (site / address).read_bytes().partition(MARK)
        text = body[: body.rfind(AROUND)] if AROUND in body else body
        known = digest(_FACT.findall(head), text).encode() if found else b""
        seen.put(address, marks[address], known)
    return known


def _sorts(pages: Mapping[str, str]) -> parts.Sorts:
    """What each page is sorted by, which Pagefind does not tell: only their order."""
    return {address: {name: unescape(value) for value, name in _SORT.findall(text)} for address, text in pages.items()}


def write(folder: Path, made: bundle.Bundle, go_on: Callable[[], None] = lambda: None) -> None:
    """Makes a folder hold just these files; what is there already is not touched.

    The entry is the last to be written and nothing is taken away before: who searches meanwhile finds all files of the
    old index or of the new one.
    """
    there = _files(folder)
    for name, content in made.items():
        go_on()
        if name in bundle.UNNAMED or name not in there:
            _write(folder / name, content())
    for name in there - made.keys():
        (folder / name).unlink()


def _files(folder: Path) -> set[str]:
    """The paths of all files below a folder, without asking for each."""
    places = ((Path(place).relative_to(folder), names) for place, _, names in os.walk(folder))
    return {(place / name).as_posix() for place, names in places for name in names}


def _write(target: Path, content: bytes) -> None:
    """Puts a file in its place whole, unless it is there: files whose names tell their content are not looked into."""
    if target.is_file() and target.read_bytes() == content:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f"{target.name}~")
    unfinished.write_bytes(content)
    unfinished.replace(target)
