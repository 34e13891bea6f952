"""`kanal publish --hand-over`: networks publish later by themselves, nobody sends it twice, and it is looked up."""

import pytest

from kanal.ledger.office import open_practice_ledger
from kanal.model import DeliveryKey
from kanal.sandbox import Fault, FaultKind
from tests.cli.handing_over.office import BOTH, TEXT, WHY, Office
from tests.conftest import WriteFile

OUT = [("facebook", TEXT), ("mastodon", TEXT)]


def test_it_is_handed_over_comes_out_in_time_and_is_settled_with_its_address(office: Office) -> None:
    kanal, clock = office.kanal, office.clock
    answer = kanal.json("publish", "--hand-over", "markt")
    assert (answer.code, answer.outcomes) == (0, BOTH)
    assert {one["url"] for one in answer.json["deliveries"]} == {None}
    assert office.out == []
    clock.move(hours=1)
    assert kanal.json("publish").outcomes == BOTH, "not its time"
    clock.move(hours=1, minutes=1)
    assert office.out == OUT, "nobody ran kanal"
    settled = kanal.json("publish", "--due")
    assert (settled.code, settled.outcomes) == (0, {"markt/mastodon": "published", "markt/facebook": "published"})
    urls = {post.url for post in office.practice.posts()}
    assert {one["url"] for one in settled.json["deliveries"]} == urls
    assert kanal.json("publish").outcomes == {"markt/mastodon": "already", "markt/facebook": "already"}
    assert office.out == OUT
    assert office.events() == ["claimed", "handed-over", "taken-over", "published"]


@pytest.mark.parametrize("arguments", [(), ("--due",), ("markt",), ("--hand-over",), ("--hand-over", "markt")])
def test_what_lies_with_the_network_is_sent_by_nobody(office: Office, arguments: tuple[str, ...]) -> None:
    kanal = office.kanal
    assert kanal("publish", "--hand-over").code == 0
    before = office.practice.request_counts()
    for hours in (1, 1.01):
        answer = kanal.json("publish", *arguments)
        assert answer.code == 0
        assert set(answer.outcomes.values()) <= {"handed-over"}
        office.clock.move(hours=hours)
        if hours == 1:
            assert office.practice.request_counts() == before, "its time has not come, and nobody need be asked"
    assert office.out == OUT


def test_a_draft_whose_time_is_changed_to_now_is_not_sent_beside_what_the_network_has(office: Office) -> None:
    kanal = office.kanal
    kanal("publish", "--hand-over")
    office.draft(hours=None)
    assert kanal.json("publish", "markt").outcomes == BOTH
    assert office.out == []
    assert "kanal publish --hand-over --replace markt" in " ".join(kanal("status", "markt").out.split())


def test_channels_that_cannot_are_told_and_the_exit_code_says_so(office: Office) -> None:
    office.draft(channels="mastodon, x, instagram", more=PICTURE)
    answer = office.kanal.json("publish", "--hand-over", "markt")
    assert (answer.code, answer.outcomes) == (
        3,
        {"markt/mastodon": "handed-over", "markt/x": "held", "markt/instagram": "held"},
    )
    reasons = {one["channel"]: one["reason"] for one in answer.json["deliveries"]}
    assert reasons["x"] == "“x” does not publish later by itself; run kanal publish when its time has come."
    assert office.kanal.json("publish", "--hand-over", "markt", "-c", "x").code == 4
    assert office.kanal.json("publish", "--hand-over", "markt", "-c", "mastodon").code == 0
    office.clock.move(hours=2)
    # Not X: its practice network looks at signatures, which carry this machine's time.
    rest = office.kanal.json("publish", "--due", "-c", "mastodon", "-c", "instagram")
    assert rest.outcomes == {"markt/mastodon": "published", "markt/instagram": "published"}
    assert [platform for platform, _ in office.out] == ["instagram", "mastodon"]


PICTURE = "media:\n  - {file: good.jpg, alt: Marktstände, credit: Landkreis Musterland, licence: CC BY 4.0}\n"


