"""Many series as one flat array and its offsets, worked on in blocks that fit the cache, on both cores."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from plotthedots.constants import Flags, Floats
from plotthedots.segments import Segments
from plotthedots.threads import cores as cores

# Threads hand the interpreter's lock over at every step, so that large blocks run better side by side; a block's
# temporaries are some 25 times 8 bytes a row, and must stay a small share of the whole (make bench).
SMALLEST_BLOCK, LARGEST_BLOCK = 1 << 15, 1 << 18
BLOCKS = 16


@dataclass(frozen=True, slots=True)
class Batch:
    """Series in date order, one after another; each phase of a series is a stretch of its own.

    `value` is nan where missing; `counted` marks rows from which limits may be computed (None: all),
    `ghost` rows that are shown but not judged (None: none), `centre` a known centre line in plotted units.
    """

    phases: Segments
    value: Floats
    numerator: Floats | None = None
    denominator: Floats | None = None
    size: Floats | None = None
    spread: Floats | None = None
    counted: Flags | None = None
    ghost: Flags | None = None
    centre: Floats | None = None

    @property
    def exposure(self) -> Floats:
        """The denominators of a family that needs them."""
        assert self.denominator is not None
        return self.denominator

    def keeping(self, kept: Flags, phases: Segments) -> "Batch":
        """The rows marked, as a batch with these phases."""
        columns = {
            name: getattr(self, name)
            for name in ("numerator", "denominator", "size", "spread", "counted", "ghost", "centre")
        }
        there = {name: column[kept] for name, column in columns.items() if column is not None}
        return Batch(phases=phases, value=self.value[kept], **there)

    def cut(self, first: int, last: int) -> tuple["Batch", slice, slice]:
        """The phases first … last-1 as a batch of their own, the rows they stand on, and the phases themselves."""
        starts, lengths = self.phases.starts, self.phases.lengths
        begin, end = int(starts[first]), int(starts[last - 1] + lengths[last - 1])
        rows = slice(begin, end)

        def part(column: Floats | None) -> Floats | None:
            return None if column is None else column[rows]

        cut = Batch(
            Segments(starts[first:last] - begin, lengths[first:last]),
            self.value[rows],
            part(self.numerator),
            part(self.denominator),
            part(self.size),
            part(self.spread),
            None if self.counted is None else self.counted[rows],
            None if self.ghost is None else self.ghost[rows],
            part(self.centre),
        )
        return cut, rows, slice(first, last)


def rows_per_block(rows: int) -> int:
    """About a sixteenth of all rows, within what is good for caches and threads."""
    return min(max(rows // BLOCKS, SMALLEST_BLOCK), LARGEST_BLOCK)


def blocks(phases: Segments, rows: int) -> Iterator[tuple[int, int]]:
    """Ranges of whole phases with about `rows` rows each."""
    ends = phases.starts + phases.lengths
    first, count = 0, len(ends)
    while first < count:
        last = int(np.searchsorted(ends, phases.starts[first] + rows, side="right"))
        last = max(last, first + 1)
        yield first, last
        first = last


def _keep_freed_memory() -> None:
    """Have the C library keep what a block frees for the next one.

    glibc gives large blocks back to the system at once, and taking them again costs more than the arithmetic; after
    a larger one was freed it keeps those below that size (mallopt(3), M_MMAP_THRESHOLD, dynamic). Elsewhere this
    does nothing.
    """
    np.empty(12 * LARGEST_BLOCK)


def in_blocks(batch: Batch, work: Callable[[Batch, slice, slice], None], *, threads: int | None = None) -> None:
    """Call `work` on each block; NumPy lets go of the interpreter's lock, so threads run side by side."""
    ranges = list(blocks(batch.phases, rows_per_block(len(batch.value))))
    if len(ranges) > 1:
        _keep_freed_memory()
    threads = min(threads or cores(), len(ranges))
    # Errors of arithmetic (0 of 0, none of none) end as missing numbers, which the callers look for.
    if threads <= 1:
        with np.errstate(all="ignore"):
            for first, last in ranges:
                work(*batch.cut(first, last))
        return

    def one(worker: int) -> None:
        with np.errstate(all="ignore"):
            for first, last in ranges[worker::threads]:
                work(*batch.cut(first, last))

    with ThreadPoolExecutor(threads) as pool:
        for _ in pool.map(one, range(threads)):
            pass
