"""One entry of a feed as an item: what is the same in both formats."""

import re
from dataclasses import dataclass

from chautari.moving import facts
from chautari.moving.children import Children
from chautari.moving.items import Item, Kind

_COMMENT = re.compile(r"#comment-\d+$|[?&]showComment=")
_CUT = re.compile(r"\[(?:…|\.{3}|&hellip;|&#8230;)\]|<a\b[^<>]*#more(?:-\d+)?[\"']")
"""What stands at the end of a text that goes on elsewhere: dots in brackets, or a link to the rest."""
_DOTS = re.compile(r"(?:…|\.{3}|&hellip;|&#8230;)\s*(?:</?[a-z][^<>]*>\s*)*$")
_END = 600
"""In so many letters at the end."""
_BLOCK = re.compile(r"<(?:p|div|br|ul|ol|table|blockquote|h[1-6])\b", re.IGNORECASE)
_PAGE = re.compile(r"\.page-\d+$")


@dataclass(frozen=True, slots=True)
class Found:
    """An entry as an item, whether all of its text is there, and the host of its page."""

    item: Item
    is_whole: bool
    host: str

    @property
    def key(self) -> str:
        """What is the same in every file that holds the entry."""
        return self.item.id or f"{self.item.title} {self.item.published}"


def is_cut(html: str) -> bool:
    return bool(_CUT.search(html[-_END:]))


def is_text(description: str) -> bool:
    """Whether a description is the text itself: it has paragraphs or breaks, and an end."""
    return bool(_BLOCK.search(description)) and not is_cut(description) and not _DOTS.search(description[-_END:])


def permalink(entry: Children, link: str) -> str:
    """The address of the page; FeedBurner wrote its own into feeds, and kept the right one."""
    return entry.text("feedburner:origLink") or link.strip()


def answered(entry: Children, identity: str, address: str) -> str | None:
    """The id of the post that a comment answers (RFC 4685, section 3); None for what is no comment.

    WordPress makes the id of a comment out of its post's.
    """
    for reply in entry.all("thr:in-reply-to"):
        return reply.get("ref", "").strip()
    if "#comment-" in identity:
        return identity.partition("#comment-")[0]
    return "" if _COMMENT.search(address) else None


def kind(identity: str, path: str, parent: str | None) -> Kind:
    """What an entry is. Only Blogger has feeds of pages, and tells them by the id and the address."""
    if parent is not None:
        return "comment"
    return "page" if _PAGE.search(identity) or path.startswith("/p/") else "post"


def address(link: str) -> str:
    """The path of a permalink. A plain one, /?p=12, is all query: no file can have it."""
    return "" if "?p=" in link or "?page_id=" in link else facts.path(link)
