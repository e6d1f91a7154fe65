"""What is wrong with the content, where, and how to mend it.

A mistake in the content is never an exception on its own: whoever reads or judges collects
`Problem` objects, so that an editor sees all of them at once. Only when everything has been
judged does `ContentError` carry them to the edge, where the command line or MkDocs prints them.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from rapidfuzz import fuzz, process, utils


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One finding: where (path from the project's root; line from 1, or 0), what is wrong, and what to do."""

    path: str
    line: int
    field: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        text = f"{place}: {self.field}: {self.message}" if self.field else f"{place}: {self.message}"
        return f"{text}\n  {self.hint}" if self.hint else text


class ContentError(Exception):
    """All problems of a reading, sorted by place; the only exception that a mistake in the content raises."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


def nearest(word: str, known: Iterable[str]) -> str:
    """The nearest known word; empty when none is near."""
    # Sorted, so that of two equally near words the same one is named in every run.
    near = process.extractOne(word, sorted(known), scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=70)
    return near[0] if near else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A question naming the nearest known word, or nothing when none is near."""
    near = nearest(word, known)
    return f"Did you mean {near}?" if near else ""


def as_text(problems: Sequence[Problem]) -> str:
    """The problems as an editor reads them on a terminal, one paragraph each, with a count at the end."""
    count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
    return "\n".join([*map(str, problems), f"{count} found."])


def as_json(problems: Sequence[Problem]) -> str:
    """The problems as a JSON array of objects with path, line, field, message and hint."""
    return json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=2)


def as_github(problems: Sequence[Problem]) -> str:
    """The problems as GitHub workflow commands, which annotate the lines of a pull request.

    Format and escapes: GitHub Docs, "Workflow commands for GitHub Actions", `::error file=…,line=…,title=…::message`.
    """

    def message(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def parameter(text: str) -> str:
        return message(text).replace(":", "%3A").replace(",", "%2C")

    return "\n".join(
        f"::error file={parameter(problem.path)},line={problem.line or 1},title={parameter(problem.field or 'content')}"
        f"::{message(f'{problem.message} {problem.hint}'.strip())}"
        for problem in problems
    )
