"""From the words of `forecast`, `gains` and `budget` to what the engine says."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from plotthedots.cli.charting import More, columns, reading, rebase
from plotthedots.cli.claiming import Claiming, about_itself, claims_of, every_series
from plotthedots.cli.options import LEVELS
from plotthedots.errors import BadInput
from plotthedots.files import Reading, Role, Rows, Source, named, open_source, require
from plotthedots.frame import as_float

SPREADS = ("mr", "s")


@dataclass(frozen=True)
class Foreseen:
    """What the engine gave back, and what was converted while files were read."""

    result: Any
    said: list[str]


def forecast(file: str, options: dict[str, Any]) -> Foreseen:
    """Read a file and forecast it as the options say."""
    from plotthedots.forecast import forecast as forecasted

    how = reading(options)
    source = open_source(file, how)
    roles: dict[str, Role] = {}
    arguments = columns(source, options, roles)
    arguments |= {
        "horizon": options["horizon"],
        "bounds": bounds(options["bounds"]),
        "method": options["method"],
        "levels": numbers(options["levels"], "--levels", "0.8"),
        "multiply": options["multiply"],
        "rebase": rebase(source, options["rebase"], arguments["by"], how, roles),
        "aggregate": options["aggregate"],
    }
    with named(source):
        rows = source.read(roles)
        made = forecasted(rows.table, **arguments)
    return Foreseen(made, rows.said + made.said)


def gains(file: str, options: dict[str, Any]) -> Foreseen:
    """Read measures and claims, and judge the claims as the options say."""
    how = reading(options)
    source = open_source(file, how)
    roles: dict[str, Role] = {}
    arguments = columns(source, options, roles) | {
        "chart": options["family"],
        "horizons": numbers(options["horizons"], "--horizons", "6"),
        "conditions": list(dict.fromkeys([*options["conditions"], *filter(None, [options["survival_by"]])])),
        "as_of": options["as_of"],
        "aggregate": options["aggregate"],
    }
    asked = Claiming(options["claims"], options["claimed"], options["claims_sheet"], arguments["conditions"])
    with named(source):
        rows = source.read(roles)
    sources: dict[str | None, Source] = {None: source}
    said = list(rows.said)
    arguments["placebos"] = _placebos(options, roles, how, sources, said)
    return _judge(rows.table, asked, arguments, how, sources, said)


def _judge(
    measures: Any, asked: Claiming, arguments: dict[str, Any], how: Reading, sources: dict[str | None, Source],
    said: list[str],
) -> Foreseen:  # fmt: skip
    """Read the claims and judge them; sentences name the file that they are about."""
    from plotthedots.gains import gains as judged

    if asked.file is None:
        claims = every_series(measures, arguments["by"], arguments["date"], str(asked.date))
    else:
        claims = claims_of(asked, measures, arguments["by"], how, sources, said)
    with _each_named(sources, asked):
        made = judged(measures, claims, **arguments)
    return Foreseen(made, said + made.said)


def for_report(options: dict[str, Any]) -> More | None:
    """What a report wants beside its charts, to be made of the same rows: gains and a forecast, each or None."""
    claims, sheet, ahead = (options.pop(name) for name in ("claims", "claims_sheet", "forecast"))
    horizon, family = options.pop("horizon"), options["family"]
    if claims is None and not ahead:
        return None
    if family in SPREADS or (claims is not None and family not in LEVELS):
        option = "--forecast" if ahead else "--claims"
        raise BadInput(f"{option}: a {family} chart shows spread, not a level: leave {option} out, or chart the level.")

    def made(source: Source, rows: Rows, arguments: dict[str, Any], how: Reading) -> tuple[Any, Any]:
        shared = {name: arguments[name] for name in ("by", "date", "value", "denominator", "direction", "exclude")}
        judged = None
        if claims is not None:
            asked = Claiming(claims, None, sheet, [])
            own = shared | {"chart": family, "as_of": arguments["as_of"], "aggregate": arguments["aggregate"]}
            judged = _judge(rows.table, asked, own, how, {None: source}, rows.said).result
        return judged, _ahead(rows.table, shared, arguments, horizon) if ahead else None

    return made


def _ahead(table: Any, shared: dict[str, Any], arguments: dict[str, Any], horizon: int) -> Any:
    from plotthedots.forecast import forecast as forecasted

    more = {name: arguments[name] for name in ("target", "multiply", "rebase")}
    aggregate = "mean" if arguments["chart"] == "xbar" else arguments["aggregate"]
    return forecasted(table, horizon=horizon, aggregate=aggregate, **shared, **more)


def budget(result: Any, options: dict[str, Any]) -> Any:
    """The budget of charts, as the options say."""
    from plotthedots.budget import signal_budget

    return signal_budget(result, options["window"], options["share"], options["method"])


def _placebos(
    options: dict[str, Any], roles: dict[str, Role], how: Reading, sources: dict[str | None, Source], said: list[str]
) -> Any:
    """Placebos as the engine takes them: those of the file named, none, or the file's other series."""
    if options["no_placebos"]:
        if options["placebos"]:
            raise BadInput("--placebos and --no-placebos exclude each other: leave one out.")
        return None
    if options["placebos"] is None:
        return "siblings"
    with about_itself():
        source = sources["placebos"] = open_source(options["placebos"], _same(how))
        for column in roles:
            require(source, column)
    with named(source):
        rows = source.read(roles)
    said += rows.said
    return rows.table


