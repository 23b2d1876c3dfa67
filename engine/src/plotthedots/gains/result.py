"""What `gains` gives back: tables in the caller's type of frame, survival, charts."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa

from plotthedots import frame as frames
from plotthedots import svg
from plotthedots.constants import Flags, Floats, Whole
from plotthedots.errors import BadInput
from plotthedots.gains import ahead, counting, dating, drawing, lasting, telling, words
from plotthedots.gains.cards import GainCard, cards
from plotthedots.gains.claims import NEVER
from plotthedots.gains.judge import LOST, SLIPPING, STATUSES, UNWATCHED, Judged
from plotthedots.gains.standing import Standing
from plotthedots.gains.survival import LogRank, log_rank

HISTORY = ("gain", "date", "status", "retained", "retained_lower", "retained_upper", "centre", "lower", "upper")
SUMMARY = (
    "gain", "status", "since", "signalled_on", "established_on", "slipped_on", "lost_on", "before", "after", "size",
    "size_lower", "size_upper", "n_before", "retained", "retained_lower", "retained_upper", "placebo", "placebos",
    "advice", "sentence",
)  # fmt: skip


class Gains:
    """Claims of improvement, judged by the data.

    `history` has a row per claim and observation since, `summary` a row per claim, in the order given; both in the
    type of frame that came in. `gains` are their names. `horizons` are the periods of `chance_of_slipping_…`.
    """

    def __init__(self, judged: Judged, horizons: tuple[int, ...]) -> None:
        self._judged = judged
        self._standing = Standing(judged)
        self._horizons = horizons
        self.gains: list[str] = list(judged.claims.gain)
        self.said: list[str] = [*judged.panel.prepared.table.said, *judged.claims.table.said]

    @cached_property
    def history(self) -> Any:
        """A row per claim and observation since, by claim and date."""
        judged = self._judged
        claim, column = np.nonzero(judged.status >= 0)
        shares = [self._standing.of_watched(part, claim, column) for part in judged.retained]
        centre, lower, upper = self._standing.lines
        columns = self._keys(claim) | {
            "gain": self._names(claim),
            "date": self._standing.dates(self._standing.moments[claim, column]),
            "status": _coded(judged.status[claim, column]),
            "retained": shares[0],
            "retained_lower": shares[1],
            "retained_upper": shares[2],
            "centre": centre[claim, column],
            "lower": lower[claim, column],
            "upper": upper[claim, column],
        }
        return frames.like(judged.panel.prepared.table, columns)

    @cached_property
    def summary(self) -> Any:
        """A row per claim, in the order given."""
        now, every = self._standing.now, np.arange(len(self.gains))
        columns = self._keys(every) | {
            "gain": self._names(every),
            "status": _coded(now.status),
            "since": self._standing.dates(now.since),
            "signalled_on": self._standing.dates(now.signalled),
            "established_on": self._standing.dates(now.established),
            "slipped_on": self._standing.dates(now.slipped),
            "lost_on": self._standing.dates(now.lost),
            "before": now.before,
            "after": now.after,
            "size": now.size,
            "size_lower": now.size_lower,
            "size_upper": now.size_upper,
            "n_before": self._judged.windows.n_before.astype(np.int64),
            "retained": now.retained[0],
            "retained_lower": now.retained[1],
            "retained_upper": now.retained[2],
            "placebo": now.as_strong,
            "placebos": now.placebos,
        }
        for horizon, (chance, _) in zip(self._horizons, self._chances, strict=True):
            columns[f"chance_of_slipping_{horizon}"] = chance
        columns["advice"] = pa.array([";".join(codes) for codes in self._advice], pa.string())
        sentences = [telling.sentence(self._standing, claim) for claim in range(len(self.gains))]
        columns["sentence"] = pa.array(sentences, pa.string())
        return frames.like(self._judged.panel.prepared.table, columns)

    def sentence(self, gain: str) -> str:
        """What there is to say of a claim."""
        return telling.sentence(self._standing, self._position(gain))

    def advice(self, gain: str) -> list[str]:
        """What a reader should know before trusting what is said of a claim, in sentences."""
        return [words.ADVICE[code] for code in self._advice[self._position(gain)]]

    def dated(self, gain: str) -> tuple[Any, Any, Any] | None:
        """When the level changed, as the values have it: first, likeliest and last date of a 95 % interval.

        None where there are too few values to tell.
        """
        position = self._position(gain)
        windows, panel = self._judged.windows, self._judged.panel
        if not windows.usable[position]:
            return None
        # What came after it slipped would blur the date.
        slipped = np.isin(self._judged.status[position], (SLIPPING, LOST))
        known = slice(0, windows.before + (int(slipped.argmax()) if slipped.any() else len(slipped)))
        values, noise = windows.values[position, known], windows.noise[position, known]
        probability, first = dating.dates(values, noise, windows.before)
        if not len(probability):
            return None
        series, prepared = int(self._judged.claims.series[position]), panel.prepared
        rows = prepared.stretches.series
        own = slice(int(rows.starts[series]), int(rows.starts[series] + rows.lengths[series]))
        wanted = (
            int(self._judged.claimed.place[position]) - windows.before + first + np.array(dating.interval(probability))
        )
        moments = prepared.moments[own][np.searchsorted(panel.number[own], wanted)]
        first_date, likeliest, last_date = self._standing.dates(moments).to_pylist()
        return first_date, likeliest, last_date

    def survival(self, by: str | None = None) -> Any:
        """How long gains last: a row per time of a loss, by group; months since establishment.

        `by` names one of the conditions, as it was at entry. The curve starts where five gains are at risk.
        """
        label, group = lasting.groups(self._standing, by)
        rows: dict[str, list[Any]] = {name: [] for name in ("time", "at_risk", "events", "survival", "lower", "upper")}
        owner = []
        for position in range(len(label)):
            curve = lasting.curve(self._lives, group == position)
            if curve is None:
                continue
            owner += [position] * len(curve.time)
            for name in rows:
                rows[name].append(getattr(curve, name))
        made: dict[str, Any] = {} if by is None else {by: label.take(pa.array(owner, pa.int64()))}
        for name, parts in rows.items():
            kind = np.int64 if name in ("at_risk", "events") else np.float64
            made[name] = np.concatenate(parts).astype(kind) if parts else np.empty(0, kind)
        return frames.like(self._judged.panel.prepared.table, made)

    def log_rank(self, by: str, strata: str | None = None) -> LogRank | None:
        """Whether gains last differently by group (log-rank test); None where there is nothing to compare."""
        _, group = lasting.groups(self._standing, by)
        _, stratum = lasting.groups(self._standing, strata)
        lives = self._lives
        own = lives.followed & (group >= 0) & (stratum >= 0)  # of a group not said nothing is said
        return log_rank(lives.time[own], lives.event[own], lives.entry[own], _dense(group[own]), stratum[own])

    def median_survival(self) -> float | None:
        """Months by which half of the gains are lost; None where the curve does not come down to a half."""
        curve = lasting.curve(self._lives, np.ones(len(self.gains), dtype=np.bool_))
        return None if curve is None else curve.median

    @property
    def unwatched(self) -> int:
        """How many established gains nobody can follow any longer, as their data stopped."""
        now = self._standing.now
        return int(((now.status == UNWATCHED) & (now.established != NEVER)).sum())

    def to_svg(self, gain: str, **options: Any) -> str:
        """The life of a gain as an SVG text: values, limits before and since, statuses, how much of it is left.

        Options are those of `svg.life`: title, subtitle, width, height, last, style …
        """
        return self.draw(self._position(gain), **options)

    def draw(self, position: int, **options: Any) -> str:
        """The chart of the gain at a position of `gains`; options as for `to_svg`."""
        return svg.life(**(drawing.life(self, position) | options))

    def survival_svg(self, by: str | None = None, **options: Any) -> str:
        """How long gains last, as an SVG text: a curve, or one for each value of the condition `by`.

        Options are those of `svg.survival`: title, subtitle, width, height, style …
        """
        return svg.survival(**(drawing.survival(self, by) | options))

    def sparkline(self, position: int, **options: Any) -> str:
        """The life of the gain at a position of `gains` at the size of a word, with a flag where it was claimed."""
        return svg.sparkline(**(drawing.sparkline(self, position) | options))

    def cards(self) -> Iterator[GainCard]:
        """Each claim as a page shows it, in order."""
        return cards(self)

    def count(self) -> str:
        """All claims in one sentence: how many hold, slip, are lost, cannot be told yet."""
        return counting.count([STATUSES[code] for code in self._standing.now.status.tolist()])

    @cached_property
    def _lives(self) -> lasting.Lives:
        return lasting.lives(self._standing)

    @cached_property
    def _chances(self) -> list[tuple[Floats, Flags]]:
        return ahead.by_horizon(self._standing, self._horizons)

    @cached_property
    def _advice(self) -> list[list[str]]:
        return telling.advice(self._standing, self._chances)

    def _position(self, gain: str) -> int:
        if gain not in self.gains:
            import difflib

            close = difflib.get_close_matches(str(gain), self.gains, n=1, cutoff=0.6)
            guess = f' Did you mean "{close[0]}"?' if close else ""
            raise BadInput(f'gain: found "{gain}", expected the name of a claim.{guess}')
        return self.gains.index(gain)

    def _keys(self, claim: Whole) -> dict[str, Any]:
        prepared = self._judged.panel.prepared
        owner = pa.array(self._judged.claims.series[claim])
        keys = zip(prepared.by, prepared.order.keys, strict=True)
        return {name: key.take(owner) for name, key in keys}

    def _names(self, claim: Whole) -> Any:
        return pa.array(self.gains, pa.string()).take(pa.array(claim))


def _dense(group: Whole) -> Whole:
    return np.unique(group, return_inverse=True)[1].reshape(-1)


def _coded(codes: Whole) -> Any:
    return pa.DictionaryArray.from_arrays(pa.array(codes), pa.array(STATUSES)).cast(pa.string())


RESERVED: Sequence[str] = tuple(dict.fromkeys((*HISTORY, *SUMMARY, "time", "at_risk", "events", "survival")))
