"""Calendars: what other programs read in them is what the editors wrote, and the same as long as they change nothing."""

import datetime as dt
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import yaml

from chautari.calendars import calendars
from chautari.entry import Entry
from chautari.library import Library
from chautari.outputs.calendars import artifacts
from chautari.site import Settings
from chautari.zones import vtimezone
from tests.build import page
from tests.hub import File, NoTexts, event, make_library, make_site, partner, post, training

SITE = make_site(settings=Settings(id_authority="hub.example.org,2014"))
EVENTS = "content/events"


class Texts(NoTexts):
    """Texts in one paragraph, as they were written; notes who asked for one."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def whole(self, entry: Entry) -> str:
        self.asked.append(entry.slug)
        return f"<p>{entry.body}</p>"


def texts(library: Library) -> dict[str, bytes]:
    """Every calendar file by its address."""
    return {made.url: made.content() for made in artifacts(library, SITE, Texts())}


def written(folder: Path, files: Mapping[str, File]) -> dict[str, bytes]:
    return texts(make_library(folder, files))


def lines(raw: bytes) -> list[bytes]:
    """The lines of a calendar unfolded, after a look at the rules for them (RFC 5545, section 3.1)."""
    assert raw.endswith(b"\r\n")
    assert not re.search(rb"\r(?!\n)|(?<!\r)\n", raw)
    for line in raw.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()
    return raw.replace(b"\r\n ", b"").split(b"\r\n")


def events_in(raw: bytes) -> list[Any]:
    """The events as another program sees them."""
    lines(raw)
    return list(icalendar.Calendar.from_ical(raw).events)


def one(folder: Path, *fields: str, **more: str) -> Any:
    """The component of one event with these fields."""
    (found,) = events_in(written(folder, {f"{EVENTS}/x.md": event(*fields, **more)})["events/calendar.ics"])
    return found


# --- which calendars there are ---

SEVERAL = {
    f"{EVENTS}/dhaka.md": event("countries: Bangladesh", "themes: Decent work", "groups: Women", title="In Dhaka"),
    f"{EVENTS}/run.md": event("training: course", title="A run", start="2025-02-01"),
    "content/trainings/course.md": training(title="The course"),
    "content/trainings/idle.md": training("countries: Nepal", title="Idle"),
    "content/posts/2019/call.md": post("deadline: 2019-09-01", "themes: Minimum wage", title="Send pictures"),
    "content/posts/2019/report.md": post("themes: Gender equality", "countries: Nepal"),
}


def test_a_calendar_is_where_something_has_a_day(tmp_path: Path) -> None:
    assert list(written(tmp_path, SEVERAL)) == [
        "events/calendar.ics",
        "countries/bangladesh/calendar.ics",
        "regions/asia/calendar.ics",
        "regions/south-asia/calendar.ics",
        "themes/decent-work/calendar.ics",
        "themes/minimum-wage/calendar.ics",
        "groups/women/calendar.ics",
        "countries/bangladesh/decent-work/calendar.ics",
        "trainings/course/calendar.ics",
        "events/dhaka/event.ics",
        "events/run/event.ics",
    ]


def test_a_calendar_holds_what_bears_its_label_the_earliest_first(tmp_path: Path) -> None:
    found = written(tmp_path, SEVERAL)
    titles = {name: [str(each["summary"]) for each in events_in(raw)] for name, raw in found.items()}
    assert titles["events/calendar.ics"] == ["Deadline: Send pictures", "A run", "In Dhaka"]
    assert titles["regions/asia/calendar.ics"] == titles["events/dhaka/event.ics"] == ["In Dhaka"]
    assert titles["themes/decent-work/calendar.ics"] == ["Deadline: Send pictures", "In Dhaka"]
    assert titles["trainings/course/calendar.ics"] == ["A run"]


def test_calendars_say_what_they_are_about(tmp_path: Path) -> None:
    found = list(calendars(make_library(tmp_path, SEVERAL), SITE))
    assert [(each.group, each.title) for each in found] == [
        ("site", "Events"),
        ("countries", "Bangladesh"),
        ("regions", "Asia"),
        ("regions", "South Asia"),
        ("themes", "Decent work"),
        ("themes", "Minimum wage"),
        ("groups", "Women"),
        ("pairs", "Decent work in Bangladesh"),
        ("trainings", "The course"),
    ]


@pytest.mark.parametrize(
    "field", ["status: draft", "status: withdrawn", "date: 2030-01-01", "expires: 2020-01-01"], ids=str
)
def test_what_is_not_listed_is_in_no_calendar(tmp_path: Path, field: str) -> None:
    found = written(tmp_path, {f"{EVENTS}/x.md": event(field, "countries: Nepal")})
    assert found.keys() - {"events/x/event.ics"} == {"events/calendar.ics"}
    assert events_in(found["events/calendar.ics"]) == []
    assert ("events/x/event.ics" in found) == field.startswith("expires"), "whose page is kept"


def test_a_hub_without_events_has_a_calendar_that_is_whole(tmp_path: Path) -> None:
    (raw,) = written(tmp_path, {"content/posts/2019/x.md": post()}).values()
    assert [part.name for part in icalendar.Calendar.from_ical(raw).subcomponents] == ["VTIMEZONE"]


def test_a_calendar_says_its_name_and_when_to_ask_again(tmp_path: Path) -> None:
    found = written(tmp_path, SEVERAL)
    assert set(lines(found["groups/women/calendar.ics"])) >= {
        b"NAME;LANGUAGE=en:Hub: Women",
        b"X-WR-CALNAME:Hub: Women",
        b"SOURCE;VALUE=URI:https://hub.example.org/sub/groups/women/calendar.ics",
        b"REFRESH-INTERVAL;VALUE=DURATION:P1D",
        b"METHOD:PUBLISH",
    }
    assert b"REFRESH-INTERVAL" not in found["events/dhaka/event.ics"], "which one takes over once"


# --- what an event says ---


def test_an_event_is_complete(built: Path) -> None:
    raw = (built / "site/events/complete/event.ics").read_bytes()
    (found,) = events_in(raw)
    address = page(built, "events/complete/").xpath("string(//link[@rel='canonical']/@href)")
    assert found["url"] == address
    assert str(found["location"]) == "First Hotel, 1 First Road, Dhaka, Bangladesh; Second Resort, Purbachal"
    assert found["conference"] == "https://example.org/room"
    assert found["contact"] == "Events desk, events@example.org"
    assert found["status"] == "CONFIRMED"
    for words in ("It was to begin on 1 April 2026, 10:00.", "https://example.org/register", address):
        assert words in found["description"]
    assert set(lines(raw)) >= {
        b"SUMMARY;LANGUAGE=en:An event with every field",
        b"DTSTART;TZID=Asia/Dhaka:20260501T100000",
        b"DTEND;TZID=Asia/Dhaka:20260503T171500",
        b"CATEGORIES:Bangladesh",
    }


def test_a_registration_is_a_day_of_its_own(built: Path) -> None:
    itself, until = events_in((built / "site/trainings/complete/calendar.ics").read_bytes())[1:]
    assert until["summary"] == "Register until: An event with every field"
    assert until["dtstart"].dt == dt.date(2026, 4, 20)
    assert until["transp"] == "TRANSPARENT"
    assert until["uid"] != itself["uid"]


@pytest.mark.parametrize(
    ("state", "status", "title", "transparency"),
    [
        ("scheduled", "CONFIRMED", "X", "OPAQUE"),
        ("moved online", "CONFIRMED", "X", "OPAQUE"),
        ("rescheduled", "CONFIRMED", "X", "OPAQUE"),
        ("postponed", "TENTATIVE", "Postponed: X", "TRANSPARENT"),
        ("cancelled", "CANCELLED", "Cancelled: X", "TRANSPARENT"),
    ],
)
def test_the_state_of_an_event(tmp_path: Path, state: str, status: str, title: str, transparency: str) -> None:
    found = one(tmp_path, f"state: {state}", title="X")
    assert (found["status"], str(found["summary"]), found["transp"]) == (status, title, transparency)


def test_the_registration_of_a_cancelled_event_is_cancelled(tmp_path: Path) -> None:
    files = {f"{EVENTS}/x.md": event("state: cancelled", "registration: {deadline: 2026-04-01}", title="X")}
    deadline, itself = events_in(written(tmp_path, files)["events/calendar.ics"])[::-1]
    assert deadline["status"] == itself["status"] == "CANCELLED"
    assert deadline["summary"] == "Cancelled: Register until: X"


@pytest.mark.parametrize(
    ("contact", "organiser"),
    [
        ("contact: {email: office+a@example.org, public: true}", "mailto:office%2Ba@example.org"),
        ("city: Dhaka", None),
        ("contact: {email: o@example.org, public: true}\nstatus: withdrawn", None),
    ],
)
def test_an_organiser_has_a_mailbox_or_is_not_named(tmp_path: Path, contact: str, organiser: str | None) -> None:
    files = {
        f"{EVENTS}/x.md": event("organisers: [Somebody else, u]"),
        "content/partners/u.md": partner(contact, name='"Union, the"'),
    }
    (found,) = events_in(written(tmp_path, files)["events/calendar.ics"])
    assert found.get("organizer") == organiser
    assert organiser is None or found["organizer"].params["CN"] == "Union, the"


def test_without_a_summary_the_text_begins_the_description(tmp_path: Path) -> None:
    found = one(tmp_path, body="We *meet*, " + "again " * 100)
    assert found["description"].startswith("We *meet*, again")
    assert len(found["description"]) < 400


# --- when it is ---


@pytest.mark.parametrize(
    ("start", "end", "zone", "begins", "ends"),
    [
        ("2026-05-01", "", "Asia/Dhaka", "20260501", "20260502"),
        ("2026-05-01", "2026-05-01", "Asia/Dhaka", "20260501", "20260502"),
        ("2025-12-30", "2026-01-02", "Asia/Dhaka", "20251230", "20260103"),
        ("2026-05-01 10:00", "", "Asia/Dhaka", "20260501T100000", None),
        ("2026-05-01 10:00", "2026-05-01 10:00", "Asia/Dhaka", "20260501T100000", None),
        ("2025-12-31 22:00", "2026-01-01 02:00", "Asia/Kathmandu", "20251231T220000", "20260101T020000"),
        ("2026-05-01 10:00", "2026-05-01 11:00", "UTC", "20260501T100000Z", "20260501T110000Z"),
        ("1995-03-01 10:00", "1995-03-01 11:00", "Europe/Brussels", "19950301T100000", "19950301T110000"),
        ("2035-07-01 10:00", "2035-07-02 11:00", "Europe/Brussels", "20350701T100000", "20350702T110000"),
    ],
)
def test_days_and_times(tmp_path: Path, start: str, end: str, zone: str, begins: str, ends: str | None) -> None:
    text = event(f"end: {end}", start=start).replace("Asia/Dhaka", zone)
    said = lines(written(tmp_path, {f"{EVENTS}/x.md": text})["events/x/event.ics"])
    own = said[said.index(b"BEGIN:VEVENT") :]
    values = {line.partition(b";")[0].partition(b":")[0]: line.rpartition(b":")[2].decode() for line in own}
    assert (values[b"DTSTART"], values.get(b"DTEND")) == (begins, ends)
    zoned = f"DTSTART;TZID={zone}:{begins}".encode()
    assert (zoned in own) == (f"TZID:{zone}".encode() in said) == ("T" in begins and zone != "UTC")


@pytest.mark.parametrize("month", [1, 7])
@pytest.mark.parametrize(
    "zone",
    ["Asia/Dhaka", "Asia/Kathmandu", "Asia/Kolkata", "Asia/Phnom_Penh", "Asia/Jakarta", "Asia/Manila",
     "Europe/Brussels"],
)  # fmt: skip
def test_a_program_reads_the_same_instants_on_the_clocks_of_the_network(tmp_path: Path, zone: str, month: int) -> None:
    text = event(f"end: 2026-{month:02}-15 17:30", start=f"2026-{month:02}-15 09:15").replace("Asia/Dhaka", zone)
    (found,) = icalendar.Calendar.from_ical(written(tmp_path, {f"{EVENTS}/x.md": text})["events/x/event.ics"]).events
    for read, hour, minute in ((found.DTSTART, 9, 15), (found.DTEND, 17, 30)):
        assert read.astimezone(dt.UTC) == dt.datetime(2026, month, 15, hour, minute, tzinfo=ZoneInfo(zone))
        assert (read.hour, read.minute) == (hour, minute)


@pytest.mark.parametrize(
    "name",
    ["Europe/Brussels", "Asia/Kathmandu", "Asia/Dhaka", "Africa/Casablanca", "Pacific/Apia", "America/Sao_Paulo",
     "Australia/Lord_Howe", "Europe/Dublin"],
)  # fmt: skip
def test_a_zone_goes_by_the_clock_of_its_place(name: str) -> None:
    """A reader's own sums, as section 3.6.5 has them, give the offset that the place had in every hour."""
    described: Any = icalendar.Calendar.from_ical(vtimezone(name, 2009, 2012))
    onsets = []
    for part in described.subcomponents:
        dates = part.get("rdate", [])
        later = [each.dt for dates in (dates if isinstance(dates, list) else [dates]) for each in dates.dts]
        onsets += [(moment - part.TZOFFSETFROM, part.TZOFFSETTO) for moment in (part.DTSTART, *later)]
    onsets.sort()
    moment, end = dt.datetime(2009, 1, 1), dt.datetime(2013, 1, 1)  # noqa: DTZ001 - UTC, as the onsets are
    while moment < end:
        offset = [to for onset, to in onsets if onset <= moment][-1]
        assert offset == moment.replace(tzinfo=dt.UTC).astimezone(ZoneInfo(name)).utcoffset(), moment
        moment += dt.timedelta(hours=1)


