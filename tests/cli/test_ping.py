"""The dead man's switch: called after a run that nobody watches and that went well, and never anything else."""

from collections.abc import Iterator

import pytest

from kanal.cli import pinging
from kanal.sandbox import Practice
from kanal.testing.loopback import Asked, Loopback, Reply, loopback
from tests.cli.calls import Kanal
from tests.conftest import WriteFile

SECRET = "/geheim-5f0c1c1e"
BROKEN = "id: kaputt\nchannels: [x]\ntext: Spenden an DE02 1203 0000 0000 2020 51\n"


class Watchdog:
    """A service that answers as a test says."""

    reply = Reply()

    def __call__(self, _: Asked) -> Reply:
        return self.reply


@pytest.fixture
def dog() -> Watchdog:
    return Watchdog()


@pytest.fixture
def watched(dog: Watchdog, practice: Practice, monkeypatch: pytest.MonkeyPatch) -> Iterator[Loopback]:
    assert practice
    with loopback(dog) as server:
        monkeypatch.setenv("KANAL_PING", server.url + SECRET)
        yield server


@pytest.mark.parametrize("command", [["publish", "--due"], ["status", "--check"]])
def test_a_run_that_went_well_is_told(kanal: Kanal, watched: Loopback, command: list[str]) -> None:
    assert kanal(*command).code == 0
    assert watched.paths("GET") == [SECRET]


@pytest.mark.parametrize(
    "command",
    [["publish"], ["publish", "--due", "--sandbox"], ["status"], ["status", "--check", "--sandbox"], ["plan", "--due"]],
)
def test_what_a_person_or_a_rehearsal_does_proves_nothing(kanal: Kanal, watched: Loopback, command: list[str]) -> None:
    assert kanal(*command).code == 0
    assert watched.asked == []


def test_a_run_that_failed_says_nothing(kanal: Kanal, watched: Loopback, write_file: WriteFile) -> None:
    write_file("posts/kaputt.yaml", BROKEN)
    assert kanal("publish", "--due", "-c", "x").code in {3, 4}
    assert watched.asked == []


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(500), "it answered with 500."),
        (Reply(cut=True), "no connection (RemoteProtocolError)."),
        (Reply(silent=True), "no connection (ReadTimeout)."),
        (Reply(302, headers={"Location": "/anderswo"}), "its address points elsewhere."),
    ],
)
def test_a_watchdog_that_fails_is_told_and_changes_nothing(  # noqa: PLR0917 - two of them are the case
    kanal: Kanal, watched: Loopback, dog: Watchdog, reply: Reply, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pinging, "SECONDS", 0.3)
    dog.reply = reply
    answer = kanal("publish", "--due", "-c", "x")
    assert answer.code == 0
    assert f"All went well, but the watchdog could not be told: {words}" in answer.err
    assert SECRET not in answer.out + answer.err
    assert watched.asked


@pytest.mark.usefixtures("practice")
@pytest.mark.parametrize("address", ["http://127.0.0.1:1/geheim", "geheim", "http://[geheim", "ftp://geheim.example"])
def test_an_address_that_leads_nowhere_is_not_shown(
    kanal: Kanal, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("KANAL_PING", address)
    answer = kanal("publish", "--due", "-c", "x")
    assert answer.code == 0
    assert "the watchdog could not be told" in answer.err
    assert "geheim" not in answer.err


def test_the_configuration_may_name_an_address_that_is_no_secret(
    kanal: Kanal, watched: Loopback, write_file: WriteFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KANAL_PING")
    write_file("config/kanal.yaml", f"office: Kreis\nlanguage: de\nschedule:\n  ping: {watched.url}/offen\n")
    assert kanal("publish", "--due", "-c", "x").code == 0
    assert watched.paths("GET") == ["/offen"]


def test_the_offices_proxy_is_asked(kanal: Kanal, watched: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", watched.url)
    monkeypatch.setenv("KANAL_PING", "http://wache.example/geheim")
    assert kanal("publish", "--due", "-c", "x").code == 0
    assert [asked.path for asked in watched.asked] == ["http://wache.example/geheim"]
