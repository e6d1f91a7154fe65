"""The interface's words: all of them pass through gettext, and dates are written as people write them."""

import datetime as dt
import re
import subprocess
import sys
from pathlib import Path

import pytest
from jinja2 import Environment

from chautari.wording import clock, day, direction, language_name, month, translations

ROOT = Path(__file__).parent.parent
TEMPLATES = sorted((ROOT / "overrides").rglob("*.html"))


def bare_words(template: str) -> list[str]:
    """The words of a template that a reader sees and no translator does."""
    text, inside_trans, after_block_begin = "", False, False
    for _, kind, value in Environment(extensions=["jinja2.ext.i18n"], autoescape=True).lex(template):
        if after_block_begin and kind == "name":
            inside_trans = value == "trans" or (inside_trans and value != "endtrans")
        after_block_begin = kind == "block_begin" or (after_block_begin and kind == "whitespace")
        if kind == "data" and not inside_trans:
            text += value
        elif kind in ("variable_begin", "block_begin"):
            text += "0"  # keeps tags whole whose attributes are filled in
    text = re.sub(r"<(script|style)\b.*?</\1>|<!--.*?-->", "", text, flags=re.DOTALL)
    spoken = re.findall(r"""\b(?:alt|title|placeholder|aria-label)\s*=\s*["']([^"']*)""", text)
    return re.findall(r"[A-Za-z]{2,}", " ".join([re.sub(r"<[^>]*>", " ", text), *spoken]))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT / "overrides").as_posix())
def test_every_word_passes_through_gettext(path: Path) -> None:
    allowed = {"RSS", "CC", "BY", "UTC", "ISBN", "DOI", "nbsp", "middot", "times", "ndash", "lang", "dir"}
    assert [word for word in bare_words(path.read_text("utf-8")) if word not in allowed] == []


def test_bare_words_are_found() -> None:
    found = bare_words(
        '<p title="Hello">{{ _("fine") }} Bare {% trans %}fine{% endtrans %}</p><a aria-label="{{ x }}">Too</a>'
    )
    assert found == ["Bare", "Too", "Hello"]


def test_the_catalogue_for_translators_is_up_to_date(tmp_path: Path) -> None:
    fresh = tmp_path / "chautari.pot"
    options = ["--mapping", "pyproject.toml", "--omit-header", "--no-location", "--sort-output"]
    command = [sys.executable, "-m", "babel.messages.frontend", "--quiet", "extract", *options]
    comments = ["--add-comments", "For translators:"]
    subprocess.run([*command, *comments, "--output", str(fresh), "."], check=True, cwd=ROOT)
    stored = ROOT / "hooks/chautari/locales/chautari.pot"
    assert stored.read_text("utf-8") == fresh.read_text("utf-8"), "make messages brings it up to date"


def test_dates_and_times() -> None:
    moment = dt.datetime(2019, 6, 20, 14, 5, tzinfo=dt.UTC)
    assert (day(moment), month(moment), clock(moment)) == ("20 June 2019", "June 2019", "14:05")
    assert day(dt.date(2019, 6, 20), "bn") == "20 জুন 2019"
    assert day(dt.date(2019, 6, 20), "id") == "20 Juni 2019"


def test_languages() -> None:
    assert (language_name("bn"), language_name("bn", "bn")) == ("Bangla", "বাংলা")
    assert (direction("km"), direction("ur")) == ("ltr", "rtl")


def test_a_language_without_a_catalogue_speaks_english() -> None:
    assert translations("km").gettext("All posts") == "All posts"
