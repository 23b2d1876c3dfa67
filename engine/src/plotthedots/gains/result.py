"""What `gains` gives back: tables in the caller's type of frame, survival, charts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa

from plotthedots import frame as frames
from plotthedots import svg
from plotthedots.constants import Flags, Floats, Whole, names
from plotthedots.errors import BadInput
from plotthedots.forecast.periods import DAYS, MONTHS, ticks_a_day
from plotthedots.gains import chances, counting, dating, drawing, monitor, words
from plotthedots.gains.cards import GainCard, cards
from plotthedots.gains.claims import NEVER
from plotthedots.gains.judge import (
    CLAIMED,
    ESTABLISHED,
    HOLDING,
    IMPROVING,
    LOST,
    SIGNALLED,
    SLIPPING,
    STATUSES,
    UNWATCHED,
    WITHDRAWN,
    Judged,
)
from plotthedots.gains.placebos import ENOUGH
from plotthedots.gains.survival import Curve, LogRank, kaplan_meier, log_rank
from plotthedots.limits import FAMILIES

DAYS_A_MONTH = 30.436875  # mean of the Gregorian calendar
SHORT = 12  # values before a claim under which advice says so
WORST = 0.1  # share of the other places that were no better before
HELD = (ESTABLISHED, HOLDING, IMPROVING)
HISTORY = ("gain", "date", "status", "retained", "retained_lower", "retained_upper", "centre", "lower", "upper")
SUMMARY = (
    "gain", "status", "since", "signalled_on", "established_on", "slipped_on", "lost_on", "before", "after", "size",
    "size_lower", "size_upper", "n_before", "retained", "retained_lower", "retained_upper", "placebo", "placebos",
    "advice", "sentence",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Now:
    """Of each claim, what holds at its latest observation; nan, −1 and `NEVER` where there is none."""

    column: Whole
    status: Whole
    since: Whole
    signalled: Whole
    established: Whole
    slipped: Whole
    lost: Whole
    before: Floats
    after: Floats
    size: Floats
    size_lower: Floats
    size_upper: Floats
    retained: list[Floats]  # share, lower and upper end
    as_strong: Floats
    placebos: Whole


class Gains:
    """Claims of improvement, judged by the data.

    `history` has a row per claim and observation since, `summary` a row per claim, in the order given; both in the
    type of frame that came in. `gains` are their names. `horizons` are the periods of `chance_of_slipping_…`.
    """

    def __init__(self, judged: Judged, horizons: tuple[int, ...], as_of: int) -> None:
        self._judged = judged
        self._horizons = horizons
        self._as_of = as_of
        self.gains: list[str] = list(judged.claims.gain)
        self.said: list[str] = [*judged.panel.prepared.table.said, *judged.claims.table.said]

    @cached_property
    def history(self) -> Any:
        """A row per claim and observation since, by claim and date."""
        judged = self._judged
        claim, column = np.nonzero(judged.status >= 0)
        shares = [self._of_watched(part, claim, column) for part in judged.retained]
        centre, lower, upper = self._lines
        columns = self._keys(claim) | {
            "gain": self._names(claim),
            "date": self._dates(self._moments[claim, column]),
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
        now, every = self._now, np.arange(len(self.gains))
        columns = self._keys(every) | {
            "gain": self._names(every),
            "status": _coded(now.status),
            "since": self._dates(now.since),
            "signalled_on": self._dates(now.signalled),
            "established_on": self._dates(now.established),
            "slipped_on": self._dates(now.slipped),
            "lost_on": self._dates(now.lost),
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
        columns["sentence"] = pa.array([self._sentence(position) for position in range(len(self.gains))], pa.string())
        return frames.like(self._judged.panel.prepared.table, columns)

    def sentence(self, gain: str) -> str:
        """What there is to say of a claim."""
        return self._sentence(self._position(gain))

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
        first_date, likeliest, last_date = self._dates(moments).to_pylist()
        return first_date, likeliest, last_date

    def survival(self, by: str | None = None) -> Any:
        """How long gains last: a row per time of a loss, by group; months since establishment.

        `by` names one of the conditions, as it was at entry. The curve starts where five gains are at risk.
        """
        label, group = self._groups(by)
        rows: dict[str, list[Any]] = {name: [] for name in ("time", "at_risk", "events", "survival", "lower", "upper")}
        owner = []
        for position in range(len(label)):
            curve = self._curve(group == position)
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
        _, group = self._groups(by)
        _, stratum = self._groups(strata)
        lives = self._lives
        own = lives.followed & (group >= 0) & (stratum >= 0)  # of a group not said nothing is said
        return log_rank(lives.time[own], lives.event[own], lives.entry[own], _dense(group[own]), stratum[own])

    def median_survival(self) -> float | None:
        """Months by which half of the gains are lost; None where the curve does not come down to a half."""
        curve = self._curve(np.ones(len(self.gains), dtype=np.bool_))
        return None if curve is None else curve.median

    @property
    def unwatched(self) -> int:
        """How many established gains nobody can follow any longer, as their data stopped."""
        now = self._now
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
        return counting.count([STATUSES[code] for code in self._now.status.tolist()])

    @cached_property
    def _lives(self) -> "Lives":
        now = self._now
        claims = self._judged.claims
        established = now.established != NEVER
        last = self._at(self._moments, now.column)
        end = np.minimum(np.where(now.lost != NEVER, now.lost, last), claims.withdrawn_on)
        time = self._months(np.where(established, end - now.established, 0))
        late = established & (claims.entered_on != NEVER)
        entry = np.maximum(self._months(np.where(late, claims.entered_on - now.established, 0)), 0.0)
        event = (now.lost != NEVER) & (now.lost <= claims.withdrawn_on)
        return Lives(time, event, entry, established & (time > entry))

    def _curve(self, which: Flags) -> Curve | None:
        lives = self._lives
        own = which & lives.followed
        return kaplan_meier(lives.time[own], lives.event[own], lives.entry[own])

    def _groups(self, by: str | None) -> tuple[Any, Whole]:
        """Names of groups in order, and the group of each claim (−1: not said)."""
        if by is None:
            return pa.array([""]), np.zeros(len(self.gains), dtype=np.int64)
        conditions = self._judged.claims.conditions
        if by not in conditions:
            known = names(conditions) if conditions else "a condition named in conditions="
            raise BadInput(f'survival: found "{by}", expected {known}.')
        coded = conditions[by].dictionary_encode()
        values = coded.dictionary.to_pylist()
        ranks = sorted(range(len(values)), key=lambda position: values[position])
        place = np.empty(len(values) + 1, dtype=np.int64)
        place[-1] = -1
        place[ranks] = np.arange(len(values))
        codes = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
        return coded.dictionary.take(pa.array(ranks, pa.int64())), place[codes]

    def _months(self, moments: Whole) -> Floats:
        ticks = ticks_a_day(self._judged.panel.prepared.dates.type)
        return moments / (ticks * DAYS_A_MONTH) if ticks else moments.astype(np.float64)

    @cached_property
    def _moments(self) -> Whole:
        """The date of each observation, by claim and column; `NEVER` where there is none."""
        judged = self._judged
        made = np.full_like(judged.status, NEVER)
        rows, owner = judged.frozen.rows, np.repeat(np.arange(len(made)), judged.frozen.claims.lengths)
        column = judged.panel.number[rows] - judged.claimed.place[owner]
        since = (column >= 0) & (column < made.shape[1])
        made[owner[since], column[since]] = judged.panel.prepared.moments[rows[since]]
        return np.where(judged.observed, made, NEVER)

    @cached_property
    def _lines(self) -> tuple[Floats, Floats, Floats]:
        """Limits frozen before the claim, and from establishment on those about the established level."""
        judged = self._judged
        shape = judged.status.shape
        frozen, panel = judged.frozen, judged.panel
        owner = np.repeat(np.arange(shape[0]), frozen.claims.lengths)
        column = panel.number[frozen.rows] - judged.claimed.place[owner]
        since = (column >= 0) & (column < shape[1])
        made = []
        for line in (frozen.centre, frozen.lower, frozen.upper):
            wide = np.full(shape, np.nan)
            wide[owner[since], column[since]] = line[since]
            made.append(wide)
        centre, lower, upper = made
        if judged.watch is None:
            return centre, lower, upper
        rows = np.flatnonzero(judged.watched >= 0)
        level = panel.back(judged.windows.take(rows).out(judged.watch.before + judged.watch.change))
        known = level == level
        if panel.chart in ("g", "t"):
            below, above = level * lower[rows] / centre[rows], level * upper[rows] / centre[rows]
        else:
            below, above = level + lower[rows] - centre[rows], level + upper[rows] - centre[rows]
        family = FAMILIES[panel.chart]
        below = below if family.lowest is None else np.maximum(below, family.lowest)
        above = above if family.highest is None else np.minimum(above, family.highest)
        for line, other in ((centre, level), (lower, below), (upper, above)):
            line[rows] = np.where(known, other, line[rows])
        return centre, lower, upper

    def _of_watched(self, values: Floats, claim: Whole, column: Whole) -> Floats:
        watched = self._judged.watched[claim]
        if not len(values):
            return np.full(len(claim), np.nan)
        return np.where(watched >= 0, values[np.maximum(watched, 0), column], np.nan)

    def _at(self, values: Any, column: Whole) -> Any:
        found = values[np.arange(len(column)), np.maximum(column, 0)]
        return np.where(column >= 0, found, NEVER if values.dtype.kind == "i" else np.nan)

    def _first(self, status: int) -> Whole:
        """Date of the first row with a status."""
        there = self._judged.status == status
        return np.asarray(self._at(self._moments, np.where(there.any(axis=1), there.argmax(axis=1), -1)))

    @cached_property
    def _now(self) -> Now:
        judged = self._judged
        seen = judged.status >= 0
        last = np.where(seen.any(axis=1), seen.shape[1] - 1 - seen[:, ::-1].argmax(axis=1), -1)
        status = np.where(last >= 0, judged.status[np.arange(len(last)), np.maximum(last, 0)], CLAIMED)
        since = self._since(status, last)
        status = np.where(judged.unwatched, UNWATCHED, status)
        since = np.where(judged.unwatched & (judged.last_seen != NEVER), judged.last_seen, since)
        status = np.where(judged.withdrawn, WITHDRAWN, status)
        since = np.where(judged.withdrawn, judged.claims.withdrawn_on, since)
        signalled = np.where(
            judged.signalled >= 0, judged.panel.prepared.moments[np.maximum(judged.signalled, 0)], NEVER
        )
        before, change, spread = self._change(last)
        windows, panel = judged.windows, judged.panel
        low, high = windows.out(change - spread), windows.out(change + spread)
        former = np.where(windows.n_before > 0, panel.back(before), np.nan)
        size = panel.back(windows.out(change)) - former
        ends = np.sort(np.stack([panel.back(low) - former, panel.back(high) - former]), axis=0)
        at = np.where(judged.established >= 0, judged.established, last)
        count = np.where(at >= 0, judged.placebos.count[np.arange(len(at)), np.maximum(at, 0)], 0)
        share = self._at(judged.placebos.share, at)
        every = np.arange(len(last))
        retained = [self._of_watched(part, every, np.maximum(last, 0)) for part in judged.retained]
        return Now(
            last, status, since, signalled, self._at(self._moments, judged.established), self._first(SLIPPING),
            self._first(LOST), former, former + size, size, ends[0], ends[1],
            retained,
            np.where(windows.usable, share, np.nan), np.where(windows.usable, count, 0),
        )  # fmt: skip

    def _since(self, status: Whole, last: Whole) -> Whole:
        """Date of the first of the latest rows that have the same status."""
        judged = self._judged
        made = judged.claims.claimed.copy()
        for claim in np.flatnonzero(last >= 0):
            columns = np.flatnonzero(judged.status[claim] >= 0)
            other = np.flatnonzero(judged.status[claim, columns] != status[claim])
            first = columns[other[-1] + 1] if len(other) else columns[0]
            if not (status[claim] == CLAIMED and first == columns[0]):
                made[claim] = self._moments[claim, first]
        return made

    def _change(self, last: Whole) -> tuple[Floats, Floats, Floats]:
        """The level before, the change and half of its interval, by what is known at the latest observation."""
        judged = self._judged
        change, spread = self._at(judged.evidence.mean, last), self._at(judged.evidence.spread, last)
        count = judged.windows.n_before + judged.observed.sum(axis=1)
        if judged.watch is not None:
            every, column = np.arange(len(last)), np.maximum(last, 0)
            known = self._of_watched(judged.watch.change, every, column)
            change = np.where(known == known, known, change)
            spread = np.where(known == known, self._of_watched(judged.watch.spread, every, column), spread)
        half = monitor.student_quantile((count - 2).astype(np.float64)) * spread
        usable = judged.windows.usable
        return judged.windows.centre, np.where(usable, change, np.nan), np.where(usable, half, np.nan)

    @cached_property
    def _chances(self) -> list[tuple[Floats, Flags]]:
        """By horizon: the chance that each gain leaves *holding*, nan where it does not; and where it is the prior."""
        judged, now = self._judged, self._now
        holding = np.isin(now.status, HELD)
        made = []
        for horizon in self._horizons:
            chance, usual = np.full(len(holding), np.nan), np.zeros(len(holding), dtype=np.bool_)
            if holding.any():
                past = chances.spells(
                    np.isin(judged.status, HELD), np.isin(judged.status, (SLIPPING, LOST)), judged.status >= 0, horizon
                )
                months = float(self._months(np.array([self._period() * horizon]))[0])
                rows = np.flatnonzero(holding)
                own = chances.simulate(self._state(rows, now.column[rows]), horizon)
                before = chances.simulate(self._state(past.claim, past.column), horizon)
                chance[rows], usual[rows] = chances.recalibrate(own, before, past.left, months)
            made.append((chance, usual))
        return made

    def _state(self, claim: Whole, column: Whole) -> chances.State:
        watch = self._judged.watch
        assert watch is not None
        row = self._judged.watched[claim]
        scale = watch.change[row, column] / np.maximum(watch.strength[row, column], 1e-9)
        above = watch.now[row, column] - watch.before[row, column] - watch.change[row, column]
        variance, known = watch.spread[row, column] ** 2, watch.var_now[row, column]
        # What the latest values say, drawn towards the established level by how well that is known.
        share = variance / np.maximum(variance + known, 1e-12)
        spread = np.sqrt(share * known)
        return chances.State(
            watch.worse[row, column], self._judged.bar[row, column], watch.strength[row, column], share * above / scale,
            spread / scale, watch.correlation[row, column],
        )  # fmt: skip

    def _period(self) -> float:
        """The usual period, in ticks of the date column."""
        periods = self._judged.panel.periods
        kind, step = int(np.median(periods.kind)), int(np.median(periods.step))
        ticks = max(periods.ticks, 1)
        if kind == MONTHS:
            return step * DAYS_A_MONTH * ticks
        return step * ticks if kind <= DAYS + 1 else step

    @cached_property
    def _advice(self) -> list[list[str]]:
        judged, now = self._judged, self._now
        windows = judged.windows
        established = judged.established >= 0
        tried = windows.usable & (now.column >= 0)
        stock = self._at(judged.evidence.stock, now.column) > 0.5
        shown = np.isin(now.status, (HOLDING, IMPROVING, SLIPPING))
        low, high = now.retained[1], now.retained[2]
        prior = np.any([usual for _, usual in self._chances], axis=0) if self._horizons else established & False
        codes = {
            "baseline_too_short": ~windows.usable,
            "baseline_short": windows.usable & (windows.n_before < SHORT),
            "baseline_unstable": judged.frozen.unstable,
            "season": windows.seasonal & windows.usable,
            "season_borrowed": windows.borrowed,
            "stock": stock & tried,
            "overlapping": judged.overlapping,
            "worst_before": tried & self._worst_before,
            "no_placebos": tried & (now.placebos == 0),
            "few_placebos": tried & (now.placebos > 0) & (now.placebos < ENOUGH),
            "cannot_tell": tried & np.isin(now.status, (CLAIMED, SIGNALLED)),
            "too_small": established & shown & np.isnan(now.retained[0]),
            "wide": shown & (low < 0.5) & (high > 1),
            "prior_only": prior,
        }
        return [[code for code, where in codes.items() if where[claim]] for claim in range(len(self.gains))]

    @property
    def _worst_before(self) -> Flags:
        """Claims on a place among the worst tenth before: some way back to the usual comes by itself."""
        judged = self._judged
        made = np.zeros(len(self.gains), dtype=np.bool_)
        if judged.panel.prepared.denominator is None:  # counts of large and small places do not compare
            return made
        for claim, others in enumerate(judged.placebos.others):
            if others is not None and len(others.windows.centre) >= ENOUGH:
                way, own = judged.windows.way[claim], judged.windows.centre[claim]
                made[claim] = np.mean(way * others.windows.centre <= way * own) <= WORST
        return made

    def _sentence(self, position: int) -> str:
        judged, now = self._judged, self._now

        def date(moment: int) -> Any:
            return None if moment == NEVER else self._dates(np.array([moment]))[0].as_py()

        def number(values: Floats) -> float | None:
            value = float(values[position])
            return value if value == value else None

        placebos = int(now.placebos[position])
        share = number(now.as_strong)
        rows = judged.panel.prepared.stretches.series
        first = int(judged.panel.prepared.moments[rows.starts[judged.claims.series[position]]])
        told = words.Told(
            STATUSES[int(now.status[position])], date(int(judged.claims.claimed[position])),
            date(int(now.since[position])), date(first), date(int(now.signalled[position])),
            date(int(now.established[position])), number(now.before), number(now.after), number(now.size),
            number(now.size_lower), number(now.size_upper), number(now.retained[0]), number(now.retained[1]),
            number(now.retained[2]), int(judged.observed[position].sum()),
            0 if share is None else round(share * placebos), placebos, self._percent,
        )  # fmt: skip
        return words.sentence(told)

    @property
    def _percent(self) -> bool:
        return FAMILIES[self._judged.panel.chart].highest == 1

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

    def _dates(self, moments: Whole) -> Any:
        """Moments in the type of the date column, null where there is none."""
        kind = self._judged.panel.prepared.dates.type
        missing = moments == NEVER
        plain = np.where(missing, 0, moments)
        if pa.types.is_date32(kind):
            return pa.array(plain.astype(np.int32), mask=missing).cast(kind)
        return pa.array(plain.astype(np.int64), mask=missing).cast(kind)


@dataclass(frozen=True, slots=True)
class Lives:
    """Of each claim: months from establishment to loss or to the last value, whether it was lost, when it entered."""

    time: Floats
    event: Flags
    entry: Floats
    followed: Flags


def _dense(group: Whole) -> Whole:
    return np.unique(group, return_inverse=True)[1].reshape(-1)


def _coded(codes: Whole) -> Any:
    return pa.DictionaryArray.from_arrays(pa.array(codes), pa.array(STATUSES)).cast(pa.string())


RESERVED: Sequence[str] = tuple(dict.fromkeys((*HISTORY, *SUMMARY, "time", "at_risk", "events", "survival")))
