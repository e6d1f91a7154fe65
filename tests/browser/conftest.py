"""A browser, and the project's own site served below a path as a web server would."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import launched
from tests.build import ROOT, build
from tests.serving import serve


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the project's own site, built and served below a path."""
    folder = tmp_path_factory.mktemp("site")
    done = build(ROOT, "-d", str(folder / "hub"), SITE_URL="https://hub.example.org/hub/")
    assert done.returncode == 0, done.stderr
    with serve(folder) as address:
        yield f"{address}hub/"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium without a window. There is always one: `make test` sees to it, or fails."""
    with launched() as started:
        yield started


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