# --- text ---


AWKWARD = [
    r'one; two, three \ and \n "four"',
    "শোভন কাজ " * 30,
    "✊🏽" * 60,
    "word " * 99 + "end",
    "a line\nand another",
    "tab\tand : colon",
    "carriage\rreturn",
    "line\u2028separator\u0085next",
]


@pytest.mark.parametrize("title", AWKWARD, ids=range(len(AWKWARD)))
def test_titles_come_out_as_they_went_in(tmp_path: Path, title: str) -> None:
    quoted = yaml.safe_dump(title, default_style='"', width=1_000).strip()
    library = make_library(tmp_path, {f"{EVENTS}/x.md": event(title=quoted)})
    (found,) = events_in(texts(library)["events/calendar.ics"])
    assert str(found["summary"]).split() == library.entries[0].title.split()


# --- the same event, changed ---


def test_the_name_of_an_event_outlives_title_time_and_state(tmp_path: Path) -> None:
    before = one(tmp_path / "a", title="Old")
    after = one(tmp_path / "b", "state: cancelled", "updated: 2026-01-02", title="New", start="2027-01-01")
    assert before["uid"] == after["uid"]


def test_an_event_has_one_name_in_all_languages(tmp_path: Path) -> None:
    found = written(tmp_path, {f"{EVENTS}/x.md": event(), f"{EVENTS}/x.bn.md": event(title="সভা")})
    (original,), (translation,) = (events_in(found[f"{place}events/x/event.ics"]) for place in ("", "bn/"))
    assert original["uid"] == translation["uid"]
    assert translation["summary"].params["LANGUAGE"] == "bn"
    assert len(events_in(found["events/calendar.ics"])) == 1