def test_pictures_polls_and_warnings_go_along(office: Office) -> None:
    office.draft(more=PICTURE)
    office.draft(
        "Wann soll der Markt sein?",
        name="umfrage",
        channels="mastodon",
        hours=5,
        more="poll: {options: [Samstag, Sonntag], ends_after: 1 day}\n",
    )
    office.draft("Es riecht.", name="warnung", channels="mastodon", hours=8, more="content_warning: Fisch\n")
    answer = office.kanal.json("publish", "--hand-over")
    assert set(answer.outcomes.values()) == {"handed-over"}, answer.out
    office.clock.move(hours=9)
    assert set(office.kanal.json("publish").outcomes.values()) == {"published"}
    posts = {(post.platform, post.text): post for post in office.practice.posts()}
    assert [picture.alt for picture in posts["facebook", TEXT].media] == ["Marktstände"]
    assert [picture.alt for picture in posts["mastodon", TEXT].media] == ["Marktstände"]
    assert posts["mastodon", "Wann soll der Markt sein?"].poll
    assert posts["mastodon", "Es riecht."].warning == "Fisch"


@pytest.mark.parametrize(
    ("hours", "mastodon", "facebook", "said"),
    [
        (5 / 60, "held", "held", "at least 5 minutes away"),
        (8 / 60, "handed-over", "held", "at least 10 minutes away"),
        (24 * 31, "handed-over", "deferred", "at most 30 days ahead"),
        (24 * 29, "handed-over", "handed-over", "which publishes it at"),
        (-1, "held", "held", "It names no time that is to come"),
        (None, "held", "held", "It names no time that is to come"),
    ],
)
def test_the_limits_of_each_network_are_told_before_anything_is_sent(
    office: Office, hours: float | None, mastodon: str, facebook: str, said: str
) -> None:
    office.draft(hours=hours)
    answer = office.kanal.json("publish", "--hand-over", "markt")
    assert answer.outcomes == {"markt/mastodon": mastodon, "markt/facebook": facebook}
    assert said in answer.out
    given = [mastodon, facebook].count("handed-over")
    assert answer.code == {0: 4, 1: 3, 2: 0}[given]
    assert office.out == []


def test_without_names_only_what_is_planned_for_later_is_looked_at(office: Office) -> None:
    office.draft("Schon fällig.", name="faellig", hours=-1)
    office.draft("Ohne Zeit.", name="zeitlos", hours=None)
    office.draft("In weiter Ferne.", name="fern", channels="facebook", hours=24 * 60)
    answer = office.kanal.json("publish", "--hand-over")
    assert (answer.code, answer.outcomes) == (0, {**BOTH, "fern/facebook": "deferred"})
    assert office.out == []


def test_no_more_than_25_wait_on_mastodon_for_one_day(office: Office) -> None:
    for number in range(26):
        office.draft(f"Beitrag {number}", name=f"nr-{number:02}", channels="mastodon", hours=2.3 + number * 0.3)
    answer = office.kanal.json("publish", "--hand-over", "-c", "mastodon")
    outcomes = list(answer.outcomes.values())
    assert (answer.code, outcomes.count("handed-over"), outcomes.count("held")) == (3, 25, 2)
    assert "25 posts wait at the network for" in answer.out


def test_threads_are_not_handed_over(office: Office) -> None:
    office.draft(channels="mastodon", more="thread:\n  - text: Und am Sonntag auch.\n")
    answer = office.kanal.json("publish", "--hand-over", "markt")
    assert (answer.code, set(answer.outcomes.values())) == (4, {"held"})
    assert "The parts of a thread cannot be handed over" in answer.out


