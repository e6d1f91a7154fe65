"""The same moment on the clocks of several places, by the rules that each had or will have on that day."""

import datetime as dt
from dataclasses import dataclass

from chautari.dates import read_zone
from chautari.site import Site
from chautari.wording import place_of_zone


@dataclass(frozen=True)
class Clock:
    """What the clocks of a place show when something begins and ends; `own` where it is the thing's own zone."""

    place: str
    start: dt.datetime
    end: dt.datetime | None
    own: bool = False


def clocks(start: dt.datetime, end: dt.datetime | None, zone: str, site: Site) -> tuple[Clock, ...]:
    """The clock of a zone, and those of the places that the site names."""
    names = {clock.zone: clock.name for clock in site.settings.clocks}
    zones = dict.fromkeys((zone, *names))
    return tuple(
        Clock(
            names.get(each) or place_of_zone(each, site.language),
            start.astimezone(read_zone(each)),
            end and end.astimezone(read_zone(each)),
            own=each == zone,
        )
        for each in zones
    )
