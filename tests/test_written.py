"""How the files of a site are written."""

from pathlib import Path

from chautari.written import write_over


def test_a_shorter_text_leaves_nothing_of_the_longer_one(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_bytes(b"a long text")
    write_over(page, b"short")
    assert page.read_bytes() == b"short"


def test_a_file_is_overwritten_in_place(tmp_path: Path) -> None:
    page, other = tmp_path / "index.html", tmp_path / "other.html"
    page.write_bytes(b"before")
    other.hardlink_to(page)
    write_over(page, b"after")
    assert other.read_bytes() == b"after"


def test_a_new_file_gets_its_folders(tmp_path: Path) -> None:
    page = tmp_path / "countries" / "nepal" / "index.html"
    write_over(page, b"new")
    assert page.read_bytes() == b"new"
