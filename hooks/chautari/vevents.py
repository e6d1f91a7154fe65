"""An event, its registration or a call as a component of a calendar (VEVENT: RFC 5545, section 3.6.1), by icalendar."""

import datetime as dt
from collections.abc import Callable
from textwrap import shorten
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

import icalendar
from lxml import html as markup

from chautari.calendars import Dated
from chautari.channels import identity
from chautari.content.events import Event, Place
from chautari.content.partners import Partner
from chautari.dates import instant_of, read_zone
from chautari.entry import Entry
from chautari.library import Library
from chautari.site import Site
from chautari.wording import clock, day, translations

ABOUT_LENGTH = 300
STEPS = ("scheduled", "moved online", "postponed", "rescheduled", "cancelled")
"""The states of an event in the order in which they may come over it."""
STATUS = {"cancelled": "CANCELLED", "postponed": "TENTATIVE"}
"""Section 3.8.1.11. Of a postponed event the day no longer holds, but nobody has called it off."""
UNKNOWN = dt.date(1970, 1, 1)
"""Says when an entry changed where its editors do not: a build's clock would show every subscriber a change."""


class Vevents:
    """What calendars say of the entries of a library. `html` gives the text of an entry."""

    def __init__(self, library: Library, site: Site, html: Callable[[Entry], str]) -> None:
        self.library, self.site, self.html = library, site, html
        self._ = translations(site.language).gettext

    def of(self, entry: Dated) -> list[bytes]:
        """The components of an entry; an event's own stands before that of its registration."""
        _ = self._
        if not isinstance(entry, Event):
            return [self.deadline(entry, entry.deadline, _("Deadline: %(title)s"))] if entry.deadline else []
        until = entry.registration and entry.registration.deadline
        registration = [self.deadline(entry, until, _("Register until: %(title)s"))] if until else []
        return [self.event(entry), *registration]

    def event(self, event: Event) -> bytes:
        """The event itself. One that is cancelled or postponed keeps nobody from anything else."""
        component = self.component(event, "%(title)s")
        add_period(component, *(in_zone(moment, event.timezone) for moment in (event.start, event.end or event.start)))
        component.add("transp", "TRANSPARENT" if event.state in STATUS else "OPAQUE")
        if event.places:
            component.add("location", "; ".join(map(self.place, event.places)), {"LANGUAGE": event.language})
        if event.online_url:
            component.add("conference", icalendar.vUri(event.online_url), {"VALUE": "URI"})
        if event.contact:
            component.add("contact", joined(", ", event.contact.role, event.contact.email))
        if mailbox := self.organiser(event):
            component.add("organizer", mailbox)
        return bytes(component.to_ical())

    def deadline(self, entry: Dated, last: dt.date, words: str) -> bytes:
        """A last day: a whole one, on which one is free all the same."""
        component = self.component(entry, words, "#deadline")
        add_period(component, last, last)
        component.add("transp", "TRANSPARENT")
        return bytes(component.to_ical())

    def component(self, entry: Dated, words: str, part: str = "") -> icalendar.Event:
        """What each component of an entry says; `part` tells its name from that of the entry's first one."""
        component = icalendar.Event()
        component.add("uid", self.uid(entry, part))
        component.add("dtstamp", changed(entry))
        if entry.last_changed:
            component.add("last-modified", changed(entry))
        component.add("sequence", sequence(entry))
        component.add("status", STATUS.get(state_of(entry), "CONFIRMED"))
        component.add("summary", self.told(entry, words % {"title": entry.title}), {"LANGUAGE": entry.language})
        component.add("description", self.description(entry), {"LANGUAGE": entry.language})
        component.add("url", self.site.absolute(entry.url))
        if entry.labels:
            component.add("categories", [term.name(self.site.language) for term in entry.labels])
        return component

    def uid(self, entry: Entry, part: str) -> str:
        """One name for ever and in all languages; RFC 7986, section 5.3 wants a UUID, and no host in it."""
        original = self.library.translations(entry)[0]
        return str(uuid5(NAMESPACE_URL, identity(original, self.site) + part))

    def told(self, entry: Dated, title: str) -> str:
        """A title with what has happened to the event: many programs do not show the status."""
        _ = self._
        words = {"cancelled": _("Cancelled: %(title)s"), "postponed": _("Postponed: %(title)s")}
        return words.get(state_of(entry), "%(title)s") % {"title": title}

    def description(self, entry: Dated) -> str:
        """What it is about, what has changed, how to take part, and where to read more."""
        _ = self._
        parts = [entry.summary or beginning(self.html(entry))]
        if isinstance(entry, Event):
            if entry.previous_start:
                parts.append(_("It was to begin on %(date)s.") % {"date": self.when(entry.previous_start)})
            if entry.online_url:
                parts.append(_("Online: %(address)s") % {"address": entry.online_url})
            if entry.registration:
                parts.append(joined("\n", entry.registration.how, entry.registration.url))
        return joined("\n\n", *parts, self.site.absolute(entry.url))

    def when(self, moment: dt.date) -> str:
        """A day in words, with the time where there is one."""
        language = self.site.language
        time = clock(moment, language) if isinstance(moment, dt.datetime) else None
        return joined(", ", day(moment, language), time)

    def place(self, place: Place) -> str:
        """A place in one line, the nearest first."""
        country = place.country.name(self.site.language) if place.country else None
        return joined(", ", place.name, place.address, place.city, country)

    def organiser(self, event: Event) -> icalendar.vCalAddress | None:
        """The first organiser with a public mailbox. ORGANIZER is an address (section 3.3.3), and none is made up."""
        for partner in map(self.library.get, event.organisers):
            contact = partner.contact if isinstance(partner, Partner) and partner.status != "withdrawn" else None
            if partner and contact and contact.email:
                address = icalendar.vCalAddress(f"mailto:{quote(contact.email, safe='@')}")
                address.params["CN"] = partner.title
                return address
        return None


