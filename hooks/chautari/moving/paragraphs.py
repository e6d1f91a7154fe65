"""Paragraphs out of runs of text: Blogger's editor has written them with line breaks for years."""

from collections.abc import Iterable, Iterator

from chautari.moving.lines import BREAK, Run, squeezed


def parted(runs: Iterable[Run]) -> Iterator[list[list[Run]]]:
    """Paragraphs of lines of runs; empty lines part them, and a picture at their ends is one of its own."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        if run is BREAK:
            lines.append([])
        else:
            lines[-1].append(run)
    paragraph: list[list[Run]] = []
    for line in [*map(squeezed, lines), []]:
        front, middle, back = _pictures_apart(line)
        if paragraph and (front or not middle):
            yield paragraph
            paragraph = []
        yield from ([[one]] for one in front)
        if middle:
            paragraph.append(middle)
        if back:
            yield from ([paragraph] if paragraph else [])
            paragraph = []
            yield from ([[one]] for one in back)


def _pictures_apart(line: list[Run]) -> tuple[list[Run], list[Run], list[Run]]:
    """The pictures before a line's text, the text, and those after it."""
    texts = [place for place, run in enumerate(line) if not run.picture and run.text.strip()]
    if not texts:
        return [run for run in line if run.picture], [], []
    first, last = texts[0], texts[-1] + 1
    front, back = ([run for run in some if run.picture] for some in (line[:first], line[last:]))
    return front, squeezed(line[first:last]), back
