"""Going through the hub as a partner does, on a large screen and on a telephone."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

PAGES = ["", "posts/", "2018/", "trainings/", "events/", "partners/", "initiatives/", "resources/", "credentials/",
         "partners/by-country/bangladesh/", "health/", "health/bangladesh/",
         "countries/", "themes/", "countries/bangladesh/", "search/", "subscribe/", "about/", "guide/", "guide/fields/",
         "acronyms/", "2019/06/occupational-health-and-safety-training-trickling-down-in-bangladesh.html",
         "trainings/training-of-trainers-for-homeworkers/",
         "trainings/training-of-trainers-for-homeworkers/facilitator/", "initiatives/women-garment-workers-and-automation/",
         "partners/gefont/", "events/amrc-training-social-protection-and-ohs-vientiane/",
         "credentials/social-dialogue-for-solutions/", "404.html"]  # fmt: skip


def test_from_home_to_a_country_a_post_a_partner_and_back(visit: Visit) -> None:
    page = visit.open()
    page.locator("main").get_by_role("link", name=re.compile("^Bangladesh")).first.click()
    expect(page).to_have_url(visit.site + "countries/bangladesh/")
    expect(page.locator("main")).to_contain_text("Showing posts with label Bangladesh. Show all posts")
    page.locator("main").get_by_role("link", name="Occupational Health and Safety").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Occupational")
    post = page.url
    page.locator("main").get_by_role("link", name="Gonoshasthaya Kendra").first.click()
    expect(page).to_have_url(visit.site + "partners/gk/")
    expect(page.locator("main").get_by_role("link", name="Occupational").first).to_be_visible()
    page.go_back()
    expect(page).to_have_url(post)
    page.go_back()
    page.get_by_role("link", name="Show all posts").click()
    expect(page).to_have_url(visit.site + "posts/")
    expect(page.get_by_role("heading", level=1)).to_have_text("All posts")


@pytest.mark.parametrize("address", PAGES)
def test_no_page_is_wider_than_the_screen(visit: Visit, address: str) -> None:
    page = visit.open(address)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_the_keyboard_reaches_the_content_and_the_search(visit: Visit) -> None:
    page = visit.open("posts/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to content")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('main') !== null || location.hash === '#hub-main'")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_one_sees_where_the_focus_is(visit: Visit) -> None:
    page = visit.open("partners/")
    for opener in ("#hub-colours", ".hub-facets > summary", ".hub-directory a"):
        page.locator(opener).first.focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        expect(page.locator(opener).first).to_be_focused()
        expect(page.locator(opener).first).to_have_css("outline-style", "solid")


def test_without_javascript_everything_is_readable_and_the_menu_opens(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(site)
    page.locator("label[for='hub-drawer']").first.click()
    page.locator("#hub-menu").get_by_role("link", name="Partners").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Partners")
    page.goto(site + "search/")
    expect(page.get_by_role("link", name="by theme")).to_be_visible()
    page.get_by_role("link", name="by country").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Countries")
    context.close()


def test_the_choice_of_dark_colours_is_remembered(visit: Visit) -> None:
    page = visit.open()
    background = "getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(background)
    page.locator("#hub-colours").click()
    after = page.evaluate(background)
    assert before != after
    with page.expect_navigation():
        page.locator("main a").first.click()
    assert page.evaluate(background) == after


def test_a_citation_is_copied_with_one_press(visit: Visit) -> None:
    page = visit.open("trainings/social-dialogue-for-solutions/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(".hub-cite summary").click()
    page.locator(".hub-cite button").click()
    expect(page.locator(".hub-cite [role=status]")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Chautari. Social Dialogue for Solutions")
    assert copied == " ".join(page.locator("#hub-citation").inner_text().split())
