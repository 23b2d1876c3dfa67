"""Numbers that people write as text: any ASCII decimal, and nothing that only resembles one."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from plotthedots.errors import BadInput

Numbers = NDArray[np.float64]
Place = tuple[int, str]

_PLAIN = r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)"
_COMMAS = r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?"
_NUMBER = f"^(?:{_PLAIN}(?:[eE][+-]?[0-9]+)?|{_COMMAS}|(?:{_PLAIN}|{_COMMAS}) ?%)$"


def parse(texts: pa.Array | pa.ChunkedArray, *, missing: Collection[str] = ()) -> tuple[Numbers, str | None]:
    """Numbers of the texts of one column, NaN where missing, and a sentence on what was converted, if anything.

    Spaces around a number are nothing. An empty text is a missing value, and so are the texts in `missing`.
    Thousands commas and per cent signs count only where the whole column has them (with commas, numbers under
    1,000 need none); `95%` is exactly the number that `0.95` is. Everything else gives the number that Python's
    `float` gives, or raises BadInput with `row` the position in `texts`: words, `nan`, `inf`, `1_000`, digits
    other than 0 to 9, `1e999`, decimal commas, units, truth values, errors of a spreadsheet.
    """
    column = Column(missing)
    values = column.read(texts)
    return values, column.said()


@dataclass
class Column:
    """Numbers of one column that is read in pieces; what holds for the whole of it is judged at the end."""

    missing: Collection[str] = ()
    rows: int = 0
    # Where each way of writing was met first: "percent", "bare" (without %), "commas", "long" (1,000 and more without).
    seen: dict[str, Place] = field(default_factory=dict)

    def read(self, texts: pa.Array | pa.ChunkedArray) -> Numbers:
        """The next numbers of the column."""
        texts = _without_missing(texts, self.missing)
        values = _fast(texts)
        if values is None:
            values = self._careful(_without_missing(pc.utf8_trim_whitespace(texts), self.missing))
        else:
            self._note("bare", ~np.isnan(values), texts)
            self._note("long", np.abs(values) >= 1000, texts)
        self.rows += len(texts)
        return values

    def said(self) -> str | None:
        """What was converted, in a sentence. Raises BadInput where the column has no one way of writing."""
        for one, other, advice in _CONFLICTS:
            if one in self.seen and other in self.seen:
                raise _mixed(self.seen[one], self.seen[other], advice)
        sentences = []
        if "commas" in self.seen:
            text = self.seen["commas"][1]
            sentences.append(f'commas were read as separators of thousands: "{text}" is {text.replace(",", "")}')
        if "percent" in self.seen:
            text = self.seen["percent"][1]
            sentences.append(f'percentages were read as fractions of 1: "{text}" is {_fraction(text)!r}')
        return f"{'; '.join(sentences)}." if sentences else None

    def _careful(self, texts: pa.Array | pa.ChunkedArray) -> Numbers:
        fits = pc.fill_null(pc.match_substring_regex(texts, _NUMBER), True).to_numpy(zero_copy_only=False)
        if not fits.all():
            row = int(np.argmin(fits))
            raise BadInput(_unlike_a_number(texts[row].as_py()), row=self.rows + row)
        percent, commas = (_mask(pc.match_substring(texts, sign)) for sign in "%,")
        bare = pc.replace_substring_regex(texts, "[, %]", "")
        values = pc.cast(bare, pa.float64())
        sizes = np.abs(_as_numpy(values))
        self._note("percent", percent, texts)
        self._note("commas", commas, texts)
        self._note("bare", ~percent & ~np.isnan(sizes), texts)
        self._note("long", ~commas & (sizes >= 1000), texts)
        if percent.any():
            # The decimal point is moved in the text: dividing by 100 would round a second time.
            values = pc.cast(
                pc.if_else(pa.array(percent), pc.binary_join_element_wise(bare, "e-2", ""), bare), pa.float64()
            )
        numbers = _as_numpy(values)
        if np.isinf(numbers).any():
            row = int(np.argmax(np.isinf(numbers)))
            raise BadInput(f'found "{texts[row].as_py()}", a number too large to be held.', row=self.rows + row)
        return numbers

    def _note(self, way: str, where: NDArray[np.bool_], texts: pa.Array | pa.ChunkedArray) -> None:
        if way not in self.seen and where.any():
            row = int(np.argmax(where))
            self.seen[way] = (self.rows + row, texts[row].as_py())


_CONFLICTS = (
    ("percent", "bare", "give every number of the column a % sign, or none"),
    ("commas", "long", "write every number of 1,000 and more with commas, or none"),
)


def _mixed(one: Place, other: Place, advice: str) -> BadInput:
    (_, before), (row, text) = sorted((one, other))
    return BadInput(f'found "{text}" where "{before}" came before: {advice}.', row=row)


def _without_missing(texts: pa.Array | pa.ChunkedArray, missing: Collection[str]) -> pa.Array | pa.ChunkedArray:
    tokens = pa.array(["", *missing], pa.string())
    return pc.if_else(pc.is_in(texts, tokens), None, texts)


def _fast(texts: pa.Array | pa.ChunkedArray) -> Numbers | None:
    """The numbers, where all texts are plain ones; None where any of them needs a closer look.

    Arrow's own reading accepts what Python's `float` does, of plain decimals, and words for NaN and infinity.
    """
    try:
        values = _as_numpy(pc.cast(texts, pa.float64()))
    except pa.ArrowInvalid:
        return None
    return values if np.isfinite(values).sum() == len(texts) - texts.null_count else None


def _as_numpy(values: pa.Array | pa.ChunkedArray) -> Numbers:
    numbers: Numbers = pc.fill_null(values, np.nan).to_numpy()
    return numbers


def _mask(condition: pa.Array | pa.ChunkedArray) -> NDArray[np.bool_]:
    mask: NDArray[np.bool_] = np.asarray(pc.fill_null(condition, False).to_numpy(zero_copy_only=False), dtype=bool)
    return mask


def _fraction(text: str) -> float:
    return float(re.sub("[, %]", "", text) + "e-2")


_MISTAKES = (
    (r"#(?:DIV/0!|VALUE!|REF!|NAME\?|NUM!|NULL!|N/A|SPILL!|CALC!)", "a spreadsheet's error; mend it or empty the cell"),
    (r"(?i)[+-]?(?:nan|inf|infinity)", "leave the cell empty where a value is missing"),
    (r"(?i)true|false|yes|no", "that is a truth value"),
    (r"(?i)[+-]?0x[0-9a-f]+", "that is hexadecimal; write it as a decimal"),
    (r"[+-]?[0-9]{1,3}(?:\.[0-9]{3})*,[0-9]*", "that is probably a decimal comma; write decimals with a point"),
    (r"[+-]?[0-9]{1,3}(?:[\s'’][0-9]{3})+(?:[.,][0-9]*)?", "write it without spaces or marks between thousands"),
    (r"[+-]?[0-9,]+(?:\.[0-9]*)?", "its commas do not separate thousands; write it without them"),
    (r"[+-]?[0-9_]*_[0-9_.]*", "write it without the underscore"),
    (r"[+-]?[£$€] ?[+-]?[0-9.,]+|[+-]?[0-9.,]+ ?[£$€]", "write it without the sign of the currency"),
    (r"\([0-9.,]+\)", "that is probably a negative number; write it with a minus sign"),
    (r"[−–][0-9.,]+%?", "its minus sign is another character; write it with a hyphen (-)"),
)
_FOR_MISSING = re.compile(r"(?i)n\.?/?a\.?|#n/a|nan|null|nil|none|missing|unknown|suppressed|x|c|[*†‡.:?~–—-]+")


def _unlike_a_number(text: str) -> str:
    advice = next((advice for pattern, advice in _MISTAKES if re.fullmatch(pattern, text)), "")
    if not advice and not text.isascii() and re.fullmatch(r"[+-]?[\d.,٫٬]+%?", text):
        advice = "write it with the digits 0 to 9"
    sentence = f'found "{text}", expected a number{advice and ": "}{advice}.'
    if _FOR_MISSING.fullmatch(text):
        token = text if re.fullmatch(r"[\w./-]+", text) else f"'{text}'"
        sentence += f' If "{text}" stands for a missing value, say so: --missing {token}'
    return sentence
