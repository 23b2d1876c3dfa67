"""How long each gain lasted, and how curves and groups are made of that."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from plotthedots.constants import Flags, Floats, Whole, names
from plotthedots.errors import BadInput
from plotthedots.gains.claims import NEVER
from plotthedots.gains.standing import Standing
from plotthedots.gains.survival import Curve, kaplan_meier


@dataclass(frozen=True, slots=True)
class Lives:
    """Of each claim: months from establishment to loss or to the last value, whether it was lost, when it entered."""

    time: Floats
    event: Flags
    entry: Floats
    followed: Flags


def lives(standing: Standing) -> Lives:
    now = standing.now
    claims = standing.judged.claims
    established = now.established != NEVER
    last = standing.at(standing.moments, now.column)
    end = np.minimum(np.where(now.lost != NEVER, now.lost, last), claims.withdrawn_on)
    time = standing.months(np.where(established, end - now.established, 0))
    late = established & (claims.entered_on != NEVER)
    entry = np.maximum(standing.months(np.where(late, claims.entered_on - now.established, 0)), 0.0)
    event = (now.lost != NEVER) & (now.lost <= claims.withdrawn_on)
    return Lives(time, event, entry, established & (time > entry))


def curve(lives: Lives, which: Flags) -> Curve | None:
    own = which & lives.followed
    return kaplan_meier(lives.time[own], lives.event[own], lives.entry[own])


def groups(standing: Standing, by: str | None) -> tuple[Any, Whole]:
    """Names of groups in order, and the group of each claim (−1: not said)."""
    if by is None:
        return pa.array([""]), np.zeros(len(standing.judged.claims.gain), dtype=np.int64)
    conditions = standing.judged.claims.conditions
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
