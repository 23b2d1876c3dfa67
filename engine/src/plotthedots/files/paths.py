"""Names of files: which kind a name asks for, and what to say of one that cannot be opened."""

from pathlib import Path

from plotthedots.errors import BadInput
from plotthedots.files.source import closest

KINDS = ("csv", "parquet", "xlsx")
READ_ONLY = ("xls", "xlsb", "ods")
STANDARD = "-"
_TEXT = {"txt": "csv", "tsv": "csv", "pq": "parquet", "xlsm": "xlsx"}
_ADVICE = {
    **dict.fromkeys(READ_ONLY, "such workbooks are read, not written: say .xlsx"),
    "numbers": "Numbers sheets are not read: export it as .xlsx or .csv",
    "gz": "compressed files are not read: decompress it first",
    "zip": "compressed files are not read: decompress it first",
}


def kind(path: str, format: str = "") -> str:
    """ "csv", "parquet" or "xlsx", by the ending of the name; else, and for standard input and output, by `format`.

    Standard input and output are CSV where nothing is said.
    """
    if path == STANDARD:
        return format or "csv"
    ending = Path(path).suffix.lower().lstrip(".")
    found = _TEXT.get(ending, ending)
    if found not in KINDS and format and ending not in _ADVICE:
        return format
    if found not in KINDS:
        advice = _ADVICE.get(ending, "expected .csv, .parquet or .xlsx; say --format if it is one of these")
        raise BadInput(f"{path}: {advice}.")
    return found


def kind_to_read(path: str, format: str = "") -> str:
    """As `kind`, and "xls", "xlsb" or "ods", which are read alone."""
    ending = Path(path).suffix.lower().lstrip(".")
    return ending if ending in READ_ONLY else kind(path, format)


def check_readable(path: str) -> None:
    """The sentence for a file that is not there, or is a folder."""
    place = Path(path)
    if place.is_dir():
        raise BadInput(f"{path} is a folder; name the file in it.")
    if place.exists():
        return
    if not place.parent.is_dir():
        raise BadInput(f"{path}: there is no folder {place.parent}.")
    guess = closest(place.name, [entry.name for entry in place.parent.iterdir() if entry.is_file()])
    meant = f' Did you mean "{place.parent / guess if place.parent != Path() else guess}"?' if guess else ""
    raise BadInput(f"{path}: there is no such file.{meant}")


def spoken(path: str) -> str:
    """The name of a file in sentences."""
    return "standard input" if path == STANDARD else Path(path).name
