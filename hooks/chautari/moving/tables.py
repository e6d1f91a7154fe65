"""Tables: what is one, what only served to place things, and which Markdown can say."""

import re
from collections.abc import Callable, Sequence

from lxml import etree
from lxml.html import HtmlElement

from chautari.moving.trees import style_of

_LAYOUT = {"table", "iframe", "object", "embed", "video", "audio", "figure"}
_CELL_BLOCKS = _LAYOUT | {"ul", "ol", "dl", "blockquote", "pre", "hr"}
_KEPT = {
    *("table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption", "p", "br", "ul", "ol", "li", "blockquote"),
    *("a", "b", "strong", "i", "em", "u", "s", "del", "sup", "sub", "code", "dl", "dt", "dd", "h3", "h4", "h5", "h6"),
}


def rows(table: HtmlElement) -> list[list[HtmlElement]]:
    """The cells of a table, row by row, without those of tables in it; empty rows are none."""
    found = table.xpath("./tr | ./thead/tr | ./tbody/tr | ./tfoot/tr")
    return [cells for row in found if (cells := [cell for cell in row if cell.tag in ("td", "th")])]


def is_layout(table: HtmlElement, cells: Sequence[Sequence[HtmlElement]]) -> bool:
    """Whether a table only places things: it has a single column, holds whole tables, or what is no table at all."""
    inner = {one.tag for row in cells for cell in row for one in cell.iterdescendants()}
    return all(len(row) == 1 for row in cells) or bool(inner & _LAYOUT) or _has_strays(table)


def _has_strays(table: HtmlElement) -> bool:
    """Whether words stand in a table and in none of its cells."""
    outside = (one for one in table.iter("table", "thead", "tbody", "tfoot", "tr") if one is not None)
    texts = (text for one in outside for text in (one.text, *(child.tail for child in one)))
    return any(text and text.strip() for text in texts)


def is_plain(cells: Sequence[Sequence[HtmlElement]]) -> bool:
    """Whether Markdown can say a table: it has a heading, as many cells in each row, and only lines of text in them."""
    same = len({len(row) for row in cells}) == 1
    return same and _is_heading(cells[0]) and all(_is_simple(cell) for row in cells for cell in row)


def _is_heading(row: Sequence[HtmlElement]) -> bool:
    """Whether a row says what stands below it: marked so, or bold in every cell."""
    return all(cell.tag == "th" or cell.getparent().getparent().tag == "thead" or _is_bold(cell) for cell in row)


def _is_bold(cell: HtmlElement) -> bool:
    """Whether every word of a cell is bold."""
    around = {cell, *cell.iterdescendants()}
    texts = [text for text in cell.xpath(".//text()") if text.strip()]
    return all(_is_bold_text(text, around) for text in texts)


def _is_bold_text(text: etree._ElementUnicodeResult, around: set[HtmlElement]) -> bool:
    parent = text.getparent()
    element = parent.getparent() if parent is not None and text.is_tail else parent
    while element is not None and element in around:
        if element.tag in ("b", "strong") or re.search("font-weight:(bold|[6-9]00)", style_of(element)):
            return True
        element = element.getparent()
    return False


def _is_simple(cell: HtmlElement) -> bool:
    spans = {cell.get("colspan", "1"), cell.get("rowspan", "1")}
    return spans <= {"1", ""} and not any(one.tag in _CELL_BLOCKS for one in cell.iterdescendants())


def piped(cells: Sequence[Sequence[str]]) -> str:
    """A table with its heading, as Markdown."""
    head, *others = cells
    # A heading is bold as it is.
    head = [re.sub(r"^\*\*([^*]+)\*\*$", r"\1", cell) for cell in head]
    lines = [head, ["---"] * len(head), *others]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def kept(
    table: HtmlElement,
    link: Callable[[HtmlElement], str],
    picture: Callable[[HtmlElement], tuple[str, str] | None],
) -> str:
    """A table as HTML, with nothing but its structure; a row in each line."""
    for element in list(table.iterdescendants()):
        _strip(element, link, picture)
    table.attrib.clear()
    table.tail = None
    text = etree.tostring(table, encoding="unicode", method="html")
    text = re.sub(r"\s+", " ", text.replace("\xa0", " "))
    return re.sub(r" ?(</?(?:tr|thead|tbody|tfoot)>|</table>) ?", _on_a_line, text).strip()


def _on_a_line(found: re.Match[str]) -> str:
    return f"\n{found[1]}" if found[1] != "</tr>" else "</tr>"


def _strip(
    element: HtmlElement,
    link: Callable[[HtmlElement], str],
    picture: Callable[[HtmlElement], tuple[str, str] | None],
) -> None:
    tag = element.tag
    attributes: dict[str, str] = {}
    if tag == "a":
        attributes = {"href": href} if (href := link(element)) else {}
    elif tag == "img":
        shown = picture(element)
        attributes = {"src": shown[0], "alt": shown[1]} if shown else {}
    elif tag in ("td", "th"):
        spans = {name: element.get(name) or "" for name in ("colspan", "rowspan")}
        attributes = {name: value for name, value in spans.items() if value.isdigit() and value != "1"}
    element.attrib.clear()
    element.attrib.update(attributes)
    if tag == "div" or tag in ("center", "h1", "h2"):
        element.tag = "p"
    elif tag not in _KEPT and not (tag == "img" and attributes):
        element.drop_tag()
