"""Acronyms: what each stands for and where it leads. Partners bring theirs along; the others stand in a vocabulary.

content/vocabularies/acronyms.yml is no set of labels, since nothing is sorted under an acronym: it is read here. One
that means several things, a partner perhaps among them, has a list of them there. It is explained on the page of
acronyms and left alone in texts, because nobody but the writer knows which one is meant.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from chautari.entry import Entry
from chautari.problems import ContentError, Problem
from chautari.references import PartnerRef, Reference
from chautari.source import Source, read_data
from chautari.validation import Model, validate
from chautari.values import WebAddress, complaint
from chautari.vocabulary import ACRONYMS, Translated, folded

PAGE = "acronyms/"
"""The address of the page that explains them all, from the site's root."""

_IN_CAPITALS = re.compile(r"[A-Z][A-Z0-9.!&-]{0,20}[A-Z0-9]")


class Meaning(Model):
    """What an editor may write about one meaning of an acronym. `partner` is the organisation that it is."""

    name: Translated
    description: Translated | None = None
    website: WebAddress | None = None
    partner: PartnerRef | None = None

    def model_post_init(self, context: Any, /) -> None:
        if "en" not in self.name:
            raise complaint("has no English name", "Write it as `name: {en: …}` beside the others.", "name")


@dataclass(frozen=True)
class Definition:
    """One meaning of an acronym in the vocabulary, and the place where it stands."""

    word: str
    meaning: Meaning
    source: Source

    @property
    def acronym(self) -> "Acronym":
        """The meaning for itself, whoever bears it."""
        given = self.meaning
        names = {"en": given.name["en"], **given.name}
        return Acronym(self.word, names, given.description or {}, given.website or "")

    def is_of(self, entry: Entry) -> bool:
        """Whether it tells of an entry that has this acronym, by one of its names."""
        return folded(self.meaning.name["en"]) in {folded(name) for name in entry.names}


class Expansion(NamedTuple):
    """What a text says of an acronym: its long form, the language of that where it is not the text's, and its goal."""

    long_form: str
    language: str
    url: str


@dataclass(frozen=True)
class Acronym:
    """One meaning of an acronym. `names` are its long forms by language, the first one being its own.

    `url` is the page of the one that bears it, from the site's root, and `work` the work of which that is the page.
    """

    word: str
    names: Mapping[str, str]
    descriptions: Mapping[str, str] = field(default_factory=dict)
    website: str = ""
    url: str = ""
    work: str = ""

    @cached_property
    def anchor(self) -> str:
        """Its place on the page of acronyms."""
        return re.sub(r"[\W_]+", "-", self.word.lower()).strip("-")

    def language(self, wanted: str) -> str:
        """The language of the long form that one who reads a language is told."""
        if wanted in self.names:
            return wanted
        whole = wanted.partition("-")[0]
        return whole if whole in self.names else next(iter(self.names))

    def description(self, language: str = "en") -> str:
        """What it is, in a language or else in English; empty where nobody has said it."""
        return self.descriptions.get(language) or self.descriptions.get("en", "")

    def expanded(self, language: str) -> Expansion:
        """What a text in a language says of it."""
        told = self.language(language)
        return Expansion(self.names[told], "" if told == language else told, self.url or f"{PAGE}#{self.anchor}")


# --- reading ---


def read_acronyms(folder: Path, name: str) -> tuple[list[Definition], list[Problem]]:
    """The acronyms of the vocabularies' folder, and what is wrong with them. `name` is the folder in problems."""
    found: list[Definition] = []
    problems: list[Problem] = []
    try:
        whole = read_data(folder / ACRONYMS, f"{name}/{ACRONYMS}") if (folder / ACRONYMS).is_file() else Source("", {})
    except ContentError as error:
        return [], list(error.problems)
    for word, source in _places(whole):
        try:
            found.append(_judged(word, source))
        except ContentError as error:
            problems += error.problems
    return found, problems


def _places(whole: Source) -> Iterator[tuple[str, Source]]:
    """Each acronym with what is written of it, or with each of several meanings."""
    for word, data in whole.data.items():
        if isinstance(data, list) and data:
            for number, each in enumerate(data):
                yield word, whole._replace(data=each, within=(word, number))
        else:
            yield word, whole._replace(data=data, within=(word,))


def _judged(word: str, source: Source) -> Definition:
    def refused(message: str, hint: str) -> ContentError:
        return ContentError([Problem(source.path, source.line(()), word, message, hint)])

    data: Any = source.data  # whatever the editor wrote
    if not _IN_CAPITALS.fullmatch(word):
        raise refused("is not an acronym", "Write two or more capitals, as texts do; the long form goes into `name:`.")
    if not isinstance(data, dict):
        raise refused("has no fields", "Write `name: …` below it, indented by two spaces.")
    try:
        return Definition(word, validate(Meaning, source), source)
    except ContentError as error:
        raise ContentError(replace(each, field=f"{word}, {each.field}") for each in error.problems) from None


# --- what is known ---


def book(
    entries: Iterable[Entry], definitions: Iterable[Definition], find: Callable[[Reference], Entry | None]
) -> dict[str, tuple[Acronym, ...]]:
    """All meanings of each acronym: those that these entries bring along, and those of the vocabulary.

    What the vocabulary says of one of the entries is added to what that says of itself.
    """
    works = {entry.work: entry for entry in entries}
    found: dict[str, dict[str, Acronym]] = defaultdict(dict)
    for work, entry in works.items():
        if own := entry.abbreviated():
            found[own[0]][work] = Acronym(*own, url=entry.url, work=work)
    for each in definitions:
        known = found[each.word]
        acronym = each.acronym
        if bearer := _bearer(each, [works[work] for work in known if work in works], works, find):
            own_names = known[bearer.work].names if bearer.work in known else {}
            names = {**own_names, **acronym.names, **own_names}
            acronym = replace(acronym, names=names, url=bearer.url, work=bearer.work)
        known[acronym.work or acronym.names["en"]] = acronym
    return {word: tuple(meanings.values()) for word, meanings in sorted(found.items())}


def _bearer(
    definition: Definition,
    candidates: Iterable[Entry],
    works: Mapping[str, Entry],
    find: Callable[[Reference], Entry | None],
) -> Entry | None:
    """The entry that a definition tells of: the one that it names, else one of its own name."""
    if definition.meaning.partner:
        named = find(definition.meaning.partner)
        return works.get(named.work) if named else None
    return next(filter(definition.is_of, candidates), None)
