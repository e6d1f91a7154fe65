"""Addresses over the years: an old one leads to where its entry stands now, and none that was published dies."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from chautari.entry import Entry
from chautari.library import CONTENT
from chautari.problems import Problem
from chautari.site import destination
from chautari.source import read_text

PUBLISHED = f"{CONTENT}/urls.txt"
"""Every address that was ever published, one a line."""


def taken(entries: Iterable[Entry], owners: Mapping[str, str]) -> Iterator[Problem]:
    """Old addresses that something else answers, or that would lie inside or around another file.

    `owners` are the site's files, each with the name of what it is made of.
    """
    folders = {parent.as_posix(): name for name in owners for parent in PurePosixPath(name).parents}
    for entry in entries:
        for number, alias in enumerate(entry.aliases):
            old = destination(alias.lstrip("/"))
            around = [parent.as_posix() for parent in PurePosixPath(old).parents]
            owner = next(filter(None, [owners.get(old), folders.get(old), *map(owners.get, around)]), None)
            if alias.startswith("/") and owner:
                line = entry.source.line(("aliases", number))
                message = f"{alias!r} is taken by {owner}"
                yield Problem(entry.path, line, "aliases", message, "An address can lead to one page only.")


def lost(root: Path, known: set[str]) -> Iterator[Problem]:
    """Addresses that were published once and that nothing answers any more; `known` are the site's files."""
    if (root / PUBLISHED).is_file():
        for number, line in enumerate(read_text(root / PUBLISHED, PUBLISHED).splitlines(), 1):
            address = line.strip()
            if address and not address.startswith("#") and destination(address.lstrip("/")) not in known:
                hint = "Bring the page back, or add the address to the `aliases:` of the page that takes its place."
                yield Problem(PUBLISHED, number, "", f"{address} was published once and is gone", hint)
