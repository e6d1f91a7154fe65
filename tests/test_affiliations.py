"""Affiliations: the same tree, whichever of two organisations says that one belongs to the other."""

from pathlib import Path

from chautari.affiliations import affiliations_of
from chautari.content.partners import Partner
from chautari.library import Library
from chautari.references import Reference
from tests.hub import make_library, partner


def hub(folder: Path, **heads: str) -> Library:
    """A hub of partners by slug, each with these lines."""
    files = {
        f"content/partners/{slug}.md": partner(*filter(None, head.split("; ")), name=slug.upper())
        for slug, head in heads.items()
    }
    return make_library(folder, files)


def tree(library: Library, slug: str) -> tuple[list[str], str] | None:
    """The ways up, and what is below, in slugs."""
    found = library.find(Reference("partners", slug))
    assert isinstance(found, Partner)
    affiliations = affiliations_of(found, library)
    if affiliations is None:
        return None
    return [" > ".join(one.slug for one in way) for way in affiliations.above], " ".join(
        one.slug for one in affiliations.below
    )


def test_it_is_the_same_whoever_says_it(tmp_path: Path) -> None:
    said_below = hub(tmp_path / "below", world="", asia="parent: world", union="parent: asia")
    said_above = hub(tmp_path / "above", world="affiliates: asia", asia="affiliates: union", union="")
    said_by_both = hub(tmp_path / "both", world="", asia="parent: world; affiliates: union", union="parent: asia")
    for library in (said_below, said_above, said_by_both):
        assert tree(library, "world") == ([], "asia")
        assert tree(library, "asia") == (["world"], "union")
        assert tree(library, "union") == (["world > asia"], "")


def test_who_belongs_to_several_has_several_ways_up_its_own_words_first(tmp_path: Path) -> None:
    library = hub(tmp_path, builders="affiliates: union", world="", asia="parent: world", union="parent: asia")
    assert tree(library, "union") == (["world > asia", "builders"], "")


def test_siblings_are_not_shown_and_affiliates_come_by_name(tmp_path: Path) -> None:
    library = hub(tmp_path, world="affiliates: [b, a]", a="", b="", c="parent: world")
    assert tree(library, "a") == (["world"], "")
    assert tree(library, "world") == ([], "a b c")


def test_who_stands_alone_has_no_tree(tmp_path: Path) -> None:
    assert tree(hub(tmp_path, union=""), "union") is None


def test_what_is_not_published_is_in_no_tree(tmp_path: Path) -> None:
    library = hub(tmp_path, world="status: draft", a="parent: world; affiliates: [b, c]", b="status: withdrawn", c="")
    assert tree(library, "a") == ([], "c")
