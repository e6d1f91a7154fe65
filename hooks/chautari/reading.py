"""From the folder content/ to the library: every file read, and all that is wrong said at once."""

import io
import os
import pickle
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from slugify import slugify

from chautari.documents import named_documents
from chautari.entry import Collection, Entry
from chautari.library import CONTENT
from chautari.links import Link, find_links, find_unsafe
from chautari.pictures import named_pictures
from chautari.problems import ContentError, Problem, did_you_mean
from chautari.references import Reference
from chautari.source import Source, split
from chautari.validation import validate
from chautari.values import is_language
from chautari.vocabulary import Term, Vocabulary, folded

_UNSAFE_HINT = "Write a link to what you want to show; words in angle brackets are lost, so write them without."
_NO_TEXTS = (".jpg", ".png", ".pdf", ".json")
_TEXT_ENDINGS = {".md", ".markdown", ".mdown", ".mkd", ".txt", ".text", ".html", ".htm", ""}


@dataclass(frozen=True, slots=True)
class Remains:
    """What can still be judged of a file whose front matter is not sound: an editor hears of all mistakes at once."""

    source: Source
    references: tuple[Reference, ...]
    links: tuple[Link, ...]


class BrokenError(ContentError):
    """The problems of a file that could be read but is not sound, with what remains to be judged."""

    def __init__(self, problems: Iterable[Problem], remains: Remains) -> None:
        super().__init__(problems)
        self.remains = remains


class Reading(NamedTuple):
    """One sound file: its entry, and the links in it, which can only be judged when all files are read.

    `pictures` and `documents` are the files that it names, by their places in content/. `words` says what the
    vocabularies answered (see `vocabulary.meaning`): as long as they still do, the reading holds.
    """

    entry: Entry
    links: tuple[Link, ...]
    pictures: tuple[str, ...]
    documents: tuple[str, ...]
    words: tuple[str, ...]

    def packed(self) -> bytes:
        """The reading as bytes, for the cache or another process. Terms go by name: there is one object for each."""
        packet = io.BytesIO()
        _Packer(packet, protocol=pickle.HIGHEST_PROTOCOL).dump(self)
        return packet.getvalue()


def unpacked(packet: bytes, vocabularies: Mapping[str, Vocabulary]) -> Reading:
    """A reading that was packed by this code. Raises KeyError where a term in it has gone from the vocabularies."""
    unpacker = _Unpacker(io.BytesIO(packet))
    unpacker.known = partial(_known, vocabularies)
    reading: Reading = unpacker.load()
    return reading


class _Packer(pickle.Pickler):
    # Not persistent_id, which pickle asks of each of two hundred values.
    def reducer_override(self, value: object) -> Any:
        return (_term, (value.vocabulary, value.key)) if isinstance(value, Term) else NotImplemented


class _Unpacker(pickle.Unpickler):
    # No method of its own: it would be remembered among what was read, and keep its packet in memory with it.
    known: Callable[[str, str], Term]

    def find_class(self, module: str, name: str) -> Any:
        return self.known if name == _term.__name__ else super().find_class(module, name)


def _term(vocabulary: str, key: str) -> Term:
    """Stands in a packet where a term is meant."""
    raise NotImplementedError


def _known(vocabularies: Mapping[str, Vocabulary], vocabulary: str, key: str) -> Term:
    return vocabularies[vocabulary].terms[key]


def read(
    raw: bytes, name: str, collection: Collection[Entry], vocabularies: dict[str, Vocabulary], language: str
) -> Reading:
    """One file of a collection, judged for itself; `language` is that of the site. Raises `ContentError`."""
    source = split(raw, name)
    stem, suffix = _stem_and_language(name)
    context: dict[str, Any] = {"vocabularies": vocabularies}
    entry = _validated(source, collection, context)
    spoken = _language_of(entry, suffix, source) or language
    slug = _slug_of(entry, stem, name)
    # What the fields were made of is in the fields now: without it, a large hub is read back a fifth sooner.
    bare = source._replace(data={})
    entry.settle(source=bare, path=name, collection=collection.name, slug=slug, language=spoken, original=not suffix)
    _settle_address(entry, collection, language)
    _refuse_unsafe(source)
    entry.references()  # found now, they are remembered with the entry
    links = links_of(source)
    shown = tuple(place for _, _, place in named_pictures(entry, links))
    named = tuple(place for _, _, place in named_documents(entry, links))
    return Reading(entry, links, shown, named, tuple(context.get("words", ())))


def _stem_and_language(name: str) -> tuple[str, str]:
    """The two parts of a file's name: `x` and `bn` of `x.bn.md`; of `x.md` only the first."""
    whole = name.rpartition("/")[2].removesuffix(".md")
    stem, _, suffix = whole.rpartition(".")
    return (stem, suffix) if stem and is_language(suffix) else (whole, "")


