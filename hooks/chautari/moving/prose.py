"""HTML as a person would have written it in Markdown, in the hub's own dialect."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from lxml.html import HtmlElement

from chautari.moving import tables
from chautari.moving.anchors import Anchors
from chautari.moving.blocks import Block, append, indented, joined, listed, quotation, rightwards, terms
from chautari.moving.cards import FRAMES, card
from chautari.moving.cleaning import Cleaned, clean
from chautari.moving.escaping import guarded
from chautari.moving.lines import BREAK, Mark, Run, written
from chautari.moving.marks import STRONG, marks_of
from chautari.moving.paragraphs import parted
from chautari.moving.shown import Shown, described
from chautari.moving.trees import BLOCKS, parsed, style_of, text_of
from chautari.moving.words import lost, rendered


@dataclass(frozen=True)
class Prose:
    """A text as it goes into an entry, and what an editor must know of it.

    `dropped` tells in words what went; `kept_html` how many pieces Markdown has no sign for; `pictures` are the
    addresses as they stand in the Markdown, `undescribed` those of them without a picture text; `lost` are words that
    readers had before and would not have now: none, unless there is a mistake in here.
    """

    markdown: str
    dropped: tuple[str, ...] = ()
    kept_html: int = 0
    pictures: tuple[str, ...] = ()
    undescribed: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


def to_markdown(html: str, link: Callable[[str], str], picture: Callable[[str], str | None]) -> Prose:
    """A text from another platform in Markdown.

    `link` says where an address leads now; `picture` the name of the file that holds the picture of an address, None if
    there is none: then the picture is a link, because no page loads anything from another host.
    """
    cleaned = clean(parsed(html))
    writer = _Writer(cleaned, link, picture)
    text = writer.text()
    dead = (f"a link that only worked on its author's computer: {href[:200]}" for href in writer.anchors.dead)
    return Prose(
        text,
        (*cleaned.dropped, *writer.dropped, *writer.shown.dropped, *dict.fromkeys(dead)),
        writer.kept_html,
        tuple(writer.shown.files),
        tuple(dict.fromkeys(writer.shown.undescribed)),
        tuple(lost(html, rendered(text), cleaned.told, notes=not cleaned.notes)),
    )


class Part(NamedTuple):
    """An element that is more than a line of text, with the marks of those around it."""

    element: HtmlElement
    marks: frozenset[Mark]


class Edge(NamedTuple):
    """Where a paragraph ends, whatever comes next."""


Piece: TypeAlias = Run | Part | Edge

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_PARTS = _HEADINGS | FRAMES | {"ul", "ol", "dl", "table", "blockquote", "pre", "hr", "figure"}
_HEADING_LENGTH = 200
"""Whole paragraphs were made headings because they looked well that way."""
_DEEPEST = 60
"""Deeper than this no nesting means anything, and Python would not follow."""
_NESTED_AT_MOST = 5
_LANGUAGE = re.compile(r"(?:brush:\s*|lang(?:uage)?-)([a-z+]+)")


class _Writer:
    """Writes one text, and counts what it meets. It does not judge what goes: that is done before.

    `nested` tells how many lists, quotations and cells are around: in them there is no place for headings and HTML.
    """

    def __init__(self, cleaned: Cleaned, link: Callable[[str], str], picture: Callable[[str], str | None]) -> None:
        self.cleaned, self.link = cleaned, link
        self.anchors = Anchors(cleaned.root)
        self.shown = Shown(picture)
        self.kept_html = 0
        self.dropped: list[str] = []
        self.levels: list[int] = []
        self.nested = self.depth = 0
        self.rtl = False

    def keep(self) -> None:
        """One more piece that Markdown cannot say."""
        self.kept_html += 1

    def text(self) -> str:
        """The whole text, its footnotes last."""
        text = joined(self.flow(self.cleaned.root))
        notes = [
            f"[^{number}]: {indented(joined(self.inside(note)))}" for number, note in enumerate(self.cleaned.notes, 1)
        ]
        whole = "\n\n".join(filter(None, (text, *notes)))
        return f"{whole}\n" if whole else ""

    # --- from the tree to pieces ---

    def flow(self, element: HtmlElement, marks: frozenset[Mark] = frozenset()) -> list[Block]:
        """What stands in an element, block by block."""
        pieces: list[Piece] = []
        self.gather(element, marks, pieces)
        return self.blocks(pieces)

    def inside(self, element: HtmlElement, marks: frozenset[Mark] = frozenset()) -> list[Block]:
        """What stands in an item, a cell or a quotation."""
        self.nested += 1
        blocks = self.flow(element, marks)
        self.nested -= 1
        return blocks

    def gather(self, element: HtmlElement, marks: frozenset[Mark], pieces: list[Piece]) -> None:
        """Adds all that an element holds."""
        if element.text:
            pieces.append(Run(element.text, marks))
        self.depth += 1
        for child in element:
            self.gather_one(child, marks, pieces)
            if child.tail:
                pieces.append(Run(child.tail, marks))
        self.depth -= 1

    def gather_one(self, element: HtmlElement, marks: frozenset[Mark], pieces: list[Piece]) -> None:
        """Adds one element."""
        tag = element.tag
        if self.depth > _DEEPEST:
            pieces += [Edge(), Run(text_of(element), marks), Edge()]
            return
        if name := self.anchors.take(element):
            self.keep()
            pieces.append(Run(f'<span id="{name}"></span>', written=True))
        if tag == "br":
            pieces.append(BREAK)
        elif tag == "img":
            pieces += self.shown.runs(element, marks)
        elif tag == "fn":
            pieces.append(Run(f"[^{element.get('number')}]", written=True))
        elif tag in _PARTS or (element.get("dir") == "rtl" and tag in BLOCKS):
            pieces.append(Part(element, marks))
        else:
            edge = [Edge()] if tag in BLOCKS else []
            pieces += edge
            self.gather(element, self.marks(element, marks), pieces)
            pieces += edge

    def marks(self, element: HtmlElement, around: frozenset[Mark]) -> frozenset[Mark]:
        """The marks of what stands in an element."""
        return marks_of(element, around, self.anchors.followed(element) if element.tag == "a" else "")

    # --- from pieces to blocks ---

    def blocks(self, pieces: Iterable[Piece]) -> list[Block]:
        """Paragraphs where there is only text, and what the other elements are."""
        blocks: list[Block] = []
        runs: list[Run] = []
        for piece in pieces:
            if isinstance(piece, Run):
                runs.append(piece)
                continue
            blocks += self.paragraphs(runs)
            runs = []
            if isinstance(piece, Part):
                self.depth += 1
                append(blocks, self.part(*piece))
                self.depth -= 1
        return blocks + self.paragraphs(runs)

    def paragraphs(self, runs: Iterable[Run]) -> list[Block]:
        """Paragraphs of text, a blank at the end of a line where it is broken."""
        return [Block("paragraph", "  \n".join(map(self.line, lines))) for lines in parted(runs)]

    def line(self, runs: Sequence[Run]) -> str:
        """One line of a paragraph."""
        return guarded(written(runs, self.link, self.keep))

    def part(self, element: HtmlElement, marks: frozenset[Mark]) -> list[Block]:
        """An element that is more than text."""
        tag = element.tag
        if element.get("dir") == "rtl" and not self.rtl and not self.nested:
            return self.from_the_right(element, marks)
        if tag in _HEADINGS:
            return self.heading(element, marks)
        if tag in FRAMES:
            return self.card(element)
        writers: dict[str, Callable[[HtmlElement, frozenset[Mark]], list[Block]]] = {
            "ul": self.item_list,
            "ol": self.item_list,
            "dl": self.definitions,
            "table": self.table,
            "blockquote": self.quote,
            "pre": self.code,
            "figure": self.figure,
            "hr": self.rule,
        }
        if tag in writers:
            return writers[tag](element, marks)
        return self.flow(element, self.marks(element, marks))

    def from_the_right(self, element: HtmlElement, marks: frozenset[Mark]) -> list[Block]:
        """What is written from right to left."""
        self.rtl = True
        blocks = self.part(element, marks)
        self.rtl = False
        return rightwards(blocks)

    def heading(self, element: HtmlElement, marks: frozenset[Mark]) -> list[Block]:
        """A heading; text that was only made large stays a paragraph, and one within a list or a cell is bold."""
        pieces: list[Piece] = []
        self.gather(element, self.marks(element, marks), pieces)
        if self.nested or any(isinstance(piece, Part) for piece in pieces):
            return self.blocks(map(_bold, pieces))
        blocks = []
        for (runs,) in parted(map(_in_heading, pieces)):
            text = written(runs, self.link, self.keep)
            if runs[0].picture or len(text) > _HEADING_LENGTH:
                blocks.append(Block("paragraph", guarded(text)))
            else:
                blocks.append(Block("heading", f"{'#' * self.level(element)} {_without_end(text)}"))
        return blocks

    def level(self, element: HtmlElement) -> int:
        """The level of a heading here: the title above is the first, and none is left out."""
        asked = int(element.tag[1])
        while self.levels and self.levels[-1] >= asked:
            self.levels.pop()
        self.levels.append(asked)
        return min(len(self.levels) + 1, 6)

    def quote(self, element: HtmlElement, marks: frozenset[Mark]) -> list[Block]:
        """A quotation; what an editor's button indented with one is none."""
        indented_only = "border:none" in style_of(element) or "webkit-indent" in (element.get("class") or "")
        if indented_only or self.nested > _NESTED_AT_MOST:
            return self.flow(element, marks)
        blocks = self.inside(element, marks)
        return [quotation(blocks)] if blocks else []

    def rule(self, _: HtmlElement, __: frozenset[Mark]) -> list[Block]:
        """A line across."""
        return [] if self.nested else [Block("rule", "---")]

    def code(self, element: HtmlElement, marks: frozenset[Mark]) -> list[Block]:
        """Text whose lines stay as they are."""
        if any(one.tag in BLOCKS or one.tag in FRAMES or one.tag in ("img", "fn") for one in element.iterdescendants()):
            return self.flow(element, marks)
        for line_break in element.findall(".//br"):
            line_break.text = "\n"
        text = element.text_content().replace("\r", "").replace("\xa0", " ").strip("\n")
        if not text.strip():
            return []
        fence = "`" * max([3, *(len(run) + 1 for run in re.findall("`+", text))])
        language = _LANGUAGE.search(element.get("class") or "")
        return [Block("code", f"{fence}{language[1] if language else ''}\n{text}\n{fence}")]

    def card(self, frame: HtmlElement) -> list[Block]:
        """A link to what stood in a frame."""
        if found := card(frame):
            return [Block("paragraph", self.line([Run(found.words, frozenset({("a", found.address)}))]))]
        self.dropped.append(" ".join(filter(None, ("a frame without an address:", frame.tag, frame.get("id")))))
        return []

    def figure(self, element: HtmlElement, marks: frozenset[Mark]) -> list[Block]:
        """A picture with the words below it."""
        captions = element.xpath(".//figcaption | .//td[contains(@class, 'tr-caption')]")
        if self.nested or self.rtl or not captions or text_of(element) != " ".join(map(text_of, captions)).strip():
            return self.flow(element, marks)
        said = [block for caption in captions for block in self.inside(caption)]
        for caption in captions:
            caption.drop_tree()
        blocks = self.flow(element)
        if len(blocks) != 1 or not said or any(block.kind != "paragraph" for block in said):
            return [*blocks, *said]
        words = "<br>\n".join(block.text for block in said).replace("  \n", "<br>\n")
        caption = f'<figcaption markdown="span">{words}</figcaption>'
        return [Block("html", f'<figure markdown="span">\n{blocks[0].text}\n{caption}\n</figure>')]

    def definitions(self, element: HtmlElement, marks: frozenset[Mark]) -> list[Block]:
        """Terms, each with what is said of it; some used it to indent."""
        between = [element.text, *(child.tail for child in element)]
        if any(child.tag not in ("dt", "dd") for child in element) or any(text and text.strip() for text in between):
            return self.flow(element, marks)
        return terms((child.tag, self.inside(child, marks)) for child in element)

    # --- lists and tables ---

    def item_list(self, element: HtmlElement, marks: frozenset[Mark]) -> list[Block]:
        """A list; one that stands between two items belongs to the first of them."""
        if self.nested > _NESTED_AT_MOST:
            return self.flow(element, marks)
        items: list[list[Block]] = []
        for item in self.items(element, marks):
            if item and item[0].kind == "list" and items:
                items[-1] += item
            elif item:
                items.append(item)
        start = element.get("start") or "1"
        return listed(items, None if element.tag == "ul" else int(start) if start.isdecimal() else 1)

    def items(self, element: HtmlElement, marks: frozenset[Mark]) -> Iterator[list[Block]]:
        """The items, and what people put between them."""
        between: list[Piece] = [Run(element.text or "", marks)]
        self.nested += 1
        for child in element:
            if child.tag == "li":
                yield self.blocks(between)
                between = []
                yield self.flow(child, self.marks(child, marks))
            else:
                self.gather_one(child, marks, between)
            between.append(Run(child.tail or "", marks))
        yield self.blocks(between)
        self.nested -= 1

    def table(self, element: HtmlElement, marks: frozenset[Mark]) -> list[Block]:
        """A table in Markdown if it can be said in it, in HTML if not; what only placed things is none."""
        if "tr-caption-container" in (element.get("class") or ""):
            return self.figure(element, marks)
        rows = tables.rows(element)
        if tables.is_layout(element, rows):
            return self.flow(element, marks)
        if tables.is_plain(rows):
            titles = [block for title in element.findall("caption") for block in self.inside(title, marks)]
            return [*titles, Block("table", tables.piped([[self.cell(cell) for cell in row] for row in rows]))]
        if self.nested:
            return self.flow(element, marks)
        self.keep()
        return [Block("html", tables.kept(element, self.html_link, self.html_picture))]

    def cell(self, cell: HtmlElement) -> str:
        """What stands in a cell, in one line."""
        return "<br>".join(block.text.replace("  \n", "<br>") for block in self.inside(cell)).replace("|", "\\|")

    def html_link(self, element: HtmlElement) -> str:
        """Where a link that stays HTML leads."""
        href = self.anchors.followed(element)
        return self.link(href) if href else ""

    def html_picture(self, element: HtmlElement) -> tuple[str, str] | None:
        """The file and the words of a picture that stays HTML."""
        run = next(self.shown.runs(element, frozenset()), None)
        return (self.shown.files[-1], described(element)) if run and run.picture else None


def _bold(piece: Piece) -> Piece:
    return piece._replace(marks=piece.marks | {STRONG}) if isinstance(piece, Run) and not piece.written else piece


def _in_heading(piece: Piece) -> Run:
    """A heading is one line, and bold already."""
    if not isinstance(piece, Run) or piece is BREAK:
        return Run(" ")
    return piece._replace(marks=piece.marks - {STRONG})


def _without_end(text: str) -> str:
    """The words of a heading; Markdown would take signs at its end for decoration."""
    return f"{text[:-1]}\\#" if text.endswith("#") and not text.endswith("\\#") else text
