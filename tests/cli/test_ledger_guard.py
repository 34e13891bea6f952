"""Real channels meet only the ledger that the office vouched for, and only with credentials."""

import shutil
from pathlib import Path

import pytest

from kanal.sandbox import Practice
from tests.cli.calls import Answer, Kanal
from tests.cli.conftest import GoLive
from tests.conftest import WriteFile


@pytest.fixture
def secrets(go_live: GoLive) -> dict[str, str]:
    """Mastodon, X and Facebook are real, and their credentials are set."""
    return go_live()


def refused(answer: Answer, message: str, practice: Practice) -> None:
    """Exit 2, the sentence, and not one request to a network."""
    assert answer.code == 2
    assert message in answer.err
    assert answer.out == ""
    assert practice.posts() == []
    assert sum(practice.request_counts().values()) == 0


@pytest.mark.usefixtures("secrets")
def test_without_a_ledger_no_real_channel_is_served(kanal: Kanal, practice: Practice) -> None:
    answer = kanal("publish", "--yes")
    refused(answer, "No ledger has been set up for this office", practice)
    assert "kanal ledger init --name NAME" in answer.err


@pytest.mark.usefixtures("secrets")
def test_the_practice_networks_need_no_ledger(kanal: Kanal, practice: Practice) -> None:
    assert kanal("publish", "--sandbox").code == 0
    assert len(practice.posts()) == 5


@pytest.mark.usefixtures("secrets")
def test_with_a_ledger_everything_goes_out_once(kanal: Kanal, practice: Practice) -> None:
    made = kanal("ledger", "init", "--name", "Pressestelle")
    assert made.code == 0
    assert "Note: 5 deliveries in the folder count as not yet published." in made.err
    assert "The ledger “Pressestelle” is ready." in made.err
    assert kanal("publish", "--yes").out.endswith("Summary: 5 published.\n")
    assert kanal("publish", "--yes").out == "Nothing to do: all 5 deliveries are already out.\n"
    assert len(practice.posts()) == 5


@pytest.mark.usefixtures("secrets")
def test_all_published_counts_the_present_drafts_as_out(
    kanal: Kanal, practice: Practice, write_file: WriteFile
) -> None:
    made = kanal("ledger", "init", "--name", "Pressestelle", "--all-published")
    assert "5 deliveries count as published." in made.err
    assert kanal("publish", "--yes").out == "Nothing to do: all 5 deliveries are already out.\n"
    write_file("posts/neu.yaml", "id: neu\nchannels: [mastodon]\ntext: Neu.\n")
    assert kanal.json("publish", "--yes", "neu").outcomes == {"neu/mastodon": "published"}
    assert [post.text for post in practice.posts()] == ["Neu."]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", ["", "timezone: Europe/Berlin"])
def test_init_adds_the_name_and_changes_no_other_byte(kanal: Kanal, end: str, last: str) -> None:
    config = kanal.root / "config" / "kanal.yaml"
    text = "# Kommentar, bleibt\nlanguage:   de   # auch dies\noffice: 'Landkreis'\n".replace("\n", end)
    before = (text + last).encode()
    config.write_bytes(before)
    assert kanal("ledger", "init", "--name", "Presse 'Süd': #1").code == 0
    after = config.read_bytes()
    assert after.startswith(before)
    added = after[len(before) :].decode()
    assert added.count("\n") == added.count(end)
    assert f"ledger:{end}  name: 'Presse ''Süd'': #1'{end}  id: " in added
    assert kanal("log").code == 0


@pytest.mark.parametrize("name", ["", "  ", "Zwei\nZeilen"])
def test_a_name_that_the_file_cannot_hold_is_refused(kanal: Kanal, name: str) -> None:
    before = (kanal.root / "config" / "kanal.yaml").read_bytes()
    answer = kanal("ledger", "init", "--name", name)
    assert answer.code == 2
    assert "cannot be written into kanal.yaml." in answer.err
    assert (kanal.root / "config" / "kanal.yaml").read_bytes() == before
    assert kanal("ledger", "init", "--name", "Pressestelle").code == 0


def test_a_file_that_cannot_be_added_to_is_left_alone(kanal: Kanal, write_file: WriteFile) -> None:
    write_file("config/kanal.yaml", "{office: Landkreis}\n")
    answer = kanal("ledger", "init", "--name", "Pressestelle")
    assert answer.code == 2
    assert (kanal.root / "config" / "kanal.yaml").read_bytes() == b"{office: Landkreis}\n"
    assert not (kanal.root / ".kanal" / "ledger.sqlite3").exists()


def test_all_published_is_refused_while_drafts_cannot_be_read(kanal: Kanal, write_file: WriteFile) -> None:
    """Repaired later, they would go out as new."""
    write_file("posts/neu.yaml", "id: neu\nchanels: [x]\n")
    answer = kanal("ledger", "init", "--name", "Pressestelle", "--all-published")
    assert answer.code == 2
    assert "Some drafts cannot be read" in answer.err
    assert not (kanal.root / ".kanal" / "ledger.sqlite3").exists()


@pytest.mark.usefixtures("secrets")
def test_a_second_init_is_refused(kanal: Kanal, practice: Practice) -> None:
    assert kanal("ledger", "init", "--name", "Eins").code == 0
    before = (kanal.root / "config" / "kanal.yaml").read_bytes()
    refused(kanal("ledger", "init", "--name", "Zwei"), "config/kanal.yaml names a ledger already: “Eins”.", practice)
    assert (kanal.root / "config" / "kanal.yaml").read_bytes() == before


