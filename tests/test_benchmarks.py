"""The benchmark compares like with like: the same corpus for all, measured in turn. No other program runs here."""

import gzip
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from benchmarks.__main__ import PEERS, grown, installed, keep, last_runs, title
from benchmarks.bounds import BOUNDS, judged, judged_with
from benchmarks.corpus import Post, picture, plural, post, posts
from benchmarks.measuring import RunError, measure
from benchmarks.peer import InstallError, Peer
from benchmarks.peers import hub, hugo
from benchmarks.report import Row, costs, ratio, times, with_section
from benchmarks.scenarios import CHECKED, COLD, EDITED, SEARCHED, SLOW, SMALLER, builds, in_turn
from benchmarks.searching import searches
from benchmarks.tree import RENAMED, Tree
from tests.build import ROOT

EVERY = [hub.PEER, *PEERS.values()]


def planted(peer: Peer, folder: Path) -> Tree:
    tree = Tree(peer, folder / "tree", 30)
    tree.plant()
    return tree


# --- the corpus ---


def test_the_same_seed_gives_the_same_bytes_in_every_process() -> None:
    program = (
        "import hashlib; from benchmarks.corpus import *; from benchmarks.peers import hub;"
        "said = repr(list(posts(30))) + repr(list(hub.others(30)));"
        "print(hashlib.sha256(said.encode() + picture(3)).hexdigest())"
    )
    made = set()
    for seed in ("1", "2"):
        settings = {**os.environ, "PYTHONHASHSEED": seed}
        made.add(subprocess.check_output([sys.executable, "-c", program], env=settings, cwd=ROOT))
    assert len(made) == 1


def test_another_seed_or_number_gives_another_post() -> None:
    assert len({repr(replace(made, slug="")) for made in (post(1, 30), post(2, 30), post(1, 30, seed=8))}) == 3
    assert picture(1) != picture(2)


def test_posts_are_as_long_as_posts_are() -> None:
    lengths = [len(re.findall(r"[\w'-]+", visible(each.body))) for each in posts(60) if each.language == "en"]
    assert len(lengths) == 54
    assert min(lengths) >= 240
    assert max(lengths) <= 640
    assert max(lengths) - min(lengths) > 200


def test_the_corpus_is_as_mixed_as_a_hub() -> None:
    made = list(posts(600))
    assert len({each.slug for each in made}) == 600
    assert len({name for each in made for name in each.countries}) == 12
    assert len({name for each in made for name in each.themes}) == 20
    assert {each.language for each in made} == {"en", "bn", "ne", "km"}
    dates = [each.date for each in made]
    assert dates == sorted(dates, reverse=True)
    assert (dates[0] - dates[-1]).days > 11 * 365
    together = "\n".join(each.body for each in made)
    for mark in ("\n## ", "\n- ", "\n> ", "\n| ", "[^1]: ", "**", "](https://", "![", "সুরক্ষা", "សង្គម"):
        assert mark in together, mark


def test_plurals_are_regular() -> None:
    assert [plural(noun) for noun in ("union", "day", "ministry", "coach", "bus")] == [
        "unions", "days", "ministries", "coaches", "buses",
    ]  # fmt: skip


def test_the_hub_has_nothing_to_say_against_its_corpus(tmp_path: Path) -> None:
    tree = planted(hub.PEER, tmp_path)
    done = subprocess.run(hub.check(), cwd=tree.folder, capture_output=True, text=True, check=False)
    assert done.stdout == "92 entries, no problems.\n"  # 30 posts, 60 partners, a training, an event


def visible(text: str) -> str:
    """A text without the addresses of its links and pictures, and without comments."""
    return re.sub(r"\]\([^)]*\)|<!--.*?-->", "]", text)


def said(text: str) -> list[str]:
    return re.findall(r"\w+", visible(text))


@pytest.mark.parametrize("peer", EVERY, ids=lambda peer: peer.name)
def test_every_program_reads_the_same_words(peer: Peer) -> None:
    for each in posts(30):
        name, text = peer.dialect(each)
        assert each.slug in name
        front, body = head_and_body(text)
        assert said(body)[-len(said(each.body)) :] == said(each.body)
        assert each.title in (front.get("title"), front.get("Title"), body.lstrip("# ").partition("\n")[0])
        assert labels(front) >= {label.casefold().replace(" ", "-") for label in each.countries + each.themes}
        assert f"picture-{picture_of(each)}.jpg" in body


