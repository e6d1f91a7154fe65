"""One SQLite file that remembers what was made of each thing, so that only what changed is made again.

A step of the work (reading, rendering …) remembers records by name, each with a mark: what the record was made of. The
step's `key` says all else that its records depend on: our code, versions of libraries, settings; with another key it
starts empty. The file may be deleted at any time, and mends itself: what is broken or foreign is thrown away with a
notice, and two builds at once do not wait for each other.
"""

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Set
from contextlib import closing
from functools import cache, cached_property
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

from chautari.timing import timed

FILE = Path(".cache") / "hub.sqlite"

_TABLES = """
    pragma journal_mode = wal;
    pragma synchronous = off; -- what a power failure breaks is made anew
    create table if not exists step(name primary key, key) without rowid;
    -- With rowid, because records are large.
    create table if not exists record(step, name, mark, record, primary key(step, name));
"""
_LIBRARIES = (
    "pydantic",
    "PyYAML",
    "Babel",
    "python-slugify",
    "Markdown",
    "pymdown-extensions",
    "nh3",
    "feedgen",
    "icalendar",
    "lxml",
    "pagefind",
    "tzdata",
)
_GRAIN = 2_000_000_000
"""In nanoseconds. A file changed so shortly before it was looked at may change again within the same time stamp."""
_YOUNG = "young"
"""Stands for the state of such a file."""
_PUT_AWAY_AT_ONCE = 256
_PATIENCE = 0.2
"""Seconds to wait for another build that is writing."""


def open_cache(root: Path, notice: Callable[[str], None]) -> "Cache":
    """The cache of a project; CHAUTARI_CACHE=0 in the environment switches it off, for measuring."""
    return Cache(None if os.environ.get("CHAUTARI_CACHE") == "0" else root / FILE, notice)


def digest(*parts: object) -> str:
    """A short name for values: the same for the same, and another for others."""
    return blake2b(repr(parts).encode(), digest_size=16).hexdigest()


def digest_of(raw: bytes) -> str:
    """A short name for bytes; of a long text, it takes a quarter of the time that `digest` would."""
    return blake2b(raw, digest_size=16).hexdigest()


@cache
def code() -> str:
    """The digest of our own code and data, and of the versions of the libraries that shape records."""
    folder = Path(__file__).parent
    sources = sorted(path for ending in ("py", "mo", "json") for path in folder.rglob(f"*.{ending}"))
    return digest([path.read_bytes() for path in sources], [version(name) for name in _LIBRARIES])


class Step:
    """The records of one step. `get` and `put` work in memory; `Cache.save` writes.

    The rows are read when somebody asks for them first; `peek` brings a single one without all others.
    """

    def __init__(self, name: str, key: str, cache: "Cache") -> None:
        self.name, self.key, self.cache = name, key, cache
        self.changed: set[str] = set()

    @cached_property
    def rows(self) -> dict[str, tuple[str, bytes]]:
        """Mark and record of everything that is remembered, by name."""
        return self.cache.read(self.name, self.key)

    def peek(self, name: str, mark: str) -> bytes | None:
        """The record of one thing among many that nobody needs."""
        row = self.cache.fetch(self.name, name, self.key)
        return row[1] if row and row[0] == mark else None

    def get(self, name: str, mark: str) -> bytes | None:
        """The record of a thing, if it was made of just this."""
        row = self.rows.get(name)
        return row[1] if row and row[0] == mark else None

    def put(self, name: str, mark: str, record: bytes) -> None:
        """Remembers a record."""
        self.rows[name] = mark, record
        self.changed.add(name)


