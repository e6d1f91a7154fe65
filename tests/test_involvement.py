"""What an organisation took part in: every entry once for each thing that it was there, and once in the timeline."""

import datetime as dt
from pathlib import Path

import pytest

from chautari.content.partners import Partner
from chautari.entry import Entry
from chautari.involvement import by_group, former, open_years, parts_of, timeline, worked_with
from chautari.library import Library
from chautari.references import Reference
from tests.hub import event, make_library, partner, post, training

INITIATIVE = """---
title: Common work
vision: Work for all
start: 2017-05-01
members:
- {partner: GK, role: backbone, activities: [Runs the office], places: [Dhaka]}
- {partner: other, role: funder}
- {partner: Gono Kendra, role: implementer, activities: [Teaches]}
---
"""
RESOURCE = "---\ntitle: A manual\nkind: Manual\nyear: 2016\nurl: https://example.org/x\n{}\n---\n"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    files = {
        "content/partners/gk.md": partner("acronym: GK", "partners: other", name="Gono Kendra"),
        "content/partners/other.md": partner(name="Other"),
        "content/partners/friend.md": partner("partners: GK", name="Friend"),
        "content/partners/old.md": partner("status: merged", "successor: GK", name="Old"),
        "content/partners/gone.md": partner("status: dissolved", "successor: GK", name="Gone"),
        "content/trainings/both.md": training(
            "organisers: [GK]", "funders: [Other, GK]", "participants: [gk]", "trainers: [{name: Rita}]"
        ),
        "content/trainings/taken.md": training("cascade: [{by: GK, people: 30, date: 2015-03-01}]", title="Taken"),
        "content/trainings/named.md": training("partners: GK", "date: 2011-01-01", title="Named"),
        "content/trainings/draft.md": training("status: draft", "organisers: GK", title="Draft"),
        "content/events/run.md": event("training: both", start="2018-02-01"),
        "content/events/talk.md": event("speakers: [{partner: GK}]", title="Talk", start="2019-02-01"),
        "content/initiatives/common.md": INITIATIVE,
        "content/resources/made.md": RESOURCE.format("publisher: GK"),
        "content/resources/named.md": RESOURCE.format("partners: GK\ndate: 2016-09-09"),
        "content/posts/2019/a.md": post("partners: GK", date="2019-06-20"),
        "content/posts/2019/b.md": post("authors: [{partner: GK}]", date="2019-06-21"),
    }
    return make_library(tmp_path_factory.mktemp("hub"), files)


def gk(library: Library) -> Partner:
    found = library.find(Reference("partners", "gk"))
    assert isinstance(found, Partner)
    return found


def test_it_is_grouped_by_what_the_organisation_was(library: Library) -> None:
    groups = by_group(parts_of(gk(library), library))
    assert {name: [(part.entry.slug, *part.roles) for part in group] for name, group in groups.items()} == {
        "initiatives": [("common", "members")],
        "given": [("both", "participants", "organisers", "funders")],
        "taken": [("both", "participants", "organisers", "funders"), ("taken", "cascade")],
        "trainings": [("named", "partners")],
        "events": [("talk", "speakers")],
        "made": [("made", "publisher")],
        "resources": [("named", "partners")],
        "posts": [("b", "authors"), ("a", "partners")],
    }


def test_its_lines_in_an_initiative_are_its_own(library: Library) -> None:
    (part,) = by_group(parts_of(gk(library), library))["initiatives"]
    assert [(member.role, *(each.title for each in member.activities)) for member in part.members] == [
        ("backbone", "Runs the office"),
        ("implementer", "Teaches"),
    ]


def test_the_timeline_has_all_that_is_dated_and_each_of_it_once(library: Library) -> None:
    years = timeline(parts_of(gk(library), library), library)
    assert [(year, [(day and f"{day:%m-%d}", entry.slug) for day, entry in those]) for year, those in years] == [
        (2019, [("06-21", "b"), ("06-20", "a"), ("02-01", "talk")]),
        (2018, [("02-01", "both")]),  # its first run
        (2017, [("05-01", "common")]),
        (2016, [("09-09", "named"), (None, "made")]),  # of the one no more than the year is known
        (2011, [("01-01", "named")]),
    ]


def test_former_organisations_are_known_to_their_successor(library: Library) -> None:
    found = former(parts_of(gk(library), library))
    assert {state: [each.slug for each in those] for state, those in found.items()} == {
        "merged": ["old"],
        "dissolved": ["gone"],
    }


def test_whoever_says_that_they_work_together(library: Library) -> None:
    found = gk(library)
    assert {each.slug for each in worked_with(found, parts_of(found, library), library)} == {"other", "friend"}


@pytest.mark.parametrize(("sizes", "shown"), [([20, 1], 1), ([3, 4, 5, 6], 3), ([1, 1], 3), ([], 1)])
def test_as_many_years_are_open_as_hold_enough(sizes: list[int], shown: int, library: Library) -> None:
    entries: list[tuple[dt.date | None, Entry]] = [(None, gk(library))]
    assert open_years([(2020 - number, entries * size) for number, size in enumerate(sizes)]) == shown


def test_a_page_costs_no_more_the_more_partners_there_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The front matter of all entries is walked once, whatever number of pages asks."""
    walked: list[str] = []
    references = Entry.references

    def counted(entry: Entry) -> object:
        walked.append(entry.path)
        return references(entry)

    files = {f"content/partners/p{number}.md": partner("parent: root", name=f"P {number}") for number in range(30)}
    posts = {f"content/posts/2019/{number}.md": post(f"partners: p{number}") for number in range(30)}
    library = make_library(tmp_path, {"content/partners/root.md": partner(name="Root"), **files, **posts})
    monkeypatch.setattr(Entry, "references", counted)
    for entry in library.all(Partner):
        timeline(parts_of(entry, library), library)
    assert sorted(walked) == sorted(entry.path for entry in library.listed)
