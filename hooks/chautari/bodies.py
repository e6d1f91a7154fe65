"""The rendered texts of all published entries: from the cache where they are as they were, else from all cores."""

import pickle
from collections.abc import Callable, Collection, Sequence
from dataclasses import fields
from functools import cached_property, partial
from itertools import filterfalse
from operator import attrgetter
from pathlib import Path
from posixpath import isfile
from typing import TypeVar

from chautari.cache import Cache, Shelf, Step, code, digest, digest_of
from chautari.entry import Entry
from chautari.library import Library
from chautari.linking import placed_text
from chautari.markdown import Body, Gist, Renderer, judge_anchors
from chautari.pictures import is_picture
from chautari.pool import streamed
from chautari.problems import Problem
from chautari.site import Site, relative_url
from chautari.timing import TEXTS, timed

K = TypeVar("K")
V = TypeVar("V", bound=Gist)

HTML = "html"
"""The step in which the cache remembers it."""
_WORTH_A_POOL = 64
"""From so many texts on, two processes render them sooner than one."""

_FIELDS = [field.name for field in fields(Gist)]
_values = attrgetter(*_FIELDS)
"""What is packed of a body: a dataclass would do so field by field, and take three times as long."""


class Rendered(dict[K, V]):
    """Texts by their names, each rendered when it is asked for."""

    def __init__(self, render: Callable[[K], V]) -> None:
        super().__init__()
        self._render = render

    def __missing__(self, key: K) -> V:
        text = self[key] = self._render(key)
        return text


class Bodies:
    """Every text of the published entries as HTML: their bodies, and the fields that are written in Markdown.

    A text is rendered, or fetched from the cache, when somebody asks for it; `prepare` does so with all at once. What
    is known of a text stays in memory, its HTML does not: that of all takes more than everything else together.
    """

    def __init__(self, library: Library, renderer: Renderer, cache: Cache, site: Site, content: Path) -> None:
        self.library, self.renderer, self.cache, self.site, self.content = library, renderer, cache, site, content
        self.shelf = Shelf(HTML, cache)
        self.by_path: dict[str, Gist] = Rendered(self._gist)
        self.rich: dict[tuple[str, str], Body] = Rendered(self._rich)
        self._marks: dict[str, str] = {}

    @cached_property
    def _rendering(self) -> Callable[[], dict[str, Gist]]:
        return rendering(self.library.published, self.renderer, self.cache, self.shelf)

    @timed(TEXTS)
    def begin(self) -> None:
        """Has other processes render what the cache lacks, while this one goes on: see `prepare`."""
        _ = self._rendering

    @timed(TEXTS)
    def prepare(self) -> None:
        """Renders what the cache lacks, on all cores, and remembers it."""
        self.by_path.update(self._rendering())

    def _gist(self, path: str) -> Gist:
        entry = self._entry(path)
        record = _step(self.renderer, self.cache).peek(path, _mark(entry))
        return _fitting(entry, record, self.renderer) or self._rendered(entry).gist

    def _rendered(self, entry: Entry) -> Body:
        body = self.renderer.render(entry)
        self.shelf.put(entry.path, body.mark, body.html.encode())
        return body

    def html(self, entry: Entry) -> str:
        """The body of an entry, with `ROOT` before links within the hub."""
        record = self.shelf.get(entry.path, self.by_path[entry.path].mark)
        return self._rendered(entry).html if record is None else record.decode()

    def _rich(self, key: tuple[str, str]) -> Body:
        path, text = key
        return self.renderer.render(self._entry(path), text)

    def _entry(self, path: str) -> Entry:
        entry = self.library.at(path)
        if entry is None:
            raise KeyError(path)
        return entry

    def of(self, entry: Entry) -> list[Gist]:
        """All texts of an entry, its body first."""
        return [self.by_path[entry.path], *(self.rich[entry.path, text] for text in entry.rich_texts())]

    def all(self) -> list[tuple[Entry, Gist]]:
        """Every text with its entry."""
        return [(entry, body) for entry in self.library.published for body in self.of(entry)]

    @timed("Judging")
    def problems(self, texts: Sequence[tuple[Entry, Gist]]) -> list[Problem]:
        """What is wrong in texts, and with their links to places in others."""
        own = [problem for _, body in texts for problem in body.problems]
        return own + list(judge_anchors(texts, self.anchors))

    def anchors(self, path: str) -> Collection[str] | None:
        """The places in an entry to which links may lead; None for one that has no page."""
        entry = self.library.at(path)
        return self.by_path[path].anchors if entry and self.library.has_page(entry) else None

    def mark(self, entry: Entry) -> str:
        """What tells the body of an entry, and the documents that go with it, from others."""
        if entry.path not in self._marks:
            self._marks[entry.path] = digest(self.by_path[entry.path].mark, self.files(entry))
        return self._marks[entry.path]

    def teaser(self, entry: Entry) -> str:
        """What a list says of an entry: its summary, else the beginning of its text."""
        return entry.summary or (self.by_path[entry.path].teaser if self.library.has_page(entry) else "")

    def minutes(self, entry: Entry) -> int:
        """How long an entry's text takes to read."""
        return self.by_path[entry.path].minutes if self.library.has_page(entry) else 0

    def whole(self, entry: Entry) -> str:
        """A body for readers elsewhere: every link is a whole address."""
        return placed_text(self.html(entry), self.site.absolute(""), self.site.absolute(entry.url))

    def files(self, entry: Entry) -> list[tuple[str, int]]:
        """The documents that are published with an entry as they are: path from content/, and size in bytes."""
        shown = (file for body in self.of(entry) for file in filterfalse(is_picture, body.files))
        named = dict.fromkeys((*(entry.beside(file) for _, file in entry.documents()), *shown))
        paths = {name: self.content / name for name in named}
        return [(name, path.stat().st_size) for name, path in paths.items() if isfile(path)]

    def rich_text(self, entry: Entry) -> Callable[[str], str]:
        """Turns another text of an entry (the background of a training, a vision) into HTML for its page."""

        def html(text: str) -> str:
            return self.rich[entry.path, text].placed(relative_url(entry.url, ""))

        return html


