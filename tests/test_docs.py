"""What the documents say stays true."""

import re
from pathlib import Path

import pytest
import yaml

from chautari.acronyms import Meaning
from chautari.content import collections
from chautari.entry import Entry
from chautari.outputs.api import artifacts
from chautari.validation import Model, fields_at
from tests.hub import NO_TEXTS, make_library, make_site, partner

ROOT = Path(__file__).parent.parent
FIELDS = (ROOT / "docs/guide/fields.md").read_text("utf-8")
SECTIONS = {
    title.strip(): dict(re.findall(r"^\| (.+?) \| (.+) \|$", section, re.MULTILINE))
    for title, _, section in (part.partition("\n") for part in FIELDS.split("\n## ")[1:])
}


def named(section: str) -> dict[str, bool]:
    """The fields that a section of the guide names, and whether it says that they must be there."""
    cells = [cell for cell in SECTIONS[section] if "`" in cell]
    return {name: bool(bold) for cell in cells for bold, name in re.findall(r"(\*\*)?`(\w+)`", cell)}


def wanted(model: type[Model]) -> dict[str, bool]:
    schema = model.model_json_schema(by_alias=True)
    return {name: name in schema.get("required", []) for name in fields_at(model, ())}


def test_the_guide_names_the_common_fields() -> None:
    assert named("Every type") == wanted(Entry)


@pytest.mark.parametrize("collection", collections(), ids=lambda collection: collection.name)
def test_the_guide_names_every_field_of_a_type(collection: object) -> None:
    name, model = collection.name, collection.model  # type: ignore[attr-defined]  # a Collection
    common = wanted(Entry)
    own = {field: must for field, must in wanted(model).items() if common.get(field) != must}
    told = {field: must for field, must in named(name.capitalize()).items() if common.get(field) != must}
    if name == "posts":
        own.pop("date")  # said where the common field is explained
    assert told == own


def test_the_guide_names_every_field_of_an_acronym() -> None:
    assert named("Acronyms") == wanted(Meaning)


def groups_told() -> list[tuple[str, str, set[str]]]:
    """(section, field, names) for each group of fields that the guide spells out."""
    return [
        (section, re.findall(r"`(\w+)`", cell)[0], set(re.findall(r"\w+", group)))
        for section, rows in SECTIONS.items()
        for cell, text in rows.items()
        for group in re.findall(r"`\{([\w, ]+)\}`", text)
        if "`" in cell
    ]


def test_groups_of_fields_are_spelt_out_rightly() -> None:
    models = {collection.name.capitalize(): collection.model for collection in collections()} | {"Every type": Entry}
    assert len(groups_told()) > 15
    for section, field, names in groups_told():
        places: list[tuple[str | int, ...]] = [(field,), (field, 0), (field, "backbone")]
        places += [(field, 0, inner, 0) for inner in ("sessions", "values", "activities")]
        known = [set(fields_at(models[section], place)) for place in places]
        assert any(names <= group for group in known), f"{section}, {field}: {names}"


def test_the_guides_example_is_a_sound_post(tmp_path: Path) -> None:
    guide = (ROOT / "docs/guide/index.md").read_text("utf-8")
    example = guide.split("```markdown\n")[1].split("```")[0]
    files = {"content/posts/2026/young-leaders-meet.md": example}
    for name in ("themes", "groups", "kinds"):
        files[f"content/vocabularies/{name}.yml"] = (ROOT / f"content/vocabularies/{name}.yml").read_text("utf-8")
    files["content/partners/gefont.md"] = partner(name="GEFONT")
    (post,) = (entry for entry in make_library(tmp_path, files).entries if entry.collection == "posts")
    assert post.url == "2026/03/young-leaders-meet.html"


def test_the_readme_names_what_there_is() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    for command in re.findall(r"`make ([a-z-]+)`", readme):
        assert re.search(rf"^{command}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE), command
    tree = readme.split("## The tree")[1].split("```text\n")[1].split("```")[0]
    missing = [name for name in paths_in(tree) if not (ROOT / name).exists()]
    assert missing == []


def paths_in(tree: str) -> list[str]:
    """The paths of an indented tree: two spaces a level, the name first."""
    paths: list[str] = []
    stack: list[str] = []
    for line in tree.rstrip().splitlines():
        depth, name = (len(line) - len(line.lstrip())) // 2, line.split()[0]
        stack[depth:] = [name.rstrip("/")]
        paths.append("/".join(stack))
    return paths


def test_decisions_are_numbered_and_not_on_the_site() -> None:
    numbers = [path.name[:4] for path in sorted((ROOT / "docs/decisions").glob("*.md"))]
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]
    assert "decisions/" in (ROOT / "mkdocs.yml").read_text("utf-8").split("exclude_docs:")[1]


def test_the_guide_names_every_kind() -> None:
    kinds = yaml.safe_load((ROOT / "content/vocabularies/kinds.yml").read_text("utf-8"))
    for term in kinds.values():
        for use in term["of"]:
            row = next(text for cell, text in SECTIONS[use.capitalize()].items() if "`kind`" in cell)
            assert term["name"]["en"].casefold() in row.casefold(), term


def test_the_page_on_data_names_every_file_and_no_other(tmp_path: Path) -> None:
    made = {artifact.url for artifact in artifacts(make_library(tmp_path, {}), make_site(), NO_TEXTS)}
    told = re.findall(r'href="\.\./([^"]+)"', (ROOT / "docs/data.md").read_text("utf-8"))
    assert sorted(told) == sorted(made)
