"""Where a build writes until it is whole: the published site is exchanged or brought up to date at the end, or else not
touched at all.

One build at a time writes to a folder; another one waits for it. A build that was killed leaves at worst a folder
beside the published one, which the next build puts in order.
"""

import logging
import os
import shutil
from collections.abc import Callable, Collection, Set
from pathlib import Path

from chautari.timing import timed

try:
    import fcntl
except ImportError:  # not on Windows, where two builds at once are the editor's own affair
    LOCKS = False
else:
    LOCKS = True


class PublishError(Exception):
    """The finished site cannot take the place of the old one; the text says why."""


class Lock:
    """The right to write to a published folder. `waiting` is called once if another build has it."""

    def __init__(self, site: Path, waiting: Callable[[], None]) -> None:
        site.parent.mkdir(parents=True, exist_ok=True)
        self._file = site.with_name(f".{site.name}-lock").open("w")
        if LOCKS:
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                waiting()
                fcntl.flock(self._file, fcntl.LOCK_EX)

    def release(self) -> None:
        """Lets the next one in."""
        self._file.close()


class Stage:
    """A folder beside the published one, for one build that holds the lock."""

    def __init__(self, site: Path) -> None:
        self.site = site.resolve()  # where a link leads: the link itself stays
        self.folder = self.site.with_name(f".{self.site.name}-unfinished")
        self.old = self.site.with_name(f".{self.site.name}-old")
        self._clear_away()

    @timed("Fitting in")
    def publish(self) -> None:
        """Puts the finished site in the old one's place. Its hidden files (.git) stay, as MkDocs leaves them.

        Raises `PublishError`; the old site is then where it was.
        """
        try:
            if self.site.exists():
                self.site.rename(self.old)
            self.folder.rename(self.site)
        except OSError as error:
            self._clear_away()
            message = f"{self.site} cannot be exchanged ({error.strerror}): build into a folder inside it."
            raise PublishError(message) from error
        self._clear_away()

    @timed("Fitting in")
    def fit_in(self, kept: Collection[str] | None = None) -> None:
        """Puts the files of this build among those of the published folder that are `kept`; all else goes, if that is
        said: to look at each of them takes longer than all the rest after a small change.

        One file after the other is exchanged, each of them whole: a folder that is exchanged would have to hold every
        page that has not changed as well. What a killed build left undone, the next one finds and does.
        """
        try:
            self._fit_in(kept)
        except OSError as error:
            raise PublishError(f"{self.site} cannot be brought up to date ({error}).") from error

    def _fit_in(self, kept: Collection[str] | None) -> None:
        made = _files(self.folder)
        if kept is not None:
            self._clear_of_others({*kept, *made})
        for name in sorted(made):
            (self.site / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).replace(self.site / name)
        shutil.rmtree(self.folder)

    def _clear_of_others(self, kept: Set[str]) -> None:
        for name in _files(self.site) - kept:
            top = name.partition("/")[0]
            if top not in kept and not top.startswith("."):
                (self.site / name).unlink()
                remove_empty((self.site / name).parent, self.site)

    def abandon(self) -> None:
        """Throws an unfinished site away."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _clear_away(self) -> None:
        """Whatever happened before: the published folder is there, and its hidden files are in it."""
        if self.old.is_dir() and not self.site.exists():
            self.old.rename(self.site)
        if self.old.is_dir():
            for hidden in self.old.glob(".*"):
                if not (self.site / hidden.name).exists():
                    hidden.rename(self.site / hidden.name)
            shutil.rmtree(self.old)
        shutil.rmtree(self.folder, ignore_errors=True)


def remove_empty(folder: Path, site: Path) -> None:
    """Takes away a folder of a site, and those above it, as far as nothing is left in them."""
    while folder != site and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _files(folder: Path) -> set[str]:
    """The ways from a folder to all files below it; by hand, because an object for each would take longer."""
    start = len(str(folder)) + 1
    return {
        f"{where[start:].replace(os.sep, '/')}/{name}".lstrip("/")
        for where, _, names in os.walk(folder)
        for name in names
    }


class WarningCounter(logging.Handler):
    """Counts warnings, as MkDocs does under --strict: a build that it is about to refuse must not be published."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.count += 1
