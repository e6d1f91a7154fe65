"""Deadlines and clocks in a browser: a page that was built long ago must not lie, and nothing may move under a reader."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visit
from tests.build import build, copy_of_the_test_hub
from tests.hub import event, post
from tests.serving import served

pytestmark = pytest.mark.browser

CALL, WEBINAR = "2026/01/call.html", "events/webinar/"
FILES = {
    "content/posts/2026/call.md": post("kind: Call", "deadline: 2026-01-20", date="2026-01-02", title="The call"),
    "content/events/webinar.md": event(
        "end: 2026-01-18 23:30", "registration: {deadline: 2026-01-17}", start="2026-01-18 22:00", title="Webinar"
    ),
}


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a small hub that was built on 15 January 2026."""
    root: Path = copy_of_the_test_hub(tmp_path_factory.mktemp("hub"), FILES)
    done = build(root)
    assert done.returncode == 0, done.stderr
    with served(root / "site") as address:
        yield address


@pytest.fixture
def read(browser: Browser, hub: str, request: pytest.FixtureRequest) -> Any:
    """Opens a page at a moment, as somebody in a time zone does."""

    def read(address: str, now: str = "2026-01-15T12:00:00Z", zone: str = "Asia/Kathmandu", **more: Any) -> Page:
        context = browser.new_context(timezone_id=zone, **more)
        request.addfinalizer(context.close)
        page = context.new_page()
        page.clock.set_fixed_time(now)
        page.add_init_script(
            "window.moved = 0; new PerformanceObserver((seen) => { for (const each of seen.getEntries()) window.moved += each.value; })"
            ".observe({ type: 'layout-shift', buffered: true });"
        )
        page.goto(hub + address)
        return page

    return read


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("2026-01-15T12:00:00Z", "Deadline: 20 January 2026 (in 5 days)"),
        ("2026-01-19T12:00:00Z", "Deadline: 20 January 2026 (tomorrow)"),
        ("2026-01-20T18:14:00Z", "Deadline: 20 January 2026 (today)"),
        ("2026-01-20T18:15:00Z", "Closed: the deadline was 20 January 2026."),
        ("2027-01-20T12:00:00Z", "Closed: the deadline was 20 January 2026."),
    ],
)
def test_an_old_page_says_what_is_left_until_the_deadline(read: Any, now: str, said: str) -> None:
    page = read(CALL, now)
    expect(page.locator("article > .hub-notice")).to_have_text(said, use_inner_text=True)
    closed = said.startswith("Closed")
    expect(page.locator("article .hub-kicker .hub-mark")).to_be_visible(visible=closed)
    page = read("posts/", now)
    expect(page.locator(".hub-card", has_text="The call").get_by_text("Closed")).to_be_visible(visible=closed)


@pytest.mark.parametrize("address", ["", "posts/", CALL, WEBINAR])
def test_the_days_that_are_left_move_nothing(read: Any, address: str) -> None:
    page = read(address, viewport={"width": 390, "height": 900})
    expect(page.locator("main .hub-left").first).to_have_text(re.compile(r"in \d days"))
    assert page.evaluate("window.moved") == 0


def test_without_a_script_a_page_says_the_date_only(read: Any) -> None:
    page = read(CALL, java_script_enabled=False)
    expect(page.locator("article > .hub-notice")).to_have_text("Deadline: 20 January 2026", use_inner_text=True)


def test_an_event_of_an_old_build_is_over(read: Any) -> None:
    expect(read(WEBINAR).get_by_text("This event is over.")).to_be_hidden()
    page = read(WEBINAR, "2026-01-18T17:00:00Z")
    expect(page.get_by_text("Registration closed on 17 January 2026")).to_be_visible()
    page = read(WEBINAR, "2026-01-19T12:00:00Z")
    expect(page.get_by_text("This event is over.")).to_be_visible()
    expect(page.get_by_text("Registration closed")).to_be_hidden()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    ("zone", "first"),
    [
        ("America/New_York", "Your time 18 January 2026, 11:00 to 12:30"),
        ("Pacific/Auckland", "Your time 19 January 2026, 05:00 to 06:30"),
        ("Asia/Dhaka", "Dhaka the event's own time 18 January 2026, 22:00 to 23:30"),
        ("Europe/Paris", "Dhaka the event's own time 18 January 2026, 22:00 to 23:30"),
    ],
)
def test_the_readers_own_time_comes_first_unless_it_is_there(read: Any, zone: str, first: str, width: int) -> None:
    page = read(WEBINAR, zone=zone, viewport={"width": width, "height": 900})
    rows = page.locator("#hub-clocks tbody tr")
    expect(rows.first).to_have_text(first)
    expect(rows).to_have_count(4 if first.startswith("Your") else 3)
    assert page.evaluate("window.moved") == 0


def test_the_project_s_own_webinar_is_told_on_its_members_clocks(visit: Visit) -> None:
    page = visit.open("events/webinar-women-sse-and-social-protection/")
    page.get_by_text("What time that is elsewhere").click()
    expect(page.locator("#hub-clocks tr", has_text="Kathmandu")).to_contain_text("18:45")
    expect(page.locator("#hub-clocks tr", has_text="Brussels")).to_contain_text("15:00")
