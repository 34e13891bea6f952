"""`kanal publish`: what goes out, what waits, and that nothing goes out twice."""

from pathlib import Path

import pytest

from kanal.sandbox import Practice
from tests.cli.calls import Kanal
from tests.conftest import WriteFile

LATER = "publish_at: 2999-01-01 08:00\n"
DRAFT = "id: {id}\nchannels: [mastodon]\ntext: Meldung {id}.\n"
WARNING = """\
id: z-warnung
type: crisis
channels: [mastodon]
text: |
  Warnung vor schwerem Sturm
  Stand: 8.12.2026, 9 Uhr
  Gebiet: ganzer Landkreis Musterland
  Bleiben Sie im Haus. Wir melden die Entwarnung hier.
  Quelle: Leitstelle Musterland
"""


def texts(practice: Practice) -> list[str]:
    return [post.text for post in practice.posts()]


def channels_with(kanal: Kanal, more: str) -> None:
    """Add a life cycle to the Mastodon channel."""
    file = kanal.root / "config" / "channels.yaml"
    before = file.read_text(encoding="utf-8")
    file.write_text(before.replace("    status: active\n", more, 1), encoding="utf-8")


def test_everything_goes_out_once_and_the_second_run_says_so(kanal: Kanal, practice: Practice) -> None:
    first = kanal("publish")
    assert first.code == 0
    assert first.out.endswith("Summary: 4 published.\n")
    assert all(post.url in first.out for post in practice.posts())
    second = kanal("publish")
    assert (second.code, second.out) == (0, "Nothing to do: all 4 deliveries are already out.\n")
    assert len(practice.posts()) == 4


def test_an_empty_folder_is_no_mistake(kanal: Kanal, office_folder: Path) -> None:
    (office_folder / "posts" / "baustelle.yaml").unlink()
    (office_folder / "posts" / "verkehr" / "linden.yaml").unlink()
    answer = kanal("publish")
    assert (answer.code, answer.out) == (0, "There is nothing to do.\n")


