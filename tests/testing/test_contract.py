"""The contract suite itself: each promise is broken on purpose, and the suite must notice."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

import kanal
from kanal.abilities.sending import Tell
from kanal.errors import Unavailable, Uncertain
from kanal.message import msg
from kanal.model import Edition, Part, Prepared, Receipt
from kanal.platforms.mastodon import Adapter as Mastodon
from kanal.platforms.x import Adapter
from kanal.sandbox import FaultKind
from kanal.sandbox.server import running
from kanal.testing import AdapterContract
from kanal.testing.ledger_contract import LedgerPromises
from kanal.testing.parts import Writer
from kanal.testing.practice import PracticeNetwork, new_account
from kanal.verification import Verification

NOT_DELETED = {"kind": FaultKind.ERROR_BEFORE, "gone": False}
NOT_EDITED = {"kind": FaultKind.ERROR_BEFORE, "edited": False}
BROKEN = (AssertionError, pytest.fail.Exception)


class Hasty(Adapter):
    """Publishes while it prepares."""

    def prepare(self, part: Part) -> Prepared:
        prepared = super().prepare(part)
        super().commit(Prepared(Part(f"{datetime.now(UTC)}", "de")), "k")
        return prepared


class Insistent(Adapter):
    """Sends again when it does not know."""

    def commit(self, prepared: Prepared, key: str) -> Receipt:
        try:
            return super().commit(prepared, key)
        except Uncertain:
            again = prepared._replace(part=prepared.part._replace(text=f"{prepared.part.text} "))
            return super().commit(again, key)


class Optimistic(Adapter):
    """Takes "nobody knows" for "nothing happened"."""

    def commit(self, prepared: Prepared, key: str) -> Receipt:
        try:
            return super().commit(prepared, key)
        except Uncertain as error:
            raise Unavailable(error.message) from error


class Blind(Adapter):
    """Forgets the alternative texts."""

    def prepare(self, part: Part) -> Prepared:
        return super().prepare(part._replace(media=tuple(picture._replace(alt="") for picture in part.media)))


class Reversing(Adapter):
    """Mixes up the pictures."""

    def prepare(self, part: Part) -> Prepared:
        return super().prepare(part._replace(media=part.media[::-1]))


class Careless(Adapter):
    """Tells its token to whoever reads the error."""

    def commit(self, prepared: Prepared, key: str) -> Receipt:
        raise Uncertain(msg("refused: {token}", token=self._credentials["access_token"].reveal()))


class Credulous(Adapter):
    """Takes any post of the account for the one it looks for."""

    def find(self, prepared: Prepared, since: datetime) -> Receipt | None:
        return Receipt("1", None, since)


class Generous(Adapter):
    """Has no limits at run time."""

    def prepare(self, part: Part) -> Prepared:
        return Prepared(part)


class Captionless(Adapter):
    """Forgets the captions."""

    def prepare(self, part: Part) -> Prepared:
        return super().prepare(part._replace(media=tuple(media._replace(captions=None) for media in part.media)))


class Silent(Adapter):
    """Tells of an upload when it is over, and not how far it is."""

    def tell_progress(self, tell: Tell) -> None:
        super().tell_progress(lambda file, _sent, total: tell(file, 0, total))


class Hopeful(Adapter):
    """Takes a question without an answer for the answer that it is gone."""

    def is_gone(self, receipt: Receipt) -> bool:
        try:
            return super().is_gone(receipt)
        except Unavailable:
            return True


class Lazy(Adapter):
    """Says that it deleted what it was asked to delete."""

    def retract(self, receipt: Receipt) -> None:
        with suppress(Uncertain):
            super().retract(receipt)


class Pedantic(Adapter):
    """Complains about what is gone already."""

    def retract(self, receipt: Receipt) -> None:
        if self.is_gone(receipt):
            raise Unavailable(msg("There is no such post."))
        super().retract(receipt)


class Trusting(Adapter):
    """Takes everybody's account for the right one."""

    def verify(self) -> Verification:
        return super().verify()._replace(is_right=True)


class Accusing(Adapter):
    """Blames the credentials for whatever goes wrong."""

    def verify(self) -> Verification:
        try:
            return super().verify()
        except Unavailable as error:
            raise Unavailable(error.message, needs_person=True) from error


