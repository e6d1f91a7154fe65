"""Pictures of the hub: small, upright, without metadata, in several widths, and made once."""

import io
import os
import time
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from PIL import ExifTags, Image, ImageCms, PngImagePlugin

from chautari import renditions
from chautari.cache import FILE, Cache
from chautari.content import collections
from chautari.library import CONTENT, Library
from chautari.loading import load
from chautari.markdown import Renderer
from chautari.pictures import look_at
from chautari.problems import ContentError
from tests.build import build, bytes_of, copy_of_the_test_hub, page
from tests.hub import File, make_hub, make_site, partner, post
from tests.photographs import chunks, noise, photograph

FOLDER = "content/posts/2019"
X = f"{FOLDER}/x.md"
SVG = "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'"


def made(folder: Path, content: File, name: str = "a.jpg") -> dict[str, bytes]:
    """What is published of one picture, by name."""
    root = make_hub(folder, {f"{FOLDER}/{name}": content})
    wanted, unfit = look_at([f"posts/2019/{name}"], root / CONTENT, Cache())
    assert not unfit
    assert renditions.make(wanted, root / CONTENT, root / "store", Cache()) == {}
    names = [one.name for known in wanted.values() for one in known.renditions]
    files = bytes_of(root / "store")
    assert sorted(files) == sorted(names)
    for one in (one for known in wanted.values() for one in known.renditions if one.name.endswith(".webp")):
        assert opened(files[one.name]).size == (one.width, one.height)
    return {name.removeprefix("posts/2019/"): content for name, content in files.items()}


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def colour(content: bytes, x: int, y: int) -> Any:
    """Red, green and blue (and opacity) of one pixel."""
    return opened(content).getpixel((x, y))


def library_of(root: Path, cache: Cache | None = None) -> Library:
    return load(root, collections(), make_site(), cache)


# --- sizes and names ---


@pytest.mark.parametrize(
    ("width", "height", "expected"),
    [
        (2000, 1000, {480: 240, 960: 480, 1600: 800}),
        (1000, 500, {480: 240, 960: 480, 1000: 500}),
        (480, 90, {480: 90}),
        (300, 700, {300: 700}),
        (3000, 1, {480: 1, 960: 1, 1600: 1}),
    ],
)
def test_a_photograph_in_a_few_widths_and_never_larger(
    tmp_path: Path, width: int, height: int, expected: dict[int, int]
) -> None:
    files = made(tmp_path, photograph(width, height))
    assert {opened(content).size for content in files.values()} == set(expected.items())
    assert set(files) == {f"a-jpg-{wide}.webp" for wide in expected}


def test_pictures_of_one_name_do_not_take_each_others_place(tmp_path: Path) -> None:
    root = make_hub(
        tmp_path,
        {
            X: post("image: {file: a.jpg, alt: A}", "gallery: [{file: a.png, alt: B}, {file: a.JPG, alt: C}]"),
            f"{FOLDER}/a.jpg": photograph(),
            f"{FOLDER}/a.JPG": photograph(),
            f"{FOLDER}/a.png": photograph(form="PNG"),
        },
    )
    names = [one.name for known in library_of(root).pictures.values() for one in known.renditions]
    assert len(names) == len(set(names)) == 9


# --- what they look like ---


