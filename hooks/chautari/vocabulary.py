"""The labels of the hub: closed sets of terms with names in many languages, aliases and a hierarchy.

A term never comes into being from a typing error: what no vocabulary knows is a problem with a suggestion.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, TypeAlias

from babel.core import Locale, UnknownLocaleError
from pydantic import BeforeValidator, GetCoreSchemaHandler, ValidationInfo
from pydantic_core import core_schema

from chautari.problems import ContentError, Problem, did_you_mean
from chautari.source import Source, read_data
from chautari.validation import Model, validate
from chautari.values import Key, Many, Text, WebAddress, complaint

VOCABULARIES = ("countries", "regions", "themes", "groups", "topics", "kinds")
"""The files in content/vocabularies/, each a closed set."""
LABELS = ("countries", "regions", "themes", "groups", "topics")
"""The vocabularies whose terms have pages and feeds of their own; topics are the rest, of an old blog above all."""
ACRONYMS = "acronyms.yml"
"""What stands beside them and is none: nothing is labelled with an acronym."""
NAME_LANGUAGES = ("en", "bn", "hi", "id", "km", "ne", "fil", "fr", "es", "nl")
"""The languages in which a country's CLDR name is understood: those of the members and of their partners abroad."""

_SEPARATORS = re.compile(r"[\s_\-–—]+")


def folded(text: str) -> str:
    """A word in the form in which words are compared: case, hyphens, spaces and & do not tell two labels apart."""
    text = unicodedata.normalize("NFKC", text).casefold().replace("&", " and ")
    return _SEPARATORS.sub(" ", text).strip()


@dataclass(frozen=True, eq=False)
class Term:
    """One label. `key` is its word in addresses; `uses` the collections that a kind belongs to.

    Terms are compared by identity: a hub has one object for each.
    """

    vocabulary: str
    key: str
    names: Mapping[str, str] = field(repr=False)
    aliases: Sequence[str] = field(default=(), repr=False)
    descriptions: Mapping[str, str] = field(default_factory=dict, repr=False)
    code: str = ""
    same_as: str = ""
    uses: Sequence[str] = field(default=(), repr=False)
    broader: "Term | None" = field(default=None, repr=False)

    @property
    def url(self) -> str:
        """The address of the term's page, from the site's root."""
        return f"{self.vocabulary}/{self.key}/"

    def name(self, language: str = "en") -> str:
        """The name in a language, else in English."""
        return self.names.get(language) or self.names.get(language.split("-")[0]) or self.names["en"]

    def description(self, language: str = "en") -> str:
        """What the term means, in a language or else in English; empty where nobody has said it."""
        return self.descriptions.get(language) or self.descriptions.get("en", "")

    def ancestors(self) -> Iterator["Term"]:
        """The broader terms, nearest first."""
        term = self.broader
        while term:
            yield term
            term = term.broader

    def __str__(self) -> str:
        return self.name()


class _CountryNames(Mapping[str, str]):
    """A country's names by language: those given, else CLDR's, read when first asked for (a locale takes 10 ms).

    CLDR has no name for some small ones in some languages: ask with `get`.
    """

    def __init__(self, code: str, given: Mapping[str, str]) -> None:
        self.code, self.given = code, given
        self._known = dict(given)

    def __getitem__(self, language: str) -> str:
        if language not in self._known:
            try:
                self._known[language] = str(Locale.parse(language, sep="-").territories[self.code])
            except (UnknownLocaleError, ValueError):
                raise KeyError(language) from None
        return self._known[language]

    def __iter__(self) -> Iterator[str]:
        return iter(NAME_LANGUAGES)

    def __len__(self) -> int:
        return len(NAME_LANGUAGES)

    def __repr__(self) -> str:
        """What the names are made of: said without reading a locale."""
        return f"{self.code} {self.given}"


class Vocabulary:
    """A closed set of terms, in the order of its file, and the only judge of what a label means."""

    def __init__(self, name: str, terms: Iterable[Term]) -> None:
        self.name = name
        self.terms: dict[str, Term] = {term.key: term for term in terms}

    def __iter__(self) -> Iterator[Term]:
        return iter(self.terms.values())

    def find(self, text: str) -> list[Term]:
        """The terms that a word may mean (key, name, code or alias, in any language): usually one, none if unknown."""
        word = folded(text)
        return self._index.get(word) or self._foreign_index.get(word) or []

    def known_names(self) -> list[str]:
        """What to suggest to somebody who mistyped: the names in English."""
        return [term.name() for term in self]

    @cached_property
    def _index(self) -> dict[str, list[Term]]:
        return _indexed((word, term) for term in self for word in (term.key, term.code, term.name(), *term.aliases))

    @cached_property
    def _foreign_index(self) -> dict[str, list[Term]]:
        # Apart, because most labels are found without it, and reading ten locales takes longer than reading 500 files.
        return _indexed((term.name(language), term) for term in self for language in term.names)


