"""`kanal retract`: what is out is taken down, it is looked whether it is gone, and nobody sends it again."""

import re

import pytest

from kanal.abilities.changing import CanRetract
from kanal.cli.networks import practised
from kanal.model import Receipt
from kanal.platforms import adapter_class
from kanal.sandbox import Fault, FaultKind, Practice
from tests.cli.calls import Answer, Kanal
from tests.cli.conftest import GoLive
from tests.cli.on_terminal import OnTerminal, needs_terminal
from tests.conftest import LoadProject

ERIKA = "Erika Mustermann"
WHY = ("--reason", "Falscher Tag", "--name", ERIKA)
GONE = f"{ERIKA} took it down: Falscher Tag"


@pytest.fixture
def out(kanal: Kanal, practice: Practice) -> None:
    """baustelle is out on Mastodon and X, linden on Mastodon and Instagram, all of it in practice."""
    assert kanal("publish").code == 0
    assert len(practice.posts()) == 4


def _texts(practice: Practice) -> list[tuple[str, str]]:
    """Sorted: the channels are published to side by side."""
    return sorted((post.platform, post.text.split()[1]) for post in practice.posts())


@pytest.mark.usefixtures("out")
def test_a_draft_is_taken_down_wherever_it_is_out_and_others_stay(kanal: Kanal, practice: Practice) -> None:
    urls = {post.platform: post.url for post in practice.posts()}
    answer = kanal.json("retract", "baustelle", *WHY)
    assert (answer.code, answer.err) == (0, "")
    assert answer.outcomes == {"baustelle/mastodon": "retracted", "baustelle/x": "retracted"}
    assert {one["reason"] for one in answer.json["deliveries"]} == {GONE}
    assert answer.json["deliveries"][1]["url"] == urls["x"], "where it stood"
    assert answer.json["summary"]["retracted"] == 2
    assert _texts(practice) == [("instagram", "Linden"), ("mastodon", "Linden")]


@pytest.mark.parametrize("platform", ["mastodon", "x", "facebook", "instagram"])
def test_every_network_can_take_a_post_down(kanal: Kanal, practice: Practice, everywhere: str, platform: str) -> None:
    assert kanal("publish").code == 0
    answer = kanal.json("retract", everywhere, "-c", platform, *WHY)
    assert (answer.code, answer.outcomes) == (0, {f"{everywhere}/{platform}": "retracted"})
    assert platform not in {post.platform for post in practice.posts()}
    assert len(practice.posts()) == 3


@pytest.mark.usefixtures("out")
def test_the_table_says_who_and_why(kanal: Kanal) -> None:
    lines = kanal("retract", "baustelle", "-c", "x", *WHY).out.splitlines()
    assert re.split(r"  +", lines[1]) == ["baustelle", "x", "taken down", GONE]
    assert lines[-1] == "Summary: 1 taken down."


@pytest.mark.usefixtures("out")
def test_it_is_never_sent_again_and_plan_says_what_to_do_instead(kanal: Kanal, practice: Practice) -> None:
    kanal("retract", "baustelle", *WHY)
    draft = kanal.root / "posts" / "baustelle.yaml"
    draft.write_text(draft.read_text(encoding="utf-8").replace("Freitag", "Samstag"), encoding="utf-8")
    again = kanal.json("publish", "baustelle")
    assert (again.code, set(again.outcomes.values())) == (0, {"retracted"})
    assert kanal.json("plan").outcomes["baustelle/x"] == "retracted"
    assert "It was taken down. To publish it again, give the draft a new id." in kanal("plan").out
    assert kanal("publish").out == "Summary: 2 already out, 2 taken down.\n"
    draft.write_text(draft.read_text(encoding="utf-8").replace("id: baustelle", "id: baustelle-2"), encoding="utf-8")
    assert kanal.json("publish", "baustelle-2").code == 0
    assert len(practice.posts()) == 4


