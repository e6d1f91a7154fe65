"""Where countries lie: near enough for a pin on a map of the world."""

import json
from pathlib import Path

import pytest
from babel.core import Locale

from chautari.content import collections
from chautari.geography import POINTS, Point, point
from chautari.geography.__main__ import points
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
