"""Partners: organisations under all their names."""

from pathlib import Path

import pytest

from chautari.content.partners import Partner
from chautari.problems import ContentError
from tests.hub import make_library, partner


def only_partner(folder: Path, *fields: str, **more: str) -> Partner:
    (entry,) = make_library(folder, {"content/partners/p.md": partner(*fields, **more)}).all(Partner)
    return entry


def test_the_name_is_the_title(tmp_path: Path) -> None:
    entry = only_partner(tmp_path, "acronym: BILS", name="Bangladesh Institute of Labour Studies")
    assert (entry.title, entry.short_name) == ("Bangladesh Institute of Labour Studies", "BILS")


def test_it_is_known_by_all_its_names(tmp_path: Path) -> None:
    entry = only_partner(
        tmp_path, "acronym: P", "aliases: [Misspelt, /old/address/]", "name_local: {ne: नाम}", name="Name"
    )
    assert set(entry.names) == {"p", "partners/p.md", "Name", "P", "Misspelt", "नाम"}
    assert entry.former_addresses == ("/old/address/",)


def test_a_year_is_its_first_day(tmp_path: Path) -> None:
    assert str(only_partner(tmp_path, "since: 1989").since) == "1989-01-01"


@pytest.mark.parametrize("contact", ["{email: a@example.org}", "{role: Office, phone: '123', public: false}"])
def test_nothing_personal_is_shown_by_accident(tmp_path: Path, contact: str) -> None:
    with pytest.raises(ContentError, match="not said to be public"):
        only_partner(tmp_path, f"contact: {contact}")


def test_a_role_alone_may_stand(tmp_path: Path) -> None:
    assert only_partner(tmp_path, "contact: {role: Office}").contact


@pytest.mark.parametrize(
    ("status", "listed"), [("active", True), ("merged", True), ("dissolved", True), ("draft", False)]
)
def test_dissolved_organisations_keep_their_place(tmp_path: Path, status: str, listed: bool) -> None:
    library = make_library(tmp_path, {"content/partners/p.md": partner(f"status: {status}")})
    assert bool(library.all(Partner)) is listed


def test_partners_come_by_name(tmp_path: Path) -> None:
    files = {
        f"content/partners/{slug}.md": partner(name=name)
        for slug, name in (("1", "beta"), ("2", "Alpha"), ("3", "Gamma"))
    }
    assert [entry.title for entry in make_library(tmp_path, files).all(Partner)] == ["Alpha", "beta", "Gamma"]
