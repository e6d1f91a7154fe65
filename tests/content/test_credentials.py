"""Credentials: what can be awarded, and for how long it holds."""

from datetime import date
from pathlib import Path

import pytest

from chautari.content.credentials import Credential
from chautari.problems import ContentError
from tests.hub import make_library, partner

HEAD = "---\ntitle: C\ndescription: D\ncriteria: E\nissuer: p\nimage: {file: b.svg, alt: A badge}\n"


def only_credential(folder: Path, fields: str, badge: str = "b.svg") -> Credential:
    files = {
        "content/credentials/c.md": f"{HEAD.replace('b.svg', badge)}{fields}\n---\n",
        "content/credentials/b.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "content/partners/p.md": partner(),
    }
    (entry,) = make_library(folder, files).all(Credential)
    return entry


@pytest.mark.parametrize("valid_for", ["does not expire", "2 years", "1 month", "90 days"])
def test_a_length_of_time(tmp_path: Path, valid_for: str) -> None:
    assert only_credential(tmp_path, f"valid_for: {valid_for}").valid_for == valid_for


@pytest.mark.parametrize("valid_for", ["forever", "years", "2 weeks", "0 days"])
def test_what_is_no_length_of_time(tmp_path: Path, valid_for: str) -> None:
    with pytest.raises(ContentError, match="is not a length of time"):
        only_credential(tmp_path, f"valid_for: {valid_for}")


@pytest.mark.parametrize(
    ("valid_for", "given", "last"),
    [
        ("does not expire", "2026-01-10", None),
        ("90 days", "2026-01-10", "2026-04-10"),
        ("1 month", "2026-01-31", "2026-02-28"),
        ("11 months", "2026-01-31", "2026-12-31"),
        ("1 year", "2028-02-29", "2029-02-28"),
        ("4 years", "2028-02-29", "2032-02-29"),
    ],
)
def test_the_last_day_of_what_was_awarded(tmp_path: Path, valid_for: str, given: str, last: str | None) -> None:
    credential = only_credential(tmp_path, f"valid_for: {valid_for}")
    assert credential.last_day(date.fromisoformat(given)) == (last and date.fromisoformat(last))


def test_a_badge_is_a_drawing(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"c.md:6: image, file: 'b.png' is not a drawing"):
        only_credential(tmp_path, "", badge="b.png")


def test_a_decorative_badge_has_no_words(tmp_path: Path) -> None:
    entry = only_credential(tmp_path, "gallery: [{file: b.svg, alt: decorative}]")
    assert entry.image.words == "A badge"
    assert entry.gallery[0].words == ""
