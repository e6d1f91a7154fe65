"""The library: which entries it holds, which it shows, and what it answers."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from chautari.content.events import Event
from chautari.content.partners import Partner
from chautari.content.posts import Post
from chautari.references import Reference
from tests.hub import File, make_library, make_site, partner, post

POSTS = "content/posts/2019"


def slugs(entries: object) -> list[str]:
    return [entry.slug for entry in entries]  # type: ignore[attr-defined]  # any sequence of entries


def test_addresses(tmp_path: Path) -> None:
    library = make_library(
        tmp_path,
        {
            f"{POSTS}/Old Name_here.md": post(),
            f"{POSTS}/given.md": post("slug: wsm_approach.30"),
            f"{POSTS}/पहिलो लेख.md": post(),
            f"{POSTS}/x.bn.md": post(),
            "content/posts/y.md": post("language: km"),
            "content/partners/gefont.md": partner(),
        },
    )
    assert {entry.url for entry in library.entries} == {
        "2019/06/old-name-here.html",
        "2019/06/wsm_approach.30.html",
        "2019/06/philo-lekh.html",
        "bn/2019/06/x.html",
        "km/2019/06/y.html",
        "partners/gefont/",
    }


@pytest.mark.parametrize(
    ("field", "published", "listed"),
    [
        ("status: published", True, True),
        ("status: draft", False, False),
        ("status: review", False, False),
        ("status: withdrawn", True, False),
        ("expires: 2026-01-14", True, False),
        ("expires: 2026-01-15", True, True),
    ],
)
def test_what_has_a_page_and_what_is_listed(tmp_path: Path, field: str, published: bool, listed: bool) -> None:
    library = make_library(tmp_path, {f"{POSTS}/x.md": post(field)})
    assert bool(library.published) == published
    assert bool(library.all(Post)) == listed
    assert len(library.everything(Post)) == 1


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ("2026-01-15", True),
        ("2026-01-16", False),
        ("2026-01-15 17:30 Asia/Kathmandu", True),  # 11:45 UTC, a quarter of an hour ago
        ("2026-01-15 17:50 Asia/Kathmandu", False),  # 12:05 UTC
    ],
)
def test_a_date_in_the_future_schedules(tmp_path: Path, date: str, published: bool) -> None:
    assert bool(make_library(tmp_path, {f"{POSTS}/x.md": post(date=date)}).published) == published


def test_a_day_begins_at_the_sites_midnight(tmp_path: Path) -> None:
    site = make_site(now=datetime(2026, 1, 15, 18, 30, tzinfo=UTC))  # past midnight in Kathmandu, not in UTC
    there = make_site(now=site.now, settings=site.settings.model_copy(update={"timezone": "Asia/Kathmandu"}))
    files = {f"{POSTS}/x.md": post(date="2026-01-16")}
    assert not make_library(tmp_path / "utc", files, site).published
    assert make_library(tmp_path / "there", files, there).published


def test_a_preview_shows_what_is_not_published_yet(tmp_path: Path) -> None:
    files = {f"{POSTS}/draft.md": post("status: draft"), f"{POSTS}/scheduled.md": post(date="2099-01-01")}
    assert len(make_library(tmp_path, files, make_site(preview=True)).all(Post)) == 2


def test_references_find_entries_by_slug_acronym_name_and_alias(tmp_path: Path) -> None:
    library = make_library(
        tmp_path,
        {
            "content/partners/bcws.md": partner("acronym: B.C.W.S", "aliases: [Centre for Soliderity]", name="Centre"),
            "content/partners/other.md": partner("aliases: [bcws]", name="Other"),
        },
    )
    for word in ("bcws", "b.c.w.s", "centre for soliderity", "CENTRE"):
        found = library.get(Reference("partners", word))
        assert found is library.at("content/partners/bcws.md"), word
    assert library.get(Reference("partners", "nobody")) is None
    assert library.title(Reference("partners", "nobody")) == "nobody"


def test_a_reference_means_an_entry_of_its_own_collection(tmp_path: Path) -> None:
    library = make_library(tmp_path, {"content/partners/wages.md": partner(), "content/posts/2019/wages.md": post()})
    assert [entry.path for entry in library.candidates(Reference("partners", "wages"))] == ["content/partners/wages.md"]
    assert [entry.path for entry in library.candidates(Reference("posts", "wages"))] == ["content/posts/2019/wages.md"]


def test_a_reference_to_a_draft_has_a_title_but_no_page(tmp_path: Path) -> None:
    library = make_library(tmp_path, {"content/partners/new.md": partner("status: draft", name="New Union")})
    assert library.get(Reference("partners", "new")) is None
    assert library.title(Reference("partners", "new")) == "New Union"


def test_a_partner_knows_all_that_names_it(tmp_path: Path) -> None:
    library = make_library(
        tmp_path,
        {
            "content/partners/gefont.md": partner("acronym: GEFONT"),
            f"{POSTS}/a.md": post("partners: GEFONT"),
            f"{POSTS}/b.md": post("authors: [{partner: gefont}]", date="2019-06-21"),
            f"{POSTS}/c.md": post("status: draft", "partners: gefont"),
            f"{POSTS}/d.md": post(),
        },
    )
    (gefont,) = library.all(Partner)
    assert slugs(library.mentioning(gefont)) == ["b", "a"]


def test_a_label_includes_narrower_ones(tmp_path: Path) -> None:
    library = make_library(
        tmp_path,
        {
            f"{POSTS}/wage.md": post("themes: Minimum wage", "countries: Nepal"),
            f"{POSTS}/work.md": post("themes: Decent work", "countries: Asia", date="2019-06-21"),
            f"{POSTS}/both.md": post("themes: [Decent work, Minimum wage]", date="2019-06-22"),
        },
    )
    themes, places = library.vocabularies["themes"].terms, library.vocabularies["regions"].terms
    assert slugs(library.labelled(themes["decent-work"])) == ["both", "work", "wage"]
    assert slugs(library.labelled(themes["minimum-wage"])) == ["both", "wage"]
    assert slugs(library.labelled(places["asia"])) == ["work", "wage"]
    assert slugs(library.labelled(themes["minimum-wage"], places["south-asia"])) == ["wage"]
    assert library.labelled(themes["gender-equality"]) == ()
    assert [term.key for term in library.terms("themes")] == ["decent-work", "minimum-wage"]
    assert [term.key for term in library.narrower(places["south-asia"])] == ["nepal"]


def test_lists_show_one_entry_for_all_its_translations(tmp_path: Path) -> None:
    library = make_library(
        tmp_path,
        {
            f"{POSTS}/x.md": post(),
            f"{POSTS}/x.bn.md": post(),
            f"{POSTS}/x.hi.md": post("status: draft"),
            f"{POSTS}/alone.ne.md": post(),
        },
    )
    assert [(entry.slug, entry.language) for entry in library.all(Post)] == [("alone", "ne"), ("x", "en")]
    (original,) = (entry for entry in library.all(Post) if entry.slug == "x")
    assert [entry.language for entry in library.translations(original)] == ["en", "bn"]


def test_posts_come_newest_first_and_of_one_day_by_title(tmp_path: Path) -> None:
    library = make_library(
        tmp_path,
        {
            f"{POSTS}/b.md": post(title="Beta"),
            f"{POSTS}/a.md": post(title="alpha"),
            f"{POSTS}/late.md": post(title="Zulu", date="2019-06-20 09:00 UTC"),
            f"{POSTS}/new.md": post(title="New", date="2019-06-21"),
        },
    )
    assert slugs(library.all(Post)) == ["new", "late", "a", "b"]


def test_times_of_an_event(tmp_path: Path) -> None:
    event = "---\ntitle: E\nstart: 2026-01-15 17:45\ntimezone: Asia/Kathmandu\nmode: online\n---\n"
    (entry,) = make_library(tmp_path, {"content/events/e.md": event}).all(Event)
    assert entry.begins == datetime(2026, 1, 15, 12, tzinfo=UTC)


def test_an_organisation_may_be_a_plain_name(tmp_path: Path) -> None:
    text = "---\ntitle: R\nkind: Manual\nyear: 2016\npublisher: A Press Nobody Knows\nurl: https://example.org\n---\n"
    library = make_library(tmp_path, {"content/resources/r.md": text})
    ((_, reference),) = library.entries[0].references()
    assert library.get(reference) is None
    assert library.title(reference) == "A Press Nobody Knows"


def test_what_programs_hide_beside_entries_is_no_entry(tmp_path: Path) -> None:
    hidden: dict[str, File] = {
        f"{POSTS}/._x.md": b"\x00\x05\x16\x07 of a Mac",
        f"{POSTS}/.trash/old.md": "no entry",
        f"{POSTS}/.x.md.swp": "",
    }
    library = make_library(tmp_path, {f"{POSTS}/x.md": post(), **hidden})
    (tmp_path / POSTS / ".#x.md").symlink_to("nobody@nowhere.1234")  # Emacs, while a file is edited
    assert [entry.slug for entry in library.entries] == ["x"]
    assert [entry.slug for entry in make_library(tmp_path, {}).entries] == ["x"]
