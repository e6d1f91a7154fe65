"""A hub that grows: its home page stays as light as it was."""

from collections.abc import Callable

import pytest

from tests.build import build, copy_of_the_test_hub
from tests.hub import SITE, File, partner, post

Home = Callable[[int, int], bytes]


def files(entries: int, themes: int) -> dict[str, File]:
    """So many posts, and as many partners; each bears three of the themes, so that all are in use."""
    found: dict[str, File] = {
        "content/vocabularies/themes.yml": "".join(f"t{n}: {{name: Theme {n:04}}}\n" for n in range(themes))
        # The complete entries of the test hub need theirs.
        + (SITE / "content/vocabularies/themes.yml").read_text("utf-8")
    }
    for number in range(entries):
        borne = ", ".join(f"t{(3 * number + more) % themes}" for more in range(3))
        labels = ("countries: Nepal", f"themes: [{borne}]")
        found[f"content/posts/2019/p{number:04}.md"] = post(*labels, title=f"Post {number:04}")
        found[f"content/partners/p{number:04}.md"] = partner(labels[1], name=f"Partner {number:04}")
    return found


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Builds a hub of a size and gives its home page."""

    def made(entries: int, themes: int) -> bytes:
        root = copy_of_the_test_hub(tmp_path_factory.mktemp("hub"), files(entries, themes))
        done = build(root)
        assert done.returncode == 0, done.stderr
        return (root / "site/index.html").read_bytes()

    return made


@pytest.fixture(scope="module")
def small(home: Home) -> int:
    """The bytes of the home page of a hub that is small, but too large to be shown whole."""
    return len(home(40, 40))


def test_the_home_page_does_not_grow_with_the_entries(home: Home, small: int) -> None:
    large = home(300, 40)
    assert b"Post 0" in large
    assert len(large) <= 1.03 * small


def test_the_home_page_does_not_grow_with_the_terms(home: Home, small: int) -> None:
    large = home(40, 120)
    assert b"Theme 0" in large
    assert len(large) <= 1.03 * small
