"""YAML as text, lists and dictionaries, with the line of every value.

The reader is stricter and kinder than YAML 1.1: every plain value stays the text that the editor wrote (`NO` is
Norway's code and not a falsehood, `12:30` is no number of seconds), and the model says later what kind of value it
wants; what YAML would lose without a word (a comment sign inside a title, a key given twice) is refused with its line.
"""

import re
from collections.abc import Iterable
from typing import Any

import yaml

from chautari.problems import ContentError, Problem
from chautari.yaml_mistakes import QUOTE, explained

FORM = "A file begins with a line ---, then lines like `title: My title`, then again a line ---, then the text."

_DEEPEST = 20
_MOST_QUOTED = 10
_PLAIN = re.compile(r"(\s*(?:-\s+)?[\w-]+:\s+)([^\s\"'].*)")
_TAGS: dict[type[yaml.Node], str] = {
    yaml.ScalarNode: "tag:yaml.org,2002:str",
    yaml.SequenceNode: "tag:yaml.org,2002:seq",
    yaml.MappingNode: "tag:yaml.org,2002:map",
}
"""What a node is that bears no sign of its own (YAML 1.1, section 10.1)."""


def read_mapping(head: str, name: str, first_line: int) -> dict[str, Any]:
    """The fields of a text. Raises `ContentError` where it cannot be read, or would be read otherwise than it looks."""
    try:
        node = _compose(head)
    except yaml.MarkedYAMLError as error:
        raise ContentError([explained(error, head, name, first_line)]) from error
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        hint = FORM if name.endswith(".md") else "Write `name: value`, one below the other, without a - before it."
        raise ContentError([Problem(name, first_line, "", "is not made of lines `field: value`", hint)])
    return _read_node(node, name, first_line, head)


def read_within(head: str, name: str, within: tuple[str, ...]) -> dict[str, Any]:
    """The fields of one group of a text, none where it is not there. Raises `ContentError` as `read_mapping` does."""
    try:
        node = _compose(head)
    except yaml.MarkedYAMLError as error:
        raise ContentError([explained(error, head, name, 1)]) from error
    for step in within:
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        node = next((value for key, value in reversed(pairs) if key.value == step), None)
    if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
        return {}
    if not isinstance(node, yaml.MappingNode):
        line, hint = node.start_mark.line + 1, "Write each setting on a line of its own, indented by two spaces."
        raise ContentError([Problem(name, line, within[-1], "is not made of lines `setting: value`", hint)])
    return _read_node(node, name, 1, head)


def quoted(head: str, name: str, first_line: int) -> tuple[str, list[Problem]]:
    """The front matter with quotation marks where their lack keeps YAML from reading on, and what was wrong there.

    So an editor who forgot them hears of the other mistakes of the file as well.
    """
    lines, problems = head.split("\n"), list[Problem]()
    for _ in range(_MOST_QUOTED):
        try:
            _compose("\n".join(lines))
        except yaml.MarkedYAMLError as error:
            problem = explained(error, "\n".join(lines), name, first_line)
            number = problem.line - first_line
            plain = _PLAIN.fullmatch(lines[number]) if number < len(lines) else None
            if not plain or not problem.hint.startswith(QUOTE):
                break  # for the reader to report
            problems.append(problem)
            lines[number] = plain[1] + "'" + plain[2].replace("'", "''") + "'"
        else:
            break
    return "\n".join(lines), problems


def line_of(head: str, way: Iterable[str | int]) -> int:
    """The line of the value to which keys and positions lead, from 0; that of the nearest group where it is missing."""
    node = _compose(head)
    line = 0
    for step in way:
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
    return line


class _Composer(yaml.CBaseLoader):
    """libyaml's nodes, without PyYAML's search for what a plain text or a place may mean: here it is always nothing."""

    def resolve(self, kind: type[yaml.Node], value: Any, implicit: Any) -> str:
        return _TAGS[kind]

    def descend_resolver(self, node: yaml.Node | None, index: Any) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass


def _compose(head: str) -> yaml.Node | None:
    loader = _Composer(head)
    try:
        node: yaml.Node | None = loader.get_single_node()
        return node
    finally:
        loader.dispose()


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

    def report(self, mark: yaml.Mark, field_name: str, message: str, hint: str) -> None:
        self.problems.append(Problem(self.name, self.first_line + mark.line, field_name, message, hint))

    def value(self, node: yaml.Node, field_name: str, depth: int = 1) -> Any:
        """The node's value: text, list or dictionary; None for nothing. What is empty is absent."""
        if depth > _DEEPEST:
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
        if node.tag != _TAGS[type(node)]:
            sign = node.tag.split(":")[-1]
            self.report(node.start_mark, field_name, f"the sign {sign!r} before a value is not used here", QUOTE)
        if isinstance(node, yaml.ScalarNode):
            return self.scalar(node, field_name)
        if isinstance(node, yaml.SequenceNode):
            items = [self.value(item, field_name, depth + 1) for item in node.value]
            return [item for item in items if item is not None] or None
        return self.mapping(node, field_name, depth) if isinstance(node, yaml.MappingNode) else None

    def mapping(self, node: yaml.MappingNode, field_name: str, depth: int) -> dict[str, Any] | None:
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
            value = self.value(child, key.value, depth + 1)
            if value is None and node.flow_style:  # {name: Hall, second floor}: YAML takes the rest for a field
                message = f"{key.value!r} stands alone: a comma ends a text"
                self.report(key.start_mark, key.value, message, "Put a text with a comma into quotation marks.")
            if value is not None:
                data[key.value] = value
        return data or ({} if field_name == "" else None)

    def scalar(self, node: yaml.ScalarNode, field_name: str) -> str | None:
        if not node.style:
            if self.lines[node.start_mark.line].startswith("&", node.start_mark.column):  # YAML would drop the word
                self.report(node.start_mark, field_name, "a text may not begin with &", QUOTE)
            if node.value in ("", "~", "null"):
                return None
            # With the C parser a plain text ends before the comment that cuts it.
            rest = self.lines[node.end_mark.line][node.end_mark.column :].lstrip()
            if rest.startswith("#"):
                message = f"the words from {rest!r} on would be lost: a # after a space begins a comment"
                self.report(node.end_mark, field_name, message, f"{QUOTE} A comment goes on a line of its own.")
        return node.value.strip() or None
