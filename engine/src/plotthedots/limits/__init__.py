"""Lines of each chart family: the centre and, `k` sigma from it, the limits. One family, one file."""

from collections.abc import Callable
from dataclasses import dataclass

from plotthedots.batch import Batch
from plotthedots.limits import counts, individuals, proportions, rare, runs, subgroups
from plotthedots.limits.lines import Lines, Sigma

__all__ = ["FAMILIES", "Family", "Lines", "Sigma"]


@dataclass(frozen=True, slots=True)
class Family:
    """What a chart needs and what bounds its lines, in plotted units before `multiply`."""

    lines: Callable[[Batch, Sigma], Lines]
    lowest: float | None = None
    highest: float | None = None
    denominator: str = "refused"  # "needed", "allowed" (the ratio is plotted) or "refused"
    subgroups: bool = False
    counts: bool = False  # a negative value is an error
    positive: bool = False  # a value of 0 or less is an error
    judged_by_runs: bool = True
    level: bool = False  # lines are level within a phase, whatever the denominators


FAMILIES: dict[str, Family] = {
    "xmr": Family(individuals.xmr, denominator="allowed", level=True),
    "mr": Family(individuals.mr, lowest=0.0, judged_by_runs=False, level=True),
    "iprime": Family(individuals.iprime, denominator="needed"),
    "run": Family(runs.run, denominator="allowed", level=True),
    "p": Family(proportions.p, 0.0, 1.0, denominator="needed", counts=True),
    "pprime": Family(proportions.pprime, 0.0, 1.0, denominator="needed", counts=True),
    "u": Family(counts.u, 0.0, denominator="needed", counts=True),
    "uprime": Family(counts.uprime, 0.0, denominator="needed", counts=True),
    "c": Family(counts.c, 0.0, counts=True, level=True),
    "g": Family(rare.g, 0.0, counts=True, level=True),
    "t": Family(rare.t, 0.0, positive=True, level=True),
    "xbar": Family(subgroups.xbar, subgroups=True),
    "s": Family(subgroups.s, 0.0, subgroups=True),
}
