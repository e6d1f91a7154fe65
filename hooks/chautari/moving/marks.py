"""What is bold, linked or otherwise marked in HTML: by its elements and by their styles."""

import re

from lxml import etree
from lxml.html import HtmlElement

from chautari.moving.lines import Mark
from chautari.moving.trees import style_of

_BY_TAG: dict[str, Mark] = {
    **dict.fromkeys(("b", "strong"), ("strong", "")),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), ("em", "")),
    **dict.fromkeys(("code", "tt", "samp"), ("code", "")),
    **dict.fromkeys(("s", "strike", "del"), ("del", "")),
    **dict.fromkeys(("u", "ins"), ("u", "")),
    **{tag: (tag, "") for tag in ("sup", "sub", "kbd", "q", "mark")},
}
STRONG, _EM, _DEL, _U = (_BY_TAG[tag] for tag in ("strong", "em", "del", "u"))
_BOLD = re.compile(r"font-weight:(bold|[6-9]00)")
_NOT_BOLD = re.compile(r"font-weight:(normal|[1-5]00)")
_UNDERLINED = re.compile(r"text-decoration(-line)?:[a-z]*underline")


def marks_of(element: HtmlElement, around: frozenset[Mark], address: str = "") -> frozenset[Mark]:
    """The marks of a text in an element: those around it, with what it adds or takes back.

    `address` is where it leads, if it is a link. Google Docs has `<b style="font-weight: normal">` around plain text.
    """
    marks = around
    if mark := _BY_TAG.get(element.tag):
        marks |= {mark}
    elif address:
        marks = frozenset(one for one in marks if one[0] != "a") | {("a", address)}
    elif element.tag == "abbr" and (title := element.get("title")):
        opening = etree.tostring(etree.Element("abbr", title=title), encoding="unicode")
        marks |= {("abbr", opening.removeprefix("<abbr").removesuffix("/>"))}
    style = style_of(element)
    return _styled(marks, style) if style else marks


def _styled(marks: frozenset[Mark], style: str) -> frozenset[Mark]:
    if _BOLD.search(style):
        marks |= {STRONG}
    elif _NOT_BOLD.search(style):
        marks -= {STRONG}
    if "font-style:italic" in style or "font-style:oblique" in style:
        marks |= {_EM}
    elif "font-style:normal" in style:
        marks -= {_EM}
    if "line-through" in style:
        marks |= {_DEL}
    if _UNDERLINED.search(style) and not any(tag == "a" for tag, _ in marks):
        marks |= {_U}
    return marks
