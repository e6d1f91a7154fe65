"""What is measured, and by how much the hub must be the quicker."""

import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from benchmarks.measuring import Preview, RunError, measure, preview
from benchmarks.peer import Command
from benchmarks.peers import hub
from benchmarks.report import Row
from benchmarks.tree import Tree

SLOW = 120
"""Seconds; what takes longer is measured once."""


@dataclass(frozen=True)
class Scenario:
    """One kind of build: what comes before it, and what is then measured.

    `before` answers a word that the edited post's page must show afterwards.
    """

    name: str
    before: Callable[[Tree], str]
    commands: Callable[[Tree], list[Command]]
    search: bool = False

    def ready(self, tree: Tree) -> None:
        """A whole build that is not counted, so that each program has what it would have found after the last one."""
        measure([tree.peer.build(), *self.indexing(tree)], tree.folder, tree.environment(self.search), tree.limit)

    def row(self, tree: Tree) -> Row:
        """One measurement. Raises `RunError`."""
        word = self.before(tree)
        commands = [*self.commands(tree), *self.indexing(tree)]
        cost = measure(commands, tree.folder, tree.environment(self.search), tree.limit)
        tree.expect(word)
        return Row(
            self.name, tree.peer.name, cost.seconds, cost.cpu, cost.memory, *tree.size(), searchable=tree.is_searchable
        )

    def indexing(self, tree: Tree) -> list[Command]:
        return tree.pagefind(sys.executable) if self.search else []


def wiped(tree: Tree) -> str:
    """Nothing is left of earlier builds."""
    tree.wipe()
    return ""


def untouched(tree: Tree) -> str:
    """Nothing has changed."""
    return ""


def renamed(tree: Tree) -> str:
    """A theme has another name; the edited post need not bear it."""
    tree.rename()
    return ""


def whole(tree: Tree) -> list[Command]:
    return [tree.peer.build()]


def refreshed(tree: Tree) -> list[Command]:
    return [tree.peer.refresh()]


COLD = Scenario("Cold build", wiped, whole)
UNCHANGED = Scenario("Complete build, nothing changed", untouched, whole)
EDITED = Scenario("One post edited", Tree.edit, refreshed)
INDEXED = Scenario("One post edited, with its search index", Tree.edit, refreshed, search=True)
RENAMED = Scenario("A theme renamed", renamed, refreshed)
SCENARIOS = [COLD, UNCHANGED, EDITED, RENAMED, INDEXED]
SAVED = "From save to page in the preview"
CHECKED, CHECKED_AGAIN = "`chautari check`, cold", "`chautari check`, again"

WANTED = {
    COLD.name: 3.0,
    UNCHANGED.name: 0.6,
    EDITED.name: 0.25,
    INDEXED.name: 0.5,
    RENAMED.name: 0.5,
    SAVED: 0.8,
}
"""The hub's time divided by Hugo's, at most, with 10,000 posts."""


def in_turn(trees: Sequence[Tree], runs: int, once: Callable[[Tree], Row], say: Callable[[str], None]) -> Iterator[Row]:
    """So many measurements of each, A B A B: what disturbs the machine disturbs all. One that fails is left out."""
    left = list(trees)
    for _ in range(runs):
        for tree in list(left):
            try:
                row = once(tree)
            except RunError as failure:
                say(f"{tree.peer.name} is left out: {failure}.")
                left.remove(tree)
                continue
            yield row
            if row.seconds > SLOW:
                left.remove(tree)


def builds(trees: Sequence[Tree], runs: int, say: Callable[[str], None], some: Sequence[Scenario]) -> Iterator[Row]:
    """Some kinds of build. What failed in one is not asked for the next."""
    for scenario in some:
        say(scenario.name)
        ready = [tree for tree in trees if scenario is COLD or _is_ready(scenario, tree, say)]
        done = set()
        for row in in_turn(ready, runs, scenario.row, say):
            done.add(row.name)
            yield row
        trees = [tree for tree in ready if tree.peer.name in done]


def _is_ready(scenario: Scenario, tree: Tree, say: Callable[[str], None]) -> bool:
    try:
        scenario.ready(tree)
    except RunError as failure:
        say(f"{tree.peer.name} is left out: {failure}.")
        return False
    return True


def previews(trees: Sequence[Tree], runs: int, say: Callable[[str], None]) -> Iterator[Row]:
    """From the save of a post to its page being served. All previews run, and one at a time is awake."""
    say(SAVED)
    with ExitStack() as running:
        windows: dict[str, Preview] = {}

        def saved(tree: Tree) -> Row:
            window = windows.get(tree.peer.name) or running.enter_context(opened(tree))
            windows[tree.peer.name] = window
            with window.awake():
                seconds = window.shows(tree.page, tree.edit())
            return Row(SAVED, tree.peer.name, seconds)

        yield from in_turn([tree for tree in trees if tree.peer.serve], runs, saved, say)


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

    def check(name: str, before: Callable[[Tree], str]) -> Callable[[Tree], Row]:
        def once(tree: Tree) -> Row:
            before(tree)
            cost = measure([hub.check()], tree.folder, tree.environment(search=True))
            return Row(name, tree.peer.name, cost.seconds, cost.cpu, cost.memory)

        return once

    yield from in_turn([tree], runs, check(CHECKED, wiped), say)
    yield from in_turn([tree], runs, check(CHECKED_AGAIN, untouched), say)


def free_port() -> int:
    """A port of this machine that nobody uses."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