def test_a_picture_stands_as_the_camera_was_held(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6  # on its side: right is up
    files = made(tmp_path, photograph(900, 300, exif=exif))
    assert set(files) == {"a-jpg-300.webp"}
    assert opened(files["a-jpg-300.webp"]).size == (300, 900)
    assert colour(files["a-jpg-300.webp"], 150, 10)[0] < 20
    assert colour(files["a-jpg-300.webp"], 150, 890)[0] > 235


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "AVIF", "TIFF", "BMP", "MPO"])
def test_what_is_read(tmp_path: Path, form: str) -> None:
    (content,) = made(tmp_path, photograph(200, 100, form), f"a.{form if form != 'MPO' else 'jpg'}").values()
    assert colour(content, 5, 50)[0] < 20
    assert colour(content, 195, 50)[0] > 235


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_each_kind_of_png(tmp_path: Path, mode: str) -> None:
    if mode == "I;16":
        image = Image.new("I;16", (200, 100))
        image.paste(65_535, (100, 0, 200, 100))
        content = io.BytesIO()
        image.save(content, "PNG")
        (made_of_it,) = made(tmp_path, content.getvalue(), "a.png").values()
    else:
        (made_of_it,) = made(tmp_path, photograph(200, 100, "PNG", mode), "a.png").values()
    assert colour(made_of_it, 2, 50)[0] < 40
    assert colour(made_of_it, 197, 50)[0] > 215


def test_what_is_transparent_stays_so(tmp_path: Path) -> None:
    image = Image.new("RGBA", (600, 100), (200, 0, 0, 255))
    image.paste((0, 0, 0, 0), (300, 0, 600, 100))
    for form in ("PNG", "GIF"):
        content = io.BytesIO()
        image.save(content, form)
        files = made(tmp_path / form, content.getvalue(), f"a.{form}")
        assert colour(files[f"a-{form}-480.webp"], 400, 50)[3] == 0
        assert colour(files[f"a-{form}-480.webp"], 50, 50)[3] == 255


def one_colour(mode: str, ink: tuple[int, ...], **saved: Any) -> bytes:
    content = io.BytesIO()
    Image.new(mode, (100, 100), ink).save(content, "JPEG", **saved)
    return content.getvalue()


def test_colours_are_those_that_the_profile_means(tmp_path: Path) -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # Its table says that the first colour of each pixel is the green one, the second the red one.
    swapped = srgb.replace(b"rXYZ", b"?XYZ").replace(b"gXYZ", b"rXYZ").replace(b"?XYZ", b"gXYZ")
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    pictures = {
        "green": one_colour("RGB", (250, 0, 0), icc_profile=swapped),
        "red": one_colour("RGB", (250, 0, 0), icc_profile=lab),  # for other colours than the picture's: passed over
        "broken": one_colour("RGB", (250, 0, 0), icc_profile=b"no profile"),
        "inks": one_colour("CMYK", (0, 255, 255, 0)),
    }
    seen = {
        name: colour(made(tmp_path / name, content)["a-jpg-100.webp"], 50, 50) for name, content in pictures.items()
    }
    assert {name: max(range(3), key=pixel.__getitem__) for name, pixel in seen.items()} == {
        "green": 1, "red": 0, "broken": 0, "inks": 0,
    }  # fmt: skip


# --- what they weigh and tell ---


def test_even_noise_is_small(tmp_path: Path) -> None:
    files = made(tmp_path, noise(1600, 1000), "a.png")
    sizes = {name: len(content) for name, content in files.items()}
    assert sizes["a-png-480.webp"] <= 40_000
    assert sizes["a-png-960.webp"] <= 100_000
    assert sizes["a-png-1600.webp"] <= 250_000


def test_nothing_is_told_but_the_picture(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = "SECRET"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "SECRET"
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "SECRET")
    text.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>SECRET</x:xmpmeta>")
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    told: dict[str, Any] = {"exif": exif, "icc_profile": profile}
    originals = {
        "a.jpg": photograph(comment=b"SECRET", xmp=b"SECRET", **told),
        "b.png": photograph(form="PNG", pnginfo=text, **told),
        "c.webp": photograph(form="WEBP", xmp=b"SECRET", **told),
        "d.tif": photograph(form="TIFF", description="SECRET", icc_profile=profile),
        "e.gif": photograph(form="GIF", comment=b"SECRET"),
        "f.avif": photograph(form="AVIF", xmp=b"SECRET", **told),
    }
    for name, original in originals.items():
        assert b"SECRET" in original, name
        for content in made(tmp_path / name, original, name).values():
            assert chunks(content) == [b"VP8 "], name
            assert b"SECRET" not in content


