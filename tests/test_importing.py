"""The command `chautari import`, as a person calls it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from lxml.html import document_fromstring

from tests.build import bytes_of
from tests.hub import event, make_hub
from tests.importers.exports import HOST, classic, post, takeout

HOOKS = Path(__file__).parent.parent / "hooks"
ITEMS = (
    post(1),
    post(2, state="draft"),
    post(3, html=f'<p>As <a href="http://{HOST}/2019/06/report-1.html?m=1">told</a>.</p>'),
)


@pytest.fixture
def hub(tmp_path: Path) -> Path:
    return make_hub(tmp_path / "hub", {})


def bring(hub: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "chautari", "import", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(HOOKS)}
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=hub, env=environment)


@pytest.mark.parametrize("form", [classic, takeout])
def test_an_export_moves_in_and_is_sound(hub: Path, tmp_path: Path, form: object) -> None:
    export = form(ITEMS).save(tmp_path)  # type: ignore[operator]  # one of the two
    done = bring(hub, "blogger", export, "--host", HOST)
    assert (done.returncode, done.stderr) == (0, "")
    assert (hub / "content/posts/2019/report-3.md").read_text("utf-8").endswith("\nAs [told](report-1.md).\n")
    report = json.loads((hub / "import-report.json").read_text("utf-8"))
    assert report["adds_up"]
    page = document_fromstring((hub / "import-report.html").read_bytes())
    assert page.xpath("//td[text()='Weavers & dyers']")
    check = subprocess.run(
        [sys.executable, "-m", "chautari", "check"], cwd=hub, env={"PYTHONPATH": str(HOOKS)}, check=False
    )
    assert check.returncode == 0


def test_a_second_import_changes_nothing_and_says_so(hub: Path, tmp_path: Path) -> None:
    export = classic(ITEMS).save(tmp_path)
    assert "Nothing has changed" not in bring(hub, "blogger", export, "--host", HOST).stdout
    before = bytes_of(hub / "content")
    assert "Nothing has changed in content/" in bring(hub, "blogger", export, "--host", HOST).stdout
    assert bytes_of(hub / "content") == before


def test_what_another_entry_names_may_be_imported_again(hub: Path, tmp_path: Path) -> None:
    export = classic(ITEMS).save(tmp_path)
    bring(hub, "blogger", export, "--host", HOST)
    (hub / "content/events").mkdir()
    (hub / "content/events/talk.md").write_text(event("report: report-1"), "utf-8")
    assert bring(hub, "blogger", export, "--host", HOST).returncode == 0


def test_a_dry_run_writes_the_report_alone(hub: Path, tmp_path: Path) -> None:
    before = bytes_of(hub / "content")
    done = bring(hub, "blogger", classic(ITEMS).save(tmp_path), "--dry-run", "--report", tmp_path / "told/r.html")
    assert done.returncode == 0
    assert "dry run" in done.stdout
    assert bytes_of(hub / "content") == before
    assert sorted(path.name for path in (tmp_path / "told").iterdir()) == ["r.html", "r.json"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["blogger", "missing.xml"], "missing.xml"),
        (["blogger", "mkdocs.yml"], "mkdocs.yml"),
        (["blogger", "EXPORT", "--into", "posts"], "is not the folder content/"),
        (["blogger", "EXPORT", "--zone", "Nepal"], "'Nepal' is not a time zone"),
        (["blogger", "EXPORT", "--labels", "labels.yml"], "labels.yml:1: Weavers & dyers: 'Decent wrok'"),
        (["blogger", "EXPORT", "--labels", "none.yml"], "none.yml: cannot be read"),
        (["blogger", "EXPORT", "--report", "mkdocs.yml/r.html"], "mkdocs.yml"),
        (["blogger", "EXPORT", "mkdocs.yml"], "mkdocs.yml: is a second export"),
    ],
)
def test_a_mistake_is_said_and_nothing_is_written(hub: Path, tmp_path: Path, arguments: list[str], words: str) -> None:
    (hub / "labels.yml").write_text("Weavers & dyers: {themes: Decent wrok}\n", "utf-8")
    export = str(classic(ITEMS).save(tmp_path))
    before = bytes_of(hub)
    done = bring(hub, *(export if word == "EXPORT" else word for word in arguments))
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert {name: text for name, text in bytes_of(hub).items() if ".cache" not in name} == before


def test_unsound_content_is_mended_first(hub: Path, tmp_path: Path) -> None:
    (hub / "content/posts").mkdir()
    (hub / "content/posts/x.md").write_text("no front matter", "utf-8")
    done = bring(hub, "blogger", classic(ITEMS).save(tmp_path))
    assert done.returncode == 2
    assert "content/posts/x.md:1: does not begin with front matter" in done.stderr
