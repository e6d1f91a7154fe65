"""An index that is put together from parts is the one that Pagefind makes of all pages; an edit makes few parts anew."""

import gzip
import json
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
from lxml.html import builder, document_fromstring, tostring

from chautari import search
from chautari.cache import Cache
from chautari.cbor import decoded, head_at
from chautari.search import Pagefind
from tests.build import bytes_of
from tests.corpus import searchable, write_corpus

TEXTS = {
    "a/cafe": "A café, two cafes and a cafe\u0301; naïve coöperation",
    "a/bangla": "আমাদের কাজ, তাদের কজ",
    "b/nepali": "काम र मजदुर; न्यूनतम ज्याला",
    "b/khmer": "ការងារ សមរម្យ",
    "c/long": "work " * 300 + "worker " * 40,
    "c/strange": "don't — git-absorb #42 C++ ﬁlipino Straße",
}
"""Words that are hard to keep: with other diacritics, of other scripts, more of one than a small number says."""


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Finished pages in some ten parts. Pages of some parts have no date, others have a picture."""
    monkeypatch.setattr(search, "RUN", 8)
    write_corpus(tmp_path, 72)
    for name, text in TEXTS.items():
        picture = [builder.IMG(src="x.png", alt="A picture")] if name.startswith("c") else []
        page = builder.HTML(builder.BODY({"data-pagefind-body": ""}, builder.H1(name), *picture, builder.P(text)))
        path = tmp_path / f"{name}.html"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(tostring(page, encoding="utf-8"))
    return tmp_path


def addresses(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*.html"))]


def said(files: dict[str, bytes]) -> dict[str, Any]:
    """What an index says, whatever its files are named, and with filters in an order."""

    def value(name: str) -> Any:
        return decoded(gzip.decompress(files[name]).removeprefix(b"pagefind_dcd"))[0]

    def words(name: str) -> tuple[int, bytes]:
        raw = gzip.decompress(files[f"index/{name}.pf_index"])
        _, count, place = head_at(raw, len(b"pagefind_dcd\x81"))
        return count, raw[place:]

    (about,) = json.loads(files["pagefind-entry.json"])["languages"].values()
    version, pages, chunks, filters, sorts, fields = value(f"pagefind.{about['hash']}.pf_meta")
    return {
        "version": version,
        "pages": [(gzip.decompress(files[f"fragment/{name}.pf_fragment"]), length) for name, length in pages],
        "words": [(start, end, *words(name)) for start, end, name in chunks],
        "filters": {name: dict(value(f"filter/{file}.pf_filter")[1]) for name, file in filters},
        "sorts": dict(sorts),
        "fields": fields,
    }


def tables(files: dict[str, bytes]) -> dict[str, Any]:
    """What the tables that are ours say, as Pagefind says it."""
    entry = json.loads(files["pagefind-entry.json"])
    filters: dict[str, dict[str, list[int]]] = {}
    for facet, name in entry["facets"].items():
        lists, places = json.loads(files[f"facet/{name}.json"])
        for number, place in enumerate(places):
            for value in lists[place]:
                filters.setdefault(facet, {}).setdefault(value, []).append(number)
    orders = {sort: accumulate(json.loads(files[f"order/{name}.json"])) for sort, name in entry["orders"].items()}
    return {"filters": filters, "sorts": {sort: list(numbers)[::-1] for sort, numbers in orders.items()}}


def test_the_parts_together_are_what_pagefind_makes_of_all_pages(hub: Path) -> None:
    with Pagefind() as pagefind:
        whole = said(pagefind.index({address: (hub / address).read_text("utf-8") for address in addresses(hub)}))
    assert len(searchable(hub)) > 5
    files = bytes_of(hub / "pagefind")
    joined = said(files)
    assert len(whole["words"]) > 3, "enough words for several files"
    # Where Latin ends we begin a file more.
    (place,) = [number for number, (_, end, *_) in enumerate(joined["words"]) if end == "\u0084"]
    (start, _, count, latin), (after, end, more, others) = joined["words"][place : place + 2]
    assert after == "\u0086"
    joined["words"][place : place + 2] = [(start, end, count + more, latin + others)]
    assert joined | tables(files) == whole


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def times(folder: Path) -> dict[str, int]:
    return {name: (folder / name).stat().st_mtime_ns for name in bytes_of(folder)}


def anew(hub: Path, folder: Path) -> dict[str, bytes]:
    """The index of the same pages, made by somebody who remembers nothing."""
    for address in addresses(hub):
        (folder / address).parent.mkdir(parents=True, exist_ok=True)
        (folder / address).write_bytes((hub / address).read_bytes())
    searchable(folder)
    return bytes_of(folder / "pagefind")


def test_after_an_edit_one_part_is_made_anew(hub: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    cache = Cache()
    searchable(hub, cache)
    before = times(hub / "pagefind")
    edit(hub / "a/bangla.html", "তাদের", "তাদের শ্রমিক")
    assert len(searchable(hub, cache)) == 1
    after = times(hub / "pagefind")
    written = {name for name, when in after.items() if before.get(name) != when}
    kinds = sorted(Path(name).suffix for name in written)
    assert kinds == [".json", ".pf_fragment", ".pf_index", ".pf_meta"], "one page, one file of words, what names them"
    assert {Path(name).suffix for name in before.keys() - after.keys()} == {".pf_fragment", ".pf_index", ".pf_meta"}
    assert bytes_of(hub / "pagefind") == anew(hub, tmp_path_factory.mktemp("anew"))


def test_what_the_search_does_not_see_makes_nothing_anew(hub: Path) -> None:
    edit(hub / "a/bangla.html", "</body>", f"{search.AROUND.decode()}>Old</aside></body>")
    cache = Cache()
    searchable(hub, cache)
    before = times(hub / "pagefind")
    edit(hub / "a/bangla.html", "Old", "New")
    assert searchable(hub, cache) == []
    assert times(hub / "pagefind") == before


def say_nothing(page: Path) -> None:
    """Leaves a page its facts and takes every word."""
    html = document_fromstring(page.read_text("utf-8"))
    for body in html.findall(".//*[@data-pagefind-body]"):
        body[:] = []
        body.text = None
    page.write_bytes(tostring(html, encoding="utf-8"))


@pytest.mark.parametrize("change", ["new", "gone", "moved", "unsearchable", "wordless", "all wordless", "first"])
def test_after_any_change_the_index_is_that_of_the_pages(
    hub: Path, tmp_path_factory: pytest.TempPathFactory, change: str
) -> None:
    cache = Cache()
    count = len(searchable(hub, cache))
    page = hub / "2017/page-39.html"
    if change == "new":
        page.with_name("page-391.html").write_text(page.read_text("utf-8").replace("<p>", "<p>Unheard-of "), "utf-8")
    elif change == "gone":
        page.unlink()
    elif change == "moved":
        page.rename(hub / "2025/page-39.html")
    elif change == "unsearchable":
        edit(page, "data-pagefind-body", "data-nothing")
    elif change == "wordless":
        say_nothing(page)
    elif change == "all wordless":
        for each in hub.rglob("*.html"):
            say_nothing(each)
    else:
        page.rename(hub / "0.html")
    made = len(searchable(hub, cache))
    assert 0 < made <= (count if change == "all wordless" else 3) <= count
    assert bytes_of(hub / "pagefind") == anew(hub, tmp_path_factory.mktemp("anew"))


def test_two_pages_whose_names_would_be_the_same_are_both_there(
    hub: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chautari.bundle._LETTERS", 1)
    cache = Cache()
    searchable(hub, cache)
    names = {path.stem for path in (hub / "pagefind/fragment").iterdir()}
    assert len(names) == len(addresses(hub))
    assert {len(name) for name in names} == {1, 16}, "some have a letter for themselves"
    # A letter that two pages shared may now be one's own.
    for page in (hub / "2015").iterdir():
        edit(page, "<p>", "<p>Unheard-of ")
    searchable(hub, cache)
    assert bytes_of(hub / "pagefind") == anew(hub, tmp_path_factory.mktemp("anew"))


def test_a_meta_field_that_nobody_expects_is_an_error(hub: Path) -> None:
    edit(hub / "a/cafe.html", "<h1>", '<h1 data-pagefind-meta="author">')
    with pytest.raises(ValueError, match="author"):
        searchable(hub)


def test_an_unknown_order_is_an_error(hub: Path) -> None:
    edit(hub / "a/cafe.html", "<h1>", '<h1 data-pagefind-sort="title">')
    with pytest.raises(ValueError, match="sorted by title"):
        searchable(hub)
