"""Threads, polls and warnings on the practice networks, from the draft to the addresses in `kanal status`."""

import pytest

from kanal.sandbox import Practice
from kanal.yaml12 import parse
from tests.cli.calls import Kanal
from tests.conftest import WriteFile

pytestmark = pytest.mark.usefixtures("no_drafts")
THREAD = """\
id: faden
channels: [mastodon, x]
text: Die Kreisstraße 12 wird saniert.
thread:
  - text: Ab Montag ist sie gesperrt.
  - text: Danke für Ihre Geduld!
"""
ASKING = """\
id: umfrage
channels: [mastodon, x]
text: Wann soll das Bürgerbüro länger öffnen?
content_warning: Öffnungszeiten
visibility: unlisted
poll: {options: [Dienstag, Donnerstag], ends_after: 3 days}
variants: {x: {leave_out: [content_warning, visibility]}}
"""


def chain(practice: Practice, platform: str) -> list[str]:
    """The texts of the account's posts, each beneath the one before; anything else fails."""
    posts = practice.posts(platform)
    assert [post.reply_to for post in posts] == [None, *(post.id for post in posts[:-1])]
    return [post.text for post in posts]


def test_a_thread_is_published_part_by_part_and_status_shows_all_addresses(
    kanal: Kanal, practice: Practice, write_file: WriteFile
) -> None:
    write_file("posts/faden.yaml", THREAD)
    answer = kanal.json("publish")
    assert (answer.code, {one["outcome"] for one in answer.json["deliveries"]}) == (0, {"published"})
    texts = ["Die Kreisstraße 12 wird saniert.", "Ab Montag ist sie gesperrt.", "Danke für Ihre Geduld!"]
    assert [chain(practice, platform) for platform in ("mastodon", "x")] == [texts, texts]
    listed = kanal.json("status").json["deliveries"]
    assert {(one["channel"], one["part"], one["url"]) for one in listed} == {
        (platform, number, post.url)
        for platform in ("mastodon", "x")
        for number, post in enumerate(practice.posts(platform), 1)
    }
    assert "x (2)" in kanal("status", "faden").out
    assert kanal.json("publish").json["summary"]["already"] == 6


def test_a_thread_that_broke_off_is_ended_by_the_next_run_and_nothing_is_there_twice(
    kanal: Kanal, practice: Practice, write_file: WriteFile
) -> None:
    channels = (kanal.root / "config" / "channels.yaml").read_text(encoding="utf-8")
    more_than_the_server = channels.replace("    status: active\n", "    status: active\n    limits: {text: 5000}\n", 1)
    write_file("config/channels.yaml", more_than_the_server)
    alone = THREAD.replace(", x]", "]")
    write_file("posts/faden.yaml", alone.replace("Ab Montag ist", "Vollsperrung! " * 50 + "Ab Montag ist"))
    first = kanal.json("publish")
    assert first.code == 3
    assert [one["outcome"] for one in first.json["deliveries"]] == ["published", "rejected", "deferred"]
    write_file("posts/faden.yaml", alone.replace("Ab Montag ist", "Ab Dienstag ist"))
    second = kanal.json("publish")
    assert (second.code, second.json["summary"]["published"]) == (0, 2)
    assert chain(practice, "mastodon") == [
        "Die Kreisstraße 12 wird saniert.",
        "Ab Dienstag ist sie gesperrt.",
        "Danke für Ihre Geduld!",
    ]


def test_a_poll_and_a_warning_go_out_where_the_network_knows_them(
    kanal: Kanal, practice: Practice, write_file: WriteFile
) -> None:
    write_file("posts/umfrage.yaml", ASKING)
    assert "Poll: Dienstag | Donnerstag" in kanal("plan").out
    assert kanal("publish").code == 0
    [here], [there] = practice.posts("mastodon"), practice.posts("x")
    assert (here.poll, here.warning, here.visibility) == (("Dienstag", "Donnerstag"), "Öffnungszeiten", "unlisted")
    assert there.poll == ("Dienstag", "Donnerstag")


def test_what_a_network_cannot_express_stops_before_anything_is_sent(
    kanal: Kanal, practice: Practice, write_file: WriteFile
) -> None:
    write_file("posts/umfrage.yaml", ASKING.replace("leave_out: [content_warning, visibility]", "text: Wann?"))
    answer = kanal("publish")
    assert answer.code == 1
    assert "posts/umfrage.yaml:4:18: error: x cannot express “content_warning”." in answer.out
    assert "posts/umfrage.yaml:5:13: error: x cannot express “visibility”." in answer.out
    assert practice.posts() == []


