"""The library: all entries, frozen, and the questions one may ask of them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import product
from posixpath import dirname, join, normpath
from typing import Any, TypeVar

from chautari.acronyms import Acronym, Definition, book
from chautari.awards import Award
from chautari.comments import Comments
from chautari.dates import instant_of
from chautari.documents import NOTHING, Document
from chautari.entry import Collection, Entry, newest_first
from chautari.outer_links import Checks
from chautari.pictures import Known, Renditions
from chautari.references import Reference
from chautari.site import Site
from chautari.source import Location, Source
from chautari.vocabulary import Term, Vocabulary, folded

CONTENT = "content"
E = TypeVar("E", bound=Entry)
T = TypeVar("T")


class Library:
    """All entries of a hub. It answers questions; it does not render, write or change anything.

    What is a draft or scheduled has no page; what has expired or was withdrawn keeps its page and is on no list: that
    is decided here once (`published`, `listed`) and nowhere else.

    `contents` says what each file holds, by its path, as a short name; `facts` names all that the library knows but the
    texts of its entries. Both are filled in by the room that reads it.
    """

    def __init__(
        self,
        entries: Iterable[Entry],
        collections: Sequence[Collection[Entry]],
        vocabularies: dict[str, Vocabulary],
        site: Site,
        pictures: Mapping[str, Known] | None = None,
        awards: Iterable[Award] = (),
        documents: Mapping[str, Document] | None = None,
        checks: Checks | None = None,
        definitions: Iterable[Definition] = (),
        comments: Comments | None = None,
    ) -> None:
        self.site = site
        self.collections = {collection.name: collection for collection in collections}
        self.vocabularies = vocabularies
        self.pictures = pictures or {}
        self.awards = tuple(awards)
        self.documents = documents or {}
        self.checks = checks or {}
        self.definitions = tuple(definitions)
        self.comments = comments or {}
        self.entries = tuple(sorted(entries, key=lambda entry: entry.path))
        self.published = tuple(entry for entry in self.entries if _is_published(entry, site))
        self.readable = tuple(entry for entry in self.published if _is_current(entry, site))
        self.listed = tuple(sorted(_first_versions(self.readable), key=newest_first))
        self._pages = {entry.path for entry in self.published}
        self.contents: Mapping[str, str] = {}
        self.facts = ""
        self._made: dict[Any, Any] = {}
        self._names: dict[str, tuple[dict[str, list[Entry]], dict[str, list[Entry]]]] = {}

    # --- one entry ---

    def find(self, reference: Reference) -> Entry | None:
        """The entry that a reference means, published or not; None where there is none or more than one."""
        found = self.candidates(reference)
        return found[0] if len(found) == 1 else None

    def get(self, reference: Reference) -> Entry | None:
        """The entry that a reference means, if it has a page."""
        entry = self.find(reference)
        return entry if entry and entry.path in self._pages else None

    def candidates(self, reference: Reference) -> list[Entry]:
        """Every entry that a reference may mean: a slug wins over acronyms, names and aliases."""
        slugs, names = self._names_in(reference.collection)
        return slugs.get(reference.text) or names.get(folded(reference.text), [])

    def title(self, reference: Reference) -> str:
        """The title of what a reference means, or the words of the reference itself."""
        entry = self.find(reference)
        return entry.title if entry else reference.text

    def at(self, path: str) -> Entry | None:
        """The entry in a file, by its path from the project's root."""
        return self._by_path.get(path)

    def has_page(self, entry: Entry) -> bool:
        """Whether the entry is published."""
        return entry.path in self._pages

    def linked(self, entry: Entry | Source, path: str) -> Entry | None:
        """The entry that a link in another entry's text means: a path from the text's folder, or from content/."""
        return self.at(normpath(join(dirname(entry.path), path))) or self.at(normpath(join(CONTENT, path)))

    def translations(self, entry: Entry) -> tuple[Entry, ...]:
        """The published versions of an entry in all languages, itself included, its original first."""
        return tuple(self._versions[entry.work])

    def renditions(self, entry: Entry, file: str) -> Renditions | None:
        """The published forms of a picture that an entry names; None for a file that is no picture of any entry."""
        known = self.pictures.get(entry.beside(file))
        return known.renditions if known else None

    def size(self, entry: Entry, file: str) -> int:
        """How many bytes a document has that an entry names; 0 for one that it does not."""
        return self.document(entry, file).size

    def document(self, entry: Entry, file: str) -> Document:
        """What is known of a document that an entry names."""
        return self.documents.get(entry.beside(file), NOTHING)

    def mark(self, place: str) -> str:
        """What tells a document from another state of it, by its place in content/; empty for an unknown one."""
        return self.documents.get(place, NOTHING).sha256

    # --- many entries ---

    def everything(self, model: type[E]) -> list[E]:
        """All entries of a type, drafts and translations too: for judging, not for showing."""
        return [entry for entry in self.entries if isinstance(entry, model)]

    def all(self, model: type[E]) -> tuple[E, ...]:
        """The listed entries of a type, in the order of its collection."""
        name = next((name for name, collection in self.collections.items() if collection.model is model), "")
        return self.of(name)  # type: ignore[return-value]  # a collection holds its model's entries and no others

    def of(self, collection: str) -> tuple[Entry, ...]:
        """The listed entries of a collection, in its order; empty for an unknown one."""
        return self._in_order.get(collection, ())

    @property
    def sections(self) -> list[str]:
        """The collections that have a list of their own, empty or not; one that is no news may not be in use here."""
        return [name for name, collection in self.collections.items() if collection.news or self.of(name)]

    def labelled(self, *terms: Term) -> tuple[Entry, ...]:
        """The listed entries that bear all of these terms or narrower ones, newest first."""
        first, *others = sorted((self._by_term.get(term, ()) for term in terms), key=len)
        if not others:
            return first
        sets = [set(map(id, entries)) for entries in others]
        return tuple(entry for entry in first if all(id(entry) in members for members in sets))

    def mentioning(self, entry: Entry) -> tuple[Entry, ...]:
        """The listed entries that name an entry in a field, newest first."""
        return self._mentioning.get(entry.work, ())

    def naming(self, entry: Entry) -> Sequence[tuple[Entry, tuple[Location, ...]]]:
        """The same, each with the places in its front matter that name the entry."""
        return self._mentions.get(entry.work, ())

    def once(self, make: Callable[["Library"], T]) -> T:
        """An index that another room makes of the whole library, made when it is asked for first."""
        if make not in self._made:
            self._made[make] = make(self)
        made: T = self._made[make]
        return made

    def languages(self) -> list[str]:
        """The languages in which anything may be read, by their codes in the order of the alphabet."""
        return sorted({entry.language for entry in self.readable})

    def in_language(self, language: str) -> tuple[Entry, ...]:
        """All that may be read in a language, translations too, newest first."""
        return tuple(sorted((entry for entry in self.readable if entry.language == language), key=newest_first))

    def terms(self, vocabulary: str) -> list[Term]:
        """The terms of a vocabulary that are in use, in the order of its file."""
        return [term for term in self.vocabularies[vocabulary] if term in self._by_term]

    def in_use(self, term: Term) -> bool:
        """Whether a listed entry bears the term or a narrower one: then it has a page."""
        return term in self._by_term

    def counted(self, vocabulary: str) -> list[tuple[Term, int]]:
        """The terms of a vocabulary that are in use, each with the number of entries that bear it."""
        return [(term, len(self._by_term[term])) for term in self.terms(vocabulary)]

    def counted_among(self, entries: Iterable[Entry], vocabulary: str) -> list[tuple[Term, int]]:
        """The terms of a vocabulary that listed entries bear, each with the number of those that do."""
        counts = Counter(term for entry in entries for term in self._borne[entry.path])
        return [(term, counts[term]) for term in self.terms(vocabulary) if term in counts]

    def pairs(self) -> dict[tuple[Term, Term], tuple[Entry, ...]]:
        """The listed entries by country and theme, newest first; a pair that nothing bears is not there."""
        return self._by_pair

    def grouped(self, entries: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
        """Entries by collection, in the order of the collections, and each group in that of its own."""
        groups: dict[str, list[Entry]] = {name: [] for name in self.collections}
        for entry in entries:
            groups[entry.collection].append(entry)
        return {name: tuple(sorted(group, key=self.collections[name].order)) for name, group in groups.items() if group}

    def neighbours(self, entry: Entry) -> tuple[Entry | None, Entry | None]:
        """The entries before and after one in the order of its collection; None at an end, or if it is not listed."""
        entries, place = self.of(entry.collection), self._places.get(entry.path)
        if place is None:
            return None, None
        before = entries[place - 1] if place else None
        return before, entries[place + 1] if place + 1 < len(entries) else None

    def years(self, collection: str) -> list[tuple[int, int]]:
        """The years that a collection's listed entries are dated in, latest first, each with the number of entries."""
        counts = Counter(entry.date.year for entry in self.of(collection) if entry.date)
        return sorted(counts.items(), reverse=True)

    def narrower(self, term: Term) -> list[Term]:
        """The terms in use right below a term; below a region stand regions and countries."""
        places = ("regions", "countries") if term.vocabulary == "regions" else (term.vocabulary,)
        return [below for name in places for below in self.terms(name) if below.broader is term]

    # --- indexes: each is one walk over the entries ---

    @cached_property
    def acronyms(self) -> dict[str, tuple[Acronym, ...]]:
        """What each acronym may mean, in the order of the alphabet; more than one meaning if nobody can tell."""
        return book(self.listed, self.definitions, self.find)

    @cached_property
    def _by_path(self) -> dict[str, Entry]:
        return {entry.path: entry for entry in self.entries}

    @cached_property
    def _in_order(self) -> dict[str, tuple[Entry, ...]]:
        return self.grouped(self.listed)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {entry.path: place for group in self._in_order.values() for place, entry in enumerate(group)}

    def _names_in(self, collection: str) -> tuple[dict[str, list[Entry]], dict[str, list[Entry]]]:
        """The originals of a collection by slug and by name; made for those alone that somebody names."""
        if collection not in self._names:
            slugs, names = self._names[collection] = {}, {}
            for entry in self.entries:
                if entry.original and entry.collection == collection:
                    slugs.setdefault(entry.slug, []).append(entry)
                    for name in {folded(name) for name in entry.names}:
                        names.setdefault(name, []).append(entry)
        return self._names[collection]

    @cached_property
    def _borne(self) -> dict[str, tuple[Term, ...]]:
        """The terms that each listed entry bears, the broader ones of its labels included."""
        return {
            entry.path: tuple(dict.fromkeys(term for label in entry.labels for term in (label, *label.ancestors())))
            for entry in self.listed
        }

    @cached_property
    def _by_term(self) -> dict[Term, tuple[Entry, ...]]:
        index: dict[Term, list[Entry]] = defaultdict(list)
        for entry in self.listed:
            for term in self._borne[entry.path]:
                index[term].append(entry)
        return {term: tuple(entries) for term, entries in index.items()}

    @cached_property
    def _by_pair(self) -> dict[tuple[Term, Term], tuple[Entry, ...]]:
        index: dict[tuple[Term, Term], list[Entry]] = defaultdict(list)
        for entry in self.listed:
            borne = self._borne[entry.path]
            countries, themes = (
                [term for term in borne if term.vocabulary == name] for name in ("countries", "themes")
            )
            for pair in product(countries, themes):
                index[pair].append(entry)
        ordered = product(self.terms("countries"), self.terms("themes"))
        return {pair: tuple(index[pair]) for pair in ordered if pair in index}

    @cached_property
    def _mentions(self) -> dict[str, tuple[tuple[Entry, tuple[Location, ...]], ...]]:
        index: dict[str, dict[str, tuple[Entry, list[Location]]]] = defaultdict(dict)
        for entry in self.listed:
            for location, reference in entry.references():
                if named := self.find(reference):
                    index[named.work].setdefault(entry.path, (entry, []))[1].append(location)
        return {
            work: tuple((entry, tuple(locations)) for entry, locations in found.values())
            for work, found in index.items()
        }

    @cached_property
    def _mentioning(self) -> dict[str, tuple[Entry, ...]]:
        return {work: tuple(entry for entry, _ in found) for work, found in self._mentions.items()}

    @cached_property
    def _versions(self) -> dict[str, list[Entry]]:
        index: dict[str, list[Entry]] = defaultdict(list)
        for entry in sorted(self.published, key=lambda entry: (not entry.original, entry.language)):
            index[entry.work].append(entry)
        return index


def _is_published(entry: Entry, site: Site) -> bool:
    if site.preview:
        return True
    if entry.status in ("draft", "review"):
        return False
    return entry.date is None or instant_of(entry.date, site.zone) <= site.now


def _is_current(entry: Entry, site: Site) -> bool:
    return entry.status != "withdrawn" and not (entry.expires and entry.expires < site.today)


def _first_versions(readable: Iterable[Entry]) -> list[Entry]:
    """Of each work the original, or the first of its translations where the original is on no list."""
    first: dict[str, Entry] = {}
    for entry in sorted(readable, key=lambda entry: (not entry.original, entry.path)):
        first.setdefault(entry.work, entry)
    return list(first.values())
