"""The pictures of old texts: where they come from, what goes from them, and what happens without them."""

import base64
import io
import subprocess
from pathlib import Path

import pytest
from PIL import ExifTags, Image

from chautari.content import collections
from chautari.loading import load
from chautari.moving.items import Item
from chautari.moving.pictures import fetched, script, shelf_name, without_metadata
from chautari.moving.report import Report
from tests.hub import make_hub, make_site
from tests.moving.exports import Export, item, move_in
from tests.serving import serve

ADDRESS = "http://1.bp.blogspot.com/x/s320/photo.jpg"
LARGEST = "http://1.bp.blogspot.com/x/s0/photo.jpg"


def photograph(form: str = "JPEG", **more: object) -> bytes:
    """A picture of two colours, taken with the camera on its side, with the place where it was taken."""
    image = Image.new("RGB", (40, 20), "red")
    image.paste("blue", (0, 0, 20, 20))
    exif = image.getexif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Artist] = "A private person"
    file = io.BytesIO()
    image.save(file, form, exif=exif.tobytes(), **more)
    return file.getvalue()


@pytest.fixture
def hub(tmp_path: Path) -> Path:
    return make_hub(tmp_path / "hub", {})


def illustrated(number: int = 1) -> Item:
    return item(number=number, html=f'<p><img src="{ADDRESS}"></p>')


def shown(root: Path) -> list[Path]:
    return sorted(
        path for path in (root / "content/posts").rglob("*") if path.suffix not in (".md", ".json") and path.is_file()
    )


def about_pictures(report: Report) -> list[str]:
    return [note.words for line in report.lines for note in line.notes if note.about == "picture"]


def test_a_picture_comes_from_the_export_upright_and_bare(hub: Path) -> None:
    move_in(hub, Export([illustrated()], copies={LARGEST: photograph()}))
    (path,) = shown(hub)
    with Image.open(path) as image:
        assert image.size == (20, 40)
        assert dict(image.getexif()) == {}
    assert b"private" not in path.read_bytes()
    text = (hub / "content/posts/2019/text-1.md").read_text("utf-8")
    assert f"![Picture from Text 1]({path.name})" in text
    load(hub, collections(), make_site())


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_no_format_keeps_what_the_camera_wrote(form: str) -> None:
    ending, content = without_metadata(photograph(form))
    with Image.open(io.BytesIO(content)) as image:
        assert (image.size, dict(image.getexif())) == ((20, 40), {})
    assert ending in (".jpg", ".png", ".webp")
    assert b"private" not in content


def test_a_drawing_loses_its_scripts() -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>x()</script><rect width="9" height="9"/></svg>'
    ending, content = without_metadata(drawing)
    assert (ending, b"script" in content, b"rect" in content) == (".svg", False, True)


def test_a_picture_in_two_texts_stands_beside_both(hub: Path) -> None:
    move_in(hub, Export([illustrated(), illustrated(2)], copies={LARGEST: photograph()}))
    assert len({path.name.rpartition("-")[2] for path in shown(hub)}) == 1
    assert len(shown(hub)) == 2


def test_without_a_copy_the_text_links_to_the_picture_and_a_script_helps(hub: Path, tmp_path: Path) -> None:
    report = move_in(hub, Export([illustrated()]))
    assert f"]({LARGEST})" in (hub / "content/posts/2019/text-1.md").read_text("utf-8")
    assert report.missing_pictures == [LARGEST]
    shelf = hub / ".cache/moving"
    origin = tmp_path / "it's here.jpg"
    origin.write_bytes(photograph())
    text = "".join(script(report.missing_pictures, shelf)).replace(LARGEST, origin.as_uri().replace("%27", "'\\''"))
    subprocess.run(["sh", "-c", text], check=True)
    assert (shelf / shelf_name(LARGEST)).is_file()
    again = move_in(hub, Export([illustrated()]))
    assert (again.lines[0].outcome, again.missing_pictures, len(shown(hub))) == ("renewed", [], 1)
    (shelf / shelf_name(LARGEST)).unlink()
    assert move_in(hub, Export([illustrated()])).lines[0].outcome == "same"


def test_a_picture_is_fetched_where_that_is_asked_for(hub: Path, tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(photograph())
    with serve(tmp_path) as address:
        things = [item(html=f'<img src="{address}photo.jpg"> <img src="{address}gone.jpg">')]
        report = move_in(hub, Export(things), fetch=fetched)
    assert len(shown(hub)) == 1
    assert report.missing_pictures == [f"{address}gone.jpg"]


@pytest.mark.parametrize("address", ["file:///etc/hostname", "ftp://example.org/x.jpg"])
def test_only_the_web_is_fetched_from(address: str) -> None:
    with pytest.raises(ValueError, match="://"):
        fetched(address)


@pytest.mark.parametrize("content", [b"", b"no picture", photograph()[:200], b"<svg xmlns='x'>", b"GIF89a"])
def test_a_damaged_picture_is_reported_and_not_kept(hub: Path, content: bytes) -> None:
    report = move_in(hub, Export([illustrated()], copies={LARGEST: content or b" "}))
    assert shown(hub) == []
    assert any("damaged" in words for words in about_pictures(report))


def test_a_picture_in_the_text_itself_gets_a_file(hub: Path) -> None:
    data = base64.b64encode(photograph()).decode()
    html = f'<p>Words.</p><img src="data:image/jpeg;base64,{data}" alt="Two colours">'
    report = move_in(hub, Export([item(html=html)]))
    (file,) = (hub / "content/posts/2019").glob("*.jpg")
    assert f"![Two colours]({file.name})" in (hub / "content/posts/2019/text-1.md").read_text("utf-8")
    assert (report.lines[0].notes, report.missing_pictures) == ([], [])


def test_a_damaged_picture_in_the_text_itself_is_told_once_and_briefly(hub: Path) -> None:
    html = '<p>Words.</p><img src="data:image/png;base64,iVBORw0KGgo=" alt="Two colours">'
    report = move_in(hub, Export([item(html=html)]))
    (note,) = report.lines[0].notes
    assert note.words == "Left out: a damaged picture that stood in the text itself: Two colours"
    assert report.missing_pictures == []
