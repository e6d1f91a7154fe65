"""One of Pagefind's indexes, read: a part that can be put together with others (see bundle).

The files (Pagefind 1.5): gzip of the word "pagefind_dcd" and one CBOR value.
    pf_meta    [version, [[fragment, words], …], [[from, to, chunk], …], [[filter, file], …], [[sort, [page, …]], …],
               [meta field, …]]; a page's place in the list is its number
    pf_filter  [name, [[value, [page, …]], …]]
    pf_index   [[[word, pages, [[form, pages], …]], …]]: the forms of a word that are written with other diacritics
    pages      [[number, places, places in meta fields], …]: a number is the distance from the one before it; among
               the places a negative number says the weight, or the meta field, of those that follow
Another version of Pagefind may need another reader: what is not understood is an error.
"""

import gzip
import json
import re
from array import array
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

from chautari import cbor
from chautari.site import destination

ENTRY = "pagefind-entry.json"
"""The file that names the others."""

FIELDS = ("date", "image", "image_alt", "kind", "lang", "title")
"""The meta fields of our pages in Pagefind's order: a part that lacks one has other numbers for the rest."""

SIGNATURE = b"pagefind_dcd"

_STRANGE = "a file of the search index is not in the form of Pagefind 1.5"
_NUMBER = rb"(?:[\x00-\x17\x20-\x37]|[\x18\x38].|[\x19\x39]..|[\x1a\x3a]....)"
_ARRAY = rb"(?:[\x80-\x97]|\x98.|\x99..|\x9a....)"
# Nearly all of an index are pages: a regular expression reads them ten times as fast as code that goes from value to
# value. Its groups: the page's number, how many places, how many in meta fields, these.
_PAGE = re.compile(rb"\x83(%b)(%b)%b*(%b)(%b*)" % (_NUMBER, _ARRAY, _NUMBER, _ARRAY, _NUMBER), re.DOTALL)
_PLACE = re.compile(_NUMBER, re.DOTALL)

Files = Mapping[str, bytes]
"""The bytes of Pagefind's files by their paths."""

Sorts = Mapping[str, Mapping[str, str]]
"""What pages are sorted by: values by the name of the sort, for the address of each page."""


class Row(NamedTuple):
    """The pages of one form of a word in one part; `rest` is all of them as bytes but the first one's number."""

    pages: int
    first: int
    last: int
    size: int
    rest: bytes


class Part(NamedTuple):
    """An index of some pages. The form of a word that has no diacritics is ""."""

    fragments: list[bytes]
    lengths: list[int]
    filters: list[tuple[str, str, list[int]]]
    sorts: dict[str, list[str]]
    rows: Iterable[tuple[str, str, Row]]

    def packed(self) -> bytes:
        """The part as it is remembered."""
        names, columns, rests = [], array("I"), []
        for word, form, row in self.rows:
            names.append(f"{word}\0{form}")
            columns.extend((*row[:4], len(row.rest)))
            rests.append(row.rest)
        words = ["\n".join(names), columns.tobytes(), b"".join(rests)]
        return cbor.encoded([self.fragments, self.lengths, self.filters, list(self.sorts.items()), words])


def unpacked(raw: bytes) -> Part:
    """The part that was remembered."""
    (fragments, lengths, filters, sorts, words), _ = cbor.decoded(raw)
    return Part(fragments, lengths, filters, dict(sorts), _rows(*words))


def _rows(names: str, columns: bytes, rests: bytes) -> Iterator[tuple[str, str, Row]]:
    *numbers, lengths = (array("I", columns)[column::5] for column in range(5))
    ends = accumulate(lengths, initial=0)
    pieces = (rests[start:end] for start, end in pairwise(ends))
    rows = map(Row._make, zip(*numbers, pieces, strict=True))
    for name, row in zip(names.split("\n") if names else (), rows, strict=True):
        word, _, form = name.partition("\0")
        yield word, form, row


