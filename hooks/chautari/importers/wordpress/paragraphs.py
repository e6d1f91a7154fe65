"""Paragraphs as WordPress shows them: in its classic texts an empty line parts them, and a line's end is a break."""

import re

_BLOCKS = (
    "address|article|aside|blockquote|caption|center|col|colgroup|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|"
    "form|h[1-6]|header|hr|legend|li|main|nav|ol|p|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
VERBATIM = r"<(?:pre|script|style|svg|textarea)\b.*?</(?:pre|script|style|svg|textarea)\s*>"
_TOKEN = re.compile(rf"({VERBATIM}|</?(?:{_BLOCKS})\b[^<>]*>)", re.IGNORECASE | re.DOTALL)
_NAME = re.compile(r"<(/?)([a-z]+[1-6]?)", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_EMPTY_LINES = re.compile(r"\n\s*\n")
_LINE_END = re.compile(r"(?:<br\s*/?>)?[^\S\n]*\n", re.IGNORECASE)
_CLOSED = {"col", "hr", "pre", "script", "style", "svg", "textarea"}
"""What is a token as a whole."""
_OF_LINES = {"caption", "dd", "dt", "figcaption", "figure", "li", "p", "summary", "td", "th"} | {
    f"h{level}" for level in range(1, 7)
}
"""What may hold words without a paragraph around them."""


def paragraphs(text: str) -> str:
    """The HTML of a classic text; what is HTML in it already stays so."""
    text = _TAG.sub(lambda tag: tag[0].replace("\n", " "), text.replace("\r\n", "\n").replace("\r", "\n"))
    written: list[str] = []
    around: list[str] = []
    for number, piece in enumerate(_TOKEN.split(text)):
        if number % 2:
            written.append(piece)
            _note(piece, around)
        elif words := piece.strip():
            written.append(_lines(words) if around and around[-1] in _OF_LINES else _parted(words))
    return "".join(written)


def _note(token: str, around: list[str]) -> None:
    """Keeps what is open around the next words."""
    found = _NAME.match(token)
    name = found[2].lower() if found else ""
    if not found or name in _CLOSED:
        return
    if not found[1]:
        around.append(name)
    elif name in around:
        del around[len(around) - 1 - around[::-1].index(name) :]


def _parted(words: str) -> str:
    parts = (part.strip() for part in _EMPTY_LINES.split(words))
    return "".join("".join(("<p>", _lines(part), "</p>")) for part in parts if part)


def _lines(words: str) -> str:
    return _LINE_END.sub("<br>\n", words)
