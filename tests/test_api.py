"""The catalogue as data: complete, true to its schema, and without what is nobody's business."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from chautari.content import collections
from chautari.content.posts import Post
from chautari.entry import Collection, Entry
from chautari.library import Library
from chautari.loading import load
from chautari.outputs.api import artifacts
from chautari.schema import schema
from chautari.site import Site
from chautari.tables import harmless
from tests.hub import NO_TEXTS, SITE, File, make_hub, make_library, make_site, partner, post, training
from tests.photographs import photograph

ROOT = "https://hub.example.org/sub/"
NAMES = [collection.name for collection in collections()]


def made(library: Library, site: Site | None = None) -> dict[str, bytes]:
    """Every file of the catalogue by its name."""
    files = artifacts(library, site or make_site(), NO_TEXTS)
    return {artifact.url.removeprefix("api/v1/"): artifact.content() for artifact in files}


def entries(library: Library, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(made(library)[f"{name}.json"])["entries"]
    return found


def rows(library: Library, name: str) -> list[dict[str, str]]:
    """A table as a spreadsheet reads it."""
    return list(csv.DictReader(io.StringIO(made(library)[f"{name}.csv"].decode("utf-8-sig"), newline="")))


def validator(files: dict[str, bytes]) -> Draft202012Validator:
    form = json.loads(files["schema.json"])
    Draft202012Validator.check_schema(form)
    return Draft202012Validator(form, format_checker=Draft202012Validator.FORMAT_CHECKER)


@pytest.fixture(scope="module")
def complete() -> dict[str, bytes]:
    """The catalogue of the test hub, in which every field of every type is filled."""
    return made(load(SITE, collections(), make_site()))


@pytest.mark.parametrize("name", ["index", "vocabularies", *NAMES])
def test_every_file_is_as_the_schema_says(complete: dict[str, bytes], name: str) -> None:
    data = json.loads(complete[f"{name}.json"])
    assert list(validator(complete).iter_errors(data)) == []
    assert data["$schema"] == json.loads(complete["schema.json"])["$id"] == f"{ROOT}api/v1/schema.json"


BREAKS: dict[str, Callable[[dict[str, Any]], object]] = {
    "no title": lambda record: record.pop("title"),
    "no language": lambda record: record.pop("language"),
    "a field that nobody knows": lambda record: record.update(colour="red"),
    "an empty field": lambda record: record.update(summary=None),
    "a date that is none": lambda record: record.update(deadline="soon"),
    "a status that is none": lambda record: record.update(status="late"),
    "a reference without an address": lambda record: record.update(event={"title": "An event"}),
    "another collection": lambda record: record.update(collection="events"),
}


@pytest.mark.parametrize("name", BREAKS)
def test_the_schema_refuses_a_broken_record(complete: dict[str, bytes], name: str) -> None:
    data = json.loads(complete["posts.json"])
    BREAKS[name](data["entries"][0])
    assert not validator(complete).is_valid(data)


@pytest.mark.parametrize("name", NAMES)
def test_a_full_record_holds_every_field_of_its_type(complete: dict[str, bytes], name: str) -> None:
    known = json.loads(complete["schema.json"])
    ref = known["$defs"][name]["properties"]["entries"]["items"]["$ref"]
    fields = known["$defs"][ref.rpartition("/")[2]]["properties"]
    held = {field for record in json.loads(complete[f"{name}.json"])["entries"] for field in record}
    model = next(collection.model for collection in collections() if collection.name == name)
    assert held <= set(fields)
    assert held >= set(fields) & (set(model.model_fields) - set(Entry.model_fields))


def test_every_record_has_the_address_of_its_page(complete: dict[str, bytes]) -> None:
    library = load(SITE, collections(), make_site())
    for name in NAMES:
        records = json.loads(complete[f"{name}.json"])["entries"]
        assert [record["url"] for record in records] == [ROOT + entry.url for entry in library.of(name)]


def test_a_record_says_what_front_matter_says(tmp_path: Path) -> None:
    files: dict[str, File] = {
        "content/posts/2019/x.md": post(
            "countries: Nepal", "partners: [FED]", "image: {file: Our march.png, alt: A march, consent: Given by all}"
        ),
        "content/posts/2019/Our march.png": photograph(700, 400, "PNG"),
        "content/posts/2019/x.bn.md": post(title="বাংলা"),
        "content/partners/fed.md": partner("acronym: FED", name="Federation"),
    }
    (record,) = entries(make_library(tmp_path, files), "posts")
    assert record == {
        "id": "tag:hub.example.org,2014:en/posts/x",
        "url": f"{ROOT}2019/06/x.html",
        "collection": "posts",
        "language": "en",
        "licence": "CC-BY-4.0",
        "title": "A title",
        "date": "2019-06-20",
        "countries": ["nepal"],
        "partners": [{"title": "Federation", "url": f"{ROOT}partners/fed/"}],
        "image": {"file": f"{ROOT}posts/2019/Our%20march-png-700.webp", "alt": "A march"},
        "status": "published",
        "translations": [{"url": f"{ROOT}bn/2019/06/x.html", "language": "bn", "title": "বাংলা"}],
    }


def test_what_is_not_for_everybody_is_not_in_it(tmp_path: Path) -> None:
    secret = "must not be seen"
    files: dict[str, File] = {
        "content/posts/2019/x.md": post(
            f'image: {{file: x.png, alt: A march, consent: "{secret}"}}',
            "aliases: [/old/must-not-be-seen.html, Known as]",
        ),
        "content/posts/2019/x.png": photograph(form="PNG"),
        "content/posts/2019/x.bn.md": post("status: withdrawn", title=secret),
        "content/posts/2019/draft.md": post("status: draft", title=secret),
        "content/posts/2019/withdrawn.md": post("status: withdrawn", title=secret),
        "content/posts/2019/expired.md": post("expires: 2020-01-01", title=secret),
        "content/posts/2019/later.md": post(title=secret, date="2030-01-01"),
        "content/partners/fed.md": partner(f"contact: {{role: {secret}}}"),
        "content/resources/book.md": f"---\ntitle: Book\nkind: Manual\nyear: 2010\naccess: link only\nfiles: [{{file: {secret}.pdf}}]\n---\n",
        f"content/resources/{secret}.pdf": "%PDF",
    }
    library = make_library(tmp_path, files)
    text = b"\n".join(made(library).values()).decode()
    assert secret not in text
    assert "must-not-be-seen" not in text
    assert [record["aliases"] for record in entries(library, "posts")] == [["Known as"]]
    assert validator(made(library)).is_valid(json.loads(made(library)["resources.json"]))


def test_a_name_without_a_page_stays_a_name(tmp_path: Path) -> None:
    library = make_library(tmp_path, {"content/trainings/x.md": training("organisers: [Somebody else]")})
    assert entries(library, "trainings")[0]["organisers"] == ["Somebody else"]
    assert rows(library, "trainings")[0]["organisers"] == "Somebody else"


def test_a_new_type_needs_nothing_here() -> None:
    class Song(Post):
        """A type of tomorrow."""

        singer: str

    whole = schema([Collection("songs", Song)], "https://hub.example.org/schema.json")
    form = Draft202012Validator(whole)
    record = {
        "id": "x",
        "url": "https://hub.example.org/x",
        "collection": "songs",
        "language": "en",
        "licence": "CC0-1.0",
    }
    data = {
        "$schema": "x:y",
        "collection": "songs",
        "entries": [{**record, "title": "T", "date": "2019-01-01", "singer": "S"}],
    }
    assert form.is_valid(data)
    del data["entries"][0]["singer"]  # type: ignore[attr-defined]  # a list
    assert not form.is_valid(data)


# --- tables ---


def test_a_table_has_a_row_for_each_entry_and_a_column_for_each_field(complete: dict[str, bytes]) -> None:
    library = load(SITE, collections(), make_site())
    for name in NAMES:
        raw = complete[f"{name}.csv"]
        assert raw.startswith(b"\xef\xbb\xbf"), "Excel needs the mark"
        assert raw.endswith(b"\r\n")
        assert [row["url"] for row in rows(library, name)] == [ROOT + entry.url for entry in library.of(name)]
    first = rows(library, "posts")[0]
    assert first["countries"] == "bangladesh; nepal"
    assert first["partners"] == "Federation of Everything; The Union"
    assert first["event"] == "An event with every field"
    assert first["image.alt"] == "Women on a march"
    assert rows(library, "partners")[0]["members.women"] == "2100"


def test_columns_do_not_hang_on_what_is_filled(tmp_path: Path, complete: dict[str, bytes]) -> None:
    empty = made(make_library(tmp_path, {}))
    for name in NAMES:
        assert empty[f"{name}.csv"].splitlines()[0] == complete[f"{name}.csv"].splitlines()[0]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_text_is_a_formula(text: str) -> None:
    assert harmless(text) == f"'{text}"


def test_neither_a_text_nor_an_item_of_a_list_is_a_formula(tmp_path: Path) -> None:
    files = {
        "content/trainings/x.md": training("skills: [Listening, '=cmd()']", "tasks: 3", title='"=1+1, \\"said\\""')
    }
    (row,) = rows(make_library(tmp_path, files), "trainings")
    assert row["title"] == '\'=1+1, "said"'
    assert row["skills"] == "Listening; '=cmd()"
    assert row["tasks"] == "3"


# --- index and vocabularies ---


def test_the_index_leads_to_every_file(complete: dict[str, bytes]) -> None:
    index = json.loads(complete["index.json"])
    named = {
        index["vocabularies"],
        index["schema"],
        *(each[form] for each in index["collections"] for form in ("json", "csv")),
    }
    assert {f"{ROOT}api/v1/{name}" for name in complete} == named | {f"{ROOT}api/v1/index.json"}
    for each in index["collections"]:
        assert each["count"] == len(json.loads(complete[f"{each['name']}.json"])["entries"])


def test_updated_is_the_latest_change_of_the_content(tmp_path: Path) -> None:
    files = {
        "content/posts/2019/x.md": post("updated: 2020-02-03"),
        "content/posts/2019/y.md": post("corrections: [{date: 2021-04-05, note: Put right}]"),
        "content/posts/2019/z.md": post("status: withdrawn", date="2022-01-01"),
    }
    assert json.loads(made(make_library(tmp_path, files))["index.json"])["updated"] == "2021-04-05"


def test_every_key_is_in_the_vocabularies(complete: dict[str, bytes]) -> None:
    known = json.loads(complete["vocabularies.json"])["vocabularies"]
    terms = {term["key"]: term for vocabulary in known.values() for term in vocabulary}
    for name in NAMES:
        for record in json.loads(complete[f"{name}.json"])["entries"]:
            for field in ("countries", "themes", "groups"):
                assert set(record.get(field, [])) <= set(terms)
            assert record.get("kind", "report") in terms


def test_a_term_says_what_it_is(tmp_path: Path) -> None:
    library = make_library(tmp_path, {"content/posts/2019/x.md": post("countries: Nepal", "kind: Report")})
    known = json.loads(made(library)["vocabularies.json"])["vocabularies"]
    nepal, india = (next(term for term in known["countries"] if term["key"] == key) for key in ("nepal", "india"))
    assert nepal["names"]["ne"] == "नेपाल"
    assert nepal["code"] == "NP"
    assert nepal["broader"] == {"vocabulary": "regions", "key": "south-asia"}
    assert (nepal["url"], nepal["count"]) == (f"{ROOT}countries/nepal/", 1)
    assert india["count"] == 0
    assert "url" not in india
    assert next(term for term in known["kinds"] if term["key"] == "report")["count"] == 1


def test_the_files_are_utf8_and_end_with_a_line(tmp_path: Path) -> None:
    root = make_hub(tmp_path, {"content/posts/2019/x.md": post(title="শোভন কাজ")})
    files = made(load(root, collections(), make_site()))
    assert "শোভন কাজ".encode() in files["posts.json"]
    assert all(content.endswith(b"\n") for content in files.values())
