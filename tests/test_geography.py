"""Where countries lie: near enough for a pin on a map of the world."""

import json
import re
from itertools import accumulate
from pathlib import Path

import pytest
from babel.core import Locale

from chautari.content import collections
from chautari.geography import POINTS, Point, asia, point
from chautari.geography.__main__ import points
from chautari.geography.shapes import MARGIN, TOLERANCE, shapes, simplified
from chautari.loading import load
from tests.build import ROOT
from tests.hub import make_site

# Parts of other countries, or too small for the map; everything else that CLDR knows by name has a point.
WITHOUT = {"AC", "BQ", "BV", "CC", "CP", "CQ", "CX", "DG", "EA", "EU", "EZ", "GF", "GP", "IC", "MQ", "QO", "RE", "SJ", "TA",
           "TK", "UN", "XA", "XB", "YT", "ZZ"}  # fmt: skip


@pytest.mark.parametrize(
    ("code", "place"),
    {"BD": (24, 90), "NP": (28, 84), "TV": (-8, 179), "FJ": (-18, 178), "FR": (46, 2), "RU": (60, 97), "VA": (42, 12), "XK": (43, 21)}.items(),
)  # fmt: skip
def test_where_a_country_lies(code: str, place: tuple[int, int]) -> None:
    found = point(code)
    assert found
    assert (abs(found.latitude - place[0]) < 1.5, abs(found.longitude - place[1]) < 1.5) == (True, True)


def test_every_country_has_a_point() -> None:
    codes = {code for code in map(str, Locale("en").territories) if len(code) == 2 and code.isalpha()}
    assert {code for code in codes if not point(code)} == WITHOUT
    library = load(ROOT, collections(), make_site())
    assert [term.name() for term in library.vocabularies["countries"] if not point(term.code)] == []


def test_points_are_on_the_globe_to_a_hundredth_of_a_degree() -> None:
    for latitude, longitude in json.loads(POINTS.read_text("utf-8")).values():
        assert abs(latitude) <= 90
        assert abs(longitude) <= 180
        assert (latitude, longitude) == (round(latitude, 2), round(longitude, 2))


def test_the_point_is_the_middle_of_the_largest_part(tmp_path: Path) -> None:
    """A square of four degrees across the antimeridian, and an island."""
    square = [[178, -2], [4, 0], [0, 4], [-4, 0], [0, -4]]
    wrapped = [[178, -2], [-356, 0], [0, 4], [356, 0], [0, -4]]
    island = [[10, 10], [1, 0], [0, 1], [-1, 0], [0, -1]]
    for arc in (square, wrapped):
        topology = {
            "transform": {"scale": [1, 1], "translate": [0, 0]},
            "arcs": [island, arc],
            "objects": {
                "countries": {
                    "geometries": [
                        {"type": "MultiPolygon", "id": "242", "arcs": [[[0]], [[1]]], "properties": {"name": "Fiji"}}
                    ]
                }
            },
        }
        (found,) = points(topology).values()
        assert Point(*found)[0] == 0
        assert abs(found[1]) == 180


def drawn(path: str) -> list[list[tuple[int, int]]]:
    """The lines of path data: of each the points, in units of the map."""
    lines = [re.findall(r"-?\d+", part) for part in path.split("M")[1:]]
    steps = [[(int(x), int(y)) for x, y in zip(line[::2], line[1::2], strict=True)] for line in lines]
    return [list(accumulate(line, lambda at, step: (at[0] + step[0], at[1] + step[1]))) for line in steps]


def topology(arcs: list[list[list[int]]], land: list[object], *countries: list[object]) -> dict[str, object]:
    """A map of the world in steps of a tenth of a degree."""
    shapes = {"land": [land], "countries": list(countries)}
    objects = {
        name: {"geometries": [{"type": "MultiPolygon", "arcs": arcs} for arcs in polygons]}
        for name, polygons in shapes.items()
    }
    return {"transform": {"scale": [0.1, 0.1], "translate": [0, 0]}, "arcs": arcs, "objects": objects}


def test_the_land_is_one_shape_and_borders_are_what_two_countries_share() -> None:
    """Two countries of ten degrees side by side; an islet of a tenth of a degree; an island in the Atlantic."""
    border = [[900, 100], [0, 100]]
    west, east = [[900, 200], [-100, 0], [0, -100], [100, 0]], [[900, 100], [100, 0], [0, 100], [-100, 0]]
    islet, atlantic = [[700, 0], [1, 0], [0, 1], [-1, -1]], [[-300, 0], [50, 0], [0, 50], [-50, -50]]
    made = shapes(
        topology(
            [border, west, east, islet, atlantic],
            [[[1, 2]], [[3]], [[4]]],
            [[[0, 1]], [[3]]],
            [[[2, -1]], [[4]]],
        )
    )
    (land,) = drawn(made.land)
    corners = {
        tuple(map(round, asia.project(*place)))
        for place in ((80, 10), (80, 20), (90, 10), (90, 20), (100, 10), (100, 20))
    }
    assert set(land) == corners
    (line,) = drawn(made.borders)
    assert line == [tuple(map(round, asia.project(90, 10))), tuple(map(round, asia.project(90, 20)))]


def test_land_ends_a_little_beyond_the_frame() -> None:
    world = [[300, -800], [1300, 0], [0, 1600], [-1300, 0], [0, -1600]]
    (land,) = drawn(shapes(topology([world], [[[0]]])).land)
    xs, ys = {x for x, _ in land}, {y for _, y in land}
    assert (min(xs), max(ys)) == tuple(map(round, asia.project(asia.WEST - MARGIN, asia.SOUTH - MARGIN)))
    assert (max(xs), min(ys)) == tuple(map(round, asia.project(asia.EAST + MARGIN, asia.NORTH + MARGIN)))


def test_a_line_is_made_simpler_only_where_nobody_sees_it() -> None:
    straight = [(0.0, 0.0), (1.0, TOLERANCE / 2), (2.0, 0.0)]
    bent = [(0.0, 0.0), (1.0, TOLERANCE * 2), (2.0, 0.0)]
    island = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.5, 1.0), (0.0, 1.0), (0.0, 0.0)]
    assert simplified(straight) == [straight[0], straight[-1]]
    assert simplified(bent) == bent
    assert simplified(island) == [point for point in island if point != (0.5, 1.0)]


def test_the_stored_map_is_small_and_fills_its_frame() -> None:
    stored = asia.shapes()
    assert len(stored.land) < 12_000
    assert len(stored.borders) < 4_000
    land = [point for line in drawn(stored.land) for point in line]
    assert min(x for x, _ in land) < 0 < asia.WIDTH < max(x for x, _ in land)
    assert min(y for _, y in land) < 0 < asia.HEIGHT < max(y for _, y in land)
    assert len(drawn(stored.land)) > 50, "islands too"
