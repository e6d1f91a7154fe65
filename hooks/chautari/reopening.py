"""What a preview keeps between two saves: the library in memory, as long as nothing but texts is saved."""

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from chautari.cache import Cache, content_of, read_marked, state_of, touched
from chautari.documents import named_documents
from chautari.entry import Collection, Entry
from chautari.judging import judge
from chautari.library import CONTENT, Library
from chautari.loading import load
from chautari.pictures import named_pictures
from chautari.problems import ContentError
from chautari.reading import Reading, links_of, read
from chautari.site import Site

FEW = 32
"""So many texts are read one by one; more than that by all cores, with everything else."""


@dataclass(frozen=True)
class Opened:
    """The library of the project at `root`, and every file of content/ as it was before that was read, by its path."""

    root: Path
    library: Library
    files: Mapping[str, str]


def opened(
    last: Opened | None, root: Path, collections: Sequence[Collection[Entry]], site: Site, memory: Cache
) -> Opened:
    """The library as it is now. A preview gets that of its `last` rebuild, if nothing but texts was saved since.

    Raises `ContentError` with all that is wrong.
    """
    if last and (again := reopened(last, root, site)):
        return again
    files = files_of(root) if site.preview else {}
    return Opened(root, load(root, collections, site, memory), files)


def files_of(root: Path) -> dict[str, str]:
    """Every file below content/ with its state; what a program hides or puts beside a file while it saves is
    none.
    """
    now = time.time_ns()
    return dict(_files(str(root / CONTENT), CONTENT, now))


def _files(folder: str, name: str, now: int) -> Iterator[tuple[str, str]]:
    # What nobody may see is none of the files, so that the library is read anew, and it is said.
    with suppress(OSError), os.scandir(folder) as found:
        for each in found:
            if each.name.startswith(".") or each.name.endswith("~"):
                continue
            if each.is_dir():
                yield from _files(each.path, f"{name}/{each.name}", now)
            elif each.is_file():
                yield f"{name}/{each.name}", state_of(each.stat(), now)


def reopened(opened: Opened, root: Path, site: Site) -> Opened | None:
    """The library with its texts as they are now; None if it has to be read anew.

    That is so if anything else was changed: another file, front matter, which files a text names, the site's settings,
    or the day. Or if there is something wrong, so that all that is wrong is said at once. Nothing that the library
    knows hangs on a text, so that its indexes stay.
    """
    library, files = opened.library, files_of(root)
    same_hub = root == opened.root and _alike(site) == _alike(library.site)
    if not same_hub or files.keys() != opened.files.keys():
        return None
    saved = touched(opened.files, files)
    entries = [entry for name in saved if (entry := library.at(name))]
    if len(entries) < len(saved) or len(saved) > FEW:
        return None
    texts = [_read_again(entry, library, site, root) for entry in entries]
    found = [each for each in texts if each]
    if len(found) < len(texts) or any(judge([reading for _, reading in found], library, root, set())):
        return None
    contents = dict(library.contents)
    for entry, (mark, reading) in zip(entries, found, strict=True):
        entry.settle(source=reading.entry.source)
        contents[entry.path] = content_of(mark)
    library.contents, library.site = contents, site
    return Opened(root, library, files)


def _alike(site: Site) -> tuple[object, ...]:
    return site.name, site.url, site.description, site.settings, site.preview, site.today


def _read_again(entry: Entry, library: Library, site: Site, root: Path) -> tuple[str, Reading] | None:
    """The mark and the reading of an entry's file, if only its text can be another one."""
    try:
        mark, raw = read_marked(root / entry.path)
        reading = read(raw, entry.path, library.collections[entry.collection], library.vocabularies, site.language)
    except (OSError, ContentError):
        return None
    links = links_of(entry.source)
    before = [{place for _, _, place in named(entry, links)} for named in (named_pictures, named_documents)]
    alike = reading.entry.source.head == entry.source.head and [set(reading.pictures), set(reading.documents)] == before
    return (mark, reading) if alike else None
