"""A browser, and the project's own site served below a path as a web server would."""

import functools
import gzip
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import find
from tests.build import ROOT, build

# Chromium as root has no sandbox; the rest keeps it from asking the internet for anything of its own.
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
           "--disable-component-update", "--disable-sync"]  # fmt: skip
BASE = "/hub/"


COMPRESSED = ("text/", "application/json", "image/svg")


class _Host(http.server.SimpleHTTPRequestHandler):
    """Serves a folder below BASE as hosts of static files do: texts compressed, 404.html at addresses without a page."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path.removeprefix(BASE.rstrip("/"))))
        path = path / "index.html" if path.is_dir() else path
        shown = path if path.is_file() else Path(self.directory, "404.html")
        raw, kind = shown.read_bytes(), self.guess_type(str(shown))
        self.send_response(200 if shown is path else 404)
        if kind.startswith(COMPRESSED):
            raw = gzip.compress(raw, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that the base class gives it
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder, served below a path."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Host, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}{BASE}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's own site, built. Nobody writes into it."""
    folder = tmp_path_factory.mktemp("site") / "site"
    done = build(ROOT, "-d", str(folder), SITE_URL=f"https://hub.example.org{BASE}")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def site(folder: Path) -> Iterator[str]:
    """The address of the project's own site, served below a path."""
    with served(folder) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium without a window. There is always one: `make test` sees to it, or fails."""
    path: Path | None = find()
    assert path, "no Chromium: run make test, which says what to install"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        yield started
        started.close()


@dataclass
class Visit:
    """A page of the browser, and what it did that no page should do."""

    page: Page
    site: str
    complaints: list[str] = field(default_factory=list)

    def open(self, address: str = "") -> Page:
        """Goes to an address of the site."""
        self.page.goto(self.site + address)
        return self.page


@pytest.fixture(params=["wide", "narrow"])
def visit(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Visit]:
    """A visit on a large screen, and another on a telephone: without a word on the console or to another host."""
    wide = request.param == "wide"
    context = browser.new_context(viewport={"width": 1280, "height": 900} if wide else {"width": 390, "height": 844})
    page = context.new_page()
    page.set_default_timeout(15_000)
    visit = Visit(page, site)
    page.on(
        "console",
        lambda message: visit.complaints.append(message.text) if message.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    page.on(
        "request",
        lambda asked: None if asked.url.startswith((site, "data:", "blob:")) else visit.complaints.append(asked.url),
    )
    yield visit
    context.close()
    assert visit.complaints == []
