"""`kanal correct --reply`: what cannot be edited is answered by a draft that is read, checked and approved first."""

from pathlib import Path

import pytest

from kanal.sandbox import Fault, FaultKind, Practice
from tests.cli.calls import Kanal
from tests.cli.conftest import GoLive, Rewrite
from tests.cli.on_terminal import OnTerminal, needs_terminal

ERIKA = "Erika Mustermann"
WHY = ("--reason", "Falscher Tag", "--name", ERIKA)
REPLY = """\
id: linden-korrektur
type: correction
channels: [x]
reply_to: linden
text: |-
  Korrektur: Die Linden an der Chaussee werden nachgepflanzt.
"""


@pytest.fixture
def draft(kanal: Kanal) -> Path:
    """Where the reply is written."""
    return kanal.root / "posts" / "baustelle-korrektur.yaml"


def test_a_reply_is_proposed_and_not_sent_before_somebody_read_it(
    kanal: Kanal, practice: Practice, wrong_everywhere: str, draft: Path
) -> None:
    first = kanal.json("correct", wrong_everywhere, "--reply", *WHY)
    assert (first.code, draft.read_text(encoding="utf-8")) == (3, REPLY)
    assert first.outcomes == {
        "linden/mastodon": "corrected",
        "linden/facebook": "corrected",
        "linden/instagram": "held",
        "linden-korrektur/x": "held",
    }
    assert "posts/baustelle-korrektur.yaml. Read it" in first.out
    assert "Korrektur: Die Linden an der Chaussee" in first.err
    assert len(practice.posts("x")) == 1
    second = kanal.json("correct", wrong_everywhere, "-c", "x", "--reply", *WHY)
    assert (second.code, second.outcomes) == (0, {"linden-korrektur/x": "published"})
    old, reply = practice.posts("x")
    assert (reply.reply_to, reply.text) == (old.id, "Korrektur: Die Linden an der Chaussee werden nachgepflanzt.")
    assert second.json["deliveries"][0]["url"] == reply.url
    third = kanal.json("correct", wrong_everywhere, "-c", "x", "--reply", *WHY)
    assert (third.code, third.outcomes, len(practice.posts("x"))) == (0, {"linden-korrektur/x": "already"}, 2)


def test_words_of_ones_own_are_sent_at_once(
    kanal: Kanal, practice: Practice, wrong_everywhere: str, draft: Path
) -> None:
    said = "Korrektur: Gemeint war die „Chaussee“.\n\n# Danke für den Hinweis: @niemand"
    answer = kanal.json("correct", wrong_everywhere, "-c", "x", "--reply", "--text", said, *WHY)
    assert (answer.code, answer.outcomes) == (0, {"linden-korrektur/x": "published"})
    assert practice.posts("x")[1].text == said
    assert draft.is_file()
    refused = kanal("correct", wrong_everywhere, "-c", "x", "--reply", "--text", "Noch eine.", *WHY)
    assert (refused.code, "--text is for a new one" in refused.err) == (2, True)


def test_the_ledger_says_who_why_and_which_draft(kanal: Kanal, wrong_everywhere: str) -> None:
    kanal("correct", wrong_everywhere, "-c", "x", "--reply", *WHY)
    kanal("correct", wrong_everywhere, "-c", "x", "--reply", *WHY)
    events = kanal.json("log", "linden", "-c", "x").json["events"]
    assert [event["event"] for event in events] == ["claimed", "published", "answering"]
    assert (events[-1]["by"], events[-1]["reply"]) == (ERIKA, "linden-korrektur")
    assert events[-1]["reason"] == f"{ERIKA} corrects it with the reply “linden-korrektur”: Falscher Tag"
    sent = kanal.json("log", "linden-korrektur").json["events"]
    assert [event["event"] for event in sent] == ["claimed", "published"]