def test_quiet_hours_and_distances_hold_at_the_time_at_which_it_comes_out(
    office: Office, write_file: WriteFile
) -> None:
    policy = office.kanal.root / "config" / "plain.yaml"
    write_file("config/plain.yaml", policy.read_text(encoding="utf-8").replace("  time/quiet-hours: off\n", ""))
    office.draft(name="nachts", hours=13, channels="mastodon")
    office.draft("Zu nah.", name="zu-nah", hours=2.1, channels="mastodon")
    answer = office.kanal.json("publish", "--hand-over")
    assert answer.outcomes == {**BOTH, "zu-nah/mastodon": "deferred", "nachts/mastodon": "deferred"}
    assert answer.code == 3
    assert "These are quiet hours" in answer.out
    assert "too close to the post before it" in answer.out


def test_what_the_rules_object_to_is_not_handed_over(office: Office) -> None:
    office.draft("Bitte überweisen Sie auf DE89 3704 0044 0532 0130 00.")
    answer = office.kanal("publish", "--hand-over", "markt")
    assert answer.code == 1
    assert "Nothing was sent." in answer.err
    assert office.events() == []


def test_the_rules_look_at_the_day_on_which_readers_see_it(office: Office) -> None:
    office.draft("Heute ist Markt.", hours=26, more=f"starts_at: {office.clock.local(hours=27)}\ntype: event\n")
    assert office.kanal.json("publish", "--hand-over", "markt").outcomes == BOTH


def test_an_approval_is_asked_for(office: Office, write_file: WriteFile) -> None:
    policy = office.kanal.root / "config" / "plain.yaml"
    write_file("config/plain.yaml", policy.read_text(encoding="utf-8").replace("  approval/missing: off\n", ""))
    answer = office.kanal("publish", "--hand-over", "markt")
    assert (answer.code, office.events()) == (1, [])
    assert "approval/missing" in answer.out


def test_a_hold_keeps_it_from_being_handed_over(office: Office) -> None:
    office.kanal("hold", "--reason", "Unglück", "--name", "Erika Mustermann")
    answer = office.kanal.json("publish", "--hand-over", "markt")
    assert (answer.code, set(answer.outcomes.values())) == (4, {"held"})
    assert office.events() == []


def test_a_pause_counts_if_it_lasts_until_then(office: Office) -> None:
    for hours, outcome in ((3, "held"), (1, "handed-over")):
        ends = office.clock.local(hours=hours)
        office.kanal("pause", "mastodon", "--until", ends)
        assert office.kanal.json("publish", "--hand-over", "markt").outcomes["markt/mastodon"] == outcome


def test_plan_shows_what_would_be_handed_over_and_status_what_was(office: Office) -> None:
    kanal = office.kanal
    planned = kanal.json("plan", "--hand-over", "markt")
    assert set(planned.outcomes.values()) == {None}
    assert planned.json["summary"]["due"] == 2
    assert office.events() == []
    kanal("publish", "--hand-over")
    for command in ("plan", "status"):
        answer = kanal.json(command, "markt")
        assert answer.outcomes == BOTH
        assert "which publishes it at" in answer.out
    assert kanal("status", "--check").code == 0
    office.clock.move(hours=3)
    assert "kanal publish looks whether it did" in kanal.json("status", "markt").out
    handed = kanal.json("log", "-c", "mastodon").json["events"][-1]
    assert (handed["event"], handed["url"]) == ("handed-over", None)
    assert handed["goes_out_at"].startswith(f"{office.clock.now:%Y-%m-%d}")
    assert "goes out at" in kanal("log").out


def test_what_is_gone_from_the_network_is_never_sent_again_but_left_to_a_person(office: Office) -> None:
    kanal = office.kanal
    kanal("publish", "--hand-over", "-c", "mastodon")
    office.somebody_cancels_on_mastodon()
    office.clock.move(hours=3)
    answer = kanal.json("publish", "markt", "-c", "mastodon", "--wait", "0")
    assert (answer.code, answer.outcomes) == (5, {"markt/mastodon": "uncertain"})
    assert "A person must look." in answer.out
    assert kanal.json("publish", "-c", "mastodon").code == 5
    assert office.out == []
    resolved = kanal("resolve", "markt", "-c", "mastodon", "--not-published", *WHY)
    assert resolved.code == 0, resolved.err
    assert kanal.json("publish", "-c", "mastodon").outcomes == {"markt/mastodon": "published"}


