"""Starting, stopping, remembering: the server around the practice networks."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from kanal.errors import UsageError
from kanal.sandbox import Exchange, Fault, FaultKind, Practice
from kanal.sandbox.server import running
from tests.sandbox.clients import Graph, MastodonApi


def _free_ports(count: int) -> int:
    """The first of `count` free ports in a row."""
    for first in range(20_000 + os.getpid() % 20_000, 60_000, count):
        try:
            for port in range(first, first + count):
                with socket.socket() as probe:
                    probe.bind(("127.0.0.1", port))
        except OSError:
            continue
        return first
    raise AssertionError("no free ports")


def test_a_given_port_is_the_timelines_and_the_networks_follow(tmp_path: Path) -> None:
    port = _free_ports(5)
    with running(tmp_path / "state", port=port) as practice:
        assert practice.address == f"http://127.0.0.1:{port}/"
        assert practice.urls("mastodon") == {"api": f"http://127.0.0.1:{port + 1}"}
        assert practice.urls("x") == {
            "api": f"http://127.0.0.1:{port + 2}",
            "web": f"http://127.0.0.1:{port}/x",
            "login": f"http://127.0.0.1:{port + 2}",
        }
        assert practice.urls("facebook") == {
            "graph": f"http://127.0.0.1:{port + 3}/v26.0",
            "web": f"http://127.0.0.1:{port}/facebook",
        }
        assert practice.urls("instagram") == {
            "graph": f"http://127.0.0.1:{port + 4}/v26.0",
            "rupload": f"http://127.0.0.1:{port + 4}/ig-api-upload/v26.0",
        }


@pytest.mark.parametrize("place", [0, 3])
def test_a_taken_port_is_told_plainly_and_takes_no_other(tmp_path: Path, place: int) -> None:
    port = _free_ports(5)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port + place))
        taken.listen()
        with pytest.raises(UsageError, match=str(port + place)), running(tmp_path / "state", port=port):
            pass
    with running(tmp_path / "state", port=port) as practice:
        assert practice.posts() == []


def test_a_port_beyond_the_last_is_told_plainly(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="65536"), running(tmp_path / "state", port=65_533):
        pass


def test_everything_is_as_before_after_a_restart(
    tmp_path: Path, picture: Callable[..., bytes], browser: httpx.Client
) -> None:
    state, staging, port = tmp_path / "state", tmp_path / "staging", _free_ports(5)
    with running(state, port=port, staging=staging) as practice:
        mastodon, instagram = MastodonApi(practice), Graph(practice, "instagram", "4711")
        media = mastodon.upload(picture(), description="Ein Haus").json()["id"]
        status = mastodon.post("Einmal", key="k1", media=[media]).json()["id"]
        container = instagram.container(practice, staging, picture()).json()["id"]
        credentials, before = practice.admit("x", "landkreis", "Landkreis"), practice.posts()
        practice.set_fault("mastodon", Fault(FaultKind.ERROR_AFTER, times=2, calls="all"))
        practice.set_fault("facebook", Fault(FaultKind.DOWN))
    with running(state, port=port, staging=staging) as practice:
        assert practice.posts() == before
        assert practice.admit("x", "landkreis", "Landkreis") == credentials
        assert browser.get(before[0].url).status_code == 200
        assert mastodon.http.get("/api/v2/instance").status_code == 500
        assert mastodon.http.get("/api/v2/instance").status_code == 500
        assert mastodon.post("Einmal", key="k1").json()["id"] == status
        assert instagram.post("/media_publish", {"creation_id": container}).status_code == 200
        with pytest.raises(httpx.ConnectError):
            browser.get(practice.urls("facebook")["graph"])
    mastodon.close()
    instagram.close()


def test_a_file_that_is_something_else_is_refused_and_kept(tmp_path: Path) -> None:
    state = tmp_path / "state"
    state.write_text("Das ist ein Brief. " * 100, encoding="utf-8")
    with pytest.raises(UsageError, match="is not a file of these practice networks"), running(state):
        pass
    assert state.read_text(encoding="utf-8").startswith("Das ist ein Brief.")


def test_a_file_of_another_version_is_refused(tmp_path: Path) -> None:
    state = tmp_path / "state"
    newer = sqlite3.connect(state)
    newer.execute("PRAGMA user_version = 99")
    newer.close()
    with pytest.raises(UsageError, match="version 99"), running(state):
        pass


def test_two_servers_do_not_share_a_file(tmp_path: Path) -> None:
    with running(tmp_path / "state"), pytest.raises(UsageError, match="locked"), running(tmp_path / "state"):
        pass


def test_requests_side_by_side_are_all_stored_once(practice: Practice, mastodon: MastodonApi) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda number: mastodon.post(f"Nr. {number}"), range(60)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["id"] for answer in answers}) == 60
    assert sorted(post.text for post in practice.posts()) == sorted(f"Nr. {number}" for number in range(60))


def test_a_connection_is_kept_and_answers_come_at_once(mastodon: MastodonApi) -> None:
    connections = set()
    took = []
    for _ in range(20):
        began = time.monotonic()
        answer = mastodon.http.get("/api/v2/instance")
        took.append(time.monotonic() - began)
        connections.add(answer.extensions["network_stream"].get_extra_info("client_addr"))
    assert len(connections) == 1
    # With Nagle's algorithm each answer would wait 40 ms for the client's acknowledgement.
    assert min(took[1:]) < 0.03


def test_every_exchange_is_recorded_as_it_was(tmp_path: Path) -> None:
    exchanges: list[Exchange] = []
    with running(tmp_path / "state", record=exchanges.append) as practice:
        api = MastodonApi(practice)
        answer = api.http.post("/api/v1/statuses?a=1", data={"status": "Hallo"}, headers={"X-Test": "ja"})
        practice.set_fault("mastodon", Fault(FaultKind.ERROR_AFTER))
        api.post("Noch eins")
        practice.set_fault("mastodon", Fault(FaultKind.CUT_AFTER))
        with pytest.raises(httpx.TransportError):
            api.post("Und eins")
        api.close()
    plain, failed, cut = exchanges
    assert (plain.platform, plain.method, plain.path, plain.query) == ("mastodon", "POST", "/api/v1/statuses", "a=1")
    assert ("x-test", "ja") in plain.request_headers
    assert plain.request_body == b"status=Hallo"
    assert (plain.status, plain.response_body, plain.fault) == (200, answer.content, None)
    assert ("content-type", "application/json") in plain.response_headers
    assert (failed.status, failed.fault) == (500, "5xx-after")
    assert (cut.status, cut.response_body, cut.fault) == (0, b"", "cut-after")


def test_the_staging_folder_can_be_fetched_and_nothing_beside_it(
    practice: Practice, staging: Path, browser: httpx.Client
) -> None:
    (staging / "ordner").mkdir()
    (staging / "ordner" / "ä b.jpg").write_bytes(b"Bild")
    (staging.parent / "geheim.txt").write_bytes(b"geheim")
    found = browser.get(f"{practice.address}staging/ordner/ä b.jpg")
    assert (found.content, found.headers["content-type"]) == (b"Bild", "image/jpeg")
    for name in ("fehlt.jpg", "%2e%2e/geheim.txt", "..%2Fgeheim.txt", "ordner"):
        assert browser.get(f"{practice.address}staging/{name}").status_code == 404


SERVE = """
import sys
from pathlib import Path
from kanal.sandbox.server import serve
try:
    serve(Path(sys.argv[1]), port=0, staging=None, on_ready=lambda practice: print(practice.address, flush=True))
