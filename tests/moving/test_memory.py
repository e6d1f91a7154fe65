"""What a move holds of each entry at once, so that an export of any size moves in on a small machine."""

import pathlib
import tracemalloc
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from chautari.moving.items import Item
from chautari.moving.page import write_page
from chautari.moving.report import as_json
from tests.hub import make_hub, make_site
from tests.moving.exports import HOST, Export, item, move_in

WORDS = "Weavers meet again. " * 250
MOST = 4_500
"""Bytes for each entry: its place, and what the report says of it; less than its text, which is not to be held. It takes
2,400 to 3,000, because tables grow by leaps."""
ROW = 400
"""Bytes for each row of the report: less than its elements would take."""


@dataclass
class Blog:
    """Long posts, each made when it is asked for, with a picture that is missing."""

    posts: int

    def __iter__(self) -> Iterator[Item]:
        for number in range(self.posts):
            picture = f'<img src="http://{HOST}/{number}.jpg">'
            yield item(number=number, slug=f"text-{number}", html=f"<p>{WORDS}</p>{picture}", labels=("Nepal", "Odd"))


def held(root: Path, posts: int) -> tuple[int, int]:
    """The bytes that are held when all texts are through, and the most that the report takes while it is written."""
    make_hub(root, {})
    sizes: list[int] = []

    def weigh(done: int, total: int) -> None:
        if done == total - 1:
            snapshot = tracemalloc.take_snapshot()
            # The table of all words that Python keeps once grows by leaps; paths put theirs into it, and take them out.
            kept = snapshot.filter_traces([tracemalloc.Filter(False, pathlib.__file__)])
            sizes.append(sum(each.size for each in kept.statistics("filename")))

    tracemalloc.start()
    try:
        report = move_in(root, Export(Blog(posts)), weigh)
        before, _ = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        with (root / "report.html").open("wb") as file:
            write_page(report, make_site(), file)
        for _ in as_json(report):
            pass
        return sizes[0], tracemalloc.get_traced_memory()[1] - before
    finally:
        tracemalloc.stop()


def test_neither_texts_nor_rows_of_the_report_are_held(tmp_path: Path) -> None:
    held(tmp_path / "warm", 1)  # modules and tables that are loaded once
    (few, rows_of_few), (many, rows_of_many) = held(tmp_path / "few", 20), held(tmp_path / "many", 100)
    assert (many - few) / 80 < MOST
    assert (rows_of_many - rows_of_few) / 80 < ROW
