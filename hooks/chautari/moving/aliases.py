"""Old labels as further names of what they mean here, so that their old pages lead there: written into the editors' own
file, of which nothing else changes.
"""

from collections.abc import Iterable

import yaml


def with_aliases(text: str, key: str, labels: Iterable[str]) -> str:
    """A vocabulary's file in which a term has these aliases, too; as it was if they cannot be added in its own form.

    An empty key stands for the whole file.
    """
    for label in labels:
        added = _with_alias(text, key, label)
        if added != text and _adds(added, text, key, label):
            text = added
    return text


def with_names(text: str, labels: Iterable[str]) -> str:
    """An entry's file in whose front matter it has these aliases, too; as it was if they cannot be added."""
    opening, start, rest = text.partition("---\n")
    head, end, body = rest.partition("\n---")
    if opening.strip() or not end:
        return text
    return f"{opening}{start}{with_aliases(head, '', labels)}{end}{body}"


def _with_alias(text: str, key: str, label: str) -> str:
    whole = yaml.compose(text, Loader=yaml.SafeLoader)
    term = _value(whole, key) if key else whole
    if not isinstance(term, yaml.MappingNode) or not term.value:
        return text
    word = _in_one_line(label)
    aliases = _value(term, "aliases")
    if isinstance(aliases, yaml.SequenceNode) and not aliases.flow_style:
        place, indent = aliases.value[-1].end_mark.index, " " * aliases.start_mark.column
        return f"{text[:place]}\n{indent}- {word}{text[place:]}"
    if aliases:
        start, end = aliases.start_mark.index, aliases.end_mark.index
        known = text[start:end].removeprefix("[").removesuffix("]")
        return f"{text[:start]}[{f'{known}, ' if known.strip() else ''}{word}]{text[end:]}"
    start = term.start_mark.index + bool(term.flow_style)
    after = ", " if term.flow_style else "\n" + " " * term.start_mark.column
    return f"{text[:start]}aliases: [{word}]{after}{text[start:]}"


def _value(node: yaml.Node | None, key: str) -> yaml.Node | None:
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return next((value for name, value in pairs if name.value == key), None)


def _in_one_line(word: str) -> str:
    """A word as it can stand in a list in brackets."""
    return str(yaml.safe_dump([word], allow_unicode=True, width=1_000_000, default_flow_style=True)).strip()[1:-1]


def _adds(added: str, text: str, key: str, label: str) -> bool:
    """Whether a file says one alias more than another, and nothing else."""
    try:
        after, before = (yaml.load(each, Loader=yaml.BaseLoader) for each in (added, text))  # noqa: S506 - text only
    except yaml.YAMLError:
        return False
    new, old = (after[key], before[key]) if key else (after, before)
    known = old.pop("aliases", [])
    names = [*known, label] if isinstance(known, list) else [known, label]
    return bool(new.pop("aliases", []) == names and after == before)
