"""Documents beside the texts: what they are, how many pages they have, and that they are read once."""

import hashlib
import io
import os
from pathlib import Path
from zipfile import ZipFile

import pytest
from pypdf import PdfWriter

from chautari.cache import Cache
from chautari.documents import Document, look_at
from chautari.pdf import pages
from chautari.signatures import format_of, keeps_its_promise


def pdf(count: int, password: str = "") -> bytes:
    """A PDF with this many empty pages."""
    writer = PdfWriter()
    for _ in range(count):
        writer.add_blank_page(width=100, height=100)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def packed(**members: str) -> bytes:
    """A ZIP with these members, `types` for the part that says what the others are."""
    target = io.BytesIO()
    with ZipFile(target, "w") as archive:
        for name, text in members.items():
            archive.writestr("[Content_Types].xml" if name == "types" else name, text)
    return target.getvalue()


WORD = packed(types="<Override ContentType='application/vnd.openxmlformats-officedocument.wordprocessingml.document'/>")
TABLE = packed(types="<Override ContentType='application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'/>")
SOUND = {
    "a.pdf": b"\0\0\n%PDF-1.4",
    "a.PDF": b"%PDF-1.4",
    "a.docx": WORD,
    "a.xlsx": TABLE,
    "a.odt": packed(mimetype="application/vnd.oasis.opendocument.text"),
    "a.epub": packed(mimetype="application/epub+zip"),
    "a.zip": WORD,
    "a.mp3": b"\xff\xfb\x90",
    "b.mp3": b"ID3\x04",
    "a.mp4": b"\0\0\0\x20ftypisom",
    "a.jpg": b"\xff\xd8\xff\xe0",
    "a.webp": b"RIFF\x10\0\0\0WEBP",
    "a.csv": b"%PDF is a column",
    "a": b"anything",
}
ODD = {
    "a.docx": (TABLE, "an Excel table"),
    "b.docx": (b"PK\x03\x04 cut off", "a ZIP archive"),
    "a.epub": (packed(mimetype="text/plain"), "a ZIP archive"),
    "a.pdf": (b"  <html>", "a web page"),
    "a.mp4": (b"RIFF\x10\0\0\0WAVE", "a WAV"),
    "a.png": (b"nothing that is known", ""),
}


@pytest.mark.parametrize("name", SOUND)
def test_a_file_that_is_what_its_name_says(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(SOUND[name])
    assert keeps_its_promise(tmp_path / name)


@pytest.mark.parametrize("name", ODD)
def test_a_file_that_is_something_else(tmp_path: Path, name: str) -> None:
    content, found = ODD[name]
    (tmp_path / name).write_bytes(content)
    assert not keeps_its_promise(tmp_path / name)
    assert format_of(tmp_path / name) == found


@pytest.mark.parametrize(
    ("content", "count"),
    [(pdf(3), 3), (pdf(1), 1), (pdf(2, "secret"), 0), (pdf(3)[:200], 0), (b"%PDF", 0)],
    ids=["three", "one", "locked", "cut off", "no more than a header"],
)
def test_the_pages_of_a_pdf(tmp_path: Path, content: bytes, count: int) -> None:
    (tmp_path / "a.pdf").write_bytes(content)
    assert pages(tmp_path / "a.pdf") == count


def test_what_is_known_of_a_document(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf(3))
    (tmp_path / "a.txt").write_bytes(b"Words")
    known, unfit = look_at(["a.pdf", "a.txt", "gone.pdf"], tmp_path, Cache())
    assert known == {
        "a.pdf": Document(len(pdf(3)), hashlib.sha256(pdf(3)).hexdigest(), 3),
        "a.txt": Document(5, hashlib.sha256(b"Words").hexdigest()),
    }
    assert unfit == {}


def test_what_lies_outside_is_not_looked_at(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "content" / "link.txt").symlink_to(tmp_path / "secret.txt")
    assert look_at(["../secret.txt", "link.txt"], tmp_path / "content", Cache()) == ({}, {})


def test_a_document_is_read_again_only_when_its_time_or_size_changed(tmp_path: Path) -> None:
    file, cache = tmp_path / "a.txt", tmp_path / "hub.sqlite"
    contents = [b"one", b"two", b"two"]
    found = []
    for content, time in zip(contents, (1_000_000_000, 1_000_000_000, 1_000_000_001), strict=True):
        file.write_bytes(content)
        os.utime(file, (time, time))
        found.append(look_at(["a.txt"], tmp_path, Cache(cache))[0]["a.txt"].sha256)
    one, two = (hashlib.sha256(content).hexdigest() for content in (b"one", b"two"))
    assert found == [one, one, two]