def test_the_same_picture_gives_the_same_bytes(tmp_path: Path) -> None:
    assert made(tmp_path / "1", photograph()) == made(tmp_path / "2", photograph())


def test_a_drawing_keeps_what_draws(tmp_path: Path) -> None:
    drawing = f"""<!DOCTYPE svg [<!ENTITY e "SECRET">]><!-- SECRET --><?SECRET x?>{SVG} xmlns:i="urn:i" viewBox="0 0 40 30" onload="SECRET()" i:x="SECRET">
        <metadata>SECRET</metadata><i:private>SECRET</i:private><script>SECRET</script>
        <style>@import url(https://e.org/SECRET);</style><style>.a {{ fill: url(#g) }}</style>
        <a xlink:href="javascript:SECRET()"><set attributeName="href" to="SECRET"/><path class="a" d="M0 0h9"/></a>
        <use href="https://e.org/SECRET#a"/><use href="#a" style="fill: url(//SECRET)"/>
        <foreignObject>SECRET</foreignObject>&e;</svg>"""
    (content,) = made(tmp_path, drawing, "a.svg").values()
    assert b"SECRET" not in content
    root = etree.fromstring(content)
    assert [etree.QName(element).localname for element in root.iter()] == ["svg", "style", "a", "path", "use", "use"]
    assert root.xpath("string(//*[local-name()='style'])") == ".a { fill: url(#g) }"
    assert root.xpath("string(//*[local-name()='use'][2]/@href)") == "#a"
    assert root.get("viewBox") == "0 0 40 30"


# --- on pages and in feeds ---


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    body = """![On the street](march.jpg) and <img src="old%20one.png" alt="Before"> and [the poster](poster.jpg).

Text with &lt;img src="march.jpg"&gt; and `<img src="march.jpg">`.
"""
    root = copy_of_the_test_hub(
        tmp_path_factory.mktemp("pictures"),
        {
            X: post("image: {file: lead.jpg, alt: The lead}", body=body, title="X"),
            "content/partners/new.md": partner("logo: {file: logo.png, alt: Logo}", name="New"),
            "content/partners/logo.png": photograph(1000, 500, "PNG"),
            f"{FOLDER}/march.jpg": photograph(2000, 1000),
            f"{FOLDER}/poster.jpg": photograph(1700, 2000),
            f"{FOLDER}/lead.jpg": photograph(700, 700),
            f"{FOLDER}/old one.png": photograph(100, 50, "PNG"),
        },
    )
    done = build(root)
    assert done.returncode == 0, done.stderr
    return root


def test_a_page_lets_the_browser_choose(hub: Path) -> None:
    lead, march, old = page(hub, "2019/06/x.html").xpath("//article//img")
    assert [march.get(name) for name in ("src", "width", "height", "alt", "loading", "decoding")] == [
        "../../posts/2019/march-jpg-960.webp", "960", "480", "On the street", "lazy", "async",
    ]  # fmt: skip
    offered = dict(choice.split(" ") for choice in march.get("srcset").split(", "))
    assert list(offered.values()) == ["480w", "960w", "1600w"]
    assert march.get("sizes")
    for address, width in offered.items():
        content = (hub / "site/2019/06" / address).resolve().read_bytes()
        assert f"{opened(content).width}w" == width
    assert (old.get("src"), old.get("width"), old.get("srcset")) == (
        "../../posts/2019/old%20one-png-100.webp",
        "100",
        None,
    )
    assert (hub / "site/posts/2019/old one-png-100.webp").is_file()
    assert (lead.get("fetchpriority"), lead.get("loading"), lead.get("width")) == ("high", None, "700")


def test_a_link_to_a_picture_leads_to_the_largest_form(hub: Path) -> None:
    (link,) = page(hub, "2019/06/x.html").xpath("//a[.='the poster']/@href")
    assert link == "../../posts/2019/poster-jpg-1600.webp"
    assert (hub / "site/2019/06" / link).resolve().is_file()