def _indexed(words: Iterable[tuple[str, Term]]) -> dict[str, list[Term]]:
    index: dict[str, list[Term]] = {}
    for word, term in words:
        terms = index.setdefault(folded(word), [])
        if word and term not in terms:
            terms.append(term)
    return index


# --- reading ---


def _in_english(value: Any) -> Any:
    return {"en": value} if isinstance(value, str) else value


Translated: TypeAlias = Annotated[dict[str, Text], BeforeValidator(_in_english)]


class TermFields(Model):
    """What an editor may write about one term."""

    name: Translated | None = None
    code: Text | None = None
    aliases: Many[Text] = ()
    description: Translated | None = None
    broader: Key | None = None
    same_as: WebAddress | None = None
    of: Many[Text] = ()


def read_vocabularies(folder: Path, name: str) -> tuple[dict[str, Vocabulary], list[Problem]]:
    """All vocabularies of a folder, as far as they are sound, and what is wrong. `name` is the folder in problems."""
    problems: list[Problem] = []
    fields: dict[tuple[str, str], tuple[Source, TermFields]] = {}
    for path in sorted(folder.glob("*.y*ml")):
        vocabulary = path.stem
        if path.name == ACRONYMS:
            continue
        if vocabulary not in VOCABULARIES or path.suffix != ".yml":
            hint = did_you_mean(path.name, known := [*(f"{each}.yml" for each in VOCABULARIES), ACRONYMS])
            where = f"{name}/{path.name}"
            problems.append(Problem(where, 0, "", "is not a vocabulary", hint or f"They are: {', '.join(known)}."))
            continue
        try:
            source = read_data(path, f"{name}/{path.name}")
        except ContentError as error:
            problems += error.problems
            continue
        for key, data in source.data.items():
            judged = _judge_term(vocabulary, key, data, source)
            if isinstance(judged, TermFields):
                fields[vocabulary, key] = source, judged
            else:
                problems += judged
    terms: dict[tuple[str, str], Term] = {}
    for place in fields:
        _make_term(place, fields, terms, problems, ())
    return {
        vocabulary: Vocabulary(vocabulary, [term for (owner, _), term in terms.items() if owner == vocabulary])
        for vocabulary in VOCABULARIES
    }, problems


def _judge_term(vocabulary: str, key: str, data: Any, source: Source) -> TermFields | list[Problem]:
    def problem(message: str, hint: str, *inner: str) -> list[Problem]:
        return [Problem(source.path, source.line((key, *inner)), ", ".join((key, *inner)), message, hint)]

    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key):
        return problem(
            "is not a word for an address",
            "Use a-z, 0-9 and single hyphens; the name as people write it goes into `name:`.",
        )
    if not isinstance(data, dict):
        return problem("has no fields", "Write `name: …` below it, indented by two spaces.")
    try:
        fields = validate(TermFields, Source(source.path, data, head=source.head, within=(key,)))
    except ContentError as error:
        return [replace(found, field=f"{key}, {found.field}") for found in error.problems]
    if vocabulary == "countries":
        code = (fields.code or "").upper()
        if code not in Locale("en").territories or not re.fullmatch("[A-Z]{2}", code):
            return problem(
                f"{fields.code!r} is not a country's code" if fields.code else "is missing",
                "Write the two letters of ISO 3166-1: `code: BD`.",
                "code",
            )
    elif not fields.name or "en" not in fields.name:
        return problem("has no English name", "Write `name: …` below it, indented by two spaces.")
    return fields


def _make_term(
    place: tuple[str, str],
    fields: Mapping[tuple[str, str], tuple[Source, TermFields]],
    terms: dict[tuple[str, str], Term],
    problems: list[Problem],
    below: tuple[tuple[str, str], ...],
) -> Term | None:
    """The term at a place, made after its broader one; `below` are the places that are waiting for it."""
    if place in terms:
        return terms[place]
    source, given = fields[place]
    vocabulary, key = place
    broader = None
    if given.broader:
        # A country lies in a region; every other term is below one of its own kind.
        above = ("regions" if vocabulary == "countries" else vocabulary, given.broader)
        where = (source.path, source.line((key, "broader")), f"{key}, broader")
        if above in below or above == place:
            problems.append(
                Problem(*where, f"{given.broader!r} is itself below {key!r}", "A term cannot be its own broader term.")
            )
        elif above not in fields:
            known = [name for owner, name in fields if owner == above[0]]
            problems.append(
                Problem(*where, f"{given.broader!r} is not one of the {above[0]}", did_you_mean(given.broader, known))
            )
        else:
            broader = _make_term(above, fields, terms, problems, (*below, place))
    code = (given.code or "").upper()
    names = _CountryNames(code, given.name or {}) if vocabulary == "countries" else dict(given.name or {})
    terms[place] = Term(
        vocabulary, key, names, given.aliases, given.description or {}, code, given.same_as or "", given.of, broader
    )
    return terms[place]