# --- reading ---


def read(files: Files, sorts: Sorts) -> Part:
    """Pagefind's index of some pages, given what each is sorted by, by its address. Raises `ValueError`.

    A page without a word is in no index, and is not counted.
    """
    languages = json.loads(files[ENTRY])["languages"]
    if not languages:
        return Part([], [], [], {}, [])
    (about,) = languages.values()
    _, pages, chunks, filters, sorted_by, fields = _value(files[f"pagefind.{about['hash']}.pf_meta"])
    fragments = [files[f"fragment/{name}.pf_fragment"] for name, _ in pages]
    values = [sorts[destination(json.loads(_plain(fragment))["url"].lstrip("/"))] for fragment in fragments]
    for name, numbers in sorted_by:
        if sorted(numbers) != [number for number, known in enumerate(values) if known.get(name)]:
            raise ValueError(f"the pages are sorted by {name} in a way that was not expected")
    known = [_value(files[f"filter/{file}.pf_filter"]) for _, file in filters]
    return Part(
        fragments,
        [length for _, length in pages],
        sorted((name, value, numbers) for name, values in known for value, numbers in values),
        {name: [each.get(name, "") for each in values] for name, _ in sorted(sorted_by)},
        [row for *_, file in chunks for row in _words(_plain(files[f"index/{file}.pf_index"]), _renumbering(fields))],
    )


def _renumbering(fields: list[str]) -> dict[bytes, bytes]:
    """What our numbers of meta fields are for those of one index, both as they are marked among places."""
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise ValueError(f"the meta fields {sorted(unknown)} are not expected: FIELDS names all")
    places = {old: FIELDS.index(name) for old, name in enumerate(fields)}
    return {cbor.number(-1 - old): cbor.number(-1 - new) for old, new in places.items() if old != new}


def _words(raw: bytes, renumbering: dict[bytes, bytes]) -> Iterator[tuple[str, str, Row]]:
    """The rows of one file of words."""
    _, _, place = cbor.head_at(raw, 0)
    _, count, place = cbor.head_at(raw, place)
    for _ in range(count):
        word, place = cbor.decoded(raw, place + 1)
        row, place = _row(raw, place, renumbering)
        yield word, "", row
        _, variants, place = cbor.head_at(raw, place)
        for _ in range(variants):
            form, place = cbor.decoded(raw, place + 1)
            row, place = _row(raw, place, renumbering)
            yield word, form, row
    if place != len(raw):
        raise ValueError(_STRANGE)


def _row(raw: bytes, place: int, renumbering: dict[bytes, bytes]) -> tuple[Row, int]:
    """The pages at a place, and the place behind them."""
    _, count, place = cbor.head_at(raw, place)
    first = last = size = 0
    rest = []
    for number in range(count):
        found = _PAGE.match(raw, place)
        if not found:
            raise ValueError(_STRANGE)
        step, places, metas, fields = found.groups()
        last += _size(step)
        first = first if number else last
        size += 1 + _size(places) + _size(metas)
        start = place if number else found.end(1)
        place = found.end()
        if fields and renumbering:
            rest += [raw[start : found.start(4)], _PLACE.sub(lambda each: renumbering.get(each[0], each[0]), fields)]
        else:
            rest.append(raw[start:place])
    return Row(count, first, last, size, b"".join(rest)), place


def _size(head: bytes) -> int:
    return head[0] & 31 if len(head) == 1 else cbor.head_at(head, 0)[1]


def _value(packed: bytes) -> Any:
    raw = _plain(packed)
    value, end = cbor.decoded(raw)
    if end != len(raw) or cbor.encoded(value) != raw:
        raise ValueError(_STRANGE)
    return value


def _plain(packed: bytes) -> bytes:
    raw = gzip.decompress(packed)
    if not raw.startswith(SIGNATURE):
        raise ValueError(_STRANGE)
    return raw[len(SIGNATURE) :]
