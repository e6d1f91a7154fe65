"""What is measured: the project's own site and the test hub, built side by side, and one page of each kind.

The test hub stands there a second time with more resources than a page holds: only then is there one of all.
"""

from pathlib import Path

from playwright.sync_api import Page

from tests.build import ROOT, build, copy_of_the_test_hub

# The project's own site is hub/, the test hub sub/, that with many resources many/: all below a path, as their
# addresses say.
PAGES = {
    "home": "hub/",
    "posts": "hub/posts/",
    "posts, page 2": "hub/posts/page/2/",
    "year": "hub/2018/",
    "month": "hub/2018/06/",
    "trainings": "hub/trainings/",
    "events": "hub/events/",
    "partners": "hub/partners/",
    "partners by country": "hub/partners/by-country/",
    "partners of a country": "hub/partners/by-country/bangladesh/",
    "initiatives": "hub/initiatives/",
    "resources": "many/resources/",
    "all resources": "many/resources/all/",
    "all resources, chosen": "many/resources/all/?year=year%3A2016",
    "resources by kind": "sub/resources/kinds/",
    "resources of a kind": "sub/resources/kinds/manual/",
    "acronyms": "hub/acronyms/",
    "countries": "hub/countries/",
    "themes": "hub/themes/",
    "label": "hub/countries/bangladesh/",
    "country and theme": "hub/countries/bangladesh/social-protection/",
    "health": "hub/health/",
    "health of a country": "hub/health/bangladesh/",
    "search": "hub/search/",
    "search with results": "hub/search/?q=workers",
    "subscribe": "hub/subscribe/",
    "about": "hub/about/",
    "guide": "hub/guide/",
    "fields": "hub/guide/fields/",
    "not found": "hub/404.html",
    "home of the test hub": "sub/",
    "post": "sub/2025/03/complete.html",
    "post in Bangla": "sub/bn/2025/03/complete.html",
    "post of the site": "hub/2018/06/trade-unions-as-actors-for-development.html",
    "withdrawn post": "sub/2025/01/withdrawn.html",
    "training": "sub/trainings/complete/",
    "plan for facilitators": "sub/trainings/complete/facilitator/",
    "learning paths": "sub/trainings/paths/",
    "event": "sub/events/complete/",
    "partner": "sub/partners/federation/",
    "partner of the site": "hub/partners/gefont/",
    "initiative": "sub/initiatives/complete/",
    "initiative of the site": "hub/initiatives/women-garment-workers-and-automation/",
    "resource": "sub/resources/the-manual/",
    "resource that is replaced": "sub/resources/first-manual/",
    "credential": "sub/credentials/complete/",
    "award": f"sub/credentials/awards/{32 * 'a'}/",
    "revoked award": f"sub/credentials/awards/{32 * 'c'}/",
    "check of an award": f"sub/credentials/verify/?award={32 * 'a'}",
}

MANY = {
    f"content/resources/more-{year}.md": (
        f"---\ntitle: Report of {year}\nkind: manual\nyear: {year}\nurl: https://example.org/{year}\n---\n"
    )
    for year in range(2006, 2020)
}


def build_hubs(folder: Path) -> None:
    """All hubs in a folder."""
    test_hub = copy_of_the_test_hub(folder / "test-hub")
    many = copy_of_the_test_hub(folder / "many", MANY)
    address = "https://hub.example.org"
    for root, name in ((ROOT, "hub"), (test_hub, "sub"), (many, "many")):
        done = build(root, "-d", str(folder / "sites" / name), SITE_URL=f"{address}/{name}/")
        if done.returncode:
            raise SystemExit(done.stderr)


def open_page(page: Page, address: str) -> None:
    """Goes to a page, and waits where a search first loads its index and finds."""
    page.goto(address)
    if "?q=" in address:
        page.locator("main a[href$='.html']").first.wait_for()
    if "/search/" in address:
        page.wait_for_load_state("networkidle")
