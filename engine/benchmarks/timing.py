"""Times jobs side by side: in turn, several rounds, the best of each, so that a busy moment burdens none alone."""

import time
from collections.abc import Callable, Mapping

Job = Callable[[], object]


def best(jobs: Mapping[str, Job], rounds: int = 3) -> dict[str, float]:
    """Seconds of the best round of each job; one round before them is not counted."""
    seconds = dict.fromkeys(jobs, float("inf"))
    for number in range(rounds + 1):
        for name, job in jobs.items():
            taken = once(job)
            if number:
                seconds[name] = min(seconds[name], taken)
    return seconds


def once(job: Job) -> float:
    start = time.perf_counter()
    job()
    return time.perf_counter() - start
