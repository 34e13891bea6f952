"""`kanal correct`: what is out says what the draft says now, where the network can edit; elsewhere it is told how."""

from hashlib import sha256

import pytest

from kanal.abilities.changing import CanRetract
from kanal.cli.networks import practised
from kanal.model import Receipt
from kanal.platforms import adapter_class
from kanal.sandbox import Fault, FaultKind, Practice
from tests.cli.calls import Kanal
from tests.cli.conftest import GoLive, Rewrite
from tests.cli.on_terminal import OnTerminal, needs_terminal
from tests.conftest import LoadProject

ERIKA = "Erika Mustermann"
WHY = ("--reason", "Falscher Tag", "--name", ERIKA)
DONE = f"{ERIKA} corrected it: Falscher Tag"


@pytest.fixture
def out(kanal: Kanal, practice: Practice) -> None:
    """baustelle is out on Mastodon and X, linden on Mastodon and Instagram, all of it in practice."""
    assert kanal("publish").code == 0
    assert len(practice.posts()) == 4


def test_it_is_edited_where_the_network_can_and_told_elsewhere(
    kanal: Kanal, practice: Practice, wrong_everywhere: str
) -> None:
    before = {post.platform: post for post in practice.posts()}
    answer = kanal.json("correct", wrong_everywhere, *WHY)
    assert answer.code == 3
    assert answer.outcomes == {
        "linden/mastodon": "corrected",
        "linden/x": "held",
        "linden/facebook": "corrected",
        "linden/instagram": "held",
    }
    after = {post.platform: post for post in practice.posts()}
    assert {name for name, post in after.items() if "Chaussee" in post.text} == {"mastodon", "facebook"}
    assert (after["x"], after["instagram"]) == (before["x"], before["instagram"])
    for name in ("mastodon", "facebook"):
        assert (after[name].id, after[name].media) == (before[name].id, before[name].media)
    reasons = {one["channel"]: one["reason"] for one in answer.json["deliveries"]}
    assert reasons["mastodon"] == DONE
    assert "kanal correct linden --channel x --reply" in reasons["x"]
    assert "--reply" not in reasons["instagram"], "Instagram cannot answer a post"
    assert "kanal correct linden --channel instagram --repost" in reasons["instagram"]
    assert answer.json["summary"]["corrected"] == 2


def test_the_same_again_changes_nothing_and_where_nothing_can_be_done_it_is_exit_4(
    kanal: Kanal, wrong_everywhere: str
) -> None:
    kanal("correct", wrong_everywhere, *WHY)
    before = kanal.json("log").json
    again = kanal.json("correct", wrong_everywhere, *WHY)
    assert (again.code, again.outcomes["linden/mastodon"], again.outcomes["linden/x"]) == (4, "already", "held")
    assert kanal.json("log").json == before
    assert kanal.json("correct", wrong_everywhere, "-c", "mastodon", *WHY).code == 0


@pytest.mark.usefixtures("out")
def test_what_changes_is_shown_line_by_line(kanal: Kanal, rewrite: Rewrite) -> None:
    rewrite("Freitag", "Samstag")
    answer = kanal("correct", "baustelle", "-c", "mastodon", *WHY)
    lines = answer.err.splitlines()
    assert lines[0].startswith("── baustelle → mastodon ──")
    assert any(line.startswith("- ") and "Freitag" in line for line in lines)
    assert any(line.startswith("+ ") and "Samstag" in line for line in lines)
    assert answer.out.splitlines()[-1] == "Summary: 1 corrected."


@pytest.mark.usefixtures("out")
def test_the_ledger_says_who_why_and_what(kanal: Kanal, rewrite: Rewrite) -> None:
    rewrite("Freitag", "Samstag")
    kanal("correct", "baustelle", "-c", "mastodon", *WHY)
    events = kanal.json("log", "baustelle", "-c", "mastodon").json["events"]
    assert [event["event"] for event in events] == ["claimed", "published", "correcting", "corrected"]
    assert {event["by"] for event in events[2:]} == {ERIKA}
    assert [event["reason"] for event in events[2:]] == [f"{ERIKA} corrects it: Falscher Tag", DONE]
    assert events[2]["digest"] == events[3]["digest"] != events[0]["digest"]
    assert kanal("ledger", "check", "--sandbox").code == 0
    assert kanal("ledger", "export", "--to", str(kanal.root / "akte"), "--sandbox").code == 0
    page = (kanal.root / "akte" / "posts" / "baustelle.html").read_text(encoding="utf-8")
    assert page.index("Freitag") < page.index("<h3>Corrected at") < page.index("Samstag")


