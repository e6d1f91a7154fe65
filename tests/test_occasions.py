"""What the pages say of events, calls and cascades on a day: in words, without a script, and never what is not so."""

import json
from pathlib import Path
from typing import Any

import pytest
from lxml.html import HtmlElement

from tests.build import build, copy_of_the_test_hub, page, text_of
from tests.hub import event, partner, post, training

CASCADE = ", ".join([
    "{date: 2025-06-01, country: Cambodia, by: GK, people: 800, women: 300, source: Report}",
    "{date: 2025-06-01, country: Cambodia, by: GK, people: 90, source: Letter}",
    "{date: 2025-07-01, country: Cambodia, by: world, people: 1200, women: 500}",
])  # fmt: skip
FILES = {
    "content/events/webinar.md": event(
        "end: 2026-01-20 23:30",
        "training: course",
        "registration: {how: Write, deadline: 2026-01-18, eligibility: by invitation}",
        start="2026-01-20 22:00",
        title="Webinar",
    ),
    "content/events/second.md": event(
        "training: course", "registration: {deadline: 2026-01-14}", start="2026-02-20 10:00", title="Second run"
    ),
    "content/events/days.md": event(start="2026-03-01", title="Whole days"),
    "content/events/moved.md": event(
        "training: course",
        "state: rescheduled",
        "previous_start: 2026-02-01 10:00",
        "registration: {deadline: 2026-03-01}",
        start="2026-04-01 10:00",
        title="Moved",
    ),
    "content/events/off.md": event(
        "state: cancelled", "registration: {how: Write, deadline: 2026-02-01}", start="2026-02-10 10:00", title="Off"
    ),
    "content/events/over.md": event(
        "report: report", 'recordings: "https://example.org/film"', start="2025-12-01 10:00", title="Over"
    ),
    "content/posts/2025/report.md": post(date="2025-12-02", title="Report"),
    "content/posts/2026/open.md": post("kind: Call", "deadline: 2026-01-15", date="2026-01-01", title="Still open"),
    "content/posts/2026/later.md": post("kind: Call", "deadline: 2026-02-15", date="2026-01-01", title="Open longer"),
    "content/posts/2026/shut.md": post("kind: Call", "deadline: 2026-01-14", date="2026-01-01", title="Shut"),
    "content/partners/gk.md": partner("acronym: GK", name="GK Health"),
    "content/trainings/course.md": training("countries: Cambodia", f"cascade: [{CASCADE}]", title="Course"),
}  # fmt: skip


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_of_the_test_hub(tmp_path_factory.mktemp("hub"), FILES)
    done = build(root)
    assert done.returncode == 0, done.stderr
    return root


def visible(element: HtmlElement) -> str:
    """The text that is not hidden."""
    for hidden in element.xpath(".//*[@hidden] | .//script"):
        hidden.drop_tree()
    return text_of(element)


def notices(root: Path, address: str) -> str:
    """What a page says loudly before its text."""
    parts = page(root, address).xpath("//article/*[contains(@class, 'hub-notice')][not(@hidden)]")
    return " ".join(visible(part) for part in parts)


def node(root: Path, address: str, kind: str) -> dict[str, Any]:
    graph = json.loads(page(root, address).xpath("string(//script[@type='application/ld+json'])"))["@graph"]
    return next(each for each in graph if kind in each["@type"])


def test_an_event_tells_its_time_elsewhere(hub: Path) -> None:
    rows = page(hub, "events/webinar/").xpath("//table[@id='hub-clocks']/tbody/tr")
    assert [text_of(row) for row in rows] == [
        "Dhaka the event's own time 20 January 2026, 22:00 to 23:30",
        "Brussels 17:00 to 18:30",
        "Delhi 21:30 to 23:00",
    ]
    assert rows[1].xpath(".//time/@datetime")[0] == "2026-01-20T17:00:00+01:00"


@pytest.mark.parametrize("slug", ["days", "off"])
def test_without_a_time_or_an_event_there_are_no_clocks(hub: Path, slug: str) -> None:
    assert not page(hub, f"events/{slug}/").xpath("//table[@id='hub-clocks']")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("events/webinar/", "By invitation only Registration is open until 18 January 2026 How to take part"),
        ("events/second/", "Registration closed on 14 January 2026 How to take part"),
        ("events/off/", "Cancelled This event does not take place."),
        ("events/over/", "This event is over. What came of it: Report, Recordings and materials"),
        ("2026/01/open.html", "Deadline: 15 January 2026"),
        ("2026/01/shut.html", "Closed: the deadline was 14 January 2026."),
    ],
)
def test_a_page_says_first_what_matters_today(hub: Path, address: str, said: str) -> None:
    assert notices(hub, address) == said


def test_a_moved_event_says_both_dates(hub: Path) -> None:
    said = notices(hub, "events/moved/")
    assert said.startswith("Moved to another date It was to begin on 1 February 2026, 10:00. Now it begins on 1 April")


