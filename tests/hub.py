"""Small hubs for tests: a folder with the vocabularies of tests/site and whatever files a test wants."""

import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from chautari.bodies import Bodies
from chautari.cache import Cache
from chautari.content import collections
from chautari.entry import Entry
from chautari.library import CONTENT, Library
from chautari.loading import load
from chautari.markdown import Renderer
from chautari.site import Settings, Site

SITE = Path(__file__).parent / "site"
NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)

File = str | bytes | Mapping[str, str]
"""A file's text or bytes, or {"encoding": …, "text": …} where it is not plain UTF-8."""


def make_hub(folder: Path, files: Mapping[str, File]) -> Path:
    """A hub in `folder`: an mkdocs.yml, the usual vocabularies, and these files over them."""
    shutil.copytree(SITE / "content" / "vocabularies", folder / "content" / "vocabularies", dirs_exist_ok=True)
    write(folder, {"mkdocs.yml": "site_name: Hub\n", **files})
    return folder


def write(folder: Path, files: Mapping[str, File]) -> None:
    """Writes files below a folder, bytes as they are said to be."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, str | bytes):
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        else:
            path.write_bytes(content["text"].encode(content["encoding"]))


def make_site(now: datetime = NOW, **more: Any) -> Site:
    """A site at a moment that no test has to guess."""
    return Site("Hub", "https://hub.example.org/sub/", now, **{"settings": Settings(), **more})


def make_library(folder: Path, files: Mapping[str, File], site: Site | None = None) -> Library:
    """The library of a small hub with these files."""
    return load(make_hub(folder, files), collections(), site or make_site())


def make_texts(library: Library, folder: Path, site: Site | None = None) -> Bodies:
    """The rendered texts of the hub in `folder`, in plain Markdown."""
    return Bodies(library, Renderer(library, [], {}), Cache(), site or make_site(), folder / CONTENT)


class NoTexts:
    """The rendered texts of a hub where nobody has written any."""

    def whole(self, entry: Entry) -> str:
        return ""

    def teaser(self, entry: Entry) -> str:
        return ""

    def files(self, entry: Entry) -> list[tuple[str, int]]:
        return []


NO_TEXTS = NoTexts()
"""What an output is handed that asks for no text."""


def post(*fields: str, title: str = "A title", date: str = "2019-06-20", body: str = "Text.\n") -> str:
    """The text of a post with these lines in its front matter."""
    return "\n".join(["---", f"title: {title}", f"date: {date}", *fields, "---", body])


def partner(*fields: str, name: str = "A partner", body: str = "") -> str:
    """The text of a partner with these lines in its front matter."""
    return "\n".join(["---", f"name: {name}", "kind: Trade union", "countries: Nepal", *fields, "---", body])


def training(*fields: str, title: str = "A training", body: str = "") -> str:
    """The text of a training with these lines in its front matter."""
    head = ["---", f"title: {title}", "kind: Course", "objectives: [Learn]", "mode: online"]
    return "\n".join([*head, *fields, "---", body])


def event(*fields: str, title: str = "An event", start: str = "2026-05-01 10:00", body: str = "") -> str:
    """The text of an event in Dhaka with these lines in its front matter."""
    head = ["---", f"title: {title}", f"start: {start}", "timezone: Asia/Dhaka", "mode: online"]
    return "\n".join([*head, *fields, "---", body])
