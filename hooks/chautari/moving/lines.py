"""Runs of text with marks (bold, linked …) to one line of Markdown.

HTML nests marks in any order and across paragraphs. Here each piece of text carries its marks, and the longest-lived
mark is opened first, as a person would write them.
"""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

from chautari.moving.escaping import escaped, quoted

Mark: TypeAlias = tuple[str, str]
"""Its tag, and the address of a link or the attributes of other HTML."""

_ORDER = ("a", "u", "del", "sup", "sub", "strong", "em")
_SPACE = re.compile(r"[ \t\r\n\xa0]+")
_SIGN = re.compile(r"[!-/:-@\[-`{-~]")
_WHOLE_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\]+")


class Run(NamedTuple):
    """A piece of a line: text, or Markdown where it is `written` already; a `picture` likes a line of its own."""

    text: str
    marks: frozenset[Mark] = frozenset()
    written: bool = False
    picture: bool = False


BREAK = Run("\n", written=True)


def squeezed(runs: Sequence[Run]) -> list[Run]:
    """The runs of one line with each white space as one blank, none at its ends, and equal neighbours as one."""
    line: list[Run] = []
    blank = True
    for run in runs:
        text = run.text if run.written else _SPACE.sub(" ", run.text)
        if blank and not run.written and text.startswith(" "):
            text = text[1:]
        if not text:
            continue
        blank = not run.written and text.endswith(" ")
        if line and not run.written and not line[-1].written and line[-1].marks == run.marks:
            line[-1] = run._replace(text=line[-1].text + text)
        else:
            line.append(run._replace(text=text))
    if line and not line[-1].written:
        last = line.pop()
        if text := last.text.rstrip(" "):
            line.append(last._replace(text=text))
    return line


def written(runs: Sequence[Run], link: Callable[[str], str], kept: Callable[[], None]) -> str:
    """Squeezed runs as Markdown; `kept` is called for each mark that stays HTML."""
    return _written(runs, link, kept, linked=False)


def _written(runs: Sequence[Run], link: Callable[[str], str], kept: Callable[[], None], linked: bool) -> str:
    line, position = "", 0
    while position < len(runs):
        run = runs[position]
        if not run.marks:
            line = _joined(line, run.text if run.written else escaped(run.text, linked))
            position += 1
            continue
        mark, end = _longest(runs, position)
        inner = [one._replace(marks=one.marks - {mark}) for one in runs[position:end]]
        if mark[0] == "code":
            line = _joined(line, _code("".join(one.text for one in inner), line))
        else:
            text = _written(inner, link, kept, linked or mark[0] == "a")
            line = _marked(line, mark, text, inner, link, kept)
        position = end
    return line


def _longest(runs: Sequence[Run], start: int) -> tuple[Mark, int]:
    """The mark that goes on furthest from here, and where it ends."""
    best: tuple[Mark, int] | None = None
    for mark in sorted(runs[start].marks, key=_rank):
        end = start + 1
        while end < len(runs) and mark in runs[end].marks:
            end += 1
        if best is None or end > best[1]:
            best = mark, end
    assert best  # noqa: S101 - it is called for a run with marks
    return best


def _rank(mark: Mark) -> tuple[int, Mark]:
    return (_ORDER.index(mark[0]) if mark[0] in _ORDER else len(_ORDER), mark)


def _marked(
    line: str, mark: Mark, text: str, inner: Sequence[Run], link: Callable[[str], str], kept: Callable[[], None]
) -> str:
    """The line with a marked text after it; blanks go outside, where Markdown wants them."""
    core = text.strip()
    if not core:
        return line + text
    lead, trail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    line += lead
    tag, value = mark
    if tag == "a":
        address = link(value)
        if not address:
            return f"{line}{core}{trail}"
        plain = inner[0].text.strip() if len(inner) == 1 and not inner[0].written and not inner[0].marks else ""
        if plain == address and _WHOLE_ADDRESS.fullmatch(address):
            return f"{line}<{address}>{trail}"
        return _joined(line, f"[{core}]({quoted(address)})") + trail
    sign = {"strong": "**", "em": "*"}.get(tag)
    if sign and "\n" not in core and not line.endswith("*") and not _touches(core, sign):
        return f"{line}{sign}{core}{sign}{trail}"
    kept()
    return f"{line}<{tag}{value}>{core}</{tag}>{trail}"


def _touches(core: str, sign: str) -> bool:
    """Whether stars of this text would run into those around it; a text that is bold and italic as a whole may."""
    stars = core.startswith("*") or (core.endswith("*") and not core.endswith("\\*"))
    other = "*" if sign == "**" else "**"
    whole = core.startswith(other) and core.endswith(other) and "*" not in core[len(other) : -len(other)]
    return stars and not whole


def _joined(line: str, more: str) -> str:
    """Two pieces that do not make a third: a mark of exclamation before a link would show a picture."""
    if more.startswith("[") and line.endswith("!") and not line.endswith("\\!"):
        return f"{line[:-1]}&#33;{more}"
    return line + more


def _code(text: str, line: str) -> str:
    """A piece of code; as HTML where backticks would not do."""
    core = text.strip()
    if not core:
        return text
    lead, trail = " " * text.startswith(" "), " " * text.endswith(" ")
    if "`" in core or line.endswith("`") or "<" in core or core.endswith("\\"):
        inside = _SIGN.sub(lambda found: f"&#{ord(found[0])};", core)
        return f"{lead}<code>{inside}</code>{trail}"
    return f"{lead}`{core}`{trail}"
