"""The library of resources: what one may choose by, with a script and without one."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from chautari.listing import Listing
from chautari.views.resources import listings
from tests.build import build, copy_of_the_test_hub, page, text_of
from tests.hub import make_library, make_site, partner


def resource(*fields: str, title: str = "R", kind: str = "Manual", year: int = 2016) -> str:
    """The text of a resource that is to be read elsewhere."""
    head = ["---", f"title: {title}", f"kind: {kind}", f"year: {year}", "url: https://example.org/r"]
    return "\n".join([*head, *fields, "---\n"])


FILES = {
    "content/partners/ilo.md": partner("acronym: ILO", name="International Labour Organization"),
    "content/resources/a.md": resource("countries: Nepal", "publisher: ILO", title="A"),
    "content/resources/b.md": resource("publisher: International Labour Organization", title="B", kind="Report"),
    "content/resources/c.md": resource("publisher: A Press", "languages: [ne, en]", title="C", year=2020),
    "content/resources/d.md": resource("publisher: A press", title="D", year=2018),
}


def pages_of(folder: Path, files: Mapping[str, str]) -> dict[str, Listing]:
    return {each.url: each for each in listings(make_library(folder, files), make_site())}


def titles(listing: Listing) -> list[str]:
    return [entry.title for entry in listing.entries]


def test_the_latest_stand_first(tmp_path: Path) -> None:
    assert titles(pages_of(tmp_path, FILES)["resources/"]) == ["C", "D", "A", "B"]


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("resources/kinds/manual/", ["C", "D", "A"]),
        ("resources/languages/ne/", ["C"]),
        ("resources/languages/en/", ["C", "D", "A", "B"]),
        ("resources/years/2016/", ["A", "B"]),
        ("resources/publishers/ilo/", ["A", "B"]),
        ("resources/publishers/a-press/", ["C", "D"]),
    ],
)
def test_a_page_for_each_value(tmp_path: Path, url: str, found: list[str]) -> None:
    assert titles(pages_of(tmp_path, FILES)[url]) == found


def test_what_may_be_chosen_is_said_with_its_number(tmp_path: Path) -> None:
    pages = pages_of(tmp_path, FILES)
    said = {
        name: [(words, count) for _, words, count in found] for name, _, found in pages["resources/"].data["filters"]
    }
    assert said["kind"] == [("Manual", 3), ("Report", 1)]
    assert said["year"] == [("2020", 1), ("2018", 1), ("2016", 2)]
    assert said["language"] == [("English", 4), ("Nepali", 1)]
    assert said["publisher"] == [("A Press", 2), ("International Labour Organization", 2)]
    assert ("Nepal", 1) in said["country"]
    for name, words in (("kinds", "Manual"), ("years", "2016"), ("languages", "Nepali")):
        links = {text: url for url, text, _ in pages[f"resources/{name}/"].data["links"]}
        assert links[words] in pages


def test_one_resource_leaves_nothing_to_choose(tmp_path: Path) -> None:
    data = pages_of(tmp_path, {"content/resources/r.md": resource()})["resources/"].data
    assert data["filters"] == []
    assert data["ways"], "the pages of its values are reached all the same"


def test_a_long_list_is_in_parts_and_whole_on_a_page_of_its_own(tmp_path: Path) -> None:
    many = {f"content/resources/r{n}.md": resource(title=f"R{n:02}", year=2000 + n) for n in range(25)}
    pages = pages_of(tmp_path, many)
    parts = [pages[f"resources/{part}"] for part in ("", "page/2/", "page/3/")]
    assert [title for part in parts for title in titles(part)] == titles(pages["resources/all/"])
    assert parts[0].data["all"] == "resources/all/"
    assert not pages["resources/all/"].indexed
    assert "resources/all/" not in pages_of(tmp_path / "few", FILES)


def test_everybody_gets_to_a_resource_of_a_kind_without_a_script(tmp_path: Path) -> None:
    root = copy_of_the_test_hub(tmp_path, {"content/resources/report.md": resource(title="On wages", kind="Report")})
    assert build(root).returncode == 0
    shown, way = page(root, "resources/"), "resources/"
    for words in ("Kinds ", "Report "):
        (link,) = (each for each in shown.xpath("//main//a") if each.text_content().startswith(words))
        way = str((Path("/", way) / link.get("href")).resolve().relative_to("/")) + "/"
        shown = page(root, way)
    assert "On wages" in text_of(shown.xpath("//main")[0])
    assert "A resource with every field" not in text_of(shown.xpath("//main")[0])
