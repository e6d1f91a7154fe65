"""Work spread over the machine's cores by forked processes, which need nothing handed to them but their share."""

import gc
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
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


def streamed(
    work: Callable[[Sequence[T]], list[R]],
    items: Sequence[T],
    at_least: int,
    stage: str,
    meanwhile: Callable[[], object] = lambda: None,
) -> Iterator[R]:
    """The same, but each part of the results when it is done. While other processes do it, this one does `meanwhile`:
    something that would else be done when somebody asks for it.

    Few items (fewer than `at_least`), one core, a system without fork or a process with threads: done here and now.
    `stage` says what it is, to who waits and to who measures.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    forks = "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1
    here = len(items) < at_least or cores < 2 or not forks
    size = -(-len(items) // (cores * _PARTS_PER_CORE)) or 1
    parts = [slice(start, start + size) for start in range(0, len(items), size)]

    def work_on(part: slice) -> list[R]:
        return work(items[part])

    with timing.timed(stage, len(items)), waiting(stage) as told:
        made = map(work_on, parts) if here else _forked(work_on, parts, cores, meanwhile)
        for number, results in enumerate(made, 1):
            yield from results
            told(number, len(parts))


def _forked(
    work: Callable[[slice], list[R]], parts: Sequence[slice], cores: int, meanwhile: Callable[[], object]
) -> Iterator[list[R]]:
    global _work  # handed down by the fork itself with all that it closes over: nothing is copied but what it gives
    _work = work
    gc.freeze()  # a process that looked for garbage in what was handed down would copy it
    with multiprocessing.get_context("fork").Pool(cores, timing.noted) as pool:
        results = pool.imap(_do, parts)
        meanwhile()
        for made, single in results:
            timing.note(single)
            yield made


def _do(part: slice) -> tuple[list[Any], timing.Single]:
    return _work(part), timing.noted()
