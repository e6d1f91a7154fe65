"""What several tests share: the test hub, built once for each process."""

from pathlib import Path

import pytest

from tests.build import build, copy_of_the_test_hub


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The test hub with its finished folder site/. Nobody writes into it."""
    root = copy_of_the_test_hub(tmp_path_factory.mktemp("hub"))
    done = build(root)
    assert done.returncode == 0, done.stderr
    return root
