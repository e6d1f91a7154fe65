"""The list of events stays light, and nobody has to search for what comes next."""

from pathlib import Path

from chautari.views.events import listings
from tests.hub import event, make_library, make_site


def test_what_comes_next_is_first_and_what_was_last_comes_after_it(tmp_path: Path) -> None:
    starts = ["2026-03-01", "2025-12-01", "2026-01-15", "2026-02-01 09:00", "2019-01-01"]
    files = {f"content/events/e{number}.md": event(start=start) for number, start in enumerate(starts)}
    (listing,) = listings(make_library(tmp_path, files), make_site())
    assert [entry.slug for entry in listing.entries] == ["e2", "e3", "e0", "e1", "e4"]


def test_five_hundred_events_are_ten_a_page(tmp_path: Path) -> None:
    files = {f"content/events/e{n}.md": event(start=f"{2000 + n % 20}-05-01") for n in range(495)}
    files |= {f"content/events/c{n}.md": event(start=f"2026-05-0{n + 1}") for n in range(5)}
    pages = list(listings(make_library(tmp_path, files), make_site()))
    assert [len(page.entries) for page in pages] == [10] * 50
    assert [entry.slug for entry in pages[0].entries[:6]] == ["c0", "c1", "c2", "c3", "c4", "e119"]
    assert pages[1].url == "events/page/2/"


def test_a_hub_without_events_has_the_page(tmp_path: Path) -> None:
    (listing,) = listings(make_library(tmp_path, {}), make_site())
    assert (listing.url, listing.total) == ("events/", 0)
