"""What machines read on a page: addresses, Open Graph, schema.org and the tags for citing, and what people may cite."""

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml.html import HtmlElement, tostring

from chautari.citation import of_entry
from chautari.graph import Graphs, script
from chautari.library import Library
from chautari.schema_org import Nodes
from chautari.values import licence_url
from tests.build import build, copy_of_the_test_hub, page, text_of
from tests.hub import event, make_library, make_site, partner, post, training

ADDRESS = "https://hub.example.org/sub/"
SITE = make_site()
GRAPH = "//script[@type='application/ld+json']"
ISO_8601 = re.compile(r"\d{4}(-\d\d-\d\d(T\d\d:\d\d:\d\d[+-]\d\d:\d\d)?)?")


def pages(root: Path) -> Iterator[tuple[str, HtmlElement]]:
    """Every page of a built hub that may be found, by its address from the site's root."""
    for path in sorted((root / "site").rglob("*.html")):
        name = path.relative_to(root / "site").as_posix()
        shown = page(root, name)
        if not shown.xpath("//meta[@name='robots']"):
            yield name.removesuffix("index.html"), shown


def graph_of(shown: HtmlElement) -> list[dict[str, Any]]:
    """The nodes of a page's one graph."""
    (text,) = shown.xpath(f"{GRAPH}/text()")
    read = json.loads(text)
    assert read.keys() == {"@context", "@graph"}
    nodes: list[dict[str, Any]] = read["@graph"]
    return nodes


def subject(shown: HtmlElement) -> dict[str, Any]:
    """The node of what a page is about."""
    nodes = {each["@id"]: each for each in graph_of(shown)}
    this_page = nodes[shown.xpath("//link[@rel='canonical']/@href")[0]]
    return nodes[(this_page.get("about") or this_page["mainEntity"])["@id"]]


