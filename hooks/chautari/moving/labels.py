"""What the old labels mean here: Blogger and others had one kind of label, the hub has several vocabularies.

A label that nothing here is called by is never lost: it becomes a topic, until an editor says what it means in a table
(`--labels`): `Old label: {countries: Nepal, themes: [Decent work]}`, or `Old label: drop`.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import count
from pathlib import Path

import yaml
from rapidfuzz import fuzz, process, utils
from slugify import slugify

from chautari.library import Library
from chautari.moving.writing import plain
from chautari.problems import ContentError, Problem, did_you_mean
from chautari.references import Reference
from chautari.source import read_data
from chautari.vocabulary import Term, folded

FIELDS = {
    "themes": ("themes",),
    "groups": ("groups",),
    "countries": ("countries", "regions"),
    "topics": ("topics",),
}
"""The fields for labels, each with the vocabularies that it may name. A label that two know means the first of them."""
DROP = "drop"
TOPICS = "vocabularies/topics.yml"
_NEAR = 60

Meaning = Mapping[str, tuple[str, ...]]
"""Fields of an entry, each with the words to write into it."""


class Labels:
    """Every label of an export with its meaning here, decided once for all entries.

    `labels` has each once, however it is capitalised. `new` are the topics to be added, by key; `unmapped` the labels
    that are topics without anybody having said so.
    """

    def __init__(self, counts: Mapping[str, int], library: Library, given: Mapping[str, Meaning]) -> None:
        self.library, self.given = library, given
        self.new: dict[str, str] = {}
        self.unmapped: list[str] = []
        self._meanings: dict[str, Meaning] = {}
        self._words = {folded(label) for label in counts}
        self._words |= {folded(name) for meaning in given.values() for name in meaning.get("topics", ())}
        self.labels: list[str] = []
        for label in sorted(counts, key=lambda label: (-counts[label], label)):
            word = folded(label)
            if word not in self._meanings:
                self._meanings[word] = self._meaning(label)
                self.labels.append(label)

    def meaning(self, label: str) -> Meaning:
        """What to write for a label; nothing for one that is to be dropped."""
        return self._meanings.get(folded(plain(label)), {})

    def fields(self, labels: Iterable[str]) -> dict[str, list[str]]:
        """The fields of an entry that had these labels, each word once."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for label in labels:
            for field, words in self.meaning(label).items():
                found[field].update(dict.fromkeys(words))
        return {field: list(found[field]) for field in (*FIELDS, "partners") if found[field]}

    def address(self, label: str) -> str:
        """The page of what a label means, from the site's root; empty where it has none of its own."""
        for field, words in self.meaning(label).items():
            if field == "partners":
                partner = self.library.get(Reference("partners", words[0]))
                return partner.url if partner else ""
            if terms := _terms(self.library, field, words[0]):
                return terms[0].url
            return f"topics/{self._key(words[0])}/"
        return ""

    def further_names(self) -> dict[tuple[str, str], list[str]]:
        """What has a page here, by its file and the key there, with the old labels that the editors' table gives it.

        The file of a partner has no such keys; its own is empty.
        """
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for label in self.labels:
            field, words = next(iter(self.meaning(label).items()), ("", ()))
            if not field or folded(label) not in self.given:
                continue
            if field == "partners":
                partner = self.library.find(Reference(field, words[0]))
                if partner and not self.library.candidates(Reference(field, label)):
                    found[partner.place, ""].append(label)
            elif terms := _terms(self.library, field, words[0]):
                if terms[0] not in self.library.vocabularies[terms[0].vocabulary].find(label):
                    found[f"vocabularies/{terms[0].vocabulary}.yml", terms[0].key].append(label)
            elif folded(label) != folded(words[0]):
                found[TOPICS, self._key(words[0])].append(label)
        return dict(found)

    def suggestion(self, label: str) -> str:
        """The nearest name that the hub knows, for an editor to decide; empty where none is near."""
        names = {name for field in ("themes", "groups", "countries") for name in known_names(self.library, field)}
        names |= {partner.title for partner in self.library.of("partners")}
        near = process.extractOne(
            label, sorted(names), scorer=fuzz.token_sort_ratio, processor=utils.default_process, score_cutoff=_NEAR
        )
        return str(near[0]) if near else ""

    def _meaning(self, label: str) -> Meaning:
        given = self.given.get(folded(label))
        if given is not None:
            if not given and not self._is_known(label):
                self._topic(label)  # one that no entry bears: its old page leads to the list of themes
            return {field: self._named(field, words) for field, words in given.items()}
        for field in FIELDS:
            if field != "topics" and (terms := _terms(self.library, field, label)):
                return {field: (_word(self.library, field, terms[0]),)}
        partners = self.library.candidates(Reference("partners", label))
        if len(partners) == 1:
            return {"partners": (partners[0].slug,)}
        self.unmapped.append(label)
        return {"topics": self._named("topics", (label,))}

    def _is_known(self, label: str) -> bool:
        return any(vocabulary.find(label) for vocabulary in self.library.vocabularies.values())

    def _named(self, field: str, words: tuple[str, ...]) -> tuple[str, ...]:
        """The words as an entry names them; a topic that is not there yet is noted as a new one."""
        if field == "partners":
            return words
        found = ((word, _terms(self.library, field, word)) for word in words)
        return tuple(_word(self.library, field, terms[0]) if terms else self._topic(word) for word, terms in found)

    def _topic(self, name: str) -> str:
        name = plain(name)
        known = next((other for other in self.new.values() if folded(other) == folded(name)), None)
        if known is None:
            known = self.new[self._free_key(name)] = name
        return known

    def _free_key(self, name: str) -> str:
        """A word for its address that no other topic has, and that is no other's name: "c" is not the key of C#."""
        taken = self.new.keys() | self.library.vocabularies["topics"].terms.keys()
        others = self._words - {folded(name)}
        key = slugify(name) or "topic"
        words = (key if number == 1 else f"{key}-{number}" for number in count(1))
        return next(word for word in words if word not in taken and folded(word) not in others)

    def _key(self, name: str) -> str:
        return next((key for key, known in self.new.items() if known == name), "")


