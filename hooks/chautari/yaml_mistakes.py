"""What libyaml says of a text that it cannot read, as a line and advice that an editor can follow."""

import re

import yaml

from chautari.problems import Problem

QUOTE = "Put the whole text into quotation marks."

_BEHIND_QUOTE = re.compile(r""":\s+("[^"]*"|'[^']*')\s*\S""")
_BEHIND_BRACKET = re.compile(r":\s+\[[^\]]*\]\s*[^\s#]")
_COLON = re.compile(r":(\s|$)")

# What libyaml says, as a part of its message, and what an editor can do with it.
_MISTAKES = (
    ("mapping values are not allowed", "a colon followed by a space stands inside a text", QUOTE),
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
    ("undefined alias", "a text may not begin with an asterisk", QUOTE),
    ("alphabetic or numeric character", "a text may not begin with * or &", QUOTE),
    ("while scanning an alias", "a text may not begin with an asterisk", QUOTE),
    ("while scanning an anchor", "a text may not begin with &", QUOTE),
    ("while scanning a tag", "a text may not begin with !", QUOTE),
    ("while scanning a directive", "a text may not begin with %", QUOTE),
    ("block scalar", "a text may not begin with | or > followed by words", QUOTE),
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


def _advice(said: str) -> tuple[str, str]:
    """What is wrong and what to do, for what libyaml says."""
    known = ((what, do) for part, what, do in _MISTAKES if part in said)
    return next(known, (f"cannot be understood ({said.strip()})", QUOTE))


def explained(error: yaml.MarkedYAMLError, head: str, name: str, first_line: int) -> Problem:
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
        message, hint = "a text may not begin with [", QUOTE
    if "“" in lines[line] or "”" in lines[line]:
        hint += ' Quotation marks that count are straight: ".'
    if "cannot start any token" in said and mark:
        sign = lines[line][mark.column :][:1]
        if sign == "\t":
            message, hint = "this line is indented with a tab", "Use spaces instead of the tab."
        else:
            message, hint = f"a text may not begin with {sign}", QUOTE
    return Problem(name, first_line + line, "", message, hint)