def test_a_reply_goes_beneath_the_other_drafts_post(kanal: Kanal, practice: Practice, write_file: WriteFile) -> None:
    write_file("posts/nachtrag.yaml", "id: nachtrag\nchannels: [x]\ntext: Nachtrag.\nreply_to: vorher\n")
    waits = kanal.json("publish")
    assert [one["reason"] for one in waits.json["deliveries"]] == [
        "It refers to “vorher”, which is not out on this channel."
    ]
    write_file("posts/vorher.yaml", "id: vorher\nchannels: [x]\ntext: Zuerst.\n")
    kanal("publish", "vorher")
    assert kanal("publish").code == 0
    assert chain(practice, "x") == ["Zuerst.", "Nachtrag."]


def test_a_quotation_names_the_other_drafts_post(kanal: Kanal, practice: Practice, write_file: WriteFile) -> None:
    write_file("posts/vorher.yaml", "id: vorher\nchannels: [mastodon]\ntext: Zuerst.\n")
    write_file("posts/zitat.yaml", "id: zitat\nchannels: [mastodon]\ntext: Und nun.\nquote: vorher\n")
    assert kanal("publish").code == 0
    assert "Quotes: vorher" in kanal("approve", "zitat", "--name", "Toni Probst", "--yes").out
    posts = practice.posts("mastodon")
    assert [post.text for post in posts] == ["Zuerst.", "Und nun."]
    write_file("posts/x.yaml", "id: x-zitat\nchannels: [x]\ntext: Und nun.\nquote: vorher\n")
    assert "x cannot express “quote”" in kanal("lint", str(kanal.root / "posts" / "x.yaml")).out


def test_a_split_is_proposed_and_what_is_proposed_passes(
    kanal: Kanal, practice: Practice, write_file: WriteFile
) -> None:
    sentence = "Die Kreisstraße 12 ist wegen Bauarbeiten zwischen Musterstadt und Beispielhausen gesperrt."
    draft = f"id: lang\nchannels: [x, mastodon]\nlink: https://landkreis-musterland.example/k12\ntext: {sentence}"
    long = f"{draft} {sentence} {sentence} {sentence}\n"
    file = write_file("posts/lang.yaml", long)
    answer = kanal("plan", "--split")
    assert (answer.code, file.read_text(encoding="utf-8")) == (0, long)
    assert "posts/lang.yaml is too long for x: 405 of 280 characters." in answer.err
    document = parse(answer.out, "proposal.yaml")
    assert document.findings == []
    write_file("posts/lang.yaml", long + answer.out)
    assert kanal("plan", "--split").err == "No text is too long for its network.\n"
    assert kanal("publish", "-c", "x").code == 0
    assert [text[-5:] for text in (post.text.partition("\n")[0] for post in practice.posts("x"))] == ["(1/2)", "(2/2)"]


@pytest.mark.parametrize("more", [("--format", "json"), ("--due",)])
def test_a_proposal_is_text_whatever_else_is_asked_for(kanal: Kanal, more: tuple[str, ...]) -> None:
    answer = kanal("plan", "--split", *more)
    assert (answer.code, answer.out) == (2, "")
    assert "it cannot be combined with --format, --due or --hand-over" in answer.err


def test_an_approver_sees_every_part(kanal: Kanal, write_file: WriteFile) -> None:
    write_file("posts/faden.yaml", THREAD)
    shown = kanal("approve", "faden", "--name", "Toni Probst", "--yes").out
    assert [f"── faden → x{part} ──" in shown for part in ("", " (2)", " (3)")] == [True] * 3


def test_a_broken_thread_is_taken_back_whole_where_the_office_wants_that(
    kanal: Kanal, practice: Practice, write_file: WriteFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Kim Muster")
    channels = (kanal.root / "config" / "channels.yaml").read_text(encoding="utf-8")
    more_than_the_server = channels.replace("    status: active\n", "    status: active\n    limits: {text: 5000}\n", 1)
    write_file("config/channels.yaml", more_than_the_server)
    long = THREAD.replace("Ab Montag ist", "Vollsperrung! " * 50 + "Ab Montag ist").replace(
        "[mastodon, x]", "[mastodon]"
    )
    write_file("posts/faden.yaml", long)
    answer = kanal.json("publish", "--on-broken-thread", "retract")
    assert answer.code == 3
    assert [one["outcome"] for one in answer.json["deliveries"]] == ["retracted", "rejected", "deferred"]
    assert practice.posts() == []
    assert "The thread broke off" in kanal("log", "faden").out
    again = kanal.json("publish")
    assert {one["outcome"] for one in again.json["deliveries"]} == {"retracted", "skipped"}
    assert practice.posts() == []