def head_and_body(text: str) -> tuple[dict[str, object], str]:
    if text.startswith("---"):
        _, front, body = text.split("---\n", 2)
        return yaml.safe_load(front), body
    front, _, body = text.partition("\n\n")
    return {name: value for name, _, value in (line.partition(": ") for line in front.splitlines())}, body


def labels(front: dict[str, object]) -> set[str]:
    fields = [front.get(name, "") for name in ("countries", "themes", "categories", "Tags")]
    names = [name for field in fields for name in (field.split(", ") if isinstance(field, str) else list(field))]  # type: ignore[call-overload]  # a list
    return {name.casefold().replace(" ", "-") for name in names}


def picture_of(each: Post) -> str:
    found = re.search(r"picture-(\d)", each.body)
    assert found
    return found[1]


# --- what happens between two builds ---


def test_an_edit_takes_the_place_of_the_last_one(tmp_path: Path) -> None:
    tree = planted(hub.PEER, tmp_path)
    before = tree.edited.read_text("utf-8")
    words = [tree.edit(), tree.edit()]
    after = tree.edited.read_text("utf-8")
    assert words[0] != words[1]
    assert after == f"{before}\nNow with {words[1]}.\n"


@pytest.mark.parametrize(("peer", "where"), [(hub.PEER, "content/vocabularies"), (hugo.PEER, "content/posts")])
def test_a_theme_is_renamed_where_the_program_has_its_name(peer: Peer, where: str, tmp_path: Path) -> None:
    tree = planted(peer, tmp_path)
    tree.theme = "Social protection"  # thirty posts are too few for the rarest
    name = tree.rename()
    touched = {
        path.parent.relative_to(tree.folder).as_posix() for path in tree.folder.rglob("*.*") if holds(path, name)
    }
    assert name.startswith(RENAMED)
    assert touched == {where}
    assert not any(holds(path, "Social protection\n") for path in tree.folder.rglob("*.md"))


def holds(path: Path, text: str) -> bool:
    return path.is_file() and text.encode() in path.read_bytes()


def test_a_build_without_the_edit_does_not_count(tmp_path: Path) -> None:
    tree = planted(hugo.PEER, tmp_path)
    with pytest.raises(RunError):
        tree.expect(tree.page, "")
    page = tree.output / tree.page
    page.parent.mkdir(parents=True)
    page.write_text("<p>Now with zebra1. Paid Sick Leave 2</p>", "utf-8")
    tree.expect(tree.page, "zebra1")
    tree.expect(tree.page, "Paid sick leave 2")
    with pytest.raises(RunError, match="Hugo does not show the edit"):
        tree.expect(tree.page, "zebra2")


@pytest.mark.parametrize("peer", [PEERS["hugo"], PEERS["material"]], ids=lambda peer: peer.name)
def test_an_index_without_the_edit_does_not_count(peer: Peer, tmp_path: Path) -> None:
    tree = Tree(peer, tmp_path, 30)
    with pytest.raises(RunError, match="has no zebra1"):
        tree.expect_found("zebra1")
    text = b'{"content": "Now with zebra1."}'
    index = tree.output / peer.index
    name, content = ("", text) if index.suffix else ("fragment/en_1.pf_fragment", gzip.compress(text))
    (index / name).parent.mkdir(parents=True)
    (index / name).write_bytes(content)
    tree.expect_found("zebra1")
    with pytest.raises(RunError, match="has no zebra2"):
        tree.expect_found("zebra2")


def test_the_new_name_of_a_theme_is_looked_for_where_it_belongs() -> None:
    tree = Tree(hugo.PEER, Path(), 300)
    (bearer,) = [each for each in posts(300) if hugo.PEER.page(each) == tree.renamed]
    assert RENAMED in bearer.themes


