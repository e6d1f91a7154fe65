"""Resources: numbers that libraries know them by, and files that are there."""

from pathlib import Path

import pytest

from chautari.content.resources import Resource
from chautari.problems import ContentError
from tests.hub import make_library


def only_resource(folder: Path, fields: str) -> Resource:
    text = f"---\ntitle: R\nkind: Manual\nyear: 2016\n{fields}\n---\n"
    (entry,) = make_library(folder, {"content/resources/r.md": text}).all(Resource)
    return entry


@pytest.mark.parametrize("isbn", ["978-3-16-148410-0", "9783161484100", "0-8044-2957-X"])
def test_a_right_isbn(tmp_path: Path, isbn: str) -> None:
    assert only_resource(tmp_path, f"isbn: {isbn}").isbn == isbn


@pytest.mark.parametrize("isbn", ["978-3-16-148410-1", "0-8044-2957-1", "12345"])
def test_a_mistyped_isbn(tmp_path: Path, isbn: str) -> None:
    with pytest.raises(ContentError, match="is not an ISBN"):
        only_resource(tmp_path, f"isbn: {isbn}")


@pytest.mark.parametrize("doi", ["10.1000/182", "https://doi.org/10.1000/182", "doi:10.1000/182"])
def test_a_doi_is_kept_in_one_form(tmp_path: Path, doi: str) -> None:
    assert only_resource(tmp_path, f"doi: {doi}").doi == "10.1000/182"


def test_its_web_address_and_its_page_are_two(tmp_path: Path) -> None:
    entry = only_resource(tmp_path, "url: https://example.org/manual")
    assert (entry.web_address, entry.url) == ("https://example.org/manual", "resources/r/")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"files: 'manual\.pdf' is not there"):
        only_resource(tmp_path, "files: [{file: manual.pdf}]")
