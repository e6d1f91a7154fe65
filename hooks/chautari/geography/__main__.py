"""Makes the files beside this one: python -m chautari.geography countries-10m.json countries-50m.json

Both maps are of the npm package world-atlas: Natural Earth's countries as TopoJSON, named by the numeric codes of
ISO 3166-1. points.json is made of the finest scale, because the coarser ones leave small states out; asia.json of the
next, because the coarsest is wrong about the borders at Tawang and Preah Vihear.
"""

import json
import sys
from collections import defaultdict
from itertools import pairwise
from math import asin, degrees, radians, sin
from pathlib import Path
from statistics import fmean
from typing import Any

from babel.core import get_global

from chautari.geography import POINTS
from chautari.geography.asia import SHAPES
from chautari.geography.shapes import shapes
from chautari.geography.topology import Line, arcs, polygons, ring

# ISO has no number for it; CLDR and everybody else call it XK.
_WITHOUT_NUMBER = {"Kosovo": "XK"}


def points(topology: Any) -> dict[str, tuple[float, float]]:
    """The centroid of each country's largest polygon: (latitude, longitude), to a hundredth of a degree."""
    # In the cylindrical equal-area projection, in which an area on paper is one on the ground.
    lines = [[(x, sin(radians(y))) for x, y in line] for line in arcs(topology)]
    rings: dict[str, list[Line]] = defaultdict(list)
    for country in topology["objects"]["countries"]["geometries"]:
        if code := _code(country):
            rings[code] += [ring(polygon[0], lines) for polygon in polygons(country)]
    return {code: _degrees(*max(map(_centroid, rings[code]))[1:]) for code in sorted(rings)}


def _code(country: Any) -> str | None:
    replacements = get_global("territory_aliases").get(country.get("id"), ())
    return replacements[0] if len(replacements) == 1 else _WITHOUT_NUMBER.get(country["properties"]["name"])


def _centroid(ring: Line) -> tuple[float, float, float]:
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


def write(path: Path, made: dict[str, Any]) -> None:
    """One line for each name, so that a change can be read."""
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(value)}" for name, value in made.items())
    path.write_text(f"{{\n{lines}\n}}\n", "utf-8")


if __name__ == "__main__":
    finest, finer = (json.loads(Path(name).read_text("utf-8")) for name in sys.argv[1:])
    write(POINTS, points(finest))
    write(SHAPES, shapes(finer)._asdict())
