"""The command line, as a person or a workflow calls it."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.hub import SITE, make_hub, post

HOOKS = Path(__file__).parent.parent / "hooks"
BAD: Mapping[str, str] = {
    "content/posts/2019/x.md": post("themes: [Decent wrok]", "colour: 100%, red"),
    "content/posts/2018/y.md": "Only text.\n",
}


def chautari(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "chautari", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(HOOKS)})


def test_a_sound_hub(tmp_path: Path) -> None:
    done = chautari("check", SITE)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith(" entries, no problems.\n")


def test_all_problems_are_printed_for_people(tmp_path: Path) -> None:
    done = chautari("check", make_hub(tmp_path, BAD))
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert lines[0] == "content/posts/2018/y.md:1: does not begin with front matter"
    assert "content/posts/2019/x.md:4: themes: 'Decent wrok' is not one of the themes" in lines
    assert "  Did you mean Decent work?" in lines
    assert lines[-1] == "3 problems found."
    assert done.stderr == ""


def test_problems_as_annotations_of_github(tmp_path: Path) -> None:
    done = chautari("check", "--format", "github", make_hub(tmp_path, BAD))
    assert done.returncode == 1
    assert (
        "::error file=content/posts/2019/x.md,line=4,title=themes::'Decent wrok' is not one of the themes "
        "Did you mean Decent work?" in done.stdout.splitlines()
    )
    assert all(line.startswith("::error ") for line in done.stdout.splitlines())


def test_problems_as_json(tmp_path: Path) -> None:
    done = chautari("check", "--format", "json", make_hub(tmp_path, BAD))
    assert done.returncode == 1
    found = json.loads(done.stdout)
    assert [problem["line"] for problem in found] == [1, 4, 5]
    assert found[1] == {
        "path": "content/posts/2019/x.md",
        "line": 4,
        "field": "themes",
        "message": "'Decent wrok' is not one of the themes",
        "hint": "Did you mean Decent work?",
    }
    assert json.loads(chautari("check", "--format", "json", SITE).stdout) == []


def test_a_folder_that_is_no_hub(tmp_path: Path) -> None:
    done = chautari("check", tmp_path)
    assert done.returncode == 2
    assert done.stderr == f"There is no mkdocs.yml in {tmp_path}: name the project's folder.\n"


def test_an_option_that_does_not_exist(tmp_path: Path) -> None:
    done = chautari("check", "--format", "xml", SITE)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_check_does_not_load_mkdocs() -> None:
    code = "import sys; import chautari.__main__; print([name for name in ('mkdocs', 'jinja2', 'lxml') if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONPATH": str(HOOKS)}
    )
    assert done.stdout == "[]\n"


def test_award_says_at_once_what_is_wrong_in_the_command_and_in_the_table(tmp_path: Path) -> None:
    root = make_hub(tmp_path / "hub", {"mkdocs.yml": "site_name: Hub\nsite_url: https://hub.example.org/\n"})
    table = tmp_path / "people.csv"
    table.write_text("name,email,consent\nA,a@example,maybe\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "chautari", "award", "unknown", str(table), "--date", "2026-01-10", "--root", str(root)],
        capture_output=True, text=True, check=False, env={"PYTHONPATH": str(HOOKS)},
    )  # fmt: skip
    assert done.returncode == 1
    for said in ("'unknown' is not one of the published credentials", "'a@example' is not", "consent: 'maybe' is"):
        assert said in done.stdout
