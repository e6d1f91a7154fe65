"""A file of the site that is not a page, as an output makes it, and what it may be made of beside the library."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from chautari.entry import Entry


@dataclass(frozen=True)
class Artifact:
    """One file: its address from the site's root, and how its bytes are made.

    `shows` is all that the bytes are made of; as long as it is the same, they are not made again. `texts` are the
    entries whose whole texts, and the files that go with them, are in it.
    """

    url: str
    content: Callable[[], bytes]
    shows: tuple[Any, ...]
    texts: tuple[Entry, ...] = ()


class Texts(Protocol):
    """The rendered texts of all entries, as outputs may ask for them."""

    def whole(self, entry: Entry) -> str:
        """The HTML of a body, with whole addresses."""

    def teaser(self, entry: Entry) -> str:
        """What a list says of an entry, as plain text."""

    def files(self, entry: Entry) -> Sequence[tuple[str, int]]:
        """The documents published with an entry: path from content/, and size in bytes."""
