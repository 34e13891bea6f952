import json
import traceback
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.credentials import Grant
from kanal.credentials.grant import from_text, to_text
from kanal.errors import ConfigError
from kanal.model import Secret
from tests.credentials.conftest import TOKEN

SECRETS = st.dictionaries(st.text(min_size=1), st.text().map(Secret), max_size=3)
MOMENTS = st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone
GRANTS = st.builds(
    Grant,
    way=st.text(),
    issuer=st.text(),
    account=st.text(),
    credentials=SECRETS,
    renewal=SECRETS,
    scopes=st.lists(st.text()).map(tuple),
    obtained_at=MOMENTS,
    expires_at=st.none() | MOMENTS,
)


def _open(grant: Grant) -> object:
    """With the secrets in the clear, since secrets do not compare."""
    return (
        {name: secret.reveal() for name, secret in grant.credentials.items()},
        {name: secret.reveal() for name, secret in grant.renewal.items()},
        (grant.way, grant.issuer, grant.account, grant.scopes, grant.obtained_at, grant.expires_at),
    )


@given(GRANTS)
def test_a_grant_is_read_as_it_was_kept(grant: Grant) -> None:
    assert _open(from_text(to_text(grant), "x")) == _open(grant)


def test_times_are_kept_in_utc(grant: Grant) -> None:
    berlin = datetime(2027, 3, 1, 13, tzinfo=timezone(timedelta(hours=1)))
    kept = Grant(grant.way, grant.issuer, grant.account, grant.credentials, berlin)
    assert json.loads(to_text(kept))["obtained_at"] == "2027-03-01T12:00:00+00:00"


def test_a_grant_does_not_show_its_secrets(grant: Grant) -> None:
    assert TOKEN not in f"{grant!r} {grant}"


@pytest.mark.parametrize(
    "text",
    [
        "",
        TOKEN,
        "[]",
        "{}",
        json.dumps({"form": 1, "way": TOKEN}),
        json.dumps({"form": 1, "way": "keys", "credentials": TOKEN}),
    ],
)
def test_a_text_that_is_no_grant_is_refused_without_being_quoted(text: str) -> None:
    with pytest.raises(ConfigError) as refused:
        from_text(text, "x")
    assert "“x”" in str(refused.value)
    assert "kanal login x" in str(refused.value)
    assert TOKEN not in "".join(traceback.format_exception(refused.value))


@pytest.mark.parametrize("spoilt", [{"obtained_at": "2027-03-01T12:00:00"}, {"obtained_at": 7}, {"scopes": [7]}])
def test_times_without_a_zone_and_values_of_another_kind_are_refused(grant: Grant, spoilt: dict[str, object]) -> None:
    text = json.dumps({**json.loads(to_text(grant)), **spoilt})
    with pytest.raises(ConfigError):
        from_text(text, "x")


def test_what_a_newer_version_kept_is_refused_and_not_guessed(grant: Grant) -> None:
    text = json.dumps({**json.loads(to_text(grant)), "form": 2})
    with pytest.raises(ConfigError, match="newer version"):
        from_text(text, "x")