class Trying(Adapter):
    """Finds out by trying."""

    def verify(self) -> Verification:
        super().commit(Prepared(Part(f"{datetime.now(UTC)}", "de")), "k")
        return super().verify()


class Forgetful(Mastodon):
    """Sends but the words when it edits."""

    def correct(self, receipt: Receipt, prepared: Prepared) -> Receipt:
        part = prepared.part._replace(media=(), warning=None)
        return super().correct(receipt, Prepared(part))


class Gullible(Mastodon):
    """Takes an edit without an answer for one that was made."""

    def correct(self, receipt: Receipt, prepared: Prepared) -> Receipt:
        with suppress(Uncertain):
            return super().correct(receipt, prepared)
        return receipt


class Eager(Mastodon):
    """Edits while it revises."""

    def revise(self, receipt: Receipt, part: Part, before: Edition) -> Prepared:
        prepared = super().revise(receipt, part, before)
        super().correct(receipt, prepared)
        return prepared


class Agreeing(Mastodon):
    """Says that a post says whatever it is asked."""

    def says(self, receipt: Receipt, prepared: Prepared) -> bool:
        return True


@pytest.fixture
def network(tmp_path: Path) -> Iterator[PracticeNetwork]:
    with running(tmp_path / "practice.sqlite3") as practice:
        yield new_account(practice, "x", tmp_path)


@pytest.fixture
def writer(tmp_path: Path) -> Writer:
    return Writer(Adapter.limits, tmp_path)


@pytest.mark.parametrize(
    ("kind", "promise", "more"),
    [
        (Hasty, "test_preparing_twice_publishes_nothing", {}),
        (Hasty, "test_what_was_prepared_twice_is_published_once", {}),
        (Insistent, "test_an_unclear_answer_is_uncertain", {"kind": FaultKind.ERROR_AFTER, "truth": 1}),
        (Optimistic, "test_an_unclear_answer_is_uncertain", {"kind": FaultKind.CUT_AFTER, "truth": 1}),
        (Blind, "test_pictures_arrive_unchanged_in_order_with_their_alternative_texts", {}),
        (Reversing, "test_pictures_arrive_unchanged_in_order_with_their_alternative_texts", {}),
        (Credulous, "test_another_drafts_post_is_not_mistaken_for_it", {}),
        (Credulous, "test_a_post_that_was_not_stored_is_not_found", {}),
        (Hopeful, "test_a_question_that_is_not_answered_is_unavailable", {"kind": FaultKind.HTML, "deleted": False}),
        (Hopeful, "test_what_is_no_id_is_never_called_gone", {"word": "foto/1"}),
        (Lazy, "test_an_unclear_answer_is_uncertain_and_the_same_again_finishes_it", NOT_DELETED),
        (Pedantic, "test_what_is_gone_already_may_be_taken_down_again", {}),
        (Generous, "test_too_many_pictures_are_refused", {}),
        (Generous, "test_a_text_at_the_limit_is_taken_and_one_over_it_refused", {}),
        (Generous, "test_a_video_larger_than_the_network_takes_is_refused_before_it_is_sent", {}),
        (Generous, "test_a_cut_off_video_is_refused_before_it_is_sent", {}),
        (Generous, "test_nothing_stands_beside_a_video_or_a_moving_gif", {}),
        (Generous, "test_a_video_arrives_unchanged_with_its_alternative_text", {}),
        (Captionless, "test_a_video_arrives_unchanged_with_its_alternative_text", {}),
        (Credulous, "test_a_video_is_found_again", {}),
    ],
)
def test_a_broken_promise_is_noticed(
    network: PracticeNetwork, writer: Writer, kind: type[Adapter], promise: str, more: dict[str, object]
) -> None:
    adapter = kind(network.channel, network.credentials)
    with pytest.raises((*BROKEN, Unavailable)):
        getattr(AdapterContract(), promise)(adapter=adapter, network=network, writer=writer, **more)
    adapter.close()


def test_an_adapter_that_does_not_say_how_far_it_is_is_noticed(network: PracticeNetwork, writer: Writer) -> None:
    adapter = Silent(network.channel, network.credentials)
    with pytest.raises(AssertionError):
        AdapterContract().test_the_progress_is_told_up_to_the_last_byte(adapter, writer)
    adapter.close()