def test_what_is_over_or_off_asks_nobody_to_register(hub: Path) -> None:
    assert page(hub, "events/webinar/").xpath("//h2[@id='hub-registration']")
    assert not page(hub, "events/off/").xpath("//h2[@id='hub-registration']")
    assert "offers" not in node(hub, "events/off/", "Event")


@pytest.mark.parametrize("xpath", ["string(//title)", "string(//meta[@property='og:title']/@content)"])
def test_a_title_alone_says_that_an_event_is_off(hub: Path, xpath: str) -> None:
    assert str(page(hub, "events/off/").xpath(xpath)).startswith("Cancelled: Off")
    assert str(page(hub, "events/webinar/").xpath(xpath)).startswith("Webinar")


def test_the_list_says_which_events_are_off_and_how_long_one_may_register(hub: Path) -> None:
    cards = {
        text_of(card.xpath(".//h3")[0]): visible(card.xpath(".//p")[0])
        for card in page(hub, "events/").xpath("//main//li[@class='hub-card']")
    }
    assert "Cancelled" in cards["Off"]
    assert "Register" not in cards["Off"] + cards["Second run"]
    assert "Register until 18 January 2026" in cards["Webinar"]


def test_a_run_leads_to_its_training_and_the_other_runs(hub: Path) -> None:
    shown = page(hub, "events/webinar/")
    runs = shown.xpath("//h2[@id='hub-runs']/following-sibling::ul[1]/li/a")
    assert [text_of(run) for run in runs] == ["Moved", "Second run"]
    assert text_of(page(hub, "events/webinar/" + runs[1].get("href")).xpath("//h1")[0]) == "Second run"
    assert shown.xpath("//dd/a[text()='Course']")


def test_machines_are_told_the_same(hub: Path) -> None:
    moved = node(hub, "events/moved/", "EducationEvent")
    assert moved["eventStatus"] == "https://schema.org/EventRescheduled"
    assert (moved["previousStartDate"], moved["startDate"]) == (
        "2026-02-01T10:00:00+06:00",
        "2026-04-01T10:00:00+06:00",
    )
    assert moved["offers"]["availabilityEnds"] == "2026-03-01"
    runs = node(hub, "trainings/course/", "Course")["hasCourseInstance"]
    assert [run["previousStartDate"] for run in runs if "previousStartDate" in run] == ["2026-02-01T10:00:00+06:00"]


@pytest.mark.parametrize("address", ["", "posts/"])
def test_open_calls_are_named_the_nearest_deadline_first(hub: Path, address: str) -> None:
    calls = page(hub, address).xpath("//section[@aria-labelledby='hub-calls']//li")
    assert [visible(call) for call in calls] == [
        "Still open Open until 15 January 2026",
        "Open longer Open until 15 February 2026",
    ]


def test_without_an_open_call_nothing_is_said_of_calls(built: Path) -> None:
    assert not page(built, "").xpath("//section[@aria-labelledby='hub-calls']")


def test_a_day_ends_at_midnight_of_the_site(hub: Path) -> None:
    until = page(hub, "2026/01/open.html").xpath("//article//p//*[@data-until]")[0]
    assert until.get("data-until") == "2026-01-16T00:00:00+05:45"


def reached(root: Path, address: str) -> tuple[str, HtmlElement]:
    """The sentence about the cascade, and its table."""
    shown = page(root, address)
    (table,) = shown.xpath("//table[.//th[text()='Of these women']]")
    sentence = shown.xpath("//summary[contains(., 'Reached')] | //p[strong][contains(., 'Reached')]")[0]
    return text_of(sentence), table


def test_a_training_adds_what_may_be_added_and_shows_what_it_leaves_out(hub: Path) -> None:
    sentence, table = reached(hub, "trainings/course/")
    assert sentence == "Reached afterwards: 2,000 people (800 women), according to 2 reports."
    assert [text_of(row).split("Letter")[0].strip() for row in table.xpath(".//tr[contains(., 'not added')]")] == [
        "1 June 2025 90 not added GK Health Cambodia"
    ]
    widths = [bar.get("width") for bar in table.xpath(".//svg/rect[not(@class)]")]
    assert widths == ["66.7%", "7.5%", "100.0%"]
    assert all(picture.get("aria-hidden") for picture in table.xpath(".//svg"))


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("partners/gk/", "Reached after trainings: 800 people (300 women), according to 1 report"),
        ("countries/cambodia/", "Reached after trainings: 2,000 people (800 women), according to 2 reports"),
        ("countries/bangladesh/", "Reached after trainings: 800 people (450 women), according to 1 report"),
    ],
)
def test_partners_and_countries_are_told_their_own(hub: Path, address: str, said: str) -> None:
    sentence, table = reached(hub, address)
    assert sentence == said
    assert table.xpath(".//a[contains(@href, 'trainings/')]"), "each report leads to its training"


def test_one_report_is_no_chart(hub: Path) -> None:
    _, table = reached(hub, "trainings/complete/")
    assert not table.xpath(".//svg")
