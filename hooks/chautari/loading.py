"""The one way in: a project's folder becomes a library, or a list of all that is wrong in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from chautari.awards import read_awards
from chautari.cache import Cache, Step, code, file_mark, same_file
from chautari.comments import read_comments
from chautari.entry import Collection, Entry
from chautari.judging import judge, judge_awards, judge_pictures, judge_remains
from chautari.library import CONTENT, Library
from chautari.pictures import look_at, named_pictures
from chautari.pool import spread
from chautari.problems import ContentError, Problem, did_you_mean
from chautari.reading import (
    BrokenError,
    Reading,
    Remains,
    mark_translations,
    names_of_broken,
    read,
    strangers,
    unpacked,
)
from chautari.site import Site
from chautari.vocabulary import Vocabulary, read_vocabularies

_WORTH_A_POOL = 1_000
"""From so many files on, two processes read them sooner than one."""


def load(root: Path, collections: Sequence[Collection[Entry]], site: Site, cache: Cache | None = None) -> Library:
    """The library of the project at `root`, read from its folder content/.

    Reads and judges every file before it says anything: raises one `ContentError` with all problems of all files.
    """
    folder = root / CONTENT
    vocabularies, problems = read_vocabularies(folder / "vocabularies", f"{CONTENT}/vocabularies")
    if problems:  # nothing can be judged by labels that are not sound: each use of one would be a problem of its own
        raise ContentError(problems)
    problems += strangers(folder, collections)
    files = [
        (path, path.relative_to(root).as_posix(), collection)
        for collection in collections
        for path in sorted((folder / collection.name).rglob("*.md"))
    ]
    problems += _judge_kinds(vocabularies, collections)
    cache = cache or Cache()
    words = [path.read_bytes() for path in sorted((folder / "vocabularies").glob("*.yml"))]
    readings: list[Reading] = []
    broken: set[str] = set()
    remains: list[Remains] = []
    found = _read_all(files, vocabularies, site.language, cache.step("reading", code(), words, site.language))
    for (path, _, collection), reading in zip(files, found, strict=True):
        if isinstance(reading, Reading):
            readings.append(reading)
        else:
            problems += reading.problems
            broken |= names_of_broken(path, collection.name)
            if reading.remains:
                remains.append(reading.remains)
    cache.save(cache.step("reading", code(), words, site.language), [reading.entry.path for reading in readings])
    mark_translations([reading.entry for reading in readings])
    named = [place for reading in readings for _, _, place in named_pictures(reading.entry, reading.links)]
    pictures, unfit = look_at(named, folder, cache)
    awards, broken_awards = read_awards(root)
    problems += broken_awards
    folders = [f"{CONTENT}/{collection.name}" for collection in collections] if site.settings.comments else []
    comments, broken_comments = read_comments(root, folders)
    problems += broken_comments
    entries = [reading.entry for reading in readings]
    given = [award for award, _ in awards]
    sizes = _sizes(entries, folder)
    library = Library(entries, collections, vocabularies, site, pictures, given, sizes, comments)
    problems += judge(readings, library, root, broken)
    problems += judge_pictures(((reading.entry, reading.links) for reading in readings), unfit)
    problems += judge_remains(remains, library, root, broken)
    problems += judge_awards(awards, library, broken)
    if problems:
        raise ContentError(problems)
    return library


def _sizes(entries: Sequence[Entry], content: Path) -> dict[str, int]:
    """The bytes of each document that goes with an entry, by its place in the content's folder."""
    named = {entry.beside(file) for entry in entries for _, file in entry.documents()}
    return {place: (content / place).stat().st_size for place in sorted(named) if (content / place).is_file()}


def _judge_kinds(vocabularies: dict[str, Vocabulary], collections: Sequence[Collection[Entry]]) -> Iterator[Problem]:
    """Kinds that belong to no collection: nobody could use them."""
    known = [collection.name for collection in collections]
    for kind in vocabularies["kinds"]:
        for use in kind.uses:
            if use not in known:
                hint = did_you_mean(use, known) or f"The collections are: {', '.join(known)}."
                where = f"{CONTENT}/vocabularies/kinds.yml"
                yield Problem(where, 0, f"{kind.key}, of", f"{use!r} is not a collection", hint)


File = tuple[Path, str, Collection[Entry]]
"""A path, its name from the project's root, and the collection that it belongs to."""


@dataclass(frozen=True)
class Broken:
    """What is wrong in a file, and what of it can still be judged."""

    problems: tuple[Problem, ...]
    remains: Remains | None = None


def _read_all(
    files: Sequence[File], vocabularies: dict[str, Vocabulary], language: str, step: Step
) -> list[Reading | Broken]:
    """A reading of each file, or what is wrong in it; files that are as they were come from the cache."""

    def read_part(part: Sequence[File]) -> list[tuple[str, bytes] | Broken]:
        return [_read_packed(path, name, collection, vocabularies, language) for path, name, collection in part]

    missing = [file for file in files if not _remembers(step, *file)]
    results = spread(read_part, missing, _WORTH_A_POOL)
    found: dict[str, Broken] = {}
    for (_, name, _), result in zip(missing, results, strict=True):
        if isinstance(result, Broken):
            found[name] = result
        else:
            step.put(name, *result)
    return [found.get(name) or unpacked(step.rows[name][1], vocabularies) for _, name, _ in files]


def _remembers(step: Step, path: Path, name: str, collection: Collection[Entry]) -> bool:
    row = step.rows.get(name)
    return row is not None and same_file(path, row[0])


def _read_packed(
    path: Path, name: str, collection: Collection[Entry], vocabularies: dict[str, Vocabulary], language: str
) -> tuple[str, bytes] | Broken:
    try:
        mark = file_mark(path)  # before reading: a file that changes meanwhile is read again next time
        return mark, read(path, name, collection, vocabularies, language).packed()
    except OSError as error:
        hint = "Check that it is a file and that you may read it."
        return Broken((Problem(name, 0, "", f"cannot be read: {error.strerror}", hint),))
    except BrokenError as error:
        return Broken(error.problems, error.remains)
    except ContentError as error:
        return Broken(error.problems)
