"""Labels: found by any of their names, in any language, and never born from a typing error."""

from pathlib import Path

import pytest

from chautari.vocabulary import Term, Vocabulary, folded, read_vocabularies
from tests.hub import SITE


@pytest.fixture(scope="module")
def vocabularies() -> dict[str, Vocabulary]:
    found, problems = read_vocabularies(SITE / "content" / "vocabularies", "vocabularies")
    assert not problems
    return found


def keys(terms: list[Term]) -> list[str]:
    return [term.key for term in terms]


@pytest.mark.parametrize("word", ["Bangladesh", "bangladesh", "BD", "বাংলাদেশ", "बांग्लादेश", "បង់ក្លាដែស", "Banglades"])
def test_a_country_is_known_by_its_name_in_each_language(vocabularies: dict[str, Vocabulary], word: str) -> None:
    # The last one is Indonesian; none of these names stands in the vocabulary, they come from CLDR.
    expected = [] if word == "Banglades" else ["bangladesh"]
    assert keys(vocabularies["countries"].find(word)) == expected


@pytest.mark.parametrize(
    "word", ["Capacity building", "CAPACITY-BUILDING", " capacity  strengthening ", "capacity_building"]
)
def test_case_hyphens_and_spaces_do_not_tell_labels_apart(vocabularies: dict[str, Vocabulary], word: str) -> None:
    assert keys(vocabularies["themes"].find(word)) == ["capacity-strengthening"]


def test_an_alias_of_two_terms_means_both(vocabularies: dict[str, Vocabulary]) -> None:
    assert keys(vocabularies["countries"].find("congo")) == ["congo-kinshasa", "congo-brazzaville"]


def test_names_fall_back_to_english(vocabularies: dict[str, Vocabulary]) -> None:
    decent_work = vocabularies["themes"].terms["decent-work"]
    assert [decent_work.name(language) for language in ("bn", "bn-IN", "km")] == ["শোভন কাজ", "শোভন কাজ", "Decent work"]
    assert vocabularies["countries"].terms["nepal"].name("ne") == "नेपाल"


def test_a_country_lies_in_its_region_and_in_that_ones_region(vocabularies: dict[str, Vocabulary]) -> None:
    assert [term.key for term in vocabularies["countries"].terms["nepal"].ancestors()] == ["south-asia", "asia"]


def test_folding_keeps_vowel_signs_apart() -> None:
    assert folded("সমান") != folded("সামান")
    assert folded("Health & Safety") == folded("health and  safety")


def test_a_hub_without_vocabularies_has_empty_ones(tmp_path: Path) -> None:
    found, problems = read_vocabularies(tmp_path, "vocabularies")
    assert not problems
    assert list(found["themes"]) == []
