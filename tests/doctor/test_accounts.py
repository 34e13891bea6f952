"""What is made of a network's answers about an account."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.doctor import Observation, State, accounts, clocks, versions
from kanal.doctor.limits import limits, numbers_of, practised_limits
from kanal.message import msg
from kanal.model import Channel, Place
from kanal.platforms.mastodon import Adapter as Mastodon
from kanal.platforms.x import Adapter as X
from kanal.verification import Allowance, ApiVersion, Scopes, Validity, Verification

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
CHANNEL = Channel("mastodon", "mastodon", "landkreis@social.example", page="https://social.example/@landkreis")
TOLD = Verification(
    "landkreis",
    "Landkreis Musterland",
    is_right=True,
    wanted=Scopes((("write",),), {"delete": msg("to take posts down")}),
    granted=frozenset({"write", "delete"}),
    page="https://social.example/@landkreis",
)


def _states(*seen: Observation) -> list[State]:
    return [one.state for one in seen]


def test_the_right_account_is_shown_and_the_wrong_one_named() -> None:
    assert str(accounts.account(CHANNEL, TOLD).message) == "Landkreis Musterland (landkreis)"
    wrong = accounts.account(CHANNEL, TOLD._replace(account="museum", name="Museum", is_right=False))
    assert wrong.state is State.ERROR
    assert "Museum (museum)" in str(wrong.message)
    assert accounts.account(CHANNEL, TOLD._replace(account=None, is_right=False)).state is State.ERROR


@pytest.mark.parametrize(
    ("ours", "theirs", "states"),
    [
        ("https://social.example/@landkreis", "https://social.example/@landkreis", [State.OK]),
        ("http://www.social.example/@Landkreis/", "https://social.example/@landkreis", [State.OK]),
        ("https://twitter.com/landkreis", "https://x.com/landkreis", [State.OK]),
        ("https://social.example/@museum", "https://social.example/@landkreis", [State.WARNING]),
        ("https://other.example/@landkreis", "https://social.example/@landkreis", [State.WARNING]),
        (None, "https://social.example/@landkreis", []),
        ("https://social.example/@landkreis", None, []),
    ],
)
def test_pages_are_compared_by_what_tells_them_apart(ours: str | None, theirs: str | None, states: list[State]) -> None:
    seen = accounts.page(CHANNEL._replace(page=ours), TOLD._replace(page=theirs))
    assert _states(*seen) == states


@pytest.mark.parametrize(
    ("granted", "states"),
    [
        ({"write", "delete"}, [State.OK]),
        ({"write"}, [State.WARNING]),
        ({"write", "delete", "admin"}, [State.WARNING]),
        ({"admin"}, [State.ERROR, State.WARNING, State.WARNING]),
    ],
)
def test_permissions_are_held_against_those_wanted(granted: set[str], states: list[State]) -> None:
    seen = [*accounts.scopes(TOLD._replace(granted=frozenset(granted)))]
    assert _states(*seen) == states
    assert all(one.advice for one in seen if one.state is not State.OK)


def test_what_a_network_does_not_tell_is_nobodys_fault() -> None:
    silent = TOLD._replace(granted=None, validity=None)
    assert _states(*accounts.scopes(silent), *accounts.validity(silent, NOW)) == [State.UNKNOWN] * 2
    stranger = silent._replace(is_right=False)
    assert [*accounts.scopes(stranger), *accounts.validity(stranger, NOW)] == []


@given(st.timedeltas(timedelta(days=-400), timedelta(days=400)))
def test_an_end_is_told_fourteen_days_ahead_and_is_an_error_when_it_is_past(left: timedelta) -> None:
    [seen] = accounts.validity(TOLD._replace(validity=Validity(NOW + left)), NOW)
    state = State.OK if left > timedelta(days=14) else State.WARNING if left > timedelta() else State.ERROR
    assert (seen.state, seen.advice is None) == (state, state is State.OK)


def test_an_app_that_loses_sight_of_the_account_is_a_warning_of_its_own() -> None:
    for days, states in ((20, [State.OK]), (10, [State.OK, State.WARNING]), (-1, [State.OK, State.WARNING])):
        told = TOLD._replace(validity=Validity(None, NOW + timedelta(days=days)))
        assert _states(*accounts.validity(told, NOW)) == states


@pytest.mark.parametrize(
    ("off", "state", "word"),
    [
        (timedelta(seconds=59), State.OK, "right"),
        (timedelta(seconds=-59), State.OK, "right"),
        (timedelta(minutes=3), State.WARNING, "slow"),
        (timedelta(minutes=-3), State.WARNING, "fast"),
        (timedelta(hours=1), State.ERROR, "60 minutes slow"),
        (timedelta(days=-1), State.ERROR, "fast"),
    ],
)
def test_a_clock_that_is_wrong_is_told_in_which_direction(off: timedelta, state: State, word: str) -> None:
    [seen] = clocks.clock(TOLD._replace(clock_off=off))
    assert seen.state is state
    assert word in str(seen.message)
    assert [*clocks.clock(TOLD)] == []


@pytest.mark.parametrize(
    ("version", "state"),
    [
        (ApiVersion("v26.0"), State.OK),
        (ApiVersion("v25.0", date(2028, 7, 29)), State.OK),
        (ApiVersion("v21.0", date(2027, 1, 21)), State.WARNING),
        (ApiVersion("v20.0", date(2026, 11, 26)), State.WARNING),
        (ApiVersion("v20.0", date(2026, 11, 25)), State.ERROR),
        (ApiVersion("v99.0", known=False), State.WARNING),
        (ApiVersion("", known=False), State.WARNING),
    ],
)
def test_a_version_is_told_ahead_of_its_end(version: ApiVersion, state: State) -> None:
    assert versions.seen(version, NOW.date()).state is state


def test_another_version_than_asked_for_is_a_warning() -> None:
    asked = ApiVersion("v26.0")
    assert [*versions.answered(asked, "v26.0"), *versions.answered(asked, None)] == []
    assert _states(*versions.answered(asked, "v27.0")) == [State.WARNING]


def test_posts_that_are_used_up_are_a_warning() -> None:
    assert _states(*accounts.allowance(TOLD._replace(allowance=Allowance(99, 100)))) == [State.OK]
    assert _states(*accounts.allowance(TOLD._replace(allowance=Allowance(100, 100)))) == [State.WARNING]
    assert [*accounts.allowance(TOLD)] == []


USUAL = dict(numbers_of(Mastodon.limits))


@pytest.mark.parametrize(
    ("numbers", "own", "state", "words"),
    [
        (USUAL, {}, State.OK, "as usual"),
        ({**USUAL, "text": 5000, "options": 8}, {}, State.OK, "characters: 5000, answers of a poll: 8"),
        ({**USUAL, "text": 300}, {}, State.WARNING, "characters: 300"),
        ({**USUAL, "text": 300}, {"text": 300}, State.OK, "characters: 300"),
        ({**USUAL, "text": 500}, {"text": 5000}, State.WARNING, "characters: 500"),
        ({**USUAL, "minutes_min": 10}, {}, State.WARNING, "minutes of a poll at least: 10"),
        ({**USUAL, "minutes_min": 1}, {}, State.OK, "minutes of a poll at least: 1"),
    ],
)
def test_what_a_server_takes_less_is_a_warning(
    numbers: dict[str, int], own: dict[str, int], state: State, words: str
) -> None:
    told = TOLD._replace(limits=numbers)
    [seen] = limits(CHANNEL._replace(limits=own), told, Mastodon.limits)
    assert seen.state is state
    assert words in str(seen.message)


def test_whose_number_is_wrong_decides_about_the_advice() -> None:
    told = TOLD._replace(limits={"text": 300})
    own = CHANNEL._replace(limits={"text": 5000}, places={"limits.text": Place(5, 7)})
    advice = [
        next(iter(one)).advice for one in (limits(own, told, Mastodon.limits), limits(CHANNEL, told, Mastodon.limits))
    ]
    assert ["config/channels.yaml" in str(one) for one in advice] == [True, False]
    assert "practice" in str(next(iter(practised_limits(told, Mastodon.limits))).advice)


def test_a_network_with_one_set_of_limits_for_everybody_needs_no_row() -> None:
    assert [*limits(CHANNEL, TOLD, X.limits), *practised_limits(TOLD, X.limits)] == []


def test_all_numbers_of_a_server_can_be_said_in_words() -> None:
    from kanal.doctor.limits import NAMES

    assert set(NAMES) == set(USUAL)
