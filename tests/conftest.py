"""What several tests share: the test hub, built once for each process."""

from pathlib import Path

import pytest
from hypothesis import settings

from tests.build import build, copy_of_the_test_hub

# The machine may be busy; what a test found must not depend on that. The same examples in every run.
settings.register_profile("chautari", deadline=None, derandomize=True)
settings.load_profile("chautari")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The test hub with its finished folder site/. Nobody writes into it."""
    root = copy_of_the_test_hub(tmp_path_factory.mktemp("hub"))
    done = build(root)
    assert done.returncode == 0, done.stderr
    return root
