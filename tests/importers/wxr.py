"""Exports as WordPress writes them (WXR 1.2), made of the items that an importer should find in them."""

import datetime as dt
import html
from collections.abc import Iterable, Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from lxml import etree

from chautari.geography import Point
from chautari.moving.items import Blog, Item, Kind, State

HOST = "rivers.example.org"
BLOG = Blog("River Unions", (HOST,), language="en-GB")
KATHMANDU = ZoneInfo("Asia/Kathmandu")
URIS = {
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "excerpt": "http://wordpress.org/export/1.2/excerpt/",
    "wp": "http://wordpress.org/export/1.2/",
}
_STATUS = {"live": "publish", "scheduled": "future", "draft": "draft", "trashed": "trash"}
_APPROVED = {"live": "1", "pending": "0", "spam": "spam", "trashed": "trash"}
_NONE = "0000-00-00 00:00:00"


def element(name: str, /, *content: etree._Element | str | None, **attributes: str) -> etree._Element:
    """An element by its name with a prefix; what is nothing is left out."""
    prefix, _, local = name.rpartition(":")
    made = etree.Element(f"{{{URIS[prefix]}}}{local}" if prefix else local, attributes, nsmap=URIS)
    for part in content:
        if isinstance(part, etree._Element):
            made.append(part)
        elif part:
            made.text = etree.CDATA(part) if "]]>" not in part else part
    return made


def wxr(items: Iterable[Item], blog: Blog = BLOG, more: Iterable[etree._Element] = ()) -> bytes:
    """An export with the items, each comment within the post that it answers, and `more` elements of the channel."""
    items = list(items)
    said: dict[str, list[Item]] = {}
    for item in items:
        said.setdefault(item.parent, []).append(item)
    names = dict.fromkeys(name for item in items if item.kind != "comment" for name in item.authors)
    address = f"https://{blog.hosts[0]}"
    channel = element(
        "channel",
        element("title", blog.title),
        element("link", address),
        element("language", blog.language),
        element("wp:wxr_version", "1.2"),
        element("wp:base_site_url", "http://wordpress.com/"),
        element("wp:base_blog_url", address),
        *(_author(name) for name in names),
        *more,
        *(_item(item, said.get(item.id, []), address) for item in said.get("", [])),
    )
    return as_bytes(element("rss", channel, version="2.0"))


def as_bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _author(name: str) -> etree._Element:
    parts = (element("wp:author_login", _login(name)), element("wp:author_display_name", name))
    return element("wp:author", *parts)


def _login(name: str) -> str:
    return f"login-{name}"


def _item(item: Item, comments: Iterable[Item], address: str) -> etree._Element:
    number = item.id.rpartition("=")[2]
    labels = [element("category", html.escape(label), domain="post_tag", nicename="x") for label in item.labels]
    degrees = {"geo_latitude": str(item.point[0]), "geo_longitude": str(item.point[1])} if item.point else {}
    return element(
        "item",
        element("title", html.escape(item.title, quote=False)),
        element("link", f"{address}{item.address or f'/?p={number}'}"),
        element("pubDate", "Mon, 30 Nov -0001 00:00:00 +0000"),
        *(element("dc:creator", _login(name)) for name in item.authors),
        element("guid", item.id, isPermaLink="false"),
        element("description"),
        element("content:encoded", item.html),
        element("excerpt:encoded", html.escape(item.summary)),
        element("wp:post_id", number),
        *_times("post_date", item.published),
        *_times("post_modified", item.updated),
        element("wp:status", _STATUS[item.state]),
        element("wp:post_type", item.kind),
        *labels,
        *(
            meta(name, value)
            for name, value in (degrees | {"geo_address": html.escape(item.place, quote=False)}).items()
        ),
        *map(_comment, comments),
    )


def meta(name: str, value: str) -> etree._Element:
    return element("wp:postmeta", element("wp:meta_key", name), element("wp:meta_value", value))


