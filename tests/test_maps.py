"""Countries on the map: every dot in its place, and no name over another."""

import gzip
import json
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader
from lxml.html import HtmlElement, fromstring

from chautari.geography import POINTS
from chautari.geography.asia import HEIGHT, WIDTH, place
from chautari.maps import NARROW, WIDE, Label, Map, Size, map_of, overlap
from chautari.site import MapSetting, Settings
from chautari.vocabulary import Term, Vocabulary, read_vocabularies
from tests.build import ROOT, build, copy_of_the_test_hub, page, text_of
from tests.hub import make_site

# Those that the network's entries are about.
IN_USE = ("BD", "BE", "BO", "KH", "CM", "CA", "DE", "HK", "IN", "ID", "IT", "LA", "NP", "PH", "ES", "TH")
IN_FRAME = [code for code in json.loads(POINTS.read_text("utf-8")) if place(code)]


def country(code: str) -> Term:
    return Term("countries", code.lower(), {"en": code}, code=code)


def known() -> Vocabulary:
    """The project's own countries."""
    vocabularies, _ = read_vocabularies(ROOT / "content/vocabularies", "vocabularies")
    return vocabularies["countries"]


def boxes(shown: Map, size: Size) -> list[tuple[str, tuple[float, float, float, float]]]:
    """The room of every dot and every name."""
    names: list[Label | None] = [dot.wide if size is WIDE else dot.narrow for dot in shown.dots]
    dots = [(f"dot {dot.term.key}", dot.box(size)) for dot in shown.dots]
    return dots + [(label.text, label.box(size)) for label in names if label]


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("codes", [IN_USE, IN_FRAME], ids=["those in use", "all in the frame"])
def test_no_name_covers_another_or_a_dot(codes: list[str], size: Size) -> None:
    terms = {term.code: term for term in known()}
    shown = map_of([(terms.get(code) or country(code), 10 + at) for at, code in enumerate(codes)], make_site())
    named = {name for name, _ in boxes(shown, size) if not name.startswith("dot")}
    assert len(named) > len(shown.dots) / 2
    for (name, one), (other, two) in combinations(boxes(shown, size), 2):
        both_dots = name.startswith("dot") and other.startswith("dot")
        assert both_dots or not overlap(one, two), f"{name} and {other}"
    for name, (left, top, right, bottom) in boxes(shown, size):
        assert name.startswith("dot") or (0 <= left < right <= WIDTH and 0 <= top < bottom <= HEIGHT), name


@pytest.mark.parametrize("language", ["en", "bn", "hi", "id", "km", "ne", "fil"])
def test_on_a_large_screen_every_country_of_the_vocabulary_has_its_name(language: str) -> None:
    site = make_site(settings=Settings(language=language))
    for number in (0, 120):
        shown = map_of([(term, number) for term in known()], site)
        assert [dot.term.name(language) for dot in shown.dots if not dot.wide] == []
        assert len(shown.dots) > 15


def test_a_dot_is_where_its_country_is() -> None:
    shown = map_of([(country(code), 1) for code in ("PK", "LK", "NP", "ID", "MY", "SG", "BE", "PG")], make_site())
    found = {dot.term.code: dot for dot in shown.dots}
    assert list(found) == ["PK", "LK", "NP", "ID", "MY", "SG"], "in the order given, without what lies elsewhere"
    assert found["PK"].x < found["NP"].x < found["MY"].x < found["SG"].x < found["ID"].x, "from west to east"
    assert found["PK"].y < found["NP"].y < found["LK"].y < found["MY"].y < found["SG"].y < found["ID"].y
    assert place("BE") is None
    for dot in shown.dots:
        assert (0 < dot.x < WIDTH, 0 < dot.y < HEIGHT) == (True, True)


def test_a_region_has_no_dot() -> None:
    region = Term("regions", "south-asia", {"en": "South Asia"})
    assert map_of([(region, 3), (country("NP"), 1)], make_site()).dots[0].term.code == "NP"


def test_the_area_of_a_dot_tells_how_much_there_is() -> None:
    shown = map_of(
        [(country(code), count) for code, count in (("IN", 100), ("NP", 25), ("BT", 1), ("PK", 0))], make_site()
    )
    radii = [dot.radius for dot in shown.dots]
    assert radii == sorted(radii, reverse=True)
    assert radii[0] - radii[1] == pytest.approx(radii[1] - radii[3]), "a quarter of the number, half of the length"
    assert [dot.wide and dot.wide.text for dot in shown.dots] == ["IN 100", "NP 25", "BT 1", "PK"]


