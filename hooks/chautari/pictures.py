"""The pictures beside the texts: what each measures, and under which names its renditions are published.

A photograph is published as WebP in a few widths and a drawing (SVG) without what could do harm, never as they came.
All that a page must know of them follows from their size, so nothing is decoded here: a header is read once, and a
build that finds the file as it was does not open it again.
"""

import json
import struct
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from posixpath import isfile, splitext
from typing import IO, NamedTuple
from urllib.parse import quote

import PIL
from PIL import ExifTags, Image

from chautari import drawings
from chautari.cache import Cache, Step, content_of, file_mark, is_untouched
from chautari.drawings import DrawingError, size_of_drawing
from chautari.entry import Entry
from chautari.links import Link
from chautari.pool import spread
from chautari.timing import timed

WIDTHS = (480, 960, 1600)
"""In which widths a photograph is published, if it is as wide as that."""
SHOWN = 960
"""The width for readers who cannot choose: feeds, old browsers."""

DRAWING = ".svg"
FORMATS = ("AVIF", "BMP", "GIF", "JPEG", "PNG", "TIFF", "WEBP")
"""What is read, whatever the file's ending says; Pillow would hand others (EPS) to programs of the machine."""
DAMAGED = (OSError, ValueError, SyntaxError, EOFError, LookupError, TypeError, ArithmeticError, RuntimeError,
           struct.error, Image.DecompressionBombError)  # fmt: skip
"""What Pillow raises at a file that is not what it says."""

_PHOTOGRAPHS = (".avif", ".bmp", ".gif", ".heic", ".heif", ".jfif", ".jpe", ".jpeg", ".jpg", ".png", ".tif", ".tiff",
                ".webp")  # fmt: skip
_PIXELS_AT_MOST = 100_000_000
_HIGHEST = 16_383
"""The most pixels that WebP has room for in one direction (RFC 6386, section 9.1)."""
_LYING = (5, 6, 7, 8)
"""Orientations (Exif 2.3, tag 274) of pictures that were taken with the camera on its side."""
LOOKING = "Looking at pictures"
_WORTH_A_POOL = 64


class Rendition(NamedTuple):
    """One published form of a picture: its file from the site's root, and its size; 0 where a drawing has none."""

    name: str
    width: int
    height: int

    @property
    def url(self) -> str:
        """The address from the site's root."""
        return quote(self.name)


class Renditions(tuple[Rendition, ...]):
    """All published forms of one picture, the narrowest first; at least one."""

    __slots__ = ()

    @property
    def smallest(self) -> Rendition:
        return self[0]

    @property
    def shown(self) -> Rendition:
        """The one for readers who cannot choose."""
        return next((one for one in reversed(self) if one.width <= SHOWN), self[0])

    @property
    def largest(self) -> Rendition:
        return self[-1]

    @property
    def names(self) -> list[str]:
        """Their files, from the site's root."""
        return [one.name for one in self]

    def srcset(self, root: str) -> str:
        """The choice for browsers (HTML, `srcset` with widths); empty where there is none."""
        return ", ".join(f"{root}{one.url} {one.width}w" for one in self) if len(self) > 1 else ""


class Unfit(NamedTuple):
    """Why a file cannot be shown as a picture, and what to do."""

    message: str
    hint: str


class Known(NamedTuple):
    """What is known of a picture: the digest of its file, and what is published of it."""

    content: str
    renditions: Renditions


def is_picture(name: str) -> bool:
    """Whether a file's name is that of a picture. Such a file is never published as it is by being named in a text."""
    return name.lower().endswith((*_PHOTOGRAPHS, DRAWING))


def inside(names: Iterable[str], content: Path) -> list[str]:
    """Those of the named files that are there, and really lie in the content's folder."""
    folder = content.resolve()
    return sorted(name for name in names if isfile(path := (content / name).resolve()) and path.is_relative_to(folder))


def named_pictures(entry: Entry, links: Iterable[Link]) -> Iterator[tuple[int, str, str]]:
    """Every picture that an entry shows or links to: line, field (empty in the text) and place in content/."""
    for location, picture in entry.pictures():
        yield entry.source.line((*location, "file")), str(location[0]), entry.beside(picture.file)
    for location, file in entry.documents():
        if file.lower().endswith(DRAWING):
            yield entry.source.line(location), str(location[0]), entry.beside(file)
    for link in links:
        if not link.scheme and not link.path.startswith("/") and (link.picture or is_picture(link.path)):
            yield link.line, "", entry.beside(link.path)


# --- looking ---


