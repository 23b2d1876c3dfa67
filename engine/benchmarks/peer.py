"""Times one peer on a CSV of series, one call a series, as its documentation calls it; prints one line of JSON.

    python peer.py abspc|pycontrolcharts FILE ROUNDS

Run by the interpreter that has the peer, so it imports nothing of the engine.
"""

import importlib
import importlib.metadata
import json
import sys
import time
import warnings
from typing import Any


def abspc(module: Any, frame: Any) -> None:
    limits = module.calculate_control_limits(frame, "XmR")
    module.determine_point_colours(module.detect_special_causes(limits))


def pycontrolcharts(module: Any, frame: Any) -> None:
    tests = module.RunTestConfig(test2_n=7, test3_n=7, test6=False)
    module.calc_xmr(frame, value_column="value", run_tests=tests)


PEERS = {"abspc": abspc, "pycontrolcharts": pycontrolcharts}


def measure(name: str, file: str, rounds: int) -> dict[str, Any]:
    import pandas as pd

    module = importlib.import_module(name)
    frames = [
        one[["date", "value"]].reset_index(drop=True)
        for _, one in pd.read_csv(file, parse_dates=["date"]).groupby("series")
    ]
    PEERS[name](module, frames[0])
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        for frame in frames:
            PEERS[name](module, frame)
        seconds.append(time.perf_counter() - start)
    return {
        "version": importlib.metadata.version(name),
        "points": sum(map(len, frames)),
        "seconds": min(seconds),
    }


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    try:
        print(json.dumps(measure(sys.argv[1], sys.argv[2], int(sys.argv[3]))))
    except ImportError as error:
        print(json.dumps({"skipped": f"{error.name} is not installed"}))
