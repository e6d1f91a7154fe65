"""Whatever an export holds, the hub is sound after it, everything is accounted for, and a second import changes nothing."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chautari.importers.blogger import open_export
from chautari.moving.keeping import Fate
from tests.build import bytes_of
from tests.hub import make_hub
from tests.importers.exports import exports
from tests.moving.exports import move_in


@pytest.mark.parametrize("form", ["classic", "takeout"])
@given(data=st.data())
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
def test_any_export_moves_in_once(form: str, data: st.DataObject) -> None:
    written = data.draw(exports(form))
    with TemporaryDirectory() as folder:
        root = make_hub(Path(folder) / "hub", {})
        export = open_export(written.save(Path(folder) / "export"))
        report = move_in(root, export)
        assert report.adds_up
        before = bytes_of(root / "content")
        again = move_in(root, export)
        assert set(again.outcomes) <= {Fate.same}
        assert bytes_of(root / "content") == before
