"""Renewal under load and mishap: one process at a time, durable before it is used, nothing lost."""

import errno
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kanal.credentials import Grant
from kanal.credentials.file_store import FileStore
from kanal.credentials.keeping import Kept, delete, load, save
from kanal.errors import Unavailable
from kanal.login.authorizing import callback
from kanal.login.networks.instagram import Login as InstagramLogin
from kanal.login.networks.x import TOKEN, Login
from kanal.login.renewing import Keeper
from kanal.message import Message
from kanal.model import Channel
from kanal.platforms.x import Adapter
from kanal.sandbox import Exchange, Fault, FaultKind, Practice
from kanal.testing.parts import Writer
from tests.login.conftest import ACCOUNTS, NOW, MakeChannel
from tests.login.person import person
from tests.login.ports import free_port
from tests.sandbox.clock import Clock

SOON = NOW + timedelta(minutes=115)
"""When a token of `NOW` is about to end."""


@pytest.fixture(autouse=True)
def _no_keyring() -> Iterator[None]:
    pytest.importorskip("keyring", reason="needs the extra kanal[keyring]")
    from keyring.backends.fail import Keyring

    from tests.credentials.rings import in_use

    with in_use(Keyring()):  # type: ignore[no-untyped-call] # keyring types only some
        yield


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {"KANAL_CREDENTIALS": str(tmp_path / "settings" / "credentials.json")}


@pytest.fixture
def x(channel: MakeChannel) -> Channel:
    return channel("x")


@pytest.fixture
def kept(x: Channel, practice: Practice, environ: Mapping[str, str]) -> Kept:
    """The grant of a login, stored."""
    port = free_port()
    with person(ACCOUNTS["x"], practice.app("x", redirect=callback(port)), port=port) as someone:
        grant = Login(x).log_in("browser", someone, NOW)
    save("x", grant, FileStore(Path(environ["KANAL_CREDENTIALS"])), environ)
    return _stored(environ)


def _stored(environ: Mapping[str, str]) -> Kept:
    found = load("x", environ)
    assert found is not None
    return found


def _token(grant: Grant) -> str:
    return grant.credentials[TOKEN].reveal()


def _keeper(
    x: Channel, kept: Kept, environ: Mapping[str, str], now: datetime = SOON, heard: list[Message] | None = None
) -> Keeper:
    tell = heard.append if heard is not None else None
    return Keeper("x", kept, Login(x), environ, tell=tell, now=lambda: now)


def _renewals(exchanges: list[Exchange]) -> int:
    return sum(b"grant_type=refresh_token" in one.request_body for one in exchanges)


def test_a_token_that_holds_long_enough_is_used_as_it_is(
    x: Channel, kept: Kept, environ: Mapping[str, str], exchanges: list[Exchange]
) -> None:
    secret = _keeper(x, kept, environ, NOW + timedelta(hours=1)).secret(TOKEN)
    assert secret.reveal() == _token(kept.grant)
    assert _renewals(exchanges) == 0


def test_a_token_that_is_about_to_end_is_renewed_and_on_the_disk_before_it_is_used(
    x: Channel, kept: Kept, environ: Mapping[str, str]
) -> None:
    shown = _keeper(x, kept, environ).secret(TOKEN).reveal()
    assert shown != _token(kept.grant)
    assert shown == _token(_stored(environ).grant)
    assert _stored(environ).grant.expires_at == SOON + timedelta(hours=2)


def test_a_post_goes_out_with_a_token_that_was_renewed_on_the_way(
    *, x: Channel, kept: Kept, environ: Mapping[str, str], practice: Practice, writer: Writer, clock: Clock
) -> None:
    clock.now += 115 * 60
    adapter = Adapter(x, {TOKEN: _keeper(x, kept, environ).secret(TOKEN)})
    adapter.commit(adapter.prepare(writer.write(pictures=1)), "key")
    adapter.close()
    assert len(practice.posts()) == 1


def test_two_runs_with_the_same_grant_renew_it_once(
    x: Channel, kept: Kept, environ: Mapping[str, str], exchanges: list[Exchange]
) -> None:
    keepers = [_keeper(x, kept, environ) for _ in range(4)]
    start = threading.Barrier(8)

    def reveal(number: int) -> str:
        start.wait()
        return keepers[number % 4].secret(TOKEN).reveal()

    with ThreadPoolExecutor(8) as pool:
        shown = set(pool.map(reveal, range(8)))
    assert shown == {_token(_stored(environ).grant)}
    assert _renewals(exchanges) == 1


