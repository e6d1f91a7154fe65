"""The documents beside the texts: what each measures, and whether it is what its name says.

They are published as they are. What a page says of one (bytes, checksum, pages) follows from its bytes, so it is
remembered with them, and a build that finds the file as it was does not open it again.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from posixpath import isfile
from typing import NamedTuple

from chautari import signatures
from chautari.cache import Cache, Step, content_of, file_mark, is_untouched
from chautari.entry import Entry
from chautari.links import Link
from chautari.pictures import DRAWING, Unfit, is_picture
from chautari.pool import spread
from chautari.signatures import format_of, keeps_its_promise, promised

_WORTH_A_POOL = 64


class Document(NamedTuple):
    """What is known of a document; `pages` is 0 where it has none, or nobody can count them."""

    size: int = 0
    sha256: str = ""
    pages: int = 0


NOTHING = Document()
"""What is known of a file that is no document of any entry."""


def named_documents(entry: Entry, links: Iterable[Link]) -> Iterator[tuple[int, str, str]]:
    """Every document that an entry names or links to: line, field (empty in the text) and place in content/."""
    for location, file in entry.documents():
        if not file.lower().endswith(DRAWING):
            yield entry.source.line(location), str(location[0]), entry.beside(file)
    for link in links:
        is_local = link.path and not (link.scheme or link.path.startswith("/"))
        if is_local and not (link.picture or link.path.endswith(".md") or is_picture(link.path)):
            yield link.line, "", entry.beside(link.path)


def look_at(places: Iterable[str], content: Path, cache: Cache) -> tuple[dict[str, Document], dict[str, Unfit]]:
    """What is known of these documents, and which are not what they seem, by their places in the folder `content`.

    What is not there or lies outside is left out: that is said of the name or the link.
    """
    code = [Path(file).read_bytes() for file in (__file__, signatures.__file__, Path(__file__).with_name("pdf.py"))]
    step = cache.step("documents", code, version("pypdf"))
    folder = content.resolve()
    there = [place for place in sorted(set(places)) if _is_inside(content / place, folder)]
    marks = {place: mark for place, (mark, _) in step.rows.items()}
    missing = [place for place in there if not is_untouched(content / place, marks.get(place, ""))]

    def look(part: Sequence[str]) -> list[tuple[str, bytes] | Unfit]:
        return [_look(content / place, *step.rows.get(place, ("", b""))) for place in part]

    unfit: dict[str, Unfit] = {}
    for place, found in zip(missing, spread(look, missing, _WORTH_A_POOL, "Looking at documents"), strict=True):
        if isinstance(found, Unfit):
            unfit[place] = found
        else:
            step.put(place, *found)
    known = _known(step, [place for place in there if place not in unfit])
    cache.save(step, known)
    return known, unfit


def _is_inside(path: Path, folder: Path) -> bool:
    return isfile(path) and path.resolve().is_relative_to(folder)


def _known(step: Step, places: Iterable[str]) -> dict[str, Document]:
    return {place: Document(*json.loads(step.rows[place][1])) for place in places}


def _look(path: Path, before: str, record: bytes) -> tuple[str, bytes] | Unfit:
    """The mark of a document, and the record of what is known of it: as remembered, or from its bytes."""
    try:
        mark = file_mark(path)
        if content_of(mark) == content_of(before):
            return mark, record
        if not path.stat().st_size:
            return Unfit(f"{path.name!r} is empty", "Copy the file once more from where it came from.")
        if not keeps_its_promise(path):
            return _other_than_named(path)
        with path.open("rb") as file:
            checksum = hashlib.file_digest(file, "sha256").hexdigest()
        known = Document(path.stat().st_size, checksum, _pages(path))
    except PermissionError:
        return Unfit(f"{path.name!r} cannot be read", "Check that you may read the file.")
    return mark, json.dumps(known).encode()


def _pages(path: Path) -> int:
    """How many pages a document has, as far as somebody can count them."""
    if path.suffix.lower() != ".pdf":
        return 0
    from chautari.pdf import pages  # only here: it takes long to load, and most builds see no new PDF

    return pages(path)


def _other_than_named(path: Path) -> Unfit:
    found = format_of(path)
    instead = f"; by its bytes it is {found}" if found else ""
    hint = "Save it anew with the program that made it, or copy it once more from where it came from."
    return Unfit(f"{path.name!r} is not {promised(path)}{instead}", hint)
