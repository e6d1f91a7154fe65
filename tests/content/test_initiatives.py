"""Initiatives: every statement in its place."""

import csv
import io
import json
from datetime import date
from pathlib import Path
from urllib.parse import urljoin

import pytest
from lxml.html import HtmlElement

from chautari.content.initiatives import Initiative
from chautari.outputs import api, indicators
from chautari.problems import ContentError
from chautari.source import read_source
from tests.build import ROOT, page, text_of
from tests.hub import NO_TEXTS, make_library, make_site, partner

HEAD = "---\ntitle: I\nvision: V\n"


def only_initiative(folder: Path, fields: str) -> Initiative:
    (entry,) = make_library(folder, {"content/initiatives/i.md": f"{HEAD}{fields}\n---\n"}).all(Initiative)
    return entry


def test_an_empty_address_is_no_address(tmp_path: Path) -> None:
    assert only_initiative(tmp_path, "address:").address is None


def test_a_projection_keeps_its_year(tmp_path: Path) -> None:
    entry = only_initiative(tmp_path, "context: [{statement: Jobs may be lost, year: 2041}]")
    assert [(fact.statement, fact.year) for fact in entry.context] == [("Jobs may be lost", 2041)]


def test_a_backbone_is_a_partner_or_words(tmp_path: Path) -> None:
    entry = only_initiative(tmp_path, "conditions: {backbone: A dedicated team}")
    assert entry.conditions
    assert entry.conditions.backbone
    assert entry.conditions.backbone.organisation
    assert entry.conditions.backbone.organisation.text == "A dedicated team"


def test_an_end_before_the_start_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="end: is before the start"):
        only_initiative(tmp_path, "start: 2025-01-01\nend: 2024-01-01")


def test_a_year_that_no_one_means_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="context 1, year: '20241' is too large"):
        only_initiative(tmp_path, "context: [{statement: S, year: 20241}]")


# --- who does what where ---

MEMBERS = """
members:
  - {partner: u, role: backbone, places: [Dhaka, gazipur], activities: [Training, {title: Legal aid, places: Khulna}]}
  - {partner: f, activities: [training]}
  - {partner: u, role: funder, places: [Bangladesh]}
places: [{country: Bangladesh, district: Gazipur}, {country: Nepal}, {country: Bangladesh, district: Savar}]"""


def initiative_with_members(folder: Path) -> Initiative:
    partners = {f"content/partners/{slug}.md": partner(name=f"Partner {slug}") for slug in "uf"}
    library = make_library(folder, {"content/initiatives/i.md": f"{HEAD}{MEMBERS}\n---\n", **partners})
    (entry,) = library.all(Initiative)
    return entry


def test_the_matrix_holds_for_each_partner_the_places_of_each_activity(tmp_path: Path) -> None:
    """An activity with places of its own is there only; one without them, in all places of the line."""
    matrix = initiative_with_members(tmp_path).matrix
    assert matrix.activities == ("Training", "Legal aid"), "one column, however it is spelled"
    assert [(row.member.partner.text, row.cells) for row in matrix.rows] == [
        ("u", (("Dhaka", "gazipur"), ("Khulna",))),
        ("f", ((), None)),
        ("u", (None, None)),
    ]


def test_each_place_says_who_is_there(tmp_path: Path) -> None:
    grounds = initiative_with_members(tmp_path).grounds
    bangladesh, nepal, others = grounds
    assert [str(ground.country) for ground in grounds] == ["Bangladesh", "Nepal", "None"]

    def who(presence: object) -> list[tuple[str, tuple[str, ...]]]:
        return [(member.partner.text, done) for member, done in presence.who]  # type: ignore[attr-defined]  # a Presence

    assert who(bangladesh.whole) == [("u", ())]
    assert [who(district) for district in bangladesh.districts] == [[("u", ("Training",))], []]
    assert who(nepal.whole) == []
    assert [(district.place, who(district)) for district in others.districts] == [
        ("Dhaka", [("u", ("Training",))]),
        ("Khulna", [("u", ("Legal aid",))]),
    ]


# --- indicators ---


def only_indicator(folder: Path, fields: str, more: str = "") -> Initiative:
    return only_initiative(folder, f"{more}indicators: [{{name: N, {fields}}}]")


