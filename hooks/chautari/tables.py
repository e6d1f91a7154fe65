"""Tables as files (CSV, RFC 4180), which people open in a spreadsheet."""

import csv
import io
from collections.abc import Iterable

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_file(rows: Iterable[Iterable[str | int | float]]) -> bytes:
    """A table's bytes, with a byte order mark, without which Excel reads Bengali as Latin letters."""
    table = io.StringIO()
    csv.writer(table).writerows(rows)
    return table.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula (OWASP, CSV injection)."""
    return f"'{text}" if text.startswith(FORMULA) else text
