"""One item of a WXR: a post, a page or another thing, the comments within it, and what an editor must know of it.

WordPress keeps all things in one table, and tells them apart by `wp:post_type`. What of a plugin's own type readers
could open becomes a page: it has a text and an address, and nobody here knows more of it.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from chautari.geography import Point
from chautari.importers.wordpress import times
from chautari.importers.wordpress.paragraphs import paragraphs
from chautari.importers.wordpress.survey import Whole
from chautari.importers.wordpress.texts import Text, as_html
from chautari.moving import facts
from chautari.moving.children import Children, text_of
from chautari.moving.items import Item, Kind, Skipped, State

_KINDS: dict[str, Kind] = {"post": "post", "page": "page"}
_STATES: dict[str, State] = {
    "publish": "live",
    "future": "scheduled",
    "trash": "trashed",
    # Waits for an editor, as drafts do here; among comments it is another word.
    "pending": "draft",
    "private": "draft",
    "draft": "draft",
}
_SAID: dict[str, State] = {
    "1": "live",
    "approved": "live",
    "0": "pending",
    "hold": "pending",
    "spam": "spam",
    "trash": "trashed",
    "post-trashed": "trashed",
}
_REASONS = {
    "attachment": ("attachment", "It is a picture or a file: it is taken with the text that shows it."),
    "nav_menu_item": ("menu entry", "Menus of the old site stay behind."),
    "revision": ("revision", "It is an older form of a text."),
    "feedback": ("contact form message", "It was sent in through a form, and not written for readers."),
}
_NO_LABELS = ("author", "language", "nav_menu", "post_format", "post_translations", "wp_theme")
_UNFILED = "uncategorized"
"""The default category's own name; people see it in their language."""
_SHORT_LINK = re.compile(r"""(?<=\shref=["'])([^"'<>]*[?;&](?:p|page_id)=(\d+)[^"'<>]*)""")


def read(item: Children, whole: Whole) -> Iterator[Item | Skipped]:
    """What one item holds: first itself, then notes on it, then its comments."""
    kind, status = item.text("wp:post_type") or "post", item.text("wp:status")
    title = facts.plain(item.text("title"))
    reason = _reason(kind, status, item, whole)
    if reason:
        yield Skipped(*reason, title)
        yield from (Skipped("comment", "It stood below something that stays behind.") for _ in item.all("wp:comment"))
        return
    text = as_html(item.text("content:encoded"), whole.known, item.text("wp:post_id"))
    post = _post(item, whole, title, text)
    yield post
    yield from _notes(item, post, text)
    yield from (_comment(Children(comment), post, whole) for comment in item.all("wp:comment"))


def _reason(kind: str, status: str, item: Children, whole: Whole) -> tuple[str, str] | None:
    """What an item is and why it stays behind, if it does."""
    if kind in _REASONS:
        return _REASONS[kind]
    if status in ("auto-draft", "inherit"):
        return "revision", "WordPress has written it by itself."
    if kind in _KINDS or (kind in whole.shown and item.text("content:encoded")):
        return None
    if kind == "wp_block":
        return "pattern", "It is taken with the texts that it stands in."
    why = "has no text" if kind in whole.shown else "was not shown to readers as a page"
    return f"“{kind}”", f"A thing of the type “{kind}” {why}."


def _post(item: Children, whole: Whole, title: str, text: Text) -> Item:
    state = _state(item)
    post = Item(
        _KINDS.get(item.text("wp:post_type") or "post", "page"),
        _id(item),
        state,
        title=title,
        html=_SHORT_LINK.sub(lambda found: _permalink(found, whole), text.html),
        published=times.moment(
            item.text("wp:post_date"), item.text("wp:post_date_gmt"), whole.clock, item.text("pubDate")
        ),
        updated=times.moment(item.text("wp:post_modified"), item.text("wp:post_modified_gmt"), whole.clock),
        address=_address(item.text("link")) if item.text("wp:status") == "publish" else "",
        labels=_labels(item),
        authors=_authors(item, whole),
        summary=facts.words(item.text("excerpt:encoded")),
    )
    return _with_place(post, item)


