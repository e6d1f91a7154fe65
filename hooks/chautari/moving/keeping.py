"""What was written last time, and what editors have made of it since: their work is never overwritten.

Of every file that an import writes a copy stays in content/.imported/. It is the base on which one sees who changed
what, and costs nothing in a repository: Git keeps two files of the same words once.
"""

import re
from enum import StrEnum
from filecmp import cmp
from pathlib import Path

from chautari.library import CONTENT
from chautari.moving.staging import Staging

COPIES = ".imported"
_ID = re.compile(rb"^source_id: ['\"]?(.+?)['\"]?$", re.MULTILINE)


class Fate(StrEnum):
    """What became of a file that an import would write."""

    new = "new"
    renewed = "renewed"
    same = "same"
    edited = "edited"
    """An editor has changed it since; the import brings nothing new."""
    conflict = "conflict"
    """An editor has changed it since, and the import brings something else than last time."""
    deleted = "deleted"
    """An editor has deleted it since."""


def settle(staging: Staging, place: str, data: bytes) -> Fate:
    """Writes a file, unless that would undo an editor's work."""
    copy = f"{COPIES}/{place}"
    present, base = staging.read(place), staging.read(copy)
    fate = _fate(present, base, data)
    if fate in (Fate.new, Fate.renewed):
        staging.write(place, data)
    if fate in (Fate.new, Fate.renewed, Fate.same) and base != data:
        staging.write(copy, data)
    return fate


def _fate(present: bytes | None, base: bytes | None, data: bytes) -> Fate:
    if present is None:
        return Fate.new if base is None else Fate.deleted
    if present == data:
        return Fate.same
    if present == base:
        return Fate.renewed
    return Fate.edited if base == data else Fate.conflict


def earlier(staging: Staging) -> dict[str, str]:
    """The entries that earlier imports wrote, by their ids, one without an id by its file; each with its file."""
    folder = staging.folder / COPIES
    found: dict[str, str] = {}
    for place in _texts(folder):
        match = _ID.search((folder / place).read_bytes())
        found[match[1].decode() if match else place] = place
    return found


def untouched(content: Path) -> set[str]:
    """The entries that are as an import wrote them, by their paths from the project's root."""
    copies = content / COPIES
    texts = (place for place in _texts(copies) if (content / place).is_file())
    return {f"{CONTENT}/{place}" for place in texts if cmp(copies / place, content / place, shallow=False)}


def _texts(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.md"))