def test_dots_that_tell_no_number_are_all_alike() -> None:
    alike = map_of([(country("IN"), 0), (country("NP"), 0)], make_site()).dots
    assert {dot.radius for dot in alike} == {9.5}


class Used:
    """A library that asks nobody else which terms are in use."""

    def __init__(self, *codes: str) -> None:
        self.codes = codes

    def in_use(self, term: Term) -> bool:
        return term.code in self.codes


def drawn(shown: Map, library: Used) -> HtmlElement:
    """The partial as a page at the site's root includes it."""
    overrides = FileSystemLoader(ROOT / "overrides")
    env = Environment(loader=overrides, autoescape=True, extensions=["jinja2.ext.i18n"])
    env.install_null_translations(newstyle=True)  # type: ignore[attr-defined]  # the extension adds it
    html = env.get_template("partials/map.html").render(shown_map=shown, library=library, language="en", root="./")
    return fromstring(f"<div>{html}</div>")


def test_a_country_that_has_no_page_has_a_dot_and_no_link() -> None:
    figure = drawn(map_of([(country("IN"), 0), (country("NP"), 0)], make_site()), Used("NP"))
    assert figure.xpath("//a/@href") == ["./countries/np/"]
    assert len(figure.find_class("hub-map__dot")) == 2
    assert [text_of(title) for title in figure.iter("title")] == ["IN", "NP"]
    assert figure.xpath("//figcaption") == [], "no word about sizes that say nothing"


def test_where_no_country_lies_in_the_frame_there_is_no_map() -> None:
    assert drawn(map_of([(country("BE"), 4)], make_site()), Used("BE")).find_class("hub-map") == []


def test_borders_are_drawn_only_where_the_settings_want_them() -> None:
    site = make_site()
    outlined = replace(site, settings=Settings(map=MapSetting(outlines=True)))
    nepal = [(country("NP"), 1)]
    assert map_of(nepal, site).borders == ""
    assert map_of(nepal, outlined).borders.startswith("M")
    assert map_of(nepal, outlined).land == map_of(nepal, site).land


def test_the_page_tells_the_same_in_a_table_as_on_the_map(built: Path) -> None:
    html = page(built, "countries/")
    rows = {
        row.xpath("string(th/a/@href)"): [text_of(cell) for cell in row.xpath("td")] for row in html.xpath("//tbody/tr")
    }
    (figure,) = html.find_class("hub-map")
    links = [(link.get("href"), text_of(link.find("title"))) for link in figure.iterdescendants("a")]
    assert links
    for href, told in links:
        number = rows[href][0]
        assert told.endswith(f": {number} entry" if number == "1" else f": {number} entries")
    order = list(rows)
    assert [href for href, _ in links] == [href for href in order if href in dict(links)]
    assert all(order.index(one) < order.index(other) for (one, _), (other, _) in pairwise(links))


def test_what_is_read_out_is_the_table_alone(built: Path) -> None:
    html = page(built, "countries/")
    (drawing,) = html.find_class("hub-map")[0].iterdescendants("svg")
    assert drawing.get("aria-hidden") == "true"
    assert {link.get("tabindex") for link in drawing.iterdescendants("a")} == {"-1"}, "no stop for the keyboard in it"
    assert html.xpath("//tbody//th[@scope='row']/a")
    assert html.xpath("//thead//th/@scope") == ["col"] * 6


def test_the_map_is_light_and_has_no_border_and_no_disclaimer_unless_it_is_asked_for(
    built: Path, tmp_path: Path
) -> None:
    plain = (built / "site/countries/index.html").read_bytes()
    assert b"hub-map__borders" not in plain
    assert b"no statement about" not in plain
    outlines = copy_of_the_test_hub(tmp_path)
    config = outlines / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("  hub:\n", "  hub:\n    map: {outlines: true}\n"), "utf-8")
    assert build(outlines).returncode == 0
    whole = (outlines / "site/countries/index.html").read_bytes()
    figure = whole[whole.index(b"<figure") : whole.index(b"</figure>")]
    assert b"hub-map__borders" in figure
    assert b"no statement about any country" in figure
    assert len(gzip.compress(figure)) < 12_000
