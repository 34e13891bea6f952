"""Messages and instants as JSON, for whatever is kept: the ledger's events, the cache of findings.

A sentence is kept with its values, not as text, so that a German reader sees German years later. Nothing in here
knows what the messages are about.
"""

from datetime import UTC, datetime
from typing import Any

from kanal.message import Message

_PLAIN = (bool, int, float, str)


def instant(moment: datetime) -> str:
    """UTC with microseconds, so that text order is time order."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def moment(text: str) -> datetime:
    """Back from `instant`."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


def message_out(message: Message) -> dict[str, object]:
    """The message as plain values."""
    values = {name: _value_out(value) for name, value in message.values.items()}
    return {"text": message.text, "values": values, "plural": message.plural, "count": message.number}


def message_in(stored: dict[str, Any]) -> Message:
    """Back from `message_out`."""
    values = {name: _value_in(value) for name, value in stored["values"].items()}
    return Message(stored["text"], values, stored["plural"], stored["count"])


def _value_out(value: object) -> object:
    if isinstance(value, Message):
        return message_out(value)
    if isinstance(value, datetime):
        return {"time": instant(value)}
    return value if type(value) in _PLAIN else str(value)


def _value_in(value: object) -> object:
    if not isinstance(value, dict):
        return value
    return moment(value["time"]) if "time" in value else message_in(value)
