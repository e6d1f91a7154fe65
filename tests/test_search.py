"""The search index: the same pages give the same bytes, and only pages that ask for it are in it."""

import gzip
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import document_fromstring

from chautari import search
from chautari.cache import Cache, digest
from chautari.cbor import decoded, encoded
from chautari.outputs.terms import artifacts
from chautari.parts import read
from chautari.search import AROUND, MARK, AbandonedError, Index, Pagefind, SearchError
from chautari.vocabulary import folded
from chautari.written import Made, Written
from tests.build import bytes_of, page, text_of
from tests.corpus import searchable
from tests.hub import NO_TEXTS, make_library, make_site, post


def write_pages(folder: Path, order: list[int]) -> Path:
    for number in order:
        filters = "".join(
            f'<meta content="{value}" data-pagefind-filter="{name}[content]">'
            for name, value in (("country", f"C{number % 3}"), ("theme", f"T{number % 4}"), ("year", f"20{number:02}"))
        )
        filters += f'<meta content="20{number:02}" data-pagefind-sort="date[content]">'
        body = f"<main data-pagefind-body><h1>Page {number}</h1><p>Words {number} of decent work.</p></main>"
        path = folder / f"{number % 2}" / f"{number}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"<html lang='en'><head>{filters}</head><body>{body}</body></html>")
    (folder / "list.html").write_text("<html><body>A list that nobody searches</body></html>")
    return folder


BODY = MARK.decode()


def indexed(folder: Path, cache: Cache, preview: bool = False) -> Index:
    """The index of a build that writes in place, not made yet."""
    index = Index(Written(folder, cache), staged=False, preview=preview)
    for path in folder.rglob("*.html"):
        index.written.is_current(path.relative_to(folder).as_posix(), digest(path.read_bytes()))
    index.look_at(sorted(index.written.marks))
    return index


def published(folder: Path, cache: Cache, preview: bool = False) -> Index:
    index = indexed(folder, cache, preview)
    index.make(folder)
    index.make_behind(folder)
    index.written.save(Made("", "", {}, {}))
    index.wait()
    return index


def test_a_preview_gets_its_index_a_moment_later(tmp_path: Path) -> None:
    cache = Cache()
    published(write_pages(tmp_path, [1, 2]), cache)
    assert indexed(tmp_path, cache).is_current
    published(write_pages(tmp_path, [3]), cache, preview=True)
    assert page_count(tmp_path) == 3


