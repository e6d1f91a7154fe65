"""The command line of moving in: `chautari import blogger …`, and whatever else the hub can read."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from pydantic_core import PydanticCustomError

from chautari import problems
from chautari.dates import read_zone
from chautari.library import CONTENT, Library
from chautari.moving.items import Export
from chautari.moving.staging import ChangedMeanwhileError, put_in_order
from chautari.problems import ContentError, Problem
from chautari.project import open_project
from chautari.site import Site
from chautari.stage import Lock

# What only an import needs is imported by it alone: `chautari check` is to begin at once.
if TYPE_CHECKING:
    from chautari.moving.report import Report

app = typer.Typer(no_args_is_help=True, help="Move in from another platform. If anything is wrong, nothing is written.")

Sources = Annotated[
    list[Path], typer.Argument(help="The export: a file, a folder or a ZIP; of a feed, as many as there are.")
]
Into = Annotated[Path, typer.Option(metavar="FOLDER", help="The project's folder content/.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Write the report and nothing else.")]
ReportFile = Annotated[Path, typer.Option("--report", metavar="FILE", help="Where the report goes; beside it as JSON.")]
LabelFile = Annotated[Path | None, typer.Option("--labels", metavar="FILE", help="What old labels mean here (YAML).")]
Fetch = Annotated[bool, typer.Option("--fetch", help="Fetch the pictures that are not in the export.")]
Zone = Annotated[str, typer.Option(metavar="ZONE", help="The blog's time zone, where the export does not say it.")]
Hosts = Annotated[
    list[str] | None, typer.Option("--host", metavar="NAME", help="A name the blog had; may be repeated.")
]
PLATFORMS = {
    "blogger": "From Blogger: blog-….xml, the Takeout's folder, or its ZIP.",
    "wordpress": "From WordPress: the file that Tools, Export gives (WXR), a folder of its parts, or a ZIP.",
    "feed": "From the public feed of a blog whose password is lost: its pages, saved as files (Atom or RSS); "
    "they may overlap.",
}
REPORT = Path("import-report.html")
SHELF = ".cache/moving"
"""Below the project's folder: where pictures wait that were fetched by the report's script."""


@dataclass(frozen=True)
class Order:
    """What was asked for on the command line."""

    platform: str
    sources: Sequence[Path]
    into: Path
    report: Path
    dry_run: bool
    labels: Path | None
    fetch: bool
    zone: str
    hosts: Sequence[str]


@app.callback()
def imports() -> None:
    """Move in from another platform. If anything is wrong, nothing is written."""


def _add(platform: str, words: str) -> None:
    """The command for one platform. All have the same options."""

    @app.command(platform, help=words)
    def command(
        sources: Sources,
        into: Into = Path(CONTENT),
        dry_run: DryRun = False,
        report: ReportFile = REPORT,
        labels: LabelFile = None,
        fetch: Fetch = False,
        zone: Zone = "",
        host: Hosts = None,
    ) -> None:
        bring(Order(platform, sources, into, report, dry_run, labels, fetch, zone, host or ()))


for _platform, _words in PLATFORMS.items():
    _add(_platform, _words)


def bring(order: Order) -> None:
    """Moves in what was asked for. Exit code 2: nothing was written, and why is said."""
    try:
        report = _moved(order)
    except ContentError as error:
        typer.echo(problems.as_text(error.problems), err=True)
    except ChangedMeanwhileError:
        typer.echo(f"Somebody has changed {order.into}/ meanwhile. Nothing was written; run it again.", err=True)
    except KeyboardInterrupt:
        typer.echo("Stopped. Nothing is half done; run it again at any time.", err=True)
        raise typer.Exit(130) from None
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        typer.echo(f"{place}{error.strerror or error}. Nothing was written.", err=True)
    else:
        _say(report, order)
        return
    raise typer.Exit(2)


def _moved(order: Order) -> "Report":
    root = _root(order)
    lock = Lock(root / SHELF, lambda: typer.echo("Another import is at work here; waiting for it.", err=True))
    try:
        return _moved_into(root, order)
    finally:
        lock.release()


def _moved_into(root: Path, order: Order) -> "Report":
    from chautari.moving.labels import read_labels
    from chautari.moving.move import Wishes, move
    from chautari.moving.pictures import fetched

    put_in_order(root / CONTENT)
    library, site = _open(root)
    gc.enable()  # a long run over many texts, of which none is to stay
    gc.freeze()
    wishes = Wishes(
        ", ".join(map(str, order.sources)),
        root / SHELF,
        tuple(order.hosts),
        order.zone,
        read_labels(order.labels, library) if order.labels else None,
        fetched if order.fetch and not order.dry_run else None,
        order.dry_run,
    )
    export = _opened(order)
    with _bar() as progress:
        return move(export, library, site, root, wishes, lambda report: _write(report, order, site), progress)


def _open(root: Path) -> tuple[Library, Site]:
    """The project, without the texts of what earlier imports wrote and nobody has changed: there may be very many."""
    from chautari.moving.keeping import untouched

    try:
        return open_project(root, untouched(root / CONTENT))
    except ContentError:  # something is wrong, or another entry names one of them
        return open_project(root)


def _opened(order: Order) -> Export:
    """The export. Raises `ContentError`."""
    open_export: Callable[..., Export] = import_module(f"chautari.importers.{order.platform}").open_export
    if order.platform == "feed":
        return open_export(order.sources, order.hosts)
    first, *more = order.sources
    if more:
        hint = "Put the parts of one export into a folder; of two exports, bring in one and then the other."
        raise ContentError([Problem(str(more[0]), 0, "", f"is a second export, after {first}", hint)])
    return open_export(first, order.hosts)


def _root(order: Order) -> Path:
    """The project's folder. Raises `ContentError`."""
    folder = order.into.absolute()
    if order.zone:
        try:
            read_zone(order.zone)
        except PydanticCustomError as error:
            hint = str((error.context or {}).get("hint", ""))
            raise ContentError([Problem("--zone", 0, "", error.message(), hint)]) from None
    if folder.name != CONTENT or not (folder.parent / "mkdocs.yml").is_file():
        message = "is not the folder content/ of a hub: no mkdocs.yml stands beside it"
        hint = "Go to the hub's folder first, or name its folder content/ with --into."
        raise ContentError([Problem(str(order.into), 0, "", message, hint)])
    return folder.parent


