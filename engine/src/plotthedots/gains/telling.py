"""What there is to say of each claim: codes of advice by stated criteria, and the plain values of its sentence."""

from typing import Any

import numpy as np

from plotthedots.constants import Flags, Floats
from plotthedots.gains import words
from plotthedots.gains.claims import NEVER
from plotthedots.gains.judge import CLAIMED, HOLDING, IMPROVING, SIGNALLED, SLIPPING, STATUSES
from plotthedots.gains.placebos import ENOUGH
from plotthedots.gains.standing import Standing

SHORT = 12  # values before a claim under which advice says so
WORST = 0.1  # share of the other places that were no better before


def advice(standing: Standing, ahead: list[tuple[Floats, Flags]]) -> list[list[str]]:
    """Codes of each claim; `ahead` are the chances by horizon, and where they are the prior's."""
    judged, now = standing.judged, standing.now
    windows = judged.windows
    established = judged.established >= 0
    tried = windows.usable & (now.column >= 0)
    stock = standing.at(judged.evidence.stock, now.column) > 0.5
    shown = np.isin(now.status, (HOLDING, IMPROVING, SLIPPING))
    low, high = now.retained[1], now.retained[2]
    prior = np.any([usual for _, usual in ahead], axis=0) if ahead else established & False
    codes = {
        "baseline_too_short": ~windows.usable,
        "baseline_short": windows.usable & (windows.n_before < SHORT),
        "baseline_unstable": judged.frozen.unstable,
        "season": windows.seasonal & windows.usable,
        "season_borrowed": windows.borrowed,
        "stock": stock & tried,
        "overlapping": judged.overlapping,
        "worst_before": tried & _worst_before(standing),
        "no_placebos": tried & (now.placebos == 0),
        "few_placebos": tried & (now.placebos > 0) & (now.placebos < ENOUGH),
        "cannot_tell": tried & np.isin(now.status, (CLAIMED, SIGNALLED)),
        "too_small": established & shown & np.isnan(now.retained[0]),
        "wide": shown & (low < 0.5) & (high > 1),
        "prior_only": prior,
    }
    claims = range(len(judged.claims.gain))
    return [[code for code, where in codes.items() if where[claim]] for claim in claims]


def _worst_before(standing: Standing) -> Flags:
    """Claims on a place among the worst tenth before: some way back to the usual comes by itself."""
    judged = standing.judged
    made = np.zeros(len(standing.judged.claims.gain), dtype=np.bool_)
    if judged.panel.prepared.denominator is None:  # counts of large and small places do not compare
        return made
    for claim, others in enumerate(judged.placebos.others):
        if others is not None and len(others.windows.centre) >= ENOUGH:
            way, own = judged.windows.way[claim], judged.windows.centre[claim]
            made[claim] = np.mean(way * others.windows.centre <= way * own) <= WORST
    return made


def sentence(standing: Standing, position: int) -> str:
    judged, now = standing.judged, standing.now

    def date(moment: int) -> Any:
        return None if moment == NEVER else standing.dates(np.array([moment]))[0].as_py()

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
        0 if share is None else round(share * placebos), placebos, standing.percent,
    )  # fmt: skip
    return words.sentence(told)
