"""A network that fails: the others are served, the exit code says so, and a later run sends the rest, once."""

from collections import Counter

from kanal.sandbox import PLATFORMS, Fault, FaultKind, Practice
from tests.cli.calls import Kanal
from tests.conftest import WriteFile

ALL = set(PLATFORMS)


def test_one_network_down_leaves_the_others_served(kanal: Kanal, practice: Practice, everywhere: str) -> None:
    practice.set_fault("x", Fault(FaultKind.DOWN))
    answer = kanal.json("publish", "--wait", "0")
    assert answer.code == 3
    assert answer.outcomes == {f"{everywhere}/{name}": "published" for name in ALL - {"x"}} | {
        f"{everywhere}/x": "deferred"
    }
    practice.heal()
    assert kanal.json("publish").outcomes == {f"{everywhere}/{name}": "already" for name in ALL - {"x"}} | {
        f"{everywhere}/x": "published"
    }
    assert Counter(post.platform for post in practice.posts()) == dict.fromkeys(ALL, 1)


def test_all_networks_down_is_exit_4(kanal: Kanal, practice: Practice, everywhere: str) -> None:
    for platform in PLATFORMS:
        practice.set_fault(platform, Fault(FaultKind.DOWN))
    answer = kanal.json("publish", "--wait", "0")
    assert answer.code == 4
    assert answer.outcomes == {f"{everywhere}/{name}": "deferred" for name in ALL}
    assert all("No connection to" in one["reason"] for one in answer.json["deliveries"])


def test_a_rate_limit_is_waited_for_when_it_is_short(kanal: Kanal, practice: Practice) -> None:
    practice.set_fault("mastodon", Fault(FaultKind.TOO_MANY, seconds=1))
    answer = kanal("publish", "baustelle", "--channel", "mastodon", "--wait", "20")
    assert answer.code == 0
    assert "mastodon: waiting. " in answer.err
    assert len(practice.posts("mastodon")) == 1


def test_a_rate_limit_is_not_waited_for_beyond_the_limit(kanal: Kanal, practice: Practice) -> None:
    practice.set_fault("mastodon", Fault(FaultKind.TOO_MANY, times=None, seconds=900, calls="all"))
    answer = kanal.json("publish", "baustelle", "--wait", "1")
    assert answer.code == 3
    assert answer.outcomes == {"baustelle/mastodon": "deferred", "baustelle/x": "published"}
    assert answer.json["deliveries"][0]["at"] is not None


def test_an_expired_token_is_named(kanal: Kanal, practice: Practice) -> None:
    practice.set_fault("x", Fault(FaultKind.EXPIRED, times=None, calls="all"))
    answer = kanal.json("publish", "baustelle", "--channel", "x")
    assert answer.code == 4
    assert answer.outcomes == {"baustelle/x": "deferred"}
    assert "credentials" in answer.json["deliveries"][0]["reason"]


def test_an_answer_that_was_lost_is_looked_up(kanal: Kanal, practice: Practice) -> None:
    practice.set_fault("x", Fault(FaultKind.CUT_AFTER))
    answer = kanal.json("publish", "baustelle", "--channel", "x")
    assert answer.code == 0
    assert answer.json["deliveries"][0]["url"] == practice.posts("x")[0].url
    assert len(practice.posts("x")) == 1


def test_a_request_that_was_lost_is_sent_again(kanal: Kanal, practice: Practice) -> None:
    practice.set_fault("x", Fault(FaultKind.ERROR_BEFORE))
    answer = kanal.json("publish", "baustelle", "--channel", "x")
    assert answer.code == 0
    assert answer.outcomes == {"baustelle/x": "published"}
    assert len(practice.posts("x")) == 1


def test_a_doubt_that_stays_is_exit_5_and_rests_the_channel(
    kanal: Kanal, practice: Practice, write_file: WriteFile
) -> None:
    """X stores the first post, and is gone for every question after that."""
    write_file("posts/zweite.yaml", "id: zweite\nchannels: [mastodon, x]\ntext: Die zweite Meldung.\n")
    practice.set_fault("x", Fault(FaultKind.CUT_AFTER, times=None, calls="all"))
    answer = kanal.json("publish", "baustelle", "zweite", "--wait", "0")
    assert answer.code == 5
    assert answer.outcomes == {
        "baustelle/mastodon": "published",
        "baustelle/x": "uncertain",
        "zweite/mastodon": "published",
        "zweite/x": "deferred",
    }
    assert len(practice.posts("x")) == 1
    practice.heal()
    assert set(kanal.json("publish", "baustelle", "zweite", "--channel", "x").outcomes.values()) == {"published"}
    assert len(practice.posts("x")) == 2
