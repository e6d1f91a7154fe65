"""Whole builds for tests: a hub of its own in a folder, built by the programs that people use."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from lxml.html import HtmlElement, document_fromstring

from tests.hub import SITE, File, write

ROOT = Path(__file__).parent.parent
# The moment of every build: 15 January 2026, noon UTC, as tests/hub.py has it.
MOMENT = "1768478400"


def copy_of_the_test_hub(folder: Path, files: Mapping[str, File] | None = None) -> Path:
    """tests/site in a folder of its own, with these files over it; hooks and templates are the project's."""
    shutil.copytree(SITE, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".cache"))
    config = folder / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("../../", f"{ROOT}/"), "utf-8")
    write(folder, files or {})
    return folder


def build(root: Path, *options: str, program: str = "mkdocs", **environment: str) -> subprocess.CompletedProcess[str]:
    """`mkdocs build --strict` of a hub into its folder site/, at a moment that does not change."""
    command = [sys.executable, "-m", program, "build", "--strict", "-f", str(root / "mkdocs.yml"), *options]
    settings = {**os.environ, "SOURCE_DATE_EPOCH": MOMENT, "NO_MKDOCS_2_WARNING": "1", **environment}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=settings, cwd=root)


def page(root: Path, address: str) -> HtmlElement:
    """A page of a built hub, by its address from the site's root."""
    path = root / "site" / address
    path = path / "index.html" if address.endswith("/") or not address else path
    return document_fromstring(path.read_bytes())


def text_of(element: HtmlElement) -> str:
    """All text of an element, spaces made single."""
    return " ".join(element.text_content().split())


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
