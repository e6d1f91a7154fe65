"""The rendered texts of all published entries: from the cache where they are as they were, else from all cores."""

import pickle
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import filterfalse
from pathlib import Path

from chautari.cache import Cache, Step, code, digest
from chautari.entry import Entry
from chautari.library import Library
from chautari.markdown import Body, Renderer, judge_addresses, judge_anchors
from chautari.pictures import is_picture
from chautari.pool import spread
from chautari.problems import Problem
from chautari.site import Site, relative_url
from chautari.timing import TEXTS, timed

_WORTH_A_POOL = 64
"""From so many texts on, two processes render them sooner than one."""


class Bodies:
    """Every text of the published entries as HTML: their bodies, and the fields that are written in Markdown."""

    @timed(TEXTS)
    def __init__(self, library: Library, renderer: Renderer, cache: Cache, site: Site, content: Path) -> None:
        self.site, self.content = site, content
        self.by_path = render_all(library.published, renderer, cache)
        self.rich = {
            (entry.path, text): renderer.render(entry, text)
            for entry in library.published
            for text in entry.rich_texts()
        }
        self.texts = [(entry, self.by_path[entry.path]) for entry in library.published]
        for (path, _), body in self.rich.items():
            if owner := library.at(path):
                self.texts.append((owner, body))

    @timed("Judging")
    def problems(self) -> list[Problem]:
        """What is wrong in the texts, and with their links to places in each other."""
        own = [problem for _, body in self.texts for problem in body.problems]
        return own + list(judge_anchors(self.texts, self.by_path))

    @timed("Judging")
    def strays(self, known: Callable[[str], bool]) -> list[Problem]:
        """Links written as an address of the site that nothing answers; `known` tells of one without its slash."""
        return list(judge_addresses(self.texts, known))

    def teaser(self, entry: Entry) -> str:
        """What a list says of an entry: its summary, else the beginning of its text."""
        body = self.by_path.get(entry.path)
        return entry.summary or (body.teaser if body else "")

    def minutes(self, entry: Entry) -> int:
        """How long an entry's text takes to read."""
        body = self.by_path.get(entry.path)
        return body.minutes if body else 0

    def whole(self, entry: Entry) -> str:
        """A body for readers elsewhere: every link is a whole address."""
        return self.by_path[entry.path].placed(self.site.absolute(""), self.site.absolute(entry.url))

    def files(self, entry: Entry) -> list[tuple[str, int]]:
        """The documents that are published with an entry as they are: path from content/, and size in bytes."""
        named = dict.fromkeys((*(entry.beside(file) for _, file in entry.documents()), *self._shown[entry.path]))
        paths = {name: self.content / name for name in named}
        return [(name, path.stat().st_size) for name, path in paths.items() if path.is_file()]

    @cached_property
    def _shown(self) -> dict[str, list[str]]:
        shown: dict[str, list[str]] = defaultdict(list)
        for entry, body in self.texts:
            shown[entry.path] += filterfalse(is_picture, body.files)
        return shown

    def rich_text(self, entry: Entry) -> Callable[[str], str]:
        """Turns another text of an entry (the background of a training, a vision) into HTML for its page."""

        def html(text: str) -> str:
            return self.rich[entry.path, text].placed(relative_url(entry.url, ""))

        return html


def render_all(entries: Sequence[Entry], renderer: Renderer, cache: Cache) -> dict[str, Body]:
    """The body of each entry, by its path.

    A body is as it was if its text is, and if the library still gives the answers that its links and acronyms got. One
    with problems is never remembered, so that it is reported each time.
    """
    step = cache.step("bodies", code(), renderer.dialect)
    marks = {entry.path: digest(entry.path, entry.body) for entry in entries}
    bodies = {entry.path: body for entry in entries if (body := _remembered(step, entry, marks[entry.path], renderer))}
    missing = [entry for entry in entries if entry.path not in bodies]
    for entry, body in zip(missing, spread(renderer.render_each, missing, _WORTH_A_POOL, TEXTS), strict=True):
        bodies[entry.path] = body
        if not body.problems:
            step.put(entry.path, marks[entry.path], pickle.dumps(body, pickle.HIGHEST_PROTOCOL))
    cache.save(step, [path for path, body in bodies.items() if not body.problems])
    return bodies


def _remembered(step: Step, entry: Entry, mark: str, renderer: Renderer) -> Body | None:
    record = step.get(entry.path, mark)
    if record is None:
        return None
    body: Body = pickle.loads(record)  # noqa: S301 - from our own cache
    return body if renderer.still_holds(entry, body) else None
