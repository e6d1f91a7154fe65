"""Work spread over the machine's cores by forked processes, which need nothing handed to them but their share."""

import gc
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.pool import Pool
from typing import Any, TypeVar

from chautari import timing
from chautari.waiting import waiting

T = TypeVar("T")
R = TypeVar("R")

_PARTS_PER_CORE = 16
"""Who waits sees a bar move when a part is done."""
_work: Callable[[slice], list[Any]]


def spread(work: Callable[[Sequence[T]], list[R]], items: Sequence[T], at_least: int, stage: str) -> list[R]:
    """`work(items)`, done in parts at the same time; the results in the order of the items."""
    return list(streamed(work, items, at_least, stage))


def streamed(work: Callable[[Sequence[T]], list[R]], items: Sequence[T], at_least: int, stage: str) -> Iterator[R]:
    """The same, but each part of the results when it is done. Other processes begin at once, before anybody asks for
    the first.

    Few items (fewer than `at_least`), one core, a system without fork or a process with threads: done here, when they
    are asked for. `stage` says what it is, to who waits and to who measures.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    forks = "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1
    here = len(items) < at_least or cores < 2 or not forks
    size = -(-len(items) // (cores * _PARTS_PER_CORE)) or 1
    parts = [slice(start, start + size) for start in range(0, len(items), size)]

    def work_on(part: slice) -> list[R]:
        return work(items[part])

    made = map(work_on, parts) if here else _forked(work_on, parts, cores)
    return _with_progress(made, len(parts), len(items), stage)


def _with_progress(made: Iterator[list[R]], parts: int, count: int, stage: str) -> Iterator[R]:
    with timing.timed(stage, count), waiting(stage) as told:
        for number, results in enumerate(made, 1):
            yield from results
            told(number, parts)


def _forked(work: Callable[[slice], list[R]], parts: Sequence[slice], cores: int) -> Iterator[list[R]]:
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


def _do(part: slice) -> tuple[list[Any], timing.Single]:
    return _work(part), timing.noted()