def _validated(source: Source, collection: Collection[Entry], context: dict[str, Any]) -> Entry:
    """The front matter as an entry, if both its form and its fields are sound."""
    problems, entry = source.problems, None
    try:
        entry = validate(collection.model, source, context)
    except ContentError as error:
        problems += error.problems
    if entry is None or problems:
        raise BrokenError(problems, Remains(source, tuple(context.get("references", ())), links_of(source)))
    return entry


def _language_of(entry: Entry, suffix: str, source: Source) -> str:
    """The language that a file says it is in, by its field or by its name; "" for that of the site."""
    if suffix and entry.spoken and entry.spoken != suffix:
        message = f"is {entry.spoken!r}, but the file's name says {suffix!r}"
        hint = "Leave the field out, or rename the file."
        raise ContentError([Problem(source.path, source.line(("language",)), "language", message, hint)])
    return entry.spoken or suffix


def _slug_of(entry: Entry, stem: str, name: str) -> str:
    slug = entry.given_slug or slugify(stem)
    if slug == "index":
        message, hint = "has the address of a list", "Name the file otherwise, or add a line `slug: …`."
        raise ContentError([Problem(name, 0, "", message, hint)])
    if not slug:
        message, hint = "the file's name gives no address", "Name the file in Latin letters, or add a line `slug: …`."
        raise ContentError([Problem(name, 0, "", message, hint)])
    return slug


def _settle_address(entry: Entry, collection: Collection[Entry], language: str) -> None:
    """Notes where an entry is published, and the slug of its oldest address."""
    prefix = "" if entry.language == language else f"{entry.language}/"
    former = (collection.slug_in(address.removeprefix(f"/{prefix}")) for address in entry.former_addresses)
    entry.settle(url=f"{prefix}{collection.url(entry)}", first_slug=next(filter(None, former), entry.slug))


def _refuse_unsafe(source: Source) -> None:
    unsafe = [
        Problem(source.path, line, "", f"{markup} is not shown on any page", _UNSAFE_HINT)
        for markup, line in find_unsafe(source.body, source.body_line)
    ]
    if unsafe:
        raise ContentError(unsafe)


def links_of(source: Source) -> tuple[Link, ...]:
    """All links of a file, those in its front matter first."""
    return (*find_links(source.head, source.head_line), *find_links(source.body, source.body_line))


def mark_translations(entries: Sequence[Entry]) -> None:
    """A text `x.bn.md` is the translation of its sibling `x.md`; where it has none, it is an original."""
    originals = {entry.work for entry in entries if entry.original}
    for entry in sorted(entries, key=lambda entry: entry.path):
        if not entry.original and entry.work not in originals:
            originals.add(entry.work)
            entry.settle(original=True)


def files_below(folder: Path, collections: Iterable[str]) -> dict[str, list[str]]:
    """The files of each collection in the folder content/, by their paths from the project's root; by hand, because
    objects for the ways of all files take longer than to find them.

    What is hidden is none: programs put such files beside those that they work on (`._x.md`, `.#x.md`).
    """
    found = {}
    for collection in collections:
        start = str(folder / collection)
        names = []
        for where, folders, files in os.walk(start):
            folders[:] = [name for name in folders if not name.startswith(".")]
            here = f"{CONTENT}/{collection}{where[len(start) :].replace(os.sep, '/')}/"
            names += [here + name for name in files if not name.startswith(".")]
            names += [here + name for name in folders if name.endswith(".md")]  # a folder of that name is said
        found[collection] = sorted(names)
    return found


def strangers(folder: Path, there: Mapping[str, Sequence[str]]) -> Iterator[Problem]:
    """Folders and texts in content/ that nobody would ever read; `there` are the files by collection."""
    if not folder.is_dir():
        yield Problem(
            CONTENT, 0, "", "there is no such folder", "It holds what editors write: posts, trainings, partners …"
        )
        return
    known = {*there, "vocabularies", "awards"}
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
    for place in (place for names in there.values() for place in names if not place.endswith((".md", *_NO_TEXTS))):
        path = folder.parent / place
        if path.suffix.lower() in _TEXT_ENDINGS and _has_front_matter(path):
            message, hint = "is not read: the name of a text ends with .md", f"Rename it to {path.stem}.md."
            yield Problem(place, 0, "", message, hint)


def _has_front_matter(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(8).lstrip(b"\xef\xbb\xbf\r\n ").startswith(b"---")


def names_of_broken(path: Path, collection: str) -> set[str]:
    """By what others may name a file that is not sound: one mistake in it must not become one in each of them."""
    try:
        text = path.read_bytes().decode("utf-8", "replace")
    except OSError:  # reported already; its name is all that is known of it
        text = ""
    words = re.findall(r"^(?:(?:title|name|acronym|slug):| *-) *[\"']?(.+?)[\"']?$", text, re.MULTILINE)
    return {path.name} | {f"{collection}:{folded(word)}" for word in (*words, slugify(path.stem))}
