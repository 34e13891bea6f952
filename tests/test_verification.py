"""Which scopes are missing, which are too many."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.message import msg
from kanal.verification import Scopes

WANTED = Scopes(
    needed=(("write:statuses",), ("profile", "read:accounts")),
    useful={"delete": msg("to take posts down")},
    harmless=frozenset({"read:notifications"}),
)
WORDS = ("write", "write:statuses", "write:media", "profile", "read", "read:accounts", "delete", "admin")


@pytest.mark.parametrize(
    ("granted", "missing", "spare"),
    [
        ({"write:statuses", "profile"}, [], []),
        ({"write:statuses", "read:accounts", "read:notifications"}, [], []),
        ({"write", "profile"}, [], ["write"]),
        ({"write:media", "read"}, ["write:statuses"], ["read", "write:media"]),
        (set(), ["write:statuses", "profile"], []),
        ({"writer", "write:statuses", "profile"}, [], ["writer"]),
    ],
)
def test_what_is_missing_and_what_is_too_many(granted: set[str], missing: list[str], spare: list[str]) -> None:
    assert (WANTED.missing(frozenset(granted)), WANTED.spare(frozenset(granted))) == (missing, spare)


def test_what_is_only_useful_is_no_need() -> None:
    assert [*WANTED.lacking(frozenset({"write:statuses", "profile"}))] == ["delete"]
    assert WANTED.lacking(frozenset({"delete"})) == {}


@given(st.frozensets(st.sampled_from(WORDS)), st.sampled_from(WORDS))
def test_a_further_scope_never_makes_another_one_missing(granted: frozenset[str], more: str) -> None:
    assert set(WANTED.missing(granted | {more})) <= set(WANTED.missing(granted))
    assert set(WANTED.spare(granted)) <= set(WANTED.spare(granted | {more}))