def _terms(library: Library, field: str, word: str) -> list[Term]:
    """The terms that a word means in a field; one only, or it would be a mistake there."""
    found = [term for name in FIELDS[field] for term in library.vocabularies[name].find(word)]
    return found if len(found) == 1 else []


def _word(library: Library, field: str, term: Term) -> str:
    """How to write a term: by its English name, or by its key where another term has the same name."""
    return term.name() if _terms(library, field, term.name()) == [term] else term.key


def known_names(library: Library, field: str) -> list[str]:
    """The English names of the terms that may stand in a field."""
    return [name for each in FIELDS[field] for name in library.vocabularies[each].known_names()]


def with_topics(text: str, new: Mapping[str, str]) -> str:
    """The file of topics with these added at its end; what editors wrote into it stays as it is."""
    if not text.strip():
        text = "# Topics: labels of the old site that no other vocabulary knows.\n"
    blocks = [
        yaml.safe_dump({key: {"name": new[key]}}, allow_unicode=True, width=1_000)  # one line, as people write it
        for key in sorted(new)
    ]
    return "\n".join([text.rstrip("\n") + "\n", *blocks]) if blocks else text


# --- the editors' table ---


def read_labels(path: Path, library: Library) -> dict[str, Meaning]:
    """The editors' table of labels, by the label as words are compared. Raises `ContentError`."""
    source = read_data(path, str(path))
    problems: list[Problem] = []
    meanings: dict[str, Meaning] = {}

    def report(label: str, message: str, hint: str, *inner: str) -> None:
        problems.append(Problem(str(path), source.line((label, *inner)), label, message, hint))

    for label, value in source.data.items():
        if folded(label) in meanings:
            report(label, "is given twice, with other capitals or hyphens", "Keep one of the two.")
        elif value == DROP:
            meanings[folded(label)] = {}
        elif isinstance(value, dict):
            meanings[folded(label)] = _read_meaning(label, value, library, report)
        else:
            report(label, f"{value!r} says no field", "Write for example {themes: Decent work}, or drop.")
    if problems:
        raise ContentError(problems)
    return meanings


def _read_meaning(label: str, value: dict[str, object], library: Library, report: Callable[..., None]) -> Meaning:
    meaning: dict[str, tuple[str, ...]] = {}
    for field, given in value.items():
        words = tuple(map(str, given)) if isinstance(given, list) else (str(given),)
        if field not in (*FIELDS, "partners"):
            hint = did_you_mean(field, FIELDS) or f"The fields are: {', '.join((*FIELDS, 'partners'))}."
            report(label, f"{field!r} is not a field for labels", hint, field)
            continue
        for word in words:
            if not _is_known(field, word, library):
                known = _names_of(field, library)
                report(label, f"{word!r} is not one of the {field}", did_you_mean(word, known), field)
        meaning[field] = words
    return meaning


def _is_known(field: str, word: str, library: Library) -> bool:
    if field == "partners":
        return len(library.candidates(Reference("partners", word))) == 1
    return field == "topics" or bool(_terms(library, field, word))


def _names_of(field: str, library: Library) -> list[str]:
    if field == "partners":
        return [name for partner in library.of("partners") for name in partner.names]
    return known_names(library, field)


def counted(labels: Iterable[str]) -> Counter[str]:
    """How often each label stands, in the form in which it could be written into an entry."""
    return Counter(name for label in labels if (name := plain(label)))
