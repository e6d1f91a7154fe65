"""The library of resources in the hands of readers: choosing on the spot, and from a list that is in parts."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.build import build, copy_of_the_test_hub
from tests.serving import served
from tests.views.test_resources import resource

pytestmark = pytest.mark.browser

MANY = {
    f"content/resources/r{n:02}.md": resource(title=f"R{n:02}", year=2000 + n % 3, kind=("Manual", "Report")[n % 2])
    for n in range(18)
}


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The test hub with as many resources as fill two pages, built."""
    root = copy_of_the_test_hub(tmp_path_factory.mktemp("hub"), MANY)
    done = build(root)
    assert done.returncode == 0, done.stderr
    return root / "site"


def test_a_choice_in_a_part_is_answered_from_the_whole_list(browser: Browser, hub: Path) -> None:
    opened = browser.new_page(viewport={"width": 390, "height": 844})
    with served(hub) as site:
        opened.goto(f"{site}resources/")
        expect(opened.locator(".hub-facets")).to_be_hidden()
        opened.get_by_label("Kind").select_option(label="Report (9)")
        expect(opened).to_have_url(f"{site}resources/all/?kind=kinds%3Areport#hub-kind")
        expect(opened.get_by_label("Kind")).to_be_focused()
        expect(opened.get_by_role("status")).to_have_text("9 of 20 resources")
        opened.get_by_label("Year").select_option(label="2001 (6)")
        expect(opened.get_by_role("status")).to_have_text("3 of 20 resources")
        expect(opened.locator(".hub-group h2:visible")).to_have_text(["2001"])
        opened.goto(f"{site}resources/?year=year%3A2002")
        expect(opened.get_by_role("status")).to_have_text("6 of 20 resources")


def test_without_a_script_the_ways_are_there(browser: Browser, hub: Path) -> None:
    opened = browser.new_context(java_script_enabled=False).new_page()
    with served(hub) as site:
        opened.goto(f"{site}resources/")
        expect(opened.locator(".hub-filter")).to_be_hidden()
        opened.locator(".hub-facets > summary").click()
        opened.get_by_role("link", name="Years").click()
        opened.get_by_role("link", name="2001").click()
        expect(opened.get_by_role("heading", level=1)).to_have_text("Resources: 2001")
        expect(opened.locator(".hub-rows > li")).to_have_count(6)
