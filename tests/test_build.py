"""The whole hub, built: every page is there and right, and a mistake never touches what is published."""

import re
import shutil
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from lxml import etree
from lxml.html import HtmlElement

from chautari.content import collections
from chautari.loading import load
from chautari.site import destination
from chautari.wording import day as format_day
from tests.build import ROOT, build, bytes_of, copy_of_the_test_hub, page, text_of
from tests.hub import make_site, post, write
from tests.photographs import photograph


def test_a_build_says_nothing_that_strict_minds(built: Path) -> None:
    done = build(built, "-d", str(built.parent / "again"))
    assert done.returncode == 0
    assert not re.search("WARNING|ERROR", done.stderr)


def test_two_builds_are_the_same_byte_for_byte(built: Path, tmp_path: Path) -> None:
    again = copy_of_the_test_hub(tmp_path)
    assert build(again).returncode == 0
    first, second = bytes_of(built / "site"), bytes_of(again / "site")
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_properdocs_builds_the_same_pages(built: Path, tmp_path: Path) -> None:
    root = copy_of_the_test_hub(tmp_path)
    done = build(root, program="properdocs")
    assert done.returncode == 0, done.stderr
    first, second = bytes_of(built / "site"), bytes_of(root / "site")
    assert first.keys() == second.keys()
    pages = [name for name in first if name.endswith((".html", "feed.xml"))]
    assert [name for name in pages if first[name] != second[name]] == []


@pytest.mark.parametrize(
    "address",
    [
        "",
        "posts/",
        "2025/",
        "2025/03/",
        "2018/06/",
        "trainings/",
        "events/",
        "partners/",
        "initiatives/",
        "resources/",
        "credentials/",
        "countries/",
        "regions/",
        "themes/",
        "groups/",
        "countries/bangladesh/",
        "regions/south-asia/",
        "themes/decent-work/",
        "groups/women/",
        "search/",
        "subscribe/",
        "about/",
        "404.html",
        "2025/03/complete.html",
        "bn/2025/03/complete.html",
        "2018/06/older.html",
        "trainings/complete/",
        "events/complete/",
        "partners/federation/",
        "initiatives/complete/",
        "resources/the-manual/",
        "credentials/complete/",
    ],
)
def test_every_kind_of_page_has_one_title_and_a_language(built: Path, address: str) -> None:
    html = page(built, address)
    assert len(html.xpath("//h1")) == 1
    assert text_of(html.xpath("//h1")[0])
    assert html.get("lang") == "en", "the language of the interface"
    if address.startswith("bn/"):
        assert html.xpath("//article/@lang") == ["bn"]
    assert html.xpath("//title")[0].text.strip()
    assert html.xpath("//main")


def test_what_is_not_published_has_no_page(built: Path) -> None:
    for slug in ("draft", "review", "scheduled"):
        assert not list((built / "site").rglob(f"{slug}*"))
        assert not [name for name, raw in bytes_of(built / "site").items() if b"A scheduled post" in raw], slug


def test_what_is_off_the_lists_keeps_its_page(built: Path) -> None:
    assert "Words of An expired post" in text_of(page(built, "2025/01/expired.html"))
    withdrawn = page(built, "2025/01/withdrawn.html")
    assert "Words of" not in text_of(withdrawn)
    assert "withdrawn" in text_of(withdrawn.xpath("//main")[0])
    assert withdrawn.xpath("//meta[@name='robots' and contains(@content, 'noindex')]")
    listed = {
        name
        for name, raw in bytes_of(built / "site").items()
        if b"An expired post" in raw or b"A withdrawn post" in raw
    }
    assert {name for name in listed if not name.startswith(("2025/01/", "pagefind/"))} == set()


def links_of(html: HtmlElement) -> list[str]:
    """Every address that a page leads to or loads."""
    return [*map(str, html.xpath("//@href")), *map(str, html.xpath("//@src"))]


def test_every_link_leads_somewhere(built: Path) -> None:
    """Every link and picture of every page within the site, below whatever path it is served, anchors too."""
    files = set(bytes_of(built / "site"))
    pages = {name: page(built, name) for name in files if name.endswith(".html") and name != "404.html"}
    anchors = {name: set(map(str, html.xpath("//@id"))) for name, html in pages.items()}
    dead = []
    for name, html in sorted(pages.items()):
        for value in links_of(html):
            parts = urlsplit(urljoin(f"https://hub.example.org/sub/{name}", value))
            if parts.netloc != "hub.example.org" or parts.scheme != "https":
                continue
            assert parts.path.startswith("/sub/"), f"{name} leaves the site's folder: {value}"
            target = destination(unquote(parts.path.removeprefix("/sub/")))
            if target not in files or (
                target in anchors and parts.fragment and unquote(parts.fragment) not in anchors[target]
            ):
                dead.append((name, value))
    assert dead == []


