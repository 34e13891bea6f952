"""What was handed over is taken back by `kanal retract`, or replaced, and a hold says that it cannot stop it."""

import re

import pytest

from kanal.sandbox import Fault, FaultKind
from tests.cli.handing_over.office import BOTH, TEXT, WHY, Office
from tests.cli.on_terminal import OnTerminal, needs_terminal
from tests.conftest import WriteFile

BACK = {"markt/mastodon": "cancelled", "markt/facebook": "cancelled"}


def test_what_is_taken_back_does_not_come_out_and_can_be_handed_over_again(handed: Office) -> None:
    kanal = handed.kanal
    answer = kanal.json("retract", "markt", *WHY)
    assert (answer.code, answer.outcomes) == (0, BACK)
    assert "If it must not go out there" in answer.err
    assert handed.events() == ["claimed", "handed-over", "cancelling", "cancelled"]
    assert "taken back" in kanal("log").out
    assert set(kanal.json("status", "markt").outcomes.values()) == {"deferred"}
    assert kanal.json("publish", "--hand-over").outcomes == BOTH
    handed.clock.move(hours=3)
    assert handed.out == [("facebook", TEXT), ("mastodon", TEXT)]


def test_what_is_taken_back_is_published_once_by_a_run_in_time(handed: Office) -> None:
    handed.kanal("retract", "markt", *WHY)
    handed.clock.move(hours=2)
    assert handed.out == []
    published = handed.kanal.json("publish", "--due")
    assert published.outcomes == {"markt/mastodon": "published", "markt/facebook": "published"}
    assert len(handed.out) == 2


def test_the_same_again_does_no_harm(handed: Office) -> None:
    handed.kanal("retract", "markt", *WHY)
    again = handed.kanal("retract", "markt", *WHY)
    assert again.code == 2
    assert "nothing of “markt” is out there" in again.err


def test_what_came_out_meanwhile_is_taken_down(handed: Office) -> None:
    """Whoever wants it away does not know whether it came out a minute ago."""
    handed.clock.move(hours=3)
    assert len(handed.out) == 2
    answer = handed.kanal.json("retract", "markt", *WHY)
    assert (answer.code, set(answer.outcomes.values())) == (0, {"retracted"})
    assert handed.out == []
    assert handed.events() == ["claimed", "handed-over", "cancelling", "published", "retracting", "retracted"]
    assert set(handed.kanal.json("publish").outcomes.values()) == {"retracted"}


def test_a_draft_that_is_gone_is_still_shown_and_taken_back(handed: Office) -> None:
    (handed.kanal.root / "posts" / "markt.yaml").unlink()
    status = handed.kanal.json("status")
    assert status.outcomes == BOTH
    assert "The draft is gone, or does not name this channel any more." in status.out
    assert handed.kanal.json("retract", "markt", *WHY).outcomes == BACK


def test_a_draft_that_is_gone_is_settled_all_the_same(handed: Office) -> None:
    (handed.kanal.root / "posts" / "markt.yaml").unlink()
    handed.clock.move(hours=3)
    assert set(handed.kanal.json("publish").outcomes.values()) == {"published"}


@pytest.mark.parametrize("platform", ["mastodon", "facebook"])
@pytest.mark.parametrize("kind", [FaultKind.ERROR_BEFORE, FaultKind.ERROR_AFTER, FaultKind.CUT_AFTER, FaultKind.HTML])
def test_an_unclear_answer_is_looked_into(handed: Office, platform: str, kind: FaultKind) -> None:
    handed.practice.set_fault(platform, Fault(kind, calls="retract"))
    answer = handed.kanal.json("retract", "markt", "-c", platform, *WHY)
    assert (answer.code, answer.outcomes) == (0, {f"markt/{platform}": "cancelled"})
    handed.clock.move(hours=3)
    assert platform not in {where for where, _ in handed.out}


def test_what_the_network_refuses_to_cancel_still_lies_there(handed: Office) -> None:
    handed.practice.set_fault("mastodon", Fault(FaultKind.EXPIRED, calls="retract"))
    answer = handed.kanal.json("retract", "markt", *WHY)
    assert (answer.code, answer.outcomes["markt/mastodon"]) == (3, "deferred")
    assert "It still lies with the network." in answer.out
    assert handed.events()[-2:] == ["cancelling", "kept"]
    assert handed.kanal.json("status", "markt").outcomes["markt/mastodon"] == "handed-over"
    assert handed.kanal.json("retract", "markt", *WHY).outcomes["markt/mastodon"] == "cancelled"


