"""The tables of Meta's errors, each number by real HTTP, at an upload and at the request that publishes."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from kanal.errors import DeliveryError, Rejected, Unavailable, Uncertain
from kanal.graph import Graph
from kanal.model import Secret
from kanal.testing.loopback import Reply, as_json

from .scripted import Network, error, scripted

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

RATE = [4, 17, 32, 341, 613, 80001, 80002]
TOKEN = [
    (190, None),
    (102, None),
    (104, None),
    (2500, None),
    *((190, sub) for sub in (458, 459, 460, 463, 464, 467, 492)),
]
PERMISSION = [3, 10, 200, 210, 283, 299]
# docs/networks.md#facebook-errors and #instagram-errors
CONTENT = [
    (100, None),
    (324, None),
    (324, 2069019),
    (506, 1455006),
    (506, None),
    (1609005, None),
    (100, 1609005),
    (100, 2207028),
    (352, 2207026),
]
CONTENT += [(36000, 2207004), (36001, 2207005), (36003, 2207009), (36004, 2207010), (36004, 2207040)]
LATER = [(-2, 2207003), (-2, 2207020), (-1, 2207032), (-1, 2207053), (24, 2207008), (9007, 2207027)]
BLOCKED = [(368, None), (4, 2207051), (25, 2207050), (100, 33)]
LOOK = [(9004, 2207052), (24, 2207006), (4711, None), (100_000, 4711)]
STUMBLED = [(1, None), (2, None), (-1, None), (-2, None), (-1, 2207001)]


@pytest.fixture
def network() -> Iterator[Network]:
    with scripted() as running:
        yield running


@pytest.fixture
def graph(network: Network) -> Iterator[Graph]:
    opened = Graph(network.url, Secret("EAABtoken"), usage_kind="instagram", now=lambda: NOW)
    yield opened
    opened.close()


def _both(network: Network, graph: Graph, answer: Reply) -> tuple[DeliveryError, DeliveryError]:
    """What an upload and what the publishing request raise for the same answer."""
    network.will(answer, answer)
    with pytest.raises(DeliveryError) as upload:
        graph.upload("/1/media", {})
    with pytest.raises(DeliveryError) as publish:
        graph.publish("/1/media_publish", {})
    return upload.value, publish.value


@pytest.mark.parametrize(("code", "subcode"), CONTENT)
def test_content_that_meta_does_not_take_is_rejected(
    network: Network, graph: Graph, code: int, subcode: int | None
) -> None:
    for raised in _both(network, graph, error(code, subcode)):
        assert isinstance(raised, Rejected)
        assert raised.words == f"(#{code}) no"


@pytest.mark.parametrize("code", RATE)
def test_a_rate_limit_stops_the_channel_for_a_while_though_meta_calls_it_transient(
    network: Network, graph: Graph, code: int
) -> None:
    for raised in _both(network, graph, error(code, is_transient=True)):
        assert isinstance(raised, Unavailable)
        assert raised.channel_wide
        assert not raised.needs_person


@pytest.mark.parametrize(("code", "subcode"), [*TOKEN, *((code, None) for code in PERMISSION), *BLOCKED])
def test_token_permission_and_block_stop_the_channel_until_somebody_acts(
    network: Network, graph: Graph, code: int, subcode: int | None
) -> None:
    for raised in _both(network, graph, error(code, subcode, status=401 if code in (102, 190) else 403)):
        assert isinstance(raised, Unavailable)
        assert raised.channel_wide
        assert raised.needs_person
        assert raised.advice is not None


@pytest.mark.parametrize(("code", "subcode"), LATER)
def test_what_instagram_could_not_prepare_is_prepared_anew(
    network: Network, graph: Graph, code: int, subcode: int
) -> None:
    for raised in _both(network, graph, error(code, subcode)):
        assert isinstance(raised, Unavailable)
        assert not raised.channel_wide
        assert not raised.needs_person


@pytest.mark.parametrize(("code", "subcode"), LOOK)
def test_what_only_a_person_can_mend_does_not_stop_other_drafts(
    network: Network, graph: Graph, code: int, subcode: int | None
) -> None:
    for raised in _both(network, graph, error(code, subcode)):
        assert isinstance(raised, Unavailable)
        assert raised.needs_person
        assert not raised.channel_wide


@pytest.mark.parametrize(("code", "subcode"), STUMBLED)
def test_a_temporary_error_is_harmless_at_an_upload_and_leaves_a_post_in_doubt(
    network: Network, graph: Graph, code: int, subcode: int | None
) -> None:
    upload, publish = _both(network, graph, error(code, subcode))
    assert isinstance(upload, Unavailable)
    assert isinstance(publish, Uncertain)


def test_an_unknown_error_that_calls_itself_transient_leaves_a_post_in_doubt(network: Network, graph: Graph) -> None:
    upload, publish = _both(network, graph, error(4711, is_transient=True))
    assert isinstance(upload, Unavailable)
    assert isinstance(publish, Uncertain)


def test_an_unknown_error_beside_a_success_leaves_a_post_in_doubt(network: Network, graph: Graph) -> None:
    _, publish = _both(network, graph, error(4711, status=200))
    assert isinstance(publish, Uncertain)


def test_a_known_refusal_beside_a_success_is_a_refusal(network: Network, graph: Graph) -> None:
    _, publish = _both(network, graph, error(190, status=200))
    assert isinstance(publish, Unavailable)


@pytest.mark.parametrize(
    ("code", "subcode", "wait"),
    [
        (9, 2207042, timedelta(hours=24)),
        (24, 2207008, timedelta(minutes=2)),
        (9007, 2207027, timedelta(minutes=1)),
    ],
)
def test_the_documented_wait_is_kept(network: Network, graph: Graph, code: int, subcode: int, wait: timedelta) -> None:
    for raised in _both(network, graph, error(code, subcode)):
        assert isinstance(raised, Unavailable)
        assert raised.retry_at == NOW + wait


def test_the_daily_quota_stops_the_channel(network: Network, graph: Graph) -> None:
    _, publish = _both(network, graph, error(9, 2207042))
    assert isinstance(publish, Unavailable)
    assert publish.channel_wide


def test_the_words_meant_for_people_are_quoted_first(network: Network, graph: Graph) -> None:
    answer = error(36003, 2207009, error_user_msg="The aspect ratio\nis not supported.")
    assert _both(network, graph, answer)[0].words == "The aspect ratio is not supported."


def test_long_words_are_shortened(network: Network, graph: Graph) -> None:
    words = _both(network, graph, error(100, message="ä" * 5000))[0].words
    assert len(words) <= 300
    assert words.endswith("…")


@pytest.mark.parametrize(
    "leak", ["EAABtoken", "EAAG" + "z" * 60, "IGAAH" + "z" * 60, "IGQVJ" + "z" * 60, "access_token=zzz"]
)
def test_tokens_in_the_words_are_hidden(network: Network, graph: Graph, leak: str) -> None:
    words = _both(network, graph, error(190, message=f"Bad signature {leak} here"))[0].words
    assert words == "Bad signature *** here"


def test_numbers_written_as_text_are_understood(network: Network, graph: Graph) -> None:
    answer = as_json({"error": {"code": "9007", "error_subcode": "2207027", "message": "x"}}, 400)
    assert str(_both(network, graph, answer)[0].message) == "Instagram is still working on the pictures."


@pytest.mark.parametrize(
    "body", [{"error": "invalid_request"}, {"error": {"message": "no code"}}, {"error": {"code": True}}]
)
def test_an_error_without_a_number_is_not_taken_for_metas(network: Network, graph: Graph, body: object) -> None:
    upload, publish = _both(network, graph, as_json(body, 400))
    assert isinstance(upload, Unavailable)
    assert isinstance(publish, Unavailable)
    assert "400" in str(publish)
