"""Requests to Meta's Graph API: what is sent, and what each kind of failure means for a delivery."""

import logging
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kanal.errors import Unavailable, Uncertain
from kanal.graph import Graph
from kanal.model import Secret
from kanal.testing.loopback import Reply

from .scripted import Network, error, scripted

TOKEN = "EAAB" + "x" * 40
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
def network() -> Iterator[Network]:
    with scripted() as running:
        yield running


@pytest.fixture
def graph(network: Network) -> Iterator[Graph]:
    opened = Graph(network.url, Secret(TOKEN), usage_kind="pages", now=lambda: NOW)
    yield opened
    opened.close()


def test_the_token_travels_in_a_header_and_never_in_an_address(network: Network, graph: Graph) -> None:
    network.will({}, {"id": "1"}, {"id": "2"})
    graph.read("/1", {"fields": "id"})
    graph.upload("/1/photos", {"published": "false"})
    graph.publish("/1/feed", {"message": "x"})
    assert [asked.headers["authorization"] for asked in network.asked] == [f"Bearer {TOKEN}"] * 3
    assert not any(TOKEN in str((asked.path, asked.query, asked.fields)) for asked in network.asked)


def test_nothing_is_logged_that_holds_the_token_or_an_address(
    network: Network, graph: Graph, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    network.will({"id": "1"}, error(190, message=f"Malformed access token {TOKEN}"))
    graph.publish("/1/feed", {"message": "x"})
    with pytest.raises(Unavailable) as refused:
        graph.publish("/1/feed", {"message": "x"})
    assert TOKEN not in caplog.text
    assert "127.0.0.1" not in caplog.text
    assert TOKEN not in f"{refused.value} {refused.value.words} {refused.value!r}"
    assert refused.value.words == "Malformed access token ***"


def test_a_picture_travels_as_a_file_without_its_own_name(network: Network, graph: Graph, tmp_path: Path) -> None:
    picture = tmp_path / "Bürgermeister privat.JPG"
    picture.write_bytes(b"\xff\xd8\xff picture")
    network.will({"id": "77"})
    assert graph.upload("/1/photos", {"alt_text_custom": "Ein Löwe"}, picture) == "77"
    assert network.asked[0].path == "/v26.0/1/photos"
    assert network.asked[0].fields == {
        "alt_text_custom": "Ein Löwe",
        "source": ("picture.jpg", "image/jpeg", b"\xff\xd8\xff picture"),
    }


def test_a_picture_that_is_gone_is_reported_without_asking_the_network(
    network: Network, graph: Graph, tmp_path: Path
) -> None:
    with pytest.raises(Unavailable, match=r"gone\.jpg") as failed:
        graph.upload("/1/photos", {}, tmp_path / "gone.jpg")
    assert failed.value.needs_person
    assert network.asked == []


def test_a_cut_connection_leaves_a_post_in_doubt(network: Network, graph: Graph) -> None:
    network.will(Reply(cut=True))
    with pytest.raises(Uncertain):
        graph.publish("/1/feed", {"message": "x"})


def test_a_cut_connection_at_an_upload_is_harmless(network: Network, graph: Graph) -> None:
    network.will(Reply(cut=True), Reply(cut=True))
    with pytest.raises(Unavailable) as failed:
        graph.upload("/1/photos", {})
    assert failed.value.channel_wide
    with pytest.raises(Unavailable):
        graph.read("/1", {})


def test_an_answer_that_drips_for_ever_is_given_up(
    network: Network, graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kanal.graph.sending.ANSWER_SECONDS", 0.05)
    network.will(Reply(body=b'{"id": "11111111111111111111111111111111"}', drip=0.02))
    with pytest.raises(Uncertain):
        graph.publish("/1/feed", {"message": "x"})


def test_an_answer_whose_body_cannot_be_unpacked_leaves_a_post_in_doubt(network: Network, graph: Graph) -> None:
    network.will(Reply(body=b"no gzip at all", headers={"Content-Encoding": "gzip"}))
    with pytest.raises(Uncertain):
        graph.publish("/1/feed", {"message": "x"})


def test_a_refused_connection_certainly_published_nothing() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        graph = Graph(f"http://127.0.0.1:{closed.getsockname()[1]}/v26.0", Secret(TOKEN), usage_kind="pages")
        with pytest.raises(Unavailable) as failed:
            graph.publish("/1/feed", {"message": "x"})
        graph.close()
    assert failed.value.channel_wide
    assert failed.value.advice is not None


def test_a_redirect_is_not_followed_and_blamed_on_the_base_address(network: Network, graph: Graph) -> None:
    elsewhere = f"https://elsewhere.example/?access_token={TOKEN}"
    network.will(Reply(302, headers={"Location": elsewhere}))
    with pytest.raises(Unavailable) as failed:
        graph.publish("/1/feed", {"message": "x"})
    assert len(network.asked) == 1
    assert "elsewhere.example" in str(failed.value)
    assert TOKEN not in str(failed.value)
    assert "urls" in str(failed.value.advice)


@pytest.mark.parametrize("status", [200, 201])
@pytest.mark.parametrize("body", [b"<html>Please wait</html>", b"", b"[]", b'"id"', b"{}", b'{"id": 5}', b'{"id": ""}'])
def test_a_success_that_names_no_post_leaves_it_in_doubt(
    network: Network, graph: Graph, status: int, body: bytes
) -> None:
    network.will(Reply(status, body))
    with pytest.raises(Uncertain):
        graph.publish("/1/feed", {"message": "x"})


def test_a_success_that_names_no_upload_is_tried_again_later(network: Network, graph: Graph) -> None:
    network.will(Reply(body=b"<html>Please wait</html>"), Reply(body=b"{}"))
    for _ in range(2):
        with pytest.raises(Unavailable):
            graph.upload("/1/photos", {})


@pytest.mark.parametrize("status", [400, 403, 404, 407, 413])
def test_a_refusal_that_is_not_metas_published_nothing_and_points_at_what_stands_between(
    network: Network, graph: Graph, status: int
) -> None:
    network.will(Reply(status, b"<html>Blocked by your IT</html>"))
    with pytest.raises(Unavailable) as failed:
        graph.publish("/1/feed", {"message": "x"})
    assert failed.value.channel_wide
    assert str(status) in str(failed.value)


@pytest.mark.parametrize("body", [b"<html>Bad Gateway</html>", b'{"error": {"code": 190, "message": "x"}}'])
def test_a_server_error_leaves_a_post_in_doubt_whatever_it_says(network: Network, graph: Graph, body: bytes) -> None:
    network.will(Reply(503, body))
    with pytest.raises(Uncertain):
        graph.publish("/1/feed", {"message": "x"})


def test_a_server_error_at_an_upload_is_tried_again_later(network: Network, graph: Graph) -> None:
    network.will(Reply(502, b"<html>Bad Gateway</html>"), error(2, status=500))
    for _ in range(2):
        with pytest.raises(Unavailable) as failed:
            graph.upload("/1/photos", {})
        assert failed.value.channel_wide


@pytest.mark.parametrize("token", ["", "EAAB\n", "EAAB xyz", "EAABä"])
def test_a_token_that_cannot_be_one_is_refused_before_it_is_sent(token: str) -> None:
    with pytest.raises(Unavailable) as failed:
        Graph("http://127.0.0.1:9/v26.0", Secret(token), usage_kind="pages")
    assert failed.value.needs_person
    assert not token or token not in str(failed.value)


def test_a_file_of_certificates_that_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "missing.pem"))
    with pytest.raises(Unavailable, match="SSL_CERT_FILE"):
        Graph("https://graph.example/v26.0", Secret(TOKEN), usage_kind="pages")