def each_value(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Every value in a graph with the name that it stands under, from the outside in."""
    yield name, value
    if isinstance(value, dict):
        for inner, item in value.items():
            yield from each_value(item, inner)
    elif isinstance(value, list):
        for item in value:
            yield from each_value(item, name)


def tags(shown: HtmlElement) -> dict[str, list[str]]:
    """The contents of a page's <meta> elements, by name or property."""
    found: dict[str, list[str]] = {}
    for tag in shown.xpath("//meta[@content]"):
        found.setdefault(tag.get("property") or tag.get("name"), []).append(tag.get("content"))
    return found


def described(library: Library, path: str) -> dict[str, Any]:
    """What is said of one entry of a small hub."""
    entry = library.at(path)
    assert entry
    return Nodes(library, SITE, lambda entry: entry.summary or "").whole(entry)


# --- every page ---


def test_every_page_says_its_own_address(built: Path) -> None:
    count = 0
    for address, shown in pages(built):
        (canonical,) = shown.xpath("//link[@rel='canonical']/@href")
        assert canonical == ADDRESS + address
        assert tags(shown)["og:url"] == [canonical]
        assert any(each.get("url") == canonical for each in graph_of(shown)), address
        count += 1
    assert count > 40


def test_every_graph_names_the_site_the_publisher_and_the_way_to_the_page(built: Path) -> None:
    for address, shown in pages(built):
        site, publisher, this_page, *others = graph_of(shown)
        assert site["@type"] == "WebSite"
        assert site["potentialAction"]["target"]["urlTemplate"] == f"{ADDRESS}search/?q={{search_term_string}}"
        assert (publisher["@type"], publisher["name"]) == ("Organization", "Test hub")
        assert site["publisher"] == {"@id": publisher["@id"]}
        if address:
            steps = next(each for each in others if each["@type"] == "BreadcrumbList")["itemListElement"]
            assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
            assert steps[0]["item"] == ADDRESS
            for step in steps:
                assert (built / "site" / step["item"].removeprefix(ADDRESS)).exists(), step["item"]
            assert this_page["breadcrumb"]["@id"] == f"{ADDRESS}{address}#breadcrumbs"


def test_every_thing_that_a_graph_names_is_described_on_some_page(built: Path) -> None:
    graphs = [graph_of(shown) for _, shown in pages(built)]
    known = {each["@id"] for nodes in graphs for each in nodes}
    values = (value for nodes in graphs for name, value in each_value(nodes) if name == "@id")
    named = {value for value in values if value.startswith(ADDRESS)}
    assert len(named) > 20
    assert named - known == set()


def test_nothing_empty_is_said_and_every_date_is_one(built: Path) -> None:
    for address, shown in pages(built):
        for name, value in each_value(graph_of(shown)):
            assert value not in (None, "", [], {}), (address, name)
            if re.search("date|expires|availabilityEnds", name, re.IGNORECASE):
                assert ISO_8601.fullmatch(value), (address, name, value)


@pytest.mark.parametrize("address", ["404.html", "2025/01/withdrawn.html"])
def test_a_page_that_nobody_should_find_tells_machines_nothing(built: Path, address: str) -> None:
    shown = page(built, address)
    assert shown.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert not shown.xpath(f"{GRAPH} | //link[@rel='canonical'] | //meta[@property] | //details")


def test_what_machines_read_weighs_little(built: Path) -> None:
    shown = page(built, "2025/03/complete.html")
    whole = len(gzip.compress(tostring(shown)))
    for element in shown.xpath(f"{GRAPH} | //meta[@property] | //meta[starts-with(@name, 'citation')]"):
        element.drop_tree()
    assert whole - len(gzip.compress(tostring(shown))) < 1_536


def test_no_title_ends_the_script(tmp_path: Path) -> None:
    title = "</script><script>alert(1)<!-- & more"
    library = make_library(tmp_path, {"content/posts/2019/x.md": post(title=f'"{title}"')})
    text = Graphs(Nodes(library, SITE, lambda entry: "")).of_entry(library.published[0])
    assert not re.search("[<>&]", text)
    assert json.loads(text)["@graph"][-1]["name"] == title
    assert script([{"name": "\u2028\u2029"}]).endswith('{"name":"\\u2028\\u2029"}]')


def test_markup_in_a_title_stays_text(built: Path) -> None:
    assert subject(page(built, "2018/06/older.html"))["name"] == 'Health & Safety <em>first</em> "now"'


# --- each type ---

REQUIRED = {
    "2025/03/complete.html": ("BlogPosting", "headline author datePublished dateModified image publisher license about"),
    "trainings/complete/": ("Course", "name description provider hasCourseInstance teaches timeRequired inLanguage"),
    "events/complete/": ("EducationEvent", "name startDate endDate location eventStatus organizer offers"),
    "partners/federation/": ("Organization", "name alternateName address logo contactPoint sameAs parentOrganization"),
    "initiatives/complete/": ("Project", "name foundingDate dissolutionDate areaServed member funder subjectOf address"),
    "resources/the-manual/": ("Book", "name author publisher isbn identifier encoding datePublished inLanguage"),
    "credentials/complete/": (
        "EducationalOccupationalCredential", "name description recognizedBy competencyRequired validFor image",
    ),
    "themes/decent-work/": ("DefinedTerm", "name description sameAs inDefinedTermSet"),
    "countries/bangladesh/": ("Country", "name identifier containedInPlace"),
    "themes/": ("DefinedTermSet", "name hasDefinedTerm"),
}  # fmt: skip


@pytest.mark.parametrize("address", REQUIRED)
def test_what_is_said_of_each_type(built: Path, address: str) -> None:
    kind, names = REQUIRED[address]
    about = subject(page(built, address))
    assert kind in about["@type"]
    assert set(names.split()) - about.keys() == set()


def test_a_post_names_its_makers_by_their_roles_and_its_translation(built: Path) -> None:
    about = subject(page(built, "2025/03/complete.html"))
    assert about["author"] == [{"@type": "Person", "name": "Author By Name"}]
    assert [editor["url"] for editor in about["editor"]] == [f"{ADDRESS}partners/federation/"]
    assert about["correction"][0]["text"] == "The number was wrong."
    assert about["license"] == "https://creativecommons.org/licenses/by-nc/4.0/"
    translated = subject(page(built, "bn/2025/03/complete.html"))
    assert translated["inLanguage"] == "bn"
    assert about["workTranslation"] == [{"@id": translated["@id"]}]
    assert translated["translationOfWork"] == {"@id": about["@id"]}


def test_a_post_without_an_author_is_the_networks(built: Path) -> None:
    nodes = graph_of(page(built, "2018/06/older.html"))
    assert nodes[-1]["author"] == {"@id": nodes[1]["@id"]}


def test_a_training_tells_when_it_is_given(built: Path) -> None:
    (run,) = subject(page(built, "trainings/complete/"))["hasCourseInstance"]
    held = subject(page(built, "events/complete/"))
    assert held["@type"] == ["EducationEvent", "CourseInstance"]
    assert run["courseMode"] == "Blended"
    for name in ("@id", "startDate", "endDate", "location", "eventStatus"):
        assert run[name] == held[name]


def test_a_training_is_material_as_bioschemas_wants_it(built: Path) -> None:
    """Bioschemas TrainingMaterial 1.0: what it asks for, and what it recommends as far as somebody has said it."""
    about = subject(page(built, "trainings/complete/"))
    assert {"Course", "LearningResource"} <= set(about["@type"])
    assert about["http://purl.org/dc/terms/conformsTo"]["@id"].endswith("/TrainingMaterial/1.0-RELEASE")
    assert about["keywords"] == ["Bangladesh", "Decent work"]
    assert about["audience"][0]["audienceType"] == "Union officers"
    assert about["competencyRequired"] == ["Two years of work"]
    assert (about["educationalLevel"], about["learningResourceType"]) == ("intermediate", "Course")
    assert (about["timeRequired"], about["inLanguage"], about["teaches"]) == ("PT20H", ["bn", "en"], ["A skill"])
    assert [section["timeRequired"] for section in about["syllabusSections"]] == ["PT120M", "PT100M"]
    assert about["isAccessibleForFree"] is True
    manual, workbook, slides = about["hasPart"]
    assert manual["@id"] == subject(page(built, "resources/the-manual/"))["@id"]
    assert (built / "site" / workbook["url"].removeprefix(ADDRESS)).is_file()
    assert (workbook["inLanguage"], workbook["license"]) == ("bn", "https://creativecommons.org/publicdomain/zero/1.0/")
    assert slides["url"] == "https://example.org/slides"


def test_an_event_is_at_a_time_of_its_place(built: Path) -> None:
    about = subject(page(built, "events/complete/"))
    assert (about["startDate"], about["endDate"]) == ("2026-05-01T10:00:00+06:00", "2026-05-03T17:15:00+06:00")
    assert about["previousStartDate"] == "2026-04-01T10:00:00+06:00"
    assert about["eventStatus"] == "https://schema.org/EventRescheduled"
    hotel, resort, room = about["location"]
    assert (hotel["address"]["addressCountry"], resort["address"]["addressLocality"]) == ("BD", "Purbachal")
    assert room == {"@type": "VirtualLocation", "url": "https://example.org/room"}
    assert subject(page(built, "events/past/"))["startDate"] == "2016-07-19"


@pytest.mark.parametrize(
    ("fields", "attendance", "location"),
    [
        (["mode: online"], "Online", {"@type": "VirtualLocation", "url": f"{ADDRESS}events/x/"}),
        (["mode: in person", "countries: Nepal"], "Offline", {"@type": "Country", "name": "Nepal"}),
    ],
)
def test_an_event_always_has_a_place(
    tmp_path: Path, fields: list[str], attendance: str, location: dict[str, str]
) -> None:
    text = event(*fields[1:]).replace("mode: online", fields[0])
    about = described(make_library(tmp_path, {"content/events/x.md": text}), "content/events/x.md")
    assert about["eventAttendanceMode"] == f"https://schema.org/{attendance}EventAttendanceMode"
    assert location.items() <= about["location"][0].items()


def test_an_organisation_is_found_under_all_its_names_and_shows_only_public_contacts(built: Path) -> None:
    about = subject(page(built, "partners/federation/"))
    assert {"FED", "सबैको महासंघ", "Federaton of Everything"} == set(about["alternateName"])
    assert about["additionalType"] == "https://www.wikidata.org/wiki/Q178790"
    assert about["memberOf"] == {"@id": f"{ADDRESS}#publisher"}
    assert about["contactPoint"]["email"] == "office@example.org"


def test_an_organisation_of_a_known_kind(built: Path) -> None:
    assert subject(page(built, "partners/world/"))["@type"] == "NGO"


def test_a_resource_is_somebody_elses_work(built: Path) -> None:
    about = subject(page(built, "resources/the-manual/"))
    assert [author["name"] for author in about["author"]] == ["Federation of Everything", "Author Of The Manual"]
    assert about["publisher"]["name"] == "The Union"
    assert "license" not in about, "the hub's licence is not that of what it only keeps"
    (copy,) = about["encoding"]
    assert copy["encodingFormat"] == "application/pdf"
    assert (built / "site" / copy["contentUrl"].removeprefix(ADDRESS)).is_file()
    assert "encoding" not in subject(page(built, "resources/first-manual/"))


def test_a_reference_to_what_is_not_published_is_not_made(tmp_path: Path) -> None:
    files = {"content/trainings/t.md": training("status: draft"), "content/partners/p.md": partner(name="P")}
    text = post("training: t", "partners: p")
    library = make_library(tmp_path, files | {"content/posts/2019/x.md": text})
    assert [each["name"] for each in described(library, "content/posts/2019/x.md")["mentions"]] == ["P"]


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("CC-BY-SA-4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
        ("CC-BY-3.0-IGO", "https://creativecommons.org/licenses/by/3.0/igo/"),
        ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("MIT", "https://spdx.org/licenses/MIT.html"),
        ("MIT OR CC0-1.0", ""),
        ("LicenseRef-theirs", ""),
    ],
)
def test_the_address_of_a_licence(name: str, address: str) -> None:
    assert licence_url(name) == address


