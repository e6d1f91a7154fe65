"""What is related to an entry, and why: near in subject first, then near in time.

Terms that few entries bear say more than terms that most bear, so a shared term weighs the logarithm of how rare it is.
Of each term only the entries next in time are looked at: the work for one entry does not grow with the hub.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from math import log
from typing import Any

from chautari.entry import Entry, newest_first
from chautari.library import Library
from chautari.timing import timed
from chautari.vocabulary import LABELS, Term

AT_MOST = 3
"""How many are shown."""
NEIGHBOURS = 12
"""How many entries on either side in time are looked at for each shared term."""


@dataclass(frozen=True)
class Related:
    """An entry and the terms that it shares with the one it is related to, most telling first."""

    entry: Entry
    shared: tuple[Term, ...]

    @property
    def why(self) -> tuple[str, ...]:
        """The vocabularies of the shared terms, in the order of labels; regions are a kind of country here."""
        kinds = {"countries" if term.vocabulary == "regions" else term.vocabulary for term in self.shared}
        return tuple(name for name in LABELS if name in kinds)


class Relations:
    """Answers what is related to an entry; holds the library's entries by term in the order of time."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._found: dict[str, list[Related]] = {}

    def prepare(self) -> None:
        """Answers for every entry now: processes that are forked later need not do it again."""
        for entry in self.library.published:
            self.related(entry)

    @cached_property
    def _by_term(self) -> dict[Term, tuple[list[object], list[str]]]:
        """The listed entries that bear a term, newest first: what they are sorted by, and their paths."""
        terms = {term for entry in self.library.listed for term in entry.labels}
        lists = {term: self.library.labelled(term) for term in terms}
        keys = {entry.path: newest_first(entry) for entry in self.library.listed}
        return {
            term: ([keys[entry.path] for entry in entries], [entry.path for entry in entries])
            for term, entries in lists.items()
        }

    def related(self, entry: Entry) -> list[Related]:
        """The nearest entries of the same collection, each sharing at least two terms; nearest first."""
        if entry.path not in self._found:
            self._found[entry.path] = self._nearest(entry)
        return self._found[entry.path]

    @timed("Finding what is related", 1)
    def _nearest(self, entry: Entry) -> list[Related]:
        key = newest_first(entry)
        near = {term: self._near(term, key) for term in entry.labels if term in self._by_term}
        shared = {path: [term for term, paths in near.items() if path in paths] for path in _in_two(near.values())}
        scored = [
            (-sum(map(self._weight, terms)), abs(self._days[path] - key[0]), path) for path, terms in shared.items()
        ]
        others = (path for _, _, path in sorted(scored) if self._is_another(path, entry))
        return [
            Related(self._listed[path], tuple(sorted(shared[path], key=self._weight, reverse=True)))
            for path in islice(others, AT_MOST)
        ]

    def _near(self, term: Term, key: Any) -> set[str]:
        """The paths of the entries that bear a term and stand next in time."""
        keys, paths = self._by_term[term]
        place = bisect_left(keys, key)
        return set(paths[max(0, place - NEIGHBOURS) : place + NEIGHBOURS + 1])

    def _is_another(self, path: str, entry: Entry) -> bool:
        other = self._listed[path]
        return other is not entry and other.collection == entry.collection and other.slug != entry.slug

    def _weight(self, term: Term) -> float:
        return self._weights[term]

    @cached_property
    def _listed(self) -> dict[str, Entry]:
        return {entry.path: entry for entry in self.library.listed}

    @cached_property
    def _days(self) -> dict[str, float]:
        """By path, what newest_first says of the date."""
        return {entry.path: newest_first(entry)[0] for entry in self.library.listed}

    @cached_property
    def _weights(self) -> dict[Term, float]:
        return {term: log(1 + len(self.library.listed) / len(bearing)) for term, (_, bearing) in self._by_term.items()}


def _in_two(sets: Iterable[set[str]]) -> set[str]:
    """What is in two sets or more."""
    once, twice = set[str](), set[str]()
    for each in sets:
        twice |= once & each
        once |= each
    return twice
