"""Jobs side by side: NumPy and Arrow let go of the interpreter's lock while they work."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import TypeVar

Made = TypeVar("Made")

FEW = 1 << 16  # rows below which handing work out costs more than it saves


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def side_by_side(jobs: Sequence[Callable[[], Made]], rows: int) -> list[Made]:
    """What each job gives, in order; worked on by all cores where the rows are not few."""
    threads = min(cores(), len(jobs)) if rows >= FEW else 1
    if threads <= 1:
        return [job() for job in jobs]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(lambda job: job(), jobs))


def shares(rows: int) -> list[slice]:
    """All rows in equal ranges, one a core; in one range where they are few."""
    count = cores() if rows >= FEW else 1
    cuts = [rows * number // count for number in range(count + 1)]
    return [slice(first, last) for first, last in pairwise(cuts)]
