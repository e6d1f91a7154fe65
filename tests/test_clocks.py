"""One moment on several clocks: the zones' own rules decide, on the day itself."""

import datetime as dt

import pytest

from chautari.clocks import clocks
from chautari.site import Settings
from tests.hub import make_site


def shown(start: str, zone: str, *places: object) -> list[tuple[str, str]]:
    """What the clocks show, own first, when it is `start` in `zone`."""
    from chautari.dates import instant_of, read_zone

    site = make_site(settings=Settings.model_validate({"clocks": list(places)}))
    begins = instant_of(dt.datetime.fromisoformat(start), read_zone(zone))
    return [(clock.place, clock.start.strftime("%Y-%m-%d %H:%M")) for clock in clocks(begins, None, zone, site)]


@pytest.mark.parametrize(
    ("day", "brussels"),
    [("2026-03-28", "13:30"), ("2026-03-29", "14:30"), ("2026-10-24", "14:30"), ("2026-10-25", "13:30")],
)
def test_clocks_are_put_forward_and_back_on_their_day(day: str, brussels: str) -> None:
    own, there = shown(f"{day} 18:15", "Asia/Kathmandu", "Europe/Brussels")
    assert own == ("Kathmandu", f"{day} 18:15")
    assert there == ("Brussels", f"{day} {brussels}")


def test_the_day_may_be_another_one_elsewhere() -> None:
    (_, manila, honolulu) = shown("2026-05-01 00:30", "UTC", "Asia/Manila", "Pacific/Honolulu")
    assert manila == ("Manila", "2026-05-01 08:30")
    assert honolulu == ("Honolulu", "2026-04-30 14:30")


def test_the_own_zone_comes_first_once_and_by_the_name_that_people_use() -> None:
    delhi = {"zone": "Asia/Kolkata", "name": "Delhi"}
    assert [place for place, _ in shown("2026-05-01 10:00", "Asia/Kolkata", "Asia/Dhaka", delhi)] == ["Delhi", "Dhaka"]


def test_a_site_without_clocks_shows_the_own_alone() -> None:
    assert shown("2026-05-01 10:00", "UTC") == [("UTC", "2026-05-01 10:00")]