def test_before_a_cold_build_only_the_sources_are_left(tmp_path: Path) -> None:
    tree = planted(hub.PEER, tmp_path)
    sources = {path for path in tree.folder.rglob("*") if path.is_file()}
    for left in (".cache/hub.sqlite", "site/index.html"):
        (tree.folder / left).parent.mkdir()
        (tree.folder / left).write_bytes(b"")
    tree.wipe()
    assert {path for path in tree.folder.rglob("*") if path.is_file()} == sources
    assert {path.name for path in tree.aside.rglob("*") if path.is_file()} == {"hub.sqlite", "index.html"}
    tree.clear()
    assert not tree.aside.exists()


# --- measuring ---


def test_the_cost_of_a_command_is_that_of_its_children_too(tmp_path: Path) -> None:
    child = "import time; held = bytearray(90_000_000); sum(range(3_000_000)); time.sleep(0.6)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}], check=True)"
    idle = measure([[sys.executable, "-c", "import time; time.sleep(0.6)"]], tmp_path, {})
    cost = measure([[sys.executable, "-c", parent]], tmp_path, {})
    assert cost.memory > 90 > idle.memory
    assert cost.cpu > idle.cpu
    assert cost.seconds > 0.6


def test_a_command_that_fails_says_why(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="no such theme"):
        measure([[sys.executable, "-c", "raise SystemExit('no such theme')"]], tmp_path, {})
    with pytest.raises(RunError, match="took more than"):
        measure([[sys.executable, "-c", "import time; time.sleep(60)"]], tmp_path, {}, limit=0.1)


def program(done: str) -> Peer:
    """A program that is nothing but a line of Python, run in the folder of Hugo's corpus."""
    build = [sys.executable, "-c", f"from pathlib import Path; {done}"]
    return replace(hugo.PEER, name="Fake", build=lambda: build, refresh=lambda: build, indexed=None)


def test_builds_are_measured_with_what_they_made(tmp_path: Path) -> None:
    page = hugo.PEER.page(post(5, 30))
    copies = f"page = Path('public/{page}'); page.parent.mkdir(parents=True, exist_ok=True);"
    copies += "page.write_bytes(next(Path('content/posts').glob('*-000005.md')).read_bytes())"
    told: list[str] = []
    tree = planted(program(copies), tmp_path)
    rows = list(builds([tree], 2, told.append, [COLD, EDITED]))
    assert [row.scenario for row in rows] == ["Cold build"] * 2 + ["One post edited"] * 2
    assert (rows[3].files, rows[3].size) == (1, tree.edited.stat().st_size)
    assert told == ["Cold build", "One post edited"]


def test_what_is_measured_for_its_memory_is_measured_once(tmp_path: Path) -> None:
    tree = planted(program("Path('public').mkdir()"), tmp_path)
    tree = replace(tree, peer=replace(tree.peer, page=lambda post: "../hugo.toml"))
    rows = list(builds([tree], 2, lambda sentence: None, [COLD, replace(COLD, name="First", once=True)]))
    assert [row.scenario for row in rows] == ["Cold build", "Cold build", "First"]


def test_what_a_large_hub_is_compared_with_is_built_before_and_after(tmp_path: Path) -> None:
    some = planted(program("Path('public').mkdir()"), tmp_path)
    some = replace(some, peer=replace(some.peer, page=lambda post: "../hugo.toml"))
    small = replace(some, folder=shutil.copytree(some.folder, tmp_path / "small"))
    rows = list(grown([some], [small], 1))
    assert [row.scenario for row in rows] == [SMALLER.name, "Cold build", SMALLER.name]
    assert not any(row.failure for row in rows)


def test_a_program_that_failed_is_not_asked_again(tmp_path: Path) -> None:
    told: list[str] = []
    tree = planted(program("raise SystemExit('out of memory')"), tmp_path)
    (row,) = builds([tree], 2, told.append, [COLD, EDITED])
    assert (row.scenario, row.name) == ("Cold build", "Fake")
    assert "out of memory" in row.failure
    assert [sentence for sentence in told if "out of memory" in sentence] == told[1:2]


def test_a_program_that_cannot_begin_is_not_measured(tmp_path: Path) -> None:
    tree = planted(program("raise SystemExit('out of memory')"), tmp_path)
    other = replace(tree, peer=replace(program(""), name="Other"))
    rows = list(builds([tree, other], 1, lambda sentence: None, [EDITED]))
    assert [(row.name, "out of memory" in row.failure) for row in rows] == [("Fake", True), ("Other", False)]