# --- lists ---


def test_a_list_names_what_it_shows_and_its_neighbours(tmp_path: Path) -> None:
    posts = {f"content/posts/2024/p{n:02}.md": post("countries: Nepal", date=f"2024-01-{n + 1:02}") for n in range(24)}
    root = copy_of_the_test_hub(tmp_path, posts)
    done = build(root)
    assert done.returncode == 0, done.stderr
    first, second = page(root, "countries/nepal/"), page(root, "countries/nepal/page/2/")
    assert second.xpath("//link[@rel='canonical']/@href") == [f"{ADDRESS}countries/nepal/page/2/"]
    assert second.xpath("//link[@rel='prev']/@href") == ["../../../../countries/nepal/"]
    assert second.xpath("//link[@rel='next']/@href") == ["../../../../countries/nepal/page/3/"]
    assert not first.xpath("//link[@rel='prev']")
    items = graph_of(second)[2]["mainEntity"]
    assert [item["position"] for item in items["itemListElement"]] == list(range(11, 21))
    assert items["numberOfItems"] == 25
    shown = {href.rpartition("/")[2] for href in second.xpath("//main//a/@href")}
    assert {item["url"].rpartition("/")[2] for item in items["itemListElement"]} <= shown


# --- Open Graph ---


def test_a_shared_page_has_a_picture_and_words(built: Path) -> None:
    told = tags(page(built, "2025/03/complete.html"))
    assert told["og:title"] == ["A post with every field"]
    assert told["og:description"] == ["The summary of the complete post."]
    assert (told["og:type"], told["og:site_name"]) == (["article"], ["Test hub"])
    assert (told["og:locale"], told["og:locale:alternate"]) == (["en_US"], ["bn_BD"])
    assert told["og:image:alt"] == ["Women on a march"]
    assert (built / "site" / told["og:image"][0].removeprefix(ADDRESS)).is_file()
    assert told["article:published_time"] == ["2025-03-04T09:30:00+06:00"]
    assert told["article:tag"] == ["Bangladesh", "Nepal", "Decent work", "Capacity strengthening", "Women"]


