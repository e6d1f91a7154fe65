"""Pictures for tests, drawn here and handed over as the bytes of a file."""

import io
import random
from typing import Any

from PIL import Image


def photograph(width: int = 1200, height: int = 800, form: str = "JPEG", mode: str = "RGB", **saved: Any) -> bytes:
    """A smooth picture: light grows to the right."""
    image = Image.linear_gradient("L").rotate(90).resize((width, height)).convert(mode)
    return _saved(image, form, **saved)


def noise(width: int, height: int) -> bytes:
    """A picture in which no pixel follows from another: nothing is harder to compress. The same in every run."""
    return _saved(Image.frombytes("RGB", (width, height), random.Random(0).randbytes(width * height * 3)), "PNG")  # noqa: S311 - no secret


def _saved(image: Image.Image, form: str, **saved: Any) -> bytes:
    content = io.BytesIO()
    image.save(content, form, **saved)
    return content.getvalue()


def chunks(webp: bytes) -> list[bytes]:
    """The names of the parts that a WebP file consists of (RFC 9649, section 2.3)."""
    assert webp[:4] + webp[8:12] == b"RIFFWEBP"
    found, place = [], 12
    while place < len(webp):
        size = int.from_bytes(webp[place + 4 : place + 8], "little")
        found.append(webp[place : place + 4])
        place += 8 + size + size % 2
    return found
