"""One page of each kind by the rules of accessibility that a program can judge: axe-core."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page

from tests.audit.hubs import PAGES, open_page
from tests.audit.report import Result, Row, grouped
from tests.audit.tools import MODULES
from tests.browser.chromium import launched

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
SIZES = ((390, 844), (1280, 900))
# WCAG 2.2, 2.5.8 (Target Size) is not among those that axe applies by itself.
RUN = """async () => (await axe.run(document, {rules: {"target-size": {enabled: true}}})).violations.flatMap(
    rule => rule.nodes.map(node => [`${rule.id}: ${node.failureSummary.split("\\n")[1].trim()}`, String(node.target)]))"""


def audit(_sites: Path, address: str) -> Result:
    """Each page in light and dark, on a telephone and on a large screen."""
    script = (MODULES / "axe-core/axe.min.js").read_text("utf-8")
    places: dict[str, list[str]] = defaultdict(list)
    with launched() as browser:
        for scheme, (width, height) in product(SCHEMES, SIZES):
            page = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": height})
            for name in views(page, address):
                page.evaluate(script)
                for violation, target in page.evaluate(RUN):
                    places[f"axe {violation}"].append(f"{name}, {scheme}, {width} px: {target}")
            page.close()
    count = sum(map(len, places.values()))
    measured = f"axe-core, {len(PAGES)} kinds of page, menu and search open, light and dark, 390 and 1280 px"
    return Result([Row(measured, f"{count} violations", "0 violations")], grouped(places))


def views(page: Page, address: str) -> Iterator[str]:
    """Brings up one page after the other and says which it is; at last what opens over a page."""
    for name, path in PAGES.items():
        open_page(page, address + path)
        yield name
    page.keyboard.press("Control+k")
    page.get_by_role("dialog").get_by_role("searchbox").or_(page.get_by_role("dialog").locator("input")).first.fill(
        "workers"
    )
    page.get_by_role("dialog").get_by_role("link").first.wait_for()
    yield "search dialog"
    open_page(page, address + PAGES["home"])
    opener = page.locator("label[for='hub-drawer']").first
    if opener.is_visible():
        opener.click()
        yield "menu"
