"""What axe does not judge: going through each kind of page with the Tab key, and its landmarks."""

from collections import defaultdict
from pathlib import Path

from playwright.sync_api import Page

from tests.audit.hubs import PAGES, open_page
from tests.audit.report import Result, Row, grouped
from tests.browser.chromium import launched

TABS = 60
# The place of the focused element among all of the page; -1 stands for none.
FOCUSED = """() => {
    const at = document.activeElement;
    return at === document.body ? -1 : [...document.querySelectorAll("*")].indexOf(at);
}"""

# A field for a time has a stop for the hours, one for the minutes, one for the half of the day, and one for its button.
IN_PARTS, PARTS = "document.activeElement.matches('input[type=time], input[type=date]')", 4

# Labels turn their colours round, the parts of a field for a time are marked by the browser; all others get a ring.
UNSEEN = """() => {
    const at = document.activeElement;
    return at !== document.body && !at.matches(".md-tag, input[type=time], input[type=date]")
        && getComputedStyle(at).outlineStyle === "none";
}"""

NAME = "document.activeElement.textContent.trim() || document.activeElement.tagName"


def audit(_sites: Path, address: str) -> Result:
    """Each page on a telephone and on a large screen."""
    places: dict[str, list[str]] = defaultdict(list)
    with launched() as browser:
        for width, height in ((390, 844), (1280, 900)):
            page = browser.new_page(viewport={"width": width, "height": height})
            for name, path in PAGES.items():
                for fault in faults(page, address + path):
                    places[f"keyboard: {fault}"].append(f"{name}, {width} px")
            page.close()
    count = sum(map(len, places.values()))
    return Result(
        [Row(f"keyboard and landmarks, {len(PAGES)} kinds of page, 390 and 1280 px", f"{count} faults", "0 faults")],
        grouped(places),
    )


def faults(page: Page, address: str) -> list[str]:
    """All that is wrong with a page."""
    open_page(page, address)
    said = [
        f"{count} × {landmark} instead of one"
        for landmark in ("h1", "main", "html[lang]")
        if (count := page.locator(landmark).count()) != 1
    ]
    if trapped(page):
        said.append(f"the focus does not come out of {page.evaluate(NAME)}")
    open_page(page, address)
    said += [f"one does not see the focus on {name}" for name in unseen(page)]
    open_page(page, address)
    if not skips(page):
        said.append("the first Tab and Enter do not lead to the content")
    return said


def trapped(page: Page) -> bool:
    """Whether the focus comes back to an element before it went once around the page."""
    stops: list[int] = []
    parts = 1
    for _ in range(TABS):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        parts = parts + 1 if stops and stop == stops[-1] else 1
        if 1 < parts <= PARTS and page.evaluate(IN_PARTS):
            continue
        if stop in stops or stop == -1:
            return stop not in (-1, stops[0])
        stops.append(stop)
    return False


def unseen(page: Page) -> list[str]:
    """The stops that look the same with the focus on them."""
    found: dict[str, None] = {}
    for _ in range(TABS):
        page.keyboard.press("Tab")
        if page.evaluate(UNSEEN):
            found[page.evaluate(NAME)] = None
    return list(found)


def skips(page: Page) -> bool:
    """Whether the first stop is a link to the content, after which Tab goes on inside it."""
    page.keyboard.press("Tab")
    if not page.evaluate("document.activeElement.matches('a[href^=\"#\"]')"):
        return False
    page.keyboard.press("Enter")
    return bool(page.evaluate("document.activeElement.closest('main') !== null"))
