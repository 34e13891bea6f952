"""`kanal correct --repost`: what cannot be edited is taken down and published anew, never twice, never both at once."""

from contextlib import closing

from kanal.ledger import Intent
from kanal.ledger.office import open_practice_ledger
from kanal.message import msg
from kanal.model import DeliveryKey
from kanal.sandbox import Fault, FaultKind, Practice
from tests.cli.calls import Kanal
from tests.cli.conftest import GoLive, Rewrite

ERIKA = "Erika Mustermann"
WHY = ("--reason", "Falscher Tag", "--name", ERIKA)


def test_it_is_edited_where_the_network_can_and_published_anew_elsewhere(
    kanal: Kanal, practice: Practice, wrong_everywhere: str
) -> None:
    before = {post.platform: post.id for post in practice.posts()}
    answer = kanal.json("correct", wrong_everywhere, "--repost", *WHY)
    assert (answer.code, answer.err) == (0, answer.err)
    assert answer.outcomes == {
        "linden/mastodon": "corrected",
        "linden/x": "published",
        "linden/facebook": "corrected",
        "linden/instagram": "published",
    }
    after = {post.platform: post for post in practice.posts()}
    assert len(practice.posts()) == 4
    assert all("Chaussee" in post.text for post in after.values())
    assert [name for name, post in after.items() if post.id != before[name]] == ["x", "instagram"]
    told = {one["channel"]: one for one in answer.json["deliveries"]}
    assert {name: one["revision"] for name, one in told.items()} == {
        "mastodon": 1,
        "x": 2,
        "facebook": 1,
        "instagram": 2,
    }
    assert all(told[name]["url"] == after[name].url for name in after)


def test_afterwards_everybody_goes_by_the_new_one(
    kanal: Kanal, practice: Practice, wrong_everywhere: str, rewrite: Rewrite
) -> None:
    kanal("correct", wrong_everywhere, "--repost", *WHY)
    posts = practice.posts()
    urls = {post.platform: post.url for post in posts}
    assert set(kanal.json("publish").outcomes.values()) == {"already"}
    status = kanal.json("status", wrong_everywhere)
    assert {one["channel"]: one["url"] for one in status.json["deliveries"]} == urls
    assert status.json["outdated"] == []
    assert kanal.json("correct", wrong_everywhere, "--repost", *WHY).outcomes["linden/x"] == "already"
    rewrite("Chaussee", "Landstraße")
    third = kanal.json("correct", wrong_everywhere, "-c", "x", "--repost", *WHY)
    assert (third.code, third.json["deliveries"][0]["revision"]) == (0, 3)
    assert len(practice.posts()) == 4


def test_the_ledger_says_who_why_and_what(kanal: Kanal, wrong_everywhere: str) -> None:
    kanal("correct", wrong_everywhere, "-c", "x", "--repost", *WHY)
    events = kanal.json("log", "linden", "-c", "x").json["events"]
    assert [(one["revision"], one["event"]) for one in events] == [
        (1, "claimed"),
        (1, "published"),
        (1, "reposting"),
        (1, "replaced"),
        (2, "claimed"),
        (2, "published"),
    ]
    assert {one["by"] for one in events[2:4]} == {ERIKA}
    assert events[2]["reason"] == f"{ERIKA} takes it down, to publish it anew: Falscher Tag"
    assert events[3]["reason"] == f"{ERIKA} took it down, to publish it anew: Falscher Tag"
    assert kanal("ledger", "check", "--sandbox").code == 0
    assert kanal("ledger", "export", "--to", str(kanal.root / "akte"), "--sandbox").code == 0
    page = (kanal.root / "akte" / "posts" / "linden.html").read_text(encoding="utf-8")
    assert page.index("Allee") < page.index("Chaussee")


