"""What an editor is told: every mistake in tests/golden/ gets exactly the sentences that stand beside it."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from chautari.content import collections
from chautari.loading import load
from chautari.problems import ContentError
from chautari.site import read_settings
from tests.hub import make_hub, make_site

GOLDEN = Path(__file__).parent / "golden"
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['case']}")
    for path in sorted(GOLDEN.glob("*.yml"))
    for case in yaml.safe_load(path.read_text("utf-8"))
]


def problems_of(files: dict[str, Any], folder: Path) -> str:
    """All problems of a hub that holds these files beside the usual vocabularies, as an editor reads them."""
    root = make_hub(folder, files)
    try:
        settings = read_settings(root / "mkdocs.yml", "mkdocs.yml")
        load(root, collections(), make_site(settings=settings))
    except ContentError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("case", CASES)
def test_the_words_of_a_problem(case: dict[str, Any], tmp_path: Path) -> None:
    assert problems_of(case["files"], tmp_path) == case["problems"].rstrip("\n")