@timed(LOOKING)
def look_at(places: Iterable[str], content: Path, cache: Cache) -> tuple[dict[str, Known], dict[str, Unfit]]:
    """What is known of these pictures, and which are none, by their places in the folder `content`.

    What is not there is left out, and what lies outside, which is said of the link.
    """
    code = [Path(file).read_bytes() for file in (__file__, drawings.__file__)]
    step = cache.step("pictures", code, PIL.__version__)
    named = sorted(place for place in set(places) if not place.startswith("../"))
    there = [place for place in named if isfile(content / place)]
    marks = {place: mark for place, (mark, _) in step.rows.items()}
    missing = [place for place in there if not is_untouched(content / place, marks.get(place, ""))]

    def look(part: Sequence[str]) -> list[tuple[str, bytes] | Unfit]:
        return [_look(place, content, step) for place in part]

    unfit: dict[str, Unfit] = {}
    for place, found in zip(missing, spread(look, missing, _WORTH_A_POOL, LOOKING), strict=True):
        if isinstance(found, Unfit):
            unfit[place] = found
        else:
            step.put(place, *found)
    known = {place: _known(*step.rows[place]) for place in there if place not in unfit}
    cache.save(step, known)
    return known, unfit


def _known(mark: str, record: bytes) -> Known:
    return Known(content_of(mark), Renditions(Rendition(*one) for one in json.loads(record)))


def _look(place: str, content: Path, step: Step) -> tuple[str, bytes] | Unfit:
    """The mark of a picture's file, and the record of what is published of it: as remembered, or from its header."""
    path = content / place
    if not path.resolve().is_relative_to(content.resolve()):
        message = f"{path.name!r} leads out of the content's folder"
        return Unfit(message, "Put the picture itself beside the text.")
    try:
        mark = file_mark(path)
        before, record = step.rows.get(place, ("", b""))
        if content_of(mark) == content_of(before):
            return mark, record
        renditions = _measured(path, place)
    except DrawingError as error:
        return Unfit(f"{path.name!r} {error}", "Save it as PNG and name that file here.")
    except DAMAGED:
        return _unfit(path)
    return renditions if isinstance(renditions, Unfit) else (mark, json.dumps(renditions).encode())


def _measured(path: Path, place: str) -> Renditions | Unfit:
    """What is published of a picture. Raises one of `DAMAGED`, or `DrawingError`."""
    if path.suffix.lower() == DRAWING:
        return Renditions([Rendition(place, *size_of_drawing(path))])
    with opened(path) as image:
        width, height = image.size
        if width * height > _PIXELS_AT_MOST:
            return _too_large(path)
        if image.getexif().get(ExifTags.Base.Orientation) in _LYING:
            width, height = height, width
    stem, ending = splitext(place)
    widths = sorted({min(wide, width) for wide in WIDTHS})
    if height * widths[-1] > _HIGHEST * width:
        return Unfit(f"{path.name!r} is too high for its width", "Cut it into several pictures.")
    # The ending is part of the name: photo.jpg and photo.png may lie side by side.
    return Renditions(
        Rendition(f"{stem}-{ending[1:]}-{wide}.webp", wide, max(1, round(height * wide / width))) for wide in widths
    )


@contextmanager
def opened(path: Path | IO[bytes]) -> Iterator[Image.Image]:
    """A picture whose header has been read. Raises one of `DAMAGED`.

    Pillow warns of what is large or odd; what is too much is said in our own words.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(path, formats=FORMATS) as image:
            yield image


def _too_large(path: Path) -> Unfit:
    message = f"{path.name!r} has more than {_PIXELS_AT_MOST // 1_000_000} million pixels"
    return Unfit(message, "Save it smaller: 3000 pixels in width are plenty.")


def _unfit(path: Path) -> Unfit:
    """What to say of a file that cannot be read as a picture."""
    try:
        if not path.stat().st_size:
            return Unfit(f"{path.name!r} is empty", "Copy the picture once more from where it came from.")
        with opened(path):
            return damaged(path)
    except Image.DecompressionBombError:
        return _too_large(path)
    except PermissionError:
        return Unfit(f"{path.name!r} cannot be read", "Check that you may read the file.")
    except DAMAGED:
        hint = "Open it on your own computer; if it opens there, save it as JPEG or PNG."
        return Unfit(f"{path.name!r} is not a picture that can be read", hint)


def damaged(path: Path) -> Unfit:
    """What to say of a picture that begins well and breaks off, or is broken inside."""
    return Unfit(f"{path.name!r} is damaged", "Copy the picture once more from where it came from.")