def test_status_knows_that_it_is_answered_also_when_publish_sent_the_reply(
    kanal: Kanal, practice: Practice, wrong_everywhere: str, rewrite: Rewrite
) -> None:
    kanal("correct", wrong_everywhere, "-c", "x", "--reply", *WHY)
    stale = {one["channel"]: one["reply"] for one in kanal.json("status").json["outdated"]}
    assert stale["x"] is None
    assert kanal("publish").code == 0
    reply = practice.posts("x")[1]
    stale = {one["channel"]: one["reply"] for one in kanal.json("status").json["outdated"]}
    assert stale == {"mastodon": None, "x": reply.url, "facebook": None, "instagram": None}
    text = kanal("status").out
    assert f"  A reply beneath it corrects it: {reply.url}" in text.splitlines()
    assert "“linden” still carries the old text on: mastodon, facebook, instagram." in text
    rewrite("Chaussee", "Landstraße")
    stale = {one["channel"]: one["reply"] for one in kanal.json("status").json["outdated"]}
    assert stale["x"] is None, "it says something else again"
    assert kanal.json("correct", "linden", "-c", "x", "--reply", *WHY).outcomes == {"linden-korrektur-2/x": "held"}


def test_a_reply_to_an_earlier_change_is_read_again_before_it_is_sent(
    kanal: Kanal, practice: Practice, wrong_everywhere: str, rewrite: Rewrite, draft: Path
) -> None:
    kanal("correct", wrong_everywhere, "-c", "x", "--reply", *WHY)
    rewrite("Chaussee", "Landstraße")
    held = kanal.json("correct", wrong_everywhere, "-c", "x", "--reply", *WHY)
    assert (held.code, held.outcomes, len(practice.posts("x"))) == (4, {"linden-korrektur/x": "held"}, 1)
    assert "written for an earlier change of the draft" in held.out
    draft.write_text(REPLY.replace("Chaussee", "Landstraße"), encoding="utf-8")
    assert kanal.json("correct", wrong_everywhere, "-c", "x", "--reply", *WHY).code == 0
    assert "Landstraße" in practice.posts("x")[1].text


def test_a_reply_of_ones_own_is_found_also_when_it_is_out_already(
    kanal: Kanal, practice: Practice, wrong_everywhere: str, draft: Path
) -> None:
    draft.write_text(REPLY.replace("linden-korrektur", "von-hand"), encoding="utf-8")
    assert kanal("publish", "von-hand").code == 0
    answer = kanal.json("correct", wrong_everywhere, "-c", "x", "--reply", *WHY)
    assert (answer.code, answer.outcomes) == (0, {"von-hand/x": "already"})
    assert len(practice.posts("x")) == 2
    stale = {one["channel"]: one["reply"] for one in kanal.json("status").json["outdated"]}
    assert stale["x"] == practice.posts("x")[1].url


def test_a_reply_that_the_rules_object_to_is_held_and_the_others_are_edited(
    kanal: Kanal, practice: Practice, wrong_everywhere: str, draft: Path
) -> None:
    said = "Korrektur: {@unbekannt}"
    answer = kanal.json("correct", wrong_everywhere, "-c", "x", "-c", "mastodon", "--reply", "--text", said, *WHY)
    assert answer.outcomes == {"linden/mastodon": "corrected", "linden-korrektur/x": "held"}
    assert answer.code == 3
    assert "references/mention" in answer.out
    assert len(practice.posts("x")) == 1
    draft.write_text(REPLY, encoding="utf-8")
    again = kanal.json("correct", wrong_everywhere, "-c", "x", "-c", "mastodon", "--reply", *WHY)
    assert again.outcomes == {"linden/mastodon": "already", "linden-korrektur/x": "published"}
    assert again.code == 0


def test_a_reply_needs_an_approval_where_posts_do(kanal: Kanal, practice: Practice, wrong_everywhere: str) -> None:
    policy = kanal.root / "config" / "policy.yaml"
    policy.write_text("extends: plain.yaml\nrules: {approval/missing: error}\n", encoding="utf-8")
    said = "Korrektur: Chaussee."
    answer = kanal.json("correct", wrong_everywhere, "-c", "x", "--reply", "--text", said, *WHY)
    assert (answer.code, answer.outcomes) == (4, {"linden-korrektur/x": "held"})
    assert "approval/missing" in answer.out
    assert len(practice.posts("x")) == 1


