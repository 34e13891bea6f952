import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from kanal.errors import Rejected, Unavailable, Uncertain
from kanal.model import Part, Prepared, Secret
from kanal.platforms.mastodon import Adapter
from kanal.testing import AdapterContract

from .beyond_the_mock import NOT_APPLICABLE
from .mastodon_mock import Mock, MockNetwork, running_mock


@pytest.fixture(scope="module")
def mock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mock]:
    with running_mock(tmp_path_factory.mktemp("mock")) as server:
        yield server


@pytest.fixture
def network(mock: Mock) -> MockNetwork:
    return mock.new_account()


@pytest.fixture
def adapter(network: MockNetwork) -> Iterator[Adapter]:
    made = Adapter(network.channel, network.credentials)
    yield made
    made.close()


class TestMastodonMock(AdapterContract):
    """The whole contract but for what `beyond_the_mock.py` names."""

    @pytest.fixture
    def network(self, mock: Mock) -> MockNetwork:
        return mock.new_account()


@pytest.mark.parametrize("pattern", NOT_APPLICABLE)
def test_what_is_left_out_of_the_contract_exists_there(pattern: str) -> None:
    name = re.split(r"\\\[", pattern)[0]
    assert any(name in case for case in dir(AdapterContract))


def test_a_status_is_public_and_tells_its_language(network: MockNetwork, adapter: Adapter) -> None:
    receipt = adapter.commit(adapter.prepare(Part("Grüße aus dem Rathaus", "de")), "text")
    [status] = network.statuses()
    assert status["id"] == receipt.id
    assert status["language"] == "de"
    assert status["visibility"] == "public"


def test_the_same_delivery_sent_twice_is_there_once(network: MockNetwork, adapter: Adapter) -> None:
    prepared = adapter.prepare(Part("Nur einmal", "de"))
    first = adapter.commit(prepared, "once")
    assert adapter.commit(prepared, "once").id == first.id
    assert len(network.statuses()) == 1


def test_nothing_is_repeated_at_a_server_that_does_not_call_itself_mastodon(
    network: MockNetwork, adapter: Adapter
) -> None:
    prepared = adapter.prepare(Part("Fremde Software", "de"))
    with pytest.raises(Uncertain):
        adapter.repeat(prepared, "foreign")
    assert network.statuses() == []


def test_nothing_is_handed_over_to_a_server_that_does_not_call_itself_mastodon(
    network: MockNetwork, adapter: Adapter
) -> None:
    """It might publish at once what is meant for later."""
    with pytest.raises(Rejected, match="not known to keep posts until their time"):
        adapter.prepare_scheduled(Part("Erst morgen", "de"))
    assert network.statuses() == []


def test_a_lost_delivery_is_found_and_another_is_not(adapter: Adapter) -> None:
    since = datetime.now(UTC) - timedelta(seconds=1)
    text = "Verloren & gefunden:\nhttps://landkreis.example/a?b=1&c=2"
    prepared = adapter.prepare(Part(text, "de"))
    receipt = adapter.commit(prepared, "lost")
    found = adapter.find(prepared, since)
    assert found is not None
    assert found.id == receipt.id
    assert adapter.find(Prepared(Part("Nie gesendet", "de")), since) is None


def test_what_the_server_refuses_is_rejected(network: MockNetwork, adapter: Adapter) -> None:
    with pytest.raises(Rejected):
        adapter.commit(Prepared(Part("x" * 600, "de")), "long")
    assert network.statuses() == []


def test_an_unknown_token_needs_a_person(network: MockNetwork) -> None:
    stranger = Adapter(network.channel, {"access_token": Secret("no-token-of-the-mock")})
    with pytest.raises(Unavailable) as raised:
        stranger.commit(stranger.prepare(Part("Niemand", "de")), "nobody")
    stranger.close()
    assert raised.value.needs_person
    assert "no-token-of-the-mock" not in f"{raised.value!r} {raised.value} {raised.value.words}"


def test_a_server_that_is_gone_leaves_nothing_uncertain(network: MockNetwork) -> None:
    gone = network.channel._replace(urls={"api": "http://127.0.0.1:9"})
    adapter = Adapter(gone, network.credentials)
    with pytest.raises(Unavailable):
        adapter.commit(Prepared(Part("Niemand da", "de")), "gone")
    with pytest.raises(Unavailable):
        adapter.find(Prepared(Part("Niemand da", "de")), datetime.now(UTC))
