"""Pagefind's files over all pages, put together from the indexes of parts as if there had been one.

A word's pages are put one behind another, counted on from part to part, and nothing is weighed before a reader asks:
so a search finds the same pages in the same order as in one index. The same pages give the same bytes and names.

What a search is narrowed and sorted by is in files of our own, which weigh a quarter of Pagefind's; the entry names
them (see search-index.js):
    facet  [[[value, …], …], [place, …]]: for each page, by its number, the place of its values among the lists
    order  [step, …]: the pages, newest first, each as the distance of its number from the one before
"""

import base64
import gzip
import hashlib
import json
from bisect import bisect
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import pairwise, takewhile
from typing import Any, NamedTuple

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
_SHORT = 10  # digits of a file's name
# Letters of a text's name, five bits each. A reader loads the names of all texts: each letter more is 8 KB of 10,000.
_LETTERS = 6
# The search page asks for this sign when no word is asked for. Between words of Latin and of other scripts it would lie
# in a file, which would be loaded for nothing.
_NO_WORD = "\u0085"
_BEFORE, _AFTER = "\u0084", "\u0086"

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
    whole = _whole(parts)
    names = _names([text for text, _ in whole.pages])
    bundle: Bundle = {path: partial(bytes, files[path]) for path in PROGRAMS}
    for name, (text, _) in zip(names, whole.pages, strict=True):
        bundle[f"fragment/{name}.pf_fragment"] = partial(bytes, text)
    pages = [[name, length] for name, (_, length) in zip(names, whole.pages, strict=True)]
    chunks = _trimmed([[*ends, _file("index/{}.pf_index", raw, bundle)] for ends, raw in _chunks(whole.words)])
    meta = cbor.encoded([entry["version"], pages, chunks, [], [], FIELDS])
    name = _file("pagefind.{}.pf_meta", meta, bundle)
    entry["languages"] = {"en": {"hash": name, "wasm": "en", "page_count": len(pages)}}
    entry["facets"] = {
        name: _table("facet", _facet(values, len(pages)), bundle) for name, values in sorted(whole.filters.items())
    }
    entry["orders"] = {name: _table("order", _newest(values), bundle) for name, values in sorted(whole.sorts.items())}
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


def _names(texts: list[bytes]) -> list[str]:
    """A name for the text of each page. Two that would share a short one both have a long one: so a name does not pass
    from one text to another when one of them changes.
    """
    names = [base64.b32encode(hashlib.sha256(text).digest()[:10]).decode().lower() for text in texts]
    short = Counter(name[:_LETTERS] for name in names)
    return [name if short[name[:_LETTERS]] > 1 else name[:_LETTERS] for name in names]


def _file(path: str, raw: bytes, bundle: Bundle) -> str:
    """Adds a file; its name."""
    name = f"en_{hashlib.sha256(raw).hexdigest()[:_SHORT]}"
    bundle[path.format(name)] = partial(gzip.compress, SIGNATURE + raw, _LEVEL, mtime=0)
    return name


def _table(folder: str, value: Any, bundle: Bundle) -> str:
    """Adds a table of ours; its name."""
    raw = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    name = hashlib.sha256(raw).hexdigest()[:_SHORT]
    bundle[f"{folder}/{name}.json"] = partial(bytes, raw)
    return name


def _facet(values: Mapping[str, list[int]], count: int) -> list[Any]:
    """The lists of values that pages have, the most frequent first, and the place of each page's own."""
    pages: list[list[str]] = [[] for _ in range(count)]
    for value, numbers in sorted(values.items()):
        for number in numbers:
            pages[number].append(value)
    lists = [known for known, _ in Counter(map(tuple, pages)).most_common()]
    places = {known: place for place, known in enumerate(lists)}
    return [lists, [places[tuple(known)] for known in pages]]


def _newest(values: list[tuple[str, int]]) -> list[int]:
    """The steps from page to page; those of the same date follow each other as their addresses do, the last first."""
    numbers = [number for _, number in sorted(values, reverse=True)]
    return [number - before for before, number in pairwise([0, *numbers])]


def _chunks(words: Words) -> Iterator[tuple[list[str], bytes]]:
    """The words in files of bearable size: the first and the last word of each, and its bytes."""
    for chunk in _cut(words):
        latin = bisect(chunk, _NO_WORD)
        if 0 < latin < len(chunk):
            yield [chunk[0], _BEFORE], _words(chunk[:latin], words)
            yield [_AFTER, chunk[-1]], _words(chunk[latin:], words)
        else:
            yield [chunk[0], chunk[-1]], _words(chunk, words)


def _cut(words: Words) -> Iterator[list[str]]:
    chunk: list[str] = []
    size = 0
    for word in sorted(words):
        chunk.append(word)
        size += sum(row.size for _, row in words[word][""])
        if size >= _CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


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
