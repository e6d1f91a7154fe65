"""The map of South and South-East Asia: its frame, where a place lies on it, and the land.

Equirectangular, true to scale along 15° north. Between 12° south and 39° north nobody sees a difference to the
projections of atlases, and a place is found by two multiplications.
"""

import json
from functools import cache
from math import cos, radians
from pathlib import Path
from typing import NamedTuple

from chautari.geography import Point, point

SHAPES = Path(__file__).parent / "asia.json"
WEST, EAST, SOUTH, NORTH = 59.5, 142.5, -12.5, 39.0
WIDTH = 1000
_SCALE = WIDTH / (EAST - WEST)
_STRETCH = 1 / cos(radians(15))
HEIGHT = round((NORTH - SOUTH) * _SCALE * _STRETCH)

# The middle of the largest part would put Malaysia's dot on Borneo, onto Brunei, and Vietnam's beyond its border.
_ELSEWHERE = {"MY": Point(4.1, 102.2), "VN": Point(15.6, 108.1)}


class Shapes(NamedTuple):
    """What is drawn, as path data (SVG 2, 9.3): all land as one shape, and the lines between countries."""

    land: str
    borders: str


@cache
def shapes() -> Shapes:
    """The land and the borders, as `python -m chautari.geography` made them."""
    return Shapes(**json.loads(SHAPES.read_text("utf-8")))


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """Where a place lies on the map, from its upper left corner."""
    return (longitude - WEST) * _SCALE, (NORTH - latitude) * _SCALE * _STRETCH


def place(code: str) -> tuple[float, float] | None:
    """Where a country's dot is; None outside the frame."""
    found = _ELSEWHERE.get(code) or point(code)
    if not found or not (WEST < found.longitude < EAST and SOUTH < found.latitude < NORTH):
        return None
    x, y = project(found.longitude, found.latitude)
    return round(x, 1), round(y, 1)