LOADED = "//script/@src | //img/@src | //iframe/@src | //source/@src | //link[not(@rel='canonical' or @rel='alternate')]/@href"


def test_no_page_asks_another_host_for_anything(built: Path) -> None:
    for name, raw in bytes_of(built / "site").items():
        if name.endswith(".html"):
            assert [value for value in page(built, name).xpath(LOADED) if urlsplit(str(value)).netloc] == [], name
        elif name.endswith(".css"):
            assert not re.search(rb"url\(['\"]?(https?:)?//", raw), name


def test_the_label_page_speaks_as_the_old_blog_did(built: Path) -> None:
    html = page(built, "countries/bangladesh/")
    assert "Showing posts with label Bangladesh. Show all posts" in text_of(html)
    (link,) = html.xpath("//main//a[normalize-space()='Show all posts']/@href")
    assert urljoin("countries/bangladesh/", link) == "posts/"


def test_titles_are_text_and_never_markup(built: Path) -> None:
    title = 'Health & Safety <em>first</em> "now"'
    for address in ("2018/06/older.html", "posts/", "countries/bangladesh/", ""):
        html = page(built, address)
        assert title in text_of(html), address
        assert not html.xpath("//em[text()='first']"), address


def test_pages_announce_their_own_feed_first(built: Path) -> None:
    html = page(built, "countries/bangladesh/")
    feeds = [
        urljoin("https://x/sub/countries/bangladesh/", href)
        for href in html.xpath("//link[@type='application/rss+xml']/@href")
    ]
    assert [urlsplit(feed).path for feed in feeds] == ["/sub/countries/bangladesh/feed.xml", "/sub/feed.xml"]
    partner = page(built, "partners/federation/").xpath("//link[@rel='alternate'][contains(@type, '+')]")
    assert [link.get("href") for link in partner] == [
        "../../partners/federation/feed.xml",
        "../../partners/federation/atom.xml",
        "../../partners/federation/feed.json",
        "../../feed.xml",
    ]
    assert [link.get("title") for link in partner] == [
        "Test hub: Federation of Everything",
        "Test hub: Federation of Everything (Atom)",
        "Test hub: Federation of Everything (JSON Feed)",
        "Test hub",
    ]
    home = page(built, "").xpath("//link[@rel='alternate'][contains(@type, '+')]/@href")
    assert home == ["./feed.xml", "./atom.xml", "./feed.json", "./feed-summary.xml"]
    (only,) = page(built, "2018/06/older.html").xpath("//link[@type='application/rss+xml']/@href")
    assert urljoin("https://x/sub/2018/06/older.html", only).endswith("/sub/feed.xml")


def test_the_subscribe_page_names_every_feed(built: Path) -> None:
    html = page(built, "subscribe/")
    named = {urlsplit(urljoin("https://x/sub/subscribe/", href)).path for href in html.xpath("//main//a/@href")}
    feeds = {f"/sub/{name}" for name in bytes_of(built / "site") if name.endswith("feed.xml")}
    assert feeds <= named


def test_feeds_link_to_whole_addresses(built: Path) -> None:
    feed = etree.parse(built / "site" / "feed.xml")
    texts = " ".join(
        item.findtext("{http://purl.org/rss/1.0/modules/content/}encoded", "") for item in feed.iter("item")
    )
    assert 'href="https://hub.example.org/sub/partners/the-union/"' in texts
    assert 'href="https://hub.example.org/sub/2025/03/complete.html#second-heading"' in texts
    assert 'src="https://' in texts or "<img" not in texts
    assert not re.search(r'(href|src)="(?!https://|mailto:)', texts)


def test_translations_name_each_other(built: Path) -> None:
    english, bengali = page(built, "2025/03/complete.html"), page(built, "bn/2025/03/complete.html")
    assert english.xpath("//main//a[@hreflang='bn']")
    assert bengali.xpath("//main//a[@hreflang='en']")
    assert "সব ক্ষেত্রসহ" not in text_of(page(built, "posts/")), "a list shows one entry for all its translations"