def test_nobody_knows_whether_the_reply_is_out_and_the_same_command_settles_it(
    kanal: Kanal, practice: Practice, wrong_everywhere: str
) -> None:
    kanal("correct", wrong_everywhere, "-c", "x", "--reply", *WHY)
    practice.set_fault("x", Fault(FaultKind.CUT_AFTER, calls="publish"))
    first = kanal.json("correct", wrong_everywhere, "-c", "x", "--reply", *WHY)
    assert first.outcomes["linden-korrektur/x"] in {"published", "uncertain"}
    practice.heal()
    assert kanal.json("correct", wrong_everywhere, "-c", "x", "--reply", *WHY).code == 0
    assert len(practice.posts("x")) == 2


def test_retract_takes_the_reply_down_too_and_first(kanal: Kanal, practice: Practice, wrong_everywhere: str) -> None:
    kanal("correct", wrong_everywhere, "-c", "x", "--reply", "--text", "Korrektur: Chaussee.", *WHY)
    answer = kanal.json("retract", wrong_everywhere, "-c", "x", *WHY)
    assert list(answer.outcomes.items()) == [("linden-korrektur/x", "retracted"), ("linden/x", "retracted")]
    assert practice.posts("x") == []
    assert kanal.json("retract", wrong_everywhere, "-c", "x", *WHY).outcomes == {"linden/x": "retracted"}


def test_published_anew_the_reply_to_the_old_one_is_told(
    kanal: Kanal, practice: Practice, wrong_everywhere: str
) -> None:
    kanal("correct", wrong_everywhere, "-c", "x", "--reply", "--text", "Korrektur: Chaussee.", *WHY)
    answer = kanal("correct", wrong_everywhere, "-c", "x", "--repost", *WHY)
    assert answer.code == 0
    assert "kanal retract linden-korrektur --channel x" in answer.err
    assert kanal("retract", "linden-korrektur", "-c", "x", *WHY).code == 0
    assert [post.text for post in practice.posts("x")] == ["Die Linden an der Chaussee werden nachgepflanzt."]


def test_where_only_a_picture_changed_a_person_must_say_it(
    kanal: Kanal, practice: Practice, everywhere: str, rewrite: Rewrite, draft: Path
) -> None:
    assert kanal("publish").code == 0
    rewrite("Junge Linden an einer Landstraße", "Junge Linden in einer Reihe")
    answer = kanal("correct", everywhere, "-c", "x", "--reply", *WHY)
    assert (answer.code, draft.exists()) == (2, False)
    assert "Say it yourself: --text TEXT" in answer.err
    assert len(practice.posts("x")) == 1


def test_at_a_terminal_it_is_shown_asked_about_and_sent(
    kanal: Kanal, practice: Practice, go_live: GoLive, rewrite: Rewrite
) -> None:
    needs_terminal()
    secrets = go_live()
    assert kanal("ledger", "init", "--name", "Amt", "--store", "sqlite").code == 0
    assert kanal("publish", "linden", "--yes").code == 0
    rewrite("Allee", "Chaussee", "verkehr/linden.yaml")
    written = kanal.root / "posts" / "verkehr" / "linden-korrektur.yaml"
    command = ("correct", "linden", "-c", "x", "--reply", *WHY)
    with OnTerminal(kanal.root, *command, environ=secrets) as terminal:
        terminal.read_until("Write this reply to posts/verkehr/linden-korrektur.yaml? [y/N]")
        assert "Korrektur: Die Linden an der Chaussee" in terminal.seen
        terminal.type("n\n")
        assert terminal.end() == 4
    assert not written.exists()
    with OnTerminal(kanal.root, *command, environ=secrets) as terminal:
        terminal.read_until("[y/N]")
        terminal.type("j\n")
        terminal.read_until("Edit or answer 1 post on a real network? [y/N]")
        terminal.type("j\n")
        assert terminal.end() == 0
    assert [post.reply_to is None for post in practice.posts("x")] == [True, False]