def test_the_kinds_of_pages_for_open_graph(built: Path) -> None:
    kinds = {address: tags(page(built, address))["og:type"] for address in ("", "themes/", "partners/world/")}
    assert kinds == {"": ["website"], "themes/": ["website"], "partners/world/": ["profile"]}
    assert tags(page(built, "bn/2025/03/complete.html"))["og:locale"] == ["bn_BD"]


# --- citing ---


def zotero(shown: HtmlElement) -> dict[str, Any]:
    """What Zotero's translator "Embedded Metadata" makes of a page; an og:type may override what DC.type says."""
    told = tags(shown)
    by_open_graph = {"book": "book", "website": "webpage"}.get(told["og:type"][0])
    kind = by_open_graph or told.get("DC.type", ["journalArticle"])[0]
    names = ("title", "publication_date", "publisher", "language", "isbn", "doi", "public_url", "pdf_url")
    fields = {name: told[f"citation_{name}"][0] for name in names if f"citation_{name}" in told}
    return {"type": kind, "authors": told.get("citation_author", []), **fields}


def test_a_program_reads_a_post(built: Path) -> None:
    assert zotero(page(built, "2025/03/complete.html")) == {
        "type": "blogPost",
        "authors": ["Author By Name"],
        "title": "A post with every field",
        "publication_date": "2025/03/04",
        "publisher": "Test hub",
        "language": "en",
        "public_url": f"{ADDRESS}2025/03/complete.html",
    }


