"""Credentials: what can be awarded, and for how long it holds."""

from pathlib import Path

import pytest

from chautari.content.credentials import Credential
from chautari.problems import ContentError
from tests.hub import make_library, partner

HEAD = "---\ntitle: C\ndescription: D\ncriteria: E\nissuer: p\nimage: {file: b.svg, alt: A badge}\n"


def only_credential(folder: Path, fields: str) -> Credential:
    files = {
        "content/credentials/c.md": f"{HEAD}{fields}\n---\n",
        "content/credentials/b.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "content/partners/p.md": partner(),
    }
    (entry,) = make_library(folder, files).all(Credential)
    return entry


@pytest.mark.parametrize("valid_for", ["does not expire", "2 years", "1 month", "90 days"])
def test_a_length_of_time(tmp_path: Path, valid_for: str) -> None:
    assert only_credential(tmp_path, f"valid_for: {valid_for}").valid_for == valid_for


@pytest.mark.parametrize("valid_for", ["forever", "years", "2 weeks"])
def test_what_is_no_length_of_time(tmp_path: Path, valid_for: str) -> None:
    with pytest.raises(ContentError, match="is not a length of time"):
        only_credential(tmp_path, f"valid_for: {valid_for}")


def test_a_decorative_badge_has_no_words(tmp_path: Path) -> None:
    entry = only_credential(tmp_path, "gallery: [{file: b.svg, alt: decorative}]")
    assert entry.image.words == "A badge"
    assert entry.gallery[0].words == ""
