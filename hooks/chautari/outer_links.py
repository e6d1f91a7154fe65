"""The links that lead out of the hub, and whether they still answered when somebody asked last.

A build asks nobody: `chautari links` does (asking.py) and leaves what it heard in content/links.json.
"""

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from chautari.entry import Entry
from chautari.problems import Problem

RECORD = "content/links.json"

# An address may hold brackets in pairs (Wikipedia's do); what follows it in a sentence is none of it.
_ADDRESS = re.compile(r"""https?://(?:[^\s<>"'`|\\^{}\[\]()]+|\([^\s<>()]*\))+""")
_AFTER = ".,;:!?*_"
_GONE = frozenset({404, 410})
_SERVER_FAULT = 500
_HOLDS = dt.timedelta(days=365)
"""For how long a link that has answered is taken to answer."""


@dataclass(frozen=True, slots=True)
class Check:
    """What an address answered: a status (RFC 9110, section 15), or in words why there was no answer."""

    checked: dt.date
    answer: int | str

    @property
    def is_broken(self) -> bool:
        """Whether nothing is there; many hosts refuse programs (403, 429) what they show to people."""
        return isinstance(self.answer, str) or self.answer in _GONE or self.answer >= _SERVER_FAULT

    def is_due(self, today: dt.date) -> bool:
        """Whether somebody should ask again."""
        return today - self.checked > _HOLDS


Checks = Mapping[str, Check]
_RECORD = TypeAdapter(dict[str, Check])


def outer_links(entry: Entry) -> Iterator[str]:
    """The addresses of other sites that an entry names in its fields or in its text, each once."""
    texts = (text for text in (entry.source.head, entry.body) if "://" in text)
    yield from dict.fromkeys(match[0].rstrip(_AFTER) for text in texts for match in _ADDRESS.finditer(text))


def read_checks(root: Path) -> tuple[Checks, list[Problem]]:
    """What was heard last of each address, and what is wrong with the record; nothing where nobody has asked yet."""
    path = root / RECORD
    if not path.is_file():
        return {}, []
    try:
        return _RECORD.validate_json(path.read_bytes()), []
    except ValidationError:
        hint = "Delete the file, and run `chautari links` to make it anew."
        return {}, [Problem(RECORD, 0, "", "is not as `chautari links` writes it", hint)]


def as_record(checks: Checks) -> str:
    """The text of the record, sorted, one address a line: a change shows as such."""
    lines = (f"{json.dumps(address)}: {json.dumps(_plain(checks[address]))}" for address in sorted(checks))
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _plain(check: Check) -> dict[str, Any]:
    return {"checked": check.checked.isoformat(), "answer": check.answer}
