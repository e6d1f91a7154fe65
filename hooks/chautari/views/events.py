"""The list of events: what is coming, the next first, and behind it what is past, the latest first."""

from collections.abc import Iterable, Iterator
from datetime import date

from chautari.calendars import ALL_EVENTS
from chautari.channels import collection_channel
from chautari.content.events import Event
from chautari.library import Library
from chautari.listing import Listing, paginated
from chautari.site import Site
from chautari.wording import section


def listings(library: Library, site: Site) -> Iterator[Listing]:
    """/events/, /events/page/2/ …"""
    events = library.all(Event)
    data = {
        "facets": {name: library.counted_among(events, name) for name in ("countries", "themes")},
        "calendar": ALL_EVENTS,
    }
    channel = collection_channel(library, site, "events")
    listing = Listing("events/", section("events", site.language), template="events.html", channel=channel, data=data)
    yield from paginated(listing, [*coming(events, site.today), *past(events, site.today)])


def coming(events: Iterable[Event], today: date) -> list[Event]:
    """What is not over yet, the next first."""
    return sorted((event for event in events if not event.is_past(today)), key=lambda event: (event.begins, event.slug))


def past(events: Iterable[Event], today: date) -> list[Event]:
    """What is over, in the order of the collection: the latest first."""
    return [event for event in events if event.is_past(today)]