class Shelf:
    """Records of a step that are too large to lie in memory together: many are put away at once, each is fetched when
    somebody asks for it. A mark says all of which a record is made, so that there is no key.
    """

    def __init__(self, name: str, cache: "Cache") -> None:
        self.name, self.cache = name, cache
        self._here: dict[str, tuple[str, bytes]] = {}

    def put(self, name: str, mark: str, record: bytes) -> None:
        """Remembers a record."""
        self._here[name] = mark, record
        if len(self._here) % _PUT_AWAY_AT_ONCE == 0:
            self.put_away()

    def get(self, name: str, mark: str) -> bytes | None:
        """The record of a thing, if it was made of just this."""
        row = self._here.get(name) or self.cache.fetch(self.name, name)
        return row[1] if row and row[0] == mark else None

    def put_away(self) -> None:
        """Writes what lies in memory; if that cannot be, it stays there."""
        if self.cache.write(self.name, self._here):
            self._here = {}

    def save(self, keep: Set[str]) -> None:
        """Writes what lies in memory, and forgets all names but these."""
        self.put_away()
        self.cache.keep(self.name, keep)


class Cache:
    """The cache of a project. Without a path it forgets everything at the end of the process."""

    def __init__(self, path: Path | None = None, notice: Callable[[str], None] = lambda text: None) -> None:
        self.path, self.notice = path, notice
        self.steps: dict[str, Step] = {}
        self._readers: dict[tuple[int, int], sqlite3.Connection] = {}

    @timed("Cache")
    def step(self, name: str, *key: object) -> Step:
        """The records of a step that were made with this key."""
        whole = digest(key)
        known = self.steps.get(name)
        if known is None or known.key != whole:
            known = self.steps[name] = Step(name, whole, self)
        return known

    @timed("Cache")
    def save(self, step: Step, keep: Iterable[str]) -> None:
        """Writes what changed in a step and forgets all names but these, at once or not at all. The step is over then:
        whoever asks for it again finds in the file what need not lie in memory for the rest of a build.
        """
        if self.path:
            self.steps.pop(step.name, None)
        kept = set(keep)
        gone = step.rows.keys() - kept
        for name in gone:
            del step.rows[name]
        if self.path is None or not (step.changed or gone):
            return
        rows = [(step.name, name, *step.rows[name]) for name in sorted(step.changed & kept)]
        try:
            with closing(self._open(self.path)) as database, database:
                if self._key(database, step.name) != step.key:
                    database.execute("delete from record where step = ?", (step.name,))
                    database.execute("insert or replace into step values (?, ?)", (step.name, step.key))
                    rows = [(step.name, name, *row) for name, row in sorted(step.rows.items())]
                database.executemany("insert or replace into record values (?, ?, ?, ?)", rows)
                database.executemany(
                    "delete from record where step = ? and name = ?", [(step.name, name) for name in gone]
                )
        except sqlite3.Error as error:
            self.notice(f"The cache could not be written ({error}): the next build takes longer.")
        step.changed.clear()

    @timed("Cache")
    def write(self, step: str, rows: Mapping[str, tuple[str, bytes]]) -> bool:
        """Writes rows of a step; whether that could be done."""
        if self.path is None:
            return False
        try:
            with closing(self._open(self.path)) as database, database:
                whole = [(step, name, *row) for name, row in rows.items()]
                database.executemany("insert or replace into record values (?, ?, ?, ?)", whole)
        except sqlite3.Error:  # another build writes: they stay in memory
            return False
        return True

    def keep(self, step: str, names: Set[str]) -> None:
        """Drops the records of a step but these."""
        if self.path is None:
            return
        try:
            with closing(self._open(self.path)) as database, database:
                known = database.execute("select name from record where step = ?", (step,)).fetchall()
                gone = [(step, name) for (name,) in known if name not in names]
                database.executemany("delete from record where step = ? and name = ?", gone)
        except sqlite3.Error:  # only tidying: the next build does it
            return

    def forget(self, unwanted: Callable[[str], bool]) -> None:
        """Drops whole steps by their names."""
        if self.path is None:
            return
        try:
            with closing(self._open(self.path)) as database, database:
                for (name,) in database.execute("select name from step").fetchall():
                    if unwanted(name):
                        database.execute("delete from record where step = ?", (name,))
                        database.execute("delete from step where name = ?", (name,))
        except sqlite3.Error:  # only tidying: the next build does it
            return

    @timed("Cache")
    def read(self, step: str, key: str) -> dict[str, tuple[str, bytes]]:
        """The rows of a step."""
        if self.path is None:
            return {}
        try:
            with closing(self._open(self.path)) as database:
                if self._key(database, step) != key:
                    return {}
                rows = database.execute("select name, mark, record from record where step = ?", (step,))
                return {name: (mark, record) for name, mark, record in rows}
        except sqlite3.OperationalError as error:
            self.notice(f"The cache could not be read ({error}): this build takes longer.")
        except sqlite3.DatabaseError:
            self.notice("The cache is damaged and is made anew: this build takes longer.")
            self._remove(self.path)
        return {}

    def fetch(self, step: str, name: str, key: str | None = None) -> tuple[str, bytes] | None:
        """Mark and record of one thing; None if it is not known, or was made with another key."""
        if self.path is None:
            return None
        try:
            database = self._reader(self.path)
            if key is not None and self._key(database, step) != key:
                return None
            found = database.execute("select mark, record from record where step = ? and name = ?", (step, name))
            row: tuple[str, bytes] | None = found.fetchone()
        except sqlite3.Error:  # whoever reads the whole step says so
            return None
        return row

    def _reader(self, path: Path) -> sqlite3.Connection:
        """The connection for single records. Neither a fork nor another thread may use that of somebody else."""
        owner = os.getpid(), threading.get_ident()
        if owner not in self._readers:
            self._readers[owner] = self._open(path)
        return self._readers[owner]

    def close(self) -> None:
        """Closes the connection for single records; the next one that is asked for opens another."""
        if reader := self._readers.pop((os.getpid(), threading.get_ident()), None):
            reader.close()

    @staticmethod
    def _open(path: Path) -> sqlite3.Connection:
        path.parent.mkdir(parents=True, exist_ok=True)
        database = sqlite3.connect(path, timeout=_PATIENCE)
        database.executescript(_TABLES)
        return database

    @staticmethod
    def _remove(path: Path) -> None:
        for ending in ("", "-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)

    @staticmethod
    def _key(database: sqlite3.Connection, name: str) -> str | None:
        row = database.execute("select key from step where name = ?", (name,)).fetchone()
        return str(row[0]) if row else None


# --- states of files, and marks, which say what they hold as well ---


def state_of(status: os.stat_result, now: int) -> str:
    """What tells a file from another state of it without a look inside: its time and size, unless it is young."""
    return _YOUNG if now - status.st_mtime_ns < _GRAIN else _stamp(status)


def touched(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Those of the same files, by name, that may hold something else now: a young one may always."""
    return [name for name, state in now.items() if state == _YOUNG or state != before[name]]


def same_file(path: Path, mark: str) -> bool:
    """Whether a file is what it was when `file_mark` was asked: by time and size, or else by its content."""
    time_and_size, _, content = mark.partition(" ")
    if not content:
        return False
    return time_and_size == _time_and_size(path) or content == _content(path)


def is_untouched(path: Path, mark: str) -> bool:
    """Whether a file has the time and the size that its mark says: then nobody need read it."""
    return mark.partition(" ")[0] == _time_and_size(path)


def content_of(mark: str) -> str:
    """The part of a mark that is the same for all files of the same bytes."""
    return mark.partition(" ")[2]


def file_mark(path: Path) -> str:
    """What tells a file from another state of it. Its time proves nothing while it is young."""
    return read_marked(path)[0]


def read_marked(path: Path) -> tuple[str, bytes]:
    """A file's mark, and what it holds. The time is asked first: a file that changes meanwhile is another one then."""
    state = state_of(path.stat(), time.time_ns())
    raw = path.read_bytes()
    return f"{state} {digest_of(raw)}", raw


def _time_and_size(path: Path) -> str:
    return _stamp(path.stat())


def _stamp(status: os.stat_result) -> str:
    return f"{status.st_mtime_ns}:{status.st_size}"


def _content(path: Path) -> str:
    return digest_of(path.read_bytes())