def test_retract_takes_down_the_new_one(kanal: Kanal, practice: Practice, wrong_everywhere: str) -> None:
    kanal("correct", wrong_everywhere, "--repost", *WHY)
    answer = kanal.json("retract", wrong_everywhere, *WHY)
    assert (answer.code, set(answer.outcomes.values()), len(answer.json["deliveries"])) == (0, {"retracted"}, 4)
    assert practice.posts() == []
    assert set(kanal.json("publish").outcomes.values()) == {"retracted"}


def test_what_cannot_be_deleted_stays_and_nothing_is_published_beside_it(
    kanal: Kanal, practice: Practice, wrong_everywhere: str
) -> None:
    before = practice.posts("x")
    practice.set_fault("x", Fault(FaultKind.TOO_MANY, seconds=600, calls="retract"))
    answer = kanal.json("correct", wrong_everywhere, "-c", "x", "-c", "mastodon", "--repost", *WHY)
    assert (answer.code, answer.outcomes) == (3, {"linden/mastodon": "corrected", "linden/x": "deferred"})
    assert practice.posts("x") == before
    assert kanal.json("publish").outcomes["linden/x"] == "already"
    practice.heal()
    assert kanal.json("correct", wrong_everywhere, "-c", "x", "--repost", *WHY).outcomes == {"linden/x": "published"}


def test_a_deletion_of_which_nobody_knows_is_exit_5_and_the_same_command_finishes_it(
    kanal: Kanal, practice: Practice, wrong_everywhere: str
) -> None:
    practice.set_fault("x", Fault(FaultKind.ERROR_BEFORE, times=None, calls="retract"))
    first = kanal.json("correct", wrong_everywhere, "-c", "x", "--repost", *WHY)
    assert (first.code, first.outcomes) == (5, {"linden/x": "uncertain"})
    assert len(practice.posts("x")) == 1
    assert kanal.json("publish").outcomes["linden/x"] == "uncertain"
    status = kanal("status").out.splitlines()
    assert "“linden” on x: nobody knows whether it is gone." in status
    assert "    kanal correct linden --channel x --repost --reason REASON" in status
    assert kanal("status", "--check").code == 5
    assert kanal.json("correct", wrong_everywhere, "-c", "x", *WHY).outcomes == {"linden/x": "uncertain"}, (
        "only when asked"
    )
    practice.heal()
    again = kanal.json("correct", wrong_everywhere, "-c", "x", "--repost", *WHY)
    assert (again.code, again.outcomes) == (0, {"linden/x": "published"})
    assert len(practice.posts("x")) == 1


def test_what_the_network_refuses_after_the_deletion_waits_and_publish_goes_on(
    kanal: Kanal, practice: Practice, wrong_everywhere: str
) -> None:
    practice.set_fault("x", Fault(FaultKind.TOO_MANY, times=None, seconds=600, calls="publish"))
    first = kanal.json("correct", wrong_everywhere, "-c", "x", "--repost", *WHY)
    assert (first.code, first.outcomes, practice.posts("x")) == (4, {"linden/x": "deferred"}, [])
    assert kanal.json("status").outcomes["linden/x"] == "deferred"
    without = kanal.json("correct", wrong_everywhere, "-c", "x", *WHY)
    assert (without.code, without.outcomes) == (4, {"linden/x": "deferred"})
    practice.heal()
    assert kanal.json("correct", wrong_everywhere, "-c", "x", "--repost", *WHY).outcomes == {"linden/x": "deferred"}, (
        "10 minutes"
    )


def test_what_was_taken_down_to_be_published_anew_can_be_left_at_that(
    kanal: Kanal, practice: Practice, wrong_everywhere: str
) -> None:
    practice.set_fault("x", Fault(FaultKind.TOO_MANY, times=None, seconds=1, calls="publish"))
    kanal("correct", wrong_everywhere, "-c", "x", "--repost", *WHY)
    practice.heal()
    assert kanal.json("retract", wrong_everywhere, "-c", "x", *WHY).outcomes == {"linden/x": "retracted"}
    assert kanal.json("publish").outcomes["linden/x"] == "retracted"
    assert practice.posts("x") == []
    assert kanal.json("correct", wrong_everywhere, "-c", "x", "--repost", *WHY).outcomes == {"linden/x": "retracted"}


