"""What servers told is kept for the account it was told of, and for nobody else."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kanal.config import TOLD
from kanal.config.told_limits import remember_limits, with_told_limits
from kanal.model import Channel

NOW = datetime(2026, 11, 26, tzinfo=UTC)
CHANNEL = Channel("mastodon", "mastodon", "landkreis@social.example", urls={"api": "https://social.example"})


def _with(channel: Channel, state: Path) -> dict[str, int]:
    return dict(with_told_limits({channel.name: channel}, state)[channel.name].limits)


def test_without_a_file_channels_stay_as_they_are(tmp_path: Path) -> None:
    channels = {"mastodon": CHANNEL}
    assert with_told_limits(channels, tmp_path / ".kanal") == channels


def test_what_was_told_holds_where_the_configuration_says_nothing(tmp_path: Path) -> None:
    remember_limits(CHANNEL, {"text": 5000, "media_max": 6}, tmp_path / ".kanal", NOW)
    assert _with(CHANNEL, tmp_path / ".kanal") == {"text": 5000, "media_max": 6}
    assert _with(CHANNEL._replace(limits={"text": 300}), tmp_path / ".kanal") == {"text": 300, "media_max": 6}


@pytest.mark.parametrize(
    "other",
    [
        CHANNEL._replace(account="jugendamt@social.example"),
        CHANNEL._replace(urls={}),
        CHANNEL._replace(platform="x"),
        CHANNEL._replace(name="zweiter"),
    ],
)
def test_it_does_not_hold_for_another_account(tmp_path: Path, other: Channel) -> None:
    remember_limits(CHANNEL, {"text": 5000}, tmp_path, NOW)
    assert _with(other, tmp_path) == {}


def test_each_channel_keeps_its_own_and_forgets_what_is_told_no_more(tmp_path: Path) -> None:
    other = CHANNEL._replace(name="jugendamt", account="jugendamt@social.example")
    remember_limits(CHANNEL, {"text": 5000}, tmp_path, NOW)
    remember_limits(other, {"text": 1000}, tmp_path, NOW)
    remember_limits(CHANNEL, {}, tmp_path, NOW)
    assert (_with(CHANNEL, tmp_path), _with(other, tmp_path)) == ({}, {"text": 1000})


def test_a_channel_without_numbers_of_its_own_leaves_no_file(tmp_path: Path) -> None:
    remember_limits(CHANNEL, {}, tmp_path / ".kanal", NOW)
    assert not (tmp_path / ".kanal" / TOLD).exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff{",
        b"[]",
        b'{"mastodon": 5}',
        b'{"mastodon": {"platform": "mastodon", "account": "landkreis@social.example", "limits": {"text": 1}}}',
    ],
)
def test_a_damaged_file_counts_as_none_and_is_written_anew(tmp_path: Path, content: bytes) -> None:
    (tmp_path / TOLD).write_bytes(content)
    assert _with(CHANNEL, tmp_path) == {}
    remember_limits(CHANNEL, {"text": 5000}, tmp_path, NOW)
    assert _with(CHANNEL, tmp_path) == {"text": 5000}


@pytest.mark.parametrize("number", [0, -1, "5000", 2.5, True, None])
def test_what_is_no_number_to_count_by_is_passed_over(tmp_path: Path, number: object) -> None:
    remember_limits(CHANNEL, {"text": 5000, "alt": 900}, tmp_path, NOW)
    kept = json.loads((tmp_path / TOLD).read_text(encoding="utf-8"))
    kept["mastodon"]["limits"]["text"] = number
    (tmp_path / TOLD).write_text(json.dumps(kept), encoding="utf-8")
    assert _with(CHANNEL, tmp_path) == {"alt": 900}
