"""Whatever is asked, an index that is put together from parts answers as Pagefind's own index of all pages does."""

import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml.html import builder, document_fromstring, tostring
from playwright.sync_api import Browser

from chautari import search
from chautari.search import MARK, Pagefind
from tests.build import ROOT, bytes_of, text_of
from tests.corpus import FACETS, searchable, write_corpus
from tests.serving import served

pytestmark = pytest.mark.browser

QUERIES = 200

OURS = """(await import("../assets/search-index.js")).find"""
PAGEFINDS = """(() => {
    // Pagefind's own way to narrow, to count and to sort.
    let index;
    return async (word, chosen, facets) => {
        index ||= (await import("../pagefind/pagefind.js")).createInstance({ noWorker: true });
        await index.options({ exactDiacritics: /\\p{M}/u.test(word) && !/\\p{Script=Latin}/u.test(word) });
        await index.filters();
        const narrowed = (names) => Object.fromEntries(names.map((name) => [name, { any: chosen[name] }]));
        const ask = (names) => index.search(word || "\\u0085", { filters: narrowed(names), sort: word ? {} : { date: "desc" } });
        // Of pages of the same weight it puts another first when there are fewer: here they stay as they were.
        const { results: narrow, unfilteredResultCount } = await ask(Object.keys(chosen));
        const ids = new Set(narrow.map(({ id }) => id));
        const results = (await ask([])).results.filter(({ id }) => ids.has(id));
        const counts = {};
        for (const name of facets) {
            const { filters } = await ask(Object.keys(chosen).filter((other) => other !== name));
            counts[name] = Object.fromEntries(Object.entries(filters[name] || {}).filter(([, count]) => count));
        }
        return { results, counts, unnarrowed: unfilteredResultCount };
    };
})()"""

ASK = """async (questions) => {
    const root = new URL("../", location).href;
    const find = %s;
    const answers = [];
    for (const [word, chosen, facets] of questions) {
        const { results, counts, unnarrowed } = await find(word, chosen, facets);
        const first = await Promise.all(results.slice(0, word ? 3 : 20).map((result) => result.data()));
        const found = results.map(({ score, words }) => [word && score, words]);
        answers.push([first.map(({ url, excerpt }) => [new URL(url, location).href.slice(root.length), excerpt]), found, counts, unnarrowed]);
    }
    return answers;
}"""


@pytest.fixture(scope="module", params=[150, pytest.param(3_000, marks=pytest.mark.slow)])
def pages(request: pytest.FixtureRequest, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the project's own site, in all scripts of its texts, and many invented ones; not yet indexed."""
    target = tmp_path_factory.mktemp("pages")
    for path in sorted(folder.rglob("*.html")):
        raw = path.read_bytes()
        if MARK in raw:
            (target / path.relative_to(folder)).parent.mkdir(parents=True, exist_ok=True)
            (target / path.relative_to(folder)).write_bytes(raw)
    write_corpus(target, request.param)
    for name, text in (("bn", "আমাদের কাজ, তাদের কজ"), ("fr", "Le café, la cafétéria et un cafe")):
        page = builder.HTML(builder.BODY({MARK.decode(): ""}, builder.H1(name), builder.P(text)))
        (target / f"{name}.html").write_bytes(tostring(page, encoding="utf-8"))
    return target


@pytest.fixture(scope="module")
def sites(pages: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """The addresses of two sites with the same pages: one indexed in parts, one as a whole."""
    folders = [tmp_path_factory.mktemp(name) for name in ("parts", "whole")]
    for target in folders:
        shutil.copytree(ROOT / "overrides/assets", target / "assets")
        (target / "search").mkdir()
        (target / "search/index.html").write_text("<!doctype html><html lang='en'><title>Search</title></html>")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "RUN", 16)
        assert len(searchable(pages)) > 10
    shutil.move(pages / "pagefind", folders[0] / "pagefind")
    found = sorted(pages.rglob("*.html"))
    with Pagefind() as pagefind:
        whole = pagefind.index({path.relative_to(pages).as_posix(): path.read_text("utf-8") for path in found})
    for name, content in whole.items():
        (folders[1] / "pagefind" / name).parent.mkdir(parents=True, exist_ok=True)
        (folders[1] / "pagefind" / name).write_bytes(content)
    with served(folders[0]) as parts, served(folders[1]) as one:
        yield [parts, one]


def questions(pages: Path) -> list[Any]:
    """Words of the pages, alone and in pairs, whole and begun, with and without a choice in a facet."""
    chance = random.Random(7)  # noqa: S311 - no secret: the same questions in every run
    texts = [text_of(document_fromstring(raw)) for _, raw in sorted(bytes_of(pages).items())]
    words = sorted({word for text in texts for word in re.findall(r"[^\W\d_][\w\u0300-\u036f\u0900-\u09ff]+", text)})
    foreign = [word for word in words if not word.isascii()]
    asked: list[Any] = [["কাজ", {}, []], ["café", {}, []], ["cafe", {}, []], ['"decent work"', {}, []], ["zzzz", {}, []]]
    for number in range(QUERIES - len(asked)):
        word = chance.choice(foreign if number % 4 == 0 else words)
        if number % 3 == 0:
            word = f"{word} {chance.choice(words)}"
        elif number % 3 == 1:
            word = word[: chance.randint(2, 5)]
        facet = chance.choice(["type", "country", "language", "year"])
        chosen = {facet: chance.sample(FACETS[facet], 2)} if number % 5 == 0 else {}
        asked.append(["" if number % 25 == 0 else word, chosen, list(FACETS) if number % 5 < 2 else []])
    return asked


def test_an_index_in_parts_answers_as_a_whole_one(browser: Browser, pages: Path, sites: list[str]) -> None:
    asked = questions(pages)
    answers = []
    for address, find in zip(sites, (OURS, PAGEFINDS), strict=True):
        page = browser.new_page()
        page.set_default_timeout(120_000)
        page.goto(f"{address}search/")
        answers.append(page.evaluate(ASK % find, asked))
        page.close()
    parts, whole = answers
    assert sum(bool(found) for _, found, *_ in whole) > QUERIES / 2, "most questions find something"
    for question, mine, theirs in zip(asked, parts, whole, strict=True):
        assert mine == theirs, question