def _same(how: Reading) -> Reading:
    """How a second file is read: as the first, but for what belongs to one file alone."""
    return Reading(encoding=how.encoding, delimiter=how.delimiter, dates=how.dates, missing=how.missing)


@contextmanager
def _each_named(sources: dict[str | None, Source], asked: Claiming) -> Iterator[None]:
    """Errors from inside name the file they are about, and the row as a person sees it there."""
    try:
        yield
    except BadInput as problem:
        if problem.table == "claims" and "claims" not in sources:
            raise BadInput(_of_option(problem, str(asked.date))) from problem
        with named(sources[problem.table]):
            if problem.table is None:
                raise
            raise BadInput(_as_options(problem.problem), row=problem.row, column=problem.column) from problem


def _as_options(sentence: str) -> str:
    """The sentence with the names of options for those of arguments."""
    return sentence.replace("direction=", "--direction")


def _of_option(problem: BadInput, date: str) -> str:
    """The sentence on a claim that `--claimed` made: it has no row."""
    if problem.column == "claimed":
        return f"--claimed: {problem.problem}"
    return f"--claimed {date}: {_as_options(problem.problem)}"


def bounds(text: str | None) -> tuple[float | None, float | None] | None:
    """`0..1`, `0..` or `..100` as a lowest and a highest value."""
    if text is None:
        return None
    low, dots, high = text.partition("..")
    ends = [as_float(end) if end.strip() else None for end in (low, high)]
    given = [bool(end.strip()) for end in (low, high)]
    if not dots or not any(given) or any(there and end is None for there, end in zip(given, ends, strict=True)):
        raise BadInput(
            f'--bounds: found "{text}", expected a lowest and a highest value such as 0..1, or one: 0.. or ..100.'
        )
    return ends[0], ends[1]


def numbers(texts: tuple[str, ...], option: str, such: str) -> tuple[float, ...]:
    """Numbers as they were typed, apart or with commas between them."""
    parts = [part.strip() for text in texts for part in text.split(",")]
    values = [as_float(part) if part else None for part in parts]
    for part, value in zip(parts, values, strict=True):
        if value is None:
            raise BadInput(f'{option}: found "{part}", expected a number such as {such}.')
    known = (value for value in values if value is not None)
    return tuple(int(value) if value.is_integer() else value for value in known)