@pytest.mark.parametrize("platform", ["mastodon", "facebook"])
@pytest.mark.parametrize("kind", [FaultKind.ERROR_AFTER, FaultKind.CUT_AFTER, FaultKind.HTML])
def test_a_lost_answer_is_settled_by_looking_at_what_waits(office: Office, platform: str, kind: FaultKind) -> None:
    office.practice.set_fault(platform, Fault(kind))
    answer = office.kanal.json("publish", "--hand-over", "markt", "-c", platform)
    assert answer.outcomes == {f"markt/{platform}": "handed-over"}
    office.clock.move(hours=3)
    assert office.out == [(platform, TEXT)]


@pytest.mark.parametrize("platform", ["mastodon", "facebook"])
def test_what_nobody_knows_is_settled_by_a_later_run(office: Office, platform: str) -> None:
    kanal, practice = office.kanal, office.practice
    practice.set_fault(platform, Fault(FaultKind.CUT_AFTER, times=None, calls="all"))
    practice.set_fault(platform, Fault(FaultKind.CUT_AFTER, times=None))
    kanal("publish", "--hand-over", "-c", platform)
    practice.heal()
    office.clock.move(hours=3)
    settled = kanal.json("publish", "--due", "-c", platform)
    assert settled.outcomes == {f"markt/{platform}": "published"}
    assert office.out == [(platform, TEXT)]


def test_a_refusal_does_not_keep_it_from_being_published_in_time(office: Office) -> None:
    practice = office.practice
    practice.set_fault("mastodon", Fault(FaultKind.EXPIRED))
    assert office.kanal.json("publish", "--hand-over", "-c", "mastodon").code == 4
    office.clock.move(hours=2)
    assert office.kanal.json("publish", "--due", "-c", "mastodon").outcomes == {"markt/mastodon": "published"}


@pytest.mark.parametrize(
    "arguments", [("--replace",), ("--hand-over", "--due"), ("--hand-over", "--replace", "--due", "markt")]
)
def test_nonsense_is_refused(office: Office, arguments: tuple[str, ...]) -> None:
    answer = office.kanal("publish", *arguments)
    assert (answer.code, office.events()) == (2, [])


def test_a_person_who_says_that_it_is_not_there_is_contradicted_while_it_waits(office: Office) -> None:
    """Else the next run would publish it beside what the network has."""
    kanal, practice = office.kanal, office.practice
    practice.set_fault("mastodon", Fault(FaultKind.CUT_AFTER, times=None, calls="publish"))
    practice.set_fault("facebook", Fault(FaultKind.CUT_AFTER, times=None, calls="all"))
    assert kanal.json("publish", "--hand-over", "-c", "mastodon").outcomes == {"markt/mastodon": "handed-over"}
    practice.heal()
    ledger = open_practice_ledger(kanal.root / ".kanal", office.clock)
    standing = ledger.standing(DeliveryKey("mastodon", "markt"))
    assert standing is not None
    assert ledger.take_over(standing, "host/1/dead")
    ledger.close()
    refused = kanal("resolve", "markt", "-c", "mastodon", "--not-published", *WHY)
    assert refused.code == 2
    assert "The network still has it, and publishes it at" in " ".join(refused.err.split())
    assert kanal.json("publish", "markt", "-c", "mastodon").outcomes == {"markt/mastodon": "handed-over"}


def test_what_was_looked_up_late_does_not_keep_the_next_post_waiting(office: Office) -> None:
    kanal = office.kanal
    kanal("publish", "--hand-over", "-c", "mastodon")
    office.clock.move(hours=5)
    office.draft("Der Markt war schön.", name="danach", channels="mastodon", hours=0)
    assert kanal.json("publish", "--due", "-c", "mastodon").outcomes == {
        "markt/mastodon": "published",
        "danach/mastodon": "published",
    }
