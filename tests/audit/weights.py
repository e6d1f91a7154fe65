"""What a first view costs: bytes as they travel, requests, and what must be there before anything is painted."""

from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from playwright.sync_api import Browser

from tests.audit.hubs import PAGES
from tests.audit.report import Result, Row
from tests.browser.chromium import launched

KIB = 1024
# A browser's own account: how many bytes came, and which of them it had to wait for (Resource Timing, W3C).
LOADED = """() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
    .filter(entry => !["img", "image"].includes(entry.initiatorType))
    .map(entry => [entry.name, entry.encodedBodySize,
                   entry.entryType === "navigation" || entry.renderBlockingStatus === "blocking"])"""


class Weight(NamedTuple):
    """A page's first view without its pictures."""

    total: int
    blocking: int
    requests: list[str]

    @property
    def hosts(self) -> set[str]:
        return {urlsplit(request).netloc for request in self.requests}

    def __str__(self) -> str:
        return (
            f"{self.total / KIB:.1f} KB in {len(self.requests)} requests, "
            f"{self.blocking / KIB:.1f} KB before the first paint"
        )


LIMIT = Weight(50 * KIB, 32 * KIB, [""] * 6)


def weigh(browser: Browser, address: str) -> Weight:
    """Opens a page as someone who was never here."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    loaded = page.evaluate(LOADED)
    context.close()
    return Weight(
        sum(size for _, size, _ in loaded),
        sum(size for _, size, blocking in loaded if blocking),
        [name for name, _, _ in loaded],
    )


def audit(_sites: Path, address: str) -> Result:
    """A post is what people are sent to: it has the limit. The others are told."""
    rows, shortfalls = [], []
    with launched() as browser:
        for name in ("home", "post of the site", "label", "search"):
            weight = weigh(browser, address + PAGES[name])
            post = name.startswith("post")
            rows.append(Row(f"first view without pictures, {name}", str(weight), f"at most {LIMIT}" if post else "–"))
            if post and exceeds(weight):
                shortfalls.append(f"weights: {name}: {weight}; the limit is {LIMIT}")
    return Result(rows, shortfalls)


def exceeds(weight: Weight) -> bool:
    """Whether any of the three figures is over its limit."""
    return weight.total > LIMIT.total or weight.blocking > LIMIT.blocking or len(weight.requests) > len(LIMIT.requests)
