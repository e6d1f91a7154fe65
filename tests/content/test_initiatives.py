"""Initiatives: every statement in its place."""

from pathlib import Path

import pytest

from chautari.content.initiatives import Initiative
from chautari.problems import ContentError
from tests.hub import make_library

HEAD = "---\ntitle: I\nvision: V\n"


def only_initiative(folder: Path, fields: str) -> Initiative:
    (entry,) = make_library(folder, {"content/initiatives/i.md": f"{HEAD}{fields}\n---\n"}).all(Initiative)
    return entry


def test_an_empty_address_is_no_address(tmp_path: Path) -> None:
    assert only_initiative(tmp_path, "address:").address is None


def test_a_projection_keeps_its_year(tmp_path: Path) -> None:
    entry = only_initiative(tmp_path, "context: [{statement: Jobs may be lost, year: 2041}]")
    assert [(fact.statement, fact.year) for fact in entry.context] == [("Jobs may be lost", 2041)]


def test_a_backbone_is_a_partner_or_words(tmp_path: Path) -> None:
    entry = only_initiative(tmp_path, "conditions: {backbone: A dedicated team}")
    assert entry.conditions
    assert entry.conditions.backbone
    assert entry.conditions.backbone.text == "A dedicated team"


def test_an_end_before_the_start_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="end: is before the start"):
        only_initiative(tmp_path, "start: 2025-01-01\nend: 2024-01-01")


def test_a_year_that_no_one_means_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="context 1, year: '20241' is too large"):
        only_initiative(tmp_path, "context: [{statement: S, year: 20241}]")
