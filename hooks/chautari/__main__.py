"""The command line: `chautari check` and what else an editor or a workflow calls without MkDocs."""

import gc
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from chautari import problems
from chautari.cache import open_cache
from chautari.content import collections
from chautari.loading import load
from chautari.problems import ContentError
from chautari.site import Site, read_settings

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Chautari, a knowledge hub made of Markdown files.")


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
    if not (root / "mkdocs.yml").is_file():
        typer.echo(f"There is no mkdocs.yml in {root.resolve()}: name the project's folder.", err=True)
        raise typer.Exit(2)
    gc.disable()  # the process is short, and nearly all that it makes lives until its end: a fifth of the time
    try:
        settings = read_settings(root / "mkdocs.yml", "mkdocs.yml")
        site = Site("", "", now=datetime.now(UTC), settings=settings)
        library = load(root, collections(), site, open_cache(root, lambda text: typer.echo(text, err=True)))
    except ContentError as error:
        report = {Format.text: problems.as_text, Format.github: problems.as_github, Format.json: problems.as_json}
        typer.echo(report[form](error.problems))
        raise typer.Exit(1) from None
    if form is Format.json:
        typer.echo(problems.as_json(()))
    elif form is Format.text:
        typer.echo(f"{len(library.entries)} entries, no problems.")


def main() -> None:
    """Runs the command line."""
    app()


if __name__ == "__main__":
    main()
