"""The process in which calamine reads: a sheet of a workbook in, a line of JSON a row out.

Of a damaged workbook calamine may ask for memory that no machine has, which ends its process; so it has its own.
Started by its path, so that it loads nothing else of this package.
"""

import contextlib
import datetime as dt
import json
import sys
from typing import Any

MEMORY = 700_000_000  # of addresses
SECONDS = 60  # of the processor


def main() -> None:
    """Arguments: the workbook, which of its sheets, from 0, and that sheet's name, so that it is no other."""
    _limit()
    from python_calamine import CalamineWorkbook

    sheet = CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(int(sys.argv[2]))
    if sheet.name != sys.argv[3]:
        sys.exit(1)
    if sheet.start is not None:
        # Rows are counted from the sheet's first, columns from the first that holds something.
        before = [None] * sheet.start[1]
        for row in sheet.iter_rows():
            sys.stdout.write(json.dumps(before + [_plain(value) for value in row]) + "\n")
    sys.stdout.write("end\n")


def _limit() -> None:
    # Where the system has no such limits, the sizes that were looked at before are what there is.
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _plain(value: Any) -> Any:
    """As JSON: text, numbers, nothing and yes or no as they are, all else with a word for its kind."""
    if value == "":
        return None
    if isinstance(value, dt.timedelta):
        return {"timedelta": value.total_seconds()}
    if isinstance(value, dt.date | dt.time):
        return {type(value).__name__: value.isoformat()}
    return value


if __name__ == "__main__":
    main()
