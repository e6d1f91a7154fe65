"""One file of the content, split into front matter and body, with the line of every key."""

import re
import unicodedata
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from chautari.problems import ContentError, Problem
from chautari.yaml import FORM, line_of, quoted, read_mapping, read_within

Location: TypeAlias = tuple[str | int, ...]
"""Where a value stands in the front matter: keys and positions from 0, e.g. ("modules", 1, "title")."""

_OPENING = re.compile(r"\s*?---[ \t]*\n")
_CLOSING = re.compile(r"^---[ \t]*$\n?", re.MULTILINE)
# All but what YAML 1.1, section 5.1, calls printable.
FORBIDDEN = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Word processors and telephones end lines in several ways; YAML counts all of them as lines, too.
_LINE_ENDS = ("\r\n", "\r", "\x85", "\u2028", "\u2029")
_NO_BREAK = re.compile(r"^([ -]*\w+:)\u00a0", re.MULTILINE)


class Source(NamedTuple):
    """One file, split. `path` is relative to the project's root with forward slashes; `body_line` counts from 1.

    It knows where things stand and does not judge them. `within` is the group that `data` was taken from, () for all.
    `problems` are those of its form that did not keep it from being read.
    """

    path: str
    data: dict[str, Any]
    body: str = ""
    body_line: int = 1
    head: str = ""
    head_line: int = 1
    within: Location = ()
    problems: tuple[Problem, ...] = ()

    def line(self, location: Location) -> int:
        """The line of a value, or of the nearest group around it that is there (a missing field: its group's line)."""
        # Composed again on demand: only problems need lines, and ten thousand good files should not pay for them.
        return self.head_line + line_of(self.head, (*self.within, *location))


def read_text(path: Path, name: str) -> str:
    """The text of a file (see `text_of`). Raises `ContentError` for one that cannot be read, too."""
    return text_of(bytes_of(path, name), name)


def bytes_of(path: Path, name: str) -> bytes:
    """What a file holds. Raises `ContentError` for one that cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        hint = "Check that it is a file and that you may read it."
        raise ContentError([Problem(name, 0, "", f"cannot be read: {error.strerror}", hint)]) from error


def text_of(raw: bytes, name: str) -> str:
    """Bytes as text: UTF-8 with or without a byte order mark, any kind of line end.

    Raises `ContentError` for what is no text: another encoding, control characters.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = f"is not UTF-8 text (byte 0x{raw[error.start]:02x})"
        raise ContentError([Problem(name, line, "", message, "Save the file with the encoding UTF-8.")]) from error
    for end in _LINE_ENDS:  # eight times as quick as a pattern where there is none
        text = text.replace(end, "\n")
    # One form of each letter with marks: a word typed on another keyboard must be found by search and by label.
    text = unicodedata.normalize("NFC", text)
    if bad := FORBIDDEN.search(text):
        line = text.count("\n", 0, bad.start()) + 1
        message = f"holds an invisible character that no page may hold (U+{ord(bad[0]):04X})"
        raise ContentError([Problem(name, line, "", message, "Delete it, or type the words around it anew.")])
    return text


def read_source(path: Path, name: str) -> Source:
    """A Markdown file, split at its front matter (see `split`)."""
    return split(bytes_of(path, name), name)


def split(raw: bytes, name: str) -> Source:
    """What a Markdown file holds, split at its front matter.

    `name` is the path to show in problems. Raises `ContentError` where the front matter cannot be read.
    """
    text = text_of(raw, name)
    opening = _OPENING.match(text)
    if not opening:
        raise ContentError([Problem(name, 1, "", "does not begin with front matter", FORM)])
    closing = _CLOSING.search(text, opening.end())
    if not closing:
        line = text.count("\n", 0, opening.end())
        raise ContentError([Problem(name, line, "", "the front matter that begins here has no closing line ---", FORM)])
    head_line = text.count("\n", 0, opening.end()) + 1
    # A telephone's keyboard may put a no-break space behind a field's colon; the length stays, and so do the columns.
    head = text[opening.end() : closing.start()]
    head = _NO_BREAK.sub(r"\1 ", head) if "\u00a0" in head else head
    body_line = text.count("\n", 0, closing.end()) + 1
    problems: list[Problem] = []
    try:
        data = read_mapping(head, name, head_line)
    except ContentError as error:
        head, problems = quoted(head, name, head_line)
        if not problems:
            raise
        try:
            data = read_mapping(head, name, head_line)
        except ContentError as further:
            raise ContentError([*problems, *further.problems]) from error
    return Source(name, data, text[closing.end() :], body_line, head, head_line, problems=tuple(problems))


def read_data(path: Path, name: str) -> Source:
    """A YAML file (a vocabulary, settings) as a source without a body. Raises `ContentError` as `read_source` does."""
    head = read_text(path, name)
    return Source(name, read_mapping(head, name, 1), head=head)


def read_group(path: Path, name: str, within: tuple[str, ...]) -> Source:
    """One group of a YAML file that is otherwise not ours (`extra`, `hub` in mkdocs.yml); empty where it is not there.

    The rest of the file may hold tags that only its owner understands. Raises `ContentError` as `read_source` does.
    """
    head = read_text(path, name)
    return Source(name, read_within(head, name, within), head=head, within=within)
