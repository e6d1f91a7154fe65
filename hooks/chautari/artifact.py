"""A file of the site that is not a page, as an output makes it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Artifact:
    """One file: its address from the site's root, and how its bytes are made.

    `shows` is all that the bytes are made of; as long as it is the same, they are not made again.
    """

    url: str
    content: Callable[[], bytes]
    shows: tuple[Any, ...]