@pytest.mark.usefixtures("out")
def test_it_is_not_sent_again_and_status_knows_it(kanal: Kanal, practice: Practice, rewrite: Rewrite) -> None:
    rewrite("Freitag", "Samstag")
    kanal("correct", "baustelle", *WHY)
    assert kanal.json("publish", "baustelle").outcomes == {"baustelle/mastodon": "already", "baustelle/x": "already"}
    status = kanal.json("status")
    assert status.outcomes["baustelle/mastodon"] == "published"
    assert len(practice.posts()) == 4


@pytest.mark.usefixtures("out")
def test_status_names_the_channels_that_carry_the_old_text(kanal: Kanal, practice: Practice, rewrite: Rewrite) -> None:
    assert kanal.json("status").json["outdated"] == []
    rewrite("Freitag", "Samstag")
    urls = {post.platform: post.url for post in practice.posts() if "Freitag" in post.text}
    found = kanal.json("status").json["outdated"]
    assert found == [
        {"draft": "baustelle", "channel": name, "part": 1, "url": urls[name], "reply": None}
        for name in ("mastodon", "x")
    ]
    text = kanal("status").out
    assert "“baustelle” still carries the old text on: mastodon, x." in text
    assert "    kanal correct baustelle --reason REASON" in text.splitlines()
    kanal("correct", "baustelle", *WHY)
    assert [one["channel"] for one in kanal.json("status", "baustelle").json["outdated"]] == ["x"]
    rewrite("Samstag", "Freitag")
    assert [one["channel"] for one in kanal.json("status").json["outdated"]] == ["mastodon"]


@pytest.mark.usefixtures("out")
def test_what_the_rules_object_to_is_not_sent(kanal: Kanal, practice: Practice, rewrite: Rewrite) -> None:
    before = practice.posts()
    rewrite("Freitag", "Freitag {@unbekannt}")
    answer = kanal("correct", "baustelle", *WHY)
    assert (answer.code, practice.posts()) == (1, before)
    assert "references/mention" in answer.out
    (kanal.root / "posts" / "baustelle.yaml").write_text("id: baustelle\nchanels: [x]\n", encoding="utf-8")
    broken = kanal("correct", "posts/baustelle.yaml", *WHY)
    assert (broken.code, practice.posts()) == (1, before)


@pytest.mark.usefixtures("out")
def test_a_network_that_is_busy_or_refuses_is_told_and_the_same_command_finishes_it(
    kanal: Kanal, practice: Practice, rewrite: Rewrite
) -> None:
    rewrite("Freitag", "Samstag")
    practice.set_fault("mastodon", Fault(FaultKind.TOO_MANY, seconds=600, calls="correct"))
    first = kanal.json("correct", "baustelle", "-c", "mastodon", *WHY)
    assert (first.code, first.outcomes) == (4, {"baustelle/mastodon": "deferred"})
    events = kanal.json("log", "baustelle", "-c", "mastodon").json["events"]
    assert [event["event"] for event in events][2:] == ["correcting", "kept"]
    assert kanal.json("status").json["outdated"] != []
    second = kanal.json("correct", "baustelle", "-c", "mastodon", *WHY)
    assert (second.code, second.outcomes) == (0, {"baustelle/mastodon": "corrected"})