def test_a_gallery_leads_to_its_pictures(hub: Path) -> None:
    links = page(hub, "2025/03/complete.html").xpath("//*[@class='hub-gallery']//a[.//img]")
    assert len(links) == 2
    for link in links:
        assert (hub / "site/2025/03" / link.get("href")).resolve().is_file()
        assert link.get("aria-label") or link.xpath("string(.//img/@alt)")


def test_originals_stay_at_home(hub: Path) -> None:
    published = bytes_of(hub / "site")
    assert [name for name in published if name.endswith((".jpg", ".png")) and "pagefind" not in name] == []


def test_files_of_a_resource_are_published_as_they_are_but_for_drawings(tmp_path: Path) -> None:
    files = "files: [{file: poster.jpg}, {file: plan.svg}]"
    poster = photograph(comment=b"As the printer needs it")
    root = copy_of_the_test_hub(
        tmp_path,
        {
            "content/resources/new.md": f"---\ntitle: New\nkind: Manual\nyear: 2020\n{files}\n---\n",
            "content/resources/poster.jpg": poster,
            "content/resources/plan.svg": f"{SVG}><script>x</script><path d='M0 0h9'/></svg>",
        },
    )
    assert build(root).returncode == 0
    assert (root / "site/resources/poster.jpg").read_bytes() == poster
    assert b"script" not in (root / "site/resources/plan.svg").read_bytes()
    assert set(page(root, "resources/new/").xpath("//a/@href")) >= {
        "../../resources/poster.jpg", "../../resources/plan.svg",
    }  # fmt: skip


def test_a_feed_names_whole_addresses_of_all_forms(hub: Path) -> None:
    feed = (hub / "site/feed.xml").read_text("utf-8")
    assert "https://hub.example.org/sub/posts/2019/march-jpg-480.webp 480w, https://hub.example.org/sub/posts/" in feed


def test_what_an_author_says_of_a_picture_holds(tmp_path: Path) -> None:
    text = '<img src="a.jpg" alt="a > b" width="120" loading="eager">\n'
    root = make_hub(tmp_path, {X: post(body=text), f"{FOLDER}/a.jpg": photograph()})
    library = library_of(root)
    html = Renderer(library, [], {}).render(library.entries[0]).html
    (image,) = etree.HTML(html).iter("img")
    assert [image.get(name) for name in ("width", "height", "loading", "alt")] == ["120", None, "eager", "a > b"]
    assert [html.count(f" {name}=") for name in ("width", "loading", "decoding")] == [1, 1, 1]


# --- once ---


class Counted:
    """How often Pillow opened a picture and how often it wrote one."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.opened = self.written = 0
        open_picture, save_picture = Image.open, Image.Image.save

        def counted_open(*given: Any, **named: Any) -> Image.Image:
            self.opened += 1
            return open_picture(*given, **named)

        def counted_save(*given: Any, **named: Any) -> None:
            self.written += 1
            save_picture(*given, **named)

        monkeypatch.setattr(Image, "open", counted_open)
        monkeypatch.setattr(Image.Image, "save", counted_save)
        # Whatever other processes did could not be counted.
        monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0})

    def since(self) -> tuple[int, int]:
        counts = self.opened, self.written
        self.opened = self.written = 0
        return counts


def publish(root: Path) -> Library:
    """What a build does with pictures, in this process and with the project's cache."""
    cache = Cache(root / FILE)
    library = library_of(root, cache)
    assert renditions.make(library.pictures, root / CONTENT, root / renditions.STORE, cache) == {}
    renditions.tidy(library.pictures, root / renditions.STORE)
    return library


