"""From the map of the world to the map of Asia: cut out, made coarser, written as path data."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from math import dist
from typing import Any

from chautari.geography.asia import EAST, NORTH, SOUTH, WEST, Shapes, project
from chautari.geography.topology import Line, arcs, polygons, ring

TOLERANCE = 0.06
"""How far a line may stray from the true one, in degrees: half a unit of the map."""
MARGIN = 1.0
"""How far the shapes go on beyond the frame, in degrees, so that no cut is seen."""
SMALLEST = 3.0
"""The area of the smallest island that is drawn, in square units of the map."""


def shapes(topology: Any) -> Shapes:
    """All land in one, and the lines between countries: those that are no coast."""
    lines = [simplified(line) for line in arcs(topology)]
    land = [numbers for polygon in _polygons(topology, "land") for numbers in polygon]
    rings = (path(clipped(ring(numbers, lines))) for numbers in land)
    coast = {max(number, ~number) for numbers in land for number in numbers}
    all_lines = {
        max(number, ~number) for polygon in _polygons(topology, "countries") for one in polygon for number in one
    }
    borders = (path(part, closed=False) for number in sorted(all_lines - coast) for part in within(lines[number]))
    return Shapes("".join(rings), "".join(borders))


def _polygons(topology: Any, name: str) -> Iterator[Any]:
    for geometry in topology["objects"][name]["geometries"]:
        yield from polygons(geometry)


def simplified(line: Line) -> Line:
    """A line with fewer points and the same ends, so that its neighbours still meet it (Ramer, Douglas and Peucker)."""
    if len(line) < 3:
        return line
    far, at = max((_distance(point, line[0], line[-1]), number) for number, point in enumerate(line))
    if far <= TOLERANCE:
        return [line[0], line[-1]]
    return [*simplified(line[: at + 1])[:-1], *simplified(line[at:])]


def _distance(point: Sequence[float], start: Sequence[float], end: Sequence[float]) -> float:
    length = dist(start, end)
    if not length:  # an island is one line that ends where it begins
        return dist(point, start)
    (x, y), (x0, y0), (x1, y1) = point, start, end
    return abs((x1 - x0) * (y0 - y) - (x0 - x) * (y1 - y0)) / length


def clipped(line: Line) -> Line:
    """The part of a closed line near the frame: cut along one side after the other (Sutherland and Hodgman)."""
    for axis, limit, sign in ((0, WEST, 1), (0, EAST, -1), (1, SOUTH, 1), (1, NORTH, -1)):
        line = list(_cut(line, axis, limit - sign * MARGIN, sign))
    return line


def _cut(line: Line, axis: int, limit: float, sign: int) -> Iterator[tuple[float, float]]:
    for before, point in pairwise((*line[-1:], *line)):
        here, there = sign * (before[axis] - limit), sign * (point[axis] - limit)
        if (here < 0) != (there < 0):
            part = here / (here - there)
            yield before[0] + part * (point[0] - before[0]), before[1] + part * (point[1] - before[1])
        if there >= 0:
            yield point


def within(line: Line) -> Iterator[Line]:
    """The parts of an open line near the frame."""
    for inside, points in groupby(line, lambda point: all(_near(*point))):
        if inside:
            yield list(points)


def _near(x: float, y: float) -> tuple[bool, bool]:
    return WEST - MARGIN < x < EAST + MARGIN, SOUTH - MARGIN < y < NORTH + MARGIN


def path(line: Line, *, closed: bool = True) -> str:
    """A line as path data in whole units, each point by its distance from the one before; empty if too small."""
    points = [(round(x), round(y)) for x, y in (project(*point) for point in line)]
    points = [point for point, _ in groupby(points)]
    if len(points) < 2 or (closed and _area(points) < SMALLEST):
        return ""
    steps = [(x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in pairwise(points)]
    return (
        f"M{_numbers(points[:1])}l{_numbers(steps[: -1 if closed and points[0] == points[-1] else None])}{'z' * closed}"
    )


def _area(points: Line) -> float:
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise((*points, points[0])))) / 2


def _numbers(points: Iterable[tuple[int, int]]) -> str:
    """Numbers as path data: a minus sign separates as well as a space does."""
    return " ".join(str(number) for point in points for number in point).replace(" -", "-")
