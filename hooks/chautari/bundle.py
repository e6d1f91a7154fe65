"""Pagefind's files over all pages, put together from the indexes of parts as if there had been one.

A word's pages are put one behind another, counted on from part to part, and nothing is weighed before a reader asks:
so a search finds the same pages in the same order as in one index. The same pages give the same bytes and names;
Pagefind alone keeps filters in maps of random order.
"""

import gzip
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import pairwise, takewhile
from typing import NamedTuple

from chautari import cbor
from chautari.parts import ENTRY, FIELDS, SIGNATURE, Files, Part, Row

PROGRAMS = ("pagefind.js", "wasm.en.pagefind")
"""What a page loads beside the index; Pagefind's interfaces and its worker (the same code once more) are left out."""
UNNAMED = (*PROGRAMS, ENTRY)
"""The files whose names do not tell what is in them."""

_PAGE = cbor.array(3)
# Numbers in a file of words, Pagefind's own measure: of words that only begin as the one asked for, a search sees those
# that stand in the same file, so other files would be another search.
_CHUNK = 20_000
_LEVEL = 6  # of gzip: the highest takes five times as long, for files that are 2 % smaller
# Digits of a name. Of 10,000 pages two often share Pagefind's seven, and then a name does not tell its content.
_SHORT = 10

Bundle = dict[str, Callable[[], bytes]]
"""What makes the bytes of each file, by its path: most names tell what is in the file, so that few need be made."""

Words = dict[str, dict[str, list[tuple[int, Row]]]]
"""The rows of a word's forms, each with the number of its part's first page."""


class Whole(NamedTuple):
    """What several parts say together."""

    pages: list[tuple[bytes, int]]
    filters: dict[str, dict[str, list[int]]]
    sorts: dict[str, list[tuple[str, int]]]
    words: Words


def programs(files: Files) -> bytes:
    """The files of any index that no page changes, as they are remembered, and its entry."""
    return cbor.encoded([[path, files[path]] for path in UNNAMED])


def joined(parts: Iterable[Part], remembered: bytes) -> Bundle:
    """The bundle of all pages of the parts, in their order, and of the programs."""
    files: Files = dict(cbor.decoded(remembered)[0])
    entry = json.loads(files[ENTRY])
    bundle: Bundle = {}
    whole = _whole(parts)
    pages = [[_fragment(raw, bundle), length] for raw, length in whole.pages]
    chunks = _trimmed([[*ends, _file("index/{}.pf_index", raw, bundle)] for ends, raw in _chunks(whole.words)])
    filters = [
        [name, _file("filter/{}.pf_filter", cbor.encoded([name, sorted(values.items())]), bundle)]
        for name, values in sorted(whole.filters.items())
    ]
    # Pages of the same date follow each other as their addresses do.
    sorts = [[name, [number for _, number in sorted(values)]] for name, values in sorted(whole.sorts.items())]
    meta = cbor.encoded([entry["version"], pages, chunks, filters, sorts, FIELDS])
    name = _file("pagefind.{}.pf_meta", meta, bundle)
    entry["languages"] = {"en": {"hash": name, "wasm": "en", "page_count": len(pages)}}
    bundle |= {path: partial(bytes, files[path]) for path in PROGRAMS}
    bundle[ENTRY] = partial(bytes, json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode())
    return bundle


def _whole(parts: Iterable[Part]) -> Whole:
    """All parts in one; their pages are counted on."""
    whole = Whole([], {}, {}, {})
    for part in parts:
        offset = len(whole.pages)
        whole.pages.extend(zip(part.fragments, part.lengths, strict=True))
        for name, value, numbers in part.filters:
            found = whole.filters.setdefault(name, {}).setdefault(value, [])
            found.extend(offset + number for number in numbers)
        for name, values in part.sorts.items():
            dates = whole.sorts.setdefault(name, [])
            dates.extend((value, offset + number) for number, value in enumerate(values) if value)
        for word, form, row in part.rows:
            whole.words.setdefault(word, {}).setdefault(form, []).append((offset, row))
    return whole


def _fragment(packed: bytes, bundle: Bundle) -> str:
    """Adds the text of a page; its name."""
    name = f"en_{hashlib.sha256(packed).hexdigest()[:_SHORT]}"
    while f"fragment/{name}.pf_fragment" in bundle:
        name += "0"
    bundle[f"fragment/{name}.pf_fragment"] = partial(bytes, packed)
    return name


def _file(path: str, raw: bytes, bundle: Bundle) -> str:
    """Adds a file; its name."""
    name = f"en_{hashlib.sha256(raw).hexdigest()[:_SHORT]}"
    bundle[path.format(name)] = partial(gzip.compress, SIGNATURE + raw, _LEVEL, mtime=0)
    return name


def _chunks(words: Words) -> Iterator[tuple[list[str], bytes]]:
    """The words in files of bearable size: the first and the last word of each, and its bytes."""
    chunk: list[str] = []
    size = 0
    for word in sorted(words):
        chunk.append(word)
        size += sum(row.size for _, row in words[word][""])
        if size >= _CHUNK:
            yield [chunk[0], chunk[-1]], _words(chunk, words)
            chunk, size = [], 0
    if chunk:
        yield [chunk[0], chunk[-1]], _words(chunk, words)


def _words(chunk: list[str], words: Words) -> bytes:
    said = [cbor.array(1), cbor.array(len(chunk))]
    for word in chunk:
        forms = words[word]
        said += [cbor.array(3), cbor.text(word)]
        _add_pages(said, forms[""])
        said.append(cbor.array(len(forms) - 1))
        for form, rows in forms.items():
            if form:
                said += [cbor.array(2), cbor.text(form)]
                _add_pages(said, rows)
    return b"".join(said)


def _add_pages(said: list[bytes], rows: list[tuple[int, Row]]) -> None:
    """A word's pages in all parts: each part's first page is counted from the last one of the part before."""
    said.append(cbor.array(sum([row.pages for _, row in rows])))
    end = 0
    for offset, (pages, first, last, _, rest) in rows:
        if pages:
            said += (_PAGE, cbor.number(offset + first - end), rest)
            end = offset + last


def _trimmed(chunks: list[list[str]]) -> list[list[str]]:
    """Shortens the words at which files meet to what tells them apart, as Pagefind does."""
    for before, after in pairwise(chunks):
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before[1], after[0], strict=False)))
        # A name that would be less than the first word of its own file stays whole.
        if before[1][: same + 1] >= before[0]:
            before[1] = before[1][: same + 1]
        after[0] = after[0][: same + 1]
    return chunks
