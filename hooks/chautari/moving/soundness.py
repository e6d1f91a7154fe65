"""Whether entries can be read back and published: some at a time, so that never all their texts are held."""

from collections.abc import Iterable, Iterator, Sequence, Set
from pathlib import Path

from chautari.judging import judge, judge_whole
from chautari.library import Library
from chautari.problems import ContentError, Problem
from chautari.reading import Reading, read
from chautari.site import Site
from chautari.source import bytes_of

_PART = 500
"""So many entries are judged at once, or as many as the hub has already; fewer, if they are long."""
_BYTES = 8_000_000
"""The most of a part, on the disk; read, they take three times as much."""


def read_apart(
    files: Sequence[str], apart: Set[str], library: Library, site: Site, root: Path
) -> Iterator[tuple[list[Reading], list[Problem]]]:
    """Files that a library does not hold, part by part, and what is wrong in them and beside the entries that it holds.

    Links to files `apart`, to which these belong, are taken to be right: whoever wrote them knew where they stand.
    """
    names = {name.rpartition("/")[2] for name in apart}
    for part in _parts(files, max(_PART, len(library.entries)), root):
        readings: list[Reading] = []
        problems: list[Problem] = []
        for name in part:
            try:
                readings.append(_read(name, library, site, root))
            except ContentError as error:
                problems += error.problems
        whole = _with(readings, library, site)
        yield readings, [*problems, *judge_whole(whole, names), *judge(readings, whole, root, names)]


def _parts(files: Iterable[str], most: int, root: Path) -> Iterator[list[str]]:
    part, size = list[str](), 0
    for name in files:
        part.append(name)
        size += (root / name).stat().st_size
        if len(part) == most or size > _BYTES:
            yield part
            part, size = [], 0
    if part:
        yield part


def _read(name: str, library: Library, site: Site, root: Path) -> Reading:
    collection = library.collections[name.split("/")[1]]
    return read(bytes_of(root / name, name), name, collection, library.vocabularies, site.language)


def _with(readings: Sequence[Reading], library: Library, site: Site) -> Library:
    entries = [*library.entries, *(reading.entry for reading in readings)]
    return Library(entries, tuple(library.collections.values()), library.vocabularies, site)