@pytest.mark.parametrize(
    ("kind", "promise", "more"),
    [
        (Forgetful, "test_what_is_not_changed_is_not_lost", {}),
        (Forgetful, "test_a_post_says_what_it_was_corrected_to", {"pictures": 2}),
        (Gullible, "test_an_unclear_answer_to_an_edit_is_uncertain_and_the_same_again_finishes_it", NOT_EDITED),
        (Eager, "test_revising_shows_nothing", {}),
        (Agreeing, "test_a_post_says_what_it_was_corrected_to", {"pictures": 0}),
        (Agreeing, "test_a_question_what_it_says_that_is_not_answered_is_unavailable", {"kind": FaultKind.HTML}),
    ],
)
def test_a_broken_promise_about_corrections_is_noticed(
    tmp_path: Path, kind: type[Mastodon], promise: str, more: dict[str, object]
) -> None:
    with running(tmp_path / "practice.sqlite3") as practice:
        network = new_account(practice, "mastodon", tmp_path)
        adapter = kind(network.channel, network.credentials)
        writer = Writer(kind.limits, tmp_path)
        with pytest.raises(BROKEN):
            getattr(AdapterContract(), promise)(adapter=adapter, network=network, writer=writer, **more)
        adapter.close()


@pytest.mark.parametrize(
    ("kind", "promise", "more"),
    [
        (Accusing, "test_a_network_that_tells_nothing_accuses_nobody", {"kind": FaultKind.DOWN}),
        (Accusing, "test_a_refused_token_needs_a_person", {}),
        (Trying, "test_asking_takes_few_requests_and_posts_nothing", {}),
    ],
)
def test_a_broken_promise_about_credentials_is_noticed(
    network: PracticeNetwork, kind: type[Adapter], promise: str, more: dict[str, object]
) -> None:
    adapter = kind(network.channel, network.credentials)
    with pytest.raises(BROKEN):
        getattr(AdapterContract(), promise)(adapter=adapter, network=network, **more)
    network.heal()
    adapter.close()


def test_an_adapter_that_takes_any_account_for_the_right_one_is_noticed(network: PracticeNetwork) -> None:
    class Contract(AdapterContract):
        adapter_type = Trusting

    with pytest.raises(AssertionError):
        Contract().test_credentials_of_another_account_are_not_taken_for_the_right_ones(network)


def test_a_token_in_an_error_is_noticed(
    network: PracticeNetwork, writer: Writer, caplog: pytest.LogCaptureFixture
) -> None:
    adapter = Careless(network.channel, network.credentials)
    with pytest.raises(AssertionError):
        AdapterContract().test_no_secret_is_shown(adapter, network, writer, caplog, None)
    adapter.close()


def test_the_network_has_to_be_given(tmp_path: Path) -> None:
    run = run_pytest(
        tmp_path, "from kanal.testing import AdapterContract\nclass TestNothing(AdapterContract): pass\n", "umlauts"
    )
    assert run.returncode == 1
    assert "override the fixture" in run.stdout


def test_an_adapter_of_another_package_needs_a_few_lines_only(tmp_path: Path) -> None:
    run = run_pytest(
        tmp_path,
        "from kanal.platforms.x import Adapter\n"
        "from kanal.testing.practice import PracticeContract\n"
        "class Other(Adapter): pass\n"
        "class TestOther(PracticeContract):\n    platform = 'x'\n    adapter_type = Other\n",
        "umlauts",
    )
    assert "1 passed" in run.stdout, run.stdout


def run_pytest(folder: Path, code: str, chosen: str) -> "subprocess.CompletedProcess[str]":
    file = folder / "test_other.py"
    file.write_text(code, encoding="utf-8")
    options = ["-k", chosen, "--rootdir", str(folder), "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", str(file), *options]
    source = Path(kanal.__file__).resolve().parents[1]
    environment = {**os.environ, "PYTHONPATH": str(source), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=folder, encoding="utf-8", env=environment
    )


@pytest.mark.parametrize("suite", [AdapterContract, LedgerPromises])
def test_no_two_promises_have_the_same_name(suite: type) -> None:
    """One of the two would hide the other, and nobody would miss it."""
    names = [name for promise in suite.__bases__ for name in vars(promise) if name.startswith("test_")]
    assert sorted(names) == sorted(set(names))