def test_a_program_reads_a_resource(built: Path) -> None:
    read = zotero(page(built, "resources/the-manual/"))
    pdf = read.pop("pdf_url")
    assert (built / "site" / pdf.removeprefix(ADDRESS)).is_file()
    assert read == {
        "type": "book",
        "authors": ["Federation of Everything", "Author Of The Manual"],
        "title": "A resource with every field",
        "publication_date": "2016",
        "publisher": "The Union",
        "language": "en",
        "isbn": "978-3-16-148410-0",
        "doi": "10.1000/182",
        "public_url": f"{ADDRESS}resources/the-manual/",
    }


def cited(shown: HtmlElement) -> str:
    (sentence,) = shown.xpath("//*[@id='hub-citation']")
    return text_of(sentence)


def test_people_read_how_to_cite(built: Path) -> None:
    assert cited(page(built, "2025/03/complete.html")) == (
        "Author By Name; Federation of Everything (editor) (2025). A post with every field. Test hub, 4 March 2025. "
        f"{ADDRESS}2025/03/complete.html (Licence: CC-BY-NC-4.0)"
    )
    assert cited(page(built, "resources/the-manual/")) == (
        "Federation of Everything; Author Of The Manual (2016). A resource with every field. Second edition. "
        "The Union. https://doi.org/10.1000/182"
    )
    assert cited(page(built, "2018/06/older.html")) == (
        'Test hub (2018). Health & Safety <em>first</em> "now". 1 June 2018. '
        f"{ADDRESS}2018/06/older.html (Licence: CC-BY-4.0)"
    )
    assert cited(page(built, "resources/first-manual/")) == "The first manual (2010). https://example.org/first"
    assert cited(page(built, "trainings/basics/")) == (
        f"Test hub. The basics. {ADDRESS}trainings/basics/ (Licence: CC-BY-4.0)"
    )


def test_a_title_in_another_language_is_marked_and_only_works_are_cited(built: Path) -> None:
    shown = page(built, "bn/2025/03/complete.html")
    assert shown.xpath("//*[@id='hub-citation']/@lang") == ["en"]
    assert shown.xpath("//*[@id='hub-citation']/cite/@lang") == ["bn"]
    assert not page(built, "partners/federation/").xpath("//*[@id='hub-citation']")


def test_what_is_copied_is_what_is_read(built: Path) -> None:
    (button,) = page(built, "2025/03/complete.html").xpath("//details[@class='hub-cite']//button")
    assert button.get("hidden") is not None, "without a script there is nothing to press"
    assert button.get("data-copy") == "#hub-citation"
    assert button.getnext().get("role") == "status"


def test_a_citation_is_facts(tmp_path: Path) -> None:
    library = make_library(tmp_path, {"content/posts/2019/x.md": post("licence: MIT")})
    citation = of_entry(library.published[0], library, SITE)
    assert citation
    assert (citation.kind, citation.year, citation.licence) == ("post-weblog", 2019, "MIT")
