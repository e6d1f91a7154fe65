"""Partners on the site: the directory from A to Z, its parts, and what an organisation's page says of it."""

import gzip
from pathlib import Path

import pytest
from lxml.html import HtmlElement

from chautari.content.partners import Partner
from chautari.views.partners import OTHERS, by_letter, letter_of, listings, sort_key
from tests.build import build, copy_of_the_test_hub, page, text_of
from tests.hub import event, make_library, make_site, partner, post, training

REACH = "contact: {role: Office, phone: '+880 2 5500 11', email: office@example.org, public: true}"
PARTNERS = {
    "content/partners/ksbsi.md": partner(
        "acronym: KSBSI", "relation: member", "themes: Decent work", REACH, name="Serikat Buruh"
    ),
    "content/partners/lone.md": partner("website: https://lone.example.org/", name="Łone & <Co>"),
    "content/partners/nepali.md": partner("name_local: {ne: नेपाल संघ}", "acronym: NS", name="Nepal Union"),
    "content/partners/old.md": partner("status: merged", "successor: ksbsi", "acronym: OLD", name="Old Union"),
    "content/partners/gone.md": partner("status: dissolved", "successor: ksbsi", name="1st of May"),
    "content/partners/left.md": partner("relation: former", "parent: ksbsi", name="Émigré Union"),
    "content/partners/draft.md": partner("status: draft", name="Zzz"),
    "content/posts/2012/x.md": post("partners: ksbsi", title="Of old", date="2012-02-03"),
    **{
        f"content/posts/2025/{n}.md": post("partners: ksbsi", title=f"News {n}", date=f"2025-02-{n:02}")
        for n in range(1, 16)
    },
    "content/trainings/given.md": training("organisers: ksbsi", "funders: lone", title="Given"),
    "content/trainings/taken.md": training("participants: ksbsi", "organisers: Somebody", title="Taken"),
    "content/events/talk.md": event("speakers: [{partner: ksbsi}]", "training: given", title="Talk"),
}


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_of_the_test_hub(tmp_path_factory.mktemp("hub"), PARTNERS)
    done = build(root)
    assert done.returncode == 0, done.stderr
    return root


def under(shown: HtmlElement, name: str) -> str:
    """The text of the list or section below a heading."""
    (heading,) = shown.xpath(f"//h2[@id='{name}']")
    return text_of(heading.getnext())


# --- the directory ---


@pytest.mark.parametrize(
    ("name", "letter"),
    [("gefont", "G"), ("Élan", "E"), ("नेपाल", "न"), ("নারীপক্ষ", "ন"), ("1st of May", OTHERS), ("«Adl»", "A"), ("!?", OTHERS)],
)  # fmt: skip
def test_a_name_stands_under_its_first_letter(name: str, letter: str) -> None:
    assert letter_of(name) == letter


def test_accents_and_capitals_do_not_change_the_order() -> None:
    names = ["z b", "Éb", "Z-a", "ea", "EC"]
    assert sorted(names, key=sort_key) == ["ea", "Éb", "EC", "Z-a", "z b"]


def test_every_name_leads_to_its_organisation(tmp_path: Path) -> None:
    letters = by_letter(make_library(tmp_path, PARTNERS).all(Partner))
    found = {letter: [(line.words, line.partner.slug) for line in lines] for letter, lines in letters}
    assert found == {
        "E": [("Émigré Union", "left")],
        "K": [("KSBSI", "ksbsi")],
        "N": [("Nepal Union", "nepali"), ("NS", "nepali")],
        "O": [("OLD", "old"), ("Old Union", "old")],
        "S": [("Serikat Buruh", "ksbsi")],
        "Ł": [("Łone & <Co>", "lone")],
        "न": [("नेपाल संघ", "nepali")],
        OTHERS: [("1st of May", "gone")],
    }


