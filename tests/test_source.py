"""One file, split: what is read, and in which line it stood."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chautari.problems import ContentError
from chautari.source import read_group, read_source


def test_plain_values_stay_what_the_editor_wrote(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("---\na: NO\nb: 12:30\nc: 2019-6-1\nd: 007\ne: 1e3\nf: off\ng: '~'\n---\n")
    data = read_source(tmp_path / "x.md", "x.md").data
    assert data == {"a": "NO", "b": "12:30", "c": "2019-6-1", "d": "007", "e": "1e3", "f": "off", "g": "~"}


def test_what_is_empty_is_absent(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("---\na:\nb: ''\nc: []\nd: {}\ne: [x, '', ~]\nh: ~\n---\n")
    assert read_source(tmp_path / "x.md", "x.md").data == {"e": ["x"]}


def test_every_value_has_its_line(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text(
        "\n---\ntitle: T\n# a comment\nmodules:\n  - title: One\n    sessions:\n      - minutes: 5\n---\n\nBody\n"
    )
    source = read_source(tmp_path / "x.md", "x.md")
    assert source.line(("title",)) == 3
    assert source.line(("modules", 0, "sessions", 0, "minutes")) == 8
    assert source.line(("modules", 0, "sessions", 7)) == 7, "the nearest group that is there"
    assert source.line(("nothing",)) == 3
    assert source.body == "\nBody\n"
    assert source.body_line == 10


def test_letters_with_marks_have_one_form(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("---\ntitle: Cafe\u0301\n---\n\u0995\u09c7\u09be\n")
    source = read_source(tmp_path / "x.md", "x.md")
    assert source.data["title"] == "Café"
    assert source.body == "\u0995\u09cb\n"


def test_a_rule_in_the_text_ends_nothing(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("---\ntitle: T\n---\nAbove\n\n---\n\nBelow\n")
    assert read_source(tmp_path / "x.md", "x.md").body == "Above\n\n---\n\nBelow\n"


def test_a_group_of_a_file_with_other_peoples_tags(tmp_path: Path) -> None:
    (tmp_path / "m.yml").write_text("plugins: !!python/name:os.system\nextra:\n  hub:\n    language: bn\n")
    source = read_group(tmp_path / "m.yml", "m.yml", ("extra", "hub"))
    assert source.data == {"language": "bn"}
    assert source.line(("language",)) == 4
    assert read_group(tmp_path / "m.yml", "m.yml", ("extra", "none")).data == {}


def test_beside_a_group_a_key_may_be_anything(tmp_path: Path) -> None:
    (tmp_path / "m.yml").write_text("[a, b]: 1\nextra:\n  {c: d}: 2\n  hub: {language: bn}\n", "utf-8")
    assert read_group(tmp_path / "m.yml", "m.yml", ("extra", "hub")).data == {"language": "bn"}


@given(st.text(max_size=400))
def test_no_text_is_answered_with_a_traceback(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("any") / "x.md"
    path.write_bytes(("---\n" + text + "\n---\n").encode("utf-8", "surrogatepass"))
    with contextlib.suppress(ContentError):
        assert isinstance(read_source(path, "x.md").data, dict)


@given(st.binary(max_size=200))
def test_no_bytes_are_answered_with_a_traceback(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "x.md"
    path.write_bytes(b"---\n" + raw)
    with contextlib.suppress(ContentError):
        read_source(path, "x.md")
