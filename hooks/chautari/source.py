"""One file of the content, split into front matter and body, with the line of every key.

The reader is stricter and kinder than YAML 1.1: every plain value stays the text that the editor wrote (`NO` is
Norway's code and not a falsehood, `12:30` is no number of seconds), and the model says later what kind of value it
wants; what YAML would lose without a word (a comment sign inside a title, a key given twice) is refused with its line.
"""

import re
import unicodedata
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import yaml

from chautari.problems import ContentError, Problem

Location: TypeAlias = tuple[str | int, ...]
"""Where a value stands in the front matter: keys and positions from 0, e.g. ("modules", 1, "title")."""

_OPENING = re.compile(r"\s*?---[ \t]*\n")
_CLOSING = re.compile(r"^---[ \t]*$\n?", re.MULTILINE)
# All but what YAML 1.1, section 5.1, calls printable.
FORBIDDEN = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Word processors and telephones end lines in several ways; YAML counts all of them as lines, too.
_LINE_END = re.compile("\r\n|[\r\x85\u2028\u2029]")
_DEEPEST = 20
_MOST_QUOTED = 10
_PLAIN = re.compile(r"(\s*(?:-\s+)?[\w-]+:\s+)([^\s\"'].*)")
_BEHIND_QUOTE = re.compile(r""":\s+("[^"]*"|'[^']*')\s*\S""")
_BEHIND_BRACKET = re.compile(r":\s+\[[^\]]*\]\s*[^\s#]")
_COLON = re.compile(r":(\s|$)")
_NO_BREAK = re.compile(r"^([ -]*\w+:)\u00a0", re.MULTILINE)
_FORM = "A file begins with a line ---, then lines like `title: My title`, then again a line ---, then the text."
_QUOTE = "Put the whole text into quotation marks."
_STRING_TAG, _LIST_TAG, _MAP_TAG = (f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map"))

# What libyaml says, as a part of its message, and what an editor can do with it.
_YAML_MISTAKES = (
    ("mapping values are not allowed", "a colon followed by a space stands inside a text", _QUOTE),
    (
        "could not find expected ':'",
        "this line is not of the form `field: value`",
        "Put a colon and a space after the field's name; indent a text that goes on over several lines.",
    ),
    (
        "while scanning a quoted scalar",
        "the text begins with a quotation mark that is never closed",
        "Close it, or double an apostrophe that stands inside '…'.",
    ),
    (
        "while parsing a flow sequence",
        "a list that begins with [ is not closed",
        "End the list with ], and put commas between its items.",
    ),
    (
        "while parsing a flow mapping",
        "a group that begins with { is not closed",
        "End it with }, and put commas between its parts.",
    ),
    ("undefined alias", "a text may not begin with an asterisk", _QUOTE),
    ("alphabetic or numeric character", "a text may not begin with * or &", _QUOTE),
    ("while scanning an alias", "a text may not begin with an asterisk", _QUOTE),
    ("while scanning an anchor", "a text may not begin with &", _QUOTE),
    ("while scanning a tag", "a text may not begin with !", _QUOTE),
    ("while scanning a directive", "a text may not begin with %", _QUOTE),
    ("block scalar", "a text may not begin with | or > followed by words", _QUOTE),
    (
        "block sequence entries",
        "a list begins behind the field's name",
        "Put each item on a line of its own, beginning with two spaces, - and a space.",
    ),
    ("a tab character", "this line is indented with a tab", "Use spaces instead of the tab."),
    ("nesting", "lists stand inside lists far too deeply", "Write at most a few levels."),
    (
        "did not find expected",
        "this line does not fit the lines above it",
        "Give fields of one group the same indentation; a text that begins with a quotation mark must end with it.",
    ),
)


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
        node = _compose(self.head)
        line = 0
        for step in (*self.within, *location):
            if isinstance(node, yaml.MappingNode):
                pairs = {key.value: (key, value) for key, value in node.value}
                if step not in pairs:
                    break
                key, node = pairs[str(step)]
                line = key.start_mark.line
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                line = node.start_mark.line
            else:
                break
        return self.head_line + line


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
    # One form of each letter with marks: a word typed on another keyboard must be found by search and by label.
    text = unicodedata.normalize("NFC", _LINE_END.sub("\n", text))
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
        raise ContentError([Problem(name, 1, "", "does not begin with front matter", _FORM)])
    closing = _CLOSING.search(text, opening.end())
    if not closing:
        line = text.count("\n", 0, opening.end())
        raise ContentError(
            [Problem(name, line, "", "the front matter that begins here has no closing line ---", _FORM)]
        )
    head_line = text.count("\n", 0, opening.end()) + 1
    # A telephone's keyboard may put a no-break space behind a field's colon; the length stays, and so do the columns.
    head = _NO_BREAK.sub(r"\1 ", text[opening.end() : closing.start()])
    body_line = text.count("\n", 0, closing.end()) + 1
    problems: list[Problem] = []
    try:
        data = _read_mapping(head, name, head_line)
    except ContentError as error:
        head, problems = _quoted(head, name, head_line)
        if not problems:
            raise
        try:
            data = _read_mapping(head, name, head_line)
        except ContentError as further:
            raise ContentError([*problems, *further.problems]) from error
    return Source(name, data, text[closing.end() :], body_line, head, head_line, problems=tuple(problems))


def read_data(path: Path, name: str) -> Source:
    """A YAML file (a vocabulary, settings) as a source without a body. Raises `ContentError` as `read_source` does."""
    head = read_text(path, name)
    return Source(name, _read_mapping(head, name, 1), head=head)


def read_group(path: Path, name: str, within: tuple[str, ...]) -> Source:
    """One group of a YAML file that is otherwise not ours (`extra`, `hub` in mkdocs.yml); empty where it is not there.

    The rest of the file may hold tags that only its owner understands. Raises `ContentError` as `read_source` does.
    """
    head = read_text(path, name)
    try:
        node = _compose(head)
    except yaml.MarkedYAMLError as error:
        raise ContentError([_explain(error, head, name, 1)]) from error
    for step in within:
        pairs = {key.value: value for key, value in node.value} if isinstance(node, yaml.MappingNode) else {}
        node = pairs.get(step)
    if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
        return Source(name, {}, head=head, within=within)
    if not isinstance(node, yaml.MappingNode):
        line, hint = node.start_mark.line + 1, "Write each setting on a line of its own, indented by two spaces."
        raise ContentError([Problem(name, line, within[-1], "is not made of lines `setting: value`", hint)])
    return Source(name, _read_node(node, name, 1, head), head=head, within=within)


def _compose(head: str) -> yaml.Node | None:
    loader = yaml.CBaseLoader(head)
    try:
        node: yaml.Node | None = loader.get_single_node()
        return node
    finally:
        loader.dispose()


def _read_mapping(head: str, name: str, first_line: int) -> dict[str, Any]:
    try:
        node = _compose(head)
    except yaml.MarkedYAMLError as error:
        raise ContentError([_explain(error, head, name, first_line)]) from error
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        hint = _FORM if name.endswith(".md") else "Write `name: value`, one below the other, without a - before it."
        raise ContentError([Problem(name, first_line, "", "is not made of lines `field: value`", hint)])
    return _read_node(node, name, first_line, head)


def _quoted(head: str, name: str, first_line: int) -> tuple[str, list[Problem]]:
    """The front matter with quotation marks where their lack keeps YAML from reading on, and what was wrong there.

    So an editor who forgot them hears of the other mistakes of the file as well.
    """
    lines, problems = head.split("\n"), list[Problem]()
    for _ in range(_MOST_QUOTED):
        try:
            _compose("\n".join(lines))
        except yaml.MarkedYAMLError as error:
            problem = _explain(error, "\n".join(lines), name, first_line)
            number = problem.line - first_line
            plain = _PLAIN.fullmatch(lines[number]) if number < len(lines) else None
            if not plain or not problem.hint.startswith(_QUOTE):
                break  # for the reader to report
            problems.append(problem)
            lines[number] = plain[1] + "'" + plain[2].replace("'", "''") + "'"
        else:
            break
    return "\n".join(lines), problems


def _read_node(node: yaml.MappingNode, name: str, first_line: int, head: str) -> dict[str, Any]:
    reader = _NodeReader(name, first_line, head.split("\n"))
    data: dict[str, Any] = reader.value(node, "")
    if reader.problems:
        raise ContentError(reader.problems)
    return data


class _NodeReader:
    """Turns composed YAML nodes into text, lists and dictionaries, and notes what YAML would have passed in silence."""

    def __init__(self, name: str, first_line: int, lines: list[str]) -> None:
        self.name, self.first_line, self.lines = name, first_line, lines
        self.problems: list[Problem] = []
        self.seen: set[int] = set()
        self.depth = 0

    def report(self, mark: yaml.Mark, field_name: str, message: str, hint: str) -> None:
        self.problems.append(Problem(self.name, self.first_line + mark.line, field_name, message, hint))

    def value(self, node: yaml.Node, field_name: str) -> Any:
        """The node's value: text, list or dictionary; None for nothing. What is empty is absent."""
        self.depth += 1
        try:
            return self._value(node, field_name)
        finally:
            self.depth -= 1

    def _value(self, node: yaml.Node, field_name: str) -> Any:
        if self.depth > _DEEPEST:
            self.report(
                node.start_mark, field_name, "lists stand inside lists far too deeply", "Write a few levels at most."
            )
            return None
        if id(node) in self.seen:  # the composer hands out one node again for each alias
            self.report(
                node.start_mark, field_name, "is repeated elsewhere with & and *", "Write the value out in each place."
            )
            return None
        self.seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            return self.scalar(node, field_name)
        if isinstance(node, yaml.SequenceNode):
            self.check_tag(node, _LIST_TAG, field_name)
            items = [self.value(item, field_name) for item in node.value]
            return [item for item in items if item is not None] or None
        self.check_tag(node, _MAP_TAG, field_name)
        return self.mapping(node, field_name) if isinstance(node, yaml.MappingNode) else None

    def mapping(self, node: yaml.MappingNode, field_name: str) -> dict[str, Any] | None:
        data: dict[str, Any] = {}
        lines: dict[str, int] = {}
        for key, child in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.report(
                    key.start_mark,
                    field_name,
                    "a field's name must be a word",
                    "Put a text that begins with [ or { into quotation marks.",
                )
                continue
            if key.value in lines:
                first = self.first_line + lines[key.value]
                self.report(key.start_mark, key.value, f"is given twice, first in line {first}", "Keep one of the two.")
                continue
            lines[key.value] = key.start_mark.line
            value = self.value(child, key.value)
            if value is None and node.flow_style:  # {name: Hall, second floor}: YAML takes the rest for a field
                message = f"{key.value!r} stands alone: a comma ends a text"
                self.report(key.start_mark, key.value, message, "Put a text with a comma into quotation marks.")
            if value is not None:
                data[key.value] = value
        return data or ({} if field_name == "" else None)

    def scalar(self, node: yaml.ScalarNode, field_name: str) -> str | None:
        self.check_tag(node, _STRING_TAG, field_name)
        if not node.style:
            if self.lines[node.start_mark.line].startswith("&", node.start_mark.column):  # YAML would drop the word
                self.report(node.start_mark, field_name, "a text may not begin with &", _QUOTE)
            if node.value in ("", "~", "null"):
                return None
            # With the C parser a plain text ends before the comment that cuts it.
            rest = self.lines[node.end_mark.line][node.end_mark.column :].lstrip()
            if rest.startswith("#"):
                message = f"the words from {rest!r} on would be lost: a # after a space begins a comment"
                self.report(node.end_mark, field_name, message, f"{_QUOTE} A comment goes on a line of its own.")
        return node.value.strip() or None

    def check_tag(self, node: yaml.Node, usual: str, field_name: str) -> None:
        if node.tag != usual:
            self.report(
                node.start_mark,
                field_name,
                f"the sign {node.tag.split(':')[-1]!r} before a value is not used here",
                _QUOTE,
            )


def _advice(said: str) -> tuple[str, str]:
    """What is wrong and what to do, for what libyaml says."""
    known = ((what, do) for part, what, do in _YAML_MISTAKES if part in said)
    return next(known, (f"cannot be understood ({said.strip()})", _QUOTE))


def _explain(error: yaml.MarkedYAMLError, head: str, name: str, first_line: int) -> Problem:
    """A parser's error as a problem with the line where the mistake began and advice an editor can follow."""
    said = f"{error.context or ''} {error.problem or ''}"
    # A quotation mark or bracket that is never closed is noticed at the end of the text; it was opened at the context.
    opened = any(word in said for word in ("quoted scalar", "flow", "could not find expected ':'"))
    mark = error.context_mark if opened and error.context_mark else error.problem_mark
    line = mark.line if mark else 0
    message, hint = _advice(said)
    lines = head.split("\n")
    if "mapping values" in said and len(_COLON.findall(lines[line])) == 1:
        # The colon is as it should be: the line was taken for the end of the text in the line above.
        if _COLON.search(lines[line - 1]):
            message, hint = _advice("did not find expected")
        else:
            line -= 1
            message, hint = _advice("could not find expected ':'")
    if "did not find expected" in said and _BEHIND_QUOTE.search(lines[line]):
        message, hint = (
            "the text goes on behind its closing quotation mark",
            "Put the whole text between ' and ', also the words in quotation marks.",
        )
    if "did not find expected" in said and _BEHIND_BRACKET.search(lines[line]):
        message, hint = "a text may not begin with [", _QUOTE
    if "“" in lines[line] or "”" in lines[line]:
        hint += ' Quotation marks that count are straight: ".'
    if "cannot start any token" in said and mark:
        sign = lines[line][mark.column :][:1]
        if sign == "\t":
            message, hint = "this line is indented with a tab", "Use spaces instead of the tab."
        else:
            message, hint = f"a text may not begin with {sign}", _QUOTE
    return Problem(name, first_line + line, "", message, hint)
