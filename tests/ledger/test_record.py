from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from kanal.ledger.record import Detail, dump, instant, load, moment
from kanal.message import Message, msg
from kanal.testing.ledger_contract.subject import PREPARED, RECEIPT

MOMENTS = st.datetimes(timezones=st.just(UTC), min_value=datetime(2000, 1, 1))  # noqa: DTZ001 - hypothesis wants it so
VALUES = st.text() | st.integers() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | MOMENTS
PLAIN = st.builds(Message, st.text(), st.dictionaries(st.text(), VALUES), st.none() | st.text(), st.integers())
MESSAGES = st.recursive(
    PLAIN, lambda inner: st.builds(Message, st.text(), st.dictionaries(st.text(), inner | VALUES)), max_leaves=4
)


@given(MESSAGES)
def test_every_reason_comes_back_as_it_was(reason: Message) -> None:
    assert load(dump(Detail(reason=reason))).reason == reason


def test_a_detail_with_everything_comes_back_as_it_was() -> None:
    detail = Detail(msg("Gone: {name}", name="ä"), RECEIPT, PREPARED, datetime(2026, 11, 2, 8, tzinfo=UTC))
    assert load(dump(detail)) == detail


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
