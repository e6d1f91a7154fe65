"""What stands in the published folder, and what it was made of: so that only what changed is written again."""

import os
import pickle
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from chautari.cache import Cache, code
from chautari.stage import remove_empty

_STEP, _MADE = "written to ", "made of, "
_MODE = 0o666
"""What a new file may be used for, before the user's umask: as `open` has it."""


@dataclass(frozen=True)
class Made:
    """What a site was made of.

    `facts` names what the library knew but texts, `common` all that pages share, or show of each other. `contents` and
    `shared` say, by the path of an entry, what is in its file and what other pages show of its text.
    """

    facts: str
    common: str
    contents: dict[str, str]
    shared: dict[str, str]

    def edited(self, before: "Made | None") -> list[str] | None:
        """The entries whose texts are other ones than they were; None if anything else may be."""
        if before is None or (self.common, self.contents.keys()) != (before.common, before.contents.keys()):
            return None
        return [path for path, content in self.contents.items() if content != before.contents[path]]


class Written:
    """The files of a published folder, by address, each with the name of what it shows (see fingerprints).

    A file that somebody has touched since counts as changed.
    """

    def __init__(self, folder: Path, cache: Cache) -> None:
        self.folder, self.cache = folder, cache
        self.step = cache.step(f"{_STEP}{folder.resolve()}")
        self._made = cache.step(f"{_MADE}{folder.resolve()}", code())
        self.marks: dict[str, str] = {}
        self._fresh: set[str] = set()

    @property
    def is_known(self) -> bool:
        """Whether anything is remembered of the folder; if not, nobody can say what in it is out of date."""
        return bool(self.step.rows) and self.folder.is_dir()

    def is_current(self, name: str, mark: str) -> bool:
        """Whether a file shows just this already. Notes that it will, once the build is through."""
        self.marks[name] = mark
        record = self.step.get(name, mark)
        if record is not None and record == self._stamp(name):
            return True
        self._fresh.add(name)
        return False

    def is_whole(self) -> bool:
        """Whether every file stands there as it was written."""
        return all(record == self._stamp(name) for name, (_, record) in self.step.rows.items())

    def keep(self) -> None:
        """Notes that all files stay as they are, but for those that are asked for after this."""
        self.marks = {name: mark for name, (mark, _) in self.step.rows.items()}

    def made(self) -> Made | None:
        """What the site was made of that stands there, if that is known."""
        record = self._made.get("", "")
        made: Made | None = pickle.loads(record) if record else None  # noqa: S301 - from our own cache
        return made

    def remove_gone(self) -> None:
        """Takes away the files that were written once and belong to nothing any more; to be asked when all is noted."""
        for name in [name for name in self.step.rows if name not in self.marks]:
            (self.folder / name).unlink(missing_ok=True)
            remove_empty((self.folder / name).parent, self.folder)

    def save(self, made: Made) -> None:
        """Remembers what now stands in the folder, and what it was made of."""
        for name in sorted(self._fresh & self.marks.keys()):
            self.step.put(name, self.marks[name], self._stamp(name))
        self.cache.save(self.step, self.marks)
        self._made.put("", "", pickle.dumps(made, pickle.HIGHEST_PROTOCOL))
        self.cache.save(self._made, [""])
        self.cache.forget(_is_of_no_folder)

    def _stamp(self, name: str) -> bytes:
        try:
            status = os.stat(f"{self.folder}/{name}")  # noqa: PTH116 - to make a Path takes longer than the answer
        except FileNotFoundError:
            return b""
        return f"{status.st_mtime_ns}:{status.st_size}".encode()


def write_over(path: Path, content: bytes) -> None:
    """Writes a file of the site, in place of what it held.

    One that is emptied first goes to the disk before anything else may be done (`auto_da_alloc`, ext4(5)); a theme that
    gets another name changes half of a large site.
    """
    with _opened(path) as file:
        file.write(content)
        file.truncate()


def _opened(path: Path) -> IO[bytes]:
    try:
        return open(path, "wb", opener=_not_emptied)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("wb")


def _not_emptied(path: str, flags: int) -> int:
    """A file that is open to be written, a new one if there was none."""
    return os.open(path, flags & ~os.O_TRUNC, _MODE)


def _is_of_no_folder(step: str) -> bool:
    return any(step.startswith(name) and not Path(step.removeprefix(name)).is_dir() for name in (_STEP, _MADE))
