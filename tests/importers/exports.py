"""Exports as Blogger writes them, made of the items that an importer should find in them: given or random ones."""

import datetime as dt
import html
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from lxml import etree

from chautari.geography import Point
from chautari.moving.items import Blog, Item, Kind, State

ID = "tag:blogger.com,1999:blog-4217"
MADE = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
"""When all these exports were made."""
HOST = "river-unions.blogspot.com"
BLOG = Blog("River Unions", (HOST,), "Asia/Kathmandu", "en-GB")

URIS = {
    "": "http://www.w3.org/2005/Atom",
    "app": "http://purl.org/atom/app#",
    "blogger": "http://schemas.google.com/blogger/2018",
    "gd": "http://schemas.google.com/g/2005",
    "georss": "http://www.georss.org/georss",
    "thr": "http://purl.org/syndication/thread/1.0",
}
_NSMAP: dict[str | None, str] = {prefix or None: uri for prefix, uri in URIS.items()}
KIND, LABEL = "http://schemas.google.com/g/2005#kind", "http://www.blogger.com/atom/ns#"
TAKEOUT = "Takeout/Blogger/Blogs/{title}/"
_STATUS = {"live": "LIVE", "draft": "DRAFT", "scheduled": "SCHEDULED", "trashed": "LIVE"} | {
    "spam": "SPAM_COMMENT",
    "pending": "PENDING_MODERATION",
}


@dataclass(frozen=True)
class Written:
    """An export's files by name, and what should be read out of them."""

    files: Mapping[str, bytes]
    blog: Blog = BLOG
    items: tuple[Item, ...] = ()

    def save(self, folder: Path) -> Path:
        """Writes it, and returns what a person would hand to the importer."""
        for name, content in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return folder / next(iter(self.files)) if len(self.files) == 1 else folder / "Takeout"


def classic(items: Iterable[Item], blog: Blog = BLOG) -> Written:
    """The export until 2024: settings, the template, and the items."""
    items = tuple(items)
    settings = {"BLOG_NAME": blog.title, "BLOG_TIME_ZONE": blog.zone, "BLOG_LOCALE": blog.language.replace("-", "_")}
    feed = element(
        "feed",
        element("id", ID),
        element("updated", _time(MADE)),
        element("title", blog.title, type="text"),
        element("link", rel="self", type="application/atom+xml", href="https://www.blogger.com/feeds/4217/archive"),
        *(element("link", rel="alternate", type="text/html", href=f"https://{host}/") for host in blog.hosts),
        element("generator", "Blogger", version="7.00", uri="https://www.blogger.com"),
        element(
            "entry",
            element("id", f"{ID}.layout"),
            _kind("template"),
            element("title", "Template"),
            element("content", "<html/>", type="text"),
        ),
        *(_setting(name, value) for name, value in settings.items()),
        *(_classic(item, blog) for item in items),
    )
    return Written({"blog-01-01-2026.xml": as_bytes(feed)}, blog, items)


def takeout(items: Iterable[Item], blog: Blog = BLOG, more: Mapping[str, bytes] | None = None) -> Written:
    """The export since 2024: a feed, its settings, and `more` files."""
    items = tuple(items)
    feed = element("feed", element("id", ID), element("title", blog.title), *map(_takeout, items))
    folder = TAKEOUT.format(title=blog.title)
    files = {f"{folder}feed.atom": as_bytes(feed), f"{folder}settings.csv": settings_csv(blog)}
    return Written({**files, f"{folder}theme-layouts.xml": b"<html/>", **(more or {})}, blog, items)


def settings_csv(blog: Blog) -> bytes:
    values = {
        "blog_name": f'"{blog.title}"',
        "blog_subdomain": blog.hosts[0].removesuffix(".blogspot.com") if blog.hosts else "",
        "blog_locale": blog.language.replace("-", "_"),
        "blog_time_zone": blog.zone,
    }
    return "\r\n".join([",".join(values), ",".join(values.values()), ""]).encode()


