"""The page that lists every feed and calendar in plain words."""

from collections.abc import Iterator
from itertools import groupby

from chautari.calendars import calendars
from chautari.channels import group_title, grouped_channels
from chautari.library import Library
from chautari.listing import Listing
from chautari.site import Site
from chautari.wording import translations


def listings(library: Library, site: Site) -> Iterator[Listing]:
    """/subscribe/, below the words of docs/subscribe.md."""
    _ = translations(site.language).gettext
    yield Listing(
        "subscribe/",
        _("Subscribe"),
        template="subscribe.html",
        text="subscribe.md",
        data={"groups": grouped_channels(library, site), "calendars": grouped_calendars(library, site)},
    )


def grouped_calendars(library: Library, site: Site) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Every calendar by its title and address, in groups as those of the feeds: (group, its title, calendars)."""
    groups = groupby(calendars(library, site), key=lambda calendar: calendar.group)
    return [(name, group_title(name, site), [(each.title, each.address) for each in group]) for name, group in groups]
