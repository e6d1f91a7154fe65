"""Browsing by label: what a partner finds on the page of a country, a theme, and both at once."""

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from lxml.html import HtmlElement

from chautari.library import Library
from chautari.listing import Listing
from chautari.views import labels, pairs
from tests.build import build, copy_of_the_test_hub, page, text_of
from tests.hub import event, make_library, make_site, partner, post, training

NEPAL = "countries: Nepal"
FILES = {
    **{
        f"content/posts/2019/p{n}.md": post(NEPAL, "themes: Minimum wage", date=f"2019-01-{n:02}") for n in range(1, 13)
    },
    "content/posts/2019/other.md": post(NEPAL, "themes: Gender equality"),
    "content/posts/2019/abroad.md": post("countries: Bangladesh", "themes: Decent work"),
    "content/posts/2019/everywhere.md": post("countries: South Asia", "themes: Decent work"),
    "content/trainings/t.md": training(NEPAL, "themes: Decent work", title="Wages"),
    "content/events/e.md": event(NEPAL, title="A meeting"),
    **{f"content/partners/u{n}.md": partner(name=f"Union {n}") for n in range(9)},
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return make_library(tmp_path_factory.mktemp("hub"), FILES)


def by_url(listings: Iterable[Listing]) -> dict[str, Listing]:
    return {listing.url: listing for listing in listings}


def test_a_country_shows_all_that_bears_it_by_type(library: Library) -> None:
    nepal = by_url(labels.listings(library, make_site()))["countries/nepal/"]
    assert {name: len(entries) for name, entries in nepal.data["groups"].items()} == {
        "events": 1, "partners": 9, "posts": 13, "trainings": 1,
    }  # fmt: skip
    assert [entry.slug for entry in nepal.entries[:2]] == ["other", "p12"], "newest first, ten a page"
    assert (len(nepal.entries), nepal.pages) == (10, 2)


def test_a_country_is_narrowed_by_theme_and_a_theme_by_country(library: Library) -> None:
    pages = by_url(labels.listings(library, make_site()))
    shown = [(term.key, url, count) for term, url, count in pages["countries/nepal/"].data["facets"]]
    assert ("decent-work", "countries/nepal/decent-work/", 13) in shown, "twelve posts on wages, and a training"
    assert ("minimum-wage", "countries/nepal/minimum-wage/", 12) in shown
    countries = [(term.key, count) for term, _, count in pages["themes/decent-work/"].data["facets"]]
    assert countries == [("bangladesh", 1), ("nepal", 13)], "a region is no country"
    assert pages["regions/south-asia/"].data["facets"] == []


def test_there_is_a_page_for_each_pair_that_anything_bears_and_for_no_other(library: Library) -> None:
    pages = by_url(pairs.listings(library, make_site()))
    assert sorted(pages) == [
        "countries/bangladesh/decent-work/",
        "countries/nepal/decent-work/",
        "countries/nepal/gender-equality/",
        "countries/nepal/minimum-wage/",
    ]
    wages = pages["countries/nepal/decent-work/"]
    assert wages.title == "Decent work in Nepal"
    assert {name: len(entries) for name, entries in wages.data["groups"].items()} == {"posts": 12, "trainings": 1}
    assert (len(wages.in_full), len(wages.in_rows), wages.pages) == (10, 2, 1), "the others are rows on the same page"


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_of_the_test_hub(tmp_path_factory.mktemp("hub"), FILES)
    done = build(root)
    assert done.returncode == 0, done.stderr
    return root


def count_beside(link: HtmlElement) -> int:
    """The number that a label says."""
    return int(link.xpath("string(.//*[@class='hub-count'])"))


def entries_of(shown: HtmlElement) -> set[str]:
    """The titles on a page of a list, by the links to entries."""
    return {text_of(link) for link in shown.xpath("//main//section//li//a[not(@rel) and not(@class)]")}


def test_every_count_of_a_facet_is_that_of_the_page_it_leads_to(hub: Path) -> None:
    for address in ("countries/nepal/", "themes/decent-work/", "countries/nepal/minimum-wage/"):
        shown = page(hub, address)
        for link in shown.xpath(
            "//section[@aria-labelledby='hub-facets']//a | //section[@aria-labelledby='hub-narrower']//a"
        ):
            target = page(hub, address + link.get("href"))
            total = sum(map(count_beside, target.xpath("//nav[@class='hub-jump']//a")))
            assert total == count_beside(link), link.get("href")
        for jump in shown.xpath("//nav[@class='hub-jump']//a"):
            assert shown.xpath(f"//h2[@id='{jump.get('href')[1:]}']"), jump.get("href")


def test_a_list_leads_to_the_labels_of_its_entries(hub: Path) -> None:
    for collection in ("posts", "trainings", "events"):
        shown = page(hub, f"{collection}/")
        links = shown.xpath("//details[contains(@class, 'hub-facets')]//a")
        assert links, collection
        for link in links:
            target = page(hub, f"{collection}/" + link.get("href").partition("#")[0])
            jump = target.xpath(f"//nav[@class='hub-jump']//a[@href='#hub-{collection}']")
            assert [count_beside(link)] == [count_beside(one) for one in jump], link.get("href")


def test_what_does_not_fit_is_folded_away_and_there(hub: Path) -> None:
    shown = page(hub, "countries/nepal/")
    partners = shown.xpath("//section[@aria-labelledby='hub-partners']")[0]
    names = [text_of(link) for link in partners.xpath(".//a")]
    assert [f"Union {n}" for n in range(9)] == [name for name in names if name.startswith("Union")]
    assert partners.xpath(".//details//a"), "more than six partners fold away"


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hub with a hundred and three posts about the same."""
    labels = (NEPAL, "themes: Minimum wage")
    root = copy_of_the_test_hub(
        tmp_path_factory.mktemp("hub"),
        {f"content/posts/2013/p{n}.md": post(*labels, title=f"No. {n}", date="2013-05-02") for n in range(103)},
    )
    assert build(root).returncode == 0
    return root


@pytest.mark.parametrize("address", ["countries/nepal/minimum-wage/", "regions/south-asia/", "2013/", "2013/05/"])
def test_a_list_to_look_something_up_in_names_a_hundred_on_a_page_and_each_once(crowded: Path, address: str) -> None:
    pages = [page(crowded, address), page(crowded, f"{address}page/2/")]
    lists = [(each.xpath("//section[@aria-labelledby='hub-posts']") or each.xpath("//main"))[0] for each in pages]
    items = [each.xpath(".//ul[@class='hub-cards' or @class='hub-rows']/li") for each in lists]
    assert len(items[0]) == 100
    titles = [text_of(item.xpath(".//a")[0]) for each in items for item in each]
    assert sorted(title for title in titles if "No. " in title) == sorted(f"No. {n}" for n in range(103))
    assert not pages[1].xpath("//li[@class='hub-card']"), "older ones are rows"
    cards = pages[0].xpath("//li[@class='hub-card']")
    assert len(cards) == (0 if address == "2013/" else 10), "a year is a list of titles"


def test_a_pair_leads_to_both_of_its_labels_on_every_page(crowded: Path) -> None:
    for address in ("countries/nepal/minimum-wage/", "countries/nepal/minimum-wage/page/2/"):
        shown = page(crowded, address)
        assert [text_of(link) for link in shown.xpath("//p[@class='hub-kicker']//a")] == ["Nepal", "Minimum wage"]


def test_a_pair_leads_to_its_feed(hub: Path) -> None:
    (link,) = page(hub, "countries/nepal/minimum-wage/").xpath("//main//a[@type='application/rss+xml']")
    assert text_of(link) == "Feed: Minimum wage in Nepal"
    assert (hub / "site/countries/nepal/minimum-wage" / link.get("href").rpartition("/")[2]).is_file()


def test_machines_count_on_where_a_page_of_a_hundred_ends(crowded: Path) -> None:
    shown = page(crowded, "countries/nepal/minimum-wage/page/2/")
    (graph,) = (json.loads(each.text)["@graph"] for each in shown.xpath("//script[@type='application/ld+json']"))
    (items,) = (node["mainEntity"] for node in graph if "mainEntity" in node)
    assert [item["position"] for item in items["itemListElement"]] == list(range(101, items["numberOfItems"] + 1))


def test_home_names_a_bounded_number_of_partners(tmp_path: Path) -> None:
    many = {f"content/partners/more-{n}.md": partner(name=f"More {n}") for n in range(40)}
    root = copy_of_the_test_hub(tmp_path, many)
    assert build(root).returncode == 0
    shown = page(root, "").xpath("//section[@aria-labelledby='hub-partners']")[0]
    assert len(shown.xpath(".//li")) == 24
    assert "All partners (43)" in text_of(shown)