@pytest.mark.parametrize(
    ("fields", "more", "today", "late"),
    [
        ("period: yearly, values: [{date: 2024-02-29, value: 1, source: S}]", "", date(2025, 2, 28), False),
        ("period: yearly, values: [{date: 2024-02-29, value: 1, source: S}]", "", date(2025, 3, 1), True),
        ("period: monthly, values: [{date: 2024-12-31, value: 1, source: S}]", "", date(2025, 1, 31), False),
        ("period: monthly, values: [{date: 2024-12-31, value: 1, source: S}]", "", date(2025, 2, 1), True),
        ("values: [{date: 2024-12-31, value: 1, source: S}]", "", date(2035, 2, 1), False),
        ("period: monthly", "", date(2035, 2, 1), False),
        ("period: monthly, values: [{date: 2024-12-31, value: 1, source: S}]", "stage: closed\n", date(2035, 2, 1), False),
        ("period: monthly, values: [{date: 2024-12-31, value: 1, source: S}]", "end: 2025-01-15\n", date(2035, 2, 1), False),
    ],
)  # fmt: skip
def test_a_value_that_is_due_is_missed(tmp_path: Path, fields: str, more: str, today: date, late: bool) -> None:
    entry = only_indicator(tmp_path, fields, more)
    assert entry.is_late(entry.indicators[0], today) is late


@pytest.mark.parametrize(
    ("fields", "reached"),
    [
        ("baseline: 10, target: 20, values: [{date: 2024-01-01, value: 20, source: S}]", True),
        ("baseline: 10, target: 20, values: [{date: 2024-01-01, value: 19, source: S}]", False),
        ("baseline: 20, target: 10, values: [{date: 2024-01-01, value: 9, source: S}]", True),
        ("baseline: 20, target: 10, values: [{date: 2024-01-01, value: 11, source: S}]", False),
        ("target: 10, values: [{date: 2024-01-01, value: 11, source: S}]", False),
        ("baseline: 0, target: 0, values: [{date: 2024-01-01, value: 3, source: S}]", False),
        ("baseline: 0, target: 5", False),
    ],
)
def test_a_target_is_reached_on_the_side_where_the_baseline_is_not(tmp_path: Path, fields: str, reached: bool) -> None:
    assert only_indicator(tmp_path, fields).indicators[0].is_reached is reached


def test_the_drawing_has_the_proportions_of_the_numbers(tmp_path: Path) -> None:
    values = ", ".join(f"{{date: {day}, value: {value}, source: S}}" for day, value in
                       (("2024-01-01", 10), ("2024-01-11", 30), ("2024-01-31", 20)))  # fmt: skip
    spark = only_indicator(tmp_path, f"baseline: 10, target: 50, values: [{values}]").indicators[0].spark
    assert spark is not None
    (x0, y0), (x1, y1), (x2, y2) = spark.points
    assert 0 < x0 < x2 < spark.width
    assert (x1 - x0) / (x2 - x0) == pytest.approx(1 / 3, abs=0.01), "by days, not by the number of values"
    assert spark.baseline == y0
    assert spark.target is not None
    assert 0 < spark.target < y1 < y2 < y0 < spark.height
    assert (y0 - y1) / (y0 - spark.target) == pytest.approx(0.5, abs=0.01)
    (alone,) = only_indicator(tmp_path, "values: [{date: 2024-01-01, value: 7, source: S}]").indicators[0].spark.points  # type: ignore[union-attr]  # it has a value
    assert alone == (spark.width / 2, spark.height / 2)


def test_all_values_are_a_table_that_no_spreadsheet_calculates(tmp_path: Path) -> None:
    fields = (
        'baseline: {value: 1.5, year: 2023}, unit: "=1+1", values: [{date: 2024-01-01, value: -7, source: "@S, 2"}]'
    )
    files = {"content/initiatives/i.md": f"{HEAD}indicators: [{{name: নারী, {fields}}}]\n---\n"}
    (artifact,) = indicators.artifacts(make_library(tmp_path, files), make_site(), NO_TEXTS)
    assert artifact.url == "initiatives/i/indicators.csv"
    assert list(csv.reader(io.StringIO(artifact.content().decode("utf-8-sig"), newline=""))) == [
        ["indicator", "unit", "kind", "date", "value", "source"],
        ["নারী", "'=1+1", "baseline", "2023", "1.5", ""],
        ["নারী", "'=1+1", "value", "2024-01-01", "-7", "'@S, 2"],
    ]


def test_in_the_catalogue_plain_values_stay_plain(tmp_path: Path) -> None:
    """A figure, an activity or a backbone is a group only where more is said of it."""
    fields = ("conditions: {backbone: A team}\nindicators: [{name: N, baseline: 3, target: {value: 4, year: 2027}}]\n"
              "members: [{partner: u, activities: [Training, {title: Legal aid, places: [Dhaka]}]}]")  # fmt: skip
    files = {"content/initiatives/i.md": f"{HEAD}{fields}\n---\n", "content/partners/u.md": partner()}
    library = make_library(tmp_path, files)
    made = {file.url: file.content for file in api.artifacts(library, make_site(), NO_TEXTS)}
    (record,) = json.loads(made["api/v1/initiatives.json"]())["entries"]
    assert record["conditions"] == {"backbone": "A team"}
    assert record["indicators"] == [{"name": "N", "baseline": 3.0, "target": {"value": 4.0, "year": 2027}}]
    assert record["members"][0]["activities"] == ["Training", {"title": "Legal aid", "places": ["Dhaka"]}]


