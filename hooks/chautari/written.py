"""What stands in the published folder, and what it was made of: so that only what changed is written again."""

import os
from pathlib import Path

from chautari.cache import Cache
from chautari.stage import remove_empty

_STEP = "written to "


class Written:
    """The files of a published folder, by address, each with the name of what it shows (see fingerprints).

    A file that somebody has touched since counts as changed.
    """

    def __init__(self, folder: Path, cache: Cache) -> None:
        self.folder, self.cache = folder, cache
        self.step = cache.step(f"{_STEP}{folder.resolve()}")
        self.marks: dict[str, str] = {}

    @property
    def is_known(self) -> bool:
        """Whether anything is remembered of the folder; if not, nobody can say what in it is out of date."""
        return bool(self.step.rows) and self.folder.is_dir()

    def is_current(self, name: str, mark: str) -> bool:
        """Whether a file shows just this already. Notes that it will, once the build is through."""
        self.marks[name] = mark
        record = self.step.get(name, mark)
        return record is not None and record == self._stamp(name)

    def remove_gone(self) -> None:
        """Takes away the files that were written once and belong to nothing any more; to be asked when all is noted."""
        for name in [name for name in self.step.rows if name not in self.marks]:
            (self.folder / name).unlink(missing_ok=True)
            remove_empty((self.folder / name).parent, self.folder)

    def save(self) -> None:
        """Remembers what now stands in the folder."""
        for name, mark in self.marks.items():
            stamp = self._stamp(name)
            if self.step.rows.get(name) != (mark, stamp):
                self.step.put(name, mark, stamp)
        self.cache.save(self.step, self.marks)
        self.cache.forget(lambda name: name.startswith(_STEP) and not Path(name.removeprefix(_STEP)).is_dir())

    def _stamp(self, name: str) -> bytes:
        try:
            status = os.stat(f"{self.folder}/{name}")  # noqa: PTH116 - to make a Path takes longer than the answer
        except FileNotFoundError:
            return b""
        return f"{status.st_mtime_ns}:{status.st_size}".encode()
