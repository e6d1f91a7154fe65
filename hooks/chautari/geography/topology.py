"""Reading TopoJSON: shapes are made of lines, and one that two neighbours share is stored once."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Any

Line = Sequence[tuple[float, float]]
"""Points as (longitude, latitude), in degrees or as some projection has them."""


def arcs(topology: Any) -> list[Line]:
    """All lines, in degrees."""
    return [list(_arc(topology["transform"], arc)) for arc in topology["arcs"]]


def _arc(transform: Any, arc: Iterable[Sequence[int]]) -> Iterator[tuple[float, float]]:
    """Each point is stored as its distance from the one before, in whole steps (TopoJSON 2.1.1 and 2.1.2)."""
    (width, height), (left, bottom) = transform["scale"], transform["translate"]
    for x, y in accumulate(arc, lambda before, step: (before[0] + step[0], before[1] + step[1])):
        yield left + x * width, bottom + y * height


def polygons(geometry: Any) -> list[Any]:
    """The polygons of a shape, each a list of rings, each ring the numbers of its lines."""
    return [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]


def ring(numbers: Iterable[int], arcs: Sequence[Line]) -> Line:
    """A closed line; a number below zero means an arc walked backwards. It goes on across the antimeridian."""
    walked = [point for number in numbers for point in (arcs[number] if number >= 0 else arcs[~number][::-1])]
    turns = accumulate((round((x0 - x1) / 360) for (x0, _), (x1, _) in pairwise(walked)), initial=0)
    return [(x + 360 * turn, y) for (x, y), turn in zip(walked, turns, strict=True)]
