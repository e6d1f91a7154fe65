"""What a list is narrowed by: the values of its entries in groups, each with its words and its number."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from chautari.entry import Entry
from chautari.site import Site
from chautari.vocabulary import Term


class Choice(NamedTuple):
    """A value that entries are chosen by, and what readers call it."""

    value: str
    words: str


Choices = Mapping[str, Sequence[Choice]]
"""What one entry is chosen by, by the names of the groups."""
Filter = tuple[str, str, list[tuple[str, str, int]]]
"""A group in which anything may be chosen: name, title, and of each value its words and number."""


def of_term(term: Term, site: Site) -> Choice:
    """A term as a value."""
    return Choice(f"{term.vocabulary}:{term.key}", term.name(site.language))


def of_labels(entry: Entry, site: Site) -> dict[str, list[Choice]]:
    """What every entry is chosen by: its labels, and those above them."""
    borne = dict.fromkeys(term for label in entry.labels for term in (label, *label.ancestors()))
    return {
        "country": [of_term(term, site) for term in borne if term.vocabulary in ("countries", "regions")],
        "theme": [of_term(term, site) for term in borne if term.vocabulary == "themes"],
    }


def filters(choices: Iterable[Choices], titles: Mapping[str, str]) -> list[Filter]:
    """The groups of these titles in which anything may be chosen, the values of each in the order of their words."""
    found: dict[str, list[Choice]] = {name: [] for name in titles}
    for each in choices:
        for name in titles:
            found[name] += each[name]
    return [(name, title, _counted(found[name])) for name, title in titles.items() if found[name]]


def narrowing(found: Iterable[Filter], total: int) -> list[Filter]:
    """Those of the groups in which a choice leaves fewer than all of the list's `total` entries."""
    return [each for each in found if any(count < total for _, _, count in each[2])]


def _counted(choices: Sequence[Choice]) -> list[tuple[str, str, int]]:
    """Each value once, by the words that it has first: a name may be written in more than one way."""
    counts = Counter(value for value, _ in choices)
    words = dict(reversed(choices))
    ordered = sorted(counts, key=lambda value: (words[value].casefold(), value))
    return [(value, words[value], counts[value]) for value in ordered]


def values(choices: Choices) -> list[str]:
    """All values of one entry."""
    return [choice.value for group in choices.values() for choice in group]
