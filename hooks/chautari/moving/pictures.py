"""The pictures of old texts, put beside the entries: under a name made of their content, without what cameras add.

A picture comes from the export, from the shelf (a folder that the report's script fills), or from its old address.
Which file each address became is kept, so that a later import without the old files changes nothing.
"""

import hashlib
import io
import json
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlsplit

from PIL import Image, ImageOps

from chautari.cache import Cache
from chautari.drawings import DrawingError, harmless
from chautari.moving.items import Export
from chautari.moving.keeping import COPIES
from chautari.moving.places import Home
from chautari.moving.sizes import full_size
from chautari.moving.staging import Staging
from chautari.pictures import DAMAGED, look_at, opened

RECORD = f"{COPIES}/pictures.json"
_ENDINGS = {"JPEG": ".jpg", "GIF": ".gif", "WEBP": ".webp", "AVIF": ".avif"}
"""What is kept in its own format; everything else becomes PNG."""
_LARGEST = 40_000_000
_SECONDS = 30


class Pictures:
    """Puts pictures beside entries. `missing` are the addresses of which no copy could be had."""

    def __init__(self, export: Export, staging: Staging, shelf: Path, fetch: Callable[[str], bytes] | None) -> None:
        self.export, self.staging, self.shelf, self.fetch = export, staging, shelf, fetch
        self.names: dict[str, str] = json.loads(staging.read(RECORD) or b"{}")
        self.missing: set[str] = set()

    def beside(self, address: str, home: Home) -> tuple[str | None, str]:
        """The name of a picture's file beside an entry, and what is to be said of it; None where there is no copy."""
        if address.startswith("data:"):
            return self._inline(address, home)
        largest = full_size(address)
        folder = home.file.rpartition("/")[0]
        known = self.names.get(largest)
        if known and self.staging.has(f"{folder}/{home.stem}-{known}"):
            return f"{home.stem}-{known}", ""
        content = self._content(address, largest)
        if content is None:
            self.missing.add(largest)
            return None, f"There is no copy of the picture {largest}; the text links to it."
        name, wrong = self._stored(content, f"{folder}/{home.stem}-")
        if wrong:
            return None, f"The picture {largest} {wrong}; the text links to it."
        self.names[largest] = name
        return f"{home.stem}-{name}", ""

    def _inline(self, address: str, home: Home) -> tuple[str | None, str]:
        """A picture that stands in the text itself (RFC 2397): nothing is fetched, nothing remembered."""
        try:
            with urllib.request.urlopen(address) as answer:  # noqa: S310 - a data: address holds what it leads to
                content: bytes = answer.read()
        except (OSError, ValueError):
            return None, ""
        name, wrong = self._stored(content, f"{home.file.rpartition('/')[0]}/{home.stem}-")
        return (None, "") if wrong else (f"{home.stem}-{name}", "")

    def keep_record(self) -> None:
        """Notes which file each address became."""
        data = json.dumps(self.names, ensure_ascii=False, indent=0, sort_keys=True).encode()
        if self.names and self.staging.read(RECORD) != data:
            self.staging.write(RECORD, data)

    def _content(self, address: str, largest: str) -> bytes | None:
        for each in dict.fromkeys((largest, address)):
            if copy := self.export.copy(each):
                return copy.content
        shelved = self.shelf / shelf_name(largest)
        if shelved.is_file():
            return shelved.read_bytes()
        try:
            return self.fetch(largest) if self.fetch else None
        except (OSError, ValueError, HTTPException):  # no network, no such picture, half of one
            return None

    def _stored(self, content: bytes, start: str) -> tuple[str, str]:
        """The name that a picture was stored under, to go behind `start`; or else what is wrong with it."""
        try:
            ending, cleaned = without_metadata(content)
        except (*DAMAGED, DrawingError):
            return "", "is damaged"
        name = f"{hashlib.sha256(content).hexdigest()[:8]}{ending}"
        return name, self._put(f"{start}{name}", cleaned)

    def _put(self, place: str, content: bytes) -> str:
        """Writes a picture, unless no page could show it; why not."""
        if self.staging.has(place):
            return ""
        self.staging.write(place, content)
        _, unfit = look_at([place], self.staging.folder, Cache())
        if place in unfit:
            self.staging.remove(place)
            return unfit[place].message
        return ""


def shelf_name(address: str) -> str:
    """The name under which a picture lies on the shelf until the next import."""
    return hashlib.sha256(address.encode()).hexdigest()


def fetched(address: str) -> bytes:
    """A picture from the network. Raises `OSError` or `ValueError` for what cannot be had or is too large."""
    if urlsplit(address).scheme not in ("http", "https"):
        raise ValueError(address)
    request = urllib.request.Request(address, headers={"User-Agent": "chautari-import"})  # noqa: S310 - checked above
    with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
        content: bytes = answer.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise ValueError(address)
    return content


def without_metadata(content: bytes) -> tuple[str, bytes]:
    """A picture without what the camera wrote into it (place, time, owner), upright, and the ending of its name.

    Raises one of `DAMAGED`, or `DrawingError`.
    """
    if content.lstrip()[:5].lower() in (b"<?xml", b"<svg ", b"<svg>") or b"<svg" in content[:1_000]:
        return ".svg", harmless(content)
    with opened(io.BytesIO(content)) as image:
        form = image.format or ""
        ending = _ENDINGS.get(form, ".png")
        if form == "GIF":  # it may move, and cameras write none
            image.load()
            return ending, content
        upright = ImageOps.exif_transpose(image)
        upright.load()
        return ending, _saved(upright, image, form)


def _saved(upright: Image.Image, image: Image.Image, form: str) -> bytes:
    file = io.BytesIO()
    profile = image.info.get("icc_profile")
    match form:
        case "JPEG":
            upright.save(file, "JPEG", quality=92, icc_profile=profile, optimize=True)
        case "WEBP" | "AVIF":
            upright.save(file, form, quality=92, icc_profile=profile, exif=b"", xmp=b"")
        case _:
            bare = upright if upright.mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16") else upright.convert("RGBA")
            bare.info.pop("exif", None)
            bare.save(file, "PNG", icc_profile=profile, exif=b"")
    return file.getvalue()


def script(missing: Iterable[str], shelf: Path) -> Iterator[str]:
    """The lines of a script that puts the missing pictures on the shelf, for whoever can run one; then import again."""
    yield "#!/bin/sh\n# Fetches the pictures that are missing. Then run the same import again.\nset -u\n"
    yield f"mkdir -p {_quoted(str(shelf))}\n"
    for address in sorted(missing):
        goal = _quoted(str(shelf / shelf_name(address)))
        yield f"[ -s {goal} ] || curl -fsSL --max-time 60 -o {goal} {_quoted(address)} || echo {_quoted(address)}\n"


def _quoted(word: str) -> str:
    return "'" + word.replace("'", "'\\''") + "'"
