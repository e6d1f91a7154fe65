"""The one way in: a project's folder becomes a library, or a list of all that is wrong in it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from chautari import documents, pictures
from chautari.acronyms import Definition, read_acronyms
from chautari.awards import Award, read_awards
from chautari.cache import Cache, Step, code, content_of, digest, read_marked, same_file
from chautari.comments import Comments, read_comments
from chautari.documents import Document
from chautari.entry import Collection, Entry
from chautari.judging import judge, judge_awards, judge_documents, judge_pictures, judge_remains, judge_whole
from chautari.library import CONTENT, Library
from chautari.outer_links import RECORD, Checks, read_checks
from chautari.pictures import Known
from chautari.pool import streamed
from chautari.problems import ContentError, Problem, did_you_mean
from chautari.reading import (
    BrokenError,
    Reading,
    Remains,
    files_below,
    mark_translations,
    names_of_broken,
    read,
    strangers,
    unpacked,
)
from chautari.site import Site
from chautari.source import Source
from chautari.timing import timed
from chautari.vocabulary import Vocabulary, read_vocabularies, still_means

_WORTH_A_POOL = 1_000
"""From so many files on, two processes read them sooner than one."""
_VOCABULARIES = f"{CONTENT}/vocabularies"
_WHOLE = ""
"""What stands for all files together among the names of those that were found right."""

File = tuple[Path, str, Collection[Entry]]
"""A path, its name from the project's root, and the collection that it belongs to."""


@dataclass(frozen=True)
class Broken:
    """What is wrong in a file, and what of it can still be judged."""

    problems: tuple[Problem, ...]
    remains: Remains | None = None


class Texts(NamedTuple):
    """The files of all collections: those that are sound, what each of them holds, and those that are not.

    `broken` are the names by which others may mean one that is not sound, or that was not read.
    """

    readings: Sequence[Reading]
    contents: Mapping[str, str]
    wrong: Sequence[Broken]
    broken: set[str]


class Beside(NamedTuple):
    """What stands beside the texts and belongs to them, as far as it is sound, and what is wrong in it."""

    pictures: Mapping[str, Known]
    documents: Mapping[str, Document]
    definitions: Sequence[Definition]
    awards: Sequence[tuple[Award, Source]]
    checks: Checks
    comments: Comments
    problems: Sequence[Problem]


@timed("Judging")
def load(
    root: Path,
    collections: Sequence[Collection[Entry]],
    site: Site,
    memory: Cache | None = None,
    apart: Set[str] = frozenset(),
) -> Library:
    """The library of the project at `root`, read from its folder content/.

    Reads and judges every file before it says anything: raises one `ContentError` with all problems of all files.
    Files `apart` (by their path from `root`) are not read: links to them are taken to be right.
    """
    memory = memory or Cache()
    vocabularies = _sound_vocabularies(root)
    there = files_below(root / CONTENT, [collection.name for collection in collections])
    texts = _read_texts(_texts_among(there, root, collections), apart, vocabularies, site.language, memory)
    beside = _read_beside(texts.readings, root, there if site.settings.comments else (), memory)
    library = _library(texts, beside, collections, vocabularies, site)
    told = _told(library)
    library.contents, library.facts = texts.contents, digest(told, _beside_texts(root))
    judged = memory.step("judged", told, apart)
    new = _unjudged(texts, judged)
    whole = judged.get(_WHOLE, library.facts) is None
    problems = [
        *strangers(root / CONTENT, there),
        *_judge_kinds(vocabularies, collections),
        *(problem for each in texts.wrong for problem in each.problems),
        *beside.problems,
        *(judge_whole(library, texts.broken) if whole else ()),
        *_judge_together(new, texts, beside.awards, library, root),
    ]
    if problems:
        raise ContentError(problems)
    if whole:
        judged.put(_WHOLE, library.facts, b"")
    _remember(new, texts, judged, memory)
    return library


def _sound_vocabularies(root: Path) -> dict[str, Vocabulary]:
    """Nothing can be judged by labels that are not sound: each use of one would be a problem of its own."""
    vocabularies, problems = read_vocabularies(root / _VOCABULARIES, _VOCABULARIES)
    if problems:
        raise ContentError(problems)
    return vocabularies


def _texts_among(
    there: Mapping[str, Sequence[str]], root: Path, collections: Sequence[Collection[Entry]]
) -> list[File]:
    return [
        (root / name, name, collection)
        for collection in collections
        for name in there[collection.name]
        if name.endswith(".md")
    ]


def _read_texts(
    files: Sequence[File], apart: Set[str], vocabularies: dict[str, Vocabulary], language: str, memory: Cache
) -> Texts:
    here = [file for file in files if file[1] not in apart]
    step = memory.step("reading", code(), language)
    found = list(zip(here, _read_all(here, vocabularies, language, step), strict=True))
    readings = [reading for _, reading in found if isinstance(reading, Reading)]
    wrong = [(file, reading) for file, reading in found if isinstance(reading, Broken)]
    broken = {path.name for path, name, _ in files if name in apart}
    broken |= {word for (path, _, collection), _ in wrong for word in names_of_broken(path, collection.name)}
    contents = {reading.entry.path: content_of(step.rows[reading.entry.path][0]) for reading in readings}
    memory.save(step, contents)
    mark_translations([reading.entry for reading in readings])
    return Texts(readings, contents, [each for _, each in wrong], broken)


