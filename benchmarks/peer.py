"""What the runner asks of a program that makes a site: the hub answers as well as its peers."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from benchmarks.corpus import Post

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / ".cache/bench"
"""Everything that a run leaves behind: programs, corpora, sites, results."""
TEMPLATES = Path(__file__).parent / "templates"

Command = list[str]


class InstallError(Exception):
    """A program that cannot be had on this machine; the text is the sentence that says so."""


@dataclass(frozen=True)
class Peer:
    """A program, and how it is asked for the work.

    `install` raises `InstallError`. `dialect` is a post as the program reads it: the file's name and text.
    `without_search` is the environment in which it builds no search index; `indexed` are Pagefind's options for one
    that has none.
    """

    name: str
    install: Callable[[], str]
    """Puts it into .cache/bench, where it is not there yet; answers its version."""
    furnish: Callable[[Path, int], None]
    """Writes all that the corpus needs beside so many posts: settings, templates."""
    dialect: Callable[[Post], tuple[str, str]]
    images: str
    output: str
    leftovers: tuple[str, ...]
    page: Callable[[Post], str]
    """Where a post is published, from the site's root."""
    build: Callable[[], Command]
    refresh: Callable[[], Command]
    """After an edit: the quickest way to a site that is right."""
    serve: Callable[[int], Command] | None = None
    labels: str = "content/posts/*.md"
    """The files that say what a theme is called."""
    index: str = "pagefind"
    """Where the site has its search index, if it has one."""
    without_search: Mapping[str, str] = field(default_factory=dict)
    indexed: tuple[str, ...] | None = None


def templates(name: str) -> Callable[[Path, int], None]:
    """Furnishes a corpus with the peer's files in templates/."""

    def furnish(folder: Path, count: int) -> None:
        shutil.copytree(TEMPLATES / name, folder, dirs_exist_ok=True)

    return furnish


def front_matter(fields: Mapping[str, Any], body: str) -> str:
    """Fields and text, as all but Pelican read them."""
    return f"---\n{yaml.dump(fields, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)}---\n{body}"


def from_pip(name: str, *requirements: str) -> Path:
    """The folder of an environment of its own that holds these packages."""
    home, stamp = FOLDER / "python" / name, "\n".join(requirements)
    if not _is(home / "requirements.txt", stamp):
        print(f"Installing {name} into .cache/bench ...", file=sys.stderr, flush=True)
        _run([sys.executable, "-m", "venv", "--clear", str(home)])
        _run(
            [str(home / "bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *requirements]
        )
        (home / "requirements.txt").write_text(stamp, "utf-8")
    return home


def from_npm(package: Path) -> Path:
    """The folder node_modules with what a package.json asks for; programs below .cache/bench find it from there."""
    if not (shutil.which("node") and shutil.which("npm")):
        raise InstallError("Node and npm are not installed (on Debian: sudo apt-get install nodejs npm).")
    wanted = package.read_text("utf-8")
    if not (_is(FOLDER / "package.json", wanted) and (FOLDER / "node_modules/.package-lock.json").is_file()):
        print("Installing npm's packages into .cache/bench ...", file=sys.stderr, flush=True)
        FOLDER.mkdir(parents=True, exist_ok=True)
        (FOLDER / "package.json").write_text(wanted, "utf-8")
        _run(["npm", "install", "--loglevel=error", "--ignore-scripts", "--no-audit", "--no-fund"], FOLDER)
    return FOLDER / "node_modules"


def version_of(home: Path, distribution: str) -> str:
    """The version of a package in an environment."""
    asked = f"from importlib.metadata import version; print(version({distribution!r}))"
    return _run([str(home / "bin/python"), "-c", asked]).strip()


def version_in(modules: Path, package: str) -> str:
    """The version of one of npm's packages."""
    return str(json.loads((modules / package / "package.json").read_text("utf-8"))["version"])


def _is(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text("utf-8") == text


def _run(command: Command, folder: Path = ROOT) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise InstallError(f"{' '.join(command[:4])} failed: {last}")
    return done.stdout
