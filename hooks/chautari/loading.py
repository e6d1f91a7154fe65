"""The one way in: a project's folder becomes a library, or a list of all that is wrong in it."""

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from chautari import documents, pictures
from chautari.acronyms import read_acronyms
from chautari.awards import read_awards
from chautari.cache import Cache, Step, code, file_mark, same_file
from chautari.comments import read_comments
from chautari.entry import Collection, Entry
from chautari.judging import judge, judge_acronyms, judge_awards, judge_documents, judge_pictures, judge_remains
from chautari.library import CONTENT, Library
from chautari.links import Link
from chautari.outer_links import read_checks
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
from chautari.timing import timed
from chautari.vocabulary import ACRONYMS, Vocabulary, read_vocabularies

_WORTH_A_POOL = 1_000
"""From so many files on, two processes read them sooner than one."""


@timed("Judging")
def load(
    root: Path,
    collections: Sequence[Collection[Entry]],
    site: Site,
    cache: Cache | None = None,
    apart: Set[str] = frozenset(),
) -> Library:
    """The library of the project at `root`, read from its folder content/.

    Reads and judges every file before it says anything: raises one `ContentError` with all problems of all files.
    Files `apart` (by their path from `root`) are not read: links to them are taken to be right.
    """
    folder = root / CONTENT
    vocabularies, problems = read_vocabularies(folder / "vocabularies", f"{CONTENT}/vocabularies")
    if problems:  # nothing can be judged by labels that are not sound: each use of one would be a problem of its own
        raise ContentError(problems)
    definitions, problems = read_acronyms(folder / "vocabularies", f"{CONTENT}/vocabularies")
    problems += strangers(folder, collections)
    files = [
        (path, path.relative_to(root).as_posix(), collection)
        for collection in collections
        for path in sorted((folder / collection.name).rglob("*.md"))
    ]
    problems += _judge_kinds(vocabularies, collections)
    cache = cache or Cache()
    words = [path.read_bytes() for path in sorted((folder / "vocabularies").glob("*.yml")) if path.name != ACRONYMS]
    step = cache.step("reading", code(), words, site.language)
    here = [file for file in files if file[1] not in apart]
    found = list(zip(here, _read_all(here, vocabularies, site.language, step), strict=True))
    readings = [reading for _, reading in found if isinstance(reading, Reading)]
    wrong = [(file, reading) for file, reading in found if isinstance(reading, Broken)]
    problems += [problem for _, reading in wrong for problem in reading.problems]
    remains = [reading.remains for _, reading in wrong if reading.remains]
    broken = {path.name for path, name, _ in files if name in apart}
    broken |= {word for (path, _, collection), _ in wrong for word in names_of_broken(path, collection.name)}
    cache.save(step, [reading.entry.path for reading in readings])
    mark_translations([reading.entry for reading in readings])
    texts = [(reading.entry, reading.links) for reading in readings]
    shown, unfit = pictures.look_at(_places(pictures.named_pictures, texts), folder, cache)
    kept, odd = documents.look_at(_places(documents.named_documents, texts), folder, cache)
    awards, broken_awards = read_awards(root)
    problems += broken_awards
    checks, broken_checks = read_checks(root)
    problems += broken_checks
    folders = [f"{CONTENT}/{collection.name}" for collection in collections] if site.settings.comments else []
    comments, broken_comments = read_comments(root, folders)
    problems += broken_comments
    entries = [reading.entry for reading in readings]
    given = [award for award, _ in awards]
    library = Library(entries, collections, vocabularies, site, shown, given, kept, checks, definitions, comments)
    problems += judge(readings, library, root, broken)
    problems += judge_pictures(texts, unfit)
    problems += judge_documents(texts, odd)
    problems += judge_remains(remains, library, root, broken)
    problems += judge_awards(awards, library, broken)
    problems += judge_acronyms(library, broken)
    if problems:
        raise ContentError(problems)
    return library


Named = Callable[[Entry, Iterable[Link]], Iterable[tuple[int, str, str]]]
"""Finds files that a text names: line, field and place in content/."""


def _places(named: Named, texts: Iterable[tuple[Entry, Iterable[Link]]]) -> list[str]:
    return [place for entry, links in texts for _, _, place in named(entry, links)]


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


@timed("Reading entries")
def _read_all(
    files: Sequence[File], vocabularies: dict[str, Vocabulary], language: str, step: Step
) -> list[Reading | Broken]:
    """A reading of each file, or what is wrong in it; files that are as they were come from the cache."""

    def read_part(part: Sequence[File]) -> list[tuple[str, bytes] | Broken]:
        return [_read_packed(path, name, collection, vocabularies, language) for path, name, collection in part]

    missing = [file for file in files if not _remembers(step, *file)]
    results = spread(read_part, missing, _WORTH_A_POOL, "Reading entries")
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
