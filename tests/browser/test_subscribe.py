"""Choosing feeds as a reader does, with and without JavaScript."""

import re
from pathlib import Path

import pytest
from lxml import etree
from playwright.sync_api import Browser, Page, Route, expect

from chautari.headers import EVERYWHERE
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

PUBLISHED = "https://hub.example.org/hub/"


def choose(page: Page, name: str) -> None:
    page.get_by_role("checkbox", name=f"Choose {name}", exact=True).check()


def downloaded(page: Page) -> list[tuple[str | None, str | None]]:
    """The titles and addresses in the file that the browser makes."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download my choice").click()
    assert waiting.value.suggested_filename == "feeds.opml"
    opml = etree.parse(Path(waiting.value.path()))
    assert opml.getroot().get("version") == "2.0"
    return [(each.get("text"), each.get("xmlUrl")) for each in opml.findall("body/outline")]


def test_two_feeds_are_chosen_and_taken_home(visit: Visit) -> None:
    page = visit.open("subscribe/")
    expect(page.get_by_role("button", name="Download my choice")).to_be_hidden()
    choose(page, "Trainings")
    page.get_by_label("Find a feed").fill("decent work")
    choose(page, "Decent work in Bangladesh")
    expect(page.locator("#hub-choice")).to_contain_text("Feeds chosen: 2")
    assert downloaded(page) == [
        ("Trainings", f"{PUBLISHED}trainings/feed.xml"),
        ("Decent work in Bangladesh", f"{PUBLISHED}countries/bangladesh/decent-work/feed.xml"),
    ]
    page.get_by_role("button", name="Choose none").click()
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(0)
    expect(page.get_by_role("button", name="Download my choice")).to_be_hidden()


def test_the_field_finds_feeds_in_folded_groups(visit: Visit) -> None:
    page = visit.open("subscribe/")
    gefont = page.get_by_role("link", name=re.compile("^General Federation of Nepalese|^GEFONT")).first
    field = page.get_by_label("Find a feed")
    expect(gefont).to_be_hidden()
    field.fill("nepal")
    expect(page.locator("#hub-choice [data-feed] a", has_text="Nepal").first).to_be_visible()
    expect(page.get_by_role("checkbox", name="Choose Bangladesh", exact=True)).to_be_hidden()
    field.fill("no such thing")
    expect(page.locator("#hub-choice")).to_contain_text("No feed has this in its name.")
    field.fill("")
    expect(page.get_by_role("checkbox", name="Choose Trainings")).to_be_visible()
    expect(page.locator("#hub-choice details[open]")).to_have_count(0)


def test_the_keyboard_is_enough(visit: Visit) -> None:
    page = visit.open("subscribe/")
    field = page.get_by_label("Find a feed")
    field.fill("trainings")
    field.press("Enter")
    field.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_role("checkbox", name="Choose Trainings")).to_be_checked()
    page.get_by_role("button", name="Download my choice").focus()
    assert downloaded(page) == [("Trainings", f"{PUBLISHED}trainings/feed.xml")]


def test_an_address_is_copied(visit: Visit) -> None:
    page = visit.open("subscribe/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy Trainings").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{PUBLISHED}trainings/feed.xml"


def test_without_javascript_the_list_is_complete(browser: Browser, site: str, folder: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + "subscribe/")
    feeds = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("feed.xml"))
    named = page.locator("#hub-choice a[type='application/rss+xml']")
    links = [named.nth(number).get_attribute("href") or "" for number in range(named.count())]
    assert sorted(link.removeprefix("../") for link in links) == feeds
    expect(page.get_by_role("button")).to_have_count(0)
    expect(page.get_by_role("checkbox")).to_have_count(0)
    expect(page.get_by_role("link", name="all feeds in one file")).to_have_attribute("href", "../feeds.opml")
    context.close()


@pytest.mark.parametrize("address", ["", "search/?q=work", "subscribe/", "guide/", "partners/gefont/", "404.html"])
def test_a_host_that_sends_our_headers_breaks_nothing(visit: Visit, address: str) -> None:
    def with_headers(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, **EVERYWHERE})

    visit.page.route(visit.site + address, with_headers)
    page = visit.open(address)
    page.wait_for_load_state("networkidle")
    if "search" in address:
        expect(page.locator("main").get_by_role("status")).to_contain_text("Results: ")
    page.locator("#hub-colours").click()
    page.reload()
    assert page.evaluate("document.getElementById('hub-dark').media") in ("screen", "not all")
