"""The library: all entries, judged together and frozen, and the questions one may ask of them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import TypeVar

from slugify import slugify

from chautari.entry import Collection, Entry, newest_first
from chautari.links import Link, find_links, find_unsafe
from chautari.problems import ContentError, Problem, did_you_mean
from chautari.site import Site
from chautari.source import read_source
from chautari.validation import validate
from chautari.values import Reference, instant_of, is_language
from chautari.vocabulary import Term, Vocabulary, folded, read_vocabularies

CONTENT = "content"
E = TypeVar("E", bound=Entry)


class Library:
    """All entries of a hub. It answers questions; it does not render, write or change anything.

    What is a draft or scheduled has no page; what has expired or was withdrawn keeps its page and is on no list: that
    is decided here once (`published`, `listed`) and nowhere else.
    """

    def __init__(
        self,
        entries: Iterable[Entry],
        collections: Sequence[Collection[Entry]],
        vocabularies: dict[str, Vocabulary],
        site: Site,
    ) -> None:
        self.collections = {collection.name: collection for collection in collections}
        self.vocabularies = vocabularies
        self.entries = tuple(sorted(entries, key=lambda entry: entry.path))
        self.published = tuple(entry for entry in self.entries if _is_published(entry, site))
        self.listed = tuple(sorted((entry for entry in self.published if _is_listed(entry, site)), key=newest_first))
        self._pages = {entry.path for entry in self.published}

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
        slugs, names = self._names[reference.collection]
        slug = slugs.get(reference.text)
        return [slug] if slug else names.get(folded(reference.text), [])

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

    def translations(self, entry: Entry) -> tuple[Entry, ...]:
        """The published versions of an entry in all languages, itself included, its original first."""
        return tuple(self._versions[entry.collection, entry.slug])

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

    def labelled(self, *terms: Term) -> tuple[Entry, ...]:
        """The listed entries that bear all of these terms or narrower ones, newest first."""
        first, *others = sorted((self._by_term.get(term, ()) for term in terms), key=len)
        if not others:
            return first
        sets = [set(map(id, entries)) for entries in others]
        return tuple(entry for entry in first if all(id(entry) in members for members in sets))

    def mentioning(self, entry: Entry) -> tuple[Entry, ...]:
        """The listed entries that name an entry in a field, newest first."""
        return self._mentions.get((entry.collection, entry.slug), ())

    def terms(self, vocabulary: str) -> list[Term]:
        """The terms of a vocabulary that are in use, in the order of its file."""
        return [term for term in self.vocabularies[vocabulary] if term in self._by_term]

    def narrower(self, term: Term) -> list[Term]:
        """The terms in use right below a term; below a region stand regions and countries."""
        places = ("regions", "countries") if term.vocabulary == "regions" else (term.vocabulary,)
        return [below for name in places for below in self.terms(name) if below.broader is term]

    # --- indexes: each is one walk over the entries ---

    @cached_property
    def _by_path(self) -> dict[str, Entry]:
        return {entry.path: entry for entry in self.entries}

    @cached_property
    def _in_order(self) -> dict[str, tuple[Entry, ...]]:
        groups: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.listed:
            groups[entry.collection].append(entry)
        return {name: tuple(sorted(group, key=self.collections[name].order)) for name, group in groups.items()}

    @cached_property
    def _names(self) -> dict[str, tuple[dict[str, Entry], dict[str, list[Entry]]]]:
        index: dict[str, tuple[dict[str, Entry], dict[str, list[Entry]]]] = defaultdict(lambda: ({}, {}))
        for entry in self.entries:
            if entry.original:
                slugs, names = index[entry.collection]
                slugs[entry.slug] = entry
                for name in {folded(name) for name in entry.names}:
                    names.setdefault(name, []).append(entry)
        return index

    @cached_property
    def _by_term(self) -> dict[Term, tuple[Entry, ...]]:
        index: dict[Term, list[Entry]] = defaultdict(list)
        for entry in self.listed:
            borne = dict.fromkeys(entry.labels)
            for term in entry.labels:
                borne.update(dict.fromkeys(term.ancestors()))
            for term in borne:
                index[term].append(entry)
        return {term: tuple(entries) for term, entries in index.items()}

    @cached_property
    def _mentions(self) -> dict[tuple[str, str], tuple[Entry, ...]]:
        index: dict[tuple[str, str], dict[str, Entry]] = defaultdict(dict)
        for entry in self.listed:
            for _, reference in entry.references():
                if named := self.find(reference):
                    index[named.collection, named.slug][entry.path] = entry
        return {key: tuple(entries.values()) for key, entries in index.items()}

    @cached_property
    def _versions(self) -> dict[tuple[str, str], list[Entry]]:
        index: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        for entry in sorted(self.published, key=lambda entry: (not entry.original, entry.language)):
            index[entry.collection, entry.slug].append(entry)
        return index


def _is_published(entry: Entry, site: Site) -> bool:
    if site.preview:
        return True
    if entry.status in ("draft", "review"):
        return False
    return entry.date is None or instant_of(entry.date, site.zone) <= site.now


def _is_listed(entry: Entry, site: Site) -> bool:
    expired = entry.expires is not None and entry.expires < site.today
    return entry.original and not expired and entry.status != "withdrawn"


# --- loading ---


def load(root: Path, collections: Sequence[Collection[Entry]], site: Site) -> Library:
    """The library of the project at `root`, read from its folder content/.

    Reads and judges every file before it says anything: raises one `ContentError` with all problems of all files.
    """
    folder = root / CONTENT
    vocabularies, problems = read_vocabularies(folder / "vocabularies", f"{CONTENT}/vocabularies")
    if problems:  # nothing can be judged by labels that are not sound: each use of one would be a problem of its own
        raise ContentError(problems)
    problems += _strangers(folder, collections)
    entries: list[Entry] = []
    broken: set[str] = set()
    for collection in collections:
        for path in sorted((folder / collection.name).rglob("*.md")):
            try:
                entries.append(_read_entry(path, path.relative_to(root).as_posix(), collection, vocabularies, site))
            except ContentError as error:
                problems += error.problems
                broken |= _names_in(path, collection.name)
    _mark_translations(entries)
    library = Library(entries, collections, vocabularies, site)
    problems += _twins(library.entries)
    for entry in library.entries:
        problems += _judge_references(entry, library, broken)
        problems += _judge_body(entry, library, root, broken)
    for collection in collections:
        problems += collection.checks(library)
    if problems:
        raise ContentError(problems)
    return library


def _strangers(folder: Path, collections: Sequence[Collection[Entry]]) -> Iterator[Problem]:
    """Folders and texts in content/ that nobody would ever read."""
    if not folder.is_dir():
        yield Problem(
            CONTENT, 0, "", "there is no such folder", "It holds what editors write: posts, trainings, partners …"
        )
        return
    known = {collection.name for collection in collections} | {"vocabularies"}
    for path in sorted(folder.iterdir()):
        if path.is_dir() and path.name not in known and not path.name.startswith("."):
            hint = did_you_mean(path.name, known) or f"The folders are: {', '.join(sorted(known))}."
            yield Problem(f"{CONTENT}/{path.name}", 0, "", "is not a folder of the hub", hint)
        elif path.suffix == ".md":
            yield Problem(
                f"{CONTENT}/{path.name}",
                0,
                "",
                "stands outside all folders",
                "Move it into posts/, partners/ or another folder.",
            )


def _read_entry(path: Path, name: str, collection: Collection[E], vocabularies: dict[str, Vocabulary], site: Site) -> E:
    source = read_source(path, name)
    stem, _, suffix = path.stem.rpartition(".")
    if not stem or not is_language(suffix):
        stem, suffix = path.stem, ""
    entry = validate(collection.model, source, {"vocabularies": vocabularies})
    if suffix and entry.spoken and entry.spoken != suffix:
        message = f"is {entry.spoken!r}, but the file's name says {suffix!r}"
        raise ContentError(
            [Problem(name, source.line(("language",)), "language", message, "Leave the field out, or rename the file.")]
        )
    slug = entry.given_slug or slugify(stem)
    if not slug:
        raise ContentError(
            [
                Problem(
                    name,
                    0,
                    "",
                    "the file's name gives no address",
                    "Name the file in Latin letters, or add a line `slug: …`.",
                )
            ]
        )
    language = entry.spoken or suffix or site.language
    entry.settle(source, collection.name, slug, language)
    url = collection.url(entry)
    entry.publish_at(url if language == site.language else f"{language}/{url}", original=not suffix)
    return entry


def _mark_translations(entries: list[Entry]) -> None:
    """A text `x.bn.md` is the translation of its sibling `x.md`; where it has none, it is an original."""
    originals = {(entry.collection, entry.slug) for entry in entries if entry.original}
    for entry in sorted(entries, key=lambda entry: entry.path):
        if not entry.original and (entry.collection, entry.slug) not in originals:
            originals.add((entry.collection, entry.slug))
            entry.publish_at(entry.url, original=True)


def _twins(entries: Sequence[Entry]) -> Iterator[Problem]:
    """Entries that claim one address, by their own or by an old one."""
    owners: dict[str, Entry] = {}
    for entry in entries:
        owner = owners.setdefault(entry.url, entry)
        if owner is not entry:
            yield Problem(
                entry.path,
                0,
                "",
                f"has the address /{entry.url} of {owner.path}",
                "Give one of the two another `slug:`.",
            )
    for entry in entries:
        for number, address in enumerate(entry.aliases):
            if address.startswith("/"):
                owner = owners.setdefault(address.lstrip("/"), entry)
                if owner is not entry:
                    line = entry.source.line(("aliases", number))
                    yield Problem(
                        entry.path,
                        line,
                        "aliases",
                        f"{address!r} is the address of {owner.path}",
                        "An address can lead to one page only.",
                    )


def _names_in(path: Path, collection: str) -> set[str]:
    """By what others may name a file that is not sound: one mistake in it must not become one in each of them."""
    try:
        text = path.read_bytes().decode("utf-8", "replace")
    except OSError:  # reported already; its name is all that is known of it
        text = ""
    words = re.findall(r"^(?:(?:title|name|acronym|slug):| *-) *[\"']?(.+?)[\"']?$", text, re.MULTILINE)
    return {path.name} | {f"{collection}:{folded(word)}" for word in (*words, slugify(path.stem))}


def _judge_references(entry: Entry, library: Library, broken: set[str]) -> Iterator[Problem]:
    for location, reference in entry.references():
        found = library.candidates(reference)
        if len(found) == 1 or (not found and reference.loose):
            continue
        if not found and f"{reference.collection}:{folded(reference.text)}" in broken:
            continue
        if found:
            slugs = ", ".join(sorted(candidate.slug for candidate in found))
            message, hint = f"{reference.text!r} may mean any of: {slugs}", "Write the one that you mean."
        else:
            names = [
                name for other in library.entries if other.collection == reference.collection for name in other.names
            ]
            message, hint = (
                f"{reference.text!r} is not one of the {reference.collection}",
                did_you_mean(reference.text, names) or "Write the name of its file without .md, or its full name.",
            )
        field = str(location[0]) if len(location) <= 2 else f"{location[0]}, {location[-1]}"
        yield Problem(entry.path, entry.source.line(location), field, message, hint)


def _judge_body(entry: Entry, library: Library, root: Path, broken: set[str]) -> Iterator[Problem]:
    folder = dirname(entry.path)
    for location, name in entry.named_files():
        if not (root / folder / name).is_file():
            hint = _near_file(root / folder, name)
            yield Problem(entry.path, entry.source.line(location), str(location[0]), f"{name!r} is not there", hint)
    source = entry.source
    for link in (*find_links(source.head, source.head_line), *find_links(source.body, source.body_line)):
        problem = _judge_link(entry, link, library, root)
        if problem and link.path.rpartition("/")[2] not in broken:
            yield problem
    for markup, line in find_unsafe(entry.body, entry.source.body_line):
        yield Problem(
            entry.path, line, "", f"{markup} is not shown on any page", "Write a link to what you want to show."
        )


def _judge_link(entry: Entry, link: Link, library: Library, root: Path) -> Problem | None:
    def problem(message: str, hint: str = "") -> Problem:
        return Problem(entry.path, link.line, "", message, hint)

    if link.scheme or link.target.startswith("//"):
        if link.picture and link.scheme != "data":
            return problem(
                f"the picture {link.target!r} lies on another site", "Save it beside this text and name the file here."
            )
        return None
    if link.path.startswith("/") or not link.path:  # whole addresses and anchors are checked when all pages are known
        return None
    path = normpath(join(dirname(entry.path), link.path))
    if path.endswith(".md"):
        if resolve(entry, link.path, library):
            return None
        near = did_you_mean(path.rpartition("/")[2], [other.path.rpartition("/")[2] for other in library.entries])
        return problem(
            f"the link {link.target!r} leads to no entry", near or "Check the file's name, and the folder before it."
        )
    if not path.startswith(f"{CONTENT}/"):
        return problem(f"the link {link.target!r} leaves the content's folder", "Put the file beside this text.")
    if not (root / path).is_file():
        what = "picture" if link.picture else "link"
        return problem(
            f"the {what} {link.target!r} is not there", _near_file((root / path).parent, path.rpartition("/")[2])
        )
    return None


def resolve(entry: Entry, path: str, library: Library) -> Entry | None:
    """The entry that a link in another entry's text means: a path from the text's folder, or from content/."""
    return library.at(normpath(join(dirname(entry.path), path))) or library.at(normpath(join(CONTENT, path)))


def _near_file(folder: Path, name: str) -> str:
    names = [path.name for path in folder.iterdir() if path.is_file()] if folder.is_dir() else []
    return (
        did_you_mean(name, names)
        or "Put the file beside the text, and write its name as it is, with small and capital letters."
    )
