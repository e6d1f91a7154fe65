"""Who was reached afterwards: nobody is counted twice where the reports may speak of the same people."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chautari.cascade import Report, may_overlap, of_partner, of_place, of_training, summed
from chautari.content.trainings import Training
from chautari.curriculum import Reach
from chautari.library import Library
from chautari.references import Reference
from chautari.vocabulary import Term
from tests.hub import make_library, partner, training

DAYS = st.sampled_from(["2017-11-01", "2018-02-01", "2018-06-30", "2019-06-20"])


@st.composite
def reaches(draw: st.DrawFn) -> Reach:
    """A line of a cascade, of which anything may be left out."""
    since, date = sorted([draw(DAYS), draw(DAYS)])
    people = draw(st.integers(0, 1_000))
    given_ = {
        "people": people,
        "women": draw(st.none() | st.integers(0, people)),
        "since": draw(st.sampled_from([None, since])),
        "date": draw(st.sampled_from([None, date])),
        "by": draw(st.sampled_from([None, "gk", "bils"])),
        "source": draw(st.sampled_from([None, "A report", "A letter"])),
    }
    return Reach.model_validate({name: value for name, value in given_.items() if value is not None})


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    rows = [
        "{date: 2018-05-01, country: Bangladesh, by: gk, people: 800, women: 300, source: Report}",
        "{date: 2018-05-01, country: Bangladesh, by: Gono Kendra, people: 120, women: 100, source: Letter}",
        "{date: 2018-05-01, country: Bangladesh, by: bils, people: 50, source: Report}",
        "{date: 2018-05-01, country: Nepal, by: bils, people: 7, women: 7, source: Report}",
    ]
    return make_library(
        tmp_path_factory.mktemp("hub"),
        {
            "content/partners/gk.md": partner("acronym: GK", name="Gono Kendra"),
            "content/partners/bils.md": partner(name="BILS"),
            "content/trainings/first.md": training(f"cascade: [{', '.join(rows)}]"),
            "content/trainings/second.md": training("cascade: [{date: 2019-01-01, by: gk, people: 30, women: 30}]"),
            "content/trainings/draft.md": training("status: draft", "cascade: [{by: gk, people: 9000}]"),
        },
    )


def report(reach: Reach) -> Report:
    """A line of some training's cascade, whose partner has no other name."""
    training = Training.model_construct()  # type: ignore[call-arg]  # nobody asks it anything
    return Report(training, reach, reach.by.text if reach.by else None)


def the(library: Library, slug: str) -> Training:
    return next(entry for entry in library.all(Training) if entry.slug == slug)


def term(library: Library, vocabulary: str, key: str) -> Term:
    return next(term for term in library.vocabularies[vocabulary] if term.key == key)


def test_of_two_reports_of_the_same_people_the_larger_counts(library: Library) -> None:
    reached = of_training(the(library, "first"), library)
    assert reached
    assert [reach.people for reach in reached.added] == [800, 50, 7]
    assert (reached.people, reached.women, reached.knows_all_women) == (857, 307, False)


def test_a_partner_is_told_its_own_over_all_trainings(library: Library) -> None:
    gk = library.find(Reference("partners", "gk"))
    assert gk
    reached = of_partner(gk, library)
    assert reached
    assert (reached.people, reached.women, reached.knows_all_women) == (830, 330, True)
    assert {each.training.slug for each in reached.reports} == {"first", "second"}, "a draft says nothing"


def test_a_place_is_told_what_is_known_to_have_been_there(library: Library) -> None:
    numbers = {
        key: (reached := of_place(term(library, name, key), library)) and reached.people
        for name, key in (("countries", "nepal"), ("countries", "bangladesh"), ("regions", "south-asia"))
    }
    assert numbers == {"nepal": 7, "bangladesh": 850, "south-asia": 857}
    assert of_place(term(library, "countries", "cambodia"), library) is None


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        ({"by": "gk", "date": "2018-01-01"}, {"by": "gk", "date": "2019-01-01"}, False),
        ({"by": "gk", "date": "2018-01-01"}, {"by": "gk", "date": "2019-01-01", "since": "2017-11-01"}, True),
        ({"by": "gk", "date": "2018-01-01", "source": "R"}, {"by": "gk", "date": "2019-01-01", "source": "r"}, True),
        ({"by": "gk", "date": "2018-01-01"}, {"by": "bils", "date": "2018-01-01"}, False),
        ({"by": "gk", "date": "2018-01-01"}, {"date": "2018-01-01"}, True),
        ({"by": "gk", "date": "2018-01-01"}, {"by": "gk"}, True),
        ({"by": "gk", "date": "2018-01-01"}, {"by": "gk", "since": "2018-02-01"}, False),
    ],
)
def test_which_reports_may_count_the_same_people(one: dict[str, str], other: dict[str, str], overlap: bool) -> None:
    first, second = (report(Reach.model_validate({"people": 1, **given})) for given in (one, other))
    assert may_overlap(first, second) is overlap
    assert may_overlap(second, first) is overlap


@given(st.lists(reaches(), min_size=1, max_size=12))
def test_nobody_is_added_twice_and_nobody_is_left_out_without_a_reason(rows: list[Reach]) -> None:
    reached = summed(map(report, rows))
    added = [each for each in reached.reports if each.added]
    assert not any(may_overlap(one, other) for one, other in combinations(added, 2))
    for each in reached.reports:
        if not each.added:
            assert any(may_overlap(each, kept) and kept.reach.people >= each.reach.people for kept in added)
    assert max(reach.people for reach in rows) <= reached.people <= sum(reach.people for reach in rows)
    assert reached.women <= reached.people
    assert [each.reach for each in reached.reports] == rows


@given(st.lists(reaches(), min_size=1, max_size=8, unique_by=lambda reach: reach.people), st.randoms())
def test_the_order_of_the_reports_changes_no_number(rows: list[Reach], chance: object) -> None:
    turned = list(rows)
    chance.shuffle(turned)  # type: ignore[attr-defined]  # a random.Random
    one, other = (summed(map(report, some)) for some in (rows, turned))
    assert (one.people, one.women, one.period) == (other.people, other.women, other.period)
