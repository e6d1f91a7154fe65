"""HTML as people's editors left it, as a tree."""

import re
from collections.abc import Iterator

from lxml import etree
from lxml import html as lxml_html

BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt"),
        *("fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup"),
        *("hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th"),
        *("thead", "tr", "ul"),
    }
)
"""What begins on a line of its own (HTML, rendering, section 15.3.3)."""

_FRAMES = {"iframe", "object", "embed", "video", "audio"}
_UNREAD = _FRAMES | {"script", "style", "noscript", "template", "title", "head"}
_APART = BLOCKS | _FRAMES | {"br", "img"}

# XML has no place for control characters, and U+FEFF is left over from files glued together. U+2028, U+2029 and U+0085
# end a line in some programs only.
_NOTHING = re.compile("[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
_LINE_ENDS = re.compile("[\x0b\x0c\x85\u2028\u2029]")
_FRAME = re.compile(r"<!doctype[^>]*>|</?(?:html|head|body)(?:\s[^>]*)?>", re.IGNORECASE)
_PARSER = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True)


def parsed(html: str) -> lxml_html.HtmlElement:
    """The body of a piece of HTML; whatever it is, no word of it is left behind."""
    html = _FRAME.sub("", _LINE_ENDS.sub(" ", _NOTHING.sub("", html)))
    document = lxml_html.document_fromstring(f"<html><body><div>{html}</div></body></html>".encode(), parser=_PARSER)
    return document.find("body")


def style_of(element: lxml_html.HtmlElement) -> str:
    """The declarations of an element as they can be compared."""
    style = element.get("style")
    return style.lower().replace(" ", "").replace("\n", "") if style else ""


def text_of(element: etree._Element, notes: bool = True) -> str:
    """What one reads in an element, on one line; without the signs of Word's `notes`, if they are to be left out."""
    return " ".join("".join(_texts(element, notes)).split())


def _texts(root: etree._Element, notes: bool) -> Iterator[str]:
    """The texts of a tree with a blank wherever a reader sees a word end; walked without calling itself."""
    unread: etree._Element | None = None
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event == "start":
            if unread is None and (element.tag in _UNREAD or _is_sign(element, notes)):
                unread = element
            text = element.text
        else:
            if unread is element:
                unread = None
            text = element.tail if element is not root else ""
        if event in ("start", "end") and element.tag in _APART:
            yield " "
        if unread is None and text:
            yield text


def _is_sign(element: etree._Element, notes: bool) -> bool:
    """Whether this is the sign of a footnote, which the renderer makes up: its number, and the arrow back."""
    if element.tag != "a":
        return False
    href = element.get("href") or ""
    return element.get("class") in ("footnote-ref", "footnote-backref") or (
        not notes and ("#_ftn" in href or "#_edn" in href)
    )
