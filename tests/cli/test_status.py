"""`kanal status`: what needs a person comes first, with since when and why; `--check` says how bad it is."""

import os

import pytest

from kanal.sandbox import Fault, FaultKind, Practice
from tests.cli.calls import Kanal
from tests.cli.frozen import Frozen
from tests.conftest import WriteFile
from tests.repository import Repository

pytestmark = pytest.mark.usefixtures("no_drafts")
DRAFT = "id: {id}\nchannels: [{channel}]\ntext: Meldung {id}.\n"


def kinds(kanal: Kanal) -> list[tuple[str, str | None]]:
    return [(one["kind"], one["draft"]) for one in kanal.json("status").json["complaints"]]


def test_what_needs_a_person_comes_first(
    kanal: Kanal, practice: Practice, clock: Frozen, write_file: WriteFile
) -> None:
    write_file("posts/a.yaml", DRAFT.format(id="fertig", channel="mastodon"))
    assert kanal("publish").code == 0
    write_file("posts/b.yaml", DRAFT.format(id="zweifel", channel="x"))
    practice.set_fault("x", Fault(FaultKind.ERROR_BEFORE, times=None, calls="all"))
    assert kanal("publish", "--wait", "0").code == 5
    practice.heal()
    write_file("posts/c.yaml", DRAFT.format(id="spaet", channel="mastodon") + f"publish_at: {clock.local(hours=-20)}\n")
    write_file("posts/d.yaml", DRAFT.format(id="ueber", channel="facebook") + f"publish_at: {clock.local(hours=-2)}\n")
    write_file("posts/e.yaml", DRAFT.format(id="gleich", channel="mastodon") + f"publish_at: {clock.local()}\n")
    write_file("posts/f.yaml", DRAFT.format(id="bald", channel="mastodon") + f"publish_at: {clock.local(hours=1)}\n")
    found = kanal.json("status").json
    told = [(one["draft"], one["outcome"], one["since"] is not None) for one in found["deliveries"]]
    assert told == [
        ("zweifel", "uncertain", True),
        ("spaet", "held", True),
        ("ueber", "deferred", True),
        ("gleich", "deferred", True),
        ("bald", "deferred", False),
        ("fertig", "published", False),
    ]
    assert [(one["kind"], one["draft"]) for one in found["complaints"]] == [
        ("uncertain", "zweifel"),
        ("overdue", "ueber"),
    ]


def test_what_is_known_about_a_doubt_is_said(
    kanal: Kanal, practice: Practice, clock: Frozen, write_file: WriteFile
) -> None:
    assert clock
    write_file("posts/b.yaml", DRAFT.format(id="zweifel", channel="x"))
    practice.set_fault("x", Fault(FaultKind.ERROR_BEFORE, times=None, calls="all"))
    kanal("publish", "--wait", "0")
    lines = kanal("status").out.splitlines()
    at = lines.index("“zweifel” on x: nobody knows whether it is out.")
    assert lines[at + 1].startswith("  Sending began at 20")
    assert "The network could not be asked" in lines[at + 1]
    assert "    kanal resolve zweifel --channel x --name NAME --reason REASON --not-published" in lines[at:]


def test_check_writes_a_line_for_each_complaint_and_says_how_bad_it_is(
    kanal: Kanal, clock: Frozen, write_file: WriteFile
) -> None:
    answer = kanal("status", "--check")
    assert (answer.code, answer.out, answer.err) == (0, "", "Nothing to complain about.\n")
    write_file("posts/a.yaml", DRAFT.format(id="a", channel="x") + f"publish_at: {clock.local(hours=-2)}\n")
    answer = kanal("status", "--check")
    assert answer.code == 3
    [line] = answer.out.splitlines()
    assert line == f"“a” on x is overdue since {clock.local(hours=-2)}: It goes out with the next publish."
    program = kanal.json("status", "--check")
    assert (program.code, program.json["complaints"][0]["kind"]) == (3, "overdue")
    clock.move(days=4)
    answer = kanal("status", "--check")
    assert answer.code == 3
    assert "“a” on x is held since" in answer.out


