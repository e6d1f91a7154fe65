"""Files for reference managers: they say what the page says, and nothing in a title can break them."""

import datetime as dt
import json
import re
from pathlib import Path

import pytest

from chautari.citation import Citation, Creator
from chautari.outputs.citations import artifacts, bibtex, csl, tex
from tests.build import page
from tests.hub import NO_TEXTS, make_library, make_site, post, training

BOOK = Citation(
    "book",
    "Wages & dignity: 50% of {all} work_ers, মজুরি",
    "en",
    page="https://hub.example.org/sub/resources/r/",
    address="https://doi.org/10.1000/a_b",
    creators=(Creator("Asia and Pacific Centre"), Creator("Rai, Sita"), Creator("A Photographer", "photographer")),
    issued=2016,
    publisher="Press #1",
    isbn="978-3-16-148410-0",
    doi="10.1000/a_b",
)


def fields(text: str) -> dict[str, str]:
    """The fields of a BibTeX entry, by counting braces as BibTeX does; a backslash hides none from it."""
    found: dict[str, str] = {}
    place = text.index(",")
    while match := re.compile(r",\s*(\w+) = \{").match(text, place):
        depth, place = 1, match.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(text[place], 0)
            place += 1
        found[match[1]] = text[match.end() : place - 1]
    assert re.fullmatch(r"\s*\}\s*", text[place:]), "an entry ends after its last field"
    return found


def test_an_entry_of_bibtex() -> None:
    text = bibtex(BOOK, "wages")
    assert text.startswith("@book{wages,\n")
    assert fields(text) == {
        "author": "{Asia and Pacific Centre} and {Rai, Sita}",
        "title": r"{Wages \& dignity: 50\% of \textbraceleft{}all\textbraceright{} work\_ers, মজুরি}",
        "year": "2016",
        "publisher": r"Press \#1",
        "isbn": "978-3-16-148410-0",
        "doi": "10.1000/a_b",
        "url": "https://doi.org/10.1000/a_b",
        "language": "en",
    }


@pytest.mark.parametrize("title", ["One { alone", "Two }} more", "\\", "a\\}b", "{", "two\nlines"])
def test_no_title_breaks_an_entry(title: str) -> None:
    read = fields(bibtex(Citation("report", title, "en", "https://e.org/", "https://e.org/{x}"), "k"))
    assert read["title"] == f"{{{tex(title)}}}"
    assert read["url"] == "https://e.org/%7Bx%7D"


@pytest.mark.parametrize(("publisher", "kind"), [("A press", "techreport"), ("", "misc")])
def test_a_report_needs_an_institution(publisher: str, kind: str) -> None:
    text = bibtex(Citation("report", "T", "en", "", "https://e.org", publisher=publisher), "k")
    assert text.startswith(f"@{kind}{{k,")
    assert fields(text).get("institution", "") == publisher


def test_an_item_of_csl() -> None:
    """Each field as csl-data.json has it: names in lists, dates in parts, nothing empty."""
    assert json.loads(csl(BOOK)) == [
        {
            "id": BOOK.page,
            "type": "book",
            "title": BOOK.title,
            "author": [{"literal": "Asia and Pacific Centre"}, {"literal": "Rai, Sita"}],
            "contributor": [{"literal": "A Photographer"}],
            "issued": {"date-parts": [[2016]]},
            "publisher": "Press #1",
            "ISBN": "978-3-16-148410-0",
            "DOI": "10.1000/a_b",
            "URL": "https://doi.org/10.1000/a_b",
            "language": "en",
        }
    ]
    dated = Citation("webpage", "T", "en", "", "", issued=dt.date(2019, 6, 20))
    assert json.loads(csl(dated))[0]["issued"] == {"date-parts": [[2019, 6, 20]]}


def test_resources_and_trainings_have_them_and_posts_have_not(tmp_path: Path) -> None:
    resource = "---\ntitle: R\nkind: Manual\nyear: 2016\nurl: https://example.org\n{}---\n"
    files = {
        "content/posts/2019/p.md": post(),
        "content/trainings/t.md": training(),
        "content/resources/r.md": resource.format(""),
        "content/resources/gone.md": resource.format("status: withdrawn\n"),
    }
    made = artifacts(make_library(tmp_path, files), make_site(), NO_TEXTS)
    assert [artifact.url for artifact in made] == [
        f"{folder}/{name}" for folder in ("resources/r", "trainings/t") for name in ("cite.bib", "cite.csl.json")
    ]


def test_a_page_leads_to_its_files(built: Path) -> None:
    links = page(built, "resources/the-manual/").xpath("//details[contains(@class, 'hub-cite')]//a/@href")
    folder = built / "site/resources/the-manual"
    bib, item = ((folder / link).resolve().read_text("utf-8") for link in links)
    assert fields(bib)["author"] == "{Federation of Everything} and {Author Of The Manual}"
    assert json.loads(item)[0]["title"] == "A resource with every field"
    assert page(built, "2018/06/older.html").xpath("//a[contains(@href, 'cite.bib')]") == []
