"""What nobody knows: `status` shows it first, `resolve` settles it by a person's word, `log` keeps the word."""

import pytest

from kanal.sandbox import Fault, FaultKind, Practice
from tests.cli.calls import Kanal

URL = "https://x.example/lk_musterland/status/4711"
WHO = ("--name", "Erika Mustermann", "--reason", "Auf x.com nachgesehen")


@pytest.fixture
def doubt(kanal: Kanal, practice: Practice) -> None:
    """Nobody knows whether baustelle is out on X; in truth it is not."""
    practice.set_fault("x", Fault(FaultKind.ERROR_BEFORE, times=None, calls="all"))
    assert kanal("publish", "--wait", "0").code == 5
    practice.heal()
    assert practice.posts("x") == []


@pytest.mark.usefixtures("doubt")
def test_status_shows_the_doubt_first_with_the_commands_that_settle_it(kanal: Kanal) -> None:
    answer = kanal("status")
    lines = answer.out.splitlines()
    assert answer.code == 0
    assert lines[1].split()[:3] == ["baustelle", "x", "uncertain"]
    assert "“baustelle” on x: nobody knows whether it is out." in lines
    command = "    kanal resolve baustelle --channel x --name NAME --reason REASON "
    assert f"{command}--published URL" in lines
    assert f"{command}--not-published" in lines


@pytest.mark.usefixtures("doubt")
def test_the_commands_of_a_practice_run_carry_its_option(kanal: Kanal) -> None:
    lines = kanal("status", "--sandbox").out.splitlines()
    assert "  kanal publish --sandbox asks the network again. If that does not help, look there, then:" in lines
    assert any(line.startswith("    kanal resolve --sandbox baustelle ") for line in lines)


@pytest.mark.usefixtures("doubt")
def test_a_draft_that_is_gone_does_not_take_its_doubt_along(kanal: Kanal) -> None:
    (kanal.root / "posts" / "baustelle.yaml").unlink()
    first = kanal.json("status").json["deliveries"][0]
    assert (first["draft"], first["channel"], first["outcome"]) == ("baustelle", "x", "uncertain")


@pytest.mark.usefixtures("doubt")
def test_an_address_that_the_network_does_not_know_needs_insisting(kanal: Kanal, practice: Practice) -> None:
    word = ("resolve", "baustelle", "--channel", "x", *WHO, "--published", URL)
    refused = kanal(*word)
    assert refused.code == 2
    assert "does not list this text among the posts" in refused.err
    assert "the same command with --insist" in refused.err
    assert kanal.json("log", "baustelle", "-c", "x").json["events"][-1]["event"] == "uncertain"
    answer = kanal(*word, "--insist")
    assert (answer.code, answer.out, answer.err) == (0, "", "Written into the ledger.\n")
    assert kanal.json("publish", "baustelle").outcomes["baustelle/x"] == "already"
    assert practice.posts("x") == []
    last = kanal.json("log", "baustelle", "--channel", "x").json["events"][-1]
    assert (last["event"], last["by"], last["url"], last["id"]) == ("published", "Erika Mustermann", URL, "4711")
    assert last["reason"].startswith("Erika Mustermann looked: Auf x.com nachgesehen (against the network: The network")


@pytest.mark.usefixtures("doubt")
def test_a_person_says_it_is_not_out_and_the_next_run_sends_it(kanal: Kanal, practice: Practice) -> None:
    answer = kanal("resolve", "baustelle", "--channel", "x", *WHO, "--not-published")
    assert (answer.code, answer.err) == (0, "Written into the ledger. The next publish sends it.\n")
    assert kanal.json("log", "-c", "x").json["events"][-1]["by"] == "Erika Mustermann"
    assert kanal.json("publish", "baustelle").outcomes["baustelle/x"] == "published"
    assert len(practice.posts("x")) == 1


@pytest.mark.usefixtures("doubt")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("baustelle", "--channel", "x", *WHO), "Say either --published URL or --not-published."),
        (
            ("baustelle", "--channel", "x", *WHO, "--published", URL, "--not-published"),
            "Say either --published URL or --not-published.",
        ),
        (("baustelle", "--channel", "x", *WHO, "--published", "ja"), "“ja” is not the address of a post."),
        (("baustele", "--channel", "x", *WHO, "--not-published"), "Did you mean “baustelle”?"),
        (("baustelle", "--channel", "y", *WHO, "--not-published"), "There is no channel “y”."),
        (
            ("baustelle", "--channel", "mastodon", *WHO, "--not-published"),
            "“baustelle” on mastodon is not uncertain.",
        ),
        (("baustelle", "--channel", "x", "--part", "2", *WHO, "--not-published"), "is not uncertain."),
        (("baustelle", "--channel", "x", "--reason", "so", "--not-published"), "“--name” is missing."),
    ],
)
def test_nonsense_is_refused_and_changes_nothing(kanal: Kanal, arguments: tuple[str, ...], message: str) -> None:
    before = kanal.json("log").json
    answer = kanal("resolve", *arguments)
    assert answer.code == 2
    assert message in answer.err
    assert answer.out == ""
    assert kanal.json("log").json == before


@pytest.mark.usefixtures("doubt")
def test_what_is_settled_cannot_be_settled_again(kanal: Kanal) -> None:
    word = ("resolve", "baustelle", "--channel", "x", *WHO, "--published", URL, "--insist")
    assert kanal(*word).code == 0
    again = kanal(*word)
    assert again.code == 2
    assert "“baustelle” on x is not uncertain." in again.err


def test_a_log_without_events_says_so(kanal: Kanal) -> None:
    assert kanal("log").out == "The ledger holds no events yet.\n"
    assert kanal.json("log").json == {"events": [], "summary": {"events": 0}}


def test_the_log_tells_one_draft_or_one_channel(kanal: Kanal, practice: Practice) -> None:
    assert practice.posts() == []
    kanal("publish")
    assert {event["draft"] for event in kanal.json("log", "linden").json["events"]} == {"linden"}
    assert {event["channel"] for event in kanal.json("log", "-c", "x").json["events"]} == {"x"}
    text = kanal("log", "baustelle", "-c", "x").out
    assert practice.posts("x")[0].url in text
    assert [line.split()[2] for line in text.splitlines()[1:]] == ["claimed", "published"]
    assert kanal("log", "baustele").out == "The ledger holds no events of “baustele”. Did you mean “baustelle”?\n"
    assert kanal("log", "linden", "-c", "facebook").out == "The ledger holds no events of “linden” there.\n"


@pytest.mark.usefixtures("doubt")
def test_a_doubt_on_a_channel_that_was_taken_out_of_the_configuration_is_not_forgotten(kanal: Kanal) -> None:
    channels = kanal.root / "config" / "channels.yaml"
    whole = channels.read_text(encoding="utf-8")
    x = "  x:\n    platform: x\n    account: lk_musterland\n    status: active\n"
    assert x in whole
    channels.write_text(whole.replace(x, ""), encoding="utf-8")
    answer = kanal.json("publish")
    assert answer.code == 5
    assert answer.outcomes["baustelle/x"] == "uncertain"
    assert "status: ended" in kanal("status").out
    assert kanal.json("plan").outcomes["baustelle/x"] == "uncertain"
    channels.write_text(whole.replace(x, x.replace("active", "ended")), encoding="utf-8")
    assert kanal("resolve", "baustelle", "--channel", "x", *WHO, "--published", URL, "--insist").code == 0
    assert kanal("publish").code == 0
