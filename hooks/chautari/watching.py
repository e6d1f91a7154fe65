"""Who sees that a file was saved: the system itself, where it tells."""

import os
from pathlib import Path
from typing import Any

from watchdog.events import (
    DirMovedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

# Systems also tell who opens a file: the build itself does.
_SAVES: list[type[FileSystemEvent]] = [
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    DirMovedEvent,
]


class Watcher(Observer):  # type: ignore[misc, valid-type]  # which class it is depends on the system
    """Tells of saves alone."""

    def schedule(self, event_handler: FileSystemEventHandler, path: str, **options: Any) -> ObservedWatch:
        """Watches a file or folder."""
        watch: ObservedWatch = super().schedule(event_handler, path, **{**options, "event_filter": _SAVES})
        return watch


def watcher(folder: Path) -> BaseObserver | None:
    """What tells of saves as they happen; None where the system does not, or CHAUTARI_WATCH=poll is set.

    Network drives and folders shared with a virtual machine may need that: of changes there, the system knows nothing.
    """
    if os.environ.get("CHAUTARI_WATCH") == "poll" or Observer is PollingObserver:
        return None
    probe = Watcher()
    probe.schedule(FileSystemEventHandler(), str(folder), recursive=True)
    try:
        probe.start()
    except OSError:  # too many folders are watched already on this machine
        return None
    probe.stop()
    probe.join()
    return Watcher()
