"""What a text must hold for a regular expression to match it, so that most need not be tried on most texts.

Search engines call it a literal prefilter (Cox 2012, "Regular Expression Matching with a Trigram Index"): a match of
`<([^<>]*)>` holds a `<`, and to look for one character is some fifty times faster than to try an expression. What is
needed is derived from the parsed expression, and where nothing can be derived, nothing is: no match is ever missed.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product

# Python's own reading of expressions. It has no public name; hypothesis derives its examples from it, too.
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

_MOST = 8
"""Of so many strings at most one is looked for; more cost what they save."""
_MOST_CASES = 4
_EVERYDAY = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,'")
_TELLING = 3
"""From so many on, everyday signs tell one text from another."""
_BEYOND_ASCII = frozenset("iksIKS")
"""Letters that other signs are a case of (a dotless i, the kelvin, a long s): expressions that ignore case know."""


def needed(expression: object) -> tuple[str, ...]:
    """Strings of which every text that the expression matches holds one; none if it may match any text."""
    if not isinstance(expression, re.Pattern) or not isinstance(expression.pattern, str):
        return ()
    strings = _rarest(_clauses(_parser.parse(expression.pattern, expression.flags), expression.flags))
    return tuple(sorted(each for each in strings if not any(other in each for other in strings - {each})))


class Prefiltered:
    """A regular expression that is tried only where it can match; in all else it is the expression itself."""

    def __init__(self, expression: re.Pattern[str], strings: Sequence[str]) -> None:
        self.expression, self.strings = expression, strings

    def __getattr__(self, name: str) -> Any:
        return getattr(self.expression, name)

    def search(self, text: str, *span: int) -> re.Match[str] | None:
        for string in self.strings:
            if string in text:
                return self.expression.search(text, *span)
        return None

    def match(self, text: str, *span: int) -> re.Match[str] | None:
        for string in self.strings:
            if string in text:
                return self.expression.match(text, *span)
        return None

    def sub(self, replacement: str | Callable[[re.Match[str]], str], text: str, count: int = 0) -> str:
        for string in self.strings:
            if string in text:
                return self.expression.sub(replacement, text, count)
        return str(text)  # as `re` gives back a string of a class of its own, too


def _rarest(clauses: Iterable[frozenset[str]]) -> frozenset[str]:
    """The fewest strings, and the longest of them: few texts hold one, and it is soon known."""
    return min(
        clauses, key=lambda strings: (len(strings), -min(map(len, strings)), sorted(strings)), default=frozenset()
    )


def _clauses(sequence: Iterable[tuple[Any, Any]], flags: int) -> Iterator[frozenset[str]]:
    """Sets of strings, from each of which any match holds at least one."""
    signs: list[frozenset[str]] = []
    for op, value in sequence:
        if more := _signs(op, value, flags):
            signs += more
            continue
        yield from _spelt(signs)
        signs = []
        yield from _clauses_within(op, value, flags)
    yield from _spelt(signs)


def _clauses_within(op: Any, value: Any, flags: int) -> Iterator[frozenset[str]]:
    """Those of a group, of what must occur once, of what is looked ahead for, and of all branches together."""
    if op is ops.SUBPATTERN:
        _, more, fewer, inner = value
        yield from _clauses(inner, (flags | more) & ~fewer)
    elif op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT) and value[0]:
        yield from _clauses(value[2], flags)
    elif op is ops.ATOMIC_GROUP:
        yield from _clauses(value, flags)
    elif op is ops.ASSERT:
        yield from _clauses(value[1], flags)
    elif op is ops.BRANCH:
        branches = [_rarest(_clauses(branch, flags)) for branch in value[1]]
        if all(branches) and len(strings := frozenset[str]().union(*branches)) <= _MOST:
            yield strings


def _signs(op: Any, value: Any, flags: int) -> list[frozenset[str]]:
    """What may stand at each place, if it is one sign, one of several, or a fixed number of them."""
    if op is ops.LITERAL:
        return [signs] if (signs := _cases(chr(value), flags)) else []
    if op is ops.IN and all(kind is ops.LITERAL for kind, _ in value):
        cases = [_cases(chr(each), flags) for _, each in value]
        return [frozenset[str]().union(*cases)] if all(cases) else []
    if op is ops.MAX_REPEAT and value[0] == value[1] and len(value[2]) == 1:
        ((inner, repeated),) = value[2]
        return _signs(inner, repeated, flags) * int(value[0])
    return []


def _cases(sign: str, flags: int) -> frozenset[str]:
    """A sign in all cases that the expression takes for it; none where they are not known."""
    if not flags & re.IGNORECASE:
        return frozenset(sign)
    return frozenset((sign.lower(), sign.upper())) if sign.isascii() and sign not in _BEYOND_ASCII else frozenset()


def _spelt(signs: Sequence[frozenset[str]]) -> Iterator[frozenset[str]]:
    """The strings that these signs spell, or the last of them if they are many; none that most texts hold."""
    strings = frozenset([""])
    for each in reversed(signs):
        if len(strings) * len(each) > _MOST_CASES:
            break
        strings = frozenset(map("".join, product(each, strings)))
    if all(len(each) >= _TELLING or not _EVERYDAY.issuperset(each) for each in strings):
        yield strings
