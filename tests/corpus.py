"""A large hub's finished pages for measuring the search: invented words under Zipf's law, the same in every run."""

import random
from itertools import accumulate, product
from pathlib import Path

from lxml.html import builder, tostring

from chautari.cache import Cache, digest
from chautari.search import index

FACETS = {
    "type": ["Event", "Initiative", "Partner", "Post", "Resource", "Training"],
    "country": [f"Country {letter}" for letter in "ABCDEFGHIJKL"],
    "theme": [f"Theme {number}" for number in range(20)],
    "group": [f"Group {number}" for number in range(8)],
    "partner": [f"Partner {number}" for number in range(60)],
    "language": ["Bangla", "English", "Khmer", "Nepali"],
    "year": [str(year) for year in range(2014, 2026)],
}
SEVERAL = {"country": 2, "theme": 3, "group": 1, "partner": 2}
"""Of these an entry bears so many at most, or none."""


def searchable(folder: Path, cache: Cache | None = None) -> list[str]:
    """Brings the index of all pages of a folder up to date; the parts that were made anew."""
    pages = sorted(folder.rglob("*.html"))
    marks = {path.relative_to(folder).as_posix(): digest(path.read_bytes()) for path in pages}
    return index(folder, marks, cache or Cache())


def vocabulary() -> list[str]:
    """Some 6,000 words of two to four syllables, the most frequent first."""
    syllables = ["".join(parts) for parts in product("bdgklmnprstv", "aeiou", ["", "n", "r"])]
    chance = random.Random(1)  # noqa: S311 - no secret: the same words in every run
    words = {"".join(chance.choices(syllables, k=chance.randint(2, 4))) for _ in range(6000)}
    return sorted(words, key=lambda word: (len(word), word))


def write_corpus(folder: Path, count: int) -> list[str]:
    """Writes that many pages as a build leaves them; the vocabulary that their texts are made of."""
    chance = random.Random(count)  # noqa: S311 - as above
    words = vocabulary()
    weights = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))
    for number in range(count):
        text = chance.choices(words, cum_weights=weights, k=chance.randint(250, 600))
        path = folder / str(2014 + number % 12) / f"page-{number}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_page(text, _facts(chance), 2014 + number % 12))
    return words


def _facts(chance: random.Random) -> list[tuple[str, str]]:
    """The values of one entry by facet; the year is its folder's."""
    facts = []
    for name, values in FACETS.items():
        if name != "year":
            some = (
                chance.sample(values, chance.randint(0, SEVERAL[name])) if name in SEVERAL else chance.choices(values)
            )
            facts += [(name, value) for value in some]
    return facts


def _page(words: list[str], facts: list[tuple[str, str]], year: int) -> bytes:
    meta = [builder.META({"content": value, "data-pagefind-filter": f"{name}[content]"}) for name, value in facts]
    date = f"{year}-{len(words) % 12 + 1:02}-{len(words) % 28 + 1:02}"
    known = [("filter", "year", str(year)), ("meta", "kind", "Report"), ("meta", "lang", "en"), ("meta", "date", date)]
    meta += [
        builder.META({"content": value, f"data-pagefind-{what}": f"{name}[content]"})
        for what, name, value in [*known, ("sort", "date", date)]
    ]
    paragraphs = [builder.P(" ".join(words[place : place + 60]) + ".") for place in range(8, len(words), 60)]
    title = builder.H1(" ".join(words[:8]), {"data-pagefind-meta": "title", "data-pagefind-ignore": ""})
    body = builder.ARTICLE(title, *paragraphs, {"data-pagefind-body": ""})
    return bytes(tostring(builder.HTML(builder.HEAD(*meta), builder.BODY(body), lang="en"), encoding="utf-8"))