RUN = """
import json, sys
from datetime import datetime
from kanal.credentials.keeping import load
from kanal.login.networks.x import TOKEN, Login
from kanal.login.renewing import Keeper
from kanal.model import Channel
environ, urls, now = json.loads(sys.stdin.readline())
kept = load("x", environ)
x = Channel("x", "x", "lk_musterland", live=True, urls=urls)
print("ready", flush=True)
sys.stdin.readline()
keeper = Keeper("x", kept, Login(x), environ, now=lambda: datetime.fromisoformat(now))
print(keeper.secret(TOKEN).reveal(), flush=True)
"""


@pytest.mark.usefixtures("kept")
def test_two_processes_with_the_same_grant_do_not_lose_it(
    x: Channel, environ: Mapping[str, str], exchanges: list[Exchange]
) -> None:
    """Both have read the old grant before either renews it."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    runs = [subprocess.Popen([sys.executable, "-c", RUN], text=True, **pipes) for _ in range(3)]  # type: ignore[call-overload] # mypy does not look into **
    told = json.dumps([environ, dict(x.urls), SOON.isoformat()])
    for run in runs:
        run.stdin.write(f"{told}\n")
        run.stdin.flush()
    for run in runs:
        assert run.stdout.readline() == "ready\n"
    shown = {run.communicate("go\n", timeout=60)[0].strip() for run in runs}
    assert [run.returncode for run in runs] == [0, 0, 0]
    assert shown == {_token(_stored(environ).grant)}
    assert _renewals(exchanges) == 1


def test_what_another_run_renewed_is_taken_from_the_store(
    x: Channel, kept: Kept, environ: Mapping[str, str], exchanges: list[Exchange]
) -> None:
    first, second = _keeper(x, kept, environ), _keeper(x, kept, environ)
    assert first.secret(TOKEN).reveal() == second.secret(TOKEN).reveal()
    assert _renewals(exchanges) == 1


def test_a_disk_that_takes_nothing_shows_before_the_old_token_is_given_away(
    x: Channel, kept: Kept, environ: Mapping[str, str], exchanges: list[Exchange], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(Unavailable, match="No space left") as refused:
            _keeper(x, kept, environ).secret(TOKEN).reveal()
    assert refused.value.needs_person
    assert _renewals(exchanges) == 0
    assert _keeper(x, kept, environ).secret(TOKEN).reveal()


def test_a_renewed_token_that_cannot_be_kept_is_not_used(
    x: Channel, kept: Kept, environ: Mapping[str, str], exchanges: list[Exchange], monkeypatch: pytest.MonkeyPatch
) -> None:
    fsync = os.fsync

    def full_after_the_renewal(handle: int) -> None:
        if _renewals(exchanges):
            raise OSError(errno.ENOSPC, "No space left on device")
        fsync(handle)

    monkeypatch.setattr(os, "fsync", full_after_the_renewal)
    with pytest.raises(Unavailable, match="could not be kept") as refused:
        _keeper(x, kept, environ).secret(TOKEN).reveal()
    assert "kanal login x" in str(refused.value)
    assert _token(_stored(environ).grant) == _token(kept.grant)


def test_while_the_old_token_holds_a_network_that_stumbles_is_only_told_of_and_once(
    x: Channel, kept: Kept, environ: Mapping[str, str], practice: Practice
) -> None:
    practice.set_fault("x", Fault(FaultKind.ERROR_BEFORE, times=None, calls="all"))
    heard: list[Message] = []
    secret = _keeper(x, kept, environ, heard=heard).secret(TOKEN)
    assert secret.reveal() == secret.reveal() == _token(kept.grant)
    assert len(heard) == 1
    assert "“x” could not be renewed" in str(heard[0])
    practice.heal()
    assert _keeper(x, kept, environ).secret(TOKEN).reveal() != _token(kept.grant)


@pytest.mark.parametrize("listens", [True, False])
def test_once_the_old_token_has_ended_it_is_an_error(
    x: Channel, kept: Kept, environ: Mapping[str, str], practice: Practice, listens: bool
) -> None:
    practice.set_fault("x", Fault(FaultKind.ERROR_BEFORE, times=None, calls="all"))
    keeper = _keeper(x, kept, environ, NOW + timedelta(hours=2), [] if listens else None)
    with pytest.raises(Unavailable) as refused:
        keeper.secret(TOKEN).reveal()
    assert not refused.value.needs_person


def test_a_token_for_renewing_that_is_worthless_needs_a_person(
    x: Channel, kept: Kept, environ: Mapping[str, str]
) -> None:
    Login(x).revoke(kept.grant)
    heard: list[Message] = []
    with pytest.raises(Unavailable, match="kanal login x") as refused:
        _keeper(x, kept, environ, heard=heard).secret(TOKEN).reveal()
    assert refused.value.needs_person
    assert heard == []


def test_whoever_was_logged_out_meanwhile_gets_nothing(x: Channel, kept: Kept, environ: Mapping[str, str]) -> None:
    delete("x", environ)
    with pytest.raises(Unavailable, match="logged “x” out"):
        _keeper(x, kept, environ).secret(TOKEN).reveal()


def test_a_login_elsewhere_meanwhile_is_not_used_here(x: Channel, kept: Kept, environ: Mapping[str, str]) -> None:
    grant = kept.grant
    save("x", Grant(grant.way, "https://evil.example", "a", grant.credentials, NOW), kept.store, environ)
    with pytest.raises(Unavailable, match="elsewhere"):
        _keeper(x, kept, environ).secret(TOKEN).reveal()


def test_a_token_that_x_does_not_accept_any_more_is_replaced_once_and_the_request_repeated(
    *,
    x: Channel,
    kept: Kept,
    environ: Mapping[str, str],
    practice: Practice,
    exchanges: list[Exchange],
    writer: Writer,
    clock: Clock,
) -> None:
    """X ends it before its time; by this machine's clock it still holds."""
    clock.now += 7200
    adapter = Adapter(x, {TOKEN: _keeper(x, kept, environ, NOW).secret(TOKEN)})
    adapter.commit(adapter.prepare(writer.write()), "key")
    adapter.close()
    assert len(practice.posts()) == 1
    assert _renewals(exchanges) == 1
    assert sum(one.path == "/2/tweets" for one in exchanges) == 2


