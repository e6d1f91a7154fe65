"""Trainings: curricula whose sums are right."""

import json
import re
from pathlib import Path

import pytest

from chautari.content.trainings import Training
from chautari.paths import all_paths, path_of
from chautari.problems import ContentError
from tests.build import page, text_of
from tests.hub import SITE, make_library, make_site, training


def only_training(folder: Path, *fields: str) -> Training:
    (entry,) = make_library(folder, {"content/trainings/t.md": training(*fields)}).all(Training)
    return entry


def test_the_minutes_of_all_sessions_add_up(tmp_path: Path) -> None:
    sessions = "[{title: A, minutes: 30}, {title: B}, {title: C, minutes: 45}]"
    entry = only_training(
        tmp_path,
        f"modules: [{{title: One, sessions: {sessions}}}, {{title: Two, sessions: {{title: D, minutes: 15}}}}]",
    )
    assert entry.minutes == 90


@pytest.mark.parametrize(
    ("duration", "fits"), [("{hours: 2}", True), ("{hours: 1.9}", False), ("{days: 1}", True), ("{days: 0.05}", False)]
)
def test_sessions_fit_into_the_duration(tmp_path: Path, duration: str, fits: bool) -> None:
    fields = ["modules: [{title: One, sessions: [{title: A, minutes: 120}]}]", f"duration: {duration}"]
    if fits:
        assert only_training(tmp_path, *fields).minutes == 120
    else:
        with pytest.raises(ContentError, match="the sessions add up to 120"):
            only_training(tmp_path, *fields)


def test_one_value_is_a_list_of_one_and_a_bare_name_a_trainer(tmp_path: Path) -> None:
    entry = only_training(tmp_path, "trainers: Experts of the institute", "outputs: A report")
    assert [trainer.name for trainer in entry.trainers] == ["Experts of the institute"]
    assert entry.outputs == ("A report",)


def test_a_chain_of_trainings_is_no_loop(tmp_path: Path) -> None:
    files = {
        "content/trainings/a.md": training("follow_up: [b, c]"),
        "content/trainings/b.md": training("prerequisites: a", "follow_up: c"),
        "content/trainings/c.md": training("prerequisites: [a, b]"),
    }
    assert len(make_library(tmp_path, files).all(Training)) == 3


def test_materials_are_resources_files_or_addresses(tmp_path: Path) -> None:
    from chautari.content import collections
    from chautari.loading import load

    entry = next(entry for entry in load(SITE, collections(), make_site()).all(Training) if entry.slug == "complete")
    resource, file, address = entry.materials
    assert resource.resource
    assert resource.resource.text == "the-manual"
    assert file.file == "workbook.pdf"
    assert address.url == "https://example.org/slides"


# --- the clock ---


def clocks(entry: Training) -> list[tuple[int | None, list[tuple[str, int | None, int | None]]]]:
    """Of each sitting its day, and of each session its title, beginning and end."""
    return [
        (sitting.day, [(slot.session.title, slot.begins, slot.ends) for _, slots in sitting.modules for slot in slots])
        for sitting in entry.sittings
    ]


def test_the_modules_of_a_day_share_a_clock_and_others_have_their_own(tmp_path: Path) -> None:
    modules = (
        "{title: One, day: 1, sessions: [{title: A, minutes: 95}]}",
        "{title: Two, day: 1, sessions: [{title: B, minutes: 25}]}",
        "{title: Three, day: 2, sessions: [{title: C, minutes: 30}]}",
        "{title: Four, sessions: [{title: D, minutes: 10}]}",
        "{title: Five, sessions: [{title: E, minutes: 10}]}",
    )
    entry = only_training(tmp_path, f"modules: [{', '.join(modules)}]")
    assert clocks(entry) == [
        (1, [("A", 0, 95), ("B", 95, 120)]),
        (2, [("C", 0, 30)]),
        (None, [("D", 0, 10)]),
        (None, [("E", 0, 10)]),
    ]
    assert [sitting.minutes for sitting in entry.sittings] == [120, 30, 10, 10]


def test_nobody_guesses_the_time_after_a_session_of_unknown_length(tmp_path: Path) -> None:
    sessions = "[{title: A, minutes: 30}, {title: B}, {title: C, minutes: 15}]"
    entry = only_training(tmp_path, f"modules: [{{title: One, sessions: {sessions}}}]")
    assert clocks(entry) == [(None, [("A", 0, 30), ("B", 30, None), ("C", None, None)])]


# --- paths ---


def paths_in(folder: Path, **fields: str) -> list[list[list[str]]]:
    """The slugs of all paths of a hub that has these trainings, each with one line of front matter."""
    files = {f"content/trainings/{slug}.md": training(field, title=slug) for slug, field in fields.items()}
    return [[[entry.slug for entry in step] for step in path] for path in all_paths(make_library(folder, files))]


def test_a_path_goes_from_the_first_step_to_the_last_whoever_names_whom(tmp_path: Path) -> None:
    found = paths_in(tmp_path, z="follow_up: y", y="tasks: 1", a="prerequisites: [y, z]", alone="tasks: 1")
    assert found == [[["z"], ["y"], ["a"]]]


