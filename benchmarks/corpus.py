"""A large hub's posts, invented: the same number and seed give the same posts, whoever writes them down.

Words come at the frequencies of real texts: few of them again and again (Zipf's law), and new names for ever, so that
the index of a search grows with the posts.
"""

import io
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import accumulate, product

from PIL import Image
from slugify import slugify

from benchmarks import words

NEWEST, YEARS = date(2026, 6, 30), 12
"""The day of the first post; the others lie evenly in the years before it."""
IMAGES = 8
FEWEST, MOST = 250, 600
PARTNERS = 60


@dataclass(frozen=True)
class Post:
    """A post, whatever the program that will read it; number 0 is the newest.

    `body` is Markdown, with pictures at /images/.
    """

    number: int
    slug: str
    title: str
    date: date
    language: str
    author: str
    partner: int
    countries: tuple[str, ...]
    themes: tuple[str, ...]
    summary: str
    body: str


def posts(count: int, seed: int = 7) -> Iterator[Post]:
    """So many posts, the newest first."""
    return (post(number, count, seed) for number in range(count))


def post(number: int, count: int, seed: int = 7) -> Post:
    """One of so many posts."""
    pen = Pen(random.Random(f"{seed} {number}"))
    chance = pen.chance
    # Every tenth post is written in a script of Asia.
    language = chance.choice(sorted(words.SCRIPTS)) if number % 10 == 9 else "en"
    pen.language = language
    title = pen.title()
    return Post(
        number=number,
        slug=f"{slugify(title)[:60].strip('-')}-{number:06}",
        title=title,
        date=NEWEST - timedelta(days=number * YEARS * 365 // count),
        language=language,
        author=chance.choice(words.AUTHORS),
        partner=chance.randrange(PARTNERS),
        countries=tuple(sorted(set(chance.choices(words.COUNTRIES, k=chance.choice((1, 1, 1, 2)))))),
        themes=tuple(
            sorted(set(chance.choices(words.THEMES, cum_weights=_weights(20), k=chance.choice((1, 2, 2, 3)))))
        ),
        summary=pen.sentence(),
        body=pen.body(),
    )


class Pen:
    """Writes one post: knows its language, and how many words it has written."""

    def __init__(self, chance: random.Random, language: str = "en") -> None:
        self.chance, self.language, self.written = chance, language, 0

    def title(self) -> str:
        """A title; that of a text in another script has a name in Latin letters, from which its address is made."""
        if self.language == "en":
            return self._filled(self.chance.choice(words.TITLES))
        return f"{self._phrase(5)} {self._name()}"

    def body(self) -> str:
        """Between 250 and 600 words and a picture; mostly headings and lists, sometimes a table, quote or footnote."""
        self.written = 0
        wanted = self.chance.randint(FEWEST, MOST - 100)
        blocks = [self.paragraph(), f"![{self._name()}](/images/picture-{self.chance.randrange(IMAGES)}.jpg)"]
        rare = self.chance.sample([self._table, self._quote, self._note], k=self.chance.randrange(3))
        while self.written < wanted:
            blocks += self.chance.choices([self._section, self._list, self._plain], weights=[3, 2, 4])[0]()
            blocks += rare.pop()() if rare else []
        return "\n\n".join(blocks) + "\n"

    def paragraph(self) -> str:
        """Two to four sentences, some with a word in bold or a link."""
        return " ".join(self._marked(self.sentence()) for _ in range(self.chance.randint(2, 4)))

    def sentence(self) -> str:
        """One sentence of ten to twenty words."""
        if self.language == "en":
            said = self._filled(self.chance.choice(words.PATTERNS)) + "."
            self.written += len(said.split())
            return said
        length = self.chance.randint(10, 18)
        self.written += length
        return self._phrase(length) + words.SCRIPTS[self.language][2]

    def _plain(self) -> list[str]:
        return [self.paragraph()]

    def _section(self) -> list[str]:
        heading = self._filled("{Adjective} {nouns}") if self.language == "en" else self._phrase(3)
        return [f"## {heading}", self.paragraph()]

    def _list(self) -> list[str]:
        return ["\n".join(f"- {self.sentence()}" for _ in range(self.chance.randint(2, 4)))]

    def _quote(self) -> list[str]:
        return [f"> {self.sentence()} {self.sentence()}"]

    def _note(self) -> list[str]:
        return [f"{self.sentence()}[^1]", f"[^1]: {self.sentence()}"]

    def _table(self) -> list[str]:
        rows = [("Place", "Members"), ("---", "---:")]
        rows += [(self._name(), str(self.chance.randint(20, 9000))) for _ in range(self.chance.randint(3, 5))]
        return ["\n".join(f"| {name} | {number} |" for name, number in rows)]

    def _marked(self, sentence: str) -> str:
        """The sentence with a word in bold, a link, or as it is."""
        word = self.chance.choice(re.findall(r"\w{4,}", sentence) or [""])
        mark = self.chance.choices(["", "**{}**", "[{}](https://example.org/{:04})"], weights=[8, 1, 1])[0]
        if not (word and mark and word.isascii()):
            return sentence
        return re.sub(rf"\b{word}\b", mark.format(word, self.chance.randrange(9999)), sentence, count=1)

    def _filled(self, pattern: str) -> str:
        return re.sub(r"{(\w+)}", lambda gap: self._word(gap[1]), pattern)

    def _word(self, kind: str) -> str:
        """A word for a gap; a kind with a capital wants one."""
        if kind[0].isupper():
            return self._word(kind.lower()).capitalize()
        if kind in ("name", "place"):
            return self._name()
        if kind == "number":
            return str(self.chance.randint(2, 999))
        noun, verb, adjective = self._often(words.NOUNS), self._often(words.VERBS), self._often(words.ADJECTIVES)
        past = verb + ("d" if verb.endswith("e") else "ed")
        forms = {"noun": noun, "nouns": plural(noun), "verb": verb, "past": past, "adjective": adjective}
        return forms[kind].replace("-", " ")

    def _phrase(self, length: int) -> str:
        known, between, _ = words.SCRIPTS[self.language]
        said = [self._often(known) for _ in range(length)]
        # A script without spaces between words has some between phrases.
        return " ".join(between.join(said[start : start + 3]) for start in range(0, length, 3))

    def _name(self) -> str:
        return self._often(_names())

    def _often(self, some: Sequence[str]) -> str:
        return self.chance.choices(some, cum_weights=_weights(len(some)))[0]


def plural(noun: str) -> str:
    """The plural of a regular noun."""
    return re.sub(r"(?<=[^aeiou])y$", "ie", re.sub(r"(s|x|z|ch|sh)$", r"\1e", noun)) + "s"


@cache
def _weights(count: int) -> list[float]:
    """Zipf's law, a little flatter at the top, as texts of many authors are."""
    return list(accumulate(1 / (rank + 3) for rank in range(count)))


@cache
def _names() -> list[str]:
    """Some 12,000 invented names of places and people."""
    made = ["".join(parts).capitalize() for parts in product(words.SYLLABLES, repeat=3)]
    return random.Random(1).sample(made, 12000)


def picture(number: int) -> bytes:
    """A photograph of 800 by 533 pixels, as far as its weight is concerned: coarse noise, made smooth."""
    grain = Image.frombytes("RGB", (80, 53), random.Random(number).randbytes(80 * 53 * 3))
    content = io.BytesIO()
    grain.resize((800, 533), Image.Resampling.BICUBIC).save(content, "JPEG", quality=85)
    return content.getvalue()
