"""Pagefind's files in a form that the same pages always give.

Pagefind keeps filters and their values in maps of random order, so two runs over the same pages differ in these
files, in their names and in what points to them. Here they are read, sorted, and named anew by their bytes.

The files (Pagefind 1.5): gzip of the word "pagefind_dcd" and one CBOR value (RFC 8949), of which only unsigned numbers,
texts and arrays of known length occur. `pf_meta` is [version, pages, index chunks, filters, sorts, …]; a filter is
[name, [[value, pages], …]]. Another version of Pagefind may need another reader: what is not understood is an error.
"""

import gzip
import hashlib
import json
from typing import Any

_SIGNATURE = b"pagefind_dcd"
_ENTRY = "pagefind-entry.json"
_NUMBER, _TEXT, _ARRAY = 0, 3, 4
_WIDTHS = {24: 1, 25: 2, 26: 4, 27: 8}

# What no page of ours loads: Pagefind's interfaces, its worker (the same code once more), the stemmer for languages
# without one.
_UNUSED = (
    "pagefind-component-ui.js",
    "pagefind-component-ui.css",
    "pagefind-ui.js",
    "pagefind-ui.css",
    "pagefind-modular-ui.js",
    "pagefind-modular-ui.css",
    "pagefind-highlight.js",
    "pagefind-worker.js",
    "wasm.unknown.pagefind",
)

Files = dict[str, bytes]
"""The bytes of a bundle's files by their paths within it."""


def settled(files: Files) -> Files:
    """The bundle with bytes and names that depend on its pages only, without what no page loads."""
    bundle = {path: content for path, content in files.items() if path not in _UNUSED}
    entry = json.loads(bundle[_ENTRY])
    for language, about in entry["languages"].items():
        about["hash"] = _settle_language(bundle, language, about["hash"])
    entry["languages"] = dict(sorted(entry["languages"].items()))
    bundle[_ENTRY] = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()
    return bundle


def _settle_language(bundle: Files, language: str, name: str) -> str:
    """Sorts the filters of one language; the new name of its meta file."""
    meta = _read(bundle.pop(f"pagefind.{name}.pf_meta"))
    filters, sorts = meta[3:5]
    renamed = []
    for title, filter_name in filters:
        content = _read(bundle.pop(f"filter/{filter_name}.pf_filter"))
        content[1].sort(key=lambda pair: pair[0])
        new_name = _name(language, content)
        bundle[f"filter/{new_name}.pf_filter"] = _written(content)
        renamed.append([title, new_name])
    filters[:] = sorted(renamed)
    sorts.sort(key=lambda pair: pair[0])
    new_name = _name(language, meta)
    bundle[f"pagefind.{new_name}.pf_meta"] = _written(meta)
    return new_name


def _read(raw: bytes) -> list[Any]:
    data = gzip.decompress(raw)
    value, end = _decoded(data, len(_SIGNATURE)) if data.startswith(_SIGNATURE) else (0, 0)
    if end != len(data) or not isinstance(value, list) or _encoded(value) != data[len(_SIGNATURE) :]:
        raise ValueError("a file of the search index is not in the form of Pagefind 1.5")
    return value


def _name(language: str, value: list[Any]) -> str:
    return f"{language}_{hashlib.sha256(_encoded(value)).hexdigest()[:10]}"


def _written(value: list[Any]) -> bytes:
    return gzip.compress(_SIGNATURE + _encoded(value), mtime=0)


def _decoded(raw: bytes, place: int) -> tuple[Any, int]:
    """The CBOR value at a place, and the place behind it."""
    kind, size = raw[place] >> 5, raw[place] & 31
    place += 1
    if size >= 24:
        width = _WIDTHS[size]
        size = int.from_bytes(raw[place : place + width])
        place += width
    if kind == _NUMBER:
        return size, place
    if kind == _TEXT:
        return raw[place : place + size].decode(), place + size
    if kind != _ARRAY:
        raise ValueError(f"CBOR of kind {kind} is not expected in Pagefind's files")
    items: list[Any] = []
    for _ in range(size):
        item, place = _decoded(raw, place)
        items.append(item)
    return items, place


def _encoded(value: Any) -> bytes:
    if isinstance(value, int):
        return _head(_NUMBER, value)
    if isinstance(value, str):
        text = value.encode()
        return _head(_TEXT, len(text)) + text
    return _head(_ARRAY, len(value)) + b"".join(map(_encoded, value))


def _head(kind: int, size: int) -> bytes:
    if size < 24:
        return bytes([kind << 5 | size])
    mark, width = next((mark, width) for mark, width in _WIDTHS.items() if size < 1 << 8 * width)
    return bytes([kind << 5 | mark]) + size.to_bytes(width)
