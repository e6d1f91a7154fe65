"""Where the time of a build goes, as CHAUTARI_PROFILE=1 tells it."""

import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

from chautari import timing
from chautari.pool import spread
from chautari.timing import PAGES, REST, TEXTS, Ledger, timed, timed_alone
from tests.build import build, copy_of_the_test_hub
from tests.hub import post

PROFILE = "CHAUTARI_PROFILE"
ROW = re.compile(r" *(\d+\.\d\d) +(\d+\.\d\d)(?: +(\d+))?  (.+)")


class Clocks:
    """Two clocks that go when they are told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> tuple[float, float]:
        return self.now, 2 * self.now


def rows(table: str) -> dict[str, tuple[float, float, int]]:
    """What a table says of each stage."""
    found = (ROW.fullmatch(line) for line in table.split("\n"))
    return {row[4].strip(): (float(row[1]), float(row[2]), int(row[3] or 0)) for row in found if row}


def test_time_belongs_to_the_innermost_stage(monkeypatch: pytest.MonkeyPatch) -> None:
    clocks = Clocks()
    ledger = Ledger(clocks)
    monkeypatch.setattr(timing, "_ledger", ledger)

    @timed("Inner", 3)
    def inner() -> None:
        clocks.now += 4

    clocks.now += 1
    with timed("Outer"):
        clocks.now += 2
        inner()
        inner()
    assert rows(ledger.table()) == {
        "Inner": (8, 16, 6),
        "Outer": (2, 4, 0),
        REST: (1, 2, 0),
        "all together": (11, 22, 0),
    }


def test_a_stage_may_end_while_one_that_began_later_goes_on() -> None:
    clocks = Clocks()
    ledger = Ledger(clocks)
    for step in (
        partial(ledger.begin, "Naming", 1),
        partial(ledger.begin, "Drawing", 1),
        partial(ledger.end, "Naming"),
    ):
        step()
        clocks.now += 1
    ledger.end("Drawing")
    assert rows(ledger.table()) == {
        "Naming": (1, 2, 1),
        "Drawing": (2, 4, 1),
        REST: (0, 0, 0),
        "all together": (3, 6, 0),
    }


def test_what_takes_longest_is_named_first_and_ten_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = Ledger(Clocks())
    ledger.single.update({(f"{number:02}.md", TEXTS): number / 1_000 for number in range(20)})
    ledger.single["03.md", PAGES] = 1.0
    *_, heading = (place for place, line in enumerate(ledger.table().split("\n")) if "page" in line)
    lines = [line.split() for line in ledger.table().split("\n")[heading + 1 :]]
    assert lines[:2] == [["3.0", "1000.0", "03.md"], ["19.0", "19.md"]]
    assert len(lines) == 10


def test_what_other_processes_note_is_known_here(monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = Ledger()
    monkeypatch.setattr(timing, "_ledger", ledger)
    ledger.single["before", TEXTS] = 5.0

    def work(part: Sequence[str]) -> list[str]:
        for path in part:
            with timed_alone(path, TEXTS):
                sum(range(100_000))
        return list(part)

    paths = [f"{number}.md" for number in range(40)]
    assert spread(work, paths, at_least=2, stage="Working") == paths
    assert {path for path, _ in ledger.single} == {"before", *paths}
    assert ledger.single["before", TEXTS] == 5.0
    assert all(ledger.single[path, TEXTS] > 0 for path in paths)
    assert ledger.stages["Working"].count == 40
    assert ledger.stages["Working"].cores >= sum(ledger.single[path, TEXTS] for path in paths)


def test_a_build_says_where_its_time_went_if_somebody_asks(tmp_path: Path) -> None:
    posts = {f"content/posts/2020/p{number}.md": post(body="One.\n") for number in range(100)}
    root = copy_of_the_test_hub(
        tmp_path, posts | {"content/posts/2020/long.md": post(body="Some *words*.\n\n" * 3_000)}
    )
    said = build(root, "--quiet", **{PROFILE: "1"}).stderr
    found = rows(said)
    pages = len(list((root / "site").rglob("*.html")))
    assert found["Rendering texts"][2] > 101
    assert found["Reading entries"][2] >= found["Rendering texts"][2]
    assert 101 < found["Drawing pages"][2] < pages
    assert found.keys() >= {"Judging", "Making pictures", "Packing trainings", "Fingerprints", "Listing",
                            "Feeds and other files", "Search index", "Fitting in", "Cache", REST}  # fmt: skip
    assert said.index("What took longest") < said.index("content/posts/2020/long.md")
    assert build(root, "--quiet").stderr == ""
