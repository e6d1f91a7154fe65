"""A file of the site that is not a page, as an output makes it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Artifact:
    """One file: its address from the site's root and its bytes."""

    url: str
    content: bytes
