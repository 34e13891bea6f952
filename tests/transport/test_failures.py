"""The sentences about failures: short, helpful, and without what stands behind a question mark."""

from datetime import UTC, datetime, timedelta

import pytest

from kanal.transport import Redirected, is_loopback
from kanal.transport.failures import quoted, redirected, retry_after


def test_words_are_put_on_one_line_and_shortened() -> None:
    assert quoted(" Zu \n\t viel ") == "Zu viel"
    assert len(quoted("ä" * 1000)) == 300
    assert quoted("ä" * 1000).endswith("…")


def test_seconds_to_wait_become_a_moment() -> None:
    moment = retry_after({"Retry-After": "120"})
    assert moment is not None
    assert abs(moment - datetime.now(UTC) - timedelta(seconds=120)) < timedelta(seconds=5)


def test_a_date_to_wait_for_is_taken_as_it_is() -> None:
    assert retry_after({"Retry-After": "Sun, 22 Nov 2026 12:00:00 GMT"}) == datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize("value", ["", "bald", "-5", "12.5"])
def test_anything_else_is_no_moment(value: str) -> None:
    assert retry_after({"Retry-After": value}) is None
    assert retry_after({}) is None


def test_a_redirect_is_shown_without_its_query() -> None:
    shown = str(redirected(Redirected("https://neu.example/x?access_token=geheim"), "https://alt.example"))
    assert "https://neu.example/x" in shown
    assert "geheim" not in shown


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("http://127.0.0.1:8800/", True),
        ("http://localhost/", True),
        ("http://[::1]:80/", True),
        ("https://social.example/", False),
        ("https://127.0.0.1.example/", False),
        ("", False),
    ],
)
def test_only_this_machine_is_loopback(url: str, local: bool) -> None:
    assert is_loopback(url) is local