# --- the page ---


@pytest.fixture
def html(built: Path) -> HtmlElement:
    return page(built, "initiatives/complete/")


def test_a_cell_of_the_matrix_is_read_with_its_partner_and_its_activity(html: HtmlElement) -> None:
    (table,) = html.xpath("//table[@class='hub-matrix']")
    heads = [text_of(head) for head in table.xpath("./thead//th[@scope='col']")]
    assert heads == ["Partner", "An activity", "Another activity", "A third activity"]
    rows = {text_of(row.xpath("./th[@scope='row']")[0]): row.xpath("./td") for row in table.xpath("./tbody/tr")}
    assert list(rows) == [
        "The Union Backbone", "The Union Implementer", "World Confederation Funder", "Federation of Everything Advisor"
    ]  # fmt: skip
    cells = rows["The Union Backbone"]
    assert [text_of(cell).removeprefix(head).strip() for cell, head in zip(cells, heads[1:], strict=True)] == [
        "A place of work", "Narayanganj, Gazipur", ""
    ]  # fmt: skip
    assert table.getparent().get("tabindex") == "0", "what scrolls can be reached by keyboard"


def test_a_drawing_says_in_words_what_it_shows(html: HtmlElement) -> None:
    first, second = html.xpath("//svg[@role='img']")
    assert (
        first.get("aria-label")
        == "From 24 workers on 30 June 2024 to 42 workers on 31 January 2025. Target: 99 workers"
    )
    assert second.get("aria-label") == "4 accidents on 31 December 2025. Target: 5 accidents"


def test_how_far_an_indicator_is_stands_in_words(html: HtmlElement) -> None:
    said = [text_of(line) for line in html.xpath("//p[@class='hub-progress']")]
    assert said == [
        "42 of 99 workers Measured every half-year No value since 31 January 2025",
        "From 31 to 4; target: 5 accidents Measured every year Target reached",
        "No value yet",
    ]


def test_the_table_of_an_indicator_begins_with_its_baseline_and_ends_with_its_target(html: HtmlElement) -> None:
    rows = html.xpath("(//table[@class='hub-values'])[1]/tbody/tr")
    assert [[text_of(cell) for cell in row] for row in rows] == [
        ["Baseline", "2023", "10", "Source of the baseline"],
        ["Measured", "30 June 2024", "24", "Source of the first value"],
        ["Measured", "31 January 2025", "42", "Source of the value"],
        ["Target", "31 December 2027", "99", "Source of the target"],
    ]


def test_the_table_to_take_along_is_where_the_page_and_machines_say(built: Path, html: HtmlElement) -> None:
    (link,) = html.xpath("//a[@download]/@href")
    assert urljoin("initiatives/complete/", link) == "initiatives/complete/indicators.csv"
    assert (built / "site/initiatives/complete/indicators.csv").read_bytes().count(b"\r\n") == 9
    (graph,) = html.xpath("//script[@type='application/ld+json']/text()")
    dataset = json.loads(graph)["@graph"][-1]["subjectOf"]
    assert dataset["distribution"]["contentUrl"].endswith("/initiatives/complete/indicators.csv")
    assert dataset["temporalCoverage"] == "2024-06-30/2025-12-31"


def test_what_names_the_initiative_stands_in_its_timeline(html: HtmlElement) -> None:
    (line,) = html.xpath("//section[@aria-labelledby='hub-timeline']")
    assert [text_of(each) for each in line.xpath("./h3 | .//dt")] == ["2026", "May 2026", "2025", "March 2025"]
    assert [text_of(each) for each in line.xpath(".//dd")] == [
        "An event with every field Event Coming up Moved to another date", "A post with every field Call"
    ]  # fmt: skip
    assert "A post with every field" not in [text_of(link) for link in html.xpath("//aside//a")], "and nowhere else"


def test_the_styles_of_initiatives_are_loaded_on_their_pages_only(built: Path) -> None:
    def sheets(address: str) -> list[str]:
        return [href.rpartition("/")[2] for href in page(built, address).xpath("//link[@rel='stylesheet']/@href")]

    assert "initiative.css" in sheets("initiatives/complete/")
    assert "initiative.css" not in sheets("2025/03/complete.html") + sheets("initiatives/")


def test_the_initiative_of_this_hub_has_all_its_statements_in_their_places() -> None:
    path = ROOT / "content/initiatives/women-garment-workers-and-automation.md"
    assert "\naddress:\n" in path.read_text("utf-8"), "it came without an address, and none is printed"
    data = read_source(path, path.name).data
    assert len(data["conditions"]) == 5
    assert [len(data[name]) for name in ("context", "intervention_areas", "outcomes", "strategies")] == [8, 3, 4, 3]
