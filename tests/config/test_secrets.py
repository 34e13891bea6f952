import sys
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest

from kanal.config.secrets import credentials, variable
from kanal.errors import ConfigError

keyring = pytest.importorskip("keyring", reason="needs the extra kanal[keyring]")

TOKEN = "abcDEF123456geheim"


class _Ring(keyring.backend.KeyringBackend):  # type: ignore[misc, name-defined]
    """A keyring in memory; with `locked` it answers as one that nobody opened."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.entries: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise keyring.errors.KeyringLocked
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.entries[service, username]


@pytest.fixture(autouse=True)
def ring() -> Iterator[_Ring]:
    """Never the keyring of whoever runs the tests."""
    made = _Ring()
    before = keyring.core._keyring_backend
    keyring.set_keyring(made)
    yield made
    keyring.core._keyring_backend = before


def test_the_variable_is_named_after_channel_and_credential() -> None:
    assert variable("x-amt", "access_token") == "KANAL_X_AMT_ACCESS_TOKEN"


def test_a_credential_comes_from_the_environment() -> None:
    found = credentials("x", ["access_token"], {"KANAL_X_ACCESS_TOKEN": f" {TOKEN}\n"})
    assert found.found["access_token"].reveal() == TOKEN
    assert found.missing == ()


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_credential_comes_from_the_file_that_the_environment_names(tmp_path: Path, mark: bytes) -> None:
    path = tmp_path / "token"
    path.write_bytes(mark + TOKEN.encode() + b"\r\n")
    found = credentials("x", ["access_token"], {"KANAL_X_ACCESS_TOKEN_FILE": str(path)})
    assert found.found["access_token"].reveal() == TOKEN


def test_a_credential_comes_from_the_keyring(ring: _Ring) -> None:
    ring.set_password("kanal", "x-amt/access_token", TOKEN)
    assert credentials("x-amt", ["access_token"], {}).found["access_token"].reveal() == TOKEN


def test_the_environment_counts_before_the_keyring(ring: _Ring) -> None:
    ring.set_password("kanal", "x/access_token", "old")
    found = credentials("x", ["access_token"], {"KANAL_X_ACCESS_TOKEN": TOKEN})
    assert found.found["access_token"].reveal() == TOKEN


def test_each_channel_has_its_own_credentials() -> None:
    environ = {"KANAL_X_ACCESS_TOKEN": "one", "KANAL_X_AMT_ACCESS_TOKEN": "two"}
    assert credentials("x", ["access_token"], environ).found["access_token"].reveal() == "one"
    assert credentials("x-amt", ["access_token"], environ).found["access_token"].reveal() == "two"


@pytest.mark.parametrize("environ", [{}, {"KANAL_X_SECRET": ""}, {"KANAL_X_SECRET": "  "}, {"KANAL_X_SECRET_FILE": ""}])
def test_what_is_missing_is_told_by_the_names_of_the_variables(environ: dict[str, str]) -> None:
    found = credentials("x", ["token", "secret"], {"KANAL_X_TOKEN": TOKEN, **environ})
    assert set(found.found) == {"token"}
    assert found.missing == ("KANAL_X_SECRET",)


def test_an_empty_file_holds_no_credential(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("\n", encoding="utf-8")
    assert credentials("x", ["token"], {"KANAL_X_TOKEN_FILE": str(tmp_path / "token")}).missing == ("KANAL_X_TOKEN",)


def test_a_locked_keyring_means_missing(ring: _Ring) -> None:
    ring.locked = True
    assert credentials("x", ["token"], {}).missing == ("KANAL_X_TOKEN",)


def test_a_machine_without_any_keyring_means_missing() -> None:
    keyring.set_keyring(keyring.backends.fail.Keyring())
    assert credentials("x", ["token"], {}).missing == ("KANAL_X_TOKEN",)


def test_without_the_keyring_package_the_environment_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    found = credentials("x", ["token", "secret"], {"KANAL_X_TOKEN": TOKEN})
    assert (set(found.found), found.missing) == ({"token"}, ("KANAL_X_SECRET",))


def test_both_variable_and_file_is_refused_without_showing_the_secret(tmp_path: Path) -> None:
    path = tmp_path / "token"
    path.write_text(TOKEN, encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        credentials("x", ["token"], {"KANAL_X_TOKEN": TOKEN, "KANAL_X_TOKEN_FILE": str(path)})
    assert str(refused.value) == (
        "Both KANAL_X_TOKEN and KANAL_X_TOKEN_FILE are set. Keep one, so that it is clear which counts."
    )


@pytest.mark.parametrize("kind", ["missing", "folder", "binary"])
def test_a_file_that_cannot_be_read_is_refused_with_its_path(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "token"
    if kind == "folder":
        path.mkdir()
    if kind == "binary":
        path.write_bytes(TOKEN.encode() + b"\xff\xfe")
    with pytest.raises(ConfigError) as refused:
        credentials("x", ["token"], {"KANAL_X_TOKEN_FILE": str(path)})
    assert str(refused.value.message) == f"The file that KANAL_X_TOKEN_FILE names cannot be read: {path}."
    assert str(refused.value.advice) == "Correct the path, or the rights of the file."
    assert TOKEN not in "".join(traceback.format_exception(refused.value))


def test_no_way_of_printing_credentials_shows_them() -> None:
    found = credentials("x", ["token"], {"KANAL_X_TOKEN": TOKEN})
    shown = f"{found} {found!r} {found.found['token']} {found.found['token']!r}"
    assert TOKEN not in shown
    assert "Secret(***)" in shown
