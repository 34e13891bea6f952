"""A network tells whose credentials it was shown, and nothing is posted or changed by asking."""

from contextlib import closing

import pytest

from kanal.abilities.telling import CanVerify
from kanal.adapter import Adapter
from kanal.errors import Unavailable
from kanal.platforms import adapter_class
from kanal.sandbox import Fault, FaultKind
from kanal.testing.contract.subject import Subject, only_for
from kanal.testing.network import Network
from kanal.verification import Verification

QUESTIONS = 4
"""As many requests should do."""
MUTE = (FaultKind.TOO_MANY, FaultKind.ERROR_BEFORE, FaultKind.ERROR_AFTER, FaultKind.CUT_AFTER)
"""Faults after which nothing is known about the credentials."""


class CredentialsAreVerified(Subject):
    """Only for adapters with `verify`."""

    @only_for("verify")
    def test_the_right_account_is_told_with_its_name(self, adapter: Adapter, network: Network) -> None:
        told = _told(adapter)
        assert told.is_right
        assert told.account
        assert told.name

    @only_for("verify")
    def test_nothing_is_missing_where_posts_go_out(self, adapter: Adapter) -> None:
        told = _told(adapter)
        assert told.granted is None or told.wanted.missing(told.granted) == []

    @only_for("verify")
    def test_credentials_of_another_account_are_not_taken_for_the_right_ones(self, network: Network) -> None:
        kind = self.adapter_type or adapter_class(network.channel.platform)
        stranger = network.channel._replace(account=f"9{network.channel.account}")
        with closing(kind(stranger, network.credentials)) as adapter:
            assert not _told(adapter).is_right

    @only_for("verify")
    def test_asking_takes_few_requests_and_posts_nothing(self, adapter: Adapter, network: Network) -> None:
        before = network.request_count()
        _told(adapter)
        assert 0 < network.request_count() - before <= QUESTIONS
        assert network.posts() == []

    @only_for("verify")
    def test_a_refused_token_needs_a_person(self, adapter: Adapter, network: Network) -> None:
        network.set_fault(Fault(FaultKind.EXPIRED, times=None, calls="all"))
        with pytest.raises(Unavailable) as caught:
            _told(adapter)
        assert caught.value.needs_person
        assert caught.value.advice

    @only_for("verify")
    @pytest.mark.parametrize("kind", [*MUTE, FaultKind.DOWN])
    def test_a_network_that_tells_nothing_accuses_nobody(
        self, adapter: Adapter, network: Network, kind: FaultKind
    ) -> None:
        network.set_fault(Fault(kind, times=None, calls="all"))
        with pytest.raises(Unavailable) as caught:
            _told(adapter)
        assert not caught.value.needs_person
        network.heal()

    @only_for("verify")
    def test_an_answer_that_cannot_be_read_is_no_answer(self, adapter: Adapter, network: Network) -> None:
        network.set_fault(Fault(FaultKind.HTML, times=None, calls="all"))
        with pytest.raises(Unavailable):
            _told(adapter)


def _told(adapter: Adapter) -> Verification:
    if not isinstance(adapter, CanVerify):
        pytest.skip("the network does not tell whose credentials it is shown")
    return adapter.verify()
