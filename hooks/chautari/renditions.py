"""Photographs as they are published: WebP in a few widths, small, upright, in sRGB, and without a word about who took
them where.

They are made once for each state of a file and kept in .cache/pictures/, under the names that they have on the site.
"""

import io
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import PIL
from PIL import Image, ImageCms, ImageOps, features

from chautari import drawings, pictures
from chautari.cache import Cache, Step, digest
from chautari.drawings import DrawingError, harmless
from chautari.pictures import DAMAGED, DRAWING, Known, Renditions, Unfit, damaged, opened
from chautari.pool import spread
from chautari.timing import timed

STORE = Path(".cache") / "pictures"

_MOST = {480: 40_000, 960: 100_000, 1600: 250_000}
"""How many bytes a picture of at most such a width may weigh."""
_QUALITIES = (80, 60, 40, 20)
_COARSENESS = (1, 2, 4, 8)
_METHOD = 4
"""How long WebP looks for a smaller file, 0 to 6: 6 takes twice the time of 4 and saves 2 per cent."""
_WORTH_A_POOL = 2
MAKING = "Making pictures"


@cache
def made_by() -> str:
    """What renditions depend on beside the picture: the code that makes them, and Pillow. Not all of our code, because
    making them all again takes minutes.
    """
    code = [Path(file).read_bytes() for file in (drawings.__file__, pictures.__file__, __file__)]
    return digest(code, PIL.__version__, features.version("webp"))


@timed(MAKING)
def make(wanted: Mapping[str, Known], content: Path, store: Path, memory: Cache) -> dict[str, Unfit]:
    """Makes what is missing in `store` of these pictures, by their places in `content`; what could not be made.

    A picture that lies at several places, or has moved, is made once and copied.
    """
    step = memory.step("renditions", made_by())
    missing = [
        place
        for place, known in sorted(wanted.items())
        if step.get(place, known.content) is None or not _are_there(known.renditions.names, store)
    ]
    made = _made(step, store) if missing else {}
    new = list({wanted[place].content: place for place in missing if wanted[place].content not in made}.values())

    def develop(part: Sequence[str]) -> list[bool]:
        return [_develop(content / place, wanted[place].renditions, store) for place in part]

    for place, whole in zip(new, spread(develop, new, _WORTH_A_POOL, MAKING), strict=True):
        if whole:
            made[wanted[place].content] = wanted[place].renditions.names
    failed = {place: damaged(content / place) for place in missing if wanted[place].content not in made}
    for place in (place for place in missing if place not in failed):
        names = wanted[place].renditions.names
        _copy(made[wanted[place].content], names, store)
        step.put(place, wanted[place].content, json.dumps(names).encode())
    memory.save(step, [place for place in step.rows if place not in failed and (content / place).is_file()])
    return failed


def tidy(known: Mapping[str, Known], store: Path) -> None:
    """Takes away the renditions of pictures that are known no more."""
    names = {one.name for picture in known.values() for one in picture.renditions}
    for path in sorted(store.rglob("*"), reverse=True):  # a folder after what is in it
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif path.relative_to(store).as_posix() not in names and not path.name.startswith("."):  # another build's
            path.unlink()


def _made(step: Step, store: Path) -> dict[str, list[str]]:
    """Which files were made of which content."""
    return {content: names for content, record in step.rows.values() if _are_there(names := json.loads(record), store)}


def _are_there(names: Sequence[str], store: Path) -> bool:
    return all((store / name).is_file() for name in names)


def _copy(names: Sequence[str], others: Sequence[str], store: Path) -> None:
    for name, other in zip(names, others, strict=True):
        if name != other:
            put(store / other, (store / name).read_bytes())


def _develop(path: Path, renditions: Renditions, store: Path) -> bool:
    """Makes all renditions of one picture; whether it could be read."""
    try:
        made = dict(_forms(path, renditions))
    except (DrawingError, *DAMAGED):
        return False
    for name, content in made.items():
        put(store / name, content)
    return True


def _forms(path: Path, renditions: Renditions) -> Iterator[tuple[str, bytes]]:
    """The bytes of each rendition, the widest first: each is made of the one before."""
    if path.suffix.lower() == DRAWING:
        yield renditions.largest.name, harmless(path.read_bytes())
        return
    image = _in_srgb(_upright(path, renditions))
    for one in reversed(renditions):
        image = image.resize((one.width, one.height), Image.Resampling.LANCZOS, reducing_gap=3)
        most = next(most for width, most in _MOST.items() if one.width <= width)
        yield one.name, _webp(image, most)


def put(path: Path, content: bytes) -> None:
    """Writes a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}-{os.getpid()}")
    unfinished.write_bytes(content)
    unfinished.replace(path)


def _upright(path: Path, renditions: Renditions) -> Image.Image:
    """The decoded picture, turned as the camera was held."""
    with opened(path) as image:
        side = max(renditions.largest.width, renditions.largest.height)
        image.draft(None, (side, side))  # a JPEG is decoded no larger than needed
        return ImageOps.exif_transpose(image)


def _in_srgb(image: Image.Image) -> Image.Image:
    """The picture in the colours that every screen takes it to have, with its transparency and nothing beside it."""
    mode = "RGBA" if image.has_transparency_data else "RGB"
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I"):  # greys of 16 bits
        image = image.point(lambda value: value / 256).convert("L")
    if image.mode not in ("RGB", "RGBA", "CMYK", "L") or (mode == "RGBA" and image.mode != "RGBA"):
        image = image.convert(mode)
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
            image = converted or image
        except (ImageCms.PyCMSError, OSError):
            pass  # a broken profile, or one for other colours than these, says nothing
    image = image.convert(mode)
    image.info = {}  # of which older Pillows write the profile into what they save
    return image


def _webp(image: Image.Image, most: int) -> bytes:
    """The picture in at most so many bytes: less exact step by step, and in the end less sharp, but never smaller.

    So its size is known before it is made.
    """
    content = b""
    for coarseness in _COARSENESS:
        rough = image
        if coarseness > 1:
            rough = image.reduce(coarseness).resize(image.size, Image.Resampling.BICUBIC)
        for quality in _QUALITIES:
            made = io.BytesIO()
            rough.save(made, "WEBP", quality=quality, method=_METHOD)
            content = made.getvalue()
            if len(content) <= most:
                return content
    return content
