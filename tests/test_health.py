"""What the committee is told to look after: each kind is found, and only where it is."""

import json
from datetime import date
from pathlib import Path

import pytest

from chautari.health import KINDS, as_data, by_partner, findings
from chautari.outer_links import Check, as_record, outer_links, read_checks
from chautari.site import Settings
from tests.build import build, copy_of_the_test_hub, page, text_of
from tests.hub import SITE, File, make_hub, make_library, make_site, partner, post
from tests.test_cli import chautari

SITE_2026 = make_site(settings=Settings(languages=("en", "bn", "ne")))
CHECKS = {
    "https://example.org/good": Check(date(2026, 1, 2), 200),
    "https://example.org/shy": Check(date(2026, 1, 2), 403),
    "https://example.org/gone": Check(date(2026, 1, 2), 404),
    "https://example.org/long-ago": Check(date(2024, 1, 2), 200),
    "https://nowhere.example/": Check(date(2026, 1, 2), "no such host"),
}
LINKS = "A [good](https://example.org/good), [shy](https://example.org/shy) <https://example.org/gone>."


def found(folder: Path, files: dict[str, File]) -> list[tuple[str, str, str]]:
    library = make_library(folder, files, SITE_2026)
    return [(each.kind, each.entry.slug, each.detail) for each in findings(library, SITE_2026)]


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        ("partners/a.md", partner("updated: 2025-06-01", "language: ne"), []),
        ("partners/a.md", partner("language: ne"), [("undated", "a", "")]),
        ("partners/a.md", partner("language: ne", "updated: 2023-12-31"), [("stale", "a", "2023-12-31")]),
        ("partners/a.md", partner("language: ne", "status: dissolved"), []),
        ("partners/a.md", partner("updated: 2025-06-01"), [("untranslated", "a", "Nepali")]),
        ("posts/2019/a.md", post(), [("without-partner", "a", "")]),
        ("posts/2019/a.md", post("countries: Asia", "partners: p"), []),
        ("posts/2019/a.md", post("countries: [Nepal, Bangladesh]", "partners: p", "language: ne"), [("untranslated", "a", "Bangla")]),
        ("posts/2019/a.md", post("partners: p", "image: {file: x.svg, alt: decorative}"), [("undescribed", "a", "x.svg")]),
        ("posts/2019/a.md", post("partners: p", body="![](x.svg) ![Words](x.svg)\n"), [("undescribed", "a", "x.svg")]),
        ("posts/2019/a.md", post("partners: p", body='<img alt="" src="x.svg"> <img src="x.svg" alt="Words">\n'), [("undescribed", "a", "x.svg")]),
        ("posts/2019/a.md", post("partners: p", body="`![](x.svg)`\n"), []),
        (
            "posts/2019/a.md",
            post("partners: p", body=f"{LINKS} [Long ago](https://example.org/long-ago)\n"),
            [("broken-link", "a", "https://example.org/gone (404)"), ("unchecked-link", "a", "https://example.org/long-ago")],
        ),
    ],
)  # fmt: skip
def test_each_kind(tmp_path: Path, file: str, text: str, expected: list[tuple[str, str, str]]) -> None:
    files: dict[str, File] = {
        f"content/{file}": text,
        "content/partners/p.md": partner("updated: 2026-01-01", "language: ne", name="P"),
        "content/posts/2019/x.svg": (SITE / "content/partners/logo.svg").read_text(),
        "content/links.json": as_record(CHECKS),
    }
    assert found(tmp_path, files) == expected


def test_what_lacks_one_language_is_looked_after_there_alone(tmp_path: Path) -> None:
    files: dict[str, File] = {
        "content/posts/2019/a.md": post("countries: [Nepal, Bangladesh]", "language: ne", "partners: p"),
        "content/partners/p.md": partner("updated: 2026-01-01", "language: ne", name="P"),
    }
    said = as_data(make_library(tmp_path, files, SITE_2026), SITE_2026)
    assert said["countries"] == {"bangladesh": {"untranslated": 1}}


def test_a_translation_is_enough(tmp_path: Path) -> None:
    files: dict[str, File] = {
        "content/partners/a.md": partner("updated: 2025-06-01"),
        "content/partners/a.ne.md": partner("updated: 2025-06-01"),
    }
    assert found(tmp_path, files) == []


def test_an_undated_link_of_a_field(tmp_path: Path) -> None:
    files: dict[str, File] = {
        "content/partners/a.md": partner("website: https://example.org/fed", "updated: 2026-01-01", "language: ne")
    }
    assert found(tmp_path, files) == [("unchecked-link", "a", "https://example.org/fed")]


