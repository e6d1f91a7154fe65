"""The hub and its peers at the same work, measured in turn: make bench, make bench-full."""

import json
import os
import platform
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from benchmarks import bounds, scenarios, searching
from benchmarks.measuring import PATIENCE
from benchmarks.peer import FOLDER, ROOT, InstallError, Peer
from benchmarks.peers import eleventy, hub, hugo, material, pelican
from benchmarks.report import Row, costs, taken, times, with_section
from benchmarks.tree import Tree

PEERS = {"hugo": hugo.PEER, "pelican": pelican.PEER, "eleventy": eleventy.PEER, "material": material.PEER}
PAGE, README = ROOT / "docs/benchmarks.md", ROOT / "README.md"
RESULTS = FOLDER / "results"
SMALL = 10_000
"""What larger numbers of posts are compared with."""


def main(
    count: Annotated[int, typer.Option("--posts", min=20, help="How many posts.")] = 300,
    peers: Annotated[str, typer.Option(help=f"Some of {', '.join(PEERS)}, with commas; or all.")] = "hugo",
    runs: Annotated[int, typer.Option(min=1, help="How often each is measured.")] = 3,
    cold: Annotated[bool, typer.Option("--cold", help="Nothing but cold builds.")] = False,
    limit: Annotated[float, typer.Option(help="Seconds after which a build is given up.")] = PATIENCE,
    record: Annotated[bool, typer.Option(help="Writes the tables into docs/benchmarks.md and README.md.")] = False,
) -> None:
    """Measure the hub and its peers in turn, and print medians and ratios."""
    names = list(PEERS) if peers == "all" else peers.split(",")
    if unknown := [name for name in names if name not in PEERS]:
        raise typer.BadParameter(f"{unknown[0]} is no peer: {', '.join(PEERS)}.")
    before, ours = os.getloadavg()[0], hub.state()
    versions, able = installed([hub.PEER, *(PEERS[name] for name in names)])
    trees = [planted(peer, count, limit) for peer in able]
    smaller = [planted(peer, SMALL, limit) for peer in able] if cold and count > SMALL else []
    result = RESULTS / f"{count}-{time.strftime('%Y%m%d-%H%M%S')}.json"
    rows: list[Row] = []
    try:
        for row in grown(trees, smaller, runs) if cold else measured(trees, runs):
            rows.append(row)
            keep(rows, result)
            say(f"  {row.name}: {'failed' if row.failure else f'{row.seconds:.2f} s'}")
    finally:
        for tree in (*trees, *smaller):
            tree.clear()
    told = f"{made(versions, runs, before)}\n\n{tables(rows, count)}"
    result.with_suffix(".md").write_text(told, "utf-8")
    print(told)
    say(f"All measurements stand in {result.relative_to(ROOT)}.")
    if hub.state() != ours:
        say("The hub was changed while it was measured: these figures are of neither state, and are not recorded.")
        raise typer.Exit(1)
    if record:
        PAGE.write_text(with_section(PAGE.read_text("utf-8"), title(count, versions), told), "utf-8")
        README.write_text(with_section(README.read_text("utf-8"), "Speed", speed(last_runs())), "utf-8")


def installed(peers: Iterable[Peer]) -> tuple[dict[str, str], list[Peer]]:
    """The versions by name, and the programs that are there; what cannot be had is left out with a sentence."""
    versions, able = {}, []
    for peer in peers:
        try:
            versions[peer.name] = peer.install()
            able.append(peer)
        except InstallError as reason:
            say(f"{peer.name} is left out: {reason}")
    return versions, able


def planted(peer: Peer, count: int, limit: float) -> Tree:
    """The corpus as a program reads it, in .cache/bench."""
    say(f"Writing {count:,} posts for {peer.name} ...")
    tree = Tree(peer, FOLDER / "work" / f"{peer.name.lower()}-{count}", count, limit)
    tree.plant()
    return tree


def grown(trees: Sequence[Tree], smaller: Sequence[Tree], runs: int) -> Iterable[Row]:
    """Cold builds alone; what they are compared with is built before and after, because machines get slower and quicker
    within the hour.
    """
    for some, scenario in ((smaller, scenarios.SMALLER), (trees, scenarios.COLD), (smaller, scenarios.SMALLER)):
        yield from scenarios.builds(some, runs, say, [scenario])


def measured(trees: Sequence[Tree], runs: int) -> Iterable[Row]:
    """All there is to measure; the hub is the first of the trees."""
    yield from scenarios.builds(trees, runs, say, scenarios.SCENARIOS)
    yield from scenarios.previews(trees, runs, say)
    yield from searching.searches(trees[0], runs, say)
    yield from scenarios.checks(trees[0], runs, say)


def made(versions: dict[str, str], runs: int, load: float) -> str:
    """When and where a run was made, and of what."""
    machine = f"{os.cpu_count()} cores ({platform.machine()}), {memory()}, {platform.system()}, load {load:.1f} before"
    programs = ", ".join(f"{name} {version}" for name, version in versions.items())
    medians = f"Runs of each, in turn: {runs}; medians, and in brackets the quickest and the slowest."
    return f"{time.strftime('%Y-%m-%d')}; {machine}; Python {platform.python_version()}; {programs}. {medians}"


def tables(rows: Sequence[Row], count: int) -> str:
    """What a run measured, and what of it was wanted."""
    return f"{times(rows)}\n{bounds.judged_with(count, {**last_runs(), count: rows})}\n{costs(rows)}"


def title(count: int, versions: Mapping[str, str]) -> str:
    """The section of a run. One without Hugo, against which the hub is judged, has a section of its own."""
    others = "" if bounds.HUGO in versions else f", {' and '.join(list(versions)[1:])}"
    return f"{count:,} posts{others}"


def last_runs() -> bounds.Runs:
    """The last run with each number of posts that measured Hugo as well, as far as it came."""
    runs: dict[int, list[Row]] = {}
    for path in sorted(RESULTS.glob("*.json")):  # by their dates
        rows = [Row(**row) for row in json.loads(path.read_text("utf-8"))]
        if taken(rows, scenarios.COLD.name, bounds.HUGO):
            runs[int(path.name.partition("-")[0])] = rows
    return runs


def speed(runs: bounds.Runs) -> str:
    """The section of the README."""
    return (
        "`make bench-full` lets the hub and other programs make the same site of the same posts, in turn, and writes "
        "what it finds [here](docs/benchmarks.md). “× Hugo” is the hub's time divided by Hugo's, which is written in "
        f"Go and the quickest of them; memory is that of all processes together.\n\n{bounds.judged(runs)}"
    )


def memory() -> str:
    """How much memory the machine has."""
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB"


def keep(rows: Sequence[Row], result: Path) -> None:
    """Every measurement so far: a run of hours may be ended before its time."""
    result.parent.mkdir(parents=True, exist_ok=True)
    result.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n", "utf-8")


def say(sentence: str) -> None:
    """What goes on, for the person who waits."""
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    typer.run(main)
