"""Events as JSON, the same in every store: what was to be sent, what came back, and why.

Reasons are kept as sentence and values, not as text, so that a German reader sees German years later.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kanal.message import Message
from kanal.model import Part, Picture, Prepared, Receipt


@dataclass(frozen=True, slots=True)
class Detail:
    """What an event says beyond its kind."""

    reason: Message | None = None
    receipt: Receipt | None = None
    prepared: Prepared | None = None
    retry_at: datetime | None = None


def instant(moment: datetime) -> str:
    """UTC with microseconds, so that text order is time order."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def moment(text: str) -> datetime:
    """Back from `instant`."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


def dump(detail: Detail) -> str:
    """The detail as JSON; absent things are left out."""
    out: dict[str, object] = {}
    if detail.reason:
        out["reason"] = _message_out(detail.reason)
    if detail.receipt:
        out["receipt"] = {"id": detail.receipt.id, "url": detail.receipt.url, "at": instant(detail.receipt.at)}
    if detail.prepared:
        out["prepared"] = _prepared_out(detail.prepared)
    if detail.retry_at:
        out["retry_at"] = instant(detail.retry_at)
    return json.dumps(out, ensure_ascii=False, sort_keys=True)


def load(text: str) -> Detail:
    """Back from `dump`."""
    stored = json.loads(text)
    receipt = stored.get("receipt")
    return Detail(
        reason=_message_in(stored["reason"]) if "reason" in stored else None,
        receipt=Receipt(receipt["id"], receipt["url"], moment(receipt["at"])) if receipt else None,
        prepared=_prepared_in(stored["prepared"]) if "prepared" in stored else None,
        retry_at=moment(stored["retry_at"]) if "retry_at" in stored else None,
    )


def _message_out(message: Message) -> dict[str, object]:
    values = {name: _value_out(value) for name, value in message.values.items()}
    return {"text": message.text, "values": values, "plural": message.plural, "count": message.count}


def _value_out(value: object) -> object:
    if isinstance(value, Message):
        return _message_out(value)
    if isinstance(value, datetime):
        return {"time": instant(value)}
    return value if isinstance(value, int | float | str) else str(value)


def _value_in(value: object) -> object:
    if not isinstance(value, dict):
        return value
    return moment(value["time"]) if "time" in value else _message_in(value)


def _message_in(stored: dict[str, Any]) -> Message:
    values = {name: _value_in(value) for name, value in stored["values"].items()}
    return Message(stored["text"], values, stored["plural"], stored["count"])


def _prepared_out(prepared: Prepared) -> dict[str, object]:
    part = prepared.part
    media = [{"file": str(p.file), "alt": p.alt, "credit": p.credit, "licence": p.licence} for p in part.media]
    return {
        "part": {"text": part.text, "language": part.language, "link": part.link, "media": media},
        "handles": dict(prepared.handles),
    }


def _prepared_in(stored: dict[str, Any]) -> Prepared:
    part = stored["part"]
    media = tuple(Picture(Path(p["file"]), p["alt"], p["credit"], p["licence"]) for p in part["media"])
    return Prepared(Part(part["text"], part["language"], part["link"], media), stored["handles"])
