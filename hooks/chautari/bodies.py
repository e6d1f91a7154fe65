"""The rendered texts of all published entries: from the cache where they are as they were, else from all cores."""

import pickle
from collections.abc import Sequence

from chautari.cache import Cache, Step, code, digest
from chautari.entry import Entry
from chautari.markdown import Body, Renderer
from chautari.pool import spread

_WORTH_A_POOL = 64
"""From so many texts on, two processes render them sooner than one."""


def render_all(entries: Sequence[Entry], renderer: Renderer, cache: Cache) -> dict[str, Body]:
    """The body of each entry, by its path.

    A body is as it was if its text is, and if the library still gives the answers that its links got. One with problems
    is never remembered, so that it is reported each time.
    """
    step = cache.step("bodies", code(), renderer.dialect)
    marks = {entry.path: digest(entry.path, entry.body) for entry in entries}
    bodies = {entry.path: body for entry in entries if (body := _remembered(step, entry, marks[entry.path], renderer))}
    missing = [entry for entry in entries if entry.path not in bodies]
    for entry, body in zip(missing, spread(renderer.render_each, missing, _WORTH_A_POOL), strict=True):
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
    still = all(renderer.answer(entry, asked) == given for asked, given in body.answers)
    return body if still else None