def test_what_nobody_knows_is_exit_5_until_the_same_command_finishes_it(handed: Office) -> None:
    kanal = handed.kanal
    handed.practice.set_fault("mastodon", Fault(FaultKind.CUT_AFTER, calls="retract"))
    handed.clock.move(hours=1, minutes=57)  # so near that only time tells
    first = kanal.json("retract", "markt", "-c", "mastodon", *WHY)
    assert (first.code, first.outcomes) == (5, {"markt/mastodon": "uncertain"})
    assert "Whether it comes out all the same is known from" in first.out
    for command in ("status", "plan", "publish"):
        assert kanal.json(command, "markt", "-c", "mastodon").outcomes == {"markt/mastodon": "uncertain"}
    assert kanal("status", "--check").code == 5
    lines = kanal("status").out.splitlines()
    assert "    kanal retract markt --channel mastodon --reason REASON" in lines
    handed.clock.move(minutes=10)
    assert handed.kanal.json("retract", "markt", "-c", "mastodon", *WHY).outcomes == {"markt/mastodon": "cancelled"}
    assert [platform for platform, _ in handed.out] == ["facebook"]


def test_what_somebody_cancelled_on_the_network_is_noted_by_hand(handed: Office) -> None:
    refused = handed.kanal.json("retract", "markt", "-c", "mastodon", *WHY, "--by-hand")
    assert (refused.code, refused.outcomes) == (4, {"markt/mastodon": "rejected"})
    assert "The network still has it" in refused.out
    handed.somebody_cancels_on_mastodon()
    noted = handed.kanal.json("retract", "markt", "-c", "mastodon", *WHY, "--by-hand")
    assert (noted.code, noted.outcomes) == (0, {"markt/mastodon": "cancelled"})


def test_a_changed_draft_is_told_and_replaced_only_when_asked(handed: Office) -> None:
    kanal = handed.kanal
    handed.draft("Am Sonntag ist Markt.")
    told = "kanal publish --hand-over --replace markt"
    for command in (("status",), ("plan",), ("publish",), ("publish", "--hand-over", "markt")):
        answer = kanal.json(*command)
        assert set(answer.outcomes.values()) == {"handed-over"}
        assert told in answer.out
        assert answer.code == (4 if "markt" in command else 0)
    replaced = kanal.json("publish", "--hand-over", "--replace", "markt")
    assert (replaced.code, replaced.outcomes) == (0, BOTH)
    assert handed.events()[2:] == ["cancelling", "cancelled", "claimed", "handed-over"]
    assert told not in kanal.json("status").out
    handed.clock.move(hours=3)
    assert handed.out == [("facebook", "Am Sonntag ist Markt."), ("mastodon", "Am Sonntag ist Markt.")]
    assert set(kanal.json("publish").outcomes.values()) == {"published"}


def test_another_time_is_a_change_too(handed: Office) -> None:
    handed.draft(hours=5)
    assert "or another time" in handed.kanal.json("status").out
    assert handed.kanal.json("publish", "--hand-over", "--replace", "markt").outcomes == BOTH
    handed.clock.move(hours=3)
    assert handed.out == []
    handed.clock.move(hours=3)
    assert len(handed.out) == 2


def test_without_a_change_there_is_nothing_to_replace(handed: Office) -> None:
    before = handed.kanal.json("log").json
    assert handed.kanal.json("publish", "--hand-over", "--replace", "markt").outcomes == BOTH
    assert handed.kanal.json("log").json == before


def test_what_cannot_be_cancelled_is_not_replaced(handed: Office) -> None:
    handed.draft("Am Sonntag ist Markt.")
    handed.practice.set_fault("mastodon", Fault(FaultKind.EXPIRED, times=None, calls="retract"))
    answer = handed.kanal.json("publish", "--hand-over", "--replace", "markt", "-c", "mastodon")
    assert answer.code == 4
    handed.practice.heal()
    handed.clock.move(hours=3)
    assert ("mastodon", TEXT) in handed.out
    assert [text for platform, text in handed.out if platform == "mastodon"] == [TEXT]


def test_correct_says_how_to_replace_it(handed: Office) -> None:
    handed.draft("Am Sonntag ist Markt.")
    answer = handed.kanal("correct", "markt", *WHY)
    assert answer.code == 4
    assert "kanal publish --hand-over --replace markt --channel mastodon" in " ".join(answer.out.split())


