"""Who is to be given a credential: a private table (CSV, RFC 4180) as people save it from a spreadsheet.

Every row is judged before anything is said, so that an editor mends the table in one go.
"""

import csv
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

from pydantic import TypeAdapter, ValidationError

from chautari.dates import Day
from chautari.problems import ContentError, Problem, did_you_mean
from chautari.values import Language, Mail

COLUMNS = ("name", "email", "consent", "language")
_NEEDED = COLUMNS[:3]
_ALSO = {"e-mail": "email", "mail": "email", "e-mail address": "email", "email address": "email"}
_CONSENT_HINT = "Write `no`, or `yes` with the day on which the person agreed: yes 2026-11-18."
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")

Wrong: TypeAlias = Callable[[str, str, str], None]
"""Takes down what is wrong in a cell: column, message, hint."""


@dataclass(frozen=True)
class Recipient:
    """One row. `name` and `email` are private; `consent` is the day on which the name may be shown since."""

    line: int
    name: str
    email: str
    consent: date | None
    language: str


def read_recipients(path: Path, today: date) -> list[Recipient]:
    """Everybody in the table. Raises `ContentError` with all that is wrong in it."""
    rows = list(_rows(_text(path), str(path)))
    problems: list[Problem] = []
    recipients = [_recipient(line, row, str(path), today, problems) for line, row in rows]
    first: dict[str, int] = {}
    for each in recipients:
        if each.email and (line := first.setdefault(each.email, each.line)) != each.line:
            hint = "One person gets one award: take one of the two rows out."
            problems.append(Problem(str(path), each.line, "email", f"{each.email!r} stands in row {line} too", hint))
    if not rows:
        problems.append(Problem(str(path), 0, "", "names nobody", "Write one row for each person below the columns."))
    if problems:
        raise ContentError(problems)
    return recipients


def _text(path: Path) -> str:
    """The table's text, in the encodings in which spreadsheets save all letters."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise _unreadable(path, 0, f"cannot be read: {error.strerror}", "Check its name.") from error
    try:
        text = raw.decode("utf-16" if raw.startswith(_UTF_16) else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        hint = "Save it from the spreadsheet as `CSV UTF-8`: names would lose their letters otherwise."
        raise _unreadable(path, line, "is not UTF-8 text", hint) from error
    if not text.strip():
        raise _unreadable(path, 0, "is empty", f"Its first row names the columns: {', '.join(_NEEDED)}.")
    if "\0" in text:
        raise _unreadable(path, 0, "is no table of text", "Save it from the spreadsheet as `CSV UTF-8`.")
    return unicodedata.normalize("NFC", text)


def _unreadable(path: Path, line: int, message: str, hint: str) -> ContentError:
    return ContentError([Problem(str(path), line, "", message, hint)])


def _rows(text: str, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row that holds anything, with its line, as values by column."""
    lines = text.splitlines(keepends=True)
    # Spreadsheets put between columns what the country of their user is used to.
    separator = max(",;\t", key=lines[0].count)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    try:
        columns = _columns(next(reader), name)
        for row in reader:
            if any(cell.strip() for cell in row):
                if len(row) > len(columns) and any(cell.strip() for cell in row[len(columns) :]):
                    hint = "Put a text that holds the separator into quotation marks."
                    raise ContentError([Problem(name, reader.line_num, "", "has more cells than columns", hint)])
                cells = [" ".join(cell.split()) for cell in row] + [""] * len(columns)
                yield reader.line_num, dict(zip(columns, cells, strict=False))
    except csv.Error as error:
        hint = 'A quotation mark inside a text is written twice: "".'
        raise ContentError([Problem(name, reader.line_num, "", f"cannot be read as a row ({error})", hint)]) from error


def _columns(row: list[str], name: str) -> list[str]:
    """The names of the columns, in the order of the table."""
    found = [" ".join(cell.split()).casefold() for cell in row]
    while found and not found[-1]:  # spreadsheets save columns that were only ever touched
        found.pop()
    columns = [_ALSO.get(column, column) for column in found]
    if not set(columns) & set(COLUMNS):
        raise ContentError([Problem(name, 1, "", "does not name the columns", _which())])
    problems = [
        Problem(name, 1, "", f"{column!r} is not a column here", did_you_mean(column, COLUMNS) or _which())
        for column in columns
        if column not in COLUMNS
    ]
    problems += [
        Problem(name, 1, "", f"the column {needed!r} is missing", _which())
        for needed in _NEEDED
        if needed not in columns
    ]
    problems += [
        Problem(name, 1, "", f"the column {column!r} stands there twice", "Take one out.")
        for column in set(columns)
        if columns.count(column) > 1
    ]
    if problems:
        raise ContentError(problems)
    return columns


def _which() -> str:
    return f"The columns are: {', '.join(COLUMNS)}. The last may be left out."


def _recipient(line: int, row: Mapping[str, str], path: str, today: date, problems: list[Problem]) -> Recipient:
    """One row, judged; what is wrong is added to the problems."""

    def wrong(field: str, message: str, hint: str) -> None:
        problems.append(Problem(path, line, field, message, hint))

    if not row["name"]:
        wrong("name", "is missing", "Without it nobody knows to whom to send the link.")
    elif any(unicodedata.category(sign) == "Cc" for sign in row["name"]):
        wrong("name", "holds an invisible character", "Type the name anew.")
    if not row["email"]:
        wrong("email", "is missing", "An award is tied to an e-mail address, or nobody could prove that it is theirs.")
    email = row["email"] and _judged(Mail, row["email"].lower(), "email", wrong)
    language = row.get("language") and _judged(Language, row["language"], "language", wrong)
    return Recipient(line, row["name"], email or "", _consent(row["consent"], today, wrong), language or "")


def _judged(kind: Any, value: str, field: str, wrong: Wrong) -> Any:
    """A cell by the rules that hold for such a value everywhere in the hub; None where it breaks them."""
    try:
        return TypeAdapter(kind).validate_python(value)
    except ValidationError as error:
        context = error.errors()[0]["ctx"]
        wrong(field, context["message"], context["hint"])
        return None


def _consent(value: str, today: date, wrong: Wrong) -> date | None:
    """The day of a consent; None for a No. What is neither is never taken for a Yes."""
    answer, _, given = value.partition(" ")
    if answer.casefold() == "no" and not given:
        return None
    if answer.casefold() != "yes" or not given:
        wrong("consent", f"{value!r} is neither `no` nor `yes` with a day", _CONSENT_HINT)
        return None
    day: date | None = _judged(Day, given, "consent", wrong)
    if day and day > today:
        wrong("consent", f"{given!r} has not come yet", _CONSENT_HINT)
    return day
