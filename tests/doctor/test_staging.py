"""A staging place is tried as a network would use it: put, fetched, removed."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from kanal.doctor import Observation, State
from kanal.doctor.staging import staging
from kanal.model import StagingPlace
from kanal.testing.loopback import Asked, Reply, loopback

FETCHER = "facebookexternalhit"
JPEG = {"Content-Type": "image/jpeg"}


@contextmanager
def web_server(folder: Path, answer: Callable[[Asked, bytes], Reply] | None = None) -> Iterator[StagingPlace]:
    """A web server that shows `folder`; `answer` makes of a file what is shown, and of what is not there, b""."""

    def serve(asked: Asked) -> Reply:
        file = folder / asked.path.rpartition("/")[2]
        content = file.read_bytes() if file.is_file() else b""
        return answer(asked, content) if answer else _plain(asked, content)

    with loopback(serve) as server:
        yield StagingPlace(str(folder), f"{server.url}/bilder")


def _plain(_: Asked, content: bytes) -> Reply:
    return Reply(200, content, JPEG) if content else Reply(404)


def _seen(folder: Path, answer: Callable[[Asked, bytes], Reply] | None = None) -> Observation:
    with web_server(folder, answer) as place:
        seen = staging(place, FETCHER, real=False)
    assert list(folder.glob("*")) == []
    return seen


def test_a_place_that_shows_what_is_put_there_is_fine_and_left_empty(tmp_path: Path) -> None:
    seen = _seen(tmp_path / "bilder")
    assert (seen.state, seen.advice) == (State.OK, None)


def test_it_is_asked_as_the_networks_fetcher_does(tmp_path: Path) -> None:
    heard: list[Mapping[str, str]] = []

    def answer(asked: Asked, content: bytes) -> Reply:
        heard.append(asked.headers)
        return _plain(asked, content)

    _seen(tmp_path, answer)
    assert heard
    assert all(FETCHER in headers["user-agent"] and "authorization" not in headers for headers in heard)


@pytest.mark.parametrize(
    ("reply", "state", "words"),
    [
        (Reply(403), State.ERROR, "403"),
        (Reply(302, headers={"Location": "/login"}), State.ERROR, "302"),
        (Reply(200, b"<h1>Anmeldung</h1>", {"Content-Type": "text/html"}), State.ERROR, "something else"),
        (Reply(200, b"", JPEG), State.ERROR, "something else"),
        (Reply(cut=True), State.ERROR, "did not answer"),
    ],
)
def test_what_is_in_the_way_is_told(tmp_path: Path, reply: Reply, state: State, words: str) -> None:
    seen = _seen(tmp_path, lambda _asked, _content: reply)
    assert seen.state is state
    assert words in str(seen.message)
    assert seen.advice


def test_a_picture_of_another_kind_is_a_warning(tmp_path: Path) -> None:
    kind = {"Content-Type": "application/octet-stream"}
    seen = _seen(tmp_path, lambda _asked, content: Reply(200, content, kind))
    assert seen.state is State.WARNING


@pytest.mark.parametrize(
    ("rules", "state"),
    [
        ("User-agent: *\nDisallow: /\n", State.ERROR),
        ("User-agent: facebookexternalhit\nDisallow: /bilder\n", State.ERROR),
        ("User-agent: *\nDisallow: /\n\nUser-agent: facebookexternalhit\nAllow: /\n", State.OK),
        ("User-agent: *\nDisallow: /intern\n", State.OK),
    ],
)
def test_robots_txt_may_shut_the_fetcher_out(tmp_path: Path, rules: str, state: State) -> None:
    def answer(asked: Asked, content: bytes) -> Reply:
        return Reply(200, rules.encode()) if asked.path == "/robots.txt" else _plain(asked, content)

    assert _seen(tmp_path, answer).state is state


def test_a_server_that_is_not_there_is_an_error_and_the_file_is_removed(tmp_path: Path, dead_address: str) -> None:
    seen = staging(StagingPlace(str(tmp_path), dead_address), FETCHER, real=False)
    assert (seen.state, list(tmp_path.iterdir())) == (State.ERROR, [])


def test_a_folder_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "bilder").write_text("eine Datei", encoding="utf-8")
    seen = staging(StagingPlace(str(tmp_path / "bilder"), "http://127.0.0.1:9/"), FETCHER, real=False)
    assert seen.state is State.ERROR
    assert seen.advice


@pytest.mark.parametrize(
    ("address", "state"),
    [
        ("http://bilder.landkreis-musterland.example/k", State.ERROR),
        ("https://10.1.2.3/k", State.WARNING),
        ("https://[fd00::1]/k", State.WARNING),
        ("https://localhost/k", State.WARNING),
        ("http://127.0.0.1/k", State.WARNING),
    ],
)
def test_an_address_that_no_network_can_reach_is_told_without_trying(
    tmp_path: Path, address: str, state: State
) -> None:
    seen = staging(StagingPlace(str(tmp_path / "bilder"), address), FETCHER, real=True)
    assert (seen.state, (tmp_path / "bilder").exists()) == (state, False)


def test_the_password_in_an_address_is_not_shown(tmp_path: Path) -> None:
    seen = staging(StagingPlace(str(tmp_path), "http://kim:geheim@bilder.example/?key=geheim"), FETCHER, real=True)
    assert "geheim" not in str(seen.message)
