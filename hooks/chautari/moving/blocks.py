"""Blocks of Markdown, and how they stand in each other."""

import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple, TypeAlias

Kind: TypeAlias = Literal[
    "paragraph", "heading", "list", "quotation", "code", "table", "terms", "rule", "frame", "html"
]

OPEN, CLOSE = '<div dir="rtl" markdown="1">', "</div>"


class Block(NamedTuple):
    """Its kind decides what may stand beside it: an item of a list begins with a paragraph."""

    kind: Kind
    text: str


def joined(blocks: Iterable[Block]) -> str:
    """Blocks below each other."""
    return "\n\n".join(block.text for block in blocks)


def indented(text: str) -> str:
    """A text whose lines after the first belong to it: by four blanks, as Python-Markdown asks."""
    return re.sub(r"\n(?=[^\n])", "\n    ", text)


def quotation(blocks: Iterable[Block]) -> Block:
    """What somebody else said."""
    lines = joined(blocks).split("\n")
    return Block("quotation", "\n".join(f"> {line}" if line else ">" for line in lines))


def rightwards(blocks: Sequence[Block]) -> list[Block]:
    """What is written from right to left, in a frame that says so."""
    return [Block("frame", OPEN), *blocks, Block("frame", CLOSE)] if blocks else []


def append(blocks: list[Block], more: Sequence[Block]) -> None:
    """Adds blocks to others; two neighbours from right to left share their frame."""
    if blocks and more and blocks[-1] == ("frame", CLOSE) and more[0] == ("frame", OPEN):
        blocks.pop()
        more = more[1:]
    blocks += more


def listed(items: Iterable[Sequence[Block]], start: int | None) -> list[Block]:
    """Items as a list, numbered from `start` or with hyphens.

    What no item can begin with parts it in two, and an item of several paragraphs sets all apart from each other.
    """
    items = list(items)
    loose = any(block.kind != "list" for item in items for block in item[1:])
    blocks: list[Block] = []
    group: list[str] = []
    number = start
    for item in items:
        if item[0].kind != "paragraph":
            blocks += [*_list(group, loose), *item]
            group = []
            continue
        sign = "-" if number is None else f"{number}."
        inner = joined(item) if loose else "\n".join(block.text for block in item)
        group.append(f"{sign} {indented(inner)}")
        number = None if number is None else number + 1
    return [*blocks, *_list(group, loose)]


def _list(group: Sequence[str], loose: bool) -> list[Block]:
    return [Block("list", ("\n\n" if loose else "\n").join(group))] if group else []


def terms(group: Iterable[tuple[str, Sequence[Block]]]) -> list[Block]:
    """Terms ("dt"), each with what is said of it ("dd"), as the extension def_list reads them."""
    text = ""
    blocks: list[Block] = []
    for tag, inner in group:
        simple = bool(inner) and inner[0].kind == "paragraph"
        if tag == "dd" and text and simple:
            text += f"\n:   {indented(joined(inner))}" + "\n" * (len(inner) > 1)
        elif tag == "dt" and simple and len(inner) == 1:
            term = inner[0].text.replace("  \n", " ")
            text = f"{text.rstrip()}\n\n{term}" if text else term
        else:
            blocks += [*_terms(text), *inner]
            text = ""
    return [*blocks, *_terms(text)]


def _terms(text: str) -> list[Block]:
    return [Block("terms", text.rstrip("\n"))] if text else []
