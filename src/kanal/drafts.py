"""One draft file: YAML to `Draft`, with the line and column of every field, and every mistake in one go.

It must not know channels, platforms or other drafts; whether what a draft refers to exists is for the rules to say.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from kanal.draft_fields import DraftFields
from kanal.local_time import parse_local
from kanal.model import Draft, DraftType, Finding, Picture, Place, Variant
from kanal.schema import check
from kanal.yaml12 import Document, parse, read


@dataclass(frozen=True, slots=True)
class DraftSetting:
    """What a draft file leaves to the office: where pictures lie, the time zone, the usual language."""

    posts: Path
    zone: ZoneInfo
    language: str


def read_draft(path: Path, file: str, setting: DraftSetting) -> tuple[Draft | None, list[Finding]]:
    """The draft in `path` (`file` in findings), or None and every mistake in it."""
    return _check(read(path, file), setting)


def parse_draft(text: str, file: str, setting: DraftSetting) -> tuple[Draft | None, list[Finding]]:
    """As `read_draft`, for text in memory."""
    return _check(parse(text, file), setting)


def _check(document: Document, setting: DraftSetting) -> tuple[Draft | None, list[Finding]]:
    fields = check(DraftFields, document, {"zone": setting.zone})
    if fields is None:
        return None, document.findings
    places = {**document.places, **{f"{path}:key": place for path, place in document.keys.items()}}
    return _to_draft(fields.model_dump(), document.file, places, setting), []


def _to_draft(fields: dict[str, Any], file: str, places: dict[str, Place], setting: DraftSetting) -> Draft:
    at = parse_local(fields["publish_at"], setting.zone) if fields["publish_at"] else None
    return Draft(
        id=fields["id"],
        path=file,
        type=DraftType(fields["type"]),
        channels=tuple(fields["channels"]),
        text=fields["text"].strip("\n"),
        language=fields["language"] or setting.language,
        link=fields["link"],
        publish_at=at if isinstance(at, datetime) else None,
        media=_pictures(fields["media"], setting),
        variants={name: _variant(variant, setting) for name, variant in fields["variants"].items()},
        places=places,
    )


def _variant(fields: dict[str, Any], setting: DraftSetting) -> Variant:
    text, media = fields["text"], fields["media"]
    return Variant(
        text=None if text is None else text.strip("\n"),
        link=fields["link"],
        media=None if media is None else _pictures(media, setting),
    )


def _pictures(entries: list[dict[str, str]], setting: DraftSetting) -> tuple[Picture, ...]:
    return tuple(
        Picture(setting.posts / entry["file"], entry["alt"].strip(), entry["credit"], entry["licence"])
        for entry in entries
    )


def _picture_fields(media: tuple[Picture, ...], setting: DraftSetting) -> list[dict[str, str]]:
    return [
        {"file": p.file.relative_to(setting.posts).as_posix(), "alt": p.alt, "credit": p.credit, "licence": p.licence}
        for p in media
    ]


def to_json(draft: Draft, setting: DraftSetting) -> str:
    """A draft for the cache; `from_json` brings it back without parsing YAML again."""
    fields = {
        "id": draft.id,
        "type": str(draft.type),
        "channels": draft.channels,
        "text": draft.text,
        "language": draft.language,
        "link": draft.link,
        "publish_at": draft.publish_at.replace(tzinfo=None).isoformat(" ") if draft.publish_at else None,
        "media": _picture_fields(draft.media, setting),
        "variants": {
            name: {
                "text": v.text,
                "link": v.link,
                "media": None if v.media is None else _picture_fields(v.media, setting),
            }
            for name, v in draft.variants.items()
        },
    }
    places = {path: (place.line, place.column) for path, place in draft.places.items()}
    return json.dumps({"fields": fields, "places": places}, ensure_ascii=False)


def from_json(text: str, file: str, setting: DraftSetting) -> Draft:
    """The draft that `to_json` wrote."""
    stored = json.loads(text)
    places = {path: Place(*place) for path, place in stored["places"].items()}
    return _to_draft(stored["fields"], file, places, setting)