@pytest.mark.usefixtures("out")
def test_status_and_log_tell_it(kanal: Kanal) -> None:
    kanal("retract", "baustelle", "-c", "x", *WHY)
    status = kanal.json("status")
    assert (status.outcomes["baustelle/x"], status.outcomes["baustelle/mastodon"]) == ("retracted", "published")
    events = kanal.json("log", "baustelle", "-c", "x").json["events"]
    assert [event["event"] for event in events] == ["claimed", "published", "retracting", "retracted"]
    assert {event["by"] for event in events[2:]} == {ERIKA}
    assert [event["reason"] for event in events[2:]] == [f"{ERIKA} takes it down: Falscher Tag", GONE]
    assert "being taken down" in kanal("log").out
    assert kanal("status", "--check").code == 0


@pytest.mark.usefixtures("out")
def test_the_exported_record_tells_it(kanal: Kanal) -> None:
    kanal("retract", "baustelle", "-c", "x", *WHY)
    assert kanal("ledger", "export", "--to", str(kanal.root / "akte"), "--sandbox").code == 0
    page = (kanal.root / "akte" / "posts" / "baustelle.html").read_text(encoding="utf-8")
    assert page.count("taken down at") == 1
    assert f"{ERIKA} takes it down: Falscher Tag" in page
    assert '"kind": "retracted"' in (kanal.root / "akte" / "events.jsonl").read_text(encoding="utf-8")


@pytest.mark.usefixtures("out")
def test_the_same_command_again_does_no_harm(kanal: Kanal) -> None:
    kanal("retract", "baustelle", *WHY)
    before = kanal.json("log").json
    again = kanal.json("retract", "baustelle", *WHY)
    assert (again.code, set(again.outcomes.values())) == (0, {"retracted"})
    assert {one["reason"] for one in again.json["deliveries"]} == {"It was taken down before."}
    assert kanal.json("log").json == before


@pytest.mark.usefixtures("out")
@pytest.mark.parametrize("by_hand", [(), ("--by-hand",)])
def test_what_somebody_took_down_on_the_network_counts_as_gone(
    kanal: Kanal, practice: Practice, load_project: LoadProject, by_hand: tuple[str, ...]
) -> None:
    project = load_project()
    there = adapter_class("x")(*practised(project.channels["x"], practice, project))
    assert isinstance(there, CanRetract)
    (post,) = practice.posts("x")
    there.retract(Receipt(post.id, post.url, post.at))
    there.close()
    answer = kanal.json("retract", "baustelle", "-c", "x", *WHY, *by_hand)
    assert (answer.code, answer.outcomes) == (0, {"baustelle/x": "retracted"})
    said = f"{ERIKA} took it down by hand: Falscher Tag" if by_hand else GONE
    assert kanal.json("log", "-c", "x").json["events"][-1]["reason"] == said


@pytest.mark.usefixtures("out")
def test_the_draft_may_be_gone_or_be_named_by_its_file(kanal: Kanal, practice: Practice) -> None:
    assert kanal("retract", "posts/verkehr/linden.yaml", "-c", "mastodon", *WHY).code == 0
    (kanal.root / "posts" / "verkehr" / "linden.yaml").unlink()
    assert kanal.json("retract", "linden", *WHY).outcomes == {
        "linden/mastodon": "retracted",
        "linden/instagram": "retracted",
    }
    assert {word for _, word in _texts(practice)} == {"Kreisstraße"}


@pytest.mark.usefixtures("out")
def test_a_part_that_fails_is_exit_3_and_the_same_command_finishes_it(kanal: Kanal, practice: Practice) -> None:
    practice.set_fault("x", Fault(FaultKind.EXPIRED, calls="retract"))
    first = kanal.json("retract", "baustelle", *WHY)
    assert (first.code, first.outcomes) == (3, {"baustelle/mastodon": "retracted", "baustelle/x": "deferred"})
    assert kanal.json("status").outcomes["baustelle/x"] == "published"
    events = kanal.json("log", "baustelle", "-c", "x").json["events"]
    assert [event["event"] for event in events][2:] == ["retracting", "kept"]
    second = kanal.json("retract", "baustelle", *WHY)
    assert (second.code, second.outcomes["baustelle/x"]) == (0, "retracted")


