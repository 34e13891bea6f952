"""Ctrl-C in the middle of sending: what is under way is finished and written down, and nothing is sent twice."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from kanal.sandbox import Fault, FaultKind, Practice
from tests.cli.calls import Answer, Kanal, command, surroundings
from tests.conftest import WriteFile

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows sends Ctrl-C to a whole console, the tests' own included"
)
SLOW = 1.0


@pytest.fixture
def two_drafts(kanal: Kanal, practice: Practice, write_file: WriteFile) -> Kanal:
    """Two drafts for Mastodon, which is slow to answer, and nothing else."""
    (kanal.root / "posts" / "verkehr" / "linden.yaml").unlink()
    write_file("posts/baustelle.yaml", "id: baustelle\nchannels: [mastodon]\ntext: Erste Meldung.\n")
    write_file("posts/zweite.yaml", "id: zweite\nchannels: [mastodon]\ntext: Zweite Meldung.\n")
    practice.set_fault("mastodon", Fault(FaultKind.LATENCY, times=None, seconds=SLOW))
    return kanal


@contextmanager
def publishing(kanal: Kanal) -> Iterator["subprocess.Popen[bytes]"]:
    """`kanal publish --format json`, killed at the end of the block if it still runs."""
    running = subprocess.Popen(
        command("publish", "--format", "json"),
        cwd=kanal.root,
        env=surroundings(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    with running:
        try:
            yield running
        finally:
            running.kill()


def wait_for(condition: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def events(kanal: Kanal) -> list[str]:
    return [f"{event['draft']} {event['event']}" for event in kanal.json("log").json["events"]]


def under_way(kanal: Kanal) -> bool:
    return (kanal.root / ".kanal" / "practice.sqlite3").exists() and "baustelle claimed" in events(kanal)


def ended(running: "subprocess.Popen[bytes]") -> Answer:
    out, err = running.communicate(timeout=30)
    return Answer(running.returncode, out.decode(), err.decode())


def test_the_delivery_under_way_is_finished_and_the_rest_waits(two_drafts: Kanal, practice: Practice) -> None:
    with publishing(two_drafts) as running:
        wait_for(lambda: under_way(two_drafts))
        running.send_signal(signal.SIGINT)
        answer = ended(running)
    assert answer.code == 3
    assert answer.outcomes == {"baustelle/mastodon": "published", "zweite/mastodon": "deferred"}
    assert answer.json["deliveries"][1]["reason"] == "The run was interrupted."
    assert events(two_drafts) == ["baustelle claimed", "baustelle published"]
    practice.heal()
    assert two_drafts.json("publish").outcomes == {
        "baustelle/mastodon": "already",
        "zweite/mastodon": "published",
    }
    assert Counter(post.text for post in practice.posts()) == {"Erste Meldung.": 1, "Zweite Meldung.": 1}


def test_the_second_ctrl_c_leaves_at_once_and_the_next_run_settles_it(two_drafts: Kanal, practice: Practice) -> None:
    practice.set_fault("mastodon", Fault(FaultKind.LATENCY, times=None, seconds=6))
    with publishing(two_drafts) as running:
        wait_for(lambda: under_way(two_drafts))
        running.send_signal(signal.SIGINT)
        time.sleep(0.4)
        before = time.monotonic()
        running.send_signal(signal.SIGINT)
        answer = ended(running)
        assert time.monotonic() - before < 5
    assert answer.code == 5
    assert answer.out == ""
    assert "Broken off. The next “kanal publish” finds out what went out." in answer.err
    assert "Traceback" not in answer.err
    assert events(two_drafts) == ["baustelle claimed"]
    practice.heal()
    assert set(two_drafts.json("publish").outcomes.values()) == {"published"}
    assert Counter(post.text for post in practice.posts()) == {"Erste Meldung.": 1, "Zweite Meldung.": 1}
    assert "baustelle taken-over" in events(two_drafts)


def test_a_killed_run_is_settled_by_the_next(two_drafts: Kanal, practice: Practice) -> None:
    with publishing(two_drafts) as running:
        wait_for(lambda: under_way(two_drafts))
        os.kill(running.pid, signal.SIGKILL)
        running.wait(30)
    status = two_drafts.json("status").json["deliveries"][0]
    assert (status["draft"], status["outcome"]) == ("baustelle", "uncertain")
    practice.heal()
    assert two_drafts.json("publish").code == 0
    assert Counter(post.text for post in practice.posts()) == {"Erste Meldung.": 1, "Zweite Meldung.": 1}


@pytest.mark.parametrize("signals", [["SIGTERM"], ["SIGTERM", "SIGTERM"], ["SIGINT", "SIGTERM"], ["SIGTERM", "SIGINT"]])
def test_a_job_that_is_told_to_end_finishes_what_is_under_way(
    two_drafts: Kanal, practice: Practice, signals: list[str]
) -> None:
    with publishing(two_drafts) as running:
        wait_for(lambda: under_way(two_drafts))
        for name in signals:
            running.send_signal(signal.Signals[name])
            time.sleep(0.1)
        answer = ended(running)
    assert answer.code == 3
    assert answer.outcomes == {"baustelle/mastodon": "published", "zweite/mastodon": "deferred"}
    assert ("Told to end. Finishing what is under way." in answer.err) is (signals[0] == "SIGTERM")
    assert events(two_drafts) == ["baustelle claimed", "baustelle published"]
    practice.heal()
    assert set(two_drafts.json("publish").outcomes.values()) == {"already", "published"}
    assert Counter(post.text for post in practice.posts()) == {"Erste Meldung.": 1, "Zweite Meldung.": 1}


def test_a_job_that_is_told_to_end_does_not_go_on_waiting(two_drafts: Kanal, practice: Practice) -> None:
    practice.heal()
    practice.set_fault("mastodon", Fault(FaultKind.TOO_MANY, times=None, seconds=50))
    with publishing(two_drafts) as running:
        wait_for(lambda: under_way(two_drafts) and "baustelle released" in events(two_drafts))
        before = time.monotonic()
        running.send_signal(signal.SIGTERM)
        answer = ended(running)
        assert time.monotonic() - before < 10
    assert answer.code == 4
    assert set(answer.outcomes.values()) == {"deferred"}
    assert practice.posts() == []
