"""A clock that is wrong is told from keys that are."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from requests.structures import CaseInsensitiveDict

from kanal.errors import Unavailable
from kanal.platforms.x.answers import translate_answer
from kanal.platforms.x.clocks import minutes_off
from kanal.transport import Answered

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def dated(away: timedelta) -> dict[str, str]:
    return {"Date": format_datetime(NOW + away, usegmt=True)}


@pytest.mark.parametrize(("minutes", "told"), [(0, None), (5, None), (-5, None), (6, 6), (-90, 90)])
def test_it_is_off_in_either_direction_beyond_what_x_tolerates(minutes: int, told: int | None) -> None:
    assert minutes_off(dated(timedelta(minutes=minutes)), NOW) == told


@pytest.mark.parametrize("headers", [{}, {"Date": ""}, {"Date": "gestern"}, {"Date": "Tue, 99 Nov 2026 12:00:00 GMT"}])
def test_an_answer_without_a_date_says_nothing_about_clocks(headers: dict[str, str]) -> None:
    assert minutes_off(headers, NOW) is None


@pytest.mark.parametrize(
    ("away", "words"),
    [(timedelta(minutes=17), "clock is 17 minutes away"), (timedelta(), "does not accept the credentials")],
)
def test_whoever_is_refused_learns_whether_it_is_the_clock(away: timedelta, words: str) -> None:
    date = format_datetime(datetime.now(UTC) + away, usegmt=True)
    answer = Answered(401, CaseInsensitiveDict({"date": date}), '{"title":"Unauthorized","detail":"Unauthorized"}')
    error = translate_answer(answer, "https://api.x.com", publishing=True)
    assert isinstance(error, Unavailable)
    assert words in str(error.message)
    assert error.needs_person