def test_trainings_of_one_step_may_be_taken_in_any_order(tmp_path: Path) -> None:
    found = paths_in(tmp_path, a="follow_up: [b, c]", b="follow_up: d", c="follow_up: d", d="tasks: 1")
    assert found == [[["a"], ["b", "c"], ["d"]]]


def test_a_training_shows_what_leads_to_it_and_where_it_leads_and_no_other_branch(tmp_path: Path) -> None:
    fields = {"a": "follow_up: [b, c]", "b": "follow_up: d", "c": "tasks: 1", "d": "tasks: 1"}
    library = make_library(tmp_path, {f"content/trainings/{s}.md": training(f, title=s) for s, f in fields.items()})
    (b,) = (entry for entry in library.all(Training) if entry.slug == "b")
    assert [[entry.slug for entry in step] for step in path_of(b, library)] == [["a"], ["b"], ["d"]]


def test_a_path_has_no_step_that_nobody_can_take(tmp_path: Path) -> None:
    files = {
        "content/trainings/a.md": training("follow_up: [b, c]"),
        "content/trainings/b.md": training("status: draft"),
        "content/trainings/c.md": training("status: withdrawn"),
    }
    assert list(all_paths(make_library(tmp_path, files))) == []


# --- the pages ---


def test_what_is_for_facilitators_is_on_their_page_alone(built: Path) -> None:
    for_participants, for_facilitators = (
        page(built, "trainings/complete/"),
        page(built, "trainings/complete/facilitator/"),
    )
    for words in ("Notes for the facilitator", "Flip chart"):
        assert words not in text_of(for_participants)
        assert words in text_of(for_facilitators)
    assert for_participants.xpath("//main//a[@href='../../trainings/complete/facilitator/']")
    assert for_facilitators.xpath("//main//a[@href='../../../trainings/complete/']")


def test_no_search_leads_to_the_facilitators_page(built: Path) -> None:
    shown = page(built, "trainings/complete/facilitator/")
    assert shown.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert not shown.xpath("//*[@data-pagefind-body]")
    assert "facilitator/" not in (built / "site/sitemap.xml").read_text()


def test_the_session_plan_tells_the_time_of_each_day_without_a_script(built: Path) -> None:
    shown = page(built, "trainings/complete/facilitator/")
    times = [(slot.text, slot.get("data-from"), slot.get("data-to")) for slot in shown.find_class("hub-clock")]
    assert times == [("0:00–1:35", "0", "95"), ("1:35–2:00", "95", "120"), ("0:00–1:00", "0", "60")]
    assert [text_of(day) for day in shown.xpath("//section[@class='hub-sitting']/h3")] == [
        "Day 1 2 hours",
        "Day 2 1 h 40 min",
    ]


def test_a_module_and_the_training_say_how_long_their_sessions_are_together(built: Path) -> None:
    shown = page(built, "trainings/complete/")
    told = [[text_of(part) for part in line] for line in shown.xpath("//li[@class='hub-module']/p[1]")]
    assert told == [["Day 1", "2 hours"], ["Day 2", "1 h 40 min"]]
    assert text_of(shown.find_class("hub-sum")[0]) == "All sessions together: 3 h 40 min"


def test_a_material_says_its_language_its_size_and_its_licence(built: Path) -> None:
    size = (SITE / "content/trainings/workbook.pdf").stat().st_size
    (row,) = page(built, "trainings/complete/").xpath("//li[a='The workbook']")
    assert [text_of(part) for part in row.xpath("./span/span")] == ["PDF", "বাংলা (Bangla)", f"{size} bytes", "CC0-1.0"]


def test_its_runs_its_reports_and_its_path_stand_on_the_page(built: Path) -> None:
    shown = page(built, "trainings/complete/")
    for place, target in (("runs", "events/complete/"), ("reports", "2025/03/complete.html")):
        assert shown.xpath(f"//section[@aria-labelledby='hub-{place}']//a/@href") == [f"../../{target}"]
    steps = shown.xpath("//ol[@class='hub-path']/li")
    assert [text_of(step) for step in steps] == [
        "The basics",
        "A training with every field this training",
        "The advanced",
    ]
    assert len(steps[1].xpath(".//*[@aria-current='step']")) == 1
    assert [text_of(step) for step in page(built, "trainings/basics/").xpath("//ol[@class='hub-path']/li")][1:] == [
        "A training with every field",
        "The advanced",
    ]


def test_the_list_counts_what_may_be_chosen(built: Path) -> None:
    shown = page(built, "trainings/")
    choices = [row for group in shown.find_class("hub-group") for row in json.loads(group.get("data-choices"))]
    assert len(choices) == len(shown.find_class("hub-card")) == 3
    options = shown.xpath("//form//option[@value!='']")
    for option in options:
        words, count = re.fullmatch(r"(.+) \((\d+)\)", option.text).groups()  # type: ignore[union-attr]  # it matches
        assert int(count) == sum(option.get("value") in row for row in choices), words
    names = [select.get("name") for select in shown.xpath("//select")]
    # All three are courses: there is nothing to choose.
    assert names == ["country", "theme", "mode", "language", "when", "cost"]