def test_it_is_replaced_once_and_not_again_and_again(
    *, x: Channel, kept: Kept, environ: Mapping[str, str], practice: Practice, exchanges: list[Exchange], writer: Writer
) -> None:
    practice.set_fault("x", Fault(FaultKind.EXPIRED, times=None, calls="publish"))
    adapter = Adapter(x, {TOKEN: _keeper(x, kept, environ, NOW).secret(TOKEN)})
    for _ in range(2):
        with pytest.raises(Unavailable):
            adapter.commit(adapter.prepare(writer.write()), "key")
    adapter.close()
    assert _renewals(exchanges) == 1
    assert practice.posts() == []


def test_a_token_that_another_run_has_renewed_already_is_not_renewed_again_when_it_is_refused(
    x: Channel, kept: Kept, environ: Mapping[str, str], exchanges: list[Exchange]
) -> None:
    secret = _keeper(x, kept, environ, NOW).secret(TOKEN)
    old = secret.reveal()
    _keeper(x, kept, environ).secret(TOKEN).reveal()
    assert secret.refused()
    assert secret.reveal() not in {old, ""}
    assert _renewals(exchanges) == 1


def test_neither_the_secret_nor_its_keeper_shows_a_token(x: Channel, kept: Kept, environ: Mapping[str, str]) -> None:
    keeper = _keeper(x, kept, environ, NOW)
    secret = keeper.secret(TOKEN)
    assert secret.reveal() not in f"{secret!r} {secret} {keeper!r} {kept!r}"


def test_instagrams_token_is_renewed_after_a_week_and_kept(
    channel: MakeChannel, practice: Practice, environ: Mapping[str, str], clock: Clock
) -> None:
    instagram = channel("instagram")
    login = InstagramLogin(instagram)
    with person(ACCOUNTS["instagram"], practice.app("instagram", account=ACCOUNTS["instagram"])) as someone:
        grant = login.log_in("instagram", someone, NOW)
    save("instagram", grant, FileStore(Path(environ["KANAL_CREDENTIALS"])), environ)
    first = load("instagram", environ)
    assert first is not None
    later = NOW + timedelta(days=8)
    clock.now += 8 * 86400
    shown = Keeper("instagram", first, login, environ, now=lambda: later).secret("access_token").reveal()
    kept = load("instagram", environ)
    assert kept is not None
    assert shown == kept.grant.credentials["access_token"].reveal() != grant.credentials["access_token"].reveal()
    assert kept.grant.expires_at == later + timedelta(seconds=5_183_944)
