"""`.kanal/limits.json`: the numbers that channels' own servers told `kanal doctor`, for whoever counts afterwards.

What `config/channels.yaml` says under `limits:` wins. It may be deleted at any time; then the networks' usual numbers
hold. JSON is YAML: `kanal lint` reads it in commit hooks, where the reader of YAML is at hand and that of JSON is not.
It must not know what a limit means.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from kanal.config import TOLD
from kanal.message import NOTHING
from kanal.model import Channel
from kanal.yaml12 import read


def with_told_limits(channels: Mapping[str, Channel], state: Path) -> Mapping[str, Channel]:
    """The channels with what their servers told; `state` is the folder of what kanal keeps."""
    kept = _read(state / TOLD)
    return {name: _with(channel, kept.get(name)) for name, channel in channels.items()}


def remember_limits(channel: Channel, limits: Mapping[str, int], state: Path, now: datetime) -> None:
    """Keep what a channel's server told; nothing is kept of one that has no numbers of its own. Raises `OSError`."""
    import json
    import os

    path = state / TOLD
    kept = dict(_read(path))
    if kept.pop(channel.name, None) is None and not limits:
        return
    if limits:
        kept[channel.name] = {**_whose(channel), "at": now.isoformat(), "limits": dict(limits)}
    state.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{TOLD}-{os.getpid()}")
    new.write_text(json.dumps(kept, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    new.replace(path)


def _with(channel: Channel, entry: Any) -> Channel:
    told = _fitting(channel, entry)
    return channel._replace(limits={**told, **channel.limits}) if told else channel


def _fitting(channel: Channel, entry: Any) -> Mapping[str, int]:
    """The numbers of an entry, if it is about the account that the channel names now."""
    if not isinstance(entry, dict) or any(entry.get(name) != value for name, value in _whose(channel).items()):
        return NOTHING
    limits = entry.get("limits")
    if not isinstance(limits, dict):
        return NOTHING
    return {name: number for name, number in limits.items() if type(number) is int and number > 0}


def _whose(channel: Channel) -> dict[str, object]:
    return {"platform": channel.platform, "account": channel.account, "urls": dict(channel.urls)}


def _read(path: Path) -> Mapping[str, Any]:
    """What the file holds; nothing if somebody damaged it, since the next `kanal doctor` writes it anew."""
    document = read(path, TOLD)
    return document.value if isinstance(document.value, dict) and not document.findings else NOTHING
