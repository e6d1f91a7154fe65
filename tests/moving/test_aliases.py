"""Old labels become aliases of what they mean here, in whatever form an editor has written the term."""

import pytest
import yaml

from chautari.moving.aliases import with_aliases, with_names


@pytest.mark.parametrize(
    "text",
    [
        "wages: {name: Wages}\n",
        "wages: { name: Wages, aliases: [Pay, 'A, b']}\n",
        "wages:\n  name: Wages\n  # why\n  broader: work\n",
        "wages:\n  aliases: Pay\n  name: Wages\n",
        "wages:\n    name: Wages\n    aliases:\n      - Pay  # always\n      - Rewards\nwork: {name: Work}\n",
        "wages:\n  name: Wages\n  aliases:\n  - Pay",
        "# Themes\nwages:\n  aliases: []\n  name: {en: Wages, ne: ज्याला}\n\nwork: {name: Work}\n",
    ],
)
def test_an_alias_is_added_and_nothing_else_changes(text: str) -> None:
    added = with_aliases(text, "wages", ["Min: wage, [old]", "नयाँ"])
    before, after = yaml.safe_load(text), yaml.safe_load(added)
    known = before["wages"].pop("aliases", [])
    assert after["wages"].pop("aliases") == [*([known] if isinstance(known, str) else known), "Min: wage, [old]", "नयाँ"]
    assert after == before
    assert [line for line in text.split("\n") if line not in added and "aliases" not in line and "{" not in line] == []


@pytest.mark.parametrize("text", ["", "work: {name: Work}\n", "wages:\n", "wages: x\n"])
def test_what_cannot_be_added_to_stays_as_it_is(text: str) -> None:
    assert with_aliases(text, "wages", ["Pay"]) == text


@pytest.mark.parametrize("head", ["name: A\ncountries: Nepal", "name: A\naliases: [B]", "name: A\naliases:\n  - B"])
def test_an_entry_gets_another_name_and_nothing_else_changes(head: str) -> None:
    text = f"---\n{head}\n---\nWords\n---\nMore: words\n"
    opening, added, body = with_names(text, ["C: d"]).split("---\n", 2)
    before, after = yaml.safe_load(head), yaml.safe_load(added)
    assert after.pop("aliases") == [*before.pop("aliases", []), "C: d"]
    assert (opening, after, body) == ("", before, "Words\n---\nMore: words\n")


@pytest.mark.parametrize("text", ["", "Words\n", "---\nname: A\n", "x\n---\nname: A\n---\n"])
def test_a_file_without_front_matter_stays_as_it_is(text: str) -> None:
    assert with_names(text, ["C"]) == text
