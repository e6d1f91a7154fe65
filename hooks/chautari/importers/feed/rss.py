"""Items of RSS 2.0, with the whole text where a module has one (`content:encoded`)."""

import datetime as dt
import re
from email.utils import parsedate_to_datetime

from chautari.importers.feed.entry import Found, address, answered, is_cut, is_text, kind, permalink
from chautari.moving import facts
from chautari.moving.children import Children, text_of
from chautari.moving.items import Item

_MAILBOX = re.compile(r"\S+@\S+\s*\((.+)\)")


def read(entry: Children) -> Found:
    link = permalink(entry, entry.text("link"))
    identity = entry.text("guid") or link
    parent = answered(entry, identity, link)
    content, description = entry.text("content:encoded"), entry.text("description")
    is_comment = parent is not None
    published = _moment(entry.text("pubDate")) or facts.moment(entry.text("dc:date"))
    item = Item(
        kind(identity, facts.path(link), parent), identity, "live",
        title="" if is_comment else facts.plain(entry.text("title")),
        html=content or description,
        published=published,
        updated=facts.moment(entry.text("atom:updated")),
        address="" if is_comment else address(link),
        labels=facts.labels(map(text_of, entry.all("category"))),
        authors=_authors(entry),
        summary="" if is_comment or not content or is_cut(description) else facts.words(description),
        parent=parent or "",
    )  # fmt: skip
    return Found(
        item,
        is_comment or (not is_cut(content) if content else not description or is_text(description)),
        facts.host(link),
    )


def _moment(text: str) -> dt.datetime | None:
    """A date as mails have it (RFC 822, with RFC 2822's years)."""
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return facts.moment(text)
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)  # -0000: in UTC, from wherever


def _authors(entry: Children) -> tuple[str, ...]:
    """Who wrote it: a name, or a mailbox with one behind it in brackets, which is all that is told of it."""
    name = entry.text("dc:creator") or entry.text("author")
    mailbox = _MAILBOX.fullmatch(name)
    name = facts.plain(mailbox[1] if mailbox else name)
    return (name,) if name and "@" not in name else ()
