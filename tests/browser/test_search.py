"""Searching as a reader does: in the header, on the search page, at a mistaken address; and what it costs on a phone."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from lxml.html import builder, tostring
from playwright.sync_api import Browser, Locator, Page, expect

from chautari.vocabulary import folded
from tests.browser.conftest import Visit
from tests.corpus import FACETS, searchable, write_corpus
from tests.serving import served

pytestmark = pytest.mark.browser


def results(page: Page) -> Locator:
    return page.locator("main .hub-results > li")


def count(page: Page) -> int:
    """The number of results that the page says, once it says one."""
    status = page.locator("main").get_by_role("status")
    expect(status).to_contain_text(re.compile(r"\d|Nothing"))
    found = re.search(r"\d+", status.inner_text())
    return int(found[0]) if found else 0


def facet(page: Page, name: str) -> Locator:
    return page.locator("details", has=page.locator("summary", has_text=re.compile(f"^{name}")))


def values(page: Page, name: str) -> dict[str, int]:
    """The values that an open facet lists, with their counts."""
    rows = facet(page, name).locator("label:visible")
    expect(rows.first).to_be_visible()
    listed = (text.split("\n") for text in rows.all_inner_texts())
    return {" ".join(words): int(number) for *words, number in listed}


# --- the header and the page ---


def test_from_the_header_to_a_result_and_back(visit: Visit) -> None:
    page = visit.open()
    page.locator("#hub-search").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("searchbox").fill("injury insurance")
    expect(dialog.get_by_role("link", name=re.compile("injury insurance", re.IGNORECASE)).first).to_be_visible()
    expect(dialog.get_by_role("status")).to_contain_text("Results: ")
    dialog.get_by_role("searchbox").press("Enter")
    expect(page).to_have_url(re.compile(r"search/\?q=injury(\+|%20)insurance"))
    before = count(page)
    facet(page, "Country").locator("summary").click()
    offered = values(page, "Country")["Bangladesh"]
    page.get_by_label("Bangladesh").check()
    expect(page).to_have_url(re.compile("country=Bangladesh"))
    expect(page.get_by_role("status")).to_have_text(f"Results: {offered}")
    assert 0 < offered < before
    page.keyboard.press("Escape")
    found = page.url
    results(page).first.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Search")
    page.go_back()
    expect(page).to_have_url(found)
    expect(page.get_by_role("status")).to_have_text(f"Results: {offered}")
    expect(page.locator("main").get_by_role("searchbox")).to_have_value("injury insurance")
    page.go_back()
    expect(page.get_by_role("status")).to_have_text(f"Results: {before}")


def test_the_keyboard_opens_a_facet_chooses_and_leaves(visit: Visit) -> None:
    page = visit.open("search/")
    facet(page, "Type").locator("summary").focus()
    page.keyboard.press("Enter")
    listed = values(page, "Type")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile(r"\?type="))
    assert count(page) == listed[min(listed)]
    expect(page.locator(":focus")).to_have_attribute("type", "checkbox")
    page.keyboard.press("Escape")
    expect(page.locator(":focus")).to_contain_text(f"Type: {min(listed)}")
    expect(facet(page, "Type").locator("fieldset")).to_be_hidden()
    page.get_by_role("button", name="Clear filters").click()
    expect(page).to_have_url(visit.site + "search/")


@pytest.mark.parametrize("name", ["Partner", "Country", "Year"])
def test_each_count_of_a_facet_is_what_its_value_finds(browser: Browser, site: str, name: str) -> None:
    page = browser.new_page()
    page.goto(f"{site}search/?q=workers")
    facet(page, name).locator("summary").click()
    listed = values(page, name)
    assert min(listed.values()) > 0
    for value, number in listed.items():
        box = facet(page, name).get_by_role("checkbox", name=re.compile(rf"^{re.escape(value)} \d+$"))
        box.check()
        expect(page.get_by_role("status")).to_have_text(f"Results: {number}")
        box.uncheck()
    page.close()


def test_several_values_of_a_facet_mean_any_of_them(visit: Visit) -> None:
    page = visit.open("search/?country=Nepal")
    nepal = count(page)
    page = visit.open("search/?country=Belgium")
    belgium = count(page)
    page = visit.open("search/?country=Nepal&country=Belgium")
    assert max(nepal, belgium) < count(page) <= nepal + belgium
    expect(facet(page, "Country").locator("summary")).to_have_text("Country: Nepal, Belgium")
    years = results(page).locator(".hub-result__kind").all_inner_texts()
    dated = [int(year[0]) for text in years if (year := re.search(r"\d{4}$", text))]
    assert dated == sorted(dated, reverse=True), "without a word the newest come first"


def test_what_the_filters_hide_is_one_step_away(visit: Visit) -> None:
    page = visit.open("search/?q=injury&country=Bolivia&year=2015")
    expect(page.get_by_role("status")).to_have_text("Nothing was found.")
    page.get_by_role("button", name=re.compile("without the filters")).click()
    expect(page).to_have_url(visit.site + "search/?q=injury")
    assert count(page) > 0


def test_more_results_follow_on_demand(visit: Visit) -> None:
    page = visit.open("search/?q=workers")
    total = count(page)
    expect(results(page)).to_have_count(10)
    page.get_by_role("button", name="More results").click()
    expect(results(page)).to_have_count(min(20, total))
    expect(results(page).nth(10).get_by_role("link")).to_be_focused()


# --- labels ---


@pytest.mark.parametrize("word", ["বাংলাদেশ", "bd", "BANGLADESH", "Bangladés", "bangla", "Bangladehs"])
def test_a_name_of_a_label_offers_its_page(visit: Visit, word: str) -> None:
    page = visit.open("search/")
    page.locator("main").get_by_role("searchbox").fill(word)
    page.locator("main").get_by_role("link", name="Country: Bangladesh").click()
    expect(page).to_have_url(visit.site + "countries/bangladesh/")


def test_the_header_offers_labels_too(visit: Visit) -> None:
    page = visit.open("2019/06/occupational-health-and-safety-training-trickling-down-in-bangladesh.html")
    page.keyboard.press("Control+k")
    page.get_by_role("dialog").get_by_role("searchbox").fill("নারী")
    page.get_by_role("dialog").get_by_role("link", name="Group: Women").click()
    expect(page).to_have_url(visit.site + "groups/women/")


def test_names_are_compared_as_the_vocabularies_compare_them(browser: Browser, site: str, folder: Path) -> None:
    terms = json.loads((folder / "search" / "terms.json").read_text("utf-8"))["terms"]
    words = [name for _, *names in terms for name in names]
    words += ["Occupational Health & Safety", "future-of–work", "  Informal\u00a0 WORKERS ", "Straße", "ﬁlipino"]
    page = browser.new_page()
    page.goto(site + "search/")
    script = (
        "async (words) => { const { folded } = await import('../assets/search-labels.js'); return words.map(folded); }"
    )
    assert page.evaluate(script, words) == [folded(word) for word in words]
    page.close()


# --- a mistaken address ---


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("2018/06/occupational-health-safety-training-trickling.html", "Occupational Health and Safety training"),
        ("label/Bangladehs/", "Country: Bangladesh"),
        ("a/b/%E0%A6%A8%E0%A6%BE%E0%A6%B0%E0%A7%80", "Group: Women"),
    ],
)
def test_a_mistaken_address_is_searched_for(visit: Visit, address: str, link: str) -> None:
    page = visit.open(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
    expect(page.locator("main").get_by_role("link", name=link).first).to_be_visible()
    page.get_by_role("link", name=re.compile("^Search for")).click()
    expect(page).to_have_url(re.compile(r"/hub/search/\?q="))
    visit.complaints[:] = [said for said in visit.complaints if "404" not in said]  # of the mistaken address itself


@pytest.mark.parametrize("missing", ["**/pagefind/**", "**/terms.json", "**/search-*.js"])
def test_a_mistaken_address_is_no_worse_without_the_index(browser: Browser, site: str, missing: str) -> None:
    page = browser.new_page()
    mistakes: list[str] = []
    page.on("pageerror", lambda error: mistakes.append(str(error)))
    page.route(missing, lambda route: route.abort())
    page.goto(f"{site}contries/bangladehs/", wait_until="networkidle")
    expect(page.locator("main").get_by_role("link", name="Bangladesh", exact=True)).to_be_visible()
    assert mistakes == []
    page.close()


def test_a_search_that_cannot_be_made_says_so(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.route("**/pagefind/**", lambda route: route.abort())
    page.goto(f"{site}search/?q=workers")
    expect(page.get_by_role("status")).to_have_text("The search could not be loaded.")
    page.close()


# --- other pages than the project's own ---


def with_search_page(folder: Path, target: Path) -> Path:
    """Puts the search page and what it loads, apart from an index, into a folder."""
    for name in ("assets", "search"):
        shutil.copytree(folder / name, target / name)
    return target


@pytest.fixture
def few(folder: Path, tmp_path: Path) -> Iterator[str]:
    """A site of four pages whose words are hard to search for."""
    texts = {"one": ("bn", "আমাদের কাজ"), "two": ("bn", "তাদের কজ"), "three": ("en", "Working in a café <b>now</b>"),
             "four": ("en", "Fair & decent work")}  # fmt: skip
    for name, (language, text) in texts.items():
        facts = builder.META({"content": language, "data-pagefind-meta": "lang[content]"})
        sort = builder.META({"content": "2025", "data-pagefind-sort": "date[content]"})
        article = builder.ARTICLE(builder.H1(name), builder.P(text), {"data-pagefind-body": ""})
        page = tostring(builder.HTML(builder.HEAD(facts, sort), builder.BODY(article)), encoding="utf-8")
        (tmp_path / f"{name}.html").write_bytes(page)
    searchable(with_search_page(folder, tmp_path))
    with served(tmp_path) as address:
        yield address


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("কাজ", {"one"}),
        ("cafe", {"three"}),
        ("cafe\u0301", {"three"}),
        ("work", {"three", "four"}),
    ],
)
def test_words_of_all_scripts_are_found(browser: Browser, few: str, word: str, found: set[str]) -> None:
    page = browser.new_page()
    page.goto(f"{few}search/?q={word}")
    expect(results(page)).to_have_count(len(found))
    assert set(results(page).get_by_role("link").all_inner_texts()) == found
    page.close()


def test_a_result_shows_text_as_text_and_in_its_language(browser: Browser, few: str) -> None:
    page = browser.new_page()
    page.goto(f"{few}search/?q=working")
    expect(results(page).filter(has_text="<b>now</b>").locator("mark").first).to_have_text("Working")
    assert results(page).locator("b").count() == 0
    page.goto(f"{few}search/?q=আমাদের")
    expect(results(page).get_by_role("link")).to_have_attribute("lang", "bn")
    page.close()


# --- what it costs ---


class Large(NamedTuple):
    """A hub of many pages, and two common words of theirs."""

    address: str
    pages: int
    words: str


@pytest.fixture(scope="module", params=[1_000, pytest.param(10_000, marks=pytest.mark.slow)])
def large(request: pytest.FixtureRequest, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Large]:
    """A hub of that many invented pages, and of one in another script, whose words follow the last Latin ones."""
    target = with_search_page(folder, tmp_path_factory.mktemp("large"))
    words = write_corpus(target, request.param)
    bangla = builder.HTML(builder.BODY({"data-pagefind-body": ""}, builder.P("আমাদের কাজ")))
    (target / "bangla.html").write_bytes(tostring(bangla, encoding="utf-8"))
    searchable(target)
    with served(target) as address:
        yield Large(address, request.param, f"{words[50]} {words[100]}")


KILOBYTE = 1000
# What a search may load after its page, in kilobytes: to the results, and with the counts of all facets.
BUDGETS = {1_000: (170, 180), 10_000: (230, 290)}


def loaded(page: Page) -> list[int]:
    """The bytes of everything that is loaded from now on, as they come over the line; the list grows."""
    sizes: list[int] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda done: sizes.append(int(done["encodedDataLength"])))
    return sizes


@pytest.fixture
def page_and_bytes(browser: Browser, large: Large) -> Iterator[tuple[Page, list[int]]]:
    """The loaded search page of a large hub, and what is loaded from then on."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{large.address}search/", wait_until="networkidle")
    yield page, loaded(page)
    context.close()


