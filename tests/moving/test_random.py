"""Whatever an export holds, the hub is sound after it, everything is accounted for, and a second import changes nothing."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml.html import tostring

from chautari.importers.blogger import open_export
from chautari.moving.keeping import Fate
from chautari.moving.words import lost
from tests.build import build, bytes_of, copy_of_the_test_hub, page
from tests.hub import make_hub
from tests.importers.exports import Written, exports
from tests.moving.exports import move_in


def holds_something(written: Written) -> bool:
    return any(item.kind != "comment" for item in written.items)


@pytest.mark.parametrize("form", ["classic", "takeout"])
@given(data=st.data())
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
def test_any_export_moves_in_once(form: str, data: st.DataObject) -> None:
    written = data.draw(exports(form).filter(holds_something))
    with TemporaryDirectory() as folder:
        root = make_hub(Path(folder) / "hub", {})
        export = open_export(written.save(Path(folder) / "export"))
        report = move_in(root, export)
        assert report.adds_up
        before = bytes_of(root / "content")
        again = move_in(root, export)
        assert set(again.outcomes) <= {Fate.same}
        assert bytes_of(root / "content") == before


def every_word_is_on_its_page(form: str, data: st.DataObject) -> None:
    written = data.draw(exports(form, 30).filter(holds_something))
    with TemporaryDirectory() as folder:
        root = copy_of_the_test_hub(Path(folder) / "hub")
        report = move_in(root, open_export(written.save(Path(folder) / "export")))
        done = build(root)
        assert done.returncode == 0, done.stderr
        places = {line.before: line.after for line in report.lines}
        for item in written.items:
            if item.kind != "comment" and item.state == "live":
                (text,) = page(root, places[item.address]).xpath("//main")
                assert lost(item.html, tostring(text, encoding="unicode")) == []


@pytest.mark.parametrize("form", ["classic", "takeout"])
@given(data=st.data())
@settings(max_examples=1, phases=[Phase.generate], suppress_health_check=list(HealthCheck))  # each is a build
def test_every_live_word_is_on_its_page(form: str, data: st.DataObject) -> None:
    every_word_is_on_its_page(form, data)


@pytest.mark.slow
@pytest.mark.parametrize("form", ["classic", "takeout"])
@given(data=st.data())
@settings(max_examples=15, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
def test_every_live_word_of_many_exports_is_on_its_page(form: str, data: st.DataObject) -> None:
    every_word_is_on_its_page(form, data)