@pytest.mark.usefixtures("out")
def test_where_nothing_is_taken_down_it_is_exit_4(kanal: Kanal, practice: Practice) -> None:
    for platform in ("mastodon", "x"):
        practice.set_fault(platform, Fault(FaultKind.TOO_MANY, seconds=600, calls="retract"))
    answer = kanal.json("retract", "baustelle", *WHY)
    assert (answer.code, set(answer.outcomes.values())) == (4, {"deferred"})
    assert len(practice.posts()) == 4


@pytest.fixture
def half_done(kanal: Kanal, practice: Practice) -> Answer:
    """baustelle is deleted on X, but nobody heard of it, and nobody could look; it is gone on Mastodon."""
    assert kanal("publish").code == 0
    practice.set_fault("x", Fault(FaultKind.CUT_AFTER, times=None, calls="all"))
    answer = kanal.json("retract", "baustelle", *WHY)
    practice.heal()
    return answer


def test_what_nobody_knows_is_exit_5_and_shown_until_somebody_finishes_it(
    kanal: Kanal, practice: Practice, half_done: Answer
) -> None:
    assert (half_done.code, half_done.outcomes["baustelle/x"]) == (5, "uncertain")
    for name, arguments in {"status": (), "plan": (), "publish": ()}.items():
        assert kanal.json(name, *arguments).outcomes["baustelle/x"] == "uncertain"
    assert kanal("status", "--check").code == kanal("publish").code == 5
    lines = kanal("status").out.splitlines()
    assert "“baustelle” on x: nobody knows whether it is gone." in lines
    assert "    kanal retract baustelle --channel x --reason REASON" in lines
    assert not any("kanal resolve" in line for line in lines)
    again = kanal.json("retract", "baustelle", *WHY)
    assert (again.code, set(again.outcomes.values())) == (0, {"retracted"})
    assert kanal("status", "--check").code == 0
    assert practice.posts("x") == []


@pytest.mark.usefixtures("half_done")
def test_a_draft_or_a_channel_that_is_gone_does_not_take_it_along(kanal: Kanal) -> None:
    (kanal.root / "posts" / "baustelle.yaml").unlink()
    assert kanal.json("status").outcomes["baustelle/x"] == "uncertain"
    channels = kanal.root / "config" / "channels.yaml"
    whole = channels.read_text(encoding="utf-8")
    x = "  x:\n    platform: x\n    account: lk_musterland\n    status: active\n"
    channels.write_text(whole.replace(x, ""), encoding="utf-8")
    assert kanal.json("status").outcomes["baustelle/x"] == "uncertain"
    answer = kanal.json("retract", "baustelle", *WHY)
    assert (answer.code, answer.outcomes) == (4, {"baustelle/mastodon": "retracted", "baustelle/x": "held"})
    assert "Put it back with “status: ended”" in answer.out
    channels.write_text(whole.replace(x, x.replace("active", "ended")), encoding="utf-8")
    assert kanal("retract", "baustelle", "-c", "x", *WHY).code == 0


def test_what_may_be_out_must_be_settled_first_and_the_rest_is_taken_down(kanal: Kanal, practice: Practice) -> None:
    practice.set_fault("x", Fault(FaultKind.ERROR_BEFORE, times=None, calls="all"))
    assert kanal("publish", "baustelle", "--wait", "0").code == 5
    practice.heal()
    answer = kanal.json("retract", "baustelle", *WHY)
    assert (answer.code, answer.outcomes) == (5, {"baustelle/mastodon": "retracted", "baustelle/x": "uncertain"})
    assert "Settle that first, by kanal publish or kanal resolve" in answer.out
    assert [event["event"] for event in kanal.json("log", "-c", "x").json["events"]][-1] == "uncertain"