def in_turns(slow: str = "", failing: str = "") -> tuple[list[str], list[str]]:
    """What three programs were asked, in order, and what was said of it."""
    asked: list[str] = []
    told: list[str] = []

    def once(tree: Tree) -> Row:
        asked.append(tree.peer.name)
        if tree.peer.name == failing:
            raise RunError("it failed")
        return Row("Cold build", tree.peer.name, SLOW + 1 if tree.peer.name == slow else 1)

    trees = [Tree(PEERS[name], Path(), 30) for name in ("hugo", "pelican", "eleventy")]
    rows: Iterator[Row] = in_turn(trees, 2, "Cold build", once, told.append)
    assert [(row.name, bool(row.failure)) for row in rows] == [(name, name == failing) for name in asked]
    return asked, told


def test_programs_are_measured_in_turn() -> None:
    assert in_turns() == (["Hugo", "Pelican", "Eleventy"] * 2, [])


def test_a_slow_one_is_measured_once_and_one_that_fails_is_left_out() -> None:
    asked, told = in_turns(slow="Hugo", failing="Pelican")
    assert asked == ["Hugo", "Pelican", "Eleventy", "Eleventy"]
    assert told == ["Pelican is left out: it failed."]


def test_a_program_that_cannot_be_had_is_left_out_with_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    def install() -> str:
        raise InstallError("there is none for this machine")

    versions, able = installed([hub.PEER, replace(hugo.PEER, install=install)])
    assert (list(versions), able) == (["Chautari"], [hub.PEER])
    assert capsys.readouterr().err == "Hugo is left out: there is none for this machine\n"


# --- tables ---

ROWS = [
    *(Row("Cold build", "Chautari", seconds, cpu, 300) for seconds, cpu in ((9, 8), (3, 5), (4, 6))),
    *(Row("Cold build", "Hugo", seconds, 3, 100, 1200, 2_500_000) for seconds in (2, 1, 6)),
    Row("check", "Chautari", 1.5),
]


def cells(table: str) -> list[list[str]]:
    return [line.strip("| ").split(" | ") for line in table.splitlines()]


def test_ratios_are_those_of_medians() -> None:
    assert ratio(ROWS, "Cold build", "Chautari", "Hugo") == 4 / 2
    assert ratio(ROWS, "Cold build", "Chautari", "Hugo", "cpu") == 6 / 3
    assert ratio(ROWS, "check", "Chautari", "Hugo") is None


def test_the_table_of_times() -> None:
    head, _, cold, check, edited = cells(times([*ROWS, Row("edited", "Hugo", failure="killed")]))
    assert head == ["seconds", "Chautari", "Hugo", "Chautari : Hugo", "in CPU"]
    assert cold == ["Cold build", "4.00 (3.00–9.00)", "2.00 (1.00–6.00)", "2.00", "2.00"]
    assert check == ["check", "1.50 (1.50–1.50)", "–", "–", "–"]
    assert edited == ["edited", "–", "failed", "–", "–"]


def test_the_table_of_times_of_one_program_alone() -> None:
    alone = [row for row in ROWS if row.name == "Chautari"]
    assert cells(times(alone))[2] == ["Cold build", "4.00 (3.00–9.00)"]


def test_the_table_of_costs() -> None:
    _, _, ours, theirs = cells(costs(ROWS))
    assert ours == ["Cold build", "Chautari", "6.0", "300", "–", "–", "no"]
    assert theirs == ["Cold build", "Hugo", "3.0", "100", "1,200", "2.5", "no"]


def test_tables_are_written_into_their_section_of_a_page() -> None:
    page = "# Page\n\nText.\n"
    once = with_section(with_section(page, "500 posts", "| old |"), "10,000 posts", "| large |")
    assert with_section(once, "500 posts", "| new |\n") == (
        "# Page\n\nText.\n\n## 500 posts\n\n| new |\n\n## 10,000 posts\n\n| large |\n"
    )


# --- what is wanted ---


def held(table: str) -> dict[tuple[str, str], tuple[str, str]]:
    """What was measured and whether it holds, by the names and bounds of a table."""
    return {(what, wanted): (found, kept) for what, _, wanted, found, kept in cells(table)[2:]}


