"""`publish --due`, which nobody watches: each post at its time, or held with the reason."""

import pytest

from kanal.sandbox import Practice
from tests.cli.calls import Answer, Kanal
from tests.cli.frozen import Frozen
from tests.conftest import WriteFile
from tests.four_eyes import APPROVER, FourEyes

pytestmark = pytest.mark.usefixtures("no_drafts")
DRAFT = "id: {id}\nchannels: [mastodon]\ntext: Meldung {id}.\n"
BROKEN = "id: kaputt\nchannels: [x]\ntext: Spenden an DE02 1203 0000 0000 2020 51\n"
UNREADABLE = "id: kaputt\nchanels: [x]\nchannels: [x]\ntext: Hallo\n"


def reason(answer: Answer, draft: str) -> str:
    [found] = [one["reason"] for one in answer.json["deliveries"] if one["draft"] == draft]
    return str(found)


def due(kanal: Kanal) -> Answer:
    return kanal.json("publish", "--due")


def policy(write_file: WriteFile, rules: str) -> None:
    write_file("config/policy.yaml", f"extends: plain.yaml\nrules: {{{rules}}}\n")


@pytest.mark.usefixtures("practice")
def test_a_post_goes_out_with_the_first_run_after_its_time(kanal: Kanal, clock: Frozen, write_file: WriteFile) -> None:
    write_file("posts/fest.yaml", DRAFT.format(id="fest") + f"publish_at: {clock.local(minutes=10)}\n")
    assert due(kanal).outcomes == {}
    clock.move(minutes=9, seconds=59)
    assert due(kanal).outcomes == {}
    clock.move(seconds=1)
    assert due(kanal).outcomes == {"fest/mastodon": "published"}
    clock.move(days=-1)
    assert due(kanal).outcomes == {"fest/mastodon": "already"}, "a clock that jumps back repeats nothing"


def test_what_is_found_three_days_late_is_held_and_a_person_may_send_it(
    kanal: Kanal, practice: Practice, clock: Frozen, write_file: WriteFile
) -> None:
    write_file("posts/fest.yaml", DRAFT.format(id="fest") + f"publish_at: {clock.local()}\n")
    clock.move(days=3)
    answer = due(kanal)
    assert (answer.code, answer.outcomes) == (0, {"fest/mastodon": "held"})
    assert "6h is as late as it may be" in reason(answer, "fest")
    assert practice.posts() == []
    assert "send it yourself: kanal publish fest" in kanal("plan", "--due").out
    assert kanal.json("publish", "fest").outcomes == {"fest/mastodon": "published"}


@pytest.mark.usefixtures("practice")
def test_a_type_of_drafts_may_be_left_out_when_it_is_late(kanal: Kanal, clock: Frozen, write_file: WriteFile) -> None:
    write_file(
        "config/kanal.yaml",
        "office: Kreis\nlanguage: de\nschedule:\n  late:\n    types: {job: {publish_within: 30 min, then: skip}}\n",
    )
    write_file("posts/stelle.yaml", DRAFT.format(id="stelle") + f"type: job\npublish_at: {clock.local()}\n")
    clock.move(minutes=31)
    assert due(kanal).outcomes == {"stelle/mastodon": "skipped"}


@pytest.mark.usefixtures("practice")
def test_at_night_only_warnings_go_out(kanal: Kanal, clock: Frozen, write_file: WriteFile) -> None:
    crisis = "crisis/situation: off, crisis/ends-at: off, crisis/reach: off, rights/unconfirmed-claim: off"
    policy(write_file, f"time/quiet-hours: warning, {crisis}")
    clock.move(hours=12, minutes=30)
    write_file("posts/fest.yaml", DRAFT.format(id="fest"))
    write_file("posts/sturm.yaml", DRAFT.format(id="sturm") + "type: crisis\nconfirmed_by: Leitstelle\n")
    night = due(kanal)
    assert night.outcomes == {"sturm/mastodon": "published", "fest/mastodon": "deferred"}
    assert "These are quiet hours" in reason(night, "fest")
    clock.move(hours=7, minutes=30)
    assert due(kanal).outcomes["fest/mastodon"] == "published"