def rendering(
    entries: Sequence[Entry], renderer: Renderer, cache: Cache, shelf: Shelf
) -> Callable[[], dict[str, Gist]]:
    """Begins to render bodies. What it gives is called to have them: what is known of each, by the path of its entry.
    The HTML goes onto the shelf.

    A body is as it was if its text is, and if the library still gives the answers that its links and acronyms got. One
    with problems is never remembered, so that it is reported each time.
    """
    step = _step(renderer, cache)
    marks = {entry.path: _mark(entry) for entry in entries}
    gists = {
        entry.path: gist
        for entry in entries
        if (gist := _fitting(entry, step.get(entry.path, marks[entry.path]), renderer))
    }
    missing = [entry for entry in entries if entry.path not in gists]
    packed = streamed(partial(_packed, renderer), missing, _WORTH_A_POOL, TEXTS)

    def rendered() -> dict[str, Gist]:
        for entry, (record, html) in zip(missing, packed, strict=True):
            gist = gists[entry.path] = _unpacked(record)
            shelf.put(entry.path, gist.mark, html)
            if not gist.problems:
                step.put(entry.path, marks[entry.path], record)
        shelf.save(gists.keys())
        cache.save(step, [path for path, gist in gists.items() if not gist.problems])
        return gists

    return rendered


def _packed(renderer: Renderer, entries: Sequence[Entry]) -> list[tuple[bytes, bytes]]:
    """What is known of each body, and its HTML, as the cache keeps them: so they are not packed twice on their way."""
    bodies = renderer.render_each(entries)
    return [(pickle.dumps(_values(body), pickle.HIGHEST_PROTOCOL), body.html.encode()) for body in bodies]


def _unpacked(record: bytes) -> Gist:
    values = pickle.loads(record)  # noqa: S301 - from our own cache, or just packed
    return Gist(**dict(zip(_FIELDS, values, strict=True)))


def _step(renderer: Renderer, cache: Cache) -> Step:
    return cache.step("bodies", code(), renderer.dialect)


def _mark(entry: Entry) -> str:
    return digest_of(entry.body.encode())


def _fitting(entry: Entry, record: bytes | None, renderer: Renderer) -> Gist | None:
    """What is remembered of a body, if the library still gives the answers that it got."""
    if record is None:
        return None
    gist = _unpacked(record)
    return gist if renderer.still_holds(entry, gist) else None
