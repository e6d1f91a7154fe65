"""What readers wrote below an old entry: there where the hub wants it, and never otherwise."""

import json
from pathlib import Path

import pytest

from chautari.content import collections
from chautari.loading import load
from chautari.problems import ContentError
from chautari.site import Settings
from tests.build import build, copy_of_the_test_hub, page, text_of
from tests.hub import make_hub, make_site, post

FILE = "content/posts/2019/x.comments.json"
SAID = [{"id": "1", "author": "Ann <b>", "date": "2019-06-20T14:30:00+05:45", "text": "Well said.\nGo on."}]
SHOWN = make_site(settings=Settings(comments=True))


def hub(folder: Path, said: str) -> Path:
    return make_hub(folder, {"content/posts/2019/x.md": post(), FILE: said})


def test_comments_belong_to_the_entry_beside_them(tmp_path: Path) -> None:
    root = hub(tmp_path, json.dumps(SAID))
    (comment,) = load(root, collections(), SHOWN).comments["content/posts/2019/x.md"]
    assert (comment.author, comment.text) == ("Ann <b>", "Well said.\nGo on.")
    assert load(root, collections(), make_site()).comments == {}


@pytest.mark.parametrize(
    "said", ['[{"author": "x",\n]', "{}x", '[{"author": "x"}]', "[1]", '[{"author": "", "date": "soon", "text": ""}]']
)
def test_a_broken_file_is_a_problem(tmp_path: Path, said: str) -> None:
    with pytest.raises(ContentError) as caught:
        load(hub(tmp_path, said), collections(), SHOWN)
    assert [problem.path for problem in caught.value.problems] == [FILE]


def test_the_page_shows_them_and_follows_their_changes(tmp_path: Path) -> None:
    root = copy_of_the_test_hub(tmp_path, {"content/posts/2019/x.md": post(), FILE: json.dumps(SAID)})
    assert build(root).returncode == 0
    assert "Well said." not in text_of(page(root, "2019/06/x.html"))
    config = root / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("  hub:\n", "  hub:\n    comments: true\n"), "utf-8")
    assert build(root).returncode == 0
    (details,) = page(root, "2019/06/x.html").xpath("//details[contains(., 'Well said.')]")
    assert text_of(details) == "1 comment from the old site Ann <b>, 20 June 2019 Well said. Go on."
    (root / FILE).write_text(json.dumps([{**SAID[0], "text": "Not so well."}]), "utf-8")
    assert build(root, "--dirty").returncode == 0
    assert "Not so well." in text_of(page(root, "2019/06/x.html"))
