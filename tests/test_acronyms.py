"""Acronyms: explained where a text first uses one, and nothing else of the text is touched."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import HtmlElement, fragment_fromstring

from chautari.abbreviations import marked
from chautari.acronyms import Expansion
from chautari.bodies import rendering
from chautari.cache import Cache, Shelf
from chautari.entry import Entry
from chautari.library import Library
from chautari.markdown import Body, Renderer
from chautari.views.acronyms import listings
from tests.build import build, copy_of_the_test_hub, page, text_of
from tests.hub import File, make_library, make_site, partner, post

X = "content/posts/2019/x.md"
BOOK = "content/vocabularies/acronyms.yml"
FILES: dict[str, File] = {
    "content/partners/bils.md": partner("acronym: BILS", "name_local: {bn: শ্রম প্রতিষ্ঠান}", name="Institute of Labour"),
    "content/partners/ccawdu.md": partner("acronym: C.CAWDU", name="Apparel Workers"),
    BOOK: "NGO: {name: {en: Non-governmental organisation, id: Organisasi nonpemerintah}}\n"
    "WHO: {name: World Health Organization}\n"
    "R&D: {name: Research and development}\n"
    "FTA: [{name: Free trade agreement}, {name: Federation of Textile Artisans}]\n",
}


def library_of(folder: Path, text: str = "", *fields: str, **more: File) -> Library:
    return make_library(folder, {**FILES, X: post(*fields, body=text), **more})


def shown(folder: Path, text: str, *fields: str, **more: File) -> HtmlElement:
    """The body of a post with this text, as its page shows it."""
    library = library_of(folder, text, *fields, **more)
    entry = library.at(X)
    assert entry
    body = Renderer(library, ["footnotes", "admonition", "pymdownx.details"], {}).render(entry)
    return fragment_fromstring(body.placed("../"), create_parent=True)


def explained(element: HtmlElement) -> list[tuple[str, str, str | None]]:
    """Every marked acronym: what stands there, its long form, and where it leads."""
    marks = [(mark, mark.getparent()) for mark in element.iter("abbr")]
    return [(mark.text or "", mark.get("title", ""), parent.get("href")) for mark, parent in marks]


# --- in texts ---


def test_the_first_use_says_the_long_form_and_leads_on(tmp_path: Path) -> None:
    body = shown(tmp_path, "The BILS is an NGO. BILS and NGO again.\n")
    assert explained(body) == [
        ("BILS", "Institute of Labour", "../partners/bils/"),
        ("NGO", "Non-governmental organisation", "../acronyms/#ngo"),
    ]
    assert text_of(body) == "The BILS is an NGO. BILS and NGO again."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Many NGOs are here", ["NGOs"]),
        ("An NGO's office, (NGO)", ["NGO"]),
        ("The World Health Organization (WHO) said so", ["WHO"]),
        ("who says Who? Ngo. NGOx xNGO BNGO NGO2 NGO_A", []),
        ("NGO-led, non-NGO", ["NGO"]),
        ("NGO-BILS is another word", []),
        ('The <span title="Not the WHO">office</span>, and the <em title="NGO">BILS</em>', ["BILS"]),
        ("It is C.CAWDU.", ["C.CAWDU"]),
        ("Money for R&D!", ["R&D"]),
        ("এটি NGOর কাজ", ["NGO"]),
        ("office@NGO.org and www.NGO.org", []),
        ("**NGO** and *WHO*", ["NGO", "WHO"]),
        ("An FTA of two meanings, an ABC of none", []),
    ],
)
def test_only_whole_words_in_capitals_are_acronyms(tmp_path: Path, text: str, found: list[str]) -> None:
    assert [word for word, _, _ in explained(shown(tmp_path, text))] == found


@pytest.mark.parametrize(
    "text",
    [
        "[NGO](https://example.org)",
        "[an **NGO** here](https://example.org)",
        "## NGO",
        "`NGO`",
        "    NGO\n",
        '<abbr title="Mine">NGO</abbr>',
        "<figure><figcaption>NGO</figcaption></figure>",
        '!!! note "NGO"\n    Words.\n',
        '??? note "NGO"\n    Words.\n',
        "<kbd>NGO</kbd>",
    ],
)
def test_what_is_no_running_text_is_left_alone_and_the_next_use_is_explained(tmp_path: Path, text: str) -> None:
    assert explained(shown(tmp_path / "alone", text)) in ([], [("NGO", "Mine", None)])
    after = explained(shown(tmp_path / "after", f"{text}\n\nAn NGO.\n"))
    mine = "Mine" in text  # whoever explained it need not be told again
    assert [title for _, title, _ in after] == (["Mine"] if mine else ["Non-governmental organisation"])


def test_a_goal_that_the_writer_links_to_is_not_linked_again(tmp_path: Path) -> None:
    body = shown(tmp_path, "BILS, that is [the institute](../../partners/bils.md).\n")
    assert [title for _, title, _ in explained(body)] == ["Institute of Labour"]
    assert [link.text_content() for link in body.iter("a")] == ["the institute"]


def test_the_long_form_is_in_the_language_of_the_text_where_it_is_known(tmp_path: Path) -> None:
    body = shown(tmp_path, "BILS, NGO\n", "language: bn")
    told = [(mark.get("title"), mark.get("lang")) for mark in body.iter("abbr")]
    assert told == [("শ্রম প্রতিষ্ঠান", None), ("Non-governmental organisation", "en")]


def test_a_partner_does_not_explain_its_own_acronym(tmp_path: Path) -> None:
    library = library_of(tmp_path, **{"content/partners/own.md": partner("acronym: OWN", body="OWN is no NGO.\n")})
    entry = library.at("content/partners/own.md")
    assert entry
    html = Renderer(library, [], {}).render(entry).html
    assert re.findall(r"<abbr[^>]*>(\w+)", html) == ["NGO"]


def test_a_partner_without_a_page_is_not_known(tmp_path: Path) -> None:
    hidden = {
        "content/partners/new.md": partner("acronym: NEW", "status: draft"),
        "content/partners/old.md": partner("acronym: OLD", "status: withdrawn"),
    }
    assert explained(shown(tmp_path, "NEW and OLD", **hidden)) == []


def test_reading_time_is_that_of_the_text_alone(tmp_path: Path) -> None:
    library = library_of(tmp_path, "NGO BILS " * 100)
    assert rendering(library.published, Renderer(library, [], {}), Cache(), Shelf("html", Cache()))()[X].minutes == 1


WORDS = st.sampled_from(
    ["NGO", "NGOs", "BILS", "R&amp;D", "who", "C.CAWDU", " ", ", ", ".", "(", ")", "é", "&lt;", "AB"]
)
TAGS = st.sampled_from(["p", "a", "h2", "code", "em", "abbr", "li", "summary", "figcaption"])
TREES = st.recursive(
    st.lists(WORDS, max_size=6).map("".join),
    lambda inner: st.builds(lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>", TAGS, st.lists(inner, max_size=4)),
    max_leaves=12,
)


@given(TREES)
def test_marking_changes_no_word_and_stands_in_running_text_only(html: str) -> None:
    result, asked = marked(
        html, "", lambda word: Expansion(f'The "{word}" & <co>', "en", "x/") if word != "AB" else None
    )
    bare = re.sub(r'</?a( href="x/")?>|</?abbr( title="[^"]*" lang="en")?>', "", result)
    assert bare == re.sub(r"</?(a|abbr)>", "", html)
    new = fragment_fromstring(result, create_parent=True).xpath("//abbr[@title]")
    for mark in new:
        inside = {parent.tag for parent in mark.iterancestors()}
        links = [parent for parent in mark.iterancestors("a") if parent.get("href") is None]
        assert not links
        assert not inside & {"h2", "code", "abbr", "summary", "figcaption"}
    words = [mark.text.removesuffix("s") for mark in new]
    assert len(words) == len(set(words)), "each once"
    assert set(words) <= set(asked)


# --- what is known ---


def test_the_vocabulary_adds_to_what_a_partner_says(tmp_path: Path) -> None:
    told = "BILS: {name: {en: INSTITUTE of labour, id: Lembaga}, description: Researchers.}\n"
    told += "LAB: {name: Labour institute, partner: bils}\n"
    known = library_of(tmp_path, **{BOOK: told}).acronyms
    (bils,), (lab,) = known["BILS"], known["LAB"]
    assert dict(bils.names) == {"en": "Institute of Labour", "bn": "শ্রম প্রতিষ্ঠান", "id": "Lembaga"}
    assert (bils.description(), bils.url) == ("Researchers.", "partners/bils/")
    assert lab.expanded("en") == Expansion("Labour institute", "", "partners/bils/")


def test_two_meanings_that_the_vocabulary_tells_apart_are_no_mistake(tmp_path: Path) -> None:
    told = "BILS: [{name: The institute, partner: bils}, {name: Bilateral schemes}]\n"
    library = library_of(tmp_path, **{BOOK: told})
    assert [each.url for each in library.acronyms["BILS"]] == ["partners/bils/", ""]


# --- what is remembered ---


class Counting(Renderer):
    """A renderer that notes what it was asked to render."""

    def render(self, entry: Entry, text: str | None = None) -> Body:
        self.rendered = [*getattr(self, "rendered", []), entry.path]
        return super().render(entry, text)


def rendered(folder: Path, cache: Cache, **files: File) -> list[str]:
    library = make_library(folder, {**FILES, **files})
    renderer = Counting(library, [], {})
    rendering(library.published, renderer, cache, Shelf("html", cache))()
    return getattr(renderer, "rendered", [])


def test_only_texts_that_use_a_word_are_rendered_anew_when_its_meaning_changes(tmp_path: Path) -> None:
    cache = Cache()
    names = {"ngo": "An NGO.", "abc": "The ABC.", "none": "Nothing at all."}
    posts: dict[str, File] = {f"content/posts/2019/{name}.md": post(body=text) for name, text in names.items()}
    assert len(rendered(tmp_path, cache, **posts)) == 5
    assert rendered(tmp_path, cache, **posts) == []
    more = f"{FILES[BOOK]!s}ABC: {{name: All beginners}}\n"
    assert rendered(tmp_path, cache, **posts, **{BOOK: more}) == ["content/posts/2019/abc.md"]
    another = more.replace("Non-governmental", "Nongovernmental")
    assert rendered(tmp_path, cache, **posts, **{BOOK: another}) == ["content/posts/2019/ngo.md"]
    became = {"content/partners/ngo.md": partner("acronym: NGO", name="Nongovernmental organisation")}
    again = rendered(tmp_path, cache, **posts, **{BOOK: another}, **became)
    assert again == ["content/partners/ngo.md", "content/posts/2019/ngo.md"]


# --- the page ---


def test_the_book_has_every_acronym_from_a_to_z(tmp_path: Path) -> None:
    (listing,) = listings(library_of(tmp_path), make_site())
    found = [(letter, [anchor for anchor, _ in places]) for letter, places in listing.data["letters"]]
    assert found == [
        ("B", ["bils"]),
        ("C", ["c-cawdu"]),
        ("F", ["fta"]),
        ("N", ["ngo"]),
        ("R", ["r-d"]),
        ("W", ["who"]),
    ]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_of_the_test_hub(tmp_path_factory.mktemp("hub"))
    result = build(root)
    assert not result.returncode, result.stderr
    return root


def test_a_text_leads_to_the_partner_or_to_the_place_in_the_book(site: Path) -> None:
    complete = page(site, "2025/03/complete.html")
    goals = [link.get("href") for link in complete.xpath("//abbr/..")]
    assert goals == ["../../partners/federation/", "../../acronyms/#spf"]
    place = page(site, "acronyms/").get_element_by_id("spf")
    assert "Social protection floor" in text_of(place)
    assert place.xpath(".//*[@lang='bn']/text()") == ["সামাজিক সুরক্ষার ভিত্তি"]
    assert place.xpath(".//a/@href") == ["https://example.org/spf"]


def test_a_place_shows_all_meanings_and_leads_to_partners_and_labels(site: Path) -> None:
    book = page(site, "acronyms/")
    assert [text_of(each) for each in book.get_element_by_id("fta").iter("dd")] == [
        "Federation of Textile Artisans",
        "Free trade agreement",
    ]
    assert book.get_element_by_id("fed").xpath(".//a/@href") == ["../partners/federation/"]
    assert book.get_element_by_id("dw").xpath(".//a/@href") == ["../themes/decent-work/"]
    letters = book.xpath("//nav[contains(@aria-label, 'letter')]//a/@href")
    assert letters == ["#letter-D", "#letter-F", "#letter-S"]
    assert [book.get_element_by_id(letter[1:]).tag for letter in letters] == ["h2"] * 3


def test_feeds_lead_to_whole_addresses(site: Path) -> None:
    feed = (site / "site/posts/atom.xml").read_text("utf-8")
    assert "sub/acronyms/#spf" in feed
    assert '"acronyms/#spf' not in feed
