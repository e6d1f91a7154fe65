"""A project's folder as commands open it: the settings in mkdocs.yml, and the library of content/."""

import atexit
import gc
import os
from collections.abc import Set
from datetime import UTC, datetime
from pathlib import Path

import typer

from chautari.cache import Cache, open_cache
from chautari.content import collections
from chautari.library import Library
from chautari.loading import load
from chautari.site import Site, read_address, read_settings


def open_project(root: Path, apart: Set[str] = frozenset()) -> tuple[Library, Site]:
    """The project's library, without files `apart`. Raises `ContentError`; ends where there is no project."""
    config = root / "mkdocs.yml"
    if not config.is_file():
        typer.echo(f"There is no mkdocs.yml in {root.resolve()}: name the project's folder.", err=True)
        raise typer.Exit(2)
    atexit.register(gc.freeze)
    gc.disable()  # the process is short, and nearly all that it makes lives until its end: a fifth of the time
    settings = read_settings(config, "mkdocs.yml")
    site = Site("", read_address(config, os.environ), now=datetime.now(UTC), settings=settings)
    # The cache forgets what is not asked for.
    cache = Cache() if apart else open_cache(root, lambda text: typer.echo(text, err=True))
    return load(root, collections(), site, cache, apart), site
