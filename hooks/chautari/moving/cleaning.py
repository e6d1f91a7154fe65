"""What goes before a text is written anew: what no page may hold, and what Word left behind. All of it is told."""

import re
from dataclasses import dataclass, field
from typing import TypeAlias

from lxml import etree
from lxml import html as lxml_html
from lxml.html import HtmlElement

from chautari.moving.trees import style_of, text_of

_SILENT = {
    "script": "a script",
    "style": "a style sheet",
    "link": "a style sheet",
    "xml": "settings of a word processor",
    "noscript": "a replacement for a script",
    "template": "a template",
    "svg": "a drawing in the text",
    "meta": "",
    "base": "",
    "title": "",
}
_CONTROLS = {"input", "select", "textarea", "button"}
_FORM_WORDS = 60
"""A form of more words is an article that somebody wrapped into one."""
_TRACKERS = re.compile(
    r"feeds\.feedburner\.com/~|/feedads|googleusercontent\.com/tracker|pixel\.|/pixel\b|statcounter|google-analytics"
    r"|stats\.wordpress|doubleclick|quantserve|histats|/beacon"
)
_LIST_LEVEL = re.compile(r"mso-list:\w+level(\d)")
_MARKER = re.compile(
    r"[\s\xa0]*(?P<sign>[·•▪■□●○◦§➢Øüvoq*–—\uf000-\uf0ff-]|\(?(?P<number>\d{1,3}|[a-zA-Z]|[ivxlcIVXLC]{1,5})[.)])[\s\xa0]+"
)
_Stack: TypeAlias = list[tuple[int, HtmlElement]]
"""The lists that are open, the outermost first, each with its level."""
_NOTE = re.compile(r"#_(ftn|edn)(ref)?(\w+)$")


@dataclass
class Cleaned:
    """A tree without what goes; `dropped` says so to an editor, `told` are the words that went with it."""

    root: HtmlElement
    notes: list[HtmlElement] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    gone: set[HtmlElement] = field(default_factory=set)

    def drop(self, element: HtmlElement, what: str) -> None:
        """Takes an element out, and says that it went."""
        text = text_of(element) if element.tag not in ("script", "style") else ""
        self.told += text.split()
        if what:
            self.dropped.append(f"{what}: the words ‘{text[:200]}’" if text else what)
        self.gone.update(element.iter())
        element.drop_tree()


def clean(root: HtmlElement) -> Cleaned:
    """The tree, changed where it stands."""
    cleaned = Cleaned(root)
    everything = list(root.iterdescendants())
    for element in everything:
        if not isinstance(element.tag, str):
            element.drop_tree()
        elif element not in cleaned.gone:
            _judge(element, cleaned)
    _gather_lists(cleaned)
    _gather_notes(cleaned)
    return cleaned


def _judge(element: HtmlElement, cleaned: Cleaned) -> None:
    tag = element.tag
    if tag in _SILENT:
        cleaned.drop(element, _SILENT[tag])
    elif tag == "form":
        if len(text_of(element).split()) <= _FORM_WORDS:
            cleaned.drop(element, "a form")
        else:
            element.tag = "div"
    elif tag in _CONTROLS:
        cleaned.drop(element, "a part of a form")
    elif "display:none" in style_of(element):
        cleaned.drop(element, "something hidden")
    elif tag == "img" and (tracker := _tracker(element)):
        cleaned.drop(element, f"a tracker picture from {tracker}")
    elif ":" in tag or tag == "font":
        element.drop_tag()  # <o:p>, <st1:place>: Word's names for what is text


def _tracker(picture: HtmlElement) -> str:
    """The host of a picture that nobody is to see, else nothing."""
    source = picture.get("src") or ""
    tiny = {picture.get("width", ""), picture.get("height", "")} <= {"0", "1", "0px", "1px"}
    return source.partition("//")[2].partition("/")[0] if tiny or _TRACKERS.search(source) else ""


# --- lists that Word wrote as paragraphs ---


