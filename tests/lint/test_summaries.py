"""Drafts that answer or quote others are held against these, whatever their times."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from kanal.config import Project
from kanal.lint import lint
from tests.conftest import WriteFile

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
CLOSED = "id: sperrung\nchannels: [mastodon]\ntext: Die Lindenallee ist am Montag gesperrt.\n"
OPEN = "id: frei\nchannels: [mastodon]\ntext: Die Lindenallee ist wieder frei.\n"


@pytest.fixture
def said(write_file: WriteFile, load_project: Callable[[], Project]) -> Callable[..., list[str]]:
    """What `references/draft` says about two drafts with these further lines."""

    def say(closed: str | None = "", reopened: str = "reply_to: sperrung\n") -> list[str]:
        if closed is not None:
            write_file("posts/sperrung.yaml", CLOSED + closed)
        write_file("posts/frei.yaml", OPEN + reopened)
        found = lint(load_project(), NOW, None).findings
        return [str(finding.message) for finding in found if finding.rule == "references/draft"]

    return say


def test_an_answer_to_a_draft_that_is_there_is_fine(said: Callable[..., list[str]]) -> None:
    assert said() == []


def test_an_answer_to_a_draft_of_last_year_is_fine(said: Callable[..., list[str]]) -> None:
    assert said("publish_at: 2025-11-24 08:00\n") == []


def test_an_answer_to_nothing_is_found_without_any_time_in_the_drafts(said: Callable[..., list[str]]) -> None:
    assert said(reopened="quote: sperung\n") == ["There is no draft “sperung” in this folder. Did you mean “sperrung”?"]


def test_what_is_over_is_left_alone(said: Callable[..., list[str]]) -> None:
    assert said(None, "reply_to: sperrung\npublish_at: 2025-11-24 08:00\n") == []


def test_an_answer_before_what_it_answers_is_found(said: Callable[..., list[str]]) -> None:
    [message] = said("publish_at: 2026-11-25 08:00\n", "reply_to: sperrung\npublish_at: 2026-11-24 08:00\n")
    assert message.startswith("posts/sperrung.yaml goes out only at 2026-11-25 07:00 UTC")


def test_a_draft_cannot_answer_itself(said: Callable[..., list[str]]) -> None:
    assert said(reopened="reply_to: frei\n") == ["A post cannot refer to itself."]


def test_a_channel_that_leaves_the_answer_out_needs_nothing_to_answer(
    said: Callable[..., list[str]], write_file: WriteFile
) -> None:
    on_both = "reply_to: sperrung\nvariants: {mastodon: {leave_out: [reply_to]}}\n"
    assert said("variants: {mastodon: {text: Gesperrt.}}\n", on_both) == []
    write_file("posts/sperrung.yaml", CLOSED.replace("[mastodon]", "[instagram]"))
    assert said(None, on_both) == []
    [message] = said(None)
    assert message.startswith("posts/sperrung.yaml does not go out on mastodon.")
