"""The command line: `chautari check` and what else an editor or a workflow calls without MkDocs."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import track

from chautari import asking, importing, issuing, problems
from chautari import health as care
from chautari.library import Library
from chautari.outer_links import RECORD
from chautari.problems import ContentError
from chautari.project import open_project
from chautari.recipients import read_recipients
from chautari.site import Site

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Chautari, a knowledge hub made of Markdown files.")
app.add_typer(importing.app, name="import")


class Format(StrEnum):
    """How problems are printed."""

    text = "text"
    github = "github"
    json = "json"


@app.callback()
def chautari() -> None:
    """Chautari, a knowledge hub made of Markdown files."""


@app.command()
def check(
    root: Annotated[Path, typer.Argument(help="The project's folder, with mkdocs.yml and content/.")] = Path(),
    form: Annotated[
        Format, typer.Option("--format", help="For people, for GitHub's annotations, or for programs.")
    ] = Format.text,
) -> None:
    """Read and judge all content; print every problem. Exit code 0: none, 1: problems, 2: no hub in this folder."""
    try:
        library, _ = open_project(root)
    except ContentError as error:
        report = {Format.text: problems.as_text, Format.github: problems.as_github, Format.json: problems.as_json}
        typer.echo(report[form](error.problems))
        raise typer.Exit(1) from None
    if form is Format.json:
        typer.echo(problems.as_json(()))
    elif form is Format.text:
        typer.echo(f"{len(library.entries)} entries, no problems.")


@app.command()
def award(
    credential: Annotated[str, typer.Argument(help="The credential, by the name of its file.")] = "",
    table: Annotated[
        Path | None, typer.Argument(help="Who gets it: CSV with name, email, consent. Kept outside the project.")
    ] = None,
    date: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day on which it is given.")] = None,
    training: Annotated[str | None, typer.Option(help="The event at which it was earned, or its training.")] = None,
    revoke: Annotated[str | None, typer.Option(metavar="ID", help="Take an award back, by its id or link.")] = None,
    reason: Annotated[str, typer.Option(help="Why it is taken back; everybody can read it.")] = "",
    root: Annotated[Path, typer.Option(help="The project's folder, with mkdocs.yml and content/.")] = Path(),
) -> None:
    """Give a credential to everybody in a table, or take one award back. With a mistake nothing is written."""
    if not revoke and not (credential and table and date):
        raise typer.BadParameter("Name the credential, the table and the --date; or the award to --revoke.")
    try:
        library, site = open_project(root)
        if revoke:
            _say_revoked(issuing.revoke(root, library, site, revoke, reason).path)
        elif table and date:
            gift = _gift(library, site, (credential, date.date(), training), table)
            _say_given(issuing.give(root, library, site, gift, table))
    except ContentError as error:
        typer.echo(problems.as_text(error.problems))
        raise typer.Exit(1) from None


@app.command()
def health(
    root: Annotated[Path, typer.Argument(help="The project's folder, with mkdocs.yml and content/.")] = Path(),
    as_json: Annotated[bool, typer.Option("--json", help="Everything, for programs; without it, the numbers.")] = False,
) -> None:
    """Say what grows old or is missing: what the page /health/ shows, by country and partner."""
    try:
        data = care.as_data(*open_project(root))
    except ContentError as error:
        typer.echo(problems.as_text(error.problems))
        raise typer.Exit(1) from None
    if as_json:
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        _say_numbers(data)


def _say_numbers(data: Mapping[str, Any]) -> None:
    for place, counted in (*data["countries"].items(), ("all together", data["counts"])):
        numbers = ", ".join(f"{counted[kind]} {kind}" for kind in care.KINDS if kind in counted)
        typer.echo(f"{place or 'no single country'}: {numbers or 'nothing'}")


@app.command()
def links(
    root: Annotated[Path, typer.Argument(help="The project's folder, with mkdocs.yml and content/.")] = Path(),
    again: Annotated[bool, typer.Option("--again", help="Ask also those that have answered within the year.")] = False,
) -> None:
    """Ask every address outside the hub whether it still answers, and keep the answers in content/links.json."""
    try:
        library, site = open_project(root)
    except ContentError as error:
        typer.echo(problems.as_text(error.problems))
        raise typer.Exit(1) from None
    due = asking.due(library, site.today, again)
    heard = dict(track(asking.ask_all(due, site.today), "Asking", len(due), transient=True))
    if due and all(check.answer == asking.NO_HOST for check in heard.values()):
        typer.echo("Not one of these hosts was found: is this computer online? Nothing was written.", err=True)
        raise typer.Exit(2)
    try:
        checks = asking.keep(root, library, heard)
    except OSError as error:
        typer.echo(f"{RECORD} cannot be written: {error.strerror}.", err=True)
        raise typer.Exit(2) from None
    broken = {address: check.answer for address, check in checks.items() if check.is_broken}
    for address, answer in broken.items():
        typer.echo(f"{address}: {answer}")
    typer.echo(f"{len(due)} asked; {len(broken)} of {len(checks)} do not answer. Kept in {RECORD}.")


def _gift(library: Library, site: Site, asked: tuple[str, date, str | None], table: Path) -> issuing.Gift:
    """What is to be given. Raises `ContentError`, which then says at once what is wrong in the table as well."""
    try:
        return issuing.prepare(library, site, *asked)
    except ContentError as error:
        try:
            read_recipients(table, site.today)
        except ContentError as more:
            raise ContentError([*error.problems, *more.problems]) from None
        raise


def _say_given(links: Path) -> None:
    typer.echo(f"Written into content/awards/. Who gets which link stands in {links}: keep it private.")
    typer.echo("The links work when the site has been built and published.")


def _say_revoked(path: str) -> None:
    typer.echo(f"{path} is revoked. Its page says so when the site has been built and published.")


def main() -> None:
    """Runs the command line."""
    app()


if __name__ == "__main__":
    main()