def test_a_proxy_that_cannot_be_one_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "nonsense://proxy.example:1")
    with pytest.raises(Unavailable, match="HTTPS_PROXY"):
        Graph("https://graph.example/v26.0", Secret(TOKEN), usage_kind="pages")


def test_a_certificate_that_is_not_trusted_published_nothing_and_says_how_to_trust_it(network: Network) -> None:
    # A server that speaks no TLS fails in the handshake, as a wrong certificate does.
    graph = Graph(network.url.replace("http:", "https:"), Secret(TOKEN), usage_kind="pages")
    with pytest.raises(Unavailable) as failed:
        graph.publish("/1/feed", {"message": "x"})
    graph.close()
    assert "SSL_CERT_FILE" in str(failed.value.advice)


def test_the_publishing_request_never_uses_a_connection_that_idled(network: Network, graph: Graph) -> None:
    network.will({"id": "1"}, {"id": "2"}, {"id": "3"}, {"id": "4"})
    graph.upload("/1/photos", {})
    graph.publish("/1/feed", {"message": "x"})
    graph.publish("/1/feed", {"message": "y"})
    graph.upload("/1/photos", {})
    assert [asked.headers.get("connection") for asked in network.asked] == [
        "keep-alive",
        "close",
        "close",
        "keep-alive",
    ]
