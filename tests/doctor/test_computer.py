"""What is about the computer alone: kanal, certificates, proxy, time zone."""

import zoneinfo
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kanal import __version__
from kanal.doctor import State, computer
from kanal.doctor.time_zone import time_zone

NOW = datetime(2026, 11, 26, tzinfo=UTC)


def test_the_version_is_told() -> None:
    assert str(computer.kanal().message).startswith(__version__)


@pytest.mark.parametrize(
    ("variable", "address", "state", "words"),
    [
        ("HTTPS_PROXY", "http://proxy.example:8080", State.OK, "proxy.example:8080"),
        ("https_proxy", "proxy.example", State.OK, "proxy.example"),
        ("ALL_PROXY", "http://[::1]:8080", State.OK, "[::1]:8080"),
        ("HTTPS_PROXY", "socks5://proxy.example:1080", State.ERROR, "HTTPS_PROXY"),
        ("HTTPS_PROXY", "http://proxy.example:port", State.ERROR, "HTTPS_PROXY"),
        ("HTTPS_PROXY", "http://", State.ERROR, "HTTPS_PROXY"),
        ("HTTP_PROXY", "http://proxy.example", State.OK, "none"),
    ],
)
def test_a_proxy_is_one_that_both_libraries_can_use(variable: str, address: str, state: State, words: str) -> None:
    seen = computer.proxy({variable: address})
    assert seen.state is state
    assert words in str(seen.message)


def test_the_password_of_a_proxy_is_not_shown() -> None:
    seen = computer.proxy({"HTTPS_PROXY": "http://kim:geheim@proxy.example:8080"})
    assert str(seen.message) == "proxy.example:8080"


def test_certificates_that_cannot_be_read_are_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "amt.pem"
    broken.write_text("kein Zertifikat", encoding="utf-8")
    for file, state in ((broken, State.ERROR), (tmp_path / "fehlt.pem", State.ERROR)):
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        seen = computer.certificates({"SSL_CERT_FILE": str(file)})
        assert (seen.state, seen.advice is not None) == (state, True)
    monkeypatch.delenv("SSL_CERT_FILE")
    assert computer.certificates({}).state is State.OK


@pytest.mark.parametrize(
    ("file", "line", "state"),
    [
        ("tzdata.zi", "# version 2026b\n", State.OK),
        ("tzdata.zi", "# version 2024a\n", State.WARNING),
        ("+VERSION", "2025c\n", State.OK),
        ("+VERSION", "2019a\n", State.WARNING),
        ("+VERSION", "\n", State.OK),
    ],
)
def test_old_rules_of_a_time_zone_are_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, line: str, state: State
) -> None:
    (tmp_path / "Europe").mkdir()
    (tmp_path / "Europe" / "Berlin").write_bytes(b"TZif2")
    (tmp_path / file).write_text(line, encoding="utf-8")
    zone = ZoneInfo("Europe/Berlin")
    monkeypatch.setattr(zoneinfo, "TZPATH", (str(tmp_path / "nowhere"), str(tmp_path)))
    assert time_zone(zone, NOW).state is state


def test_without_data_of_the_system_the_package_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    zone = ZoneInfo("Europe/Berlin")
    monkeypatch.setattr(zoneinfo, "TZPATH", (str(tmp_path),))
    assert "Europe/Berlin" in str(time_zone(zone, NOW).message)
