"""A bar on the terminal for who waits: there after a while, and gone at the end."""

import logging
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

# Rich takes a tenth of a second to be imported, and nobody waits in most builds.
if TYPE_CHECKING:
    from rich.console import Console

Told = Callable[[int, int], None]
"""Is told how much is done, and of how much."""

PATIENCE = 2.0
"""Seconds that people wait without a word."""
_GLIMPSE = 0.1
"""Seconds for which a bar stays as it is: to draw it for each of a thousand things would take longer than they do."""


def terminal() -> "Console | None":
    """Where a bar can be shown: not in a file, not in the records of a machine, and not under --quiet."""
    quiet = not logging.getLogger("mkdocs").isEnabledFor(logging.WARNING)
    if quiet or "CI" in os.environ or not sys.stderr.isatty():
        return None
    from rich.console import Console

    return Console(stderr=True)


@contextmanager
def waiting(
    label: str,
    console: Callable[[], "Console | None"] = terminal,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[Told]:
    """Shows a bar for as long as the `with` block lasts, if it lasts; it moves when it is told, by no thread of its
    own: a process with threads cannot be forked.
    """
    bar = _Bar(label, console, clock)
    try:
        yield bar.told
    finally:
        bar.close()


class _Bar:
    def __init__(self, label: str, console: Callable[[], "Console | None"], clock: Callable[[], float]) -> None:
        self.label, self.console, self.clock = label, console, clock
        self._next = clock() + PATIENCE
        self._close: Callable[[], None] = lambda: None
        self._draw: Told | None = None

    def told(self, done: int, total: int) -> None:
        if self.clock() < self._next:
            return
        self._draw = self._draw or self._opened()
        self._draw(done, total)
        self._next = self.clock() + _GLIMPSE

    def _opened(self) -> Told:
        console = self.console()
        if not console:
            return lambda done, total: None
        from rich.progress import Progress

        bar = Progress(console=console, transient=True, auto_refresh=False, get_time=self.clock)
        task = bar.add_task(self.label, total=None)
        bar.start()
        self._close = bar.stop
        return lambda done, total: bar.update(task, completed=done, total=total, refresh=True)

    def close(self) -> None:
        self._close()
