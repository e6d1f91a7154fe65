"""Events: what takes place at a time (schema:EducationEvent and CourseInstance, RFC 5545)."""

import datetime as dt
from typing import Any, Literal

from chautari.dates import Day, DayOrLocalTime, Zone, day_of, exists, instant_of, read_zone
from chautari.entry import Collection, Entry, newest_first
from chautari.references import AnyContributor, InitiativeRef, Organisation, PostRef, ResourceRef, TrainingRef
from chautari.schema_org import Node, Nodes, filled, node
from chautari.validation import Model
from chautari.values import Language, Mail, Many, Size, Text, WebAddress, complaint
from chautari.vocabulary import Country


class Place(Model):
    """Where it takes place; a training may have two."""

    name: Text | None = None
    city: Text | None = None
    country: Country | None = None
    address: Text | None = None

    def model_post_init(self, context: Any, /) -> None:
        if not (self.name or self.city or self.address):
            raise complaint("says neither name, city nor address", "Add for example a line `city: Dhaka`.")


class Registration(Model):
    """How to take part."""

    how: Text | None = None
    url: WebAddress | None = None
    deadline: Day | None = None
    eligibility: Literal["open", "by invitation"] | None = None


class ProgrammeItem(Model):
    """A line of the programme; `time` as people write it."""

    time: Text | None = None
    title: Text
    speakers: Many[Text] = ()


class Contact(Model):
    """Whom to ask: a role, never a person's private address."""

    role: Text
    email: Mail | None = None


class Event(Entry):
    """A dated event. Times are those of the clock in `timezone`; a day without a time is a whole day."""

    start: DayOrLocalTime
    end: DayOrLocalTime | None = None
    timezone: Zone
    mode: Literal["in person", "online", "hybrid"]
    places: Many[Place] = ()
    online_url: WebAddress | None = None
    state: Literal["scheduled", "postponed", "rescheduled", "moved online", "cancelled"] = "scheduled"
    previous_start: DayOrLocalTime | None = None
    training: TrainingRef | None = None
    initiative: InitiativeRef | None = None
    organisers: Many[Organisation] = ()
    speakers: Many[AnyContributor] = ()
    registration: Registration | None = None
    cost: Text | None = None
    capacity: Size | None = None
    languages: Many[Language] = ()
    interpretation: bool | None = None
    programme: Many[ProgrammeItem] = ()
    report: PostRef | None = None
    recordings: Many[WebAddress] = ()
    materials: Many[ResourceRef] = ()
    contact: Contact | None = None

    def model_post_init(self, context: Any, /) -> None:
        super().model_post_init(context)
        zone = read_zone(self.timezone)
        for name, moment in (("start", self.start), ("end", self.end), ("previous_start", self.previous_start)):
            if isinstance(moment, dt.datetime) and not exists(moment, zone):
                raise complaint(
                    f"{moment:%Y-%m-%d %H:%M} does not exist in {self.timezone}: clocks are put forward then",
                    "Write another time.",
                    name,
                )
        if self.end is not None:
            if isinstance(self.end, dt.datetime) != isinstance(self.start, dt.datetime):
                raise complaint(
                    "has a time and start has none, or the other way round",
                    "Write both with a time, or both without.",
                    "end",
                )
            if instant_of(self.end, zone) < instant_of(self.start, zone):
                raise complaint("is before the start", "Correct one of the two.", "end")
        if (
            self.registration
            and self.registration.deadline
            and self.registration.deadline > day_of(self.end or self.start)
        ):
            raise complaint("the deadline is after the event", "Correct one of the two.", "registration")
        if self.state == "moved online" and self.mode == "in person":
            raise complaint("is in person, but the event was moved online", "Write online or hybrid.", "mode")

    @property
    def begins(self) -> dt.datetime:
        """The instant at which it starts."""
        return instant_of(self.start, read_zone(self.timezone))

    @property
    def ends(self) -> dt.datetime | None:
        """The instant at which it ends, if somebody has said."""
        return instant_of(self.end, read_zone(self.timezone)) if self.end else None

    @property
    def is_timed(self) -> bool:
        """Whether it begins at a time, and not with a day."""
        return isinstance(self.start, dt.datetime)

    @property
    def last_day(self) -> dt.date:
        return day_of(self.end or self.start)

    def is_past(self, today: dt.date) -> bool:
        """Whether it is over today."""
        return self.last_day < today

    def is_closed(self, today: dt.date) -> bool:
        """Whether it is too late to register."""
        deadline = self.registration.deadline if self.registration else None
        return deadline is not None and deadline < today

    def states(self, today: dt.date) -> tuple[object, ...]:
        return *super().states(today), self.is_past(today), self.is_closed(today)


def _latest_first(event: Event) -> Any:
    return (-day_of(event.start).toordinal(), *newest_first(event))


_STATES = {
    "postponed": "EventPostponed",
    "rescheduled": "EventRescheduled",
    "moved online": "EventMovedOnline",
    "cancelled": "EventCancelled",
}
_MODES = {
    "in person": "OfflineEventAttendanceMode",
    "online": "OnlineEventAttendanceMode",
    "hybrid": "MixedEventAttendanceMode",
}


def _described(event: Event, nodes: Nodes) -> Node:
    """schema:EducationEvent; an event at which a training is given is an instance of that course as well."""
    return filled(
        **{"@type": ["EducationEvent", "CourseInstance"] if event.training else "Event"},
        startDate=_moment(event, event.start),
        endDate=event.end and _moment(event, event.end),
        previousStartDate=event.previous_start and _moment(event, event.previous_start),
        eventStatus=f"https://schema.org/{_STATES.get(event.state, 'EventScheduled')}",
        eventAttendanceMode=f"https://schema.org/{_MODES[event.mode]}",
        location=_locations(event, nodes),
        organizer=nodes.all_named(*event.organisers) or nodes.publisher,
        performer=nodes.people(event.speakers),
        about=nodes.subjects(event),
        inLanguage=list(event.languages),
        maximumAttendeeCapacity=event.capacity,
        offers=None if event.state == "cancelled" else _offer(event, nodes),
        workFeatured=nodes.all_named(*event.materials),
        subjectOf=nodes.named(event.report),
    )


def _moment(event: Event, moment: dt.date) -> str:
    """A day, or a time with the zone's offset on that day (ISO 8601)."""
    timed = isinstance(moment, dt.datetime)
    return (instant_of(moment, read_zone(event.timezone)) if timed else moment).isoformat()


def _locations(event: Event, nodes: Nodes) -> list[Node]:
    """Every place, and the room in the network; where nobody has said either, the country or the event's own page."""
    places = [_place(place) for place in event.places]
    if event.mode != "in person":
        url = event.online_url or nodes.address(event.url)
        places.append(node("VirtualLocation", url=url))
    return places or nodes.places(event)


def _place(place: Place) -> Node:
    address = node(
        "PostalAddress",
        streetAddress=place.address,
        addressLocality=place.city,
        addressCountry=place.country and place.country.code,
    )
    return node("Place", name=place.name or place.city or place.address, address=address)


def _offer(event: Event, nodes: Nodes) -> Node | None:
    """How to take part, and what it costs, in words: a price without a currency would be a guess."""
    registration = event.registration
    if not (registration or event.cost):
        return None
    return node(
        "Offer",
        url=(registration and registration.url) or nodes.address(event.url),
        availabilityEnds=registration and registration.deadline and registration.deadline.isoformat(),
        description=event.cost,
    )


COLLECTION = Collection("events", Event, order=_latest_first, schema_type="Event", described=_described)
