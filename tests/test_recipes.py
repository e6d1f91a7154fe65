"""How the site is built on other people's machines: the recipes name what is there, and a kept cache is of use."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from chautari.cache import Step
from tests.build import MOMENT, ROOT, bytes_of, copy_of_the_test_hub

GITHUB = ROOT / ".github/workflows/site.yml"
GUIDE = ROOT / "docs/guide/hosting.md"


def recipes() -> dict[str, Any]:
    """The project's own workflow, and those of the guide, by a name for the test."""
    told = re.findall(r"^```yaml\n(.*?)^```", GUIDE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    texts = {"GitHub": GITHUB.read_text("utf-8")} | {f"guide {number}": text for number, text in enumerate(told, 1)}
    return {name: yaml.safe_load(text) for name, text in texts.items()}


def texts_in(value: object) -> Iterator[str]:
    """Every text of a structure."""
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else []:
        yield from texts_in(inner)


@pytest.mark.parametrize("recipe", recipes().values(), ids=recipes())
def test_recipes_name_commands_that_are_there(recipe: object) -> None:
    targets = set(re.findall(r"^\.PHONY: ([\w-]+)", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    asked = {name for text in texts_in(recipe) for name in re.findall(r"\bmake ([\w-]+)", text)}
    assert {"site", "test"} <= asked <= targets


@pytest.mark.parametrize("recipe", recipes().values(), ids=recipes())
def test_recipes_keep_what_was_made(recipe: object) -> None:
    kept = [path for path in texts_in(recipe) if path.rstrip("/") == ".cache"]
    assert len(kept) == 1


def test_github_keeps_the_newest_cache_for_the_next_run() -> None:
    steps = recipes()["GitHub"]["jobs"]["site"]["steps"]
    (cache,) = [step["with"] for step in steps if step.get("with", {}).get("path") == ".cache"]
    assert "github.run_id" in cache["key"], "a saved cache never changes: each run needs a name of its own"
    assert cache["key"].startswith(cache["restore-keys"])
    built = [step.get("run") for step in steps].index("make site")
    assert steps.index(next(step for step in steps if step.get("with") is cache)) < built


def test_after_a_checkout_nothing_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", MOMENT)
    root, kept = tmp_path / "hub", tmp_path / "kept"
    checked_out(root)
    assert {"reading", "bodies", "renditions", "search parts"} <= steps_that_worked(root, monkeypatch)
    whole, files = bytes_of(root / "site"), times_of(root / ".cache")
    (root / ".cache").rename(kept)
    shutil.rmtree(root)
    checked_out(root)
    kept.rename(root / ".cache")
    for look in ("PIL.Image.open", "pypdf.PdfReader.__init__"):
        monkeypatch.setattr(look, None)
    # Of pictures and documents only the new time is noted.
    worked = steps_that_worked(root, monkeypatch) - {"pictures", "documents"}
    assert worked == {f"written to {root / 'site'}", f"made of, {root / 'site'}"}
    assert times_of(root / ".cache") == files
    assert bytes_of(root / "site") == whole


def checked_out(root: Path) -> None:
    """The test hub as git writes it: every file is new."""
    for path in copy_of_the_test_hub(root).rglob("*"):
        os.utime(path)


def times_of(folder: Path) -> dict[str, int]:
    """When each file of a cache was written, beside the one that every build writes."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("hub.sqlite"))
    return {path.relative_to(folder).as_posix(): path.stat().st_mtime_ns for path in files}


def steps_that_worked(root: Path, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Builds a hub; the steps of its cache that got something to remember."""
    worked: set[str] = set()
    put = Step.put

    def noted(step: Step, name: str, mark: str, record: bytes) -> None:
        worked.add(step.name)
        put(step, name, mark, record)

    with monkeypatch.context() as patched:
        patched.setattr(Step, "put", noted)
        config = load_config(str(root / "mkdocs.yml"), site_dir=str(root / "site"))
        config.plugins.on_startup(command="build", dirty=False)
        mkdocs_build(config)
    return worked
