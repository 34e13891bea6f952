"""Events as JSON, the same in every store: what was to be sent, what came back, and why.

Reasons are kept as sentence and values, not as text, so that a German reader sees German years later.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from kanal.message import Message
from kanal.message_json import instant, message_in, message_out, moment
from kanal.model import Approval, Part, Picture, Prepared, Receipt, Waiver, Warrant
from kanal.part_extras import extras_out, with_extras


class Detail(NamedTuple):
    """What an event says beyond its kind.

    `media` are the SHA-256 of `prepared`'s files, in order; `reply` is the id of the draft that answers.
    """

    reason: Message | None = None
    receipt: Receipt | None = None
    prepared: Prepared | None = None
    retry_at: datetime | None = None
    warrant: Warrant | None = None
    media: tuple[str, ...] = ()
    goes_out_at: datetime | None = None
    reply: str | None = None


def dump(detail: Detail) -> str:
    """The detail as JSON; absent things are left out."""
    out: dict[str, object] = {}
    if detail.reason:
        out["reason"] = message_out(detail.reason)
    if detail.receipt:
        out["receipt"] = {"id": detail.receipt.id, "url": detail.receipt.url, "at": instant(detail.receipt.at)}
    if detail.prepared:
        out["prepared"] = _prepared_out(detail.prepared)
    if detail.retry_at:
        out["retry_at"] = instant(detail.retry_at)
    if detail.warrant and detail.warrant != Warrant():
        out["warrant"] = _warrant_out(detail.warrant)
    if detail.media:
        out["media"] = list(detail.media)
    if detail.goes_out_at:
        out["goes_out_at"] = instant(detail.goes_out_at)
    if detail.reply:
        out["reply"] = detail.reply
    return json.dumps(out, ensure_ascii=False, sort_keys=True)


def load(text: str) -> Detail:
    """Back from `dump`."""
    stored = json.loads(text)
    receipt = stored.get("receipt")
    return Detail(
        reason=message_in(stored["reason"]) if "reason" in stored else None,
        receipt=Receipt(receipt["id"], receipt["url"], moment(receipt["at"])) if receipt else None,
        prepared=_prepared_in(stored["prepared"]) if "prepared" in stored else None,
        retry_at=moment(stored["retry_at"]) if "retry_at" in stored else None,
        warrant=_warrant_in(stored["warrant"]) if "warrant" in stored else None,
        media=tuple(stored.get("media", ())),
        goes_out_at=moment(stored["goes_out_at"]) if "goes_out_at" in stored else None,
        reply=stored.get("reply"),
    )


def _warrant_out(warrant: Warrant) -> dict[str, object]:
    approval = warrant.approval
    return {
        "approval": _approval_out(approval) if approval else None,
        "waivers": [{"rule": w.rule, "reason": w.reason, "name": w.name} for w in warrant.waivers],
    }


def _approval_out(approval: Approval) -> dict[str, str]:
    out = {"name": approval.name, "at": instant(approval.at)}
    return out if approval.digest is None else {**out, "digest": approval.digest}


def _warrant_in(stored: dict[str, Any]) -> Warrant:
    approval = stored["approval"]
    return Warrant(
        Approval(approval["name"], moment(approval["at"]), approval.get("digest")) if approval else None,
        tuple(Waiver(**waiver) for waiver in stored["waivers"]),
    )


def _prepared_out(prepared: Prepared) -> dict[str, object]:
    part = prepared.part
    media = [{"file": str(p.file), "alt": p.alt, "credit": p.credit, "licence": p.licence} for p in part.media]
    return {
        "part": {
            "text": part.text,
            "language": part.language,
            "link": part.link,
            "media": media,
            **extras_out(part),
        },
        "handles": dict(prepared.handles),
    }


def _prepared_in(stored: dict[str, Any]) -> Prepared:
    part = stored["part"]
    media = tuple(Picture(Path(p["file"]), p["alt"], p["credit"], p["licence"]) for p in part["media"])
    found = Part(part["text"], part["language"], part["link"], media)
    return Prepared(with_extras(found, part), stored["handles"])