@pytest.mark.usefixtures("secrets")
def test_init_does_not_replace_a_ledger_whose_name_was_removed(kanal: Kanal, practice: Practice) -> None:
    config = kanal.root / "config" / "kanal.yaml"
    before = config.read_bytes()
    kanal("ledger", "init", "--name", "Eins")
    config.write_bytes(before)
    refused(kanal("ledger", "init", "--name", "Zwei"), "There is a ledger already:", practice)
    assert config.read_bytes() == before


@pytest.mark.usefixtures("secrets")
def test_a_missing_ledger_is_refused(kanal: Kanal, practice: Practice) -> None:
    kanal("ledger", "init", "--name", "Pressestelle")
    shutil.rmtree(kanal.root / ".kanal", ignore_errors=True)
    for file in (kanal.root / ".kanal").glob("ledger*"):
        file.unlink()  # the practice networks hold the folder open on Windows
    answer = kanal("publish", "--yes")
    assert answer.code == 2
    assert "The ledger “Pressestelle” is not on this computer" in answer.err
    assert practice.posts() == []


@pytest.mark.usefixtures("secrets")
def test_a_foreign_ledger_is_refused(kanal: Kanal, practice: Practice) -> None:
    config = kanal.root / "config" / "kanal.yaml"
    before = config.read_bytes()
    kanal("ledger", "init", "--name", "Eins")
    named_first = config.read_bytes()
    (kanal.root / ".kanal" / "ledger.sqlite3").unlink()
    config.write_bytes(before)
    kanal("ledger", "init", "--name", "Zwei")
    config.write_bytes(named_first)
    refused(
        kanal("publish", "--yes"),
        "This is another ledger (“Zwei”) than the one that config/kanal.yaml names (“Eins”).",
        practice,
    )


@pytest.mark.usefixtures("secrets")
@pytest.mark.parametrize("content", [b"", b"Das ist keine Datenbank.\n" * 100])
def test_a_damaged_ledger_is_refused(kanal: Kanal, practice: Practice, content: bytes) -> None:
    kanal("ledger", "init", "--name", "Pressestelle")
    (kanal.root / ".kanal" / "ledger.sqlite3").write_bytes(content)
    refused(kanal("publish", "--yes"), "is not a ledger of kanal, or it is damaged", practice)


@pytest.mark.usefixtures("secrets")
@pytest.mark.parametrize("value", ["true", "1", "woodpecker"])
def test_a_ci_job_is_refused(kanal: Kanal, practice: Practice, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    kanal("ledger", "init", "--name", "Pressestelle")
    monkeypatch.setenv("CI", value)
    refused(kanal("publish", "--yes"), "This is a CI job (CI is set)", practice)
    monkeypatch.setenv("CI", "false")
    assert kanal("publish", "--yes").code == 0


@pytest.mark.usefixtures("secrets")
def test_real_channels_are_not_served_without_a_clear_yes(kanal: Kanal, practice: Practice) -> None:
    """stdin is no terminal here, so that nobody can be asked."""
    kanal("ledger", "init", "--name", "Pressestelle")
    answer = kanal("publish")
    refused(answer, "There is no terminal on which to ask whether to send.", practice)
    assert "--yes" in answer.err


def test_all_missing_credentials_are_named_at_once(
    kanal: Kanal, practice: Practice, secrets: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    kanal("ledger", "init", "--name", "Pressestelle")
    for name in secrets:
        monkeypatch.delenv(name)
    answer = kanal("publish", "--yes")
    refused(answer, f"{len(secrets)} credentials are missing: ", practice)
    assert all(name in answer.err for name in secrets)
    assert kanal.json("log").json["events"] == []


def test_one_missing_credential_stops_all_real_channels(
    kanal: Kanal, practice: Practice, secrets: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    kanal("ledger", "init", "--name", "Pressestelle")
    monkeypatch.delenv("KANAL_X_ACCESS_TOKEN")
    assert "KANAL_X_ACCESS_TOKEN" in secrets
    refused(kanal("publish", "--yes"), "A credential is missing: KANAL_X_ACCESS_TOKEN.", practice)


def test_a_credential_may_lie_in_a_file(
    kanal: Kanal, practice: Practice, secrets: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    kanal("ledger", "init", "--name", "Pressestelle")
    (tmp_path / "token").write_text(secrets["KANAL_MASTODON_ACCESS_TOKEN"] + "\n", encoding="utf-8")
    monkeypatch.delenv("KANAL_MASTODON_ACCESS_TOKEN")
    monkeypatch.setenv("KANAL_MASTODON_ACCESS_TOKEN_FILE", str(tmp_path / "token"))
    assert kanal("publish", "--yes", "-c", "mastodon").code == 0
    assert len(practice.posts("mastodon")) == 2


def test_no_token_is_ever_shown(
    kanal: Kanal, practice: Practice, secrets: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = [kanal("ledger", "init", "--name", "Pressestelle"), kanal("plan"), kanal("channels")]
    wrong = "falsches-geheimnis-4711"
    monkeypatch.setenv("KANAL_MASTODON_ACCESS_TOKEN", wrong)
    shown += [kanal("publish", "--yes", "--wait", "0"), kanal.json("publish", "--yes", "--wait", "0")]
    assert practice.posts("x")
    assert practice.posts("mastodon") == []
    shown += [kanal("status"), kanal("log"), kanal.json("log"), kanal.json("channels"), kanal("lint")]
    everything = "".join(answer.out + answer.err for answer in shown)
    assert len(everything) > 2000
    for value in [*secrets.values(), wrong]:
        assert value not in everything
