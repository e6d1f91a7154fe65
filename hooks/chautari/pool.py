"""Work spread over the machine's cores by forked processes, which need nothing handed to them but their share."""

import multiprocessing
import os
import threading
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_PARTS_PER_CORE = 4
_work: Callable[[Sequence[Any]], list[Any]]


def spread(work: Callable[[Sequence[T]], list[R]], items: Sequence[T], at_least: int) -> list[R]:
    """`work(items)`, done in parts at the same time; the results in the order of the items.

    Few items (fewer than `at_least`), one core, a system without fork or a process with threads: done here and now.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    forks = "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1
    if len(items) < at_least or cores < 2 or not forks:
        return work(items)
    global _work  # handed down by the fork itself: what it closes over need not be pickled
    _work = work
    size = -(-len(items) // (cores * _PARTS_PER_CORE))
    parts = [items[start : start + size] for start in range(0, len(items), size)]
    with multiprocessing.get_context("fork").Pool(cores) as pool:
        return [result for part in pool.map(_do, parts, chunksize=1) for result in part]


def _do(part: Sequence[Any]) -> list[Any]:
    return _work(part)