def _state(item: Children) -> State:
    """What was to be seen of it; a word that nobody has met yet does not make anything public."""
    state = _STATES.get(item.text("wp:status"), "draft")
    return "draft" if state in ("live", "scheduled") and item.text("wp:post_password") else state


def _id(item: Children) -> str:
    return item.text("guid") or item.text("link")


def _address(link: str) -> str:
    """The path of a permalink. A plain one, /?p=12, is all query: no file can have it."""
    return "" if "?" in link else facts.path(link)


def _permalink(found: re.Match[str], whole: Whole) -> str:
    """The address of the post that a short link names by its number."""
    host = facts.host(found[1])
    target = whole.addresses.get(found[2], "")
    return target if _address(target) and (not host or host in whole.hosts) else found[1]


def _labels(item: Children) -> tuple[str, ...]:
    """The names of all categories, tags and terms. Old exports write every one of them twice."""
    categories = (each for each in item.all("category") if each.get("domain", "") not in _NO_LABELS)
    filed = ((text_of(each), each.get("nicename", "")) for each in categories)
    return facts.labels(name or nicename for name, nicename in filed if nicename != _UNFILED)


def _authors(item: Children, whole: Whole) -> tuple[str, ...]:
    """The names of the authors: a plugin for several writes them as terms."""
    terms = [text_of(category) for category in item.all("category") if category.get("domain") == "author"]
    logins = terms or [item.text("dc:creator")]
    names = (facts.plain(whole.authors.get(login, login)) for login in logins)
    return tuple(dict.fromkeys(name for name in names if name))


def _with_place(post: Item, item: Children) -> Item:
    """Where it was written, unless that was to be known to its author alone (WordPress, "Geodata")."""
    pairs = (Children(meta) for meta in item.all("wp:postmeta"))
    meta = {pair.text("wp:meta_key"): pair.text("wp:meta_value") for pair in pairs}
    point: Point | None = facts.point(meta.get("geo_latitude", ""), meta.get("geo_longitude", ""))
    if meta.get("geo_public") == "0" or not (point or meta.get("geo_address")):
        return post
    return replace(post, point=point, place=facts.plain(meta.get("geo_address", "")))


def _notes(item: Children, post: Item, text: Text) -> Iterator[Skipped]:
    """What of an item has no place here."""
    kind = item.text("wp:post_type") or "post"
    if kind not in _KINDS:
        yield Skipped("type", f"What was a “{kind}” is a page here.", post.title)
    if post.state == "draft" and (item.text("wp:status") == "private" or item.text("wp:post_password")):
        yield Skipped("lock", "What only some were to read is a draft here.", post.title)
    for name in text.unknown:
        yield Skipped("shortcode", f"No program is here that shows [{name}]; the words in it were kept.", post.title)
    for _ in text.missing:
        yield Skipped("picture of a gallery", "The export does not say where the picture is.", post.title)


def _comment(comment: Children, post: Item, whole: Whole) -> Item | Skipped:
    kind = comment.text("wp:comment_type") or "comment"
    author = facts.plain(comment.text("wp:comment_author"))
    if kind in ("pingback", "trackback"):
        return Skipped(kind, "It tells that another page links here, and no reader has written it.", author)
    if kind != "comment":
        return Skipped(f"“{kind}”", f"A comment of the type “{kind}” is none of a reader.", author)
    return Item(
        "comment",
        f"{post.id}#comment-{comment.text('wp:comment_id')}",
        _SAID.get(comment.text("wp:comment_approved"), "pending"),
        html=paragraphs(comment.text("wp:comment_content")),
        published=times.moment(comment.text("wp:comment_date"), comment.text("wp:comment_date_gmt"), whole.clock),
        authors=(author,) if author else (),
        parent=post.id,
    )