def test_nothing_is_taken_down_that_could_not_be_published_again(
    kanal: Kanal, practice: Practice, wrong_everywhere: str
) -> None:
    before = practice.posts("x")
    kanal("hold", "--reason", "Unfall", "--name", ERIKA)
    held = kanal.json("correct", wrong_everywhere, "-c", "x", "--repost", *WHY)
    assert (held.code, held.outcomes, practice.posts("x")) == (4, {"linden/x": "held"}, before)


def test_what_turns_out_not_to_be_out_is_not_sent_against_the_rules(
    kanal: Kanal, practice: Practice, wrong_everywhere: str, rewrite: Rewrite
) -> None:
    _left_in_doubt(kanal, practice, wrong_everywhere)
    rewrite("Chaussee", "{@unbekannt}")
    answer = kanal.json("correct", wrong_everywhere, "-c", "x", "--repost", *WHY)
    assert (answer.code, answer.outcomes, practice.posts("x")) == (4, {"linden/x": "held"}, [])
    rewrite("{@unbekannt}", "Chaussee")
    assert kanal.json("correct", wrong_everywhere, "-c", "x", "--repost", *WHY).outcomes == {"linden/x": "published"}


def test_a_person_settles_whether_the_new_one_is_out(kanal: Kanal, practice: Practice, wrong_everywhere: str) -> None:
    _left_in_doubt(kanal, practice, wrong_everywhere)
    looked = ("--channel", "x", "--name", ERIKA, "--reason", "Nicht da.", "--not-published", "--insist")
    assert kanal("resolve", wrong_everywhere, *looked).code == 0
    assert kanal.json("correct", wrong_everywhere, "-c", "x", "--repost", *WHY).outcomes == {"linden/x": "published"}
    assert len(practice.posts("x")) == 1


def _left_in_doubt(kanal: Kanal, practice: Practice, draft: str) -> None:
    """The old one is gone, and a run that is dead by now began to send the new one."""
    practice.set_fault("x", Fault(FaultKind.TOO_MANY, times=None, seconds=600, calls="publish"))
    kanal("correct", draft, "-c", "x", "--repost", *WHY)
    practice.heal()
    with closing(open_practice_ledger(kanal.root / ".kanal")) as ledger:
        new = DeliveryKey("x", "linden", 1, 2)
        standing = ledger.standing(new)
        assert standing is not None
        assert standing.prepared is not None
        ledger.claim([Intent(new, standing.digest, standing.prepared)], "host/1/dead")
        ledger.doubt(new, msg("Nobody knows."), "host/1/dead")


def test_the_two_ways_exclude_each_other(kanal: Kanal, wrong_everywhere: str) -> None:
    for options, words in (
        (("--reply", "--repost"), "two ways to correct"),
        (("--text", "Korrektur: …"), "--text is what a reply says."),
    ):
        answer = kanal("correct", wrong_everywhere, *options, *WHY)
        assert (answer.code, answer.out) == (2, "")
        assert words in answer.err


def test_real_posts_are_taken_down_only_when_somebody_agrees(
    kanal: Kanal, practice: Practice, go_live: GoLive, rewrite: Rewrite
) -> None:
    go_live()
    assert kanal("ledger", "init", "--name", "Amt", "--store", "sqlite").code == 0
    assert kanal("publish", "linden", "--yes").code == 0
    before = practice.posts("x")
    rewrite("Allee", "Chaussee", "verkehr/linden.yaml")
    refused = kanal("correct", "linden", "-c", "x", "--repost", *WHY)
    assert (refused.code, practice.posts("x")) == (2, before)
    assert "What readers answered, shared or linked is lost." in refused.err
    assert kanal("correct", "linden", "-c", "x", "--repost", "--yes", *WHY).code == 0
    assert [post.text for post in practice.posts("x")] == ["Die Linden an der Chaussee werden nachgepflanzt."]