except KeyboardInterrupt:
    print("stopped by Ctrl-C", flush=True)
else:
    print("ended", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to send to another process")
@pytest.mark.parametrize(("name", "words"), [("SIGINT", "stopped by Ctrl-C"), ("SIGTERM", "ended")])
def test_serve_runs_until_a_signal_comes(tmp_path: Path, name: str, words: str) -> None:
    server = subprocess.Popen([sys.executable, "-c", SERVE, str(tmp_path / "state")], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    with server, server.stdout:
        practice = Practice(server.stdout.readline().strip())
        assert practice.posts() == []
        server.send_signal(getattr(signal, name))
        assert server.stdout.readline() == f"{words}\n"
        assert server.wait(5) == 0


def test_a_state_file_from_before_schedules_and_polls_is_read(tmp_path: Path, browser: httpx.Client) -> None:
    state = tmp_path / "state.sqlite3"
    with running(state) as practice:
        api = MastodonApi(practice)
        status = api.post("Von früher", spoiler_text="Warnung").json()["id"]
        api.close()
    with closing(sqlite3.connect(state)) as db, db:
        (details,) = db.execute("SELECT details FROM posts").fetchone()
        older = {name: value for name, value in json.loads(details).items() if name not in ("poll", "quoted_status_id")}
        db.execute("UPDATE posts SET details = ?", (json.dumps(older),))
        db.execute("DROP TABLE waiting")
    with running(state) as practice:
        api = MastodonApi(practice)
        assert api.own()[0]["poll"] is None
        assert "Von früher" in browser.get(practice.address).text
        edited = api.http.put(f"/api/v1/statuses/{status}", data={"status": "Von heute", "spoiler_text": "Warnung"})
        assert edited.json()["content"] == "<p>Von heute</p>"
        api.close()
