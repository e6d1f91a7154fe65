"""The indicators of each initiative as a table (CSV, RFC 4180): what its page shows, to calculate with."""

from collections.abc import Iterator
from functools import partial
from typing import TypeAlias

from chautari.artifact import Artifact, Texts
from chautari.content.initiatives import Initiative
from chautari.indicators import Indicator
from chautari.library import Library
from chautari.site import Site
from chautari.tables import csv_file, harmless

HEAD = ("indicator", "unit", "kind", "date", "value", "source")
Row: TypeAlias = tuple[str | float, ...]


def artifacts(library: Library, site: Site, texts: Texts) -> Iterator[Artifact]:
    """A file beside the page of each initiative that measures something, in each of its languages."""
    for entry in library.published:
        if isinstance(entry, Initiative) and entry.indicators and entry.status != "withdrawn":
            rows = (HEAD, *(row for indicator in entry.indicators for row in table(indicator)))
            yield Artifact(entry.table, partial(csv_file, rows), rows)


def table(indicator: Indicator) -> Iterator[Row]:
    """The baseline, every value, the target."""
    head = harmless(indicator.name), harmless(indicator.unit or "")
    if level := indicator.baseline:
        yield *head, "baseline", level.when, _figure(level.value), harmless(level.source or "")
    for measured in indicator.values:
        yield *head, "value", str(measured.date), _figure(measured.value), harmless(measured.source)
    if level := indicator.target:
        yield *head, "target", level.when, _figure(level.value), harmless(level.source or "")


def _figure(value: float) -> int | float:
    """A whole number without a point, as it was written."""
    return int(value) if value.is_integer() else value
