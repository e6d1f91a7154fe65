"""Pagefind's files in a form that the same pages always give.

Pagefind keeps filters and their values in maps of random order, so two runs over the same pages differ in these
files, in their names and in what points to them. Here they are read, sorted, and written again under names made of
their bytes.

The files (Pagefind 1.5): gzip of the word "pagefind_dcd" and one CBOR value (RFC 8949), of which only unsigned numbers,
texts and arrays of known length occur. `pf_meta` is [version, pages, index chunks, filters, sorts, …]; a filter is
[name, [[value, pages], …]]. Another version of Pagefind may need another reader: what is not understood is an error.
"""

import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

_SIGNATURE = b"pagefind_dcd"
_NUMBER, _TEXT, _ARRAY = 0, 3, 4
_WIDTHS = {24: 1, 25: 2, 26: 4, 27: 8}

# The interfaces that no page of ours loads, and the stemmer for languages without one.
_UNUSED = (
    "pagefind-ui.js",
    "pagefind-ui.css",
    "pagefind-modular-ui.js",
    "pagefind-modular-ui.css",
    "pagefind-highlight.js",
)
_UNUSED_STEMMER = "wasm.unknown.pagefind"


def settle(folder: Path) -> None:
    """Makes a bundle's bytes and names depend on its pages only, and takes out what no page loads."""
    entry_file = folder / "pagefind-entry.json"
    entry = json.loads(entry_file.read_text("utf-8"))
    for language, about in entry["languages"].items():
        about["hash"] = _settle_language(folder, language, about["hash"])
    entry["languages"] = dict(sorted(entry["languages"].items()))
    entry_file.write_text(json.dumps(entry, ensure_ascii=False, separators=(",", ":")), "utf-8")
    for name in _UNUSED:
        (folder / name).unlink(missing_ok=True)
    if all(about["wasm"] for about in entry["languages"].values()):
        (folder / _UNUSED_STEMMER).unlink(missing_ok=True)


def _settle_language(folder: Path, language: str, name: str) -> str:
    """Sorts the filters of one language; the new name of its meta file."""
    meta_file = folder / f"pagefind.{name}.pf_meta"
    meta = _read(meta_file)
    filters, sorts = meta[3:5]
    meta_file.unlink()
    renamed: list[Any] = []
    for title, filter_name in filters:
        filter_file = folder / "filter" / f"{filter_name}.pf_filter"
        content = _read(filter_file)
        filter_file.unlink()
        content[1].sort(key=lambda pair: pair[0])
        renamed.append([title, _write(folder / "filter", "", language, ".pf_filter", content)])
    filters[:] = sorted(renamed, key=lambda pair: pair[0])
    sorts.sort(key=lambda pair: pair[0])
    return _write(folder, "pagefind.", language, ".pf_meta", meta)


def _read(path: Path) -> list[Any]:
    raw = gzip.decompress(path.read_bytes())
    value, end = _decoded(raw, len(_SIGNATURE)) if raw.startswith(_SIGNATURE) else (0, 0)
    if end != len(raw) or not isinstance(value, list) or _encoded(value) != raw[len(_SIGNATURE) :]:
        raise ValueError(f"{path.name} is not in the form of Pagefind 1.5")
    return value


def _write(folder: Path, prefix: str, language: str, ending: str, value: Any) -> str:
    data = _encoded(value)
    name = f"{language}_{hashlib.sha256(data).hexdigest()[:10]}"
    (folder / f"{prefix}{name}{ending}").write_bytes(gzip.compress(_SIGNATURE + data, mtime=0))
    return name


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
