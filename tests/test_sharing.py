"""The text that readers send on."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from chautari.content.posts import Post
from chautari.sharing import LENGTH, share_text
from tests.build import page, text_of
from tests.hub import make_library, make_texts, post

ADDRESS = "https://hub.example.org/sub/2019/06/x.html"


def shared(folder: Path, text: str) -> str:
    library = make_library(folder, {"content/posts/2019/x.md": text})
    return share_text(library.all(Post)[0], make_texts(library, folder))


def test_it_is_title_beginning_and_address(tmp_path: Path) -> None:
    assert (
        shared(tmp_path, post(title="A march", body="They **march**.\n\nMore.\n"))
        == f"A march\n\nThey march.\n\n{ADDRESS}"
    )


def test_a_post_without_text_is_title_and_address(tmp_path: Path) -> None:
    assert shared(tmp_path, post(title="A march", body="")) == f"A march\n\n{ADDRESS}"


def test_it_fits_a_message_and_always_holds_the_whole_address(tmp_path_factory: object) -> None:
    @given(title=st.integers(1, 900), body=st.integers(0, 900))
    def fits(title: int, body: int) -> None:
        folder = tmp_path_factory.mktemp("hub")  # type: ignore[attr-defined]  # pytest's
        text = shared(folder, post(title="t" * title, body="word " * body))
        assert len(text) <= LENGTH
        assert text.endswith(f"\n\n{ADDRESS}")

    fits()


def test_it_stands_on_the_page_with_links_that_need_no_script(built: Path) -> None:
    share = page(built, "2018/06/older.html").xpath("//details[contains(@class, 'hub-share')]")[0]
    assert "data-pagefind-ignore" in share.attrib, "no search finds a page by the words of its buttons"
    assert "https://" in text_of(share.xpath(".//p")[0])
    assert [link.partition("?")[0] for link in share.xpath(".//a/@href")] == [
        "https://wa.me/",
        "https://t.me/share/url",
        "mailto:",
    ]
