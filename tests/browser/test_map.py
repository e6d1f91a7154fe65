"""The map of countries as it is drawn, in the fonts of this machine."""

from itertools import combinations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

BOXES = """selector => [...document.querySelectorAll(selector)].map(each => {
    const box = each.getBoundingClientRect()
    return [each.textContent, box.left, box.top, box.right, box.bottom]
}).filter(([, left, , right]) => right > left)"""
LETTERS = """() => {
    const drawing = document.querySelector(".hub-map svg")
    const shown = [...drawing.querySelectorAll("text")].filter(each => each.getBoundingClientRect().width)
    return shown.map(each => parseFloat(getComputedStyle(each).fontSize) * drawing.getScreenCTM().a)
}"""


def test_names_can_be_read_and_cover_neither_each_other_nor_a_dot(visit: Visit) -> None:
    page = visit.open("countries/")
    letters = page.evaluate(LETTERS)
    assert len(letters) > 6
    assert min(letters) >= 11
    names, dots = page.evaluate(BOXES, ".hub-map text"), page.evaluate(BOXES, ".hub-map__dot")
    for (name, *one), (other, *two) in [*combinations(names, 2), *((name, dot) for name in names for dot in dots)]:
        apart = one[0] >= two[2] or two[0] >= one[2] or one[1] >= two[3] or two[1] >= one[3]
        assert apart, f"{name} and {other or 'a dot'}"
    # Letters' boxes have room above and below: dots and the frame are what must be clear.
    _, left, top, right, bottom = page.evaluate(BOXES, ".hub-map svg")[0]
    assert all(left <= box[1] and box[3] <= right and top <= box[2] and box[4] <= bottom for box in names)


def test_a_dot_leads_to_its_country(visit: Visit) -> None:
    page = visit.open("countries/")
    page.locator(".hub-map a", has_text="Nepal").locator(".hub-map__dot").click()
    expect(page).to_have_url(visit.site + "countries/nepal/")


def test_links_are_large_enough_for_a_finger(visit: Visit) -> None:
    page = visit.open("countries/")
    for text, left, top, right, bottom in page.evaluate(BOXES, ".hub-map__target, .hub-beside table a"):
        assert (right - left >= 24, bottom - top >= 24) == (True, True), text


def test_the_keyboard_goes_through_the_table_and_past_the_drawing(visit: Visit) -> None:
    page = visit.open("countries/")
    page.locator("h1").evaluate("each => { each.tabIndex = -1; each.focus() }")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_role("region")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("href", "../countries/bangladesh/")
    expect(page.get_by_role("table").get_by_role("row", name="Bangladesh")).to_be_visible()
    assert page.get_by_role("figure").get_by_role("link").count() == 0