def _comment(item: Item) -> etree._Element:
    return element(
        "wp:comment",
        element("wp:comment_id", item.id.rpartition("-")[2]),
        *(element("wp:comment_author", html.escape(name)) for name in item.authors),
        element("wp:comment_content", item.html),
        element("wp:comment_approved", _APPROVED[item.state]),
        *_times("comment_date", item.published),
    )


def _times(name: str, time: dt.datetime | None) -> list[etree._Element]:
    local = f"{time:%Y-%m-%d %H:%M:%S}" if time else _NONE
    utc = f"{time.astimezone(dt.UTC):%Y-%m-%d %H:%M:%S}" if time else _NONE
    return [element(f"wp:{name}", local), element(f"wp:{name}_gmt", utc)]


# --- given and random items ---


def identity(number: int) -> str:
    return f"https://{HOST}/?p={number}"


def post(number: int, **more: object) -> Item:
    """A live post with something in each place."""
    facts: dict[str, object] = {
        "title": f"Report {number} of the weavers",
        "html": f"<p>The weavers of ward {number} met.</p>",
        "published": dt.datetime(2019, 6, 20, 9, 30, tzinfo=KATHMANDU),
        "updated": dt.datetime(2019, 6, 21, 18, 0, tzinfo=KATHMANDU),
        "address": f"/2019/06/report-{number}/",
        "labels": ("Nepal", "Weavers & dyers"),
        "authors": ("Maya Example",),
        "summary": "What they decided.",
    }
    return Item(**({"kind": "post", "id": identity(number), "state": "live"} | facts | more))  # type: ignore[arg-type]  # facts of an Item


def changed(export: bytes, old: str, new: str) -> bytes:
    """An export in which a piece of text was replaced, which must be there."""
    assert old.encode() in export
    return export.replace(old.encode(), new.encode())


_ALPHABET = st.characters(
    codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp"), exclude_characters="\ufffe\uffff[]<>"
)
WORD = st.text(_ALPHABET.filter(lambda letter: not letter.isspace()), min_size=1, max_size=8)
WORDS = st.lists(WORD, max_size=5).map(" ".join)
_STATES: Mapping[bool, tuple[State, ...]] = {
    False: ("live", "scheduled", "draft", "trashed"),
    True: ("live", "pending", "spam", "trashed"),
}


@st.composite
def items(draw: st.DrawFn, number: int, posts: list[Item]) -> Item:
    """Any post, page or comment on one of the posts before it."""
    kinds: tuple[Kind, ...] = ("post", "page", "comment") if posts else ("post", "page")
    kind = draw(st.sampled_from(kinds))
    state = draw(st.sampled_from(_STATES[kind == "comment"]))
    zone = dt.timezone(dt.timedelta(minutes=15 * draw(st.integers(-48, 56))))
    published = dt.datetime(2008, 1, 1, tzinfo=zone) + dt.timedelta(minutes=draw(st.integers(0, 9_000_000)))
    parent = draw(st.sampled_from(posts)).id if kind == "comment" else ""
    common = Item(
        kind,
        f"{parent}#comment-{number}" if parent else identity(number),
        state,
        html=draw(WORDS.map(lambda words: f"<p>{html.escape(words)}</p>")),
        published=published,
        authors=(draw(WORD),),
        parent=parent,
    )
    if parent:
        return common
    return replace(
        common,
        title=draw(WORDS),
        updated=published + dt.timedelta(minutes=draw(st.integers(0, 9000))),
        address=f"/{published:%Y/%m}/post-{number}/" if state == "live" else "",
        labels=tuple(draw(st.lists(WORD, max_size=3, unique_by=str.casefold))),
        summary=draw(WORDS),
        place=draw(WORDS),
        point=draw(st.none() | st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))),
    )


@st.composite
def walks(draw: st.DrawFn, most: int = 6) -> list[Item]:
    """Random items in the order in which an export holds them: comments behind their post."""
    found: list[Item] = []
    for number in range(draw(st.integers(0, most))):
        found.append(draw(items(number, [item for item in found if item.kind != "comment"])))
    answers = [item for item in found if item.parent]
    return [
        each
        for item in found
        if not item.parent
        for each in (item, *(answer for answer in answers if answer.parent == item.id))
    ]
