"""A mapping for a table that nobody has mapped before: by its shape and by what its heads are called."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from holdgood.measures.mapping import heads, periods_found, profile, rows_kept, ways
from holdgood.measures.mapping.plan import COUNT, OUT_OF, TOTALS, Amount, Column, Mapping, Places, Value, When
from holdgood.measures.mapping.profile import Profile
from holdgood.measures.mapping.ways import Named
from holdgood.measures.mapping.when import LENGTHS
from holdgood.sheets import Grid, said
from holdgood.sheets.table import letters

HIDDEN = -50.0  # what a sheet that is hidden has less than one that is not


@dataclass(frozen=True)
class Suggestion:
    """A mapping, if there is enough for one, and a sentence for each thing that was decided or is missing."""

    mapping: Mapping | None
    reasons: list[str] = field(default_factory=list)
    score: float = 0.0  # to choose between sheets by


def suggest(grid: Grid, measures: Iterable[Named], places: Collection[str] = ()) -> Suggestion:
    """Where in a sheet the numbers of these measures are. `places`: codes and names that are known."""
    return _Suggesting(grid, list(measures), places).made()


def best(grids: Iterable[Grid], measures: Iterable[Named], places: Collection[str] = ()) -> Suggestion:
    """Of all sheets of a workbook the one that has most; a hidden one only where no other has anything."""
    wanted = list(measures)
    found = [_of_sheet(grid, wanted, places) for grid in grids]
    return max(found, key=lambda each: each.score, default=Suggestion(None, ["The file has no sheet with rows."]))


def _of_sheet(grid: Grid, measures: Sequence[Named], places: Collection[str]) -> Suggestion:
    found = suggest(grid, measures, places)
    hidden = any(tab.hidden for tab in grid.tabs if tab.name == grid.sheet)
    return replace(found, score=found.score + HIDDEN) if hidden else found


class _Suggesting:
    def __init__(self, grid: Grid, measures: Sequence[Named], places: Collection[str]) -> None:
        self.grid, self.measures, self.known = grid, measures, places
        self.reasons: list[str] = []
        self.empty = False  # whether empty cells are nought
        self.length = ""  # of the file's periods, where it is known
        self.rows = heads.find(grid)
        self.columns = heads.texts(grid, self.rows) if self.rows else []
        self.found: list[Profile] = profile.profiles(grid, self.rows, self.columns) if self.rows else []

    def made(self) -> Suggestion:
        if not self.rows:
            self._say("No row looks like heads with numbers below. Point at the row of heads.")
            return Suggestion(None, self.reasons)
        self._say_heads()
        places, codes = self._places()
        when, taken = periods_found.find(self.grid, self.rows, self.columns, self.found, self.measures, self._say)
        self.length = periods_found.length(self.grid, when, self.found, self.columns)
        names, values, patterns = self._values(when)
        if not values:
            self._say("No head is called like a measure of the catalogue. Choose a measure, and point at its numbers.")
            return Suggestion(None, self.reasons, 1 + min(len(self.grid.rows), 100) / 100)
        mapping = Mapping(
            name=f"{self.grid.name}, {self.grid.sheet}"[:100] if self.grid.sheet else self.grid.name[:100],
            sheet=self.grid.sheet, heads=self.rows, columns=tuple(self.columns), places=places, when=when,
            values=tuple(values), names=names, totals=TOTALS, nought=("",) if self.empty else (),
        )  # fmt: skip
        mapping = rows_kept.keep(self.grid, mapping, self.found, patterns, taken, self._say)
        return Suggestion(mapping, self.reasons, self._score(mapping, codes))

    def _say(self, sentence: str) -> None:
        self.reasons.append(sentence)

    def _say_heads(self) -> None:
        shown = ", ".join(f"“{head[:40]}”" for head in [head for head in self.columns if head][:3])
        if len(self.rows) > 1:
            self._say(f"Rows {self.rows[0]} and {self.rows[1]} are the heads, the upper over the lower: {shown} …")
        else:
            self._say(f"Row {self.rows[0]} is the heads: {shown} …")

    def _places(self) -> tuple[Places, Profile | None]:
        codes = profile.place(self.found, self.known)
        if codes is None:
            self._say("No column holds codes or names of organisations. Choose the place that all rows are of.")
            return Places(), None
        beside = profile.names(self.found, codes) if codes.mostly_codes else None
        what = "codes" if codes.mostly_codes else "names"
        named = f"; {_named(beside)} their names" if beside else ""
        self._say(f"{_named(codes)} holds the {what} of places{named}.")
        return Places(_column(codes), _column(beside) if beside else None), codes

    def _values(self, when: When) -> tuple[Column | None, list[Value], tuple[tuple[str, str], ...]]:
        if when.kind == "across":
            return self._across()
        about = heads.words(" ".join([self.grid.sheet, self.grid.name, *self._titles()]))
        values: list[Value] = []
        patterns: tuple[tuple[str, str], ...] = ()
        columns = heads.below_periods(self.columns) if when.kind == "above" else self.columns
        for measure in self.measures:
            fit = ways.fitting(measure, columns, about)
            if fit is None:
                self._say_half(measure, about)
                continue
            if self._is_longer(measure, fit.numerator):
                continue
            patterns, self.empty = patterns or fit.only, self.empty or fit.empty
            values.append(Value(measure.slug, measure.granularity, ways.kind(measure), fit.numerator, fit.denominator))
            self._say(_said_of(measure, values[-1]))
        named = self._names() if not values else None
        return (*named, ()) if named else (None, values, patterns)

    def _titles(self) -> list[str]:
        above = [row for row in self.grid.rows if row.number < self.rows[-1]]
        return [said(cell)[:300] for row in above for cell in row.cells if cell is not None]

    def _say_half(self, measure: Named, about: str) -> None:
        half = ways.half_fitting(measure, self.columns, about)
        if half and half[1]:
            self._say(
                f"“{half[0][:60]}” is a percentage. {measure.names[1]} is counted as number out of number, so it is "
                "not taken from there. Look for a table with the numbers."
            )
        elif half:
            self._say(
                f"“{half[0][:60]}” could be counted for {measure.names[1]}, which is out of “{measure.denominator}”: "
                "no column was found for that. Point at it."
            )

    def _is_longer(self, measure: Named, amount: Amount) -> bool:
        """Whether the file's periods are longer than the measure's: nobody can say which part of them is meant."""
        if not self.length or LENGTHS.index(self.length) <= LENGTHS.index(measure.granularity):
            return False
        self._say(
            f"“{amount.plus[0].head[:60]}” is not taken for {measure.names[1]}: it is counted by "
            f"{measure.granularity}, and each row is of a {self.length}."
        )
        return True

    def _names(self) -> tuple[Column, list[Value]] | None:
        """A column whose cells name measures, and the one column of numbers beside it."""
        numbers = [
            each for each in self.found if each.filled and 2 * each.numbers > each.filled and not each.mostly_periods
        ]
        numbers = [
            each for each in numbers if heads.words(each.head) in ("count", "value", "number", "total", "n", "figure")
        ]
        if len(numbers) != 1:
            return None
        for column in self.found:
            if column.mostly_words and len(column.values) <= profile.FEW and column.at != numbers[0].at:
                values = self._called(column, numbers[0])
                if values:
                    self._say(f"{_named(column)} says what was measured, {_named(numbers[0])} the numbers.")
                    return _column(column), values
        return None

    def _called(self, column: Profile, numbers: Profile) -> list[Value]:
        values = []
        for measure in self.measures:
            wanted = set(ways.called(measure))
            texts = tuple(text for text in column.values if heads.words(text) in wanted)
            if texts and ways.kind(measure) == COUNT:
                amount = Amount((_column(numbers),))
                values.append(Value(measure.slug, measure.granularity, COUNT, amount, called=texts))
                self._say(f"Rows that say “{texts[0][:40]}” are {measure.names[1]}.")
        return values

    def _across(self) -> tuple[Column | None, list[Value], tuple[tuple[str, str], ...]]:
        """Numbers below heads that are periods: of the measure that rows name, or of the only one there is."""
        for column in self.found[:6]:
            values = []
            for measure in self.measures:
                wanted = set(ways.called(measure))
                texts = tuple(text for text in column.values if text and heads.words(text) in wanted)
                if texts and ways.kind(measure) != OUT_OF:
                    values.append(Value(measure.slug, measure.granularity, ways.kind(measure), Amount(), called=texts))
                    self._say(f"Rows that say “{texts[0][:40]}” are {measure.names[1]}.")
            if values:
                return _column(column), values, ()
        one = self._only_measure()
        if one is not None:
            self._say(f"All numbers are {one.names[1]}.")
            return None, [Value(one.slug, one.granularity, ways.kind(one), Amount())], ()
        return None, [], ()

    def _only_measure(self) -> Named | None:
        """The one there is; else the one that titles, sheet or file name, and no other that is as long."""
        counted = [each for each in self.measures if ways.kind(each) != OUT_OF]
        if len(self.measures) == 1:
            return counted[0] if counted else None
        about = f" {heads.words(' '.join([self.grid.sheet, self.grid.name, *self._titles()]))} "
        named = [
            (len(name), each.slug, each)
            for each in counted
            for name in ways.called(each)
            if " " in name and f" {name} " in about
        ]
        longest = max((length for length, _, _ in named), default=0)
        found = {slug: each for length, slug, each in named if length == longest}
        return next(iter(found.values())) if len(found) == 1 else None

    def _score(self, mapping: Mapping, codes: Profile | None) -> float:
        """Measures found, how much the places are those that are wanted, and whether the period is known."""
        score = 10.0 * len(mapping.values) + (5 if mapping.when.kind != "told" else 0)
        if codes is not None and codes.filled:
            keys = {heads.plain(each) for each in self.known}
            known = sum(n for text, n in codes.values.items() if heads.plain(text) in keys) / codes.filled
            score += 20 * known + 20 * codes.trusts / codes.filled
        return score


def _column(found: Profile) -> Column:
    return Column(found.head, found.at)


def _named(found: Profile) -> str:
    return f"Column {letters(found.at)}" + (f" (“{found.head[:40]}”)" if found.head else "")


def _said_of(measure: Named, value: Value) -> str:
    plus = " + ".join(f"“{column.head[:60]}”" for column in value.numerator.plus[:3])
    more = len(value.numerator.plus) - 3
    said_plus = f"{plus} and {more} more" if more > 0 else plus
    less = f", less “{value.numerator.less[0].head[:60]}”" if value.numerator.less else ""
    more_less = f" and {len(value.numerator.less) - 1} more" if len(value.numerator.less) > 1 else ""
    out_of = f", out of “{value.denominator.plus[0].head[:60]}”" if value.denominator else ""
    more_of = (
        f" and {len(value.denominator.plus) - 1} more" if value.denominator and len(value.denominator.plus) > 1 else ""
    )
    return f"{measure.names[1]}: {said_plus}{less}{more_less}{out_of}{more_of}."