def sequence(entry: Dated) -> int:
    """A number that grows with each change that the editors tell; RFC 5546, section 2.1.4 compares and does not count.

    A build knows nothing of those before it, so the content has to say it: the minutes from 1970 to the last change,
    and a step for each state that the event may have gone through. So a move or a cancellation counts on the day of
    publication as well. Who changes an event otherwise writes `updated`.
    """
    steps = len(entry.corrections) + (entry.updated is not None)
    if isinstance(entry, Event):
        steps += STEPS.index(entry.state) + (entry.previous_start is not None)
    return max(0, int(changed(entry).timestamp()) // 60) + steps


def changed(entry: Entry) -> dt.datetime:
    """When it was published or changed last; a day begins at midnight UTC, as `last_changed` compares them."""
    return instant_of(entry.last_changed or UNKNOWN, dt.UTC).astimezone(dt.UTC)


def state_of(entry: Dated) -> str:
    """The state of an event; calls have none."""
    return entry.state if isinstance(entry, Event) else "scheduled"


def beginning(html: str) -> str:
    """The first paragraph of a text in plain words."""
    first = next(markup.fragment_fromstring(html, create_parent=True).iter("p"), None)
    return "" if first is None else shorten(str(first.text_content()), ABOUT_LENGTH, placeholder="…")


def joined(between: str, *texts: str | None) -> str:
    """Those of the texts that are there, in a row."""
    return between.join(filter(None, texts))


def in_zone(moment: dt.date, zone: str) -> dt.date:
    """A time with the zone of its place; a day is the same everywhere."""
    return moment.replace(tzinfo=read_zone(zone)) if isinstance(moment, dt.datetime) else moment


def add_period(component: icalendar.Event, start: dt.date, end: dt.date) -> None:
    """From when to when (section 3.8.2.2): whole days end with the day after the last, and no end is like the start."""
    component.add("dtstart", start)
    if not isinstance(start, dt.datetime):
        component.add("dtend", end + dt.timedelta(days=1))
    elif instant_of(end, dt.UTC) > start:
        component.add("dtend", end)
