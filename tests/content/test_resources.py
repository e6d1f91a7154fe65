"""Resources: numbers that libraries know them by, their files, and what of them is published."""

import hashlib
import json
from pathlib import Path

import pytest

from chautari.content.resources import Resource
from chautari.problems import ContentError
from chautari.wording import size
from tests.build import build, bytes_of, copy_of_the_test_hub, page, text_of
from tests.hub import make_library
from tests.test_documents import pdf


def only_resource(folder: Path, fields: str) -> Resource:
    text = f"---\ntitle: R\nkind: Manual\nyear: 2016\narchived_url: https://archive.example.org/r\n{fields}\n---\n"
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


def manual(*fields: str, title: str = "R", year: int = 2016) -> str:
    return "\n".join(["---", f"title: {title}", "kind: Manual", f"year: {year}", *fields, "---\n"])


def test_a_file_is_described_where_it_is_offered(tmp_path: Path) -> None:
    files = "files: [{file: a.pdf, language: ne, title: The book}]"
    content = pdf(12)
    root = copy_of_the_test_hub(
        tmp_path,
        {
            "content/resources/book.md": manual("isbn: 978-3-16-148410-0", files),
            "content/resources/a.pdf": content,
        },
    )
    assert build(root).returncode == 0
    shown = page(root, "resources/book/")
    (link,) = shown.xpath("//a[@download and contains(@href, 'a.pdf')]")
    assert text_of(link) == f"The book (PDF, {size(len(content))})"
    row = text_of(link.getparent().getparent())
    assert "12 pages" in row
    assert "Nepali" in row
    checksum = hashlib.sha256(content).hexdigest()
    assert text_of(shown.xpath("//code[starts-with(@id, 'hub-checksum')]")[0]) == checksum
    about = next(
        each
        for each in json.loads(shown.xpath("//script[@type='application/ld+json']")[0].text)["@graph"]
        if "isbn" in each
    )
    assert about["numberOfPages"] == 12
    (copy,) = about["encoding"]
    assert (copy["sha256"], copy["contentSize"]) == (checksum, f"{len(content)} B")


def test_what_may_only_be_linked_is_nowhere_on_the_site(tmp_path: Path) -> None:
    fields = ("url: https://example.org/r", "archived_url: https://archive.example.org/r", "access: link only")
    root = copy_of_the_test_hub(
        tmp_path,
        {
            "content/resources/r.md": manual(*fields, "files: [{file: taken-care-of.pdf}]"),
            "content/resources/taken-care-of.pdf": "%PDF-1.4 taken-care-of",
        },
    )
    assert build(root).returncode == 0
    assert [
        name
        for name, content in bytes_of(root / "site").items()
        if "taken-care-of" in name or b"taken-care-of" in content
    ] == []
    (row,) = page(root, "resources/r/").xpath("//dt[text()='Address']/following-sibling::dd")
    assert row.xpath(".//a/@href") == ["https://example.org/r", "https://archive.example.org/r"]


def test_an_edition_that_has_been_replaced_says_so(tmp_path: Path) -> None:
    link = "url: https://example.org/r"
    root = copy_of_the_test_hub(
        tmp_path,
        {
            "content/resources/old.md": manual(link, title="Old", year=2010),
            "content/resources/new.md": manual(link, "replaces: old", title="The third edition"),
            "content/resources/draft.md": manual(link, "replaces: old", "status: draft", title="Not yet"),
        },
    )
    assert build(root).returncode == 0
    (notice,) = page(root, "resources/old/").xpath("//p[contains(@class, 'hub-notice')]")
    assert text_of(notice) == "There is a newer edition: The third edition"
    assert page(root, "resources/new/").xpath("//p[contains(@class, 'hub-notice')]") == []