def _gather_lists(cleaned: Cleaned) -> None:
    """Turns paragraphs that Word made look like a list into one."""
    stack: _Stack = []
    last: HtmlElement | None = None
    for paragraph in cleaned.root.xpath(".//p[@style or @class] | .//div[@style or @class]"):
        level = _list_level(paragraph)
        marker = _MARKER.match(paragraph.text_content()) if level else None
        if not level or (not marker and not _LIST_LEVEL.search(style_of(paragraph))):
            continue
        before = paragraph.getprevious()
        if last is None or before is not last or (last.tail or "").strip():
            stack = []
        if marker:
            cleaned.told.append(marker["sign"])
            _cut(paragraph, marker.end())
        last = _as_item(paragraph, level, marker["number"] if marker else None, stack)


def _list_level(paragraph: HtmlElement) -> int:
    """The level that Word gave a paragraph in a list, 0 if it stands in none."""
    if found := _LIST_LEVEL.search(style_of(paragraph)):
        return int(found[1])
    return int((paragraph.get("class") or "").startswith(("MsoListParagraph", "MsoListBullet", "MsoListNumber")))


def _as_item(paragraph: HtmlElement, level: int, number: str | None, stack: _Stack) -> HtmlElement:
    """Moves a paragraph into the list that it belongs to, a new one if need be; gives the outermost list."""
    while stack and stack[-1][0] > level and len(stack) > 1:
        stack.pop()
    tag = "ol" if number else "ul"
    if not stack:
        new = lxml_html.Element(tag)
        paragraph.addprevious(new)
        stack.append((level, new))
        _start(new, number)
    elif stack[-1][0] < level:
        new = etree.SubElement(stack[-1][1][-1], tag)
        stack.append((level, new))
        _start(new, number)
    tail, paragraph.tail = paragraph.tail, None
    paragraph.tag = "li"
    paragraph.attrib.clear()
    outermost = stack[0][1]
    stack[-1][1].append(paragraph)
    outermost.tail = tail
    return outermost


def _start(new: HtmlElement, number: str | None) -> None:
    if number and number.isdigit():
        new.set("start", number)


def _cut(element: HtmlElement, length: int) -> None:
    """Takes so many characters from the beginning of an element's text."""
    for text in element.xpath(".//text()"):
        if length <= 0:
            return
        parent = text.getparent()
        rest = text[length:]
        if text.is_tail:
            parent.tail = rest
        else:
            parent.text = rest
        length -= len(text)


# --- footnotes that Word wrote as links ---


def _gather_notes(cleaned: Cleaned) -> None:
    """Takes out Word's footnotes, if all stand at the end and both ends of each are there; each mark becomes `<fn>`."""
    ends: dict[bool, dict[str, HtmlElement]] = {False: {}, True: {}}
    for link in cleaned.root.xpath(".//a[contains(@href, '#_ftn') or contains(@href, '#_edn')]"):
        if found := _NOTE.search(link.get("href")):
            ends[bool(found[2])].setdefault(found[1] + found[3], link)
    marks, backs = ends[False], ends[True]
    if not marks or marks.keys() != backs.keys():
        return
    notes = [_note(link, cleaned.root) for link in backs.values()]
    if len(set(notes)) < len(notes) or not _stand_last(notes):
        return
    for number, link in enumerate(marks.values(), 1):
        mark = lxml_html.Element("fn", {"number": str(number)})
        mark.tail, link.tail = link.tail, None
        link.getparent().replace(link, mark)
    for name in marks:
        note = _note(backs[name], cleaned.root)
        backs[name].drop_tree()
        _drop_rule(note)
        note.drop_tree()
        cleaned.notes.append(note)


def _note(link: HtmlElement, root: HtmlElement) -> HtmlElement:
    """What a footnote is made of: Word's `div` with an id, else the paragraph."""
    around = [one for one in link.iterancestors("div") if (one.get("id") or "").startswith(("ftn", "edn"))]
    return around[0] if around else next(link.iterancestors("p", "div"), root)


def _stand_last(notes: list[HtmlElement]) -> bool:
    """Whether nothing but footnotes comes after the first of them."""
    inside = {one for note in notes for one in note.iter()}
    for text in [*notes[0].xpath("following::text()"), notes[-1].tail or ""]:
        parent = text.getparent() if hasattr(text, "getparent") else None
        home = parent.getparent() if parent is not None and text.is_tail else parent
        if text.strip() and home not in inside:
            return False
    return True


def _drop_rule(note: HtmlElement) -> None:
    """Word draws a line above the first footnote."""
    before = note.getprevious()
    if before is not None and before.tag == "br":
        before = before.getprevious()
    if before is not None and before.tag == "hr":
        before.drop_tree()
