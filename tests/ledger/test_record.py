from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from kanal.ledger.record import Detail, dump, load
from kanal.message import Message, msg
from kanal.message_json import instant, moment
from kanal.model import Approval, Waiver, Warrant
from kanal.testing.ledger_contract.subject import PREPARED, RECEIPT

MOMENTS = st.datetimes(timezones=st.just(UTC), min_value=datetime(2000, 1, 1))  # noqa: DTZ001 - hypothesis wants it so
VALUES = st.text() | st.integers() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | MOMENTS
PLAIN = st.builds(Message, st.text(), st.dictionaries(st.text(), VALUES), st.none() | st.text(), st.integers())
APPROVALS = st.builds(Approval, st.text(), MOMENTS)
WARRANTS = st.builds(
    Warrant, st.none() | APPROVALS, st.lists(st.builds(Waiver, st.text(), st.text(), st.text())).map(tuple)
)
MESSAGES = st.recursive(
    PLAIN, lambda inner: st.builds(Message, st.text(), st.dictionaries(st.text(), inner | VALUES)), max_leaves=4
)


@given(MESSAGES)
def test_every_reason_comes_back_as_it_was(reason: Message) -> None:
    assert load(dump(Detail(reason=reason))).reason == reason


def test_a_detail_with_everything_comes_back_as_it_was() -> None:
    at = datetime(2026, 11, 2, 8, tzinfo=UTC)
    warrant = Warrant(Approval("Jörg „Toni“ Probe", at), (Waiver("privacy/iban", "Spendenkonto", "Kim Muster"),))
    detail = Detail(msg("Gone: {name}", name="ä"), RECEIPT, PREPARED, at, warrant)
    assert load(dump(detail)) == detail


@given(WARRANTS.filter(lambda warrant: warrant != Warrant()))
def test_who_answers_for_a_post_comes_back_as_it_was(warrant: Warrant) -> None:
    assert load(dump(Detail(warrant=warrant))).warrant == warrant


def test_an_approval_is_the_same_moment_wherever_it_was_given() -> None:
    approval = Approval("Toni Probe", datetime(2026, 11, 20, 10, 30, tzinfo=ZoneInfo("Europe/Berlin")))
    found = load(dump(Detail(warrant=Warrant(approval)))).warrant
    assert found is not None
    assert found.approval == approval
    assert found.waivers == ()


def test_that_nobody_answers_for_a_post_takes_no_room() -> None:
    assert dump(Detail(warrant=Warrant())) == "{}"


def test_an_event_of_before_there_were_approvals_can_be_read() -> None:
    assert load('{"retry_at": "2026-11-02T07:00:00.000000Z"}').warrant is None


def test_an_empty_detail_comes_back_empty() -> None:
    assert dump(Detail()) == "{}"
    assert load("{}") == Detail()


def test_the_order_of_written_times_is_the_order_of_times() -> None:
    east = timezone(timedelta(hours=9))
    first, second = datetime(2026, 11, 2, 8, tzinfo=east), datetime(2026, 11, 2, 7, tzinfo=UTC)
    assert instant(first) < instant(second)
    assert instant(second) == "2026-11-02T07:00:00.000000Z"


@given(MOMENTS)
def test_a_written_time_comes_back_to_the_microsecond(at: datetime) -> None:
    assert moment(instant(at)) == at
