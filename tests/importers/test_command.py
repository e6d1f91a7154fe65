"""What other platforms hand out moves in by one command, is sound and can be built, at the addresses that it had."""

from pathlib import Path

import pytest

from tests.build import build, copy_of_the_test_hub
from tests.importers import wxr
from tests.importers.exports import post
from tests.importers.test_feed import atom_page
from tests.test_cli import chautari


def exported(platform: str, folder: Path) -> tuple[Path, list[str]]:
    """An export of three posts, and the addresses of their old pages."""
    items = [wxr.post(number) if platform == "wordpress" else post(number) for number in (1, 2, 3)]
    file = folder / "export.xml"
    file.write_bytes(wxr.wxr(items) if platform == "wordpress" else atom_page(items))
    return file, [item.address for item in items]


@pytest.mark.parametrize("platform", ["wordpress", "feed"])
def test_all_moves_in_and_can_be_built(tmp_path: Path, platform: str) -> None:
    root = copy_of_the_test_hub(tmp_path / "hub")
    file, addresses = exported(platform, tmp_path)
    options: list[str | Path] = ["--into", root / "content", "--report", tmp_path / "report.html"]
    done = chautari("import", platform, file, *options)
    assert done.returncode == 0, done.stderr
    assert "3 new" in done.stdout
    assert "3 same" in chautari("import", platform, file, *options).stdout
    built = build(root)
    assert built.returncode == 0, built.stderr
    for address in addresses:
        answer = root / "site" / address.lstrip("/")
        assert (answer if address.endswith(".html") else answer / "index.html").is_file(), address


def test_a_mistake_gets_a_sentence(tmp_path: Path) -> None:
    root = copy_of_the_test_hub(tmp_path / "hub")
    file, _ = exported("wordpress", tmp_path)
    for platform in ("blogger", "feed"):
        done = chautari("import", platform, file, "--into", root / "content")
        assert done.returncode == 2
        assert "chautari import wordpress" in done.stderr