def test_each_change_that_is_told_counts(tmp_path: Path) -> None:
    history = [
        (),
        ("date: 2026-01-01",),
        ("date: 2026-01-01", "state: postponed"),
        ("date: 2026-01-01", "state: rescheduled", "previous_start: 2026-01-01"),
        ("date: 2026-01-01", "state: rescheduled", "previous_start: 2026-01-01", "updated: 2026-01-01"),
        ("date: 2026-01-01", "state: cancelled", "previous_start: 2026-01-01", "updated: 2026-01-01"),
        ("date: 2026-01-01", "updated: 2026-01-02"),
        ("date: 2026-01-01", "updated: 2026-01-02", "corrections: [{date: 2026-01-02, note: The hour}]"),
        ("date: 2026-01-01", "updated: 2026-01-02 10:00 Asia/Dhaka"),
        ("date: 2026-01-01", "updated: 2026-01-02 10:30 Asia/Dhaka"),
    ]
    sequences = [int(one(tmp_path / str(number), *fields)["sequence"]) for number, fields in enumerate(history)]
    assert sequences == sorted(set(sequences))
    assert 0 <= sequences[0] <= sequences[-1] < 2**31


def test_the_stamp_is_the_last_change_that_is_told(tmp_path: Path) -> None:
    found = one(tmp_path / "a", "date: 2026-01-01", "updated: 2026-01-02 10:00 Asia/Dhaka")
    assert found["dtstamp"].dt == found["last-modified"].dt == dt.datetime(2026, 1, 2, 4, tzinfo=dt.UTC)
    untold = one(tmp_path / "b")
    assert untold["dtstamp"].dt == dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    assert "last-modified" not in untold


