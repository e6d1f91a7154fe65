"""XML that programs have put together without a library: what every reader of it has to forgive.

Only bytes are looked at, so that a file of any size streams through. A line stays the line that it was.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.entities import html5

from chautari.moving.unpacking import Part

_UTF_16 = (codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)
"""In it a byte is no character."""
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r")
"""What no XML may hold (XML 1.0, section 2.2): it comes in with texts pasted from word processors."""
_NO_LETTER = rb"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|x0*(?:[0-8bcefBCEF]|1[\da-fA-F]));"
_UNKNOWN = rb"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-fA-F]+);)(?:([A-Za-z][A-Za-z\d]*);)?"
_LOOSE = re.compile(rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|" + _NO_LETTER + b"|" + _UNKNOWN, re.DOTALL)
"""A section that is text as it stands (section 2.7), a control character by its number, and what begins no reference
that XML knows: with the name that HTML may know."""
_BEGIN, _END = b"<![CDATA[", b"]]>"
_HALF = re.compile(rb"(?:\]+|[&<][^&<]*)\Z")
_LONGEST = 40
"""No reference has as many letters."""


@dataclass(frozen=True, slots=True)
class Mended(Part):
    """A part whose references and control characters are in order.

    A reference of HTML gets its number, a bare ampersand its name; CDATA has neither.
    """

    def chunks(self) -> Iterator[bytes]:
        """Its bytes, little by little; what may be half a sign waits for the rest."""
        rest, inside = b"", False
        for number, chunk in enumerate(Part.chunks(self)):
            if not number and chunk.startswith(_UTF_16):
                yield from Part.chunks(self)
                return
            text = rest + (chunk if number else _without_gap(chunk))
            half = _HALF.search(text, max(len(text) - _LONGEST, 0))
            whole, rest = (text[: half.start()], text[half.start() :]) if half else (text, b"")
            found, inside = _mend(whole, inside)
            yield found
        yield _mend(rest, inside)[0]


def mended(part: Part) -> Part:
    return Mended(part.place, part.size, part.open)


def _without_gap(start: bytes) -> bytes:
    """The start of a file without the empty lines that a plugin has put before the declaration (section 2.8)."""
    text = start.removeprefix(codecs.BOM_UTF8).lstrip()
    return text if text.startswith(b"<?xml") else start


def _mend(text: bytes, inside: bool) -> tuple[bytes, bool]:
    """A piece in order, and whether it ends within CDATA, as it may have begun."""
    end = text.find(_END) if inside else 0
    if end < 0:
        return text.translate(None, _CONTROLS), True
    mended = text[:end] + _LOOSE.sub(_in_order, text[end:])
    last = text.rfind(_BEGIN, end)
    return mended.translate(None, _CONTROLS), last >= 0 and text.find(_END, last) < 0


def _in_order(found: re.Match[bytes]) -> bytes:
    if found[0].startswith(b"<"):
        return found[0]
    if found[0].startswith(b"&#") and found[0].endswith(b";"):
        return b""
    meant = html5.get(f"{(found[1] or b'').decode()};")
    if not meant:
        return b"&amp;" + found[0][1:]
    return "".join(map("&#{};".format, map(ord, meant))).encode()
