"""The search index: Pagefind is handed the finished pages one by one and writes its own files beside them.

Pagefind's command takes pages in the folder's order and its Python client sleeps a tenth of a second over each page, so
this speaks to Pagefind's service itself: requests and answers are base64-encoded JSON objects, each ended by a comma.
"""

import base64
import json
import shutil
import subprocess
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Any, Self

from pagefind.service import get_executable

from chautari.stable import settled

FOLDER = "pagefind"
ENTRY = f"{FOLDER}/pagefind-entry.json"
"""The file by which a browser finds all others."""

MARK = b"data-pagefind-body"

# One index for all languages, so that one search box finds all; English stems, because most of the texts are English.
_CONFIG = {"force_language": "en", "exclude_selectors": [".headerlink", ".footnote-ref", ".footnote-backref"]}


class SearchError(Exception):
    """Pagefind failed; the text is what it said."""


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


class Index:
    """The search index of one build: taken over from the published folder if no page changed, else made anew.

    A preview takes over the old one in any case, and gets the new one while the editor already looks at the page.
    """

    def __init__(self, published: Path, staged: bool, preview: bool) -> None:
        self.published, self.staged, self.preview = published, staged, preview
        self.is_current = False
        self._behind: Thread | None = None

    def make(self, folder: Path) -> None:
        """The index of the pages in a folder that is about to be published. Raises `SearchError`."""
        old = self.published / FOLDER
        if self.staged and (self.is_current or self.preview) and old.is_dir():
            shutil.copytree(old, folder / FOLDER)
        if not self.is_current and not self.preview:
            index(folder)

    def make_behind(self, folder: Path) -> None:
        """The index of a preview that is being looked at."""
        if self.preview and not self.is_current:
            self._behind = Thread(target=index, args=(folder,), daemon=True)
            self._behind.start()

    def wait(self) -> None:
        """Until nothing writes into the folder any more."""
        if self._behind:
            self._behind.join()


def index(site: Path) -> int:
    """Writes the index of all pages below `site` that mark their text with data-pagefind-body; the number of pages.

    The same pages give the same bytes. Raises `SearchError`.
    """
    count = 0
    with Pagefind() as pagefind:
        number = pagefind.ask("NewIndex", config=_CONFIG)["index_id"]
        for page in sorted(site.rglob("*.html")):
            text = page.read_bytes()
            if MARK in text:
                pagefind.ask(
                    "AddFile", index_id=number, file_path=page.relative_to(site).as_posix(), file_contents=text.decode()
                )
                count += 1
        # Handed over rather than written by Pagefind, which answers before its files are whole.
        files = pagefind.ask("GetFiles", index_id=number)["files"]
    write(site / FOLDER, settled({file["path"]: base64.b64decode(file["content"]) for file in files}))
    return count


def write(folder: Path, bundle: dict[str, bytes]) -> None:
    """Makes a folder hold just these files; one that does so already is not touched."""
    for path in [path for path in folder.rglob("*") if path.is_file()]:
        if path.relative_to(folder).as_posix() not in bundle:
            path.unlink()
    for name, content in bundle.items():
        target = folder / name
        if not target.is_file() or target.read_bytes() != content:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