def as_bytes(feed: etree._Element) -> bytes:
    return etree.tostring(feed, xml_declaration=True, encoding="UTF-8")


def packed(files: Mapping[str, bytes]) -> bytes:
    """The files as one ZIP."""
    whole = io.BytesIO()
    with ZipFile(whole, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return whole.getvalue()


def _classic(item: Item, blog: Blog) -> etree._Element:
    labels = [element("category", scheme=LABEL, term=label) for label in item.labels]
    control = element("app:control", element("app:draft", "yes"))
    number = item.parent.rpartition("-")[2]
    reply = {"ref": item.parent, "source": f"https://www.blogger.com/feeds/4217/posts/default/{number}"}
    parts = [
        element("id", item.id),
        *_times(item),
        *labels[:1],
        _kind(item.kind),
        *labels[1:],
        element("title", _typed(item.title), type="text"),
        element("content", item.html, type="html"),
        element("link", rel="edit", type="application/atom+xml", href=f"https://www.blogger.com/feeds/4217/{item.id}"),
        item.address
        and element("link", rel="alternate", type="text/html", href=f"https://{blog.hosts[0]}{item.address}"),
        *_authors(item),
        item.state == "draft" and control,
        item.state == "trashed" and element("gd:extendedProperty", name="blogger.contentRemoved", value="true"),
        item.place and element("georss:featurename", item.place),
        item.point and element("georss:point", f"{item.point.latitude} {item.point.longitude}"),
        item.parent and element("thr:in-reply-to", **reply, type="text/html"),
    ]
    return element("entry", *parts)


def _takeout(item: Item) -> etree._Element:
    def own(name: str, *content: etree._Element | str | bool | None) -> etree._Element:
        return element(f"blogger:{name}", *content)

    degrees = [own("latitude", str(item.point[0])), own("longitude", str(item.point[1]))] if item.point else []
    parts = [
        element("id", item.id),
        item.parent and own("parent", item.parent),
        own("type", item.kind.upper()),
        own("status", _STATUS[item.state]),
        *_authors(item),
        item.kind != "comment" and element("title", _typed(item.title)),
        element("content", item.html, type="html"),
        own("metaDescription", item.summary),
        own("created", _time(MADE)),
        *_times(item, dt.UTC),
        own("location", item.place and own("name", item.place), *degrees),
        *([element("category", scheme=ID, term=label) for label in item.labels] or [element("category")]),
        own("filename", item.address),
        element("link"),
        own("trashed", _time(MADE) if item.state == "trashed" else ""),
    ]
    return element("entry", *parts)


def element(name: str, /, *content: etree._Element | str | bool | None, **attributes: str) -> etree._Element:
    """An element by its name with a prefix, which Atom has none of; what is nothing is left out."""
    prefix, _, local = name.rpartition(":")
    made = etree.Element(f"{{{URIS[prefix]}}}{local}", attributes, nsmap=_NSMAP)  # type: ignore[arg-type]  # None is the default namespace
    for part in content:
        if isinstance(part, etree._Element):
            made.append(part)
        elif isinstance(part, str) and part:
            made.text = part
    return made


def _kind(name: str) -> etree._Element:
    return element("category", scheme=KIND, term=f"http://schemas.google.com/blogger/2008/kind#{name}")


def _setting(name: str, value: str) -> etree._Element:
    return element(
        "entry",
        element("id", f"{ID}.settings.{name}"),
        _kind("settings"),
        element("title", "A setting"),
        element("content", value, type="text"),
    )


def _authors(item: Item) -> list[etree._Element]:
    return [element("author", element("name", name), element("blogger:type", "BLOGGER")) for name in item.authors]


def _times(item: Item, zone: dt.tzinfo | None = None) -> list[etree._Element]:
    times = {"published": item.published, "updated": item.updated}
    return [element(name, _time(time.astimezone(zone) if zone else time)) for name, time in times.items() if time]


def _time(time: dt.datetime) -> str:
    return time.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _typed(title: str) -> str:
    """A title as it stands in an export: typed as HTML, and padded."""
    return f"\n  {html.escape(title, quote=False)}  "


# --- given and random items ---


def identity(number: int, kind: str = "post") -> str:
    return f"{ID}.{kind}-{number}"


def post(number: int, **more: object) -> Item:
    """A live post with something in each place."""
    zone = ZoneInfo(BLOG.zone)
    facts: dict[str, object] = {
        "title": f"Report {number} of the weavers",
        "html": f"<p>The weavers of ward {number} met.</p>",
        "published": dt.datetime(2019, 6, 20, 9, 30, tzinfo=zone),
        "updated": dt.datetime(2019, 6, 21, 18, 0, tzinfo=zone),
        "address": f"/2019/06/report-{number}.html",
        "labels": ("Nepal", "Weavers & dyers"),
        "authors": ("Maya Example",),
    }
    return Item(**({"kind": "post", "id": identity(number), "state": "live"} | facts | more))  # type: ignore[arg-type]  # facts of an Item


_ALPHABET = st.characters(
    codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp"), exclude_characters="\ufffe\uffff"
)
_WORD = st.text(_ALPHABET.filter(lambda letter: not letter.isspace()), min_size=1, max_size=8)
_WORDS = st.lists(_WORD, max_size=5).map(" ".join)
_ZONES = ("Asia/Kathmandu", "Asia/Dhaka", "America/La_Paz", "Europe/Brussels", "UTC")
_STATES: dict[tuple[str, bool], tuple[State, ...]] = {
    ("classic", False): ("live", "draft", "scheduled"),
    ("classic", True): ("live", "trashed"),
    ("takeout", False): ("live", "draft", "scheduled", "trashed"),
    ("takeout", True): ("live", "spam", "pending", "trashed"),
}


@st.composite
def blogs(draw: st.DrawFn) -> Blog:
    title = draw(st.sampled_from(("River Unions", "Mekong Notes", "Sangam")))
    return Blog(title, (HOST,), draw(st.sampled_from(_ZONES)), draw(st.sampled_from(("en", "fr-BE", "ne"))))


@st.composite
def items(draw: st.DrawFn, form: str, number: int, blog: Blog) -> Item:
    """Any post, page or comment that a format can hold."""
    kind: Kind = draw(st.sampled_from(("post", "page", "comment")))
    is_comment = kind == "comment"
    state = draw(st.sampled_from(_STATES[form, is_comment]))
    zone = ZoneInfo(blog.zone)
    days = st.integers(0, 300) if state == "scheduled" else st.integers(-4000, -1)
    published = (MADE + dt.timedelta(days=draw(days), hours=1, minutes=draw(st.integers(0, 1300)))).astimezone(zone)
    common = Item(
        kind,
        identity(number, "page" if kind == "page" and form == "classic" else "post"),
        state,
        html=draw(_WORDS.map(lambda words: f"<p>{html.escape(words)}</p>")),
        published=published,
        updated=published + dt.timedelta(minutes=draw(st.integers(0, 9000))),
        authors=tuple(draw(st.lists(_WORD, max_size=2, unique=True))),
        parent=identity(0) if is_comment else "",
    )
    if is_comment:
        return common
    slug = f"/p/page-{number}.html" if kind == "page" else f"/{published:%Y/%m}/post-{number}.html"
    return replace(
        common,
        title=draw(_WORDS),
        address="" if state == "draft" and form == "classic" else slug,
        labels=tuple(draw(st.lists(_WORDS.filter(bool), max_size=3, unique=True))),
        summary=draw(_WORDS) if form == "takeout" else "",
        place=draw(_WORDS),
        point=draw(st.none() | st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))),
    )


@st.composite
def exports(draw: st.DrawFn, form: str, most: int = 6) -> Written:
    """A random export in a format ("classic" or "takeout"), with what should be read out of it."""
    blog = draw(blogs())
    drawn = [draw(items(form, number, blog)) for number in range(draw(st.integers(0, most)))]
    return classic(drawn, blog) if form == "classic" else takeout(drawn, blog)
