"""Workers as processes: races for jobs, stops, silences and kills."""

import random
import re
import signal
import time
from collections import Counter

import pytest

pytestmark = pytest.mark.django_db


def test_several_workers_never_claim_the_same_job(ground) -> None:
    ground.ask("seed", "200", "0")
    go = ground.data / "go"
    racers = [ground.begin("claim", str(go)) for _ in range(4)]
    while len(list(ground.data.glob("ready-*"))) < len(racers):
        time.sleep(0.01)
    go.touch()
    claims = [ground.answer(racer) for racer in racers]
    assert sum(1 for claimed in claims if claimed) > 1  # there was a race
    assert sorted(job for claimed in claims for job in claimed) == list(range(1, 201))


def test_a_heartbeat_holds_the_lease_of_a_job_longer_than_it(ground) -> None:
    ground.environment["HOLDGOOD_JOB_LEASE"] = "2"
    ground.ask("enqueue", "silently", "4.5")
    busy = ground.worker()
    ground.until(busy, "job.started")
    idle = ground.worker()
    assert ground.until(busy, "job.ended")["outcome"] == "done"
    idle.send_signal(signal.SIGTERM)
    assert [event["event"] for event in ground.events(idle)] == ["worker.started", "worker.stopped"]
    report = ground.ask("report")
    assert (report["effects"], report["jobs"][0]["attempt"]) == ([1], 1)


def test_a_worker_that_froze_finds_its_job_taken_and_leaves_nothing(ground) -> None:
    ground.ask("enqueue", "at_length", "1")
    frozen = ground.worker()
    ground.until(frozen, "job.started")
    frozen.send_signal(signal.SIGSTOP)
    other = ground.worker()
    assert ground.until(other, "job.ended")["outcome"] == "done"
    frozen.send_signal(signal.SIGCONT)
    assert ground.until(frozen, "job.ended")["outcome"] == "lost"
    report = ground.ask("report")
    assert (report["effects"], report["jobs"][0]["attempt"], report["jobs"][0]["done"]) == ([1], 2, 10)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_told_to_stop_finishes_the_job_in_hand(ground, number) -> None:
    ground.ask("enqueue", "silently", "1")
    worker = ground.worker()
    ground.until(worker, "job.started")
    worker.send_signal(number)
    assert [event["event"] for event in ground.events(worker)] == ["job.ended", "worker.stopped"]
    assert worker.wait() == 0
    assert ground.ask("report")["effects"] == [1]


def test_a_job_that_takes_longer_is_given_back(ground) -> None:
    ground.ask("enqueue", "silently", "60")
    worker = ground.worker("--grace", "1")
    ground.until(worker, "job.started")
    worker.send_signal(signal.SIGTERM)
    assert [event["event"] for event in ground.events(worker)] == ["job.given-back", "worker.stopped"]
    assert worker.wait() == 0
    report = ground.ask("report")
    assert report["effects"] == []
    assert report["jobs"] == [
        {"attempt": 1, "last_attempt": 21, "state": "ready", "done": 0, "of": 0, "word": ""}  # none is used up
    ]


def kill_and_finish(ground, *, jobs: int, kills: int) -> None:
    """Kill workers at any moment of their work, let the last ones finish, and count what was left."""
    seed = random.randrange(2**32)
    print(f"seed {seed}")  # shown when it fails
    chance = random.Random(seed)
    ground.ask("seed", str(jobs), "0.01")
    killed = 0
    while killed < kills:
        worker = ground.worker("--once")
        wanted = chance.randint(1, 6)
        for event in ground.events(worker):
            wanted -= event["event"] == "job.started"
            if not wanted:
                time.sleep(chance.uniform(0, 0.02))
                worker.kill()
                killed += worker.wait() == -signal.SIGKILL
                break
        else:
            assert ground.ask("report")["states"].keys() != {"done"}, f"the work was over after {killed} kills"
    while ground.ask("report")["states"].keys() != {"done"}:
        ground.worker("--once").communicate()
    judge(ground, jobs)


def judge(ground, jobs: int) -> None:
    report = ground.ask("report")
    passed_on = [-n for n in range(1, jobs + 1) if n % 10 == 2]
    expected = Counter([n for n in range(1, jobs + 1) if n % 10 != 1] + passed_on)
    assert report["states"] == {"done": jobs + len(passed_on)}
    assert Counter(report["effects"]) == expected
    files = "".join(path.read_text() for path in (ground.data / "mail").iterdir())
    sent = Counter(re.findall(r"^Message-ID: (\S+)$", files, flags=re.MULTILINE))
    assert report["unsent"] == 0
    assert set(sent) == set(report["letters"])
    assert len(report["letters"]) == len([n for n in range(1, jobs + 1) if n % 10 == 1])
    twice = sum(sent.values()) - len(sent)
    print(f"tried again: {sum(job['attempt'] > 1 for job in report['jobs'])} jobs; sent again: {twice} letters")


def test_ten_kills_over_sixty_jobs_lose_nothing_and_double_nothing(ground) -> None:
    kill_and_finish(ground, jobs=60, kills=10)


@pytest.mark.long
def test_two_hundred_kills_over_a_thousand_jobs_lose_nothing_and_double_nothing(ground) -> None:
    kill_and_finish(ground, jobs=1000, kills=200)
