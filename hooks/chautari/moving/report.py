"""What came along, what did not, and what needs an editor's eye: as data, to be read by people or by programs."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from difflib import unified_diff

from chautari.moving.items import Item
from chautari.moving.keeping import Fate

SETTLED = ("markup", "place", "editor")
"""What notes may be about that ask nothing of an editor: it is so on purpose, and is told."""


@dataclass(frozen=True, slots=True)
class Note:
    """One loss or doubt: what it is about (title, date, link, picture …), and a sentence."""

    about: str
    words: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What an editor has changed in a file since the last import, and what this import would have changed."""

    file: str
    by_editor: tuple[str, ...]
    by_import: tuple[str, ...]


@dataclass(slots=True)
class Line:
    """One post or page: where it was, where it is, what became of it, and what to look at."""

    kind: str
    state: str
    title: str
    before: str = ""
    file: str = ""
    after: str = ""
    outcome: str = ""
    notes: list[Note] = field(default_factory=list)
    comments: int = 0

    @property
    def doubts(self) -> list[Note]:
        """What an editor should look at."""
        return [note for note in self.notes if note.about not in SETTLED]

    @property
    def settled(self) -> list[Note]:
        """What is so on purpose."""
        return [note for note in self.notes if note.about in SETTLED]

    def note(self, about: str, words: str) -> None:
        """Adds a loss or a doubt, each once."""
        if words and (new := Note(about, words)) not in self.notes:
            self.notes.append(new)


@dataclass(frozen=True, slots=True)
class LabelLine:
    """A label of the old site, how many live entries bear it, and what it means here."""

    label: str
    count: int
    meaning: str
    unmapped: bool = False
    suggestion: str = ""


@dataclass
class Report:
    """All of it. `read` counts what the export holds by kind and state; `skipped` what no hub can hold, by reason.

    `changed` tells whether anything in content/ is another than before.
    """

    source: str
    host: str = ""
    read: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    lines: list[Line] = field(default_factory=list)
    labels: list[LabelLine] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    pictures: int = 0
    missing_pictures: list[str] = field(default_factory=list)
    comments: int = 0
    dry_run: bool = False
    changed: bool = False

    def count(self, item: Item) -> None:
        """Notes that an item was read."""
        self.read[f"{item.kind}, {item.state}"] += 1

    @property
    def outcomes(self) -> Counter[str]:
        """How many entries were new, renewed, the same …"""
        return Counter(line.outcome for line in self.lines)

    @property
    def adds_up(self) -> bool:
        """Whether everything that was read is accounted for."""
        return self.read.total() == len(self.lines) + self.comments + self.skipped.total()

    @property
    def doubtful(self) -> list[Line]:
        """The entries that an editor should look at."""
        return [line for line in self.lines if line.doubts]


OUTCOMES = {
    Fate.new: "new",
    Fate.renewed: "renewed: nobody had changed it since the last import",
    Fate.same: "as it was",
    Fate.edited: "left as editors made it",
    Fate.conflict: "left as editors made it, though the import would bring something else: see the differences",
    Fate.deleted: "left deleted",
    "kept": "left alone: an entry was there already, or an editor has moved it",
}
"""What may become of an entry, for people."""


def difference(file: str, base: bytes | None, present: bytes | None, new: bytes) -> Difference:
    """The three ways of a file: what it was when it was imported, what editors made of it, what it would be now."""
    before, after, again = (text.decode("utf-8", "replace").splitlines() for text in (base or b"", present or b"", new))
    return Difference(file, _changes(before, after), _changes(before, again))


def _changes(one: Iterable[str], other: Iterable[str]) -> tuple[str, ...]:
    changes = unified_diff(list(one), list(other), lineterm="", n=2)
    return tuple(line for line in changes if not line.startswith(("---", "+++")))


def as_json(report: Report) -> Iterator[str]:
    """The report for programs, piece by piece: that of a large blog is long."""
    data = vars(report) | {"outcomes": report.outcomes, "adds_up": report.adds_up}
    yield from json.JSONEncoder(ensure_ascii=False, indent=2, sort_keys=True, default=asdict).iterencode(data)
    yield "\n"
