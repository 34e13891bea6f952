import subprocess
import sys
import traceback
from pathlib import Path
from typing import Any

import pytest

from kanal.credentials import Grant
from kanal.credentials.file_store import FileStore
from kanal.credentials.keeping import KeepIn, choose, delete, load, prove, renewing, save
from kanal.credentials.keyring_store import KeyringStore, forget, is_usable
from kanal.errors import ConfigError
from tests.credentials.conftest import TOKEN


@pytest.mark.usefixtures("ring")
def test_a_keyring_is_chosen_where_there_is_one(tmp_path: Path) -> None:
    assert isinstance(choose(None, {"HOME": str(tmp_path)}), KeyringStore)


@pytest.mark.usefixtures("no_ring")
def test_a_file_is_chosen_where_there_is_none(tmp_path: Path) -> None:
    assert isinstance(choose(None, {"HOME": str(tmp_path), "APPDATA": str(tmp_path)}), FileStore)


@pytest.mark.usefixtures("ring")
def test_a_file_that_is_named_goes_before_a_keyring(environ: dict[str, str], file: Path) -> None:
    chosen = choose(None, environ)
    assert isinstance(chosen, FileStore)
    assert chosen.path == file
    assert isinstance(choose(KeepIn.KEYRING, environ), KeyringStore)


@pytest.mark.usefixtures("no_ring")
def test_a_wish_for_a_keyring_that_is_none_is_refused(environ: dict[str, str]) -> None:
    assert not is_usable()
    with pytest.raises(ConfigError, match="no keyring"):
        choose(KeepIn.KEYRING, environ)


@pytest.mark.usefixtures("no_ring")
def test_without_any_place_a_login_is_refused() -> None:
    with pytest.raises(ConfigError, match="KANAL_CREDENTIALS"):
        choose(None, {})


@pytest.mark.parametrize("kind", list(KeepIn))
@pytest.mark.usefixtures("ring")
def test_a_grant_is_found_where_it_was_kept(kind: KeepIn, environ: dict[str, str], grant: Grant) -> None:
    save("x", grant, choose(kind, environ), environ)
    kept = load("x", environ)
    assert kept is not None
    assert kept.grant.credentials["oauth2_access_token"].reveal() == TOKEN
    assert load("y", environ) is None


@pytest.mark.parametrize("first", list(KeepIn))
@pytest.mark.usefixtures("ring")
def test_a_new_grant_leaves_no_old_one_elsewhere(first: KeepIn, environ: dict[str, str], grant: Grant) -> None:
    second = KeepIn.FILE if first is KeepIn.KEYRING else KeepIn.KEYRING
    save("x", grant, choose(first, environ), environ)
    save("x", grant, choose(second, environ), environ)
    assert choose(first, environ).read("x") is None
    assert len(delete("x", environ)) == 1
    assert load("x", environ) is None


def test_a_locked_keyring_has_nothing_and_takes_nothing(ring: Any, environ: dict[str, str], grant: Grant) -> None:
    save("x", grant, choose(KeepIn.KEYRING, environ), environ)
    ring.locked = True
    assert load("x", environ) is None
    with pytest.raises(ConfigError, match="--keep-in file"):
        prove(KeyringStore(), "x")


def test_what_a_keyring_says_about_a_text_that_it_refuses_is_not_repeated(ring: Any) -> None:
    ring.full = True
    with pytest.raises(ConfigError) as refused:
        KeyringStore().write("x", TOKEN)
    assert TOKEN not in "".join(traceback.format_exception(refused.value))


def test_what_was_put_there_by_hand_can_be_taken_out(ring: Any) -> None:
    ring.set_password("kanal", "x/access_token", TOKEN)
    assert forget("x/access_token")
    assert not forget("x/access_token")
    assert ring.entries == {}


def test_proving_leaves_nothing_behind(ring: Any, environ: dict[str, str]) -> None:
    prove(KeyringStore(), "x")
    prove(choose(KeepIn.FILE, environ), "x")
    assert ring.entries == {}
    assert load("x:probe", environ) is None


HOLDER = """
import sys
from kanal.credentials.keeping import renewing
with renewing("x", {"KANAL_CREDENTIALS": sys.argv[1]}):
    print("in", flush=True)
    sys.stdin.read()
"""


def test_only_one_process_renews_a_grant_and_other_channels_do_not_wait(
    file: Path, environ: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kanal.credentials.locking.locked.__wrapped__.__defaults__", (0.1,))
    command = [sys.executable, "-c", HOLDER, str(file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"in\n"
        with renewing("y", environ):
            pass
        with pytest.raises(ConfigError, match="Another run"), renewing("x", environ):
            pass
        holder.communicate()
    with renewing("x", environ):
        pass
