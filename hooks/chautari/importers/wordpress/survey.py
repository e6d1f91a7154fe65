"""What one walk through an export tells of the whole: the blog, its authors, its pictures, and its clock."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from chautari.importers.wordpress import times
from chautari.importers.wordpress.texts import Attachment, Known
from chautari.moving import facts
from chautari.moving.children import Children
from chautari.moving.items import Blog

_PLATFORM = ("wordpress.com", "www.wordpress.com", "public-api.wordpress.com")
OWN_TYPES = ("post", "page", "attachment", "nav_menu_item", "revision", "feedback")
"""The types that every blog has, and the one of its contact forms."""


@dataclass
class Whole:
    """What must be known of the whole before one item is understood.

    `shown` are the types of its own that readers could open; `addresses` the permalinks of live items by their numbers.
    """

    known: Known = field(default_factory=Known)
    authors: dict[str, str] = field(default_factory=dict)
    shown: set[str] = field(default_factory=set)
    addresses: dict[str, str] = field(default_factory=dict)
    hosts: tuple[str, ...] = ()
    clock: dt.tzinfo = dt.UTC


class Survey:
    """Notes each item, and the channel around them when it comes at the end."""

    def __init__(self, hosts: Sequence[str]) -> None:
        self.whole = Whole()
        self.is_wordpress = False
        self.address = ""
        self._told = list(hosts)
        self._hosts: dict[str, None] = {}
        self._old_hosts: dict[str, None] = {}
        self._clocks: Counter[dt.timezone] = Counter()
        self._title = self._language = ""

    def note_channel(self, channel: Children) -> None:
        self._title = self._title or facts.plain(channel.text("title"))
        self._language = self._language or channel.text("language").replace("_", "-")
        self.address = channel.text("wp:base_blog_url") or channel.text("link")
        self.is_wordpress |= bool(channel.text("wp:wxr_version"))
        own = [facts.host(self.address), facts.host(channel.text("link"))]
        self._told += [host for host in own if host not in self._told]
        for author in map(Children, channel.all("wp:author")):
            name = facts.plain(author.text("wp:author_display_name")) or _full_name(author)
            self.whole.authors[author.text("wp:author_login")] = name

    def note_item(self, item: Children) -> None:
        kind = item.text("wp:post_type")
        self.is_wordpress |= bool(kind)
        number, link = item.text("wp:post_id"), item.text("link")
        if kind == "attachment":
            self._note_attachment(item, number)
        elif kind == "wp_block":
            self.whole.known.blocks[number] = item.text("content:encoded")
        elif item.text("wp:status") == "publish" and is_open(link, kind):
            self.whole.addresses[number] = link
            self._note_live(item, kind, link)

    def _note_attachment(self, item: Children, number: str) -> None:
        address = item.text("wp:attachment_url") or item.text("guid")
        if address:
            title = facts.plain(item.text("title"))
            self.whole.known.attachments[number] = Attachment(address, title, item.text("wp:post_parent"))

    def _note_live(self, item: Children, kind: str, link: str) -> None:
        self._hosts[facts.host(link)] = None
        self._old_hosts[facts.host(item.text("guid"))] = None
        if kind not in OWN_TYPES and not kind.startswith("wp_"):
            self.whole.shown.add(kind)
        here, there = times.read(item.text("wp:post_date")), times.read(item.text("wp:post_date_gmt"))
        if here and there and (zone := times.offset(here, there)):
            self._clocks[zone] += 1

    def blog(self) -> Blog:
        hosts = dict.fromkeys((*self._told, *self._hosts, *self._old_hosts))
        return Blog(
            title=self._title,
            hosts=tuple(host for host in hosts if host and host not in _PLATFORM),
            language=self._language,
        )

    def done(self) -> Whole:
        """All of it, with the clock that most items were written by."""
        self.whole.hosts = self.blog().hosts
        if self._clocks:
            self.whole.clock = max(self._clocks, key=lambda clock: (self._clocks[clock], clock.utcoffset(None)))
        return self.whole


def is_open(link: str, kind: str) -> bool:
    """Whether a link is one for readers: that of what only administrators see names a type and a number."""
    try:
        query = parse_qs(urlsplit(link).query)
    except ValueError:
        return False
    return bool(link) and (kind in OWN_TYPES or kind in query or not query)


def _full_name(author: Children) -> str:
    names = (author.text("wp:author_first_name"), author.text("wp:author_last_name"))
    return facts.plain(" ".join(names)) or author.text("wp:author_login")
