"""What an importer reads out of an export, before anything is made of it."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

from chautari.geography import Point

Kind: TypeAlias = Literal["post", "page", "comment"]
State: TypeAlias = Literal["live", "draft", "scheduled", "trashed", "spam", "pending"]


@dataclass(frozen=True, slots=True)
class Blog:
    """What an export says of the whole; each may be unknown. `hosts` are its own: what they serve is a link within."""

    title: str = ""
    hosts: tuple[str, ...] = ()
    zone: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A post, a page or a comment as it stood there.

    `id` is the one that subscribers' programs know (atom:id, RSS guid); `address` the path that it had on its host,
    with the slash before it, empty where it never had one; `parent` the id of the post that a comment answers.
    `published` is in the blog's own zone.
    """

    kind: Kind
    id: str
    state: State
    title: str = ""
    html: str = ""
    published: dt.datetime | None = None
    updated: dt.datetime | None = None
    address: str = ""
    labels: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    summary: str = ""
    place: str = ""
    point: Point | None = None
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """What was read and is nothing that a hub can hold: a setting, a template, a form that somebody sent in."""

    what: str
    reason: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Copy:
    """A picture that came with the export."""

    name: str
    content: bytes


class Export(Protocol):
    """An export that can be walked more than once, so that nobody has to hold all of it.

    Its maker raises `ContentError` for what is no export, or a broken or hostile one.
    """

    blog: Blog

    def items(self) -> Iterator[Item | Skipped]:
        """Everything in it, in its own order."""

    def copy(self, address: str) -> Copy | None:
        """The picture that stood at an address, where the export holds it; in the largest size that it holds."""