# --- a label in front matter ---


@dataclass(frozen=True, slots=True)
class LabelFrom:
    """Marks a field whose text is a term of one of these vocabularies; `use` narrows kinds to those of a collection.

    The vocabularies come with the validation's context: {"vocabularies": {name: Vocabulary}}.
    """

    vocabularies: tuple[str, ...]
    use: str = ""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.with_info_after_validator_function(
            self.term,
            core_schema.str_schema(min_length=1, strip_whitespace=True),
            serialization=core_schema.plain_serializer_function_ser_schema(lambda term: term.key),
        )

    def term(self, text: str, info: ValidationInfo) -> Term:
        """The term that a text means. Raises a complaint where there is none, or more than one."""
        vocabularies: Mapping[str, Vocabulary] = info.context["vocabularies"] if info.context else {}
        sets = [vocabularies[name] for name in self.vocabularies if vocabularies]
        found = self.found(text, vocabularies)
        if len(found) == 1:
            if info.context:
                info.context.setdefault("words", {})[_answered(self, text, found[0])] = None
            return found[0]
        if found:
            names = ", ".join(sorted(term.name() for term in found))
            raise complaint(f"{text!r} may mean any of: {names}", "Write the full name of the one that you mean.")
        known = [term.name() for vocabulary in sets for term in vocabulary if self.admits(term)]
        closed_set = "kinds of " + self.use if self.use else self.vocabularies[0]
        hint = did_you_mean(text, known) or (f"Known are: {', '.join(known)}." if len(known) <= 24 else "")
        several = "" if self.use else "Write several in brackets, with commas: [Nepal, India]."
        raise complaint(f"{text!r} is not one of the {closed_set}", hint or several)

    def found(self, text: str, vocabularies: Mapping[str, Vocabulary]) -> list[Term]:
        """The terms that a text may mean in this field."""
        sets = (vocabularies[name] for name in self.vocabularies if vocabularies)
        return [term for vocabulary in sets for term in vocabulary.find(text) if self.admits(term)]

    def admits(self, term: Term) -> bool:
        """Whether the term may stand in this field."""
        return not self.use or self.use in term.uses


def _answered(label: LabelFrom, text: str, term: Term) -> str:
    """A question and its answer in one word, which is quick to keep and to compare. Names are no part of it."""
    return "\n".join((",".join(label.vocabularies), label.use, text, f"{term.vocabulary} {term.key} {term.code}"))


def still_means(vocabularies: Mapping[str, Vocabulary], answered: str) -> bool:
    """Whether vocabularies would answer the same once more."""
    names, use, text, _ = answered.split("\n")
    label = LabelFrom(tuple(names.split(",")), use)
    found = label.found(text, vocabularies)
    return len(found) == 1 and _answered(label, text, found[0]) == answered


def _split_labels(value: Any, info: ValidationInfo) -> Any:
    """Blogger's editors write labels in one line: `countries: India, Nepal` is a list of two."""
    return [part.strip() for part in re.split("[,;]", value) if part.strip()] if isinstance(value, str) else value


Country: TypeAlias = Annotated[Term, LabelFrom(("countries",))]
Countries: TypeAlias = Annotated[
    tuple[Annotated[Term, LabelFrom(("countries", "regions"))], ...], BeforeValidator(_split_labels)
]
Themes: TypeAlias = Annotated[tuple[Annotated[Term, LabelFrom(("themes",))], ...], BeforeValidator(_split_labels)]
Groups: TypeAlias = Annotated[tuple[Annotated[Term, LabelFrom(("groups",))], ...], BeforeValidator(_split_labels)]
Topics: TypeAlias = Annotated[tuple[Annotated[Term, LabelFrom(("topics",))], ...], BeforeValidator(_split_labels)]
PostKind: TypeAlias = Annotated[Term, LabelFrom(("kinds",), "posts")]
TrainingKind: TypeAlias = Annotated[Term, LabelFrom(("kinds",), "trainings")]
PartnerKind: TypeAlias = Annotated[Term, LabelFrom(("kinds",), "partners")]
ResourceKind: TypeAlias = Annotated[Term, LabelFrom(("kinds",), "resources")]