def test_one_draft_by_id_and_one_by_file(
    kanal: Kanal, practice: Practice, office_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert kanal.json("publish", "baustelle").outcomes == {
        "baustelle/mastodon": "published",
        "baustelle/x": "published",
    }
    monkeypatch.chdir(office_folder / "posts" / "verkehr")
    assert kanal.json("publish", "linden.yaml", "-c", "mastodon").outcomes == {"linden/mastodon": "published"}
    assert len(practice.posts()) == 3


def test_a_channel_can_be_picked(kanal: Kanal, practice: Practice) -> None:
    answer = kanal.json("publish", "--channel", "x", "--channel", "instagram")
    assert answer.outcomes == {"baustelle/x": "published", "linden/instagram": "published"}
    assert practice.posts("mastodon") == []


def test_what_is_due_later_waits_even_when_it_is_named(kanal: Kanal, practice: Practice, write_file: WriteFile) -> None:
    write_file("posts/neu.yaml", DRAFT.format(id="neu") + LATER)
    named = kanal.json("publish", "neu")
    assert named.code == 0
    assert named.outcomes == {"neu/mastodon": "deferred"}
    assert named.json["deliveries"][0]["at"] == "2999-01-01T08:00:00+01:00"
    assert named.json["deliveries"][0]["reason"] == "It is due at 2999-01-01 08:00."
    assert practice.posts() == []


def test_due_does_not_list_what_comes_later(kanal: Kanal, practice: Practice, write_file: WriteFile) -> None:
    write_file("posts/neu.yaml", DRAFT.format(id="neu") + LATER)
    assert kanal.json("publish").outcomes["neu/mastodon"] == "deferred"
    assert "neu/mastodon" not in kanal.json("publish", "--due").outcomes
    assert kanal.json("publish", "--due", "neu").outcomes == {}
    assert "Meldung neu." not in texts(practice)


@pytest.mark.parametrize(
    ("life", "outcome", "because"),
    [
        ("    status: planned\n", "held", "planned"),
        ("    status: paused\n", "held", "paused"),
        ("", "held", "planned"),
        ("    status: ended\n", "skipped", "ended"),
        ("    status: active\n    start: 2999-01-01\n", "held", "2999-01-01"),
    ],
)
def test_only_active_channels_are_served(
    kanal: Kanal, practice: Practice, life: str, outcome: str, because: str
) -> None:
    channels_with(kanal, life)
    answer = kanal.json("publish", "baustelle")
    assert answer.code == 0
    by_channel = {one["channel"]: one for one in answer.json["deliveries"]}
    assert by_channel["mastodon"]["outcome"] == outcome
    assert because in by_channel["mastodon"]["reason"]
    assert by_channel["x"]["outcome"] == "published"
    assert practice.posts("mastodon") == []


def test_crisis_information_goes_first(kanal: Kanal, practice: Practice, write_file: WriteFile) -> None:
    write_file("posts/a.yaml", DRAFT.format(id="a") + "publish_at: 2020-01-01 08:00\n")
    write_file("posts/z-warnung.yaml", WARNING)
    assert kanal("publish", "--channel", "mastodon").code == 0
    assert texts(practice)[0].startswith("Warnung vor schwerem Sturm\n")
    assert len(texts(practice)) == 4


def test_renaming_or_moving_a_published_draft_posts_nothing(kanal: Kanal, practice: Practice) -> None:
    kanal("publish")
    (kanal.root / "posts" / "archiv" / "2026").mkdir(parents=True)
    (kanal.root / "posts" / "baustelle.yaml").rename(kanal.root / "posts" / "archiv" / "2026" / "alt.yaml")
    answer = kanal("publish")
    assert (answer.code, answer.out) == (0, "Nothing to do: all 4 deliveries are already out.\n")
    assert len(practice.posts()) == 4


def test_editing_a_published_draft_posts_nothing(kanal: Kanal, practice: Practice, write_file: WriteFile) -> None:
    kanal("publish")
    write_file("posts/baustelle.yaml", "id: baustelle\nchannels: [mastodon, x]\ntext: Ein ganz anderer Text.\n")
    assert set(kanal.json("publish", "baustelle").outcomes.values()) == {"already"}
    assert "Ein ganz anderer Text." not in texts(practice)


def test_a_channel_added_to_a_published_draft_is_served(
    kanal: Kanal, practice: Practice, write_file: WriteFile
) -> None:
    kanal("publish")
    write_file("posts/baustelle.yaml", "id: baustelle\nchannels: [mastodon, x, facebook]\ntext: Gesperrt.\n")
    assert kanal.json("publish", "baustelle").outcomes == {
        "baustelle/facebook": "published",
        "baustelle/mastodon": "already",
        "baustelle/x": "already",
    }
    assert [post.platform for post in practice.posts()].count("facebook") == 1


def test_one_mistake_stops_the_whole_run(kanal: Kanal, practice: Practice, write_file: WriteFile) -> None:
    write_file("posts/neu.yaml", "id: neu\nchannels: [mastodon]\nchanels: [x]\ntext: Hallo\n")
    answer = kanal("publish")
    assert answer.code == 1
    assert "posts/neu.yaml:3:1: error: The key “chanels” is unknown here." in answer.out
    assert answer.err == "Nothing was sent.\n"
    assert practice.posts() == []
    assert sum(practice.request_counts().values()) == 0


def test_a_rule_that_is_broken_stops_it_as_well(kanal: Kanal, practice: Practice, write_file: WriteFile) -> None:
    write_file("posts/neu.yaml", f"id: neu\nchannels: [x]\ntext: {'Wort ' * 60}\n")
    answer = kanal.json("publish")
    assert answer.code == 1
    errors = [found for found in answer.json["findings"] if found["severity"] == "error"]
    assert [(found["rule"], found["file"]) for found in errors] == [("platform/text-length", "posts/neu.yaml")]
    assert practice.posts() == []


def test_a_mistake_in_another_draft_does_not_stop_a_named_one(
    kanal: Kanal, practice: Practice, write_file: WriteFile
) -> None:
    write_file("posts/neu.yaml", "id: neu\nchanels: [x]\ntext: Hallo\n")
    assert kanal("publish", "baustelle").code == 0
    assert len(practice.posts()) == 2
    broken = kanal("publish", str(kanal.root / "posts" / "neu.yaml"))
    assert broken.code == 1
    assert "The key “chanels” is unknown here." in broken.out
    by_id = kanal("publish", "neu")
    assert by_id.code == 2
    assert by_id.err.endswith("Some drafts cannot be read; see: kanal lint\n")


def test_plan_shows_every_post_and_sends_nothing(kanal: Kanal, practice: Practice) -> None:
    answer = kanal("plan")
    assert answer.code == 0
    assert "── baustelle → x ──" in answer.out
    assert (
        "  Die Kreisstraße 12 ist bis Freitag gesperrt.\n\n  https://landkreis-musterland.example/k12\n" in answer.out
    )
    assert "  Picture: good.jpg – Junge Linden an einer Landstraße\n" in answer.out
    assert "  Is sent to the practice network.\n" in answer.out
    assert "4 deliveries would be sent.\n" in answer.out
    assert practice.posts() == []


def test_plan_counts_what_is_out(kanal: Kanal, practice: Practice) -> None:
    assert practice.posts() == []
    kanal("publish", "baustelle")
    assert kanal("plan").out.endswith("2 deliveries would be sent.\n2 are already out.\n")
