"""How fast pages are: the demonstration on one machine, eight people at once. Writes build/bench-web.md.

`make bench` runs it after the engine's; FULL=1 lets writers and readers run for five minutes instead of one.
Server and load share the machine's cores, so that the figures are lower than those of a server on its own.
"""

import http.client
import itertools
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
PORT = int(os.environ.get("BENCH_PORT", "8190"))
USERS = 8
SECONDS = int(os.environ.get("BENCH_SECONDS", "15"))
FULL = os.environ.get("FULL") == "1"
CHARTS = ["/at/fenmoor-nhs-trust/measures/?view=charts"]
ORDINARY = [
    "/at/ward-7/",
    "/at/ward-7/measures/",
    "/at/ward-7/measures/falls/",
    "/at/fenmoor-nhs-trust/catalogue/",
    "/places/",
    "/my-work/",
    "/search/?q=ward",
]


class Person:
    """One who is signed in, with a connection that stays open."""

    def __init__(self, slug: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
        self.cookies: dict[str, str] = {}
        token = self._token(self.get("/demo/")[1])
        assert self.post(f"/demo/enter/{slug}", csrfmiddlewaretoken=token)[0] == 302

    def get(self, path: str) -> tuple[int, str]:
        return self._ask("GET", path, None)

    def post(self, path: str, **data: str) -> tuple[int, str]:
        return self._ask("POST", path, urlencode(data))

    def fill(self, path: str, **data: str) -> int:
        """Open a form and send it, as a browser does."""
        _, page = self.get(path)
        return self.post(path, csrfmiddlewaretoken=self._token(page), **data)[0]

    def _ask(self, method: str, path: str, body: str | None) -> tuple[int, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Referer": f"http://127.0.0.1:{PORT}{path}",
            }
            headers["Origin"] = f"http://127.0.0.1:{PORT}"
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionResetError):  # idle for too long: a browser opens another
            self.connection.close()
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.read().decode("utf-8", "replace")

    @staticmethod
    def _token(page: str) -> str:
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert found, page[:500]
        return found[1]


@dataclass
class Told:
    """What was measured of one kind of page."""

    name: str
    times: list[float] = field(default_factory=list)
    wrong: list[int] = field(default_factory=list)
    seconds: float = 0.0
    pace: float = 0.0  # seconds that fixed work took right before

    @property
    def row(self) -> str:
        times = sorted(self.times)
        p95 = times[int(len(times) * 0.95)] if times else float("nan")
        figures = (len(times) / self.seconds, statistics.median(times) * 1000, p95 * 1000)
        shown = [f"{each:,.0f}" for each in (*figures, len(self.wrong), self.pace * 1000)]
        return f"| {self.name} | {' | '.join(shown)} |"


class Service:
    """Web server and worker on a data folder of their own."""

    def __init__(self, **settings: str) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="holdgood-bench-")
        self.environment = {
            **os.environ, "HOLDGOOD_DATA": self.folder.name, "HOLDGOOD_DEMO": "1", "PORT": str(PORT), **settings,
        }  # fmt: skip
        self.environment.pop("DATABASE_URL", None)
        code = "from holdgood.commands import main; main()"
        self.process = subprocess.Popen(
            [sys.executable, "-c", code, "run"], env=self.environment, cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if "Holdgood is at" in line:
                return
        raise SystemExit("bench: the service did not start.")

    def __enter__(self) -> "Service":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(60)
        self.folder.cleanup()


def pace() -> float:
    """Seconds that the same work takes now: a machine that others share is not equally fast at all times."""
    begin = time.process_time()
    counts: dict[int, str] = {}
    for number in range(400_000):
        counts[number % 1000] = str(number)
    return time.process_time() - begin


def together(name: str, works: list[Callable[[Told], None]], seconds: float) -> Told:
    """Let several people do something again and again for some seconds."""
    told = Told(name, pace=pace())
    end = time.perf_counter() + seconds
    start = time.perf_counter()

    def on(work: Callable[[Told], None]) -> None:
        while time.perf_counter() < end:
            work(told)

    threads = [threading.Thread(target=on, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told.seconds = time.perf_counter() - start
    return told


def reading(person: Person, paths: list[str]) -> Callable[[Told], None]:
    turn = itertools.cycle(paths)

    def work(told: Told) -> None:
        begin = time.perf_counter()
        status, _ = person.get(next(turn))
        told.times.append(time.perf_counter() - begin)
        if status != 200:
            told.wrong.append(status)

    return work


def writing(person: Person, place: str, measure: str) -> Callable[[Told], None]:
    months = itertools.cycle(
        [f"{month} {year}" for year in (2024, 2025) for month in ("January", "May", "July", "October")]
    )
    values = itertools.count(1)

    def work(told: Told) -> None:
        begin = time.perf_counter()
        path = f"/at/{place}/measures/{measure}/add/"
        status = person.fill(path, period=next(months), numerator=str(next(values) % 9), denominator="800")
        told.times.append(time.perf_counter() - begin)
        if status != 302:
            told.wrong.append(status)

    return work


def pages() -> list[Told]:
    found = []
    with Service(HOLDGOOD_CHART_CACHE="0"):
        people = [Person("director") for _ in range(USERS)]
        found.append(together("page of 40 charts, none kept", [reading(one, CHARTS) for one in people], SECONDS))
    with Service():
        people = [Person("director") for _ in range(USERS)]
        for one in people:
            for path in CHARTS * 3 + ORDINARY * 2:
                one.get(path)
        found.append(together("page of 40 charts, kept", [reading(one, CHARTS) for one in people], SECONDS))
        turned = [ORDINARY[start:] + ORDINARY[:start] for start in range(len(ORDINARY))]
        works = [reading(one, turned[i % len(turned)]) for i, one in enumerate(people)]
        found.append(together("ordinary pages", works, SECONDS))
        for path in ORDINARY:
            found += [together(f"`{path}`", [reading(one, [path]) for one in people], SECONDS / 3)]
    return found


def writers_and_readers(seconds: float) -> list[Told]:
    wards = ["ward-7", "ward-8", "ward-9", "ward-10", "ward-11", "ward-12", "ward-20", "ward-21"]
    with Service():
        readers = [reading(Person("director"), ORDINARY) for _ in range(USERS)]
        writers = [writing(Person("analyst"), ward, "falls") for ward in wards]
        found: list[Told] = []
        thread = threading.Thread(target=lambda: found.append(together("8 readers meanwhile", readers, seconds)))
        thread.start()
        found.append(together("8 writers: form opened and sent, SQLite", writers, seconds))
        thread.join()
    return found


def main() -> None:
    seconds = 300 if FULL else 4 * SECONDS
    rows = pages() + writers_and_readers(seconds)
    head = "| what, 8 people at once | a second | median ms | 95th ms | not answered right | fixed work, ms |"
    table = "\n".join([head, "| --- | ---: | ---: | ---: | ---: | ---: |", *(told.row for told in rows)])
    cores = f"{os.cpu_count()} cores, shared by server and load."
    said = f"{table}\n\nWriters and readers ran for {seconds} seconds. {cores}\n"
    (ROOT / "build").mkdir(exist_ok=True)
    (ROOT / "build" / "bench-web.md").write_text(said, encoding="utf-8")
    print(said)


if __name__ == "__main__":
    main()
