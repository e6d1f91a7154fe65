"""How many pages a PDF has."""

import logging
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject

_UNREADABLE = (PyPdfError, OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError,
               NotImplementedError)  # fmt: skip
"""What pypdf raises at a file that is broken, or locked with a password."""
# It tells of every blemish that readers' programs pass over.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def pages(path: Path) -> int:
    """How many pages a PDF has; 0 where it is broken or locked: readers' programs may open it all the same.

    The root of the tree of pages holds their number (ISO 32000-1, 7.7.3.2); they need not be walked.
    """
    try:
        with path.open("rb") as file:
            tree = PdfReader(file).root_object["/Pages"]
            count = tree["/Count"] if isinstance(tree, DictionaryObject) else 0
            return max(0, count) if isinstance(count, int) else 0
    except _UNREADABLE:
        return 0
