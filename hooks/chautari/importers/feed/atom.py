"""Entries of Atom (RFC 4287)."""

import re
from html import escape

from lxml import etree

from chautari.importers.feed.entry import Found, address, answered, is_cut, kind, permalink
from chautari.moving import facts
from chautari.moving.children import Children, text_of
from chautari.moving.items import Item

_NAMESPACE = re.compile(r"\sxmlns(?::\w+)?=\"[^\"]*\"")
_LINE_END = re.compile(r"\s*\n")


def read(entry: Children) -> Found:
    link = link_of(entry)
    identity = entry.text("atom:id") or link
    parent = answered(entry, identity, link)
    content, summary = _markup(entry, "atom:content"), _markup(entry, "atom:summary")
    is_comment = parent is not None
    published = facts.moment(entry.text("atom:published")) or facts.moment(entry.text("atom:updated"))
    item = Item(
        kind(identity, facts.path(link), parent), identity, "live",
        title="" if is_comment else facts.plain(entry.text("atom:title")),
        html=content or summary,
        published=published,
        updated=facts.moment(entry.text("atom:updated")),
        address="" if is_comment else address(link),
        labels=facts.labels(each.get("label", "") or each.get("term", "") for each in entry.all("atom:category")),
        authors=_authors(entry),
        summary="" if is_comment or not content or is_cut(summary) else facts.words(summary),
        place=" ".join(entry.text("georss:featurename").split()),
        point=facts.point(*degrees) if len(degrees := entry.text("georss:point").split()) == 2 else None,
        parent=parent or "",
    )  # fmt: skip
    return Found(item, is_comment or (not is_cut(content) if content else not summary), facts.host(link))


def link_of(element: Children) -> str:
    """The page of a feed or an entry (section 4.2.7.2: a link that does not say what it is leads there)."""
    links = [link for link in element.all("atom:link") if link.get("rel", "alternate") == "alternate"]
    told = [link.get("href", "") for link in links if link.get("type", "html").endswith("html")]
    return permalink(element, told[0] if told else "")


def _authors(entry: Children) -> tuple[str, ...]:
    names = (Children(author).text("atom:name") for author in entry.all("atom:author"))
    return tuple(dict.fromkeys(" ".join(name.split()) for name in names if name))


def _markup(entry: Children, name: str) -> str:
    """A text as HTML, whichever of its three types it has (section 3.1.1, 4.1.3)."""
    for element in entry.all(name):
        match element.get("type", "text"):
            case "xhtml":
                return _inner(element)
            case "text" | "text/plain":
                return _LINE_END.sub("<br>\n", escape(text_of(element), quote=False))
            case _:
                return text_of(element)
    return ""


def _inner(element: etree._Element) -> str:
    for each in element.iter(etree.Element):
        each.tag = etree.QName(each).localname
    markup = "".join(str(etree.tostring(child, method="html", encoding="unicode")) for child in element)
    return _NAMESPACE.sub("", markup).strip()