@pytest.mark.usefixtures("out")
@pytest.mark.parametrize("kind", [FaultKind.CUT_AFTER, FaultKind.ERROR_AFTER])
def test_an_edit_of_which_nobody_heard_is_looked_at(
    kanal: Kanal, practice: Practice, rewrite: Rewrite, kind: FaultKind
) -> None:
    rewrite("Freitag", "Samstag")
    practice.set_fault("mastodon", Fault(kind, calls="correct"))
    answer = kanal.json("correct", "baustelle", "-c", "mastodon", *WHY)
    assert (answer.code, answer.outcomes) == (0, {"baustelle/mastodon": "corrected"})


@pytest.mark.usefixtures("out")
def test_what_nobody_knows_is_exit_5_and_shown_until_somebody_finishes_it(
    kanal: Kanal, practice: Practice, rewrite: Rewrite
) -> None:
    rewrite("Freitag", "Samstag")
    practice.set_fault("mastodon", Fault(FaultKind.ERROR_BEFORE, times=None, calls="correct"))
    first = kanal.json("correct", "baustelle", "-c", "mastodon", *WHY)
    assert (first.code, first.outcomes) == (5, {"baustelle/mastodon": "uncertain"})
    practice.heal()
    status = kanal("status")
    assert "“baustelle” on mastodon: nobody knows what it says." in status.out.splitlines()
    assert "    kanal correct baustelle --channel mastodon --reason REASON" in status.out.splitlines()
    assert kanal("status", "--check").code == 5
    publish = kanal.json("publish")
    assert (publish.code, publish.outcomes["baustelle/mastodon"]) == (0, "already")
    rewrite("Samstag", "Freitag")
    again = kanal.json("correct", "baustelle", "-c", "mastodon", *WHY)
    assert (again.code, again.outcomes) == (0, {"baustelle/mastodon": "corrected"}), "even back to the old text"
    assert kanal("status", "--check").code == 0
    assert all("Samstag" not in post.text for post in practice.posts())


@pytest.mark.usefixtures("out")
def test_a_draft_that_is_gone_does_not_take_a_doubt_along(kanal: Kanal, practice: Practice, rewrite: Rewrite) -> None:
    rewrite("Freitag", "Samstag")
    practice.set_fault("mastodon", Fault(FaultKind.ERROR_BEFORE, times=None, calls="correct"))
    assert kanal("correct", "baustelle", "-c", "mastodon", *WHY).code == 5
    practice.heal()
    (kanal.root / "posts" / "baustelle.yaml").unlink()
    assert kanal.json("status").outcomes["baustelle/mastodon"] == "uncertain"
    assert kanal.json("retract", "baustelle", "-c", "mastodon", *WHY).outcomes == {"baustelle/mastodon": "retracted"}


@pytest.mark.usefixtures("out")
def test_what_was_deleted_on_the_network_cannot_be_corrected(
    kanal: Kanal, practice: Practice, load_project: LoadProject, rewrite: Rewrite
) -> None:
    project = load_project()
    there = adapter_class("mastodon")(*practised(project.channels["mastodon"], practice, project))
    assert isinstance(there, CanRetract)
    post = next(post for post in practice.posts("mastodon") if "Kreis" in post.text)
    there.retract(Receipt(post.id, post.url, post.at))
    there.close()
    rewrite("Freitag", "Samstag")
    answer = kanal.json("correct", "baustelle", "-c", "mastodon", *WHY)
    assert (answer.code, answer.outcomes) == (4, {"baustelle/mastodon": "rejected"})
    assert "does not find this post any more" in answer.json["deliveries"][0]["reason"]


def test_pictures_are_exchanged_on_mastodon_and_refused_on_facebook(
    kanal: Kanal, practice: Practice, everywhere: str, rewrite: Rewrite
) -> None:
    assert kanal("publish").code == 0
    rewrite("Junge Linden an einer Landstraße", "Junge Linden in einer Reihe")
    answer = kanal.json("correct", everywhere, "-c", "mastodon", "-c", "facebook", *WHY)
    assert (answer.code, answer.outcomes) == (3, {"linden/mastodon": "corrected", "linden/facebook": "held"})
    alts = {post.platform: [media.alt for media in post.media] for post in practice.posts()}
    assert alts["mastodon"] == ["Junge Linden in einer Reihe"]
    assert alts["facebook"] == ["Junge Linden an einer Landstraße"]
    assert "cannot change the pictures of a post" in answer.out


