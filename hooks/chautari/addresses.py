"""Addresses over the years: an old one leads to where its entry stands now, and none that was published dies."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from chautari.entry import Entry
from chautari.library import CONTENT
from chautari.problems import Problem
from chautari.site import destination
from chautari.source import read_text

PUBLISHED = f"{CONTENT}/urls.txt"
"""Every address that was ever published, one a line."""


class Owners(dict[str, str]):
    """The site's files, each with the name of what it is made of. `problems` tell of those that two things claim."""

    def __init__(self, files: Mapping[str, str] = MappingProxyType({})) -> None:
        super().__init__(files)
        self.problems: list[Problem] = []

    def claim(self, name: str, owner: str) -> None:
        """Gives a file to its owner, unless another one has it."""
        other = self.setdefault(name, owner)
        if other is not owner:
            message = f"has the address /{name.removesuffix('index.html')} of {other}"
            self.problems.append(Problem(owner, 0, "", message, "Rename one of the two."))


def taken(entries: Iterable[Entry], owners: Mapping[str, str]) -> Iterator[Problem]:
    """Old addresses that something else answers, or that would lie inside or around another file."""
    folders = {folder: name for name in owners for folder in _around(name)}
    for entry in entries:
        for number, alias in enumerate(entry.aliases):
            old = destination(alias.lstrip("/"))
            owner = next(filter(None, [owners.get(old), folders.get(old), *map(owners.get, _around(old))]), None)
            if alias.startswith("/") and owner:
                line = entry.source.line(("aliases", number))
                message = f"{alias!r} is taken by {owner}"
                yield Problem(entry.path, line, "aliases", message, "An address can lead to one page only.")


def _around(name: str) -> Iterator[str]:
    """The folders that a file lies in; by hand, because objects for the ways of all files take a tenth of a second."""
    while "/" in name:
        name = name.rpartition("/")[0]
        yield name


def lost(root: Path, known: set[str]) -> Iterator[Problem]:
    """Addresses that were published once and that nothing answers any more; `known` are the site's files."""
    if (root / PUBLISHED).is_file():
        for number, line in enumerate(read_text(root / PUBLISHED, PUBLISHED).splitlines(), 1):
            address = line.strip()
            if address and not address.startswith("#") and destination(address.lstrip("/")) not in known:
                hint = "Bring the page back, or add the address to the `aliases:` of the page that takes its place."
                yield Problem(PUBLISHED, number, "", f"{address} was published once and is gone", hint)
