"""CBOR (RFC 8949), as much as Pagefind's files use: whole numbers, texts and arrays of known length; and bytes."""

from functools import lru_cache
from typing import Any

_NUMBER, _BYTES, _TEXT, _ARRAY = 0, 2, 3, 4
_WIDTHS = {24: 1, 25: 2, 26: 4, 27: 8}


def decoded(raw: bytes, place: int = 0) -> tuple[Any, int]:
    """The value at a place, and the place behind it. Raises `ValueError`."""
    kind, size, place = head_at(raw, place)
    if kind == _NUMBER:
        return size, place
    if kind == _TEXT:
        return raw[place : place + size].decode(), place + size
    if kind == _BYTES:
        return raw[place : place + size], place + size
    if kind != _ARRAY:
        raise ValueError(f"CBOR of kind {kind} is not expected in Pagefind's files")
    items: list[Any] = []
    for _ in range(size):
        item, place = decoded(raw, place)
        items.append(item)
    return items, place


def head_at(raw: bytes, place: int) -> tuple[int, int, int]:
    """The kind of the value at a place, its number or length, and the place behind that."""
    kind, size = raw[place] >> 5, raw[place] & 31
    place += 1
    if size >= 24:
        width = _WIDTHS[size]
        size = int.from_bytes(raw[place : place + width])
        place += width
    return kind, size, place


def encoded(value: Any) -> bytes:
    """A value in the shortest form."""
    if isinstance(value, int):
        return number(value)
    if isinstance(value, bytes):
        return _head(_BYTES, len(value)) + value
    if isinstance(value, str):
        return text(value)
    return array(len(value)) + b"".join(map(encoded, value))


def number(value: int) -> bytes:
    """A whole number. A negative one is kept as the distance from -1 (kind 1)."""
    return _head(_NUMBER, value) if value >= 0 else _head(1, -1 - value)


def text(value: str) -> bytes:
    """A text."""
    raw = value.encode()
    return _head(_TEXT, len(raw)) + raw


def array(length: int) -> bytes:
    """The beginning of an array; its values follow."""
    return _head(_ARRAY, length)


@lru_cache(1 << 16)  # an index says a few numbers hundreds of thousands of times
def _head(kind: int, size: int) -> bytes:
    if size < 24:
        return bytes([kind << 5 | size])
    mark, width = next((mark, width) for mark, width in _WIDTHS.items() if size < 1 << 8 * width)
    return bytes([kind << 5 | mark]) + size.to_bytes(width)
