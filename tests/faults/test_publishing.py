"""What may happen to a build: another one beside it, the end of the process, a folder that cannot be exchanged."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from chautari.stage import Lock, PublishError, Stage
from tests.build import MOMENT, build, bytes_of, copy_of_the_test_hub
from tests.hub import post


def finished(stage: Stage, text: str = "new") -> Stage:
    """A stage in which a build has written a page."""
    stage.folder.mkdir()
    (stage.folder / "index.html").write_text(text)
    return stage


def site_with(folder: Path) -> Path:
    site = folder / "site"
    (site / ".git").mkdir(parents=True)
    (site / ".git" / "HEAD").write_text("ref")
    (site / "index.html").write_text("old")
    return site


def test_the_new_site_takes_the_old_ones_place_and_hidden_files_stay(tmp_path: Path) -> None:
    site = site_with(tmp_path)
    finished(Stage(site)).publish()
    assert (site / "index.html").read_text() == "new"
    assert (site / ".git/HEAD").read_text() == "ref"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_what_changed_is_fitted_in_among_what_stays(tmp_path: Path) -> None:
    site = site_with(tmp_path)
    for name in ("old/page/index.html", "posts", "themes/kept.html"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(name)
    stage = finished(Stage(site))
    (stage.folder / "posts").mkdir()
    (stage.folder / "posts/index.html").write_text("a folder where a file was")
    stage.fit_in({"themes/kept.html"})
    assert {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()} == {
        ".git/HEAD", "index.html", "posts/index.html", "themes/kept.html"}  # fmt: skip
    assert (site / "index.html").read_text() == "new"
    assert not (site / "old").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_what_cannot_be_fitted_in_is_said(tmp_path: Path) -> None:
    site = site_with(tmp_path)
    stage = finished(Stage(site))
    (stage.folder / "index.html").rename(stage.folder / "themes")
    (site / "themes").mkdir()
    (site / "themes/.hidden").write_text("")
    with pytest.raises(PublishError, match="cannot be brought up to date"):
        stage.fit_in({"themes/.hidden"})


def test_an_abandoned_site_leaves_the_old_one(tmp_path: Path) -> None:
    site = site_with(tmp_path)
    finished(Stage(site)).abandon()
    assert (site / "index.html").read_text() == "old"


@pytest.mark.parametrize("moment", ["before the second renaming", "before hidden files were moved", "while writing"])
def test_a_killed_build_is_put_in_order_by_the_next(tmp_path: Path, moment: str) -> None:
    site = site_with(tmp_path)
    stage = finished(Stage(site))
    if moment != "while writing":
        site.rename(stage.old)
    if moment == "before hidden files were moved":
        stage.folder.rename(site)
    Stage(site)
    assert (site / "index.html").read_text() == ("new" if moment == "before hidden files were moved" else "old")
    assert (site / ".git/HEAD").read_text() == "ref"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_link_to_the_web_servers_folder_stays_a_link(tmp_path: Path) -> None:
    real = site_with(tmp_path / "www")
    (tmp_path / "site").symlink_to(real)
    for text in ("new", "newer"):
        finished(Stage(tmp_path / "site"), text).publish()
    assert (tmp_path / "site").is_symlink()
    assert (real / "index.html").read_text() == "newer"


def test_a_folder_that_cannot_be_exchanged_is_said_and_left(tmp_path: Path) -> None:
    site = site_with(tmp_path)
    stage = Stage(site)  # nothing was written: there is nothing to put in place
    with pytest.raises(PublishError, match="cannot be exchanged"):
        stage.publish()
    assert (site / "index.html").read_text() == "old"
    assert (site / ".git/HEAD").read_text() == "ref"


def test_a_second_build_waits_for_the_first(tmp_path: Path) -> None:
    first = Lock(tmp_path / "site", lambda: pytest.fail("nobody else builds"))
    code = "import sys; from pathlib import Path; from chautari.stage import Lock; Lock(Path(sys.argv[1]), lambda: print('waits', flush=True)); print('in')"
    hooks = str(Path(__file__).parent.parent.parent / "hooks")
    command = [sys.executable, "-c", code, str(tmp_path / "site")]
    second = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": hooks})
    assert second.stdout
    assert second.stdout.readline() == "waits\n"
    first.release()
    assert second.communicate(timeout=20)[0] == "in\n"


def test_two_builds_at_once_both_publish_a_whole_site(built: Path, tmp_path: Path) -> None:
    root = copy_of_the_test_hub(tmp_path)
    command = [sys.executable, "-m", "mkdocs", "-q", "build", "--strict", "-f", str(root / "mkdocs.yml")]
    settings = {**os.environ, "SOURCE_DATE_EPOCH": MOMENT, "NO_MKDOCS_2_WARNING": "1"}
    builds = [subprocess.Popen(command, env=settings, cwd=root) for _ in range(2)]
    assert [process.wait(60) for process in builds] == [0, 0]
    assert bytes_of(root / "site") == bytes_of(built / "site")


@pytest.mark.parametrize("moment", [0.3, 0.5, 0.7, 0.9])
def test_a_build_killed_at_any_moment_leaves_a_whole_site(built: Path, tmp_path: Path, moment: float) -> None:
    root = copy_of_the_test_hub(tmp_path)
    assert build(root).returncode == 0
    before = bytes_of(root / "site")
    (root / "content/posts/2018/older.md").write_text(post(title="Another", date="2018-06-01"))
    (root / "content/posts/2025/complete.md").unlink()
    for reference in ("content/events/complete.md", "content/trainings/complete.md"):
        text = (root / reference).read_text("utf-8")
        (root / reference).write_text(text.replace("report: complete\n", ""), "utf-8")
    command = [sys.executable, "-m", "mkdocs", "-q", "build", "-f", str(root / "mkdocs.yml")]
    settings = {**os.environ, "SOURCE_DATE_EPOCH": MOMENT, "NO_MKDOCS_2_WARNING": "1"}
    process = subprocess.Popen(command, env=settings, cwd=root)
    time.sleep(moment)
    process.kill()
    process.wait()
    done = build(root)
    assert done.returncode == 0, done.stderr
    fresh = copy_of_the_test_hub(tmp_path / "fresh")
    for name in ("content/posts/2018/older.md", "content/events/complete.md", "content/trainings/complete.md"):
        (fresh / name).write_bytes((root / name).read_bytes())
    (fresh / "content/posts/2025/complete.md").unlink()
    assert build(fresh).returncode == 0
    assert bytes_of(root / "site") == bytes_of(fresh / "site") != before