def test_how_patient_the_office_is_stands_in_its_configuration(
    kanal: Kanal, clock: Frozen, write_file: WriteFile
) -> None:
    write_file("posts/a.yaml", DRAFT.format(id="a", channel="x") + f"publish_at: {clock.local(hours=-2)}\n")
    schedule = "office: Kreis\nlanguage: de\nschedule:\n  overdue_after: 3h\n  held_too_long: 1h\n"
    write_file("config/kanal.yaml", schedule)
    assert kinds(kanal) == []
    clock.move(hours=5)
    assert kinds(kanal) == [("held", "a")]


@pytest.mark.usefixtures("practice")
def test_a_job_that_is_green_and_posts_nothing_is_noticed(kanal: Kanal, clock: Frozen, write_file: WriteFile) -> None:
    write_file("posts/a.yaml", DRAFT.format(id="a", channel="x"))
    assert kanal("publish").code == 0
    clock.move(days=4)
    assert kanal("publish", "--due").code == 0
    assert kanal("status", "--check").code == 0
    clock.move(days=4)
    assert kanal("publish", "--due").code == 0
    answer = kanal("status", "--check")
    assert answer.code == 4
    assert answer.out.startswith("Nothing was published since ")
    write_file("config/kanal.yaml", "office: Kreis\nlanguage: de\nschedule: {alarm_after: 3 weeks}\n")
    assert kanal("status", "--check").code == 0


@pytest.mark.usefixtures("practice")
def test_a_clock_that_jumped_back_is_told_in_words(kanal: Kanal, clock: Frozen, write_file: WriteFile) -> None:
    write_file("posts/a.yaml", DRAFT.format(id="a", channel="x"))
    assert kanal("publish").code == 0
    clock.move(days=-30)
    answer = kanal("status", "--check")
    assert answer.code == 3
    assert "which is still to come. The clock of this machine, or of the one that published it, is wrong." in answer.out
    assert "still to come" in kanal("status").out


def test_what_waits_for_an_approval_is_held_since_the_file_was_written(
    kanal: Kanal, clock: Frozen, write_file: WriteFile
) -> None:
    write_file("config/policy.yaml", "extends: plain.yaml\nrules: {approval/missing: error}\n")
    write_file("posts/a.yaml", DRAFT.format(id="a", channel="x"))
    [one] = kanal.json("status").json["deliveries"]
    assert (one["outcome"], one["since"] is not None) == ("held", True)
    assert kanal("status", "--check").code == 0
    clock.move(days=2)
    assert kinds(kanal) == [("held", "a")]


def test_in_a_clone_the_commit_tells_when_the_file_was_written(
    kanal: Kanal, clock: Frozen, write_file: WriteFile
) -> None:
    write_file("config/policy.yaml", "extends: plain.yaml\nrules: {approval/missing: error}\n")
    write_file("posts/a.yaml", DRAFT.format(id="a", channel="x"))
    written = "2026-01-02T03:04:05+00:00"
    people = {f"GIT_{who}_{what}": "e@e.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    nobody = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "PATH": os.environ["PATH"]}
    Repository(kanal.root, {**people, **nobody, "GIT_COMMITTER_DATE": written}).begin()
    [one] = kanal.json("status").json["deliveries"]
    assert one["since"] == written
    assert clock


def test_channels_that_wait_for_the_same_reason_share_a_line(kanal: Kanal, write_file: WriteFile) -> None:
    write_file("config/policy.yaml", "extends: plain.yaml\nrules: {approval/missing: error}\n")
    write_file("posts/a.yaml", DRAFT.format(id="a", channel="x, mastodon"))
    said = kanal("status").out
    assert "x, mastodon" in said or "mastodon, x" in said
    assert len(kanal.json("status").json["deliveries"]) == 2
