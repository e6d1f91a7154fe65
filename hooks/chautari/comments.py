"""What readers wrote below the entries of an old blog, shown where the hub's settings ask for it. Nobody adds to it."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from chautari.problems import Problem

ENDING = ".comments.json"
"""The comments on x.md stand beside it in x.comments.json: a list of objects with author, date (ISO 8601) and text."""


class Comment(NamedTuple):
    """What one reader wrote; plain text, a line for each line."""

    author: str
    date: dt.datetime | None
    text: str


Comments = Mapping[str, tuple[Comment, ...]]
"""Comments by the path of the entry that they are on, from the project's root."""


def read_comments(root: Path, folders: Iterable[str]) -> tuple[Comments, list[Problem]]:
    """All comments in these folders of the project, the oldest first, and what is wrong in their files."""
    found: dict[str, tuple[Comment, ...]] = {}
    problems: list[Problem] = []
    for path in sorted(path for folder in folders for path in (root / folder).rglob(f"*{ENDING}")):
        name = path.relative_to(root).as_posix()
        try:
            found[f"{name.removesuffix(ENDING)}.md"] = tuple(map(_comment, json.loads(path.read_bytes())))
        except json.JSONDecodeError as error:
            hint = "Take a comment out from its { to its }, with the comma behind it."
            problems.append(Problem(name, error.lineno, "", f"is not JSON: {error.msg}", hint))
        except (KeyError, TypeError, ValueError):
            hint = "Each has an author, a date such as 2019-06-20T14:30:00+05:45, and a text."
            problems.append(Problem(name, 0, "", "is not a list of comments", hint))
    return found, problems


def _comment(data: dict[str, Any]) -> Comment:
    date = dt.datetime.fromisoformat(data["date"]) if data["date"] else None
    return Comment(str(data["author"]), date, str(data["text"]))
