from collections.abc import Callable
from pathlib import Path

import pytest

from kanal.errors import UsageError
from kanal.feeds import fetching
from kanal.feeds.fetching import LARGEST, FeedRefused, from_file, from_web
from kanal.testing.loopback import Asked, Reply, loopback

Answer = Callable[[Asked], Reply]


def _refusal(answer: Answer) -> str:
    with loopback(answer) as server, pytest.raises(FeedRefused) as refused:
        from_web(f"{server.url}/feed", internal=True)
    return str(refused.value)


def test_a_feed_is_fetched_with_what_the_server_says_it_is() -> None:
    with loopback(lambda _: Reply(200, b"<rss/>", {"Content-Type": "application/rss+xml"})) as server:
        fetched = from_web(f"{server.url}/feed?art=presse", internal=True)
    assert (fetched.content, fetched.kind) == (b"<rss/>", "application/rss+xml")
    assert [asked.path for asked in server.asked] == ["/feed?art=presse"]
    assert server.asked[0].headers["host"] == server.url.removeprefix("http://")


def test_without_being_asked_for_nothing_internal_is_fetched() -> None:
    with loopback(lambda _: Reply(200, b"<rss/>")) as server:
        with pytest.raises(UsageError, match="private network"):
            from_web(f"{server.url}/feed")
        assert server.asked == []


def test_one_that_moved_is_found() -> None:
    def answer(asked: Asked) -> Reply:
        return Reply(200, b"<rss/>") if asked.path == "/neu" else Reply(301, headers={"Location": "/neu"})

    with loopback(answer) as server:
        assert from_web(f"{server.url}/feed", internal=True).source == f"{server.url}/neu"


def test_a_redirection_without_end_is_refused() -> None:
    assert "without end" in _refusal(lambda _: Reply(302, headers={"Location": "/feed"}))


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://a.example/", "https://a:b@a.example/"])
def test_a_redirection_to_what_kanal_does_not_open_is_refused(target: str) -> None:
    with loopback(lambda _: Reply(302, headers={"Location": target})) as server, pytest.raises(UsageError):
        from_web(f"{server.url}/feed", internal=True)


def test_one_that_is_too_large_is_refused_after_a_few_megabytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "LARGEST", 100_000)
    assert "larger than" in _refusal(lambda _: Reply(200, b"x" * 200_000))


def test_one_that_never_ends_is_refused_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "SECONDS", 0.3)
    assert "within" in _refusal(lambda _: Reply(200, b"x" * 10_000, drip=0.05))


def test_one_that_does_not_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "QUIET_SECONDS", 0.2)
    assert "within" in _refusal(lambda _: Reply(silent=True))


def test_a_connection_that_breaks_is_said() -> None:
    assert "does not answer" in _refusal(lambda _: Reply(cut=True))


def test_a_packed_feed_is_refused_since_it_may_be_a_bomb() -> None:
    assert "packed" in _refusal(lambda _: Reply(200, b"\x1f\x8b", {"Content-Encoding": "gzip"}))


@pytest.mark.parametrize("status", [401, 404, 500])
def test_an_error_is_no_feed(status: int) -> None:
    assert str(status) in _refusal(lambda _: Reply(status, b"<rss/>"))


def test_a_file_is_read_and_one_that_is_none_is_said(tmp_path: Path) -> None:
    file = tmp_path / "Presse ä.xml"
    file.write_bytes(b"<rss/>")
    assert from_file(file).content == b"<rss/>"
    with pytest.raises(UsageError, match="no file"):
        from_file(tmp_path / "fehlt.xml")


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "gross.xml"
    with file.open("wb") as sparse:
        sparse.truncate(LARGEST + 1)
    with pytest.raises(FeedRefused, match="larger than"):
        from_file(file)