def test_a_picture_is_opened_and_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"p{number}.jpg" for number in range(5)]
    root = make_hub(
        tmp_path,
        {
            X: post(body=" ".join(f"![A]({name})" for name in names)),
            **{f"{FOLDER}/{name}": photograph(1200, 800 + number) for number, name in enumerate(names)},
        },
    )
    another = photograph(500, 100)
    counted = Counted(monkeypatch)
    publish(root)
    assert counted.since() == (10, 15), "a header each, then each decoded and written in three widths"
    publish(root)
    assert counted.since() == (0, 0)
    (root / FOLDER / "p0.jpg").write_bytes(another)
    publish(root)
    assert counted.since() == (2, 2)
    (root / renditions.STORE / "posts/2019/p1-jpg-480.webp").unlink()
    publish(root)
    assert counted.since() == (1, 3)
    assert not (root / renditions.STORE / "posts/2019/p0-jpg-960.webp").exists()


def test_a_picture_at_several_places_or_at_another_is_made_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    two = {f"{FOLDER}/a.jpg": photograph(), "content/posts/2020/b.jpg": photograph()}
    root = make_hub(tmp_path, {X: post(body="![A](a.jpg)"), "content/posts/2020/y.md": post(body="![B](b.jpg)"), **two})
    store = root / renditions.STORE / "posts"
    counted = Counted(monkeypatch)
    publish(root)
    assert counted.since() == (3, 3), "a header each, then one is decoded"
    assert (store / "2019/a-jpg-960.webp").read_bytes() == (store / "2020/b-jpg-960.webp").read_bytes()
    (root / FOLDER / "a.jpg").rename(root / FOLDER / "c.jpg")
    (root / X).write_text(post(body="![A](c.jpg)"), "utf-8")
    (root / "content/posts/2020/b.jpg").unlink()
    (root / "content/posts/2020/y.md").unlink()
    publish(root)
    assert counted.since() == (1, 0)
    assert sorted(path.name for path in store.rglob("*.webp")) == [f"c-jpg-{width}.webp" for width in (1200, 480, 960)]


def test_a_damaged_picture_is_named_at_each_of_its_places(tmp_path: Path) -> None:
    broken = photograph()[:2_000]
    root = make_hub(tmp_path, {X: post(body="![A](a.jpg) ![B](b.jpg)")})
    for name in "ab":
        (root / FOLDER / f"{name}.jpg").write_bytes(broken)
    library = library_of(root)
    unfit = renditions.make(library.pictures, root / CONTENT, root / renditions.STORE, Cache())
    assert {place: one.message for place, one in unfit.items()} == {
        f"posts/2019/{name}.jpg": f"'{name}.jpg' is damaged" for name in "ab"
    }


def test_an_old_picture_is_not_even_read_again(tmp_path: Path) -> None:
    root = make_hub(tmp_path, {X: post(body="![A](a.jpg)"), f"{FOLDER}/a.jpg": photograph()})
    picture = root / FOLDER / "a.jpg"
    an_hour_ago = time.time() - 3_600
    os.utime(picture, (an_hour_ago, an_hour_ago))
    before = publish(root).pictures
    # Other bytes of the same length and time could only be told by reading them.
    picture.write_bytes(bytes(picture.stat().st_size))
    os.utime(picture, (an_hour_ago, an_hour_ago))
    assert publish(root).pictures == before


# --- mistakes ---


def problems(root: Path) -> str:
    try:
        library_of(root)
    except ContentError as error:
        return str(error)
    return ""


