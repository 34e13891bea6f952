"""`kanal` alone: the day's posts, and what to do next."""

import pytest

from tests.cli.calls import Kanal
from tests.cli.frozen import Frozen
from tests.conftest import WriteFile

DRAFT = "id: {name}\nchannels: [mastodon]\ntext: Der Wochenmarkt beginnt um 8 Uhr.\n"


pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture(autouse=True)
def _only_these(kanal: Kanal) -> None:
    for file in (kanal.root / "posts").rglob("*.yaml"):
        file.unlink()


def test_with_nothing_to_do_it_says_how_to_begin(kanal: Kanal) -> None:
    answer = kanal()
    assert answer.code == 0
    first, *more = answer.out.splitlines()
    assert first.startswith("Landkreis Musterland, ")
    assert more == ["Nothing is waiting. For a new post: kanal new"]


def test_what_is_due_today_is_listed_and_what_comes_later_is_not(
    kanal: Kanal, clock: Frozen, write_file: WriteFile
) -> None:
    write_file("posts/markt.yaml", DRAFT.format(name="markt") + f"publish_at: {clock.local(hours=-1)}\n")
    write_file("posts/fest.yaml", DRAFT.format(name="fest") + f"publish_at: {clock.local(days=3)}\n")
    answer = kanal()
    assert "markt" in answer.out
    assert "fest" not in answer.out
    assert answer.out.endswith("1 delivery is ready. Next: kanal publish\n")


def test_what_the_rules_object_to_and_what_is_unfinished_comes_with_the_next_command(
    kanal: Kanal, write_file: WriteFile
) -> None:
    write_file("posts/iban.yaml", DRAFT.format(name="iban").replace("8 Uhr", "8 Uhr, DE89 3704 0044 0532 0130 00"))
    for number in range(5):
        write_file(f"posts/{number}.yaml", DRAFT.format(name=f"entwurf-{number}") + "unfinished: true\n")
    lines = kanal().out.splitlines()
    assert lines[-2:] == [
        "The rules object to: iban. Next: kanal lint",
        "Unfinished: entwurf-0, entwurf-1, entwurf-2 (+2). Next: kanal lint",
    ]


def test_what_nobody_approved_names_the_command_for_it(kanal: Kanal, write_file: WriteFile) -> None:
    policy = (kanal.root / "config/plain.yaml").read_text(encoding="utf-8").replace("  approval/missing: off\n", "")
    write_file("config/plain.yaml", policy)
    write_file("posts/markt.yaml", DRAFT.format(name="markt"))
    assert "Nobody approved yet: markt. Next: kanal approve markt" in kanal().out


@pytest.fixture
def night(clock: Frozen, write_file: WriteFile) -> None:
    """An hour before midnight, in an office that keeps quiet hours."""
    write_file("config/policy.yaml", "extends: plain.yaml\nrules: {time/quiet-hours: warning}\n")
    write_file("posts/markt.yaml", DRAFT.format(name="markt"))
    clock.move(hours=13)


@pytest.mark.usefixtures("night")
def test_what_waits_for_the_morning_is_not_nothing(kanal: Kanal) -> None:
    assert kanal().out.endswith("1 delivery waits for its hour. For a new post: kanal new\n")


@pytest.mark.usefixtures("night")
def test_what_nobody_approved_is_named_at_night_too(kanal: Kanal, write_file: WriteFile) -> None:
    rules = "{approval/missing: error, time/quiet-hours: warning}"
    write_file("config/policy.yaml", f"extends: plain.yaml\nrules: {rules}\n")
    assert kanal().out.endswith("Nobody approved yet: markt. Next: kanal approve markt\n")


def test_it_speaks_german(kanal: Kanal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KANAL_LANG", "de")
    assert "Nichts wartet. Für einen neuen Beitrag: kanal new" in kanal().out


def test_it_sends_and_changes_nothing(kanal: Kanal, write_file: WriteFile) -> None:
    write_file("posts/markt.yaml", DRAFT.format(name="markt"))
    kanal()
    assert kanal.json("log").json["events"] == []
