"""Countries on the map of South and South-East Asia: a dot for each, and its name where there is room for it.

A map is drawn at two sizes, on a large screen and on a telephone, and names are placed for both. What finds no room
keeps its dot; whoever shows a map tells the same in words beside it.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from math import sqrt
from typing import NamedTuple

from chautari.geography.asia import HEIGHT, WIDTH, place, shapes
from chautari.site import Site
from chautari.vocabulary import Term

Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""


class Size(NamedTuple):
    """How large letters are, and how many times larger dots than drawn, in units of the map (map.css has the same)."""

    letters: float
    dots: float


WIDE = Size(letters=18, dots=1)
NARROW = Size(letters=32, dots=2)
_CHARACTER = 0.62
"""How wide a character is in a wide font, as a part of the letters' size."""
_SIGNS = {"Mn": 0.0, "Mc": 0.8}
"""How many characters a sign is wide that belongs to the one before it, by its category in Unicode."""
_GAP = 0.25
"""How far a name is from its dot, as a part of the letters' size."""
_DOTS = (6, 13)
"""The radius of the smallest dot and of the largest."""


class Label(NamedTuple):
    """A name on the map: where its line of writing begins, ends or has its middle, as `anchor` says."""

    text: str
    x: float
    y: float
    anchor: str

    def box(self, size: Size) -> Box:
        """The room that it takes."""
        width = size.letters * _CHARACTER * sum(_SIGNS.get(unicodedata.category(sign), 1) for sign in self.text)
        left = self.x - width * {"start": 0, "middle": 0.5, "end": 1}[self.anchor]
        return left, self.y - 0.85 * size.letters, left + width, self.y + 0.3 * size.letters


class Dot(NamedTuple):
    """A country on the map. `number` is how much there is, 0 where nothing is counted."""

    term: Term
    number: int
    x: float
    y: float
    radius: float
    wide: Label | None = None
    narrow: Label | None = None

    def box(self, size: Size) -> Box:
        """The room that it takes."""
        radius = self.radius * size.dots
        return self.x - radius, self.y - radius, self.x + radius, self.y + radius


class Map(NamedTuple):
    """All that is drawn; `borders` is empty unless the hub's settings ask for outlines."""

    width: int
    height: int
    land: str
    borders: str
    dots: tuple[Dot, ...]


def map_of(countries: Iterable[tuple[Term, int]], site: Site) -> Map:
    """The countries that lie in the frame, in the order given, each with a number or 0."""
    dots = list(_dots(list(countries)))
    names = [dot.term.name(site.language) for dot in dots]
    numbered = [f"{name} {dot.number}" if dot.number else name for name, dot in zip(names, dots, strict=True)]
    labelled = zip(dots, labels(dots, numbered, WIDE), labels(dots, names, NARROW), strict=True)
    named = [dot._replace(wide=wide, narrow=narrow) for dot, wide, narrow in labelled]
    land, borders = shapes()
    return Map(WIDTH, HEIGHT, land, borders if site.settings.map.outlines else "", tuple(named))


def _dots(countries: Sequence[tuple[Term, int]]) -> Iterator[Dot]:
    most = max((number for term, number in countries if place(term.code)), default=0)
    least, largest = _DOTS
    for term, number in countries:
        if found := place(term.code):
            # By the square root, because people compare the areas of dots; of middle size where nothing is counted.
            part = sqrt(number / most) if most else 0.5
            yield Dot(term, number, *found, round(least + part * (largest - least), 1))


def labels(dots: Sequence[Dot], texts: Sequence[str], size: Size) -> list[Label | None]:
    """A place for each text where it covers no dot and no other text; those of the largest dots choose first."""
    taken = [dot.box(size) for dot in dots]
    found: dict[int, Label] = {}
    for at in sorted(range(len(dots)), key=lambda at: -dots[at].number):
        for label in _around(dots[at], texts[at], size):
            box = label.box(size)
            if _inside(box) and not any(overlap(box, other) for other in taken):
                found[at] = label
                taken.append(box)
                break
    return [found.get(at) for at in range(len(dots))]


def _around(dot: Dot, text: str, size: Size) -> Iterator[Label]:
    """Right, left, above, below, and between these."""
    left, top, right, bottom = dot.box(size)
    gap = _GAP * size.letters
    middle, over, under = dot.y + 0.3 * size.letters, top - gap - 0.1 * size.letters, bottom + gap + 0.7 * size.letters
    places = (
        (right + gap, middle, "start"),
        (left - gap, middle, "end"),
        (dot.x, over, "middle"),
        (dot.x, under, "middle"),
        (dot.x, over, "start"),
        (dot.x, under, "start"),
        (dot.x, over, "end"),
        (dot.x, under, "end"),
    )
    return (Label(text, round(x, 1), round(y, 1), anchor) for x, y, anchor in places)


def _inside(box: Box) -> bool:
    left, top, right, bottom = box
    return min(left, top) >= 0 and right <= WIDTH and bottom <= HEIGHT


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes have anything in common."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