def test_the_index_leads_to_every_letter(hub: Path) -> None:
    shown = page(hub, "partners/")
    targets = [link.get("href")[1:] for link in shown.xpath("//nav[@class='hub-letters']//a")]
    assert targets == [
        heading.get("id") for heading in shown.xpath("//h2[following-sibling::*[1][self::ul]][not(ancestor::details)]")
    ]
    assert "hub-न" in targets
    assert targets[-1] == "hub-others"


def test_an_acronym_is_found_under_its_own_letter(hub: Path) -> None:
    shown = page(hub, "partners/")
    assert "KSBSI – Serikat Buruh" in under(shown, "hub-K")
    (link,) = shown.xpath("//a[text()='KSBSI']")
    assert link.get("href") == "../partners/ksbsi/"
    (local,) = shown.xpath("//a[@lang='ne'][@href='../partners/nepali/']")
    assert local.text == "नेपाल संघ"


def test_the_book_of_acronyms_is_one_step_away(hub: Path) -> None:
    assert page(hub, "partners/").xpath("//main//a[@href='../acronyms/']")


def test_a_line_does_not_repeat_what_stands_above_it(hub: Path) -> None:
    nepali = "//main//li[starts-with(normalize-space(.), 'Nepal Union')]"
    (row,) = page(hub, "partners/").xpath(nepali)
    assert text_of(row) == "Nepal Union (NS) Trade union Nepal"
    for part in ("by-country/nepal/", "by-kind/trade-union/"):
        (row,) = page(hub, f"partners/{part}").xpath(nepali)
        assert text_of(row) == "Nepal Union (NS)"


def test_whoever_looks_for_an_organisation_can_call_it(hub: Path) -> None:
    shown = page(hub, "partners/")
    (row,) = shown.xpath("//ul[contains(@class, 'hub-directory')]/li[starts-with(normalize-space(.), 'Serikat')]")
    assert row.xpath(".//a[starts-with(@href, 'tel:')]/@href") == ["tel:+8802550011"]
    assert "Trade union" in text_of(row)
    assert "Member" in text_of(row)
    assert shown.xpath("//a[@href='https://lone.example.org/']"), "who has no telephone has a website"


def test_former_organisations_are_marked_and_drafts_are_not_there(hub: Path) -> None:
    shown = page(hub, "partners/")
    assert "Merged" in under(shown, "hub-O")
    assert "Dissolved" in under(shown, "hub-others")
    assert "Former" in under(shown, "hub-E")
    assert "Zzz" not in text_of(shown)


def test_it_is_narrowed_by_links_alone(hub: Path) -> None:
    shown = page(hub, "partners/")
    links = shown.xpath("//details[contains(@class, 'hub-facets')]//a")
    assert {"Nepal 7", "Bangladesh 1", "NGO 1", "Decent work 2"} <= {text_of(link) for link in links}
    for link in links:
        part = page(hub, link.get("href").removeprefix("../"))
        count = int(text_of(link.xpath("./span")[0]))
        rows = part.xpath("//ul[contains(@class, 'hub-directory')]/li//a[contains(@href, 'partners/')]/@href")
        assert len(set(rows)) == count, link.get("href")
        (chosen,) = part.xpath("//a[@aria-current='page'][contains(@class, 'md-tag')]")
        assert text_of(chosen) == text_of(link)
    for name in ("country", "kind", "theme"):
        assert page(hub, f"partners/by-{name}/").xpath("//ul[@class='hub-labels']//a"), name


def test_an_empty_directory_has_no_parts(tmp_path: Path) -> None:
    site = make_site()
    assert [listing.url for listing in listings(make_library(tmp_path, {}, site), site)] == ["partners/"]


