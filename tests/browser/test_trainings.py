"""Trainings in the hands of those who use them: the clock, the path, the list, and the pack on a stick."""

import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.build import build, copy_of_the_test_hub
from tests.serving import served
from tests.test_packs import ADDRESS, FILES

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The test hub with an illustrated training, built."""
    root = copy_of_the_test_hub(tmp_path_factory.mktemp("hub"), FILES)
    done = build(root)
    assert done.returncode == 0, done.stderr
    return root / "site"


@pytest.fixture
def opened(browser: Browser, hub: Path) -> Page:
    """A page of the hub; whoever gets it says where to go."""
    return browser.new_page(viewport={"width": 390, "height": 844})


def test_the_clock_of_a_day_begins_when_one_says(opened: Page, hub: Path) -> None:
    with served(hub) as site:
        opened.goto(f"{site}trainings/complete/facilitator/")
        slots = opened.locator(".hub-clock")
        expect(slots).to_have_text(["0:00–1:35", "1:35–2:00", "0:00–1:00"])
        opened.get_by_label("The day begins at").fill("09:30")
        expect(slots).to_have_text(["09:30–11:05", "11:05–11:30", "09:30–10:30"])
        opened.reload()
        expect(slots.first).to_have_text("09:30–11:05")
        opened.get_by_label("The day begins at").fill("")
        expect(slots.first).to_have_text("0:00–1:35")


def test_what_is_done_of_a_path_is_remembered_on_the_device(opened: Page, hub: Path) -> None:
    with served(hub) as site:
        opened.goto(f"{site}trainings/paths/")
        opened.get_by_role("button", name="Mark as done: The basics").click()
        opened.goto(f"{site}trainings/complete/")
        basics = opened.locator(".hub-path [data-training]", has_text="The basics")
        expect(basics).to_contain_text("Done")
        expect(basics).not_to_contain_text("Not done yet")
        basics.get_by_role("button").click()
        opened.reload()
        expect(basics).to_contain_text("Not done yet")


def test_the_list_is_narrowed_on_the_spot_and_the_choice_can_be_sent_on(opened: Page, hub: Path) -> None:
    with served(hub) as site:
        opened.goto(f"{site}trainings/")
        cards = opened.locator(".hub-card:visible")
        expect(cards).to_have_count(4)
        opened.get_by_label("Country or region").select_option(label="Bangladesh (1)")
        expect(cards).to_have_count(1)
        expect(opened.get_by_role("status")).to_have_text("1 of 4 trainings")
        opened.reload()
        expect(cards).to_have_count(1)
        opened.get_by_label("How it is held").select_option(label="Online (3)")
        expect(opened.get_by_role("status")).to_have_text("No training is all of this. Choose less.")


def test_a_pack_opens_from_a_stick_and_asks_for_nothing_else(browser: Browser, hub: Path, tmp_path: Path) -> None:
    ZipFile(hub / ADDRESS / "illustrated.zip").extractall(tmp_path)
    stick = tmp_path.as_uri()
    shown = browser.new_page(viewport={"width": 390, "height": 844})
    asked: list[str] = []
    failed: list[str] = []
    shown.on("request", lambda request: asked.append(request.url))
    shown.on("requestfailed", lambda request: failed.append(request.url))
    shown.on("pageerror", lambda error: failed.append(str(error)))
    shown.goto(f"{stick}/index.html")
    for picture in shown.locator("img").all():
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("each => each.naturalWidth") == 960
    assert shown.evaluate("document.documentElement.scrollWidth") <= 390
    shown.get_by_role("link", name="Session plan for facilitators").click()
    expect(shown).to_have_url(re.compile("/facilitator.html$"))
    shown.get_by_label("The day begins at").fill("08:00")
    expect(shown.locator(".hub-clock")).to_have_text("08:00–08:30")
    assert failed == []
    assert [url for url in asked if not url.startswith(stick)] == []
    assert sum(url.endswith(".webp") for url in asked) == 2
