"""What the page of one type shows of other things, beside what the pages of all types do.

The page's template is handed these by name, and its fingerprint holds them: nobody has to remember both.
"""

from functools import singledispatch
from typing import Any

from chautari.content.trainings import Training
from chautari.entry import Entry
from chautari.library import Library
from chautari.paths import path_of


@singledispatch
def particulars(entry: Entry, library: Library) -> dict[str, Any]:
    """Nothing, for most types."""
    return {}


@particulars.register
def _(training: Training, library: Library) -> dict[str, Any]:
    return {"path": path_of(training, library)}
