"""The search index: the same pages give the same bytes, and only pages that ask for it are in it."""

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chautari.search import Pagefind, SearchError, index
from chautari.stable import _decoded, _encoded, settled
from tests.build import bytes_of


def write_pages(folder: Path, order: list[int]) -> Path:
    for number in order:
        filters = "".join(
            f'<meta content="{value}" data-pagefind-filter="{name}[content]">'
            for name, value in (("country", f"C{number % 3}"), ("theme", f"T{number % 4}"), ("year", f"20{number:02}"))
        )
        body = f"<main data-pagefind-body><h1>Page {number}</h1><p>Words {number} of decent work.</p></main>"
        path = folder / f"{number % 2}" / f"{number}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"<html lang='en'><head>{filters}</head><body>{body}</body></html>")
    (folder / "list.html").write_text("<html><body>A list that nobody searches</body></html>")
    return folder


def test_the_same_pages_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    assert index(write_pages(first, list(range(12)))) == 12
    assert index(write_pages(second, list(reversed(range(12))))) == 12
    assert bytes_of(first / "pagefind") == bytes_of(second / "pagefind")


def test_every_file_that_the_index_names_is_there(tmp_path: Path) -> None:
    index(write_pages(tmp_path, list(range(12))))
    folder = tmp_path / "pagefind"
    entry = json.loads((folder / "pagefind-entry.json").read_text())
    (about,) = entry["languages"].values()
    assert about["page_count"] == 12
    meta = folder / f"pagefind.{about['hash']}.pf_meta"
    value, _ = _decoded(gzip.decompress(meta.read_bytes()), len(b"pagefind_dcd"))
    filters = dict(value[3])
    assert list(filters) == ["country", "theme", "year"]
    assert {f"{hash_}.pf_filter" for hash_ in filters.values()} == {path.name for path in (folder / "filter").iterdir()}


@pytest.mark.parametrize(
    ("raw", "said"), [(b"pagefind_dcd\xa1\x01\x02", "not expected"), (b"something else", "not in the form of Pagefind")]
)
def test_what_is_not_understood_is_an_error(tmp_path: Path, raw: bytes, said: str) -> None:
    index(write_pages(tmp_path, [1]))
    bundle = bytes_of(tmp_path / "pagefind")
    (meta,) = (name for name in bundle if name.endswith(".pf_meta"))
    with pytest.raises(ValueError, match=said):
        settled({**bundle, meta: gzip.compress(raw)})


def test_an_error_of_pagefind_is_said(tmp_path: Path) -> None:
    with Pagefind() as pagefind, pytest.raises(SearchError, match="Pagefind failed"):
        pagefind.ask("AddFile", index_id=99, file_path="x.html", file_contents="<html></html>")


VALUES = st.recursive(
    st.integers(0, 2**63) | st.text(max_size=300), lambda inner: st.lists(inner, max_size=30), max_leaves=40
)


@given(VALUES)
def test_what_is_written_is_read_again(value: object) -> None:
    raw = _encoded(value)
    assert _decoded(raw, 0) == (value, len(raw))