AGAIN = "Copy the picture once more from where it came from."
SAVE = "Open it on your own computer; if it opens there, save it as JPEG or PNG."
DRAWN = "Save it as PNG and name that file here."


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.jpg", b"%PDF-1.4 a document", f"'a.jpg' is not a picture that can be read\n  {SAVE}"),
        (
            "a.jpg",
            b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
            f"'a.jpg' is not a picture that can be read\n  {SAVE}",
        ),
        ("a.heic", b"\0\0\0\x18ftypheic", f"'a.heic' is not a picture that can be read\n  {SAVE}"),
        ("a.jpg", b"", f"'a.jpg' is empty\n  {AGAIN}"),
        ("a.png", photograph(form="PNG")[:900], f"'a.png' is damaged\n  {AGAIN}"),
        ("a.png", photograph(50, 16_500, "PNG"), "'a.png' is too high for its width\n  Cut it into several pictures."),
        ("a.pdf", b"%PDF", f"'a.pdf' is not a picture that can be read\n  {SAVE}"),
        ("a.svg", b"<svg", f"'a.svg' is not a drawing that can be read\n  {DRAWN}"),
        ("a.svg", b"<html/>", f"'a.svg' is not an SVG drawing\n  {DRAWN}"),
        (
            "a.svg",
            f"{SVG}><image href='data:x'/></svg>".encode(),
            f"'a.svg' holds another picture in itself\n  {DRAWN}",
        ),
    ],
)
def test_what_is_no_picture_is_said_where_it_is_named(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    head = f"image: {{file: {name}, alt: A}}"
    root = make_hub(tmp_path, {X: post(head, body=f"Text.\n\n![A]({name})\n"), f"{FOLDER}/{name}": content})
    assert problems(root) == f"{X}:4: image: {said}\n{X}:8: {said}"


def test_a_picture_of_too_many_pixels_is_never_decoded(tmp_path: Path) -> None:
    bomb = Image.new("1", (20_000, 20_000))
    content = io.BytesIO()
    bomb.save(content, "PNG")
    assert len(content.getvalue()) < 100_000
    root = make_hub(tmp_path, {X: post(body="![A](a.png)\n"), f"{FOLDER}/a.png": content.getvalue()})
    assert problems(root).startswith(f"{X}:5: 'a.png' has more than 100 million pixels\n  Save it smaller")


def test_a_picture_that_breaks_off_stops_the_build(tmp_path: Path) -> None:
    root = copy_of_the_test_hub(
        tmp_path, {X: post(body="Text.\n\n![A](a.jpg)\n"), f"{FOLDER}/a.jpg": photograph(quality=95)[:9_000]}
    )
    assert problems(root) == "", "its header is sound"
    for _ in range(2):
        done = build(root)
        assert done.returncode == 1
        assert f"{X}:7: 'a.jpg' is damaged\n  {AGAIN}" in done.stderr
        assert "Traceback" not in done.stderr


def test_a_picture_from_elsewhere_stays_there(tmp_path: Path) -> None:
    root = make_hub(tmp_path / "hub", {X: post(body="![A](a.jpg)\n")})
    (tmp_path / "private.jpg").write_bytes(photograph())
    (root / FOLDER / "a.jpg").symlink_to(tmp_path / "private.jpg")
    assert problems(root).startswith(f"{X}:5: 'a.jpg' leads out of the content's folder")


@pytest.mark.parametrize("text", ["<img src=a.jpg>", "![A](<a (1).jpg>)"])
def test_a_picture_that_no_check_finds_is_not_published_as_it_is(tmp_path: Path, text: str) -> None:
    files = {f"{FOLDER}/a.jpg": photograph(), f"{FOLDER}/a (1).jpg": photograph()}
    root = make_hub(tmp_path, {X: post(body=f"{text}\n"), **files})
    library = library_of(root)
    body = Renderer(library, [], {}).render(library.entries[0])
    assert body.files == ()
    assert ["cannot be found" in problem.message for problem in body.problems] == [True]


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "AVIF", "TIFF", "BMP"])
def test_no_damage_is_a_traceback(tmp_path: Path, form: str) -> None:
    whole = photograph(64, 48, form)
    (tmp_path / "store").mkdir()
    step = max(1, len(whole) // 60)
    for number, place in enumerate(range(0, len(whole), step)):
        for content in (whole[:place], whole[:place] + bytes([255 - whole[place]]) + whole[place + 1 :]):
            name = f"{number}.{form}"
            (tmp_path / name).write_bytes(content)
            known, _ = look_at([name], tmp_path, Cache())
            renditions.make(known, tmp_path, tmp_path / "store", Cache())