def test_a_hold_names_what_it_cannot_stop(handed: Office) -> None:
    answer = handed.kanal("hold", "--reason", "Unglück", "--name", "Erika Mustermann")
    assert answer.code == 0
    said = " ".join(answer.err.split())
    assert "THIS CANNOT STOP what lies with the networks" in said
    assert re.search(r"markt on mastodon, at .*kanal retract markt --channel mastodon", said)
    assert re.search(r"kanal retract markt --channel facebook", said)
    status = " ".join(handed.kanal("status", "markt").out.split())
    assert "That does not stop the network." in status
    handed.kanal("retract", "markt", *WHY)
    assert "CANNOT STOP" not in handed.kanal("hold", "--reason", "Unglück", "--name", "Erika Mustermann").err


def test_a_hold_says_nothing_of_warnings_which_it_does_not_stop_anyway(
    office: Office,
    write_file: WriteFile,
) -> None:
    policy = (office.kanal.root / "config" / "plain.yaml").read_text(encoding="utf-8")
    crisis = "".join(f"  {rule}: off\n" for rule in CRISIS)
    write_file("config/plain.yaml", policy.replace("rules:\n", f"rules:\n{crisis}"))
    office.draft(more="type: crisis\nconfirmed_by: Leitstelle\n")
    assert office.kanal.json("publish", "--hand-over").outcomes == BOTH
    assert "CANNOT STOP" not in office.kanal("hold", "--reason", "Unglück", "--name", "Erika Mustermann").err


CRISIS = ("crisis/situation", "crisis/ends-at", "crisis/reach", "rights/unconfirmed-claim")


def test_a_pause_names_what_comes_out_on_that_channel_before_it_ends(handed: Office) -> None:
    said = handed.kanal("pause", "mastodon", "--until", handed.clock.local(hours=3)).err
    assert "kanal retract markt --channel mastodon" in " ".join(said.split())
    assert "facebook" not in said
    assert "kanal retract" not in handed.kanal("pause", "facebook", "--until", handed.clock.local(hours=1)).err


def test_a_hold_offers_to_take_it_back(handed: Office) -> None:
    needs_terminal()
    arguments = ("hold", "--reason", "Unglück", "--name", "Erika Mustermann")
    with OnTerminal(handed.kanal.root, *arguments) as terminal:
        terminal.read_until("Take 2 posts back from the networks now? [y/N]")
        terminal.type("y\n")
        assert terminal.end() == 0
    handed.clock.move(hours=3)
    assert handed.out == []
    assert {"cancelling", "cancelled"} < set(handed.events()), "by the clock of the other process they come first"


def test_whoever_watches_is_told_what_lies_there_against_the_office_or_was_never_looked_up(handed: Office) -> None:
    kanal = handed.kanal
    assert kanal("status", "--check").code == 0
    handed.draft("Am Sonntag ist Markt.")
    check = kanal.json("status", "--check")
    assert (check.code, {one["kind"] for one in check.json["complaints"]}) == (3, {"otherwise"})
    handed.draft()
    handed.clock.move(hours=3)
    assert kanal("status", "--check").code == 0, "it may well be out"
    handed.clock.move(hours=24)
    check = kanal.json("status", "--check")
    assert (check.code, {one["kind"] for one in check.json["complaints"]}) == (3, {"overdue"})
    assert "kanal publish looks whether it did" in check.out
    assert kanal("publish", "--due").code == kanal("status", "--check").code == 0


def test_what_comes_out_right_now_is_not_replaced(handed: Office) -> None:
    """The request that cancels might take down what readers see already."""
    handed.draft("Am Sonntag ist Markt.", hours=5)
    handed.clock.move(hours=1, minutes=59)
    answer = handed.kanal.json("publish", "--hand-over", "--replace", "markt")
    assert (answer.code, set(answer.outcomes.values())) == (4, {"held"})
    assert "It comes out right now" in answer.out
    assert handed.events() == ["claimed", "handed-over"]


def test_a_hold_that_cannot_look_into_the_ledger_holds_all_the_same_and_says_so(handed: Office) -> None:
    (handed.kanal.root / ".kanal" / "practice.sqlite3").write_bytes(b"no ledger" * 100)
    answer = handed.kanal("hold", "--reason", "Unglück", "--name", "Erika Mustermann")
    assert answer.code == 0
    assert (handed.kanal.root / "config" / "hold.yaml").exists()
    assert "Nobody could look whether something lies with the networks" in answer.err
