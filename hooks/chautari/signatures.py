"""Whether a file is what the ending of its name says, by its first bytes, and for packed formats by what is inside.

Only what is surely wrong is refused: of a format with many openings (MP3) all that players take is taken, and an ending
that is not in the table may stand for anything.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from zipfile import BadZipFile, ZipFile

_HEAD = 1024
"""A PDF's header may stand behind other bytes, but not later than this (ISO 32000-1, annex H, note 13)."""
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")  # APPNOTE.TXT, 4.3.7 and 4.3.16
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # [MS-CFB], 2.2
_PAGE = (b"<!doctype html", b"<html", b"<head")

Test = Callable[[Path, bytes], bool]
"""Tells from a file and its head whether it is of a format."""


def _begins(*signatures: bytes, at: int = 0) -> Test:
    return lambda path, head: head[at:].startswith(signatures)


def _within(*signatures: bytes) -> Test:
    return lambda path, head: any(signature in head for signature in signatures)


def _web_page(path: Path, head: bytes) -> bool:
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_PAGE)


def _riff(form: bytes) -> Test:
    """RIFF (Multimedia Programming Interface 1.0, 1991): the form stands behind the length."""
    return lambda path, head: head.startswith(b"RIFF") and head[8:12] == form


def _mp3(path: Path, head: bytes) -> bool:
    """A tag (ID3v2, 3.1), or a frame's eleven bits of ones (ISO/IEC 11172-3, 2.4.1.3), maybe behind zeros."""
    sound = head.lstrip(b"\0")
    return sound.startswith(b"ID3") or (len(sound) > 1 and sound[0] == 0xFF and sound[1] & 0xE0 == 0xE0)


def _member(name: str, *words: str) -> Test:
    """A ZIP with a member that holds one of these words."""

    def test(path: Path, head: bytes) -> bool:
        if not head.startswith(_ZIP):
            return False
        try:
            with ZipFile(path) as packed:
                text = packed.read(name)
        except (BadZipFile, KeyError, OSError, EOFError, ValueError, RuntimeError, NotImplementedError):
            return False
        return any(word.encode() in text for word in words)

    return test


# Office Open XML says in this part what all others are (ECMA-376, part 2, 10.1.2.2); OpenDocument and EPUB say in a
# first file what the whole is (OpenDocument 1.3, part 2, 3.3; EPUB OCF 3.3, 4.3).
_TYPES, _WHOLE = "[Content_Types].xml", "mimetype"
_FORMATS: Mapping[str, tuple[Test, tuple[str, ...]]] = {
    "a PDF": (_within(b"%PDF"), (".pdf",)),
    "an EPUB book": (_member(_WHOLE, "application/epub+zip"), (".epub",)),
    "a Word document": (_member(_TYPES, "wordprocessingml", "ms-word.document"), (".docx",)),
    "an Excel table": (_member(_TYPES, "spreadsheetml", "ms-excel.sheet"), (".xlsx",)),
    "a PowerPoint presentation": (_member(_TYPES, "presentationml", "ms-powerpoint"), (".pptx",)),
    "an OpenDocument text": (_member(_WHOLE, "opendocument.text"), (".odt",)),
    "an OpenDocument table": (_member(_WHOLE, "opendocument.spreadsheet"), (".ods",)),
    "an OpenDocument presentation": (_member(_WHOLE, "opendocument.presentation"), (".odp",)),
    "a ZIP archive": (_begins(*_ZIP), (".zip",)),
    "an old Office file, or a locked one": (_begins(_OLD_OFFICE), (".xls", ".ppt")),
    "a JPEG": (_begins(b"\xff\xd8\xff"), (".jpg", ".jpeg")),  # ISO/IEC 10918-1, B.1.1.3
    "a PNG": (_begins(b"\x89PNG\r\n\x1a\n"), (".png",)),  # PNG, third edition, 5.2
    "a GIF": (_begins(b"GIF87a", b"GIF89a"), (".gif",)),
    "a WebP": (_riff(b"WEBP"), (".webp",)),  # RFC 9649, 2.4
    "a WAV": (_riff(b"WAVE"), (".wav",)),
    "an MP4": (_begins(b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", at=4), (".mp4", ".m4a", ".m4v", ".mov")),
    "a WebM": (_begins(b"\x1a\x45\xdf\xa3"), (".webm", ".mkv")),  # EBML: RFC 8794, 11.2.1
    "an Ogg": (_begins(b"OggS"), (".ogg", ".oga", ".ogv")),  # RFC 3533, 6
    "an MP3": (_mp3, (".mp3",)),
    "a web page": (_web_page, (".html", ".htm")),
}  # fmt: skip
"""Each format with its test and the endings of its names; of two that both hold, the first is the closer one."""
_BY_ENDING = {ending: name for name, (_, endings) in _FORMATS.items() for ending in endings}


def head_of(path: Path) -> bytes:
    """The bytes by which formats are told apart."""
    with path.open("rb") as file:
        return file.read(_HEAD)


def format_of(path: Path) -> str:
    """What a file is, as far as its bytes tell; empty where they do not."""
    head = head_of(path)
    return next((name for name, (test, _) in _FORMATS.items() if test(path, head)), "")


def promised(path: Path) -> str:
    """What the name of a file says that it is; empty where anything may be in it."""
    return _BY_ENDING.get(path.suffix.lower(), "")


def keeps_its_promise(path: Path) -> bool:
    """Whether a file is of the format that its name says, as far as one can tell."""
    name = promised(path)
    return not name or _FORMATS[name][0](path, head_of(path))