def test_a_partners_page_lists_all_that_names_it(built: Path) -> None:
    links = {
        urljoin("https://x/partners/the-union/", href)
        for href in page(built, "partners/the-union/").xpath("//main//a/@href")
    }
    for address in (
        "2025/03/complete.html",
        "trainings/complete/",
        "initiatives/complete/",
        "resources/the-manual/",
        "credentials/complete/",
        "partners/federation/",
    ):
        assert f"https://x/{address}" in links


# What stands in front matter and is not on the page word for word, and why.
NOT_SHOWN = {
    "tag:blogger.com,1999:blog-1.post-2",  # for feeds
    "decorative",  # a picture without words
    "published",
    "active",
    "copy",
    "author",
    "2026-12-31",  # until when lists show it first
    "/2014/05/old-name.html",  # redirects here
    "Consent was given",  # kept for the record
    "Old name of the post",  # for references
}
SHOWN_AS = {
    "march.png": "march-png-1200.webp",
    "FED": "Federation of Everything",
    "the-union": "The Union",
    "the-manual": "A resource with every field",
    "first-manual": "The first manual",
    "world": "World Confederation",
    "basics": "The basics",
    "advanced": "The advanced",
    "complete": "with every field",
    "5000": "5,000",
    "2100": "2,100",
    "bn": "Bangla",
    "en": "English",
    "hybrid": "online",
    "95": "1 h 35 min",
    "60": "1 hour",
    "rescheduled": "another date",
    "half-yearly": "every half-year",
    "yearly": "every year",
    "1250.5": "1,250.5",
    "The background, with a link to [the post](../posts/2018/older.md).": "The background, with a link to the post.",
}


@pytest.mark.parametrize(
    "name", ["posts", "trainings", "events", "partners", "initiatives", "resources", "credentials"]
)
def test_every_field_is_shown(built: Path, name: str) -> None:
    """Each text, number and address of the complete entry of a type stands on its page."""
    library = load(built, collections(), make_site())
    slug = {"partners": "federation", "resources": "the-manual"}.get(name, "complete")
    entry = next(entry for entry in library.of(name) if entry.slug == slug)
    addresses = [entry.url, f"{entry.url}facilitator/"] if name == "trainings" else [entry.url]
    mains = [main for address in addresses for main in page(built, address).xpath("//main")]
    shown = " ".join(
        word for main in mains for word in (text_of(main), *links_of(main), *map(str, main.xpath(".//@alt")))
    )
    shown = shown.casefold()
    for value in plain_values(entry.source.data):
        day = re.fullmatch(r"(\d{4}-\d{2}-\d{2}).*", value)
        words = format_day(date.fromisoformat(day[1])) if day else SHOWN_AS.get(value, value)
        assert value in NOT_SHOWN or value in ("true", "false") or words.casefold() in shown, value


def plain_values(data: object) -> list[str]:
    """Every text in front matter."""
    if isinstance(data, dict | list):
        return [text for value in (data.values() if isinstance(data, dict) else data) for text in plain_values(value)]
    return [" ".join(str(data).split())]


# --- mistakes ---


