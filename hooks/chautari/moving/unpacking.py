"""The files of an export: one alone, those of a folder, or those of a ZIP, which is read as it is.

Nothing of it is written anywhere, and what it says of itself is not believed: a name that climbs out of a ZIP, a link,
and more bytes than an honest file would unfold are refused before anything is read.
"""

import re
import stat
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from lzma import LZMAError
from pathlib import Path, PurePosixPath
from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo

from chautari.problems import ContentError, Problem

RATIO = 250
"""How many times its packed size a large file may have: text gets to 50, a bomb to 1,000 (the most of RFC 1951)."""
LARGEST = 4 * 1024**3
"""The most bytes of one file: eight times the largest export that the tests make."""
WHOLE = 50 * 1024**3
"""The most bytes of all files of a ZIP: Takeout cuts what is larger into parts."""

_CHUNK = 1 << 16
_SMALL = 1 << 20
"""Below this nobody minds how often a file is folded: a thousand empty lines pack well."""
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
"""How a ZIP begins, with files and without (APPNOTE.TXT 4.3.7 and 4.3.16)."""
_DRIVE = re.compile(r"[A-Za-z]:")
_OF_SYSTEMS = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")
_DAMAGED = (BadZipFile, EOFError, LZMAError, NotImplementedError, RuntimeError, zlib.error)
"""What zipfile raises at a part that is not what the ZIP says."""
AGAIN = "Download it again: it was damaged or cut off on the way."


@dataclass(frozen=True, slots=True)
class Part:
    """One file of an export: how people are told which one, how many bytes it has, and how to read them."""

    place: str
    size: int
    open: Callable[[], IO[bytes]]

    def chunks(self) -> Iterator[bytes]:
        """Its bytes, little by little. Raises `ContentError` where it cannot be read to its end."""
        try:
            with self.open() as stream:
                while chunk := stream.read(_CHUNK):
                    yield chunk
        except _DAMAGED as error:
            raise refusal(self.place, f"is damaged ({error})", AGAIN) from error
        except OSError as error:
            raise refusal(self.place, f"cannot be read: {error.strerror or error}", "Check its name.") from error

    def read(self) -> bytes:
        return b"".join(self.chunks())


@dataclass(frozen=True, slots=True)
class Bundle:
    """The files that came together, by their names with slashes, and the name of the whole."""

    place: str
    parts: Mapping[str, Part]


def refusal(place: str, message: str, hint: str, line: int = 0) -> ContentError:
    """What is raised at an export that cannot be taken."""
    return ContentError([Problem(place, line, "", message, hint)])


def unpack(path: Path) -> Bundle:
    """What lies at a path: a file, a folder or a ZIP. Raises `ContentError`."""
    if path.is_dir():
        return _folder(path)
    if path.is_file():
        part = _file(path)
        start = next(part.chunks(), b"")
        return _archive(path) if start.startswith(_ZIP) else Bundle(str(path), {path.name: part})
    raise refusal(str(path), "is not there", "Give the file or the folder that was downloaded.")


def _file(path: Path) -> Part:
    return Part(str(path), path.stat().st_size, lambda: path.open("rb"))


def _folder(folder: Path) -> Bundle:
    # A link in a downloaded folder was put there by somebody else than the exporter.
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())
    parts = {path.relative_to(folder).as_posix(): _file(path) for path in found}
    return Bundle(str(folder), {name: part for name, part in parts.items() if not _is_of_a_system(name)})


def _archive(path: Path) -> Bundle:
    try:
        archive = ZipFile(path)
    except _DAMAGED as error:
        raise refusal(str(path), f"is a ZIP that ends too early or is damaged ({error})", AGAIN) from error
    infos = [info for info in archive.infolist() if not info.is_dir() and not _is_of_a_system(info.filename)]
    for info in infos:
        _judge(info, str(path))
    if (size := sum(info.file_size for info in infos)) > WHOLE:
        raise _too_large(str(path), size, f"at most {_gigabytes(WHOLE)} are taken")
    parts = {info.filename: _member(archive, info, path) for info in sorted(infos, key=lambda info: info.filename)}
    return Bundle(str(path), parts)


def _member(archive: ZipFile, info: ZipInfo, path: Path) -> Part:
    return Part(f"{path}/{info.filename}", info.file_size, lambda: archive.open(info))


def _is_of_a_system(name: str) -> bool:
    """Whether a file tells of the computer that packed it, not of the export."""
    parts = PurePosixPath(name).parts
    return parts[-1].startswith("._") or not set(parts).isdisjoint(_OF_SYSTEMS)


def _judge(info: ZipInfo, place: str) -> None:
    """Raises `ContentError` for a part that no exporter packs."""
    name = info.filename
    if name.startswith("/") or "\\" in name or _DRIVE.match(name) or ".." in PurePosixPath(name).parts:
        hint = "No export has such names. Download it from its platform again."
        raise refusal(place, f"holds a file that would climb out of its folder: {name!r}", hint)
    if stat.S_ISLNK(info.external_attr >> 16):  # APPNOTE.TXT 4.4.15: the upper half is the mode of Unix
        hint = "Unpack it and pack the files themselves, or give the folder."
        raise refusal(place, f"holds a link instead of a file: {name!r}", hint)
    if info.flag_bits & 0x1:  # APPNOTE.TXT 4.4.4
        raise refusal(place, f"is locked with a password ({name!r})", "Unpack it yourself and give the folder.")
    if info.file_size > LARGEST:
        raise _too_large(f"{place}/{name}", info.file_size, f"at most {_gigabytes(LARGEST)} of one file are taken")
    if info.file_size > _SMALL and info.file_size > RATIO * info.compress_size:
        limit = f"it unfolds to more than {RATIO} times its size, as no text does"
        raise _too_large(f"{place}/{name}", info.file_size, limit)


def _too_large(place: str, size: int, limit: str) -> ContentError:
    hint = "If it is an honest export, unpack it yourself and give the folder."
    return refusal(place, f"would be {_gigabytes(size)} large: {limit}", hint)


def _gigabytes(size: int) -> str:
    return f"{size / 1024**3:.1f} GB"
