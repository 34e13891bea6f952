"""Tokens show up nowhere: not in errors, their causes, `repr` or logs, whatever goes wrong."""

import logging
from collections.abc import Callable, Sequence
from traceback import format_exception

import pytest

from kanal.abilities.changing import CanCorrect, CanRetract
from kanal.abilities.telling import CanVerify
from kanal.adapter import Adapter
from kanal.errors import DeliveryError
from kanal.model import Edition
from kanal.sandbox import Fault, FaultKind
from kanal.testing.contract.subject import KEY, Subject, only_for, publish
from kanal.testing.network import Network
from kanal.testing.parts import Writer, digests

LOUD = ("requests_oauthlib.oauth1_auth", "urllib3.connectionpool", "tweepy.client", "httpcore.http11")
"""Loggers that libraries create only later, and that would inherit a level set too late."""


class SecretsStaySecret(Subject):
    """Checked with every logger at DEBUG."""

    @pytest.mark.parametrize("kind", [None, *FaultKind])
    def test_no_secret_is_shown(
        self,
        adapter: Adapter,
        network: Network,
        writer: Writer,
        caplog: pytest.LogCaptureFixture,
        kind: FaultKind | None,
    ) -> None:
        _listen_to_everything(caplog)
        shown = [repr(adapter), str(adapter)]
        try:
            prepared = adapter.prepare(writer.write(pictures=1))
            shown.append(repr(prepared))
            if kind is not None:
                network.set_fault(Fault(kind, times=None, seconds=0.05, calls="all"))
            shown.append(repr(adapter.commit(prepared, KEY)))
        except DeliveryError as error:
            shown += _all_of(error)
        network.heal()
        self._assert_hidden(network, shown, caplog)

    @only_for("retract")
    @pytest.mark.parametrize("kind", [None, *FaultKind])
    def test_no_secret_is_shown_while_a_post_is_taken_down(
        self,
        adapter: Adapter,
        network: Network,
        writer: Writer,
        caplog: pytest.LogCaptureFixture,
        kind: FaultKind | None,
    ) -> None:
        if not isinstance(adapter, CanRetract):
            pytest.skip("the network lets no program take posts down")
        _listen_to_everything(caplog)
        receipt = publish(adapter, writer.write())
        self._assert_hidden_while(
            [lambda: adapter.retract(receipt), lambda: adapter.is_gone(receipt)], network, kind, caplog
        )

    @only_for("correct")
    @pytest.mark.parametrize("kind", [None, *FaultKind])
    def test_no_secret_is_shown_while_a_post_is_corrected(
        self,
        adapter: Adapter,
        network: Network,
        writer: Writer,
        caplog: pytest.LogCaptureFixture,
        kind: FaultKind | None,
    ) -> None:
        if not isinstance(adapter, CanCorrect):
            pytest.skip("the network lets no program edit posts")
        _listen_to_everything(caplog)
        prepared = adapter.prepare(writer.write())
        receipt = adapter.commit(prepared, KEY)
        attempts: list[Callable[[], object]] = [
            lambda: adapter.revise(receipt, prepared.part, Edition(prepared, tuple(digests(prepared.part)))),
            lambda: adapter.correct(receipt, prepared),
            lambda: adapter.says(receipt, prepared),
        ]
        self._assert_hidden_while(attempts, network, kind, caplog)

    @only_for("verify")
    @pytest.mark.parametrize("kind", [None, *FaultKind])
    def test_no_secret_is_shown_while_the_network_is_asked_whose_they_are(
        self, adapter: Adapter, network: Network, kind: FaultKind | None, caplog: pytest.LogCaptureFixture
    ) -> None:
        if not isinstance(adapter, CanVerify):
            pytest.skip("the network does not tell whose credentials it is shown")
        _listen_to_everything(caplog)
        self._assert_hidden_while([adapter.verify], network, kind, caplog)

    def _assert_hidden_while(
        self,
        attempts: Sequence[Callable[[], object]],
        network: Network,
        kind: FaultKind | None,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        if kind is not None:
            network.set_fault(Fault(kind, times=None, seconds=0.05, calls="all"))
        shown: list[str] = []
        for attempt in attempts:
            try:
                attempt()
            except DeliveryError as error:
                shown += _all_of(error)
        network.heal()
        self._assert_hidden(network, shown, caplog)

    def _assert_hidden(self, network: Network, shown: list[str], caplog: pytest.LogCaptureFixture) -> None:
        secrets = [secret.reveal() for secret in network.credentials.values()]
        visible = "\n".join([*shown, caplog.text])
        assert [secret for secret in secrets if secret in visible] == []


def _listen_to_everything(caplog: pytest.LogCaptureFixture) -> None:
    for name in ("", *LOUD, *logging.root.manager.loggerDict):
        caplog.set_level(logging.DEBUG, logger=name)


def _all_of(error: DeliveryError) -> list[str]:
    return [str(error), repr(error), error.words, *format_exception(error)]