@contextmanager
def _bar() -> Iterator[Callable[[int, int], None]]:
    """A bar on the terminal for who waits; nothing where nobody looks."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("Moving in", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _write(report: "Report", order: Order, site: Site) -> None:
    """The report for people and for programs, and the script for missing pictures."""
    from chautari.moving.page import write_page
    from chautari.moving.pictures import script
    from chautari.moving.report import as_json

    order.report.parent.mkdir(parents=True, exist_ok=True)
    with order.report.open("wb") as page:
        write_page(report, site, page)
    with order.report.with_suffix(".json").open("w", encoding="utf-8") as data:
        data.writelines(as_json(report))
    if report.missing_pictures:
        lines = script(report.missing_pictures, order.into.absolute().parent / SHELF)
        with order.report.with_suffix(".pictures.sh").open("w", encoding="utf-8") as commands:
            commands.writelines(lines)


def _say(report: "Report", order: Order) -> None:
    """The counts, and where the rest stands."""
    counts = ", ".join(f"{count} {outcome}" for outcome, count in sorted(report.outcomes.items()))
    typer.echo(f"Read: {report.read.total()}. Posts and pages: {counts or 'none'}. Comments: {report.comments}.")
    if report.skipped:
        typer.echo(
            "Left behind: " + "; ".join(f"{count} × {reason}" for reason, count in sorted(report.skipped.items()))
        )
    if report.missing_pictures:
        script_file = order.report.with_suffix(".pictures.sh")
        typer.echo(f"Pictures missing: {len(report.missing_pictures)}. Run {script_file}, then this again.")
    typer.echo(f"What became of all, and what wants a look ({len(report.doubtful)}): open {order.report} in a browser.")
    if order.dry_run:
        typer.echo("This was a dry run: nothing else was written.")
    elif not report.changed:
        typer.echo(f"Nothing has changed in {order.into}/: all is as it was after the last import.")
