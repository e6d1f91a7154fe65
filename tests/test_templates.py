"""The templates' surroundings: words, markup, and what is drawn once."""

from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import DictLoader, Environment
from lxml.html import fromstring
from mkdocs.config import load_config
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page

from chautari.pages import HubFile, HubPage
from chautari.templates import furnish

ROOT = Path(__file__).parent.parent


def drawn(template: str, parts: Mapping[str, str] | None = None, kept: Path | None = None, **shown: Any) -> str:
    """A template as the hub draws it; `kept` is where it keeps what it compiled."""
    env = Environment(loader=DictLoader({"x.html": template, **(parts or {})}))  # noqa: S701 - furnish turns it on
    return str(furnish(env, {"language": "en"}, kept)("x.html", {"root": "../", **shown}))


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        ("{{ title }}", "A &amp; &lt;b&gt;"),
        ("{{ _('%(words)s: %(here)s', words=title, here=title | safe) }}", "A &amp; &lt;b&gt;: A & <b>"),
        ("{% trans title %}Of {{ title }}{% endtrans %}", "Of A &amp; &lt;b&gt;"),
        ("{% trans count=2 %}{{ count }} entry{% pluralize %}{{ count }} entries{% endtrans %}", "2 entries"),
        ("{{ _('100%% of it') }}", "100% of it"),
        ("{% macro em(x) %}<em>{{ x }}</em>{% endmacro %}{{ em(title) }}", "<em>A &amp; &lt;b&gt;</em>"),
        ("{{ 1 }} {{ true }} {{ 1.0 }} {{ '1' }}", "1 True 1.0 1"),
        ("{% for n in (1, 2) %}{{ loop.cycle('a', 'b') }}{% endfor %}", "ab"),
        ("{{ root }}posts/", "../posts/"),
    ],
)
def test_text_is_escaped_once_and_markup_is_not(template: str, shown: str) -> None:
    assert drawn(template, title="A & <b>") == shown


@pytest.mark.parametrize(
    ("page", "pages", "numbers"),
    [(1, 2, "1 2"), (1, 9, "1 2 9"), (2, 9, "1 2 3 9"), (5, 9, "1 4 5 6 9"), (9, 9, "1 8 9"), (2, 2, "1 2")],
)
def test_a_page_of_a_list_names_its_neighbours_and_the_ends(page: int, pages: int, numbers: str) -> None:
    template = (ROOT / "overrides/partials/pagination.html").read_text("utf-8")
    listing = SimpleNamespace(page=page, pages=pages, url_of=lambda number: f"page/{number}/")
    html = drawn(template, listing=listing)
    named = [each for each in fromstring(html).iter("a", "span") if not each.get("rel") and not each.get("aria-hidden")]
    assert " ".join((each.text or "").strip() for each in named) == numbers


def test_words_are_a_part_of_the_compiled_template() -> None:
    assert drawn("{{ _('Share') }}", _=None) == "Share"


@pytest.mark.parametrize(
    ("template", "part", "shown"),
    [
        ("{% include 'p.html' %}", "{{ root }}{{ title }}", "../Title"),
        ("{% include 'p.html' %} {{ title }}", "{% set title = title ~ '!' %}{{ title }}", "Title! Title"),
        ("{% for n in (1, 2) %}{% include 'p.html' %}{% endfor %}", "{{ n }}, ", "1, 2, "),
        ("{% macro two() %}{% include 'p.html' %}{% endmacro %}{{ two() }}", "{{ title }}", "Title"),
        (
            "{% set n = 3 %}{% include 'p.html' %}",
            "{{ n }}{% set n = n - 1 %}{% if n %}{% include 'p.html' %}{% endif %}",
            "321",
        ),
        ("{% include 'p.html' %}{% include 'p.html' %}", "{{ n or 'none' }}{% set n = 1 %}", "nonenone"),
        ("{% include 'q.html' ignore missing %}{% include ['q.html', 'p.html'] %}", "{{ title }}", "Title"),
    ],
)
def test_a_part_of_a_page_knows_what_the_page_does_and_keeps_its_own_to_itself(
    template: str, part: str, shown: str
) -> None:
    assert drawn(template, {"p.html": part}, title="Title") == shown


def test_a_part_of_a_page_is_put_into_what_is_compiled() -> None:
    env = Environment(loader=DictLoader({"x.html": "{% include 'p.html' %}", "p.html": "Part"}))  # noqa: S701 - as above
    render = furnish(env, {"language": "en"}, None)
    env.get_template("x.html")
    env.loader = DictLoader({})
    assert render("x.html", {"root": ""}) == "Part"


def test_what_was_compiled_is_not_kept_longer_than_its_parts(tmp_path: Path) -> None:
    shown = [drawn("{% include 'p.html' %}", {"p.html": part}, tmp_path / "kept") for part in ("old", "new", "old")]
    assert shown == ["old", "new", "old"]


def test_pages_of_the_hub_have_what_pages_of_mkdocs_have() -> None:
    config = load_config(str(ROOT / "mkdocs.yml"))
    ours = HubPage("Nepal", HubFile("countries/nepal/index.md", "countries/nepal/", config), config, "x.html")
    theirs = Page("Nepal", File("countries/nepal/index.md", None, config.site_dir, use_directory_urls=True), config)
    public = {name for name in dir(theirs) if not name.startswith("_")}
    assert public <= set(dir(ours))
    assert (ours.url, ours.canonical_url, ours.title) == (theirs.url, theirs.canonical_url, theirs.title)
    assert ours.file.abs_dest_path == theirs.file.abs_dest_path
    assert ours.file.src_path == theirs.file.src_path