def test_a_bound_is_held_or_missed() -> None:
    found = held(judged({10_000: [*ROWS, Row(CHECKED, "Chautari", 4.25), Row(SEARCHED, "Chautari", 1, size=389_400)]}))
    assert found["Cold build", "≤ 3 × Hugo"] == ("2.00 × Hugo", "yes")
    assert found["Cold build: memory", "≤ 600 MB"] == ("300 MB", "yes")
    assert found[CHECKED, "≤ 4 s"] == ("4.25 s", "MISSED")
    assert found[f"{SEARCHED}: loaded", "≤ 430 KB"] == ("389 KB", "yes")
    assert found["One post edited", "≤ 0.25 × Hugo"] == ("–", "–")
    assert len(found) == len(BOUNDS)


def test_a_hub_that_failed_has_missed_its_bounds() -> None:
    failed = Row("Cold build", "Chautari", failure="out of memory")
    found = held(judged({10_000: ROWS, 100_000: [failed, Row("Cold build", "Hugo", 60)]}))
    assert found["Cold build", "≤ 11 × 10,000 posts"] == ("failed", "MISSED")
    assert found["Cold build: memory", "≤ 6,000 MB"] == ("failed", "MISSED")


def test_a_large_hub_is_compared_with_a_smaller_one_in_the_same_run() -> None:
    smaller = [Row("Cold build of 10,000 posts", "Chautari", seconds) for seconds in (3, 5)]
    runs = {10_000: ROWS, 100_000: [Row("Cold build", "Chautari", 48, 40, 6_100), *smaller]}
    assert held(judged(runs))["Cold build", "≤ 11 × 10,000 posts"] == ("12.00 × 10,000 posts", "MISSED")
    found = held(judged_with(100_000, runs))
    assert found["Cold build: memory", "≤ 6,000 MB"] == ("6,100 MB", "MISSED")
    assert found["Cold build: memory", "≤ 600 MB"] == ("6,100 MB", "–"), "a bound for 10,000 is not judged here"


def test_a_run_with_few_posts_judges_nothing() -> None:
    assert held(judged_with(300, {300: ROWS})) == {
        ("Cold build", "≤ 3 × Hugo"): ("2.00 × Hugo", "–"),
        ("Cold build: memory", "≤ 600 MB"): ("300 MB", "–"),
    }


def test_the_last_run_beside_hugo_is_what_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.__main__.RESULTS", tmp_path)
    keep([Row("Cold build", "Chautari", 1), Row("Cold build", "Hugo", 1)], tmp_path / "300-20260101-120000.json")
    keep(ROWS, tmp_path / "300-20260102-120000.json")
    keep([Row("Cold build", "Chautari", 7)], tmp_path / "300-20260103-120000.json")
    assert last_runs() == {300: ROWS}
    assert title(300, {"Chautari": "1", "Hugo": "2", "Pelican": "3"}) == "300 posts"
    assert title(300, {"Chautari": "1", "Pelican": "3", "Eleventy": "4"}) == "300 posts, Pelican and Eleventy"


def test_a_hub_that_is_changed_while_it_is_measured_is_noticed(tmp_path: Path) -> None:
    for name in ("hooks/build.py", "overrides/base.html"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("before")
        before = hub.state(tmp_path)
        (tmp_path / "hooks/build.pyc").write_text(name)
        assert hub.state(tmp_path) == before
        (tmp_path / name).write_text("after!")
        assert hub.state(tmp_path) != before


# --- in the browser ---


@pytest.mark.browser
def test_a_search_is_weighed_with_all_its_facets(tmp_path: Path) -> None:
    tree = planted(hub.PEER, tmp_path)
    measure([hub.build()], tree.folder, tree.environment(search=True))
    told: list[str] = []
    (row,) = searches(tree, 1, told.append)
    assert told == [SEARCHED]
    assert not row.failure
    facets = sum(path.stat().st_size for path in (tree.output / "pagefind/facet").iterdir())
    assert facets + 50_000 < row.size < 400_000


def test_without_a_chromium_the_search_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/nowhere")
    told: list[str] = []
    assert list(searches(Tree(hub.PEER, tmp_path, 30), 1, told.append)) == []
    assert "there is no Chromium" in told[-1]