def test_a_mistake_is_said_once_and_nothing_published_is_touched(built: Path, tmp_path: Path) -> None:
    root = copy_of_the_test_hub(tmp_path)
    shutil.copytree(built / "site", root / "site")
    before = bytes_of(root / "site")
    (root / "content/posts/2018/older.md").write_text("---\ntitle: Older: the year\n---\n")
    done = build(root)
    assert done.returncode == 1
    said = "content/posts/2018/older.md:2: a colon followed by a space stands inside a text"
    assert done.stderr.count(said) == 1
    assert "nothing was published" in done.stderr
    assert "Traceback" not in done.stderr
    assert bytes_of(root / "site") == before
    assert [path.name for path in root.iterdir() if path.name.startswith(".site")] == [".site-lock"]


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (
            {"content/posts/2019/x.md": post(body="[x](/themes/decent-wrok/)\n")},
            "content/posts/2019/x.md:5: the link '/themes/decent-wrok/' leads to no page of this site",
        ),
        (
            {"content/posts/2019/x.md": post(body="[x](../2018/older.md#nowhere)\n")},
            "content/posts/2019/x.md:5: the link '../2018/older.md#nowhere' leads to no heading of content/posts/2018/older.md",
        ),
        (
            {"content/posts/2019/x.md": post(body="[x](../2025/draft.md)\n")},
            "content/posts/2019/x.md:5: the link '../2025/draft.md' leads to content/posts/2025/draft.md, which is not published yet",
        ),
        (
            {"content/urls.txt": "/2018/06/older.html\n/2014/01/lost.html\n"},
            "content/urls.txt:2: /2014/01/lost.html was published once and is gone",
        ),
        (
            {"docs/trainings/complete.md": "# Mine\n"},
            "content/trainings/complete.md: has the address /trainings/complete/ of trainings/complete.md",
        ),
        (
            {"content/posts/2019/x.md": post("aliases: [/feed.xml]")},
            "content/posts/2019/x.md:4: aliases: '/feed.xml' is taken by another file of the site",
        ),
        (
            {"content/posts/2019/x.md": post("aliases: [/posts/, /assets/hub.css, /about/x.html/y, /2018/06]")},
            "content/posts/2019/x.md:4: aliases: '/assets/hub.css' is taken by assets/hub.css",
        ),
        (
            {
                "content/initiatives/complete.md": "---\ntitle: I\nvision: |\n  See [x](../posts/2018/older.md#nope).\n---\n"
            },
            "content/initiatives/complete.md:4: the link '../posts/2018/older.md#nope' leads to no heading",
        ),
        (
            {"content/posts/2019/x.md": post(body="Words.\n\n[^1]: A note.\n")},
            "content/posts/2019/x.md:7: the footnote [^1] is explained but never used",
        ),
        ({"mkdocs.yml": "site_name: x\nextra: {hub: {langauge: en}}\n"}, "mkdocs.yml:2: langauge: is not a field here"),
    ],
)
def test_mistakes_that_only_a_build_can_see(tmp_path: Path, files: dict[str, str], said: str) -> None:
    root = copy_of_the_test_hub(tmp_path)
    if "mkdocs.yml" in files:
        text = (root / "mkdocs.yml").read_text("utf-8")
        files = {"mkdocs.yml": text.split("extra:")[0] + "extra: {hub: {langauge: en}}\n"}
        said = said.replace(":2:", f":{files['mkdocs.yml'].count(chr(10))}:")
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    done = build(root)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (root / "site").exists()


def test_a_strict_build_with_a_warning_publishes_nothing(tmp_path: Path) -> None:
    root = copy_of_the_test_hub(tmp_path, {"docs/about.md": "# About\n\n[x](nowhere.md)\n"})
    done = build(root)
    assert done.returncode == 1
    assert "nowhere.md" in done.stderr
    assert not (root / "site").exists()


def test_hidden_files_of_the_published_folder_stay(tmp_path: Path) -> None:
    root = copy_of_the_test_hub(tmp_path, {"site/.git/HEAD": "ref", "site/old.html": "old"})
    assert build(root).returncode == 0
    assert (root / "site/.git/HEAD").read_text() == "ref"
    assert not (root / "site/old.html").exists()


# --- what must not be published ---


def test_files_of_what_is_not_published_stay_at_home(tmp_path: Path) -> None:
    picture = "![A picture](secret.png)\n"
    named = "image: {file: secret.png, alt: A}"
    law = "---\ntitle: L\nkind: Manual\nyear: 2010\naccess: link only\nfiles: {file: law.pdf}\n---\n"
    root = copy_of_the_test_hub(
        tmp_path,
        {
            "content/posts/2019/unfinished.md": post("status: draft", named, body=picture, title="D"),
            "content/posts/2019/later.md": post(named, body=picture, date="2099-01-01", title="L"),
            "content/posts/2019/gone.md": post("status: withdrawn", named, body=picture, title="W"),
            "content/posts/2019/secret.png": photograph(),
            "content/posts/2019/nobody.png": photograph(),
            "content/resources/law.md": law,
            "content/resources/law.pdf": "%PDF",
        },
    )
    (root / "content/posts/2019/passwd.txt").symlink_to("/etc/passwd")
    (root / "content/posts/2019/x.md").write_text(post(body="[x](passwd.txt)\n"))
    assert build(root).returncode == 0
    published = bytes_of(root / "site")
    names = ("secret", "nobody", "law.pdf", "passwd")
    assert [name for name in published if any(word in name for word in names)] == []
    assert "posts/2025/march-png-960.webp" in published


def test_a_picture_that_is_taken_back_goes_from_the_site(tmp_path: Path) -> None:
    root = copy_of_the_test_hub(
        tmp_path,
        {"content/posts/2019/x.md": post(body="![A](a.png)\n"), "content/posts/2019/a.png": photograph(300, 200)},
    )
    assert build(root).returncode == 0
    assert (root / "site/posts/2019/a-png-300.webp").is_file()
    (root / "content/posts/2019/x.md").write_text(post())
    assert build(root, "--dirty").returncode == 0
    assert not (root / "site/posts/2019/a-png-300.webp").exists()


