"""Small exports for tests."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from chautari.content import collections
from chautari.library import CONTENT
from chautari.loading import load
from chautari.moving import items
from chautari.moving.items import Blog, Copy, Item, Skipped
from chautari.moving.keeping import untouched
from chautari.moving.move import Progress, Wishes, move
from chautari.moving.report import Report
from tests.hub import make_site

KATHMANDU = ZoneInfo("Asia/Kathmandu")
HOST = "oldblog.example"
BLOG = Blog("The old blog", (HOST, "oldblog.blogspot.com"), "Asia/Kathmandu", "en")


@dataclass
class Export:
    """An export that is there already; `copies` are the pictures in it by address."""

    things: Iterable[Item | Skipped]
    blog: Blog = BLOG
    copies: dict[str, bytes] = field(default_factory=dict)

    def items(self) -> Iterator[Item | Skipped]:
        yield from self.things

    def copy(self, address: str) -> Copy | None:
        content = self.copies.get(address)
        return Copy(address.rpartition("/")[2], content) if content else None


def item(kind: str = "post", number: int = 1, **more: Any) -> Item:
    """A live item with all that it needs."""
    published = more.pop("published", dt.datetime(2019, 6, 20, 14, 30, tzinfo=KATHMANDU))
    slug = more.pop("slug", f"text-{number}")
    place = f"/p/{slug}.html" if kind == "page" else f"/{published:%Y/%m}/{slug}.html" if published else ""
    usual: dict[str, Any] = {
        "id": f"tag:blogger.com,1999:blog-77.post-{number}",
        "state": "live",
        "title": f"Text {number}",
        "html": f"<p>These are the words of number {number}.</p>",
        "published": published,
        "address": "" if kind == "comment" else place,
    }
    return Item(kind, **{**usual, **more})  # type: ignore[arg-type]  # a kind by its word


def move_in(root: Path, export: items.Export, progress: Progress = lambda done, total: None, **wishes: Any) -> Report:
    """Moves an export into the hub at `root`, as the command does."""
    site = make_site()
    library = load(root, collections(), site, None, untouched(root / CONTENT))
    usual = {"source": "export.xml", "shelf": root / ".cache" / "moving"}
    return move(export, library, site, root, Wishes(**{**usual, **wishes}), progress=progress)