@pytest.mark.usefixtures("out")
def test_a_draft_that_does_not_name_the_channel_any_more_says_nothing_there(kanal: Kanal, rewrite: Rewrite) -> None:
    rewrite("[mastodon, x]", "[x]")
    answer = kanal.json("correct", "baustelle", *WHY)
    assert (answer.code, answer.outcomes) == (4, {"baustelle/mastodon": "held", "baustelle/x": "already"})
    assert "kanal retract baustelle --channel mastodon" in answer.out


@pytest.mark.usefixtures("out")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("baustele", *WHY), "Did you mean “baustelle”?"),
        (("baustelle", "-c", "instagram", *WHY), "According to the ledger, nothing of “baustelle” is out there."),
        (("baustelle",), "“--reason” is missing."),
        (("baustelle", "--reason", " "), "The reason is empty"),
    ],
)
def test_nonsense_is_refused_and_changes_nothing(kanal: Kanal, arguments: tuple[str, ...], message: str) -> None:
    before = kanal.json("log").json
    answer = kanal("correct", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert message in answer.err
    assert kanal.json("log").json == before


def test_real_posts_are_edited_only_when_somebody_agrees(
    kanal: Kanal, practice: Practice, go_live: GoLive, rewrite: Rewrite
) -> None:
    needs_terminal()
    secrets = go_live()
    assert kanal("ledger", "init", "--name", "Amt", "--store", "sqlite").code == 0
    assert kanal("publish", "linden", "--yes").code == 0
    rewrite("Allee", "Chaussee", "verkehr/linden.yaml")
    refused = kanal("correct", "linden", *WHY)
    assert refused.code == 2
    assert "In CI and scripts, say so with --yes." in refused.err
    with OnTerminal(kanal.root, "correct", "linden", "-c", "mastodon", *WHY, environ=secrets) as terminal:
        terminal.read_until("Edit 1 post on a real network? [y/N]")
        assert "+ Die Linden an der Chaussee" in terminal.seen
        terminal.type("n\n")
        assert terminal.end() == 0
        assert "Nothing was changed." in terminal.seen
    assert all("Chaussee" not in post.text for post in practice.posts())
    assert kanal("correct", "linden", "--yes", *WHY).code == 3
    assert sorted(post.platform for post in practice.posts() if "Chaussee" in post.text) == ["facebook", "mastodon"]


def test_what_a_correction_uploads_carries_no_metadata_and_a_picture_that_stays_is_the_same(
    kanal: Kanal, practice: Practice, rewrite: Rewrite
) -> None:
    policy = kanal.root / "config" / "policy.yaml"
    policy.write_text("extends: plain.yaml\nrules: {privacy/picture-metadata: off}\n", encoding="utf-8")
    rewrite("good.jpg", "gps.jpg", "verkehr/linden.yaml")
    rewrite("[mastodon, instagram]", "[mastodon, facebook]", "verkehr/linden.yaml")
    assert kanal("publish", "linden").code == 0
    before = {post.platform: post for post in practice.posts()}
    rewrite("Allee", "Chaussee", "verkehr/linden.yaml")
    # Facebook refuses to change pictures, so it also shows that these count as the same.
    assert kanal("correct", "linden", *WHY).code == 0
    for post in practice.posts():
        assert (post.media, "Chaussee" in post.text) == (before[post.platform].media, True)
    turned = kanal.root / "posts" / "good.jpg"
    turned.write_bytes((kanal.root / "posts" / "gps.jpg").read_bytes() + b"\xff\xd9")
    rewrite("gps.jpg", "good.jpg", "verkehr/linden.yaml")
    assert kanal("correct", "linden", "-c", "mastodon", *WHY).code == 0
    [third] = practice.posts("mastodon")
    assert sha256(turned.read_bytes()).hexdigest() not in {media.sha256 for media in third.media}
    assert kanal.json("correct", "linden", "-c", "mastodon", *WHY).json["summary"]["already"] == 1