def test_a_search_stays_within_its_budget(large: Large, page_and_bytes: tuple[Page, list[int]]) -> None:
    page, sizes = page_and_bytes
    page.locator("main").get_by_role("searchbox").fill(large.words)
    expect(results(page)).to_have_count(10)
    page.wait_for_load_state("networkidle")
    searched = sum(sizes) / KILOBYTE
    for name in FACETS:
        facet(page, name.capitalize()).locator("summary").click()
        assert min(values(page, name.capitalize()).values()) > 0
    page.wait_for_load_state("networkidle")
    assert searched <= BUDGETS[large.pages][0]
    assert sum(sizes) / KILOBYTE <= BUDGETS[large.pages][1]


def test_a_filter_alone_loads_no_part_of_the_index(large: Large, page_and_bytes: tuple[Page, list[int]]) -> None:
    page, sizes = page_and_bytes
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    facet(page, "Country").locator("summary").click()
    listed = values(page, "Country")
    page.get_by_label("Country A").check()
    expect(page.get_by_role("status")).to_have_text(f"Results: {listed['Country A']}")
    expect(results(page)).to_have_count(10)
    assert not [url for url in asked if "/pagefind/index/" in url]
    assert sum(sizes) / KILOBYTE <= BUDGETS[large.pages][0]