@pytest.mark.usefixtures("practice")
def test_the_quiet_hours_are_those_of_the_rule(kanal: Kanal, clock: Frozen, write_file: WriteFile) -> None:
    write_file("posts/fest.yaml", DRAFT.format(id="fest"))
    policy(write_file, 'time/quiet-hours: {severity: warning, options: {begin: "09:00", end: "10:30"}}')
    assert due(kanal).outcomes == {"fest/mastodon": "deferred"}
    policy(write_file, 'time/quiet-hours: {severity: warning, options: {begin: "nine"}}')
    assert due(kanal).code == 2
    policy(write_file, "time/quiet-hours: off")
    clock.move(hours=14)
    assert due(kanal).outcomes == {"fest/mastodon": "published"}


def test_two_posts_on_one_channel_go_out_in_two_runs(
    kanal: Kanal, practice: Practice, clock: Frozen, write_file: WriteFile
) -> None:
    for name in ("a", "b"):
        write_file(f"posts/{name}.yaml", DRAFT.format(id=name).replace("[mastodon]", "[mastodon, x]"))
    planned = kanal.json("plan", "--due").outcomes
    assert planned == {"a/mastodon": None, "a/x": None, "b/mastodon": "deferred", "b/x": "deferred"}
    first = due(kanal)
    assert first.code == 0
    assert first.outcomes == {name: "published" if name[0] == "a" else "deferred" for name in planned}
    assert "too close to the post before it" in str(first.json["deliveries"][-1]["reason"])
    clock.move(minutes=15)
    assert set(due(kanal).outcomes.values()) == {"already", "published"}
    assert len(practice.posts()) == 4


@pytest.mark.usefixtures("practice")
def test_the_distance_counts_from_what_the_ledger_holds(kanal: Kanal, clock: Frozen, write_file: WriteFile) -> None:
    from kanal.cli.desk import this_machines

    kanal.clock = this_machines  # the ledger's own
    write_file("posts/a.yaml", DRAFT.format(id="a"))
    assert due(kanal).outcomes == {"a/mastodon": "published"}
    write_file("posts/b.yaml", DRAFT.format(id="b"))
    assert due(kanal).outcomes["b/mastodon"] == "deferred"
    kanal.clock = clock
    assert due(kanal).outcomes["b/mastodon"] == "published"


@pytest.mark.usefixtures("practice")
def test_an_event_that_has_begun_is_held(kanal: Kanal, clock: Frozen, write_file: WriteFile) -> None:
    times = f"type: event\npublish_at: {clock.local()}\nstarts_at: {clock.local(hours=1)}\n"
    write_file("posts/fest.yaml", DRAFT.format(id="fest") + times)
    clock.move(hours=2)
    answer = due(kanal)
    assert (answer.code, answer.outcomes) == (0, {"fest/mastodon": "held"})
    assert "The event began at" in reason(answer, "fest")


def test_a_broken_draft_is_held_and_the_others_go_out(
    kanal: Kanal, practice: Practice, clock: Frozen, write_file: WriteFile
) -> None:
    write_file("posts/fest.yaml", DRAFT.format(id="fest"))
    write_file("posts/kaputt.yaml", BROKEN)
    answer = due(kanal)
    assert (answer.code, answer.outcomes) == (3, {"fest/mastodon": "published", "kaputt/x": "held"})
    assert reason(answer, "kaputt").startswith("posts/kaputt.yaml, line 3: This is an account number (IBAN).")
    assert reason(answer, "kaputt").endswith("[privacy/iban]")
    assert "1203" not in answer.out
    clock.move(minutes=15)
    assert due(kanal).code == 4
    assert len(practice.posts()) == 1
    assert kanal("publish").code == 1, "a person at a terminal is stopped instead"


