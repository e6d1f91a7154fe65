"""What a command costs: time on the clock, time of the processors, memory.

Time of the processors is that of the whole tree of processes, as wait4(2) gives it: of every child that was waited for.
Memory is the most that all processes together held at one moment: their proportional set sizes (PSS, which count a page
that two share by halves), added up four times a second, or less often where that takes long; or the largest process's
highest mark, where that is more.
"""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread, Timer
from urllib.error import URLError
from urllib.request import urlopen

PATIENCE = 900
"""Seconds after which a command is ended and its program left out, unless a run says otherwise."""
_OFTEN, _AT_REST = 0.25, 50
"""Seconds between two looks at the memory, and how many times as long as a look takes: the system counts the pages of
large processes for a tenth of a second, which would cost them a tenth of their time.
"""
_CALM = 0.5
"""Seconds before each measurement: a browser or a preview that has ended leaves work behind."""


class RunError(Exception):
    """A command that did not do its work; the text says which, and what it said last."""


@dataclass(frozen=True)
class Cost:
    """Seconds on the clock, seconds of the processors, and megabytes."""

    seconds: float
    cpu: float
    memory: float


def measure(
    commands: Sequence[Sequence[str]], folder: Path, environment: Mapping[str, str], limit: float = PATIENCE
) -> Cost:
    """Commands one after the other: times are added, of the memory the most counts. Raises `RunError`."""
    costs = [_one(command, folder, environment, limit) for command in commands]
    return Cost(
        sum(cost.seconds for cost in costs), sum(cost.cpu for cost in costs), max(cost.memory for cost in costs)
    )


def _one(command: Sequence[str], folder: Path, environment: Mapping[str, str], limit: float) -> Cost:
    os.sync()  # what was written before is not to be paid for now
    time.sleep(_CALM)
    log = folder / "benchmark.log"
    with log.open("wb") as said:
        start = time.perf_counter()
        process = _started(command, folder, environment, said.fileno())
        clock = Timer(limit, _tell, [process, signal.SIGKILL])
        clock.start()
        try:
            with _watched(process.pid) as memory:
                _, status, used = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - start
        finally:
            clock.cancel()
            _tell(process, signal.SIGKILL)  # what it left behind, or all of it if the person gave up
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        why = f"took more than {limit:.0f} s" if seconds >= limit else f"failed: {last_words(log)}"
        raise RunError(f"{' '.join(command[:5])} {why}")
    # wait4's own mark of memory is no use where there is a better one: it begins with what this process holds.
    return Cost(seconds, used.ru_utime + used.ru_stime, (memory() or used.ru_maxrss * 1024) / 1e6)


def last_words(log: Path) -> str:
    """What a command said last."""
    return " ".join(log.read_text("utf-8", "replace").split()[-40:]) or "it said nothing"


def _started(command: Sequence[str], folder: Path, environment: Mapping[str, str], log: int) -> subprocess.Popen[bytes]:
    """In a group of its own, so that it can be watched and ended with all its children."""
    return subprocess.Popen(
        command, cwd=folder, env={**os.environ, **environment}, stdout=log, stderr=log, start_new_session=True
    )


def _tell(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """Sends a signal to a command and its children."""
    with suppress(ProcessLookupError):  # it has ended by itself
        os.killpg(process.pid, number)


@contextmanager
def _watched(group: int) -> Iterator[Callable[[], int]]:
    """How many bytes the processes of a group held at most, asked when they are through."""
    most, over = [0], Event()

    def watch() -> None:
        took = 0.0
        while not over.wait(max(_OFTEN, took * _AT_REST)):
            begun = time.perf_counter()
            here = members(group)
            together = sum(_kilobytes(place / "smaps_rollup", "Pss:") for place in here)
            highest = (_kilobytes(place / "status", "VmHWM:") for place in here)
            most[0] = max(most[0], 1024 * together, *(1024 * mark for mark in highest))
            took = time.perf_counter() - begun

    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield lambda: most[0]
    finally:
        over.set()
        watcher.join()


def members(group: int) -> list[Path]:
    """The processes of a group, in Linux's /proc; elsewhere none."""
    return [place for place in Path("/proc").glob("[0-9]*") if _fields(place)[2:3] == [str(group)]]


def _fields(place: Path) -> list[str]:
    """The fields of /proc/…/stat behind the name, which may hold anything (proc_pid_stat(5))."""
    try:
        return (place / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    except OSError:
        return []


def _kilobytes(path: Path, name: str) -> int:
    """A number of one of a process's files in /proc (proc_pid_status(5)); 0 once the process has ended."""
    try:
        lines = path.read_text("utf-8", "replace").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith(name))


def worked(group: int) -> float:
    """The seconds that the living processes of a group have worked so far."""
    ticks = sum(int(fields[11]) + int(fields[12]) for fields in map(_fields, members(group)) if fields)
    return ticks / os.sysconf("SC_CLK_TCK")


# --- previews ---


@dataclass(frozen=True)
class Preview:
    """A running preview; it is held still while another one is measured."""

    process: subprocess.Popen[bytes]
    address: str

    @contextmanager
    def awake(self) -> Iterator[None]:
        """Lets it go on, and waits until it has nothing to do."""
        _tell(self.process, signal.SIGCONT)
        self.rest()
        yield
        self.rest()
        _tell(self.process, signal.SIGSTOP)

    def rest(self, patience: float = 60) -> None:
        """Waits until it does no more than look for changes: a fifth of a second in a second, with 10,000 files."""
        until = time.monotonic() + patience
        before = worked(self.process.pid)
        while time.monotonic() < until:
            time.sleep(1)
            now = worked(self.process.pid)
            if now - before < 0.4:
                return
            before = now

    def shows(self, page: str, text: str, patience: float = PATIENCE) -> float:
        """The seconds until a page holds a text. Raises `RunError`."""
        start = time.perf_counter()
        while text not in self._got(page):
            if self.process.poll() is not None or time.perf_counter() - start > patience:
                raise RunError(f"{self.address}{page} was never served with {text!r}")
            time.sleep(0.01)
        return time.perf_counter() - start

    def _got(self, page: str) -> str:
        try:
            with urlopen(f"{self.address}{page}", timeout=PATIENCE) as answer:  # noqa: S310 - a server started here
                return str(answer.read().decode("utf-8", "replace"))
        except (URLError, OSError):
            return ""


@contextmanager
def preview(command: Sequence[str], folder: Path, environment: Mapping[str, str], port: int) -> Iterator[Preview]:
    """Starts a preview; ends it with its children."""
    with (folder / "preview.log").open("wb") as said:
        process = _started(command, folder, environment, said.fileno())
        try:
            yield Preview(process, f"http://127.0.0.1:{port}/")
        finally:
            # As somebody would end it, so that it tidies up.
            for number in (signal.SIGCONT, signal.SIGINT):
                _tell(process, number)
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)
            _tell(process, signal.SIGKILL)
            process.wait()
