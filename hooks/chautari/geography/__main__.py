"""Makes points.json of a map: python -m chautari.geography countries-10m.json

The map is that of the npm package world-atlas: Natural Earth's countries as TopoJSON, named by the numeric codes of
ISO 3166-1. The finest scale, because the coarser ones leave small states out.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from math import asin, degrees, radians, sin
from pathlib import Path
from statistics import fmean
from typing import Any

from babel.core import get_global

from chautari.geography import POINTS

# ISO has no number for it; CLDR and everybody else call it XK.
_WITHOUT_NUMBER = {"Kosovo": "XK"}

Ring = Sequence[tuple[float, float]]


def points(topology: Any) -> dict[str, tuple[float, float]]:
    """The centroid of each country's largest polygon: (latitude, longitude), to a hundredth of a degree."""
    arcs = [list(_arc(topology["transform"], arc)) for arc in topology["arcs"]]
    rings: dict[str, list[Ring]] = defaultdict(list)
    for country in topology["objects"]["countries"]["geometries"]:
        if code := _code(country):
            parts = [country["arcs"]] if country["type"] == "Polygon" else country["arcs"]
            rings[code] += [_ring(part[0], arcs) for part in parts]
    return {code: _degrees(*max(map(_centroid, rings[code]))[1:]) for code in sorted(rings)}


def _code(country: Any) -> str | None:
    replacements = get_global("territory_aliases").get(country.get("id"), ())
    return replacements[0] if len(replacements) == 1 else _WITHOUT_NUMBER.get(country["properties"]["name"])


def _arc(transform: Any, arc: Iterable[Sequence[int]]) -> Iterator[tuple[float, float]]:
    """A line: each point is stored as its distance from the one before, in whole steps (TopoJSON 2.1.1 and 2.1.2).

    It comes in the cylindrical equal-area projection, in which an area on paper is one on the ground.
    """
    (width, height), (left, bottom) = transform["scale"], transform["translate"]
    for x, y in accumulate(arc, lambda before, step: (before[0] + step[0], before[1] + step[1])):
        yield left + x * width, sin(radians(bottom + y * height))


def _ring(numbers: Iterable[int], arcs: Sequence[Ring]) -> Ring:
    """A closed line; a number below zero means an arc walked backwards. It goes on across the antimeridian."""
    walked = [point for number in numbers for point in (arcs[number] if number >= 0 else arcs[~number][::-1])]
    turns = accumulate((round((x0 - x1) / 360) for (x0, _), (x1, _) in pairwise(walked)), initial=0)
    return [(x + 360 * turn, y) for (x, y), turn in zip(walked, turns, strict=True)]


def _centroid(ring: Ring) -> tuple[float, float, float]:
    """The area of a ring and its centre of gravity (the shoelace formula); on this map the Vatican is but a line."""
    area = x = y = 0.0
    for (x0, y0), (x1, y1) in pairwise((*ring, ring[0])):
        cross = x0 * y1 - x1 * y0
        area, x, y = area + cross, x + (x0 + x1) * cross, y + (y0 + y1) * cross
    if not area:
        return 0, fmean(x for x, _ in ring), fmean(y for _, y in ring)
    return abs(area), x / (3 * area), y / (3 * area)


def _degrees(x: float, y: float) -> tuple[float, float]:
    return round(degrees(asin(y)), 2), round((x + 180) % 360 - 180, 2)


if __name__ == "__main__":
    made = points(json.loads(Path(sys.argv[1]).read_text("utf-8")))
    lines = ",\n".join(f"{json.dumps(code)}: {json.dumps(place)}" for code, place in made.items())
    POINTS.write_text(f"{{\n{lines}\n}}\n", "utf-8")
