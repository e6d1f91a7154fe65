"""What is measured."""

import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import chain
from random import Random
from time import sleep

from benchmarks.measuring import Preview, RunError, measure, preview
from benchmarks.peer import Command
from benchmarks.peers import hub
from benchmarks.report import Row
from benchmarks.tree import Tree

SLOW = 120
"""Seconds; what takes longer is measured once."""
AT_LEAST = 5
"""So often what takes a few seconds is measured: a moment's disturbance is a good part of it."""


@dataclass(frozen=True)
class Scenario:
    """One kind of build: what comes before it, and what is then measured.

    `before` answers a page, and a word that it must show afterwards.
    """

    name: str
    before: Callable[[Tree], tuple[str, str]]
    commands: Callable[[Tree], list[Command]]
    search: bool = False
    once: bool = False
    """Whether it is measured once: for its memory, which hardly varies."""

    def ready(self, tree: Tree) -> Row:
        """A whole build that is not counted, so that each program has what it would have found after the last one."""
        if self.before is not wiped:
            measure([tree.peer.build(), *self.indexing(tree)], tree.folder, tree.environment(self.search), tree.limit)
        return Row(self.name, tree.peer.name)

    def row(self, tree: Tree) -> Row:
        """One measurement. Raises `RunError`."""
        page, word = self.before(tree)
        commands = [*self.commands(tree), *self.indexing(tree)]
        cost = measure(commands, tree.folder, tree.environment(self.search), tree.limit)
        tree.expect(page, word)
        if self.search:
            tree.expect_found(word)
        return Row(
            self.name, tree.peer.name, cost.seconds, cost.cpu, cost.memory, *tree.size(), searchable=tree.is_searchable
        )

    def indexing(self, tree: Tree) -> list[Command]:
        return tree.pagefind(sys.executable) if self.search else []


def wiped(tree: Tree) -> tuple[str, str]:
    """Nothing is left of earlier builds."""
    tree.wipe()
    return untouched(tree)


def untouched(tree: Tree) -> tuple[str, str]:
    """Nothing has changed."""
    return tree.page, ""


def edited(tree: Tree) -> tuple[str, str]:
    """A post has another last sentence."""
    return tree.page, tree.edit()


def renamed(tree: Tree) -> tuple[str, str]:
    """A theme has another name."""
    return tree.renamed, tree.rename()


def whole(tree: Tree) -> list[Command]:
    return [tree.peer.build()]


def refreshed(tree: Tree) -> list[Command]:
    return [tree.peer.refresh()]


COLD = Scenario("Cold build", wiped, whole)
SMALLER = Scenario("Cold build of 10,000 posts", wiped, whole)
UNCHANGED = Scenario("Complete build, nothing changed", untouched, whole)
EDITED = Scenario("One post edited", edited, refreshed)
RENAMED = Scenario("A theme renamed", renamed, refreshed)
FIRST_INDEX = Scenario("Cold build, with its search index", wiped, whole, search=True, once=True)
INDEXED = Scenario("One post edited, with its search index", edited, refreshed, search=True)
SCENARIOS = [COLD, UNCHANGED, EDITED, RENAMED, FIRST_INDEX, INDEXED]
SAVED = "From save to page in the preview"
SEARCHED = "Results of a search in the browser"
CHECKED, CHECKED_AGAIN = "`chautari check`, cold", "`chautari check`, again"


def in_turn(
    trees: Sequence[Tree], runs: int, name: str, once: Callable[[Tree], Row], say: Callable[[str], None]
) -> Iterator[Row]:
    """So many measurements of each, A B A B: what disturbs the machine disturbs all. One that fails is left out."""
    left = list(trees)
    for _ in range(runs):
        for tree in list(left):
            row = _tried(tree, name, once, say)
            yield row
            if row.failure or row.seconds > SLOW:
                left.remove(tree)


def _tried(tree: Tree, name: str, once: Callable[[Tree], Row], say: Callable[[str], None]) -> Row:
    try:
        return once(tree)
    except RunError as failure:
        say(f"{tree.peer.name} is left out: {failure}.")
        return Row(name, tree.peer.name, failure=str(failure))


def builds(trees: Sequence[Tree], runs: int, say: Callable[[str], None], some: Sequence[Scenario]) -> Iterator[Row]:
    """Some kinds of build. What failed in one is not asked for the next."""
    left = list(trees)
    for scenario in some:
        say(scenario.name)
        unready = (row for row in in_turn(left, 1, scenario.name, scenario.ready, say) if row.failure)
        times = 1 if scenario.once else runs
        for row in chain(unready, in_turn(left, times, scenario.name, scenario.row, say)):
            yield row
            left[:] = [tree for tree in left if not (row.failure and tree.peer.name == row.name)]


def previews(trees: Sequence[Tree], runs: int, say: Callable[[str], None]) -> Iterator[Row]:
    """From the save of a post to its page being served. All previews run, and one at a time is awake.

    Who writes does not wait for the moment at which a preview looks for changes.
    """
    say(SAVED)
    chance = Random(1)
    with ExitStack() as running:
        windows: dict[str, Preview] = {}

        def saved(tree: Tree) -> Row:
            window = windows.get(tree.peer.name) or running.enter_context(opened(tree))
            windows[tree.peer.name] = window
            with window.awake():
                sleep(chance.random())
                seconds = window.shows(tree.page, tree.edit())
            return Row(SAVED, tree.peer.name, seconds)

        yield from in_turn([tree for tree in trees if tree.peer.serve], runs, SAVED, saved, say)


@contextmanager
def opened(tree: Tree) -> Iterator[Preview]:
    """A program's preview, showing its pages. Raises `RunError`."""
    port = free_port()
    command = tree.peer.serve(port) if tree.peer.serve else []
    with preview(command, tree.folder, tree.environment(search=True), port) as window:
        window.shows(tree.page, "<article")
        yield window


def checks(tree: Tree, runs: int, say: Callable[[str], None]) -> Iterator[Row]:
    """The content judged, with and without what the hub remembers of it."""
    say("`chautari check`")

    for name, before in ((CHECKED, wiped), (CHECKED_AGAIN, untouched)):

        def once(tree: Tree, name: str = name, before: Callable[[Tree], object] = before) -> Row:
            before(tree)
            cost = measure([hub.check()], tree.folder, tree.environment(search=True), tree.limit)
            return Row(name, tree.peer.name, cost.seconds, cost.cpu, cost.memory)

        yield from in_turn([tree], max(runs, AT_LEAST), name, once, say)


def free_port() -> int:
    """A port of this machine that nobody uses."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
