"""Timelines: posts and events by year and month, the latest first."""

from pathlib import Path

from chautari.content.initiatives import Initiative
from chautari.particulars import particulars
from tests.hub import event, make_library, make_site, post, training

NAMES = "initiative: i"


def test_posts_and_events_stand_under_their_months(tmp_path: Path) -> None:
    files = {
        "content/initiatives/i.md": "---\ntitle: I\nvision: V\n---\n",
        "content/posts/2024/b.md": post(NAMES, title="B", date="2024-03-02"),
        "content/posts/2024/a.md": post(NAMES, title="A", date="2024-03-02"),
        "content/posts/2024/later.md": post(NAMES, title="Later", date="2024-03-30"),
        "content/posts/2023/first.md": post(NAMES, title="First", date="2023-03-30"),
        "content/posts/2023/other.md": post(title="Other", date="2023-03-30"),
        "content/events/e.md": event(NAMES, "date: 2024-03-02", title="Event", start="2026-05-01 10:00"),
        "content/trainings/t.md": training("summary: A training is on no day"),
    }
    library = make_library(tmp_path, files)
    (initiative,) = library.all(Initiative)
    found = particulars(initiative, library, make_site())["timeline"]
    assert [
        (year, [(month.first.month, [each.entry.title for each in month.happenings]) for month in months])
        for year, months in found
    ] == [(2026, [(5, ["Event"])]), (2024, [(3, ["Later", "A", "B"])]), (2023, [(3, ["First"])])]