def test_another_day_of_building_makes_the_same_calendars(tmp_path: Path) -> None:
    later = make_site(now=dt.datetime(2026, 6, 1, tzinfo=dt.UTC), settings=SITE.settings)
    library = make_library(tmp_path, SEVERAL)
    found = {made.url: made.content() for made in artifacts(library, later, Texts())}
    assert found == texts(library)


def test_an_event_is_described_once_for_all_the_files_that_it_stands_in(tmp_path: Path) -> None:
    given = Texts()
    made = list(artifacts(make_library(tmp_path, SEVERAL), SITE, given))
    assert sum(b"SUMMARY" in each.content() for each in made) > len(given.asked)
    assert sorted(given.asked) == ["call", "dhaka", "run"]


# --- the way to them ---


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("events/", "Calendar of all events"),
        ("events/complete/", "Add to your calendar"),
        ("trainings/complete/", "Calendar of this training"),
        ("countries/bangladesh/", "Calendar: Bangladesh"),
    ],
)
def test_pages_lead_to_their_calendars(built: Path, address: str, words: str) -> None:
    (link,) = page(built, address).xpath("//main//a[@type='text/calendar']")
    assert link.text_content().strip() == words
    assert (built / "site" / address / link.get("href")).resolve().suffix == ".ics"
    assert (built / "site" / address / link.get("href")).is_file()


def test_no_page_leads_to_a_calendar_that_is_not_there(built: Path) -> None:
    found = {path.relative_to(built / "site").as_posix() for path in (built / "site").rglob("*.ics")}
    linked = set()
    for path in (built / "site").rglob("index.html"):
        place = path.parent.relative_to(built / "site").as_posix()
        for href in page(built, "" if place == "." else f"{place}/").xpath("//a[@type='text/calendar']/@href"):
            linked.add((path.parent / href).resolve().relative_to((built / "site").resolve()).as_posix())
    assert found - linked == {"events/past/event.ics"}, "nobody puts into a calendar what is over"
    assert linked < found
