"""A changed content folder, made beside the old one and exchanged for it at once: it is as before, or complete.

What stays is linked and not copied (link(2)), so that it keeps its time and takes no room.
"""

import contextlib
import ctypes
import errno
import os
import shutil
import sys
from hashlib import blake2b
from pathlib import Path

_HERE = -100
"""AT_FDCWD: paths are those of the process (renameat2(2))."""
_EXCHANGE = 2
"""RENAME_EXCHANGE: two names change places in one step (renameat2(2), Linux 3.15)."""
_OLD = "old"


class ChangedMeanwhileError(Exception):
    """Somebody has written into the content's folder while it was being changed."""


class Staging:
    """The content's folder as it will be. What is written here is in nobody's way until it lands."""

    def __init__(self, content: Path) -> None:
        self.content = content.resolve()
        put_in_order(self.content)
        if not os.access(self.content, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(self.content))
        self.root = _beside(self.content)
        self.folder, self._old = self.root / self.content.name, self.root / _OLD
        self.changed = False
        self._before = _state(self.content)
        self.root.mkdir()
        shutil.copytree(self.content, self.folder, symlinks=True, copy_function=_linked)

    def read(self, place: str) -> bytes | None:
        """What a file holds; None for one that is not there."""
        path = self.folder / place
        return path.read_bytes() if path.is_file() else None

    def has(self, place: str) -> bool:
        """Whether there is such a file."""
        return (self.folder / place).is_file()

    def write(self, place: str, data: bytes) -> None:
        """Writes a file anew: never into one that is linked to the old folder's."""
        path = self.folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.write_bytes(data)
        self.changed = True

    def remove(self, place: str) -> None:
        """Takes a file away."""
        (self.folder / place).unlink()
        self.changed = True

    def land(self) -> None:
        """Puts the folder in the old one's place, unless nothing was changed. Raises `ChangedMeanwhileError`."""
        if self.changed:
            if _state(self.content) != self._before:
                raise ChangedMeanwhileError
            _flush()
            self._exchange()
        self.abandon()

    def abandon(self) -> None:
        """Clears away what is not needed any more."""
        with contextlib.suppress(OSError):  # the next run clears it away
            _clear(self.root)

    def _exchange(self) -> None:
        if not _exchanged(self.content, self.folder):
            # Two steps, between which there is no folder: the next run puts the old one back.
            self.content.rename(self._old)
            try:
                self.folder.rename(self.content)
            except OSError:
                self._old.rename(self.content)
                raise


def put_in_order(content: Path) -> None:
    """After a run that was killed: the content's folder is there, and nothing else is left."""
    root = _beside(content)
    if (root / _OLD).is_dir() and not content.exists():
        (root / _OLD).rename(content)
    _clear(root)


def _beside(content: Path) -> Path:
    """The folder in which the changed one is made: on the same file system, and hidden."""
    return content.with_name(f".{content.name}-moving-in")


def _clear(root: Path) -> None:
    """Takes a folder away, also one in which folders may not be written to: they were copied as they are."""
    for folder, _, _ in os.walk(root):
        Path(folder).chmod(0o700)
    if root.exists():
        shutil.rmtree(root)


def _linked(source: str, goal: str) -> None:
    try:
        os.link(source, goal, follow_symlinks=False)
    except OSError:  # a file system without links
        shutil.copy2(source, goal)


def _state(folder: Path) -> str:
    """Every file with its time and size, in a digest: there may be a hundred thousand of them."""
    state = blake2b()
    for where, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            status = Path(where, name).lstat()
            state.update(os.fsencode(f"{where}/{name}\0{status.st_mtime_ns} {status.st_size}\n"))
    return state.hexdigest()


def _flush() -> None:
    """Everything is on the disk before names change: without this, a power cut may leave empty files."""
    if hasattr(os, "sync"):
        os.sync()


def _exchanged(one: Path, other: Path) -> bool:
    """Whether two folders have changed places in one step; False where the system knows no such step."""
    if not sys.platform.startswith("linux"):
        return False
    with contextlib.suppress(AttributeError, OSError):
        library = ctypes.CDLL(None, use_errno=True)
        return bool(library.renameat2(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0)
    return False