def test_a_file_that_cannot_be_read_holds_up_nothing_and_makes_the_job_red(
    kanal: Kanal, practice: Practice, clock: Frozen, write_file: WriteFile
) -> None:
    assert clock
    write_file("posts/fest.yaml", DRAFT.format(id="fest"))
    write_file("posts/kaputt.yaml", UNREADABLE)
    answer = due(kanal)
    assert (answer.code, answer.outcomes) == (3, {"posts/kaputt.yaml/": "held", "fest/mastodon": "published"})
    assert "line 2: The key “chanels” is unknown here." in reason(answer, "posts/kaputt.yaml")
    assert "posts/kaputt.yaml" in kanal("status").out
    assert len(practice.posts()) == 1


@pytest.mark.usefixtures("practice")
def test_a_channel_that_does_not_exist_is_not_passed_over(kanal: Kanal, clock: Frozen, write_file: WriteFile) -> None:
    write_file("posts/fest.yaml", DRAFT.format(id="fest").replace("mastodon", "mastodn"))
    write_file("posts/bald.yaml", DRAFT.format(id="bald").replace("m", "w") + f"publish_at: {clock.local(hours=1)}\n")
    answer = due(kanal)
    assert (answer.code, answer.outcomes) == (4, {"fest/mastodn": "held"})
    assert reason(answer, "fest") == "There is no channel “mastodn”. Did you mean “mastodon”?"


def test_of_two_drafts_with_one_id_neither_goes_out(
    kanal: Kanal, practice: Practice, clock: Frozen, write_file: WriteFile
) -> None:
    assert clock
    write_file("posts/a.yaml", DRAFT.format(id="fest"))
    write_file("posts/b.yaml", DRAFT.format(id="fest").replace("Meldung", "Nachricht"))
    answer = due(kanal)
    assert (answer.code, [one["outcome"] for one in answer.json["deliveries"]]) == (4, ["held", "held"])
    assert practice.posts() == []
    (kanal.root / "posts" / "b.yaml").unlink()
    assert due(kanal).code == 0
    write_file("posts/b.yaml", DRAFT.format(id="fest").replace("Meldung", "Nachricht"))
    assert [one["outcome"] for one in due(kanal).json["deliveries"]] == ["already", "held"]


@pytest.mark.usefixtures("practice")
def test_what_nobody_approved_is_held_without_being_a_failure(
    kanal: Kanal, clock: Frozen, write_file: WriteFile
) -> None:
    policy(write_file, "approval/missing: error")
    write_file("posts/fest.yaml", DRAFT.format(id="fest"))
    answer = due(kanal)
    assert (answer.code, answer.outcomes) == (0, {"fest/mastodon": "held"})
    assert reason(answer, "fest").endswith("[approval/missing]")
    office = FourEyes(kanal.root).begin()
    office.commit()
    office.approve("posts/fest.yaml", at=clock.local())
    office.commit(by=APPROVER)
    assert due(kanal).outcomes == {"fest/mastodon": "published"}, "without a time, as soon as it is approved"


@pytest.mark.usefixtures("practice")
def test_a_run_that_nobody_watches_lists_what_is_held_on_a_channel_that_is_not_used(
    kanal: Kanal, clock: Frozen, write_file: WriteFile
) -> None:
    channels = (kanal.root / "config" / "channels.yaml").read_text(encoding="utf-8")
    write_file("config/channels.yaml", channels.replace("status: active", "status: paused", 1))
    write_file("posts/fest.yaml", DRAFT.format(id="fest") + f"publish_at: {clock.local()}\n")
    answer = due(kanal)
    assert (answer.code, answer.outcomes) == (0, {"fest/mastodon": "held"})
    assert answer.json["deliveries"][0]["since"] is not None
