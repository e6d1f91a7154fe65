"""What a search loads: the bytes over the wire, as a browser counts them.

Only where Playwright and a Chromium are: the first comes with `make venv-dev`.
"""

from collections.abc import Callable, Iterator
from time import perf_counter
from typing import TYPE_CHECKING

from benchmarks.report import Row
from benchmarks.scenarios import SEARCHED
from benchmarks.tree import Tree

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WORDS = "pension benefits"
"""Two common words: 45 and 34 of a hundred posts hold them. The two most frequent ones stand in nearly all of them."""


def searches(tree: Tree, runs: int, say: Callable[[str], None]) -> Iterator[Row]:
    """The first results for two common words, then the counts of every facet, by somebody who was never here."""
    say(SEARCHED)
    try:
        from playwright.sync_api import Error

        from tests.browser.chromium import find, launched
        from tests.serving import served
    except ImportError:
        return say(f"{SEARCHED}: left out, because Playwright is not installed (make venv-dev).")
    if not find():
        return say(f"{SEARCHED}: left out, because there is no Chromium (on Debian: sudo apt-get install chromium).")
    try:
        with served(tree.output) as address, launched() as browser:
            for _ in range(runs):
                seconds, size = search(browser, f"{address}search/")
                yield Row(SEARCHED, tree.peer.name, seconds, size=size)
    except Error as failure:
        say(f"{SEARCHED}: failed, {failure.message.partition(chr(10))[0]}")
        yield Row(SEARCHED, tree.peer.name, failure=failure.message)


def search(browser: "Browser", address: str) -> tuple[float, int]:
    """Seconds until the tenth result stands there, and the bytes loaded when every facet is open as well."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    sizes: list[int] = []
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda done: sizes.append(int(done["encodedDataLength"])))
    start = perf_counter()
    page.locator("main").get_by_role("searchbox").fill(WORDS)
    page.locator("main .hub-results > li").nth(9).wait_for()
    seconds = perf_counter() - start
    for facet in page.locator("main details[data-facet]").all():
        facet.locator("summary").click()
        facet.locator("label:visible, p:visible").first.wait_for()
    page.wait_for_timeout(500)  # the browser tells of the last file a little later
    context.close()
    return seconds, sum(sizes)