def _read_beside(readings: Sequence[Reading], root: Path, commented: Iterable[str], memory: Cache) -> Beside:
    """The files that texts name, the acronyms, and what programs wrote; comments of the collections `commented`."""
    folder, texts = root / CONTENT, [(reading.entry, reading.links) for reading in readings]
    shown, unfit = pictures.look_at((place for reading in readings for place in reading.pictures), folder, memory)
    kept, odd = documents.look_at((place for reading in readings for place in reading.documents), folder, memory)
    definitions, problems = read_acronyms(root / _VOCABULARIES, _VOCABULARIES)
    awards, broken_awards = read_awards(root)
    checks, broken_checks = read_checks(root)
    comments, broken_comments = read_comments(root, [f"{CONTENT}/{name}" for name in commented])
    problems += [*judge_pictures(texts, unfit), *judge_documents(texts, odd)]
    problems += [*broken_awards, *broken_checks, *broken_comments]
    return Beside(shown, kept, definitions, awards, checks, comments, problems)


def _library(
    texts: Texts,
    beside: Beside,
    collections: Sequence[Collection[Entry]],
    vocabularies: dict[str, Vocabulary],
    site: Site,
) -> Library:
    return Library(
        [reading.entry for reading in texts.readings],
        collections,
        vocabularies,
        site,
        beside.pictures,
        [award for award, _ in beside.awards],
        beside.documents,
        beside.checks,
        beside.definitions,
        beside.comments,
    )


def _unjudged(texts: Texts, judged: Step) -> list[Reading]:
    """The texts that were not found right before, among all else that is now."""
    contents = texts.contents
    return [each for each in texts.readings if judged.get(each.entry.path, contents[each.entry.path]) is None]


def _judge_together(
    new: Sequence[Reading], texts: Texts, awards: Iterable[tuple[Award, Source]], library: Library, root: Path
) -> Iterator[Problem]:
    """All that is wrong between the texts, and between them and what stands beside them."""
    broken = texts.broken
    yield from judge(new, library, root, broken)  # here: two processes would take longer, they copy what they look at
    yield from judge_remains((each.remains for each in texts.wrong if each.remains), library, root, broken)
    yield from judge_awards(awards, library, broken)


def _remember(new: Iterable[Reading], texts: Texts, judged: Step, memory: Cache) -> None:
    """Notes what was found right: it is not judged again before it changes."""
    for reading in new:
        judged.put(reading.entry.path, texts.contents[reading.entry.path], b"")
    memory.save(judged, [*texts.contents, _WHOLE])


def _beside_texts(root: Path) -> list[bytes]:
    """The vocabularies, and what is known of links to other sites: no link or reference of a text is judged by them."""
    there = sorted((root / _VOCABULARIES).glob("*"))
    return [path.read_bytes() for path in (*there, root / RECORD) if path.is_file()]


def _told(library: Library) -> str:
    """All that front matter and the files beside the texts tell, as a short name."""
    site = library.site
    return digest(
        code(),
        (site.settings, site.url, site.preview, site.today),
        [(entry.path, entry.source.head) for entry in library.entries],
        [entry.path for entry in library.published],
        [(place, known.content) for place, known in library.pictures.items()],
        list(library.documents.items()),
        [(award.path, sorted(award.record().items())) for award in library.awards],
        sorted(library.comments.items()),
    )


def _judge_kinds(vocabularies: dict[str, Vocabulary], collections: Sequence[Collection[Entry]]) -> Iterator[Problem]:
    """Kinds that belong to no collection: nobody could use them."""
    known = [collection.name for collection in collections]
    for kind in vocabularies["kinds"]:
        for use in kind.uses:
            if use not in known:
                hint = did_you_mean(use, known) or f"The collections are: {', '.join(known)}."
                where = f"{_VOCABULARIES}/kinds.yml"
                yield Problem(where, 0, f"{kind.key}, of", f"{use!r} is not a collection", hint)


@timed("Reading entries")
def _read_all(
    files: Sequence[File], vocabularies: dict[str, Vocabulary], language: str, step: Step
) -> list[Reading | Broken]:
    """A reading of each file, or what is wrong in it; files that are as they were come from the cache."""

    def read_part(part: Sequence[File]) -> list[tuple[str, bytes] | Broken]:
        return [_read_packed(path, name, collection, vocabularies, language) for path, name, collection in part]

    known = _remembered(files, vocabularies, step)
    missing = [file for file in files if file[1] not in known]
    # Unpacked as they come, while the other processes go on reading.
    results = streamed(read_part, missing, _WORTH_A_POOL, "Reading entries")
    found: dict[str, Reading | Broken] = dict(known)
    for (_, name, _), result in zip(missing, results, strict=True):
        if isinstance(result, Broken):
            found[name] = result
        else:
            step.put(name, *result)
            found[name] = unpacked(result[1], vocabularies)
    return [found[name] for _, name, _ in files]


def _remembered(files: Sequence[File], vocabularies: Mapping[str, Vocabulary], step: Step) -> dict[str, Reading]:
    """The readings of files that are as they were, if the words in them still mean what they meant."""
    known = {}
    means = cache(partial(still_means, vocabularies))
    for path, name, _ in files:
        row = step.rows.get(name)
        if row and same_file(path, row[0]):
            try:
                reading = unpacked(row[1], vocabularies)
            except KeyError:  # a term has gone: whoever bears it is told so
                continue
            if all(map(means, reading.words)):
                known[name] = reading
    return known


def _read_packed(
    path: Path, name: str, collection: Collection[Entry], vocabularies: dict[str, Vocabulary], language: str
) -> tuple[str, bytes] | Broken:
    try:
        mark, raw = read_marked(path)
        return mark, read(raw, name, collection, vocabularies, language).packed()
    except OSError as error:
        hint = "Check that it is a file and that you may read it."
        return Broken((Problem(name, 0, "", f"cannot be read: {error.strerror}", hint),))
    except BrokenError as error:
        return Broken(error.problems, error.remains)
    except ContentError as error:
        return Broken(error.problems)
