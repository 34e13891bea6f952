from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kanal.credentials import Grant
from kanal.credentials.file_store import FileStore
from kanal.credentials.keeping import save
from kanal.errors import ConfigError
from kanal.login.finding import find
from kanal.model import Channel, Secret
from tests.login.conftest import NOW

X = Channel("x-amt", "x", "lk_musterland", live=True)
KEYS = ("consumer_key", "consumer_secret", "access_token", "access_token_secret")


@pytest.fixture(autouse=True)
def ring() -> Iterator[Any]:
    pytest.importorskip("keyring", reason="needs the extra kanal[keyring]")
    from tests.credentials.rings import Ring, in_use

    made = Ring()
    with in_use(made):
        yield made


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {"KANAL_CREDENTIALS": str(tmp_path / "credentials.json")}


def _keep(environ: dict[str, str], issuer: str = "https://api.x.com", **credentials: str) -> None:
    grant = Grant("keys", issuer, "a", {name: Secret(value) for name, value in credentials.items()}, NOW)
    save(X.name, grant, FileStore(Path(environ["KANAL_CREDENTIALS"])), environ)


def _revealed(environ: dict[str, str]) -> dict[str, str]:
    return {name: secret.reveal() for name, secret in find(X, environ).credentials.items()}


def test_nothing_anywhere_is_missing_by_the_names_of_the_variables(environ: dict[str, str]) -> None:
    assert find(X, environ).missing == tuple(f"KANAL_X_AMT_{name.upper()}" for name in KEYS)


def test_what_a_login_kept_is_found(environ: dict[str, str]) -> None:
    _keep(environ, **dict.fromkeys(KEYS, "kept"))
    assert _revealed(environ) == dict.fromkeys(KEYS, "kept")
    assert find(X, environ).missing == ()


def test_the_environment_goes_before_the_store_name_by_name(environ: dict[str, str]) -> None:
    _keep(environ, **dict.fromkeys(KEYS, "kept"))
    environ["KANAL_X_AMT_CONSUMER_KEY"] = "set"
    assert _revealed(environ) == {**dict.fromkeys(KEYS, "kept"), "consumer_key": "set"}


def test_a_whole_set_in_the_environment_goes_before_another_kind_of_login(environ: dict[str, str]) -> None:
    _keep(environ, oauth2_access_token="kept")
    environ |= {f"KANAL_X_AMT_{name.upper()}": "set" for name in KEYS}
    assert _revealed(environ) == dict.fromkeys(KEYS, "set")
    _keep(environ, **dict.fromkeys(KEYS, "kept"))
    token = {"KANAL_CREDENTIALS": environ["KANAL_CREDENTIALS"], "KANAL_X_AMT_OAUTH2_ACCESS_TOKEN": "set"}
    assert _revealed(token) == {"oauth2_access_token": "set"}


def test_what_was_put_into_the_keyring_by_hand_goes_before_the_store(environ: dict[str, str], ring: Any) -> None:
    _keep(environ, **dict.fromkeys(KEYS, "kept"))
    ring.set_password("kanal", "x-amt/access_token", "by hand")
    assert _revealed(environ)["access_token"] == "by hand"


def test_one_of_two_sets_is_enough(environ: dict[str, str]) -> None:
    _keep(environ, oauth2_access_token="kept")
    assert _revealed(environ) == {"oauth2_access_token": "kept"}


def test_what_is_half_there_is_missing_by_what_is_not(environ: dict[str, str]) -> None:
    _keep(environ, consumer_key="kept")
    environ["KANAL_X_AMT_CONSUMER_SECRET"] = "set"
    assert find(X, environ).missing == ("KANAL_X_AMT_ACCESS_TOKEN", "KANAL_X_AMT_ACCESS_TOKEN_SECRET")


@pytest.mark.parametrize("issuer", ["https://api.x.com.evil.example", "http://api.x.com", "https://api.x.com:8443"])
def test_a_login_is_used_only_where_it_was_made(environ: dict[str, str], issuer: str) -> None:
    _keep(environ, issuer, **dict.fromkeys(KEYS, "kept"))
    with pytest.raises(ConfigError, match=r"now points to https://api\.x\.com") as refused:
        find(X, environ)
    assert "kanal login x-amt" in str(refused.value)


def test_whoever_changes_the_address_in_the_repository_gets_no_token(environ: dict[str, str]) -> None:
    _keep(environ, **dict.fromkeys(KEYS, "kept"))
    with pytest.raises(ConfigError, match=r"evil\.example"):
        find(X._replace(urls={"api": "https://evil.example"}), environ)


def test_a_login_of_practice_is_never_found_by_a_live_channel(environ: dict[str, str]) -> None:
    grant = Grant("keys", "https://api.x.com", "a", {name: Secret("practice") for name in KEYS}, NOW)
    save("x-amt@practice", grant, FileStore(Path(environ["KANAL_CREDENTIALS"])), environ)
    assert find(X, environ).missing