@pytest.mark.usefixtures("practice")
def test_where_it_is_not_out_yet_is_told(kanal: Kanal) -> None:
    assert kanal("publish", "baustelle", "-c", "mastodon").code == 0
    answer = kanal("retract", "baustelle", *WHY)
    told = (
        "“baustelle” is not out yet on: x. If it must not go out there, take the channel out of posts/baustelle.yaml."
    )
    assert answer.err == f"{told}\n"
    assert kanal("retract", "baustelle", "-c", "mastodon", *WHY).err == ""


@pytest.mark.usefixtures("out")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("baustele", *WHY), "Did you mean “baustelle”?"),
        (("baustelle", "-c", "instagram", *WHY), "According to the ledger, nothing of “baustelle” is out there."),
        (("baustelle", "-c", "y", *WHY), "There is no channel “y”."),
        (("baustelle",), "“--reason” is missing."),
        (("baustelle", "--reason", " "), "The reason is empty"),
    ],
)
def test_nonsense_is_refused_and_changes_nothing(kanal: Kanal, arguments: tuple[str, ...], message: str) -> None:
    before = kanal.json("log").json
    answer = kanal("retract", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert message in answer.err
    assert kanal.json("log").json == before


@pytest.mark.usefixtures("out")
def test_what_is_still_there_cannot_be_noted_by_hand(kanal: Kanal, practice: Practice) -> None:
    answer = kanal.json("retract", "baustelle", "-c", "x", *WHY, "--by-hand")
    assert (answer.code, answer.outcomes) == (4, {"baustelle/x": "rejected"})
    assert f"The network still shows it: {practice.posts('x')[0].url}" in answer.out
    assert [event["event"] for event in kanal.json("log", "-c", "x").json["events"]] == ["claimed", "published"]


def test_real_posts_are_taken_down_only_when_somebody_agrees(kanal: Kanal, practice: Practice, go_live: GoLive) -> None:
    needs_terminal()
    secrets = go_live()
    assert kanal("ledger", "init", "--name", "Amt", "--store", "sqlite").code == 0
    assert kanal("publish", "linden", "--yes").code == 0
    refused = kanal("retract", "linden", *WHY)
    assert refused.code == 2
    assert "In CI and scripts, say so with --yes." in refused.err
    assert len(practice.posts()) == 3
    with OnTerminal(kanal.root, "retract", "linden", "-c", "x", *WHY, environ=secrets) as terminal:
        terminal.read_until("Take 1 post down from a real network? [y/N]")
        assert practice.posts("x")[0].url in terminal.seen
        assert "Die Linden an der Allee" in terminal.seen
        terminal.type("n\n")
        assert terminal.end() == 0
        assert "Nothing was taken down." in terminal.seen
    assert len(practice.posts()) == 3
    assert kanal("retract", "linden", "--yes", *WHY).code == 0
    assert practice.posts() == []


def test_by_hand_needs_no_credentials(
    kanal: Kanal, practice: Practice, go_live: GoLive, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets = go_live()
    assert kanal("ledger", "init", "--name", "Amt", "--store", "sqlite").code == 0
    assert kanal("publish", "linden", "--yes").code == 0
    for name in secrets:
        if name.startswith("KANAL_X_"):
            monkeypatch.delenv(name)
    assert kanal("retract", "linden", "--yes", *WHY).code == 2
    assert len(practice.posts()) == 3
    answer = kanal.json("retract", "linden", "-c", "x", "--yes", *WHY, "--by-hand")
    assert (answer.code, answer.outcomes) == (0, {"linden/x": "retracted"})
    assert "Nobody could check that: 4 credentials are missing" in answer.err
    assert "not checked: 4 credentials are missing" in kanal.json("log", "-c", "x").out