# --- how it reads ---


def test_numbers_days_and_lists_read_as_they_were_written(tmp_path: Path) -> None:
    root = copy_of_the_test_hub(tmp_path)
    write(
        root,
        {
            "content/initiatives/i.md": "---\ntitle: I\nvision: V\nindicators: [{name: N, baseline: 1250000, target: 1234567.89}]\n---\n",
            "content/posts/2019/utc.md": post(date="2019-06-20 23:00 UTC", body="They want:\n- one\n- two\n"),
            "content/posts/2019/ktm.md": post(
                date="2019-06-21 04:45 Asia/Kathmandu", body="![A march](march.png)\n\nWords first.\n"
            ),
            "content/posts/2019/march.png": photograph(300, 200),
            "docs/about.md": "---\ntitle: A & B\n---\nWords.\n",
        },
    )
    assert build(root).returncode == 0
    assert "1,250,000" in text_of(page(root, "initiatives/i/"))
    assert "1,234,567.89" in text_of(page(root, "initiatives/i/"))
    utc, kathmandu = page(root, "2019/06/utc.html"), page(root, "2019/06/ktm.html")
    assert "20 June 2019" in text_of(utc)
    assert "21 June 2019" in text_of(kathmandu)
    assert [text_of(item) for item in utc.xpath("//article//ul[not(@class)]/li")] == ["one", "two"]
    assert "Words first." in text_of(page(root, "posts/"))
    assert "A & B" in text_of(page(root, "").xpath("//nav[@id='hub-menu']")[0])


# --- growing ---


def test_a_new_content_type_takes_one_python_file_and_one_template(tmp_path: Path) -> None:
    root = copy_of_the_test_hub(
        tmp_path / "hub", {"content/songs/we-shall.md": "---\ntitle: We shall\nverses: 7\npartners: FED\n---\nWords.\n"}
    )
    project = tmp_path / "project"
    shutil.copytree(ROOT / "hooks", project / "hooks")
    shutil.copytree(ROOT / "overrides", project / "overrides")
    config = root / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace(str(ROOT), str(project)), "utf-8")
    (project / "hooks/chautari/content/songs.py").write_text(
        '"""Songs of the movement."""\n\n'
        "from chautari.entry import Collection, Entry\n\n\n"
        "class Song(Entry):\n"
        '    """A song."""\n\n'
        "    verses: int\n\n\n"
        'COLLECTION = Collection("songs", Song)\n'
    )
    (project / "overrides/entries/songs.html").write_text(
        '{% extends "base.html" %}{% block main %}<h1>{{ entry.title | e }}</h1><p>{{ entry.verses }} verses</p>{{ page.content }}{% endblock %}'
    )
    done = build(root)
    assert done.returncode == 0, done.stderr
    assert "7 verses" in text_of(page(root, "songs/we-shall/"))
    assert "We shall" in text_of(page(root, "songs/")), "its list"
    assert "We shall" in text_of(page(root, "partners/federation/")), "where it is named"
    assert b"We shall" not in (root / "site/feed.xml").read_bytes(), "what has no date is no news"


def test_another_plugin_sees_every_page(built: Path, tmp_path: Path) -> None:
    root = copy_of_the_test_hub(tmp_path)
    (root / "stamp.py").write_text("def on_post_page(output, page, config):\n    return output + '<!-- seen -->'\n")
    config = root / "mkdocs.yml"
    config.write_text(re.sub(r"hooks: \[(.*)\]", r"hooks: [\1, stamp.py]", config.read_text("utf-8")), "utf-8")
    done = build(root)
    assert done.returncode == 0, done.stderr
    for name in ("2018/06/older.html", "countries/nepal/index.html", "about/index.html"):
        seen = (root / "site" / name).read_text("utf-8")
        assert seen == (built / "site" / name).read_text("utf-8") + "<!-- seen -->"


def test_a_broken_template_is_said_with_its_page(tmp_path: Path) -> None:
    root = copy_of_the_test_hub(tmp_path)
    shutil.copytree(ROOT / "overrides", root / "overrides")
    config = root / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace(f"{ROOT}/overrides", "overrides"), "utf-8")
    (root / "overrides/partials/neighbours.html").write_text("{{ nobody.knows.this }}")
    done = build(root)
    assert (
        "posts/2018/older.md cannot be drawn" in done.stderr or "cannot be drawn: 'nobody' is undefined" in done.stderr
    )
    assert not (root / "site").exists()