def test_a_line_of_the_directory_weighs_little_on_a_telephone(tmp_path: Path) -> None:
    """Two thousand organisations are one page: of each it carries some fifty bytes, its numbers and names included."""

    def weight(count: int) -> int:
        files = {
            f"content/partners/p{n}.md": partner(
                f"acronym: N{n * 7919 % 10_000}F",
                f"contact: {{phone: '+977 1 {n * 104_729 % 9_000_000}', email: office@u{n}.example.org, public: true}}",
                name=f"National federation of workers in trade {n * 7919 % 10_000}",
            )
            for n in range(count)
        }
        root = copy_of_the_test_hub(tmp_path / str(count), files)
        assert build(root).returncode == 0
        return len(gzip.compress((root / "site/partners/index.html").read_bytes(), mtime=0))

    assert (weight(150) - weight(50)) / 100 < 50


# --- the page of one ---


def test_its_names_stand_below_its_title(hub: Path) -> None:
    header = page(hub, "partners/nepali/").xpath("//article/header")[0]
    assert text_of(header.xpath("./h1")[0].getnext()) == "NS नेपाल संघ"
    assert header.xpath(".//span[@lang='ne']/text()") == ["नेपाल संघ"]


def test_it_says_what_became_of_others_in_it(hub: Path) -> None:
    shown = page(hub, "partners/ksbsi/")
    facts = {text_of(row.xpath("./dt")[0]): text_of(row.xpath("./dd")[0]) for row in shown.xpath("//dl/div")}
    assert facts["Merged into it"] == "Old Union"
    assert facts["Continues the work of"] == "1st of May"
    assert "merged into Serikat Buruh" in text_of(page(hub, "partners/old/"))


def test_it_stands_among_its_affiliates(hub: Path) -> None:
    assert text_of(page(hub, "partners/left/").xpath("//div[@class='hub-tree']")[0]) == "Serikat Buruh Émigré Union"
    here = page(hub, "partners/ksbsi/").xpath("//div[@class='hub-tree']//strong[@aria-current]/following-sibling::ul")
    assert [text_of(each) for each in here] == ["Émigré Union"]


def test_it_says_what_the_organisation_was_to_each(hub: Path) -> None:
    shown = page(hub, "partners/ksbsi/")
    assert under(shown, "hub-given").startswith("Given Organiser")
    assert under(shown, "hub-taken").startswith("Taken Participant")
    assert under(shown, "hub-events").startswith("Talk Speaker")
    assert under(page(hub, "partners/lone/"), "hub-given").startswith("Given Funder")
    assert "Named in" not in text_of(shown)


def test_each_activity_says_where(hub: Path) -> None:
    done = page(hub, "partners/the-union/").xpath("//ul[@class='hub-part']/li")
    assert [text_of(each) for each in done] == [
        "An activity (A place of work)",
        "Another activity (Narayanganj, Gazipur)",
        "An activity (Gazipur)",
    ]


def test_a_heading_is_not_said_again_below_it(hub: Path) -> None:
    assert under(page(hub, "partners/the-union/"), "hub-credentials") == "A credential with every field"


def test_its_timeline_cuts_nothing_off(hub: Path) -> None:
    shown = page(hub, "partners/ksbsi/")
    (timeline,) = shown.xpath("//section[@aria-labelledby='hub-timeline']")
    titles = [text_of(link) for link in timeline.xpath(".//a")]
    assert titles == ["Given", "Talk", *(f"News {n}" for n in range(15, 0, -1)), "Of old"]
    assert [text_of(year) for year in timeline.xpath("./h3")] == ["2026", "2025"]
    assert [text_of(old) for old in timeline.xpath(".//summary")] == ["2012 1"]
    assert "All 16 posts" in text_of(shown.xpath("//section[@aria-labelledby='hub-posts']")[0])


def test_its_feeds_are_offered_in_plain_words(hub: Path) -> None:
    (follow,) = page(hub, "partners/ksbsi/").xpath("//section[@aria-labelledby='hub-feeds']")
    addresses = follow.xpath(".//li/a/@href")
    assert addresses == [f"../../partners/ksbsi/{name}" for name in ("feed.xml", "atom.xml", "feed.json")]
    assert all((hub / "site" / address.removeprefix("../../")).is_file() for address in addresses)
