"""Trainings: curricula whose sums are right."""

from pathlib import Path

import pytest

from chautari.content.trainings import Training
from chautari.problems import ContentError
from tests.hub import SITE, make_library, make_site, training


def only_training(folder: Path, *fields: str) -> Training:
    (entry,) = make_library(folder, {"content/trainings/t.md": training(*fields)}).all(Training)
    return entry


def test_the_minutes_of_all_sessions_add_up(tmp_path: Path) -> None:
    sessions = "[{title: A, minutes: 30}, {title: B}, {title: C, minutes: 45}]"
    entry = only_training(
        tmp_path,
        f"modules: [{{title: One, sessions: {sessions}}}, {{title: Two, sessions: {{title: D, minutes: 15}}}}]",
    )
    assert entry.minutes == 90


@pytest.mark.parametrize(
    ("duration", "fits"), [("{hours: 2}", True), ("{hours: 1.9}", False), ("{days: 1}", True), ("{days: 0.05}", False)]
)
def test_sessions_fit_into_the_duration(tmp_path: Path, duration: str, fits: bool) -> None:
    fields = ["modules: [{title: One, sessions: [{title: A, minutes: 120}]}]", f"duration: {duration}"]
    if fits:
        assert only_training(tmp_path, *fields).minutes == 120
    else:
        with pytest.raises(ContentError, match="the sessions add up to 120"):
            only_training(tmp_path, *fields)


def test_one_value_is_a_list_of_one_and_a_bare_name_a_trainer(tmp_path: Path) -> None:
    entry = only_training(tmp_path, "trainers: Experts of the institute", "outputs: A report")
    assert [trainer.name for trainer in entry.trainers] == ["Experts of the institute"]
    assert entry.outputs == ("A report",)


def test_a_chain_of_trainings_is_no_loop(tmp_path: Path) -> None:
    files = {
        "content/trainings/a.md": training("follow_up: [b, c]"),
        "content/trainings/b.md": training("prerequisites: a", "follow_up: c"),
        "content/trainings/c.md": training("prerequisites: [a, b]"),
    }
    assert len(make_library(tmp_path, files).all(Training)) == 3


def test_materials_are_resources_files_or_addresses(tmp_path: Path) -> None:
    from chautari.content import collections
    from chautari.loading import load

    entry = next(entry for entry in load(SITE, collections(), make_site()).all(Training) if entry.slug == "complete")
    resource, file, address = entry.materials
    assert resource.resource
    assert resource.resource.text == "the-manual"
    assert file.file == "workbook.pdf"
    assert address.url == "https://example.org/slides"