def test_an_index_that_a_preview_did_not_finish_is_not_taken_for_current(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Cache()
    published(write_pages(tmp_path, [1, 2]), cache)
    with monkeypatch.context() as killed:
        killed.setattr(search, "index", lambda *_: [])
        published(write_pages(tmp_path, [3]), cache, preview=True)
    published(tmp_path, cache)
    assert page_count(tmp_path) == 3


def test_an_index_that_nobody_wants_any_more_is_given_up_at_any_moment(tmp_path: Path) -> None:
    old = published(write_pages(tmp_path, [1, 2]), Cache())
    write_pages(tmp_path, [3])
    marks = {**old.marks, "1/3.html": "new"}
    patience = 0
    while page_count(tmp_path) == 2:
        left = iter(range(patience))

        def go_on(left: Iterator[int] = left) -> None:
            if next(left, None) is None:
                raise AbandonedError

        with suppress(AbandonedError):
            search.index(tmp_path, marks, Cache(), go_on)
        patience += 1
    assert patience > 3
    assert page_count(tmp_path) == 3


def test_a_build_may_leave_the_index_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache()
    monkeypatch.setenv("CHAUTARI_SEARCH", "0")
    published(write_pages(tmp_path, [1, 2]), cache)
    assert not (tmp_path / "pagefind").exists()
    monkeypatch.delenv("CHAUTARI_SEARCH")
    published(tmp_path, cache)
    assert page_count(tmp_path) == 2


def page_count(folder: Path) -> int:
    (about,) = json.loads((folder / "pagefind/pagefind-entry.json").read_text())["languages"].values()
    return int(about["page_count"])


def test_the_same_pages_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    for folder, order in ((first, range(12)), (second, reversed(range(12)))):
        searchable(write_pages(folder, list(order)))
        assert page_count(folder) == 12
    assert bytes_of(first / "pagefind") == bytes_of(second / "pagefind")


def test_every_file_that_the_index_names_is_there(tmp_path: Path) -> None:
    searchable(write_pages(tmp_path, list(range(12))))
    folder = tmp_path / "pagefind"
    entry = json.loads((folder / "pagefind-entry.json").read_text())
    meta = folder / f"pagefind.{entry['languages']['en']['hash']}.pf_meta"
    (_, pages, chunks, *_), _ = decoded(gzip.decompress(meta.read_bytes()), len(b"pagefind_dcd"))
    assert list(entry["facets"]) == ["country", "theme", "year"]
    for place, ending, named in (
        ("facet", "json", entry["facets"].values()),
        ("order", "json", entry["orders"].values()),
        ("index", "pf_index", [name for *_, name in chunks]),
        ("fragment", "pf_fragment", [name for name, _ in pages]),
    ):
        assert {f"{name}.{ending}" for name in named} == {path.name for path in (folder / place).iterdir()}


def test_only_what_a_page_loads_is_published(tmp_path: Path) -> None:
    searchable(write_pages(tmp_path, [1]))
    kinds = {path.name for path in (tmp_path / "pagefind").iterdir() if path.suffix != ".pf_meta"}
    files = {"pagefind.js", "pagefind-entry.json", "wasm.en.pagefind"}
    assert kinds == files | {"facet", "fragment", "index", "order"}


def test_a_hub_without_pages_has_an_index_of_none(tmp_path: Path) -> None:
    searchable(write_pages(tmp_path, []))
    assert page_count(tmp_path) == 0


def test_nothing_but_heads_and_texts_is_for_the_search(built: Path) -> None:
    """What the search sees of a page is told by its head and its text: only these may speak to Pagefind."""
    for path in sorted((built / "site").rglob("*.html")):
        raw = path.read_bytes()
        if MARK in raw:
            html = document_fromstring(raw)
            for element in html.iter("*"):
                if {"data-pagefind-filter", "data-pagefind-meta", "data-pagefind-sort"} & set(element.attrib):
                    within = [
                        each for each in element.iterancestors() if each.tag == "head" or each.get(BODY) is not None
                    ]
                    assert within, path
            assert (
                raw.count(AROUND) == sum("hub-around" in each.get("class", "") for each in html.iter("aside")) <= 1
            ), path


def test_an_entry_is_found_by_each_partner_once(built: Path) -> None:
    html = page(built, "2025/03/complete.html")
    partners = html.xpath("//meta[@data-pagefind-filter='partner[content]']/@content")
    assert sorted(partners) == sorted(set(partners)), "Pagefind would count it twice"
    linked = {link.get("href") for link in html.xpath("//main//a[contains(@href, 'partners/')]")}
    for name in partners:
        (file,) = [path for path in (built / "site/partners").glob("*/index.html") if heading(path) == name]
        assert f"../../partners/{file.parent.name}/" in linked


def heading(path: Path) -> str:
    (found,) = document_fromstring(path.read_bytes()).iter("h1")
    return text_of(found)


def test_the_terms_have_a_page_and_all_their_names(built: Path) -> None:
    listed = json.loads((built / "site/search/terms.json").read_text("utf-8"))
    names = {url: known for url, *known in listed["terms"]}
    for url, known in names.items():
        assert known[0] in text_of(page(built, url).xpath("//h1")[0])
        assert len({folded(name) for name in known}) == len(known)
        assert url.split("/")[0] in listed["kinds"]
    assert {"Bangladesh", "BD", "বাংলাদেশ"} < set(names["countries/bangladesh/"])
    assert names["themes/decent-work/"] == ["Decent work", "শোভন কাজ"]


def test_the_terms_of_a_large_hub_are_a_small_file(tmp_path: Path) -> None:
    themes = "".join(
        f"theme-{number}: {{name: {{en: Theme of work {number}, bn: কাজ {number}}}, aliases: [Work {number}]}}\n"
        for number in range(120)
    )
    countries = "".join(f"{code.lower()}: {{code: {code}}}\n" for code in CODES)
    every = f"themes: [{', '.join(f'theme-{number}' for number in range(120))}]"
    files = {
        "content/vocabularies/themes.yml": themes,
        "content/vocabularies/countries.yml": countries,
        "content/posts/2019/a.md": post(f"countries: [{', '.join(CODES).lower()}]", every),
    }
    site = make_site()
    (made,) = artifacts(make_library(tmp_path, files, site), site, NO_TEXTS)
    raw = made.content()
    assert len(json.loads(raw)["terms"]) == 200
    assert len(gzip.compress(raw)) < 12_000


CODES = sorted(code for code in map(str, Locale("en").territories) if re.fullmatch("[A-Z]{2}", code))[:80]


@pytest.mark.parametrize(
    ("raw", "said"), [(b"pagefind_dcd\xa1\x01\x02", "not expected"), (b"something else", "not in the form of Pagefind")]
)
def test_what_is_not_understood_is_an_error(tmp_path: Path, raw: bytes, said: str) -> None:
    searchable(write_pages(tmp_path, [1]))
    bundle = bytes_of(tmp_path / "pagefind")
    (meta,) = (name for name in bundle if name.endswith(".pf_meta"))
    with pytest.raises(ValueError, match=said):
        read({**bundle, meta: gzip.compress(raw)}, {})


def test_an_error_of_pagefind_is_said(tmp_path: Path) -> None:
    with Pagefind() as pagefind, pytest.raises(SearchError, match="Pagefind failed"):
        pagefind.ask("AddFile", index_id=99, file_path="x.html", file_contents="<html></html>")


VALUES = st.recursive(
    st.integers(0, 2**63) | st.text(max_size=300) | st.binary(max_size=300),
    lambda inner: st.lists(inner, max_size=30),
    max_leaves=40,
)


@given(VALUES)
def test_what_is_written_is_read_again(value: object) -> None:
    raw = encoded(value)
    assert decoded(raw, 0) == (value, len(raw))
