"""Where countries lie: one point for each, by its ISO 3166-1 code, for feeds and maps.

The points are made of Natural Earth's public-domain map by `python -m chautari.geography` (see __main__.py).
"""

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

POINTS = Path(__file__).parent / "points.json"


class Point(NamedTuple):
    """A place in degrees of WGS 84, in the order of GeoRSS; GeoJSON has it the other way round."""

    latitude: float
    longitude: float


def point(code: str) -> Point | None:
    """The middle of a country's largest part; None for what the map does not show apart."""
    return _points().get(code)


@cache
def _points() -> dict[str, Point]:
    return {code: Point(*place) for code, place in json.loads(POINTS.read_text("utf-8")).items()}
