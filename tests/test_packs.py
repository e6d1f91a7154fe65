"""Packs: a training that one carries to where there is no network."""

import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit
from zipfile import ZipFile

import pytest
from lxml.html import HtmlElement, document_fromstring

from chautari.packs import VIEWS, archive, offline
from tests.build import build, bytes_of, copy_of_the_test_hub, page, text_of
from tests.hub import File, training
from tests.photographs import photograph

SESSION = "modules: [{title: One, sessions: [{title: A, minutes: 30, facilitator_notes: For you alone}]}]"
ILLUSTRATED = training(
    SESSION,
    "image: {file: Übung zu zweit.jpg, alt: Two women practise}",
    "materials: [{file: Handbook of the union.pdf, title: The handbook}, the-manual]",
    "context: The [basics](basics.md) come first.",
    title="With pictures",
    body="Look: ![A march](../posts/2025/march.png)\n\n[The post](../posts/2018/older.md)\n",
)
FILES: dict[str, File] = {
    "content/trainings/illustrated.md": ILLUSTRATED,
    "content/trainings/illustrated.bn.md": training(SESSION, title="ছবি সহ"),
    "content/trainings/Übung zu zweit.jpg": photograph(1200, 800),
    "content/trainings/Handbook of the union.pdf": b"%PDF-1.7 A handbook",
}
ADDRESS = "trainings/illustrated/"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hub with an illustrated training, built. Nobody writes into its site."""
    root = copy_of_the_test_hub(tmp_path_factory.mktemp("hub"), FILES)
    done = build(root)
    assert done.returncode == 0, done.stderr
    return root


def pack_in(site: Path, address: str = ADDRESS) -> ZipFile:
    return ZipFile(io.BytesIO((site / address / f"{Path(address).name}.zip").read_bytes()))


def links_in(shown: HtmlElement) -> Iterator[str]:
    for element, _, link, _ in shown.iterlinks():
        if element.tag != "a" or urlsplit(link).scheme == "":
            yield link


def test_the_page_says_how_large_the_pack_is(root: Path) -> None:
    size = (root / "site" / ADDRESS / "illustrated.zip").stat().st_size
    (link,) = page(root, ADDRESS).xpath("//a[@href='../../trainings/illustrated/illustrated.zip']")
    assert text_of(link) == f"To read without a network: ZIP, {round(size / 1000)} kB"


def test_a_pack_has_both_views_pictures_materials_and_words_of_explanation(root: Path) -> None:
    pack = pack_in(root / "site")
    assert pack.testzip() is None
    assert sorted(pack.namelist()) == [
        "README.txt",
        "facilitator.html",
        "index.html",
        "materials/02-handbook-of-the-union.pdf",
        "materials/03-manual.pdf",
        "pictures/01-ubung-zu-zweit-jpg-960.webp",
        "pictures/04-march-png-960.webp",
        "style.css",
        "training.js",
    ]
    assert pack.read("materials/02-handbook-of-the-union.pdf") == b"%PDF-1.7 A handbook"
    assert "index.html" in pack.read("README.txt").decode("utf-8-sig")
    assert "For you alone" in pack.read("facilitator.html").decode()
    assert "For you alone" not in pack.read("index.html").decode()


@pytest.mark.parametrize("name", VIEWS)
def test_what_a_page_of_a_pack_shows_is_in_the_pack(root: Path, name: str) -> None:
    pack = pack_in(root / "site")
    shown = document_fromstring(pack.read(name))
    inside = [unquote(link.partition("#")[0]) for link in links_in(shown) if link[0] != "#"]
    assert set(inside) - set(pack.namelist()) == set()
    assert not shown.xpath("//*[@srcset]")
    other = next(view for view in VIEWS if view != name)
    assert other in inside
    if name == "index.html":
        assert shown.xpath("//img/@alt") == ["Two women practise", "A march"]
        for address in ("2018/06/older.html", "trainings/basics/"):
            assert shown.xpath("//a[@href=$url]", url=f"https://hub.example.org/sub/{address}")


def test_names_in_a_pack_suit_every_system_and_its_files_no_time(root: Path) -> None:
    for path in sorted((root / "site").rglob("*.zip")):
        for file in ZipFile(path).infolist():
            assert re.fullmatch(r"[A-Za-z0-9./-]{1,100}", file.filename)
            assert file.date_time == (1980, 1, 1, 0, 0, 0)


def test_the_style_of_a_pack_asks_for_nothing(root: Path) -> None:
    style = pack_in(root / "site").read("style.css").decode()
    assert ".hub-plan" in style
    assert set(re.findall(r"url\([\"']?([a-z]+):", style)) <= {"data"}
    assert "@import" not in style


def test_a_translation_has_a_pack_of_its_own(root: Path) -> None:
    shown = document_fromstring(pack_in(root / "site", "bn/trainings/illustrated/").read("facilitator.html"))
    assert shown.xpath("//article/@lang") == ["bn"]
    assert text_of(next(shown.iter("h1"))) == "ছবি সহ"


def made_at(root: Path) -> dict[str, int]:
    """When each pack was made, by its name on the site."""
    store = root / ".cache/packs"
    return {path.relative_to(store).as_posix()[33:]: path.stat().st_mtime_ns for path in store.rglob("*.zip")}


def test_a_pack_is_made_anew_only_when_its_training_changed(root: Path, tmp_path: Path) -> None:
    again = tmp_path / "hub"
    shutil.copytree(root, again)
    before = made_at(again)
    assert len(before) == 5
    older = again / "content/posts/2018/older.md"
    older.write_text(older.read_text("utf-8") + "\nMore words.\n", "utf-8")
    assert build(again).returncode == 0
    assert made_at(again) == before
    changed = again / "content/trainings/illustrated.md"
    changed.write_text(changed.read_text("utf-8") + "\nMore words.\n", "utf-8")
    assert build(again).returncode == 0
    after = made_at(again)
    assert {name for name in after if after[name] != before[name]} == {"trainings/illustrated/illustrated.zip"}
    assert len(after) == 5, "the pack of the former text is forgotten"


def test_many_packs_are_made_on_all_cores_and_each_once(tmp_path: Path) -> None:
    many = {f"content/trainings/t{number:02}.md": training(SESSION, title=f"No. {number}") for number in range(40)}
    root = copy_of_the_test_hub(tmp_path, many)
    said = build(root, CHAUTARI_PROFILE="1").stderr
    assert re.search(r" 43  Packing trainings$", said, re.MULTILINE)
    before, made = made_at(root), bytes_of(root / ".cache/packs")
    gone = {f"trainings/t{number:02}/t{number:02}.zip" for number in (7, 19)}
    for path in (root / ".cache/packs").glob("*/trainings/*/*.zip"):
        if path.parent.name in ("t07", "t19"):
            path.unlink()
    shutil.rmtree(root / "site")
    assert build(root).returncode == 0
    after = made_at(root)
    assert {name for name in after if after[name] != before[name]} == gone
    assert bytes_of(root / ".cache/packs") == made, "one process makes what several did"


def test_packs_from_the_cache_alone_are_those_made_from_nothing(root: Path, tmp_path: Path) -> None:
    again = tmp_path / "hub"
    shutil.copytree(root, again)
    shutil.rmtree(again / "site")
    assert build(again).returncode == 0
    warm = bytes_of(again / "site")
    assert build(again, "-d", str(tmp_path / "cold"), CHAUTARI_CACHE="0").returncode == 0
    assert warm == bytes_of(root / "site") == bytes_of(tmp_path / "cold")


def test_nothing_of_a_withdrawn_resource_is_in_a_pack_or_on_the_page(tmp_path: Path) -> None:
    manual = "---\ntitle: A manual\nkind: Manual\nyear: 2019\nstatus: withdrawn\nfiles: [{file: old.pdf}]\n---\n"
    files: dict[str, File] = {
        "content/trainings/t.md": training("materials: [old]"),
        "content/resources/old.md": manual,
        "content/resources/old.pdf": b"%PDF-1.7 Old",
    }
    root = copy_of_the_test_hub(tmp_path, files)
    assert build(root).returncode == 0
    assert not [name for name in pack_in(root / "site", "trainings/t/").namelist() if name.startswith("materials/")]
    assert "old.pdf" not in (root / "site/trainings/t/index.html").read_text("utf-8")


def test_the_same_files_are_the_same_bytes_in_any_order() -> None:
    files = {"b.txt": b"b" * 1000, "a.txt": b"a"}
    assert archive(files) == archive(dict(reversed(files.items())))
    assert len(archive(files)) < 1000


def test_what_all_packs_hold_is_packed_once() -> None:
    begun = archive({"style.css": b"p{}" * 1000})
    packed = archive({"a.txt": b"a"}, begun)
    with ZipFile(io.BytesIO(packed)) as whole:
        assert [(name, whole.read(name)) for name in whole.namelist()] == [
            ("style.css", b"p{}" * 1000),
            ("a.txt", b"a"),
        ]
        assert whole.testzip() is None
    directory = begun.index(b"PK\x01\x02")  # APPNOTE.TXT 4.3.12
    assert packed[:directory] == begun[:directory]


def test_a_link_to_a_place_on_a_page_keeps_the_place() -> None:
    html = offline(
        '<p><a href="https://h.org/t/#aims">A</a><a href="https://h.org/u/">B</a></p>',
        {"https://h.org/t/": "index.html"},
    )
    assert document_fromstring(html).xpath("//a/@href") == ["index.html#aims", "https://h.org/u/"]
