"""Events: one start with its zone."""

import datetime as dt
from pathlib import Path

import pytest

from chautari.content.events import Event
from tests.hub import event, make_library


def only_event(folder: Path, *fields: str, **more: str) -> Event:
    (entry,) = make_library(folder, {"content/events/e.md": event(*fields, **more)}).all(Event)
    return entry


def test_a_start_is_the_same_instant_in_every_zone(tmp_path: Path) -> None:
    entry = only_event(tmp_path, start="2026-05-01 10:00")
    assert entry.begins == dt.datetime(2026, 5, 1, 4, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(("today", "past"), [("2026-05-03", False), ("2026-05-04", True)])
def test_an_event_is_past_after_its_last_day(tmp_path: Path, today: str, past: bool) -> None:
    assert only_event(tmp_path, "end: 2026-05-03 17:00").is_past(dt.date.fromisoformat(today)) is past


def test_whole_days(tmp_path: Path) -> None:
    entry = only_event(tmp_path, "end: 2016-07-20", start="2016-07-19")
    assert (entry.start, entry.last_day) == (dt.date(2016, 7, 19), dt.date(2016, 7, 20))


def test_events_come_latest_first(tmp_path: Path) -> None:
    files = {f"content/events/{year}.md": event(start=f"{year}-01-01") for year in (2016, 2018, 2017)}
    assert [entry.slug for entry in make_library(tmp_path, files).all(Event)] == ["2018", "2017", "2016"]


def test_nothing_is_said_that_no_editor_wrote(tmp_path: Path) -> None:
    entry = only_event(tmp_path, "registration: {how: Write to us}")
    assert entry.registration
    assert entry.registration.eligibility is None