def test_addresses_as_people_write_them(tmp_path: Path) -> None:
    body = "See https://en.example.org/wiki/Union_(labour), [a](https://a.example/x?y=1&z=2). **https://b.example/**"
    library = make_library(tmp_path, {"content/posts/2019/a.md": post(body=body)})
    expected = ["https://en.example.org/wiki/Union_(labour)", "https://a.example/x?y=1&z=2", "https://b.example/"]
    assert list(outer_links(library.entries[0])) == expected


def test_whom_to_ask(tmp_path: Path) -> None:
    files: dict[str, File] = {
        "content/partners/a.md": partner(name="A"),
        "content/partners/b.md": partner(name="B", body="Of [X](https://example.org/x)."),
        "content/posts/2019/one.md": post("partners: [A, B]", body="https://example.org/y"),
    }
    library = make_library(tmp_path, files, SITE_2026)
    asked = by_partner(findings(library, SITE_2026), library)
    assert [(partner.slug, [each.kind for each in group]) for partner, group in asked] == [
        ("b", ["undated", "untranslated", "unchecked-link", "unchecked-link"]),
        ("a", ["undated", "untranslated", "unchecked-link"]),
    ]


def test_the_record_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    make_hub(tmp_path, {"content/links.json": as_record(CHECKS)})
    assert read_checks(tmp_path) == (CHECKS, [])


def test_a_broken_record_is_a_problem(tmp_path: Path) -> None:
    done = chautari("check", make_hub(tmp_path, {"content/links.json": '{"https://a.example": 3}'}))
    assert (done.returncode, done.stdout.splitlines()[0]) == (
        1,
        "content/links.json: is not as `chautari links` writes it",
    )


def test_the_command_says_what_the_page_shows(tmp_path: Path) -> None:
    files: dict[str, File] = {"content/partners/a.md": partner(), "content/posts/2019/b.md": post()}
    root = make_hub(tmp_path, files)
    done = chautari("health", root, "--json")
    said = json.loads(done.stdout)
    assert said["counts"] == {"undated": 1, "without-partner": 1}
    assert said["countries"] == {"": {"without-partner": 1}, "nepal": {"undated": 1}}
    assert said["partners"] == {"a": {"undated": 1}}
    assert [each["file"] for each in said["findings"]] == ["content/partners/a.md", "content/posts/2019/b.md"]
    plain = chautari("health", root)
    assert plain.stdout.splitlines() == [
        "no single country: 1 without-partner",
        "nepal: 1 undated",
        "all together: 1 undated, 1 without-partner",
    ]


def test_every_finding_of_the_library_stands_on_the_page_of_its_country(built: Path) -> None:
    overview = page(built, "health/")
    heads = [text_of(cell) for cell in overview.xpath("//thead//th")]
    for row in overview.xpath("//tbody/tr[th/a]"):
        counts = dict(zip(heads[1:], [int(text_of(cell) or 0) for cell in row.xpath("td")], strict=True))
        (address,) = row.xpath("th/a/@href")
        there = page(built, f"health/{address.removeprefix('../health/')}")
        sections = there.xpath("//section[starts-with(@aria-labelledby, 'hub-')]")
        assert [len(section.xpath("ul/li")) for section in sections] == [count for count in counts.values() if count]
        assert all(link.startswith("../../") for link in there.xpath("//section//li//a/@href"))


def test_no_search_engine_and_no_subscriber_is_shown_it(built: Path) -> None:
    assert page(built, "health/").xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert not page(built, "health/").xpath("//*[@data-pagefind-body]")
    assert "/health/" not in (built / "site/sitemap.xml").read_text()


def test_a_long_list_is_cut_and_says_so(tmp_path: Path) -> None:
    files: dict[str, File] = {f"content/posts/2019/p{number}.md": post() for number in range(60)}
    root = copy_of_the_test_hub(tmp_path, files)
    assert build(root).returncode == 0
    section = page(root, "health/elsewhere/").xpath("//section[@aria-labelledby='hub-without-partner']")[0]
    count = int(text_of(section.xpath(".//*[@class='hub-count']")[0]))
    assert count >= 60
    assert len(section.xpath("ul/li")) == 50
    assert f"{count - 50} more" in text_of(section)


def test_the_kinds_have_words(built: Path) -> None:
    template = (SITE.parent.parent / "overrides/listings/health.html").read_text("utf-8")
    assert all(f'"{kind}": (' in template for kind in KINDS)


def test_plain_data_hold_all(tmp_path: Path) -> None:
    library = make_library(tmp_path, {"content/posts/2019/a.md": post()})
    assert as_data(library, SITE_2026)["date"] == "2026-01-15"
