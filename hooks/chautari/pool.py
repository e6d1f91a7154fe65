"""Work spread over the machine's cores by forked processes, which need nothing handed to them but their share."""

import gc
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from multiprocessing.pool import Pool
from typing import Any, TypeVar

from chautari import timing
from chautari.waiting import waiting

T = TypeVar("T")
R = TypeVar("R")

_PARTS_PER_CORE = 16
"""Who waits sees a bar move when a part is done."""
_LARGEST_PART = 250
"""With larger ones, one core would wait long for the other's last, and their results would fill the memory."""
_work: Callable[[list[int]], list[Any]]


def _each(item: object) -> bool:
    return True


def spread(
    work: Callable[[Sequence[T]], list[R]],
    items: Sequence[T],
    at_least: int,
    stage: str,
    wanted: Callable[[T], bool] = _each,
) -> list[R]:
    """`work(items)`, done in parts at the same time; the results in the order of the items."""
    return list(streamed(work, items, at_least, stage, wanted))


def streamed(
    work: Callable[[Sequence[T]], list[R]],
    items: Sequence[T],
    at_least: int,
    stage: str,
    wanted: Callable[[T], bool] = _each,
) -> Iterator[R]:
    """The same, but each part of the results when it is done. Other processes begin at once, before anybody asks for
    the first.

    Only what is `wanted` of the items is worked on. This process is asked for that, while others work on what was found
    before. Few items (fewer than `at_least`), one core, a system without fork or a process with threads: done here,
    when they are asked for. `stage` says what it is, to who waits and to who measures.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    forks = "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1
    size = min(-(-len(items) // (cores * _PARTS_PER_CORE)), _LARGEST_PART) or 1
    starts = range(0, len(items), size)

    def found() -> Iterator[list[int]]:
        for start in starts:
            places = [place for place in range(start, min(start + size, len(items))) if wanted(items[place])]
            timing.count(stage, len(places))
            yield places

    def work_on(places: list[int]) -> list[R]:
        return work([items[place] for place in places])

    parts = found()
    first = _first(parts, at_least)
    here = sum(map(len, first)) < at_least or cores < 2 or not forks
    made = (map if here else partial(_forked, cores))(work_on, chain(first, parts))
    return _with_progress(made, len(starts), stage)


def _first(parts: Iterator[list[int]], enough: int) -> list[list[int]]:
    """So many parts that there is enough in them, or all."""
    first: list[list[int]] = []
    while sum(map(len, first)) < enough and (part := next(parts, None)) is not None:
        first.append(part)
    return first


def _with_progress(made: Iterator[list[R]], parts: int, stage: str) -> Iterator[R]:
    with timing.timed(stage), waiting(stage) as told:
        for number, results in enumerate(made, 1):
            yield from results
            told(number, parts)


def _forked(cores: int, work: Callable[[list[int]], list[R]], parts: Iterable[list[int]]) -> Iterator[list[R]]:
    global _work  # handed down by the fork itself with all that it closes over: nothing is copied but what it gives
    _work = work
    gc.freeze()  # a process that looked for garbage in what was handed down would copy it
    pool = multiprocessing.get_context("fork").Pool(cores, timing.noted)
    return _collected(pool, pool.imap(_do, parts))


def _collected(pool: Pool, results: Iterator[tuple[list[R], timing.Single]]) -> Iterator[list[R]]:
    with pool:
        for made, single in results:
            timing.note(single)
            yield made


def _do(part: list[int]) -> tuple[list[Any], timing.Single]:
    return _work(part), timing.noted()
