"""One draft file: YAML to `Draft`, with the line and column of every field, and every mistake in one go.

It must not know channels, platforms or other drafts; whether what a draft refers to exists is for the rules to say.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from kanal.draft_fields import DRAFT, id_of_file
from kanal.durations import duration
from kanal.local_time import parse_local
from kanal.model import (
    Approval,
    Author,
    Draft,
    DraftType,
    Finding,
    FollowUp,
    Format,
    Music,
    People,
    Picture,
    Place,
    Poll,
    Variant,
    Visibility,
    Waiver,
)
from kanal.schema import check
from kanal.yaml12 import Document, parse, read


class DraftSetting(NamedTuple):
    """What a draft file leaves to the office: where pictures lie, the time zone, the usual language."""

    posts: Path
    zone: ZoneInfo
    language: str


class Written(NamedTuple):
    """What stands in a draft file, checked: its keys with defaults filled in, and where each stands.

    `fields` holds only text, switches, lists and groups; `text` is the whole file, without a byte order mark.
    """

    fields: Mapping[str, Any]
    places: Mapping[str, Place]
    text: str


def read_written(path: Path | str, file: str, setting: DraftSetting) -> tuple[Written | None, list[Finding]]:
    """What stands in `path` (`file` in findings), or None and every mistake in it."""
    return _check(read(path, file), setting)


def read_draft(path: Path | str, file: str, setting: DraftSetting) -> tuple[Draft | None, list[Finding]]:
    """The draft in `path` (`file` in findings), or None and every mistake in it."""
    written, findings = read_written(path, file, setting)
    return to_draft(written, file, setting) if written else None, findings


def parse_draft(text: str, file: str, setting: DraftSetting) -> tuple[Draft | None, list[Finding]]:
    """As `read_draft`, for text in memory."""
    written, findings = parse_written(text, file, setting)
    return to_draft(written, file, setting) if written else None, findings


def parse_written(text: str, file: str, setting: DraftSetting) -> tuple[Written | None, list[Finding]]:
    """As `read_written`, for text in memory."""
    return _check(parse(text, file), setting)


def _check(document: Document, setting: DraftSetting) -> tuple[Written | None, list[Finding]]:
    fields = check(DRAFT, document, {"zone": setting.zone})
    if fields is None:
        return None, _mendable(document.findings)
    return Written(fields, document.places, document.text), []


def _mendable(findings: list[Finding]) -> list[Finding]:
    """Where nothing but the id is missing, `kanal lint --fix` makes one of the file's name."""
    only_id = [(finding.rule, finding.field) for finding in findings] == [("format/missing-key", "id")]
    if only_id and id_of_file(findings[0].file):
        return [findings[0]._replace(fixable=True)]
    return findings


_TIMES = ("publish_at", "embargo", "starts_at", "ends_at")


def to_draft(written: Written, file: str, setting: DraftSetting) -> Draft:
    """The draft that a file holds."""
    fields = written.fields
    differs = {
        "path": file,
        "type": DraftType(fields["type"]),
        "author": Author(fields["author"]),
        "channels": tuple(fields["channels"]),
        "text": fields["text"].strip("\n"),
        "language": fields["language"] or setting.language,
        "media": _media(fields["media"], setting),
        "variants": {name: _variant(variant, setting) for name, variant in fields["variants"].items()},
        "approval": fields["approval"] and _approval(fields["approval"], setting),
        "waivers": tuple(Waiver(**waiver) for waiver in fields["waivers"]),
        "thread": _thread(fields["thread"], setting),
        "poll": fields["poll"] and _poll(fields["poll"]),
        "visibility": fields["visibility"] and Visibility(fields["visibility"]),
        "format": fields["format"] and Format(fields["format"]),
        "places": written.places,
        **{name: _time(fields[name], setting) for name in _TIMES},
    }
    return Draft(**{**fields, **differs})


def _time(text: str | None, setting: DraftSetting) -> datetime | None:
    found = parse_local(text, setting.zone) if text else None
    return found if isinstance(found, datetime) else None


def _approval(fields: dict[str, Any], setting: DraftSetting) -> Approval | None:
    at = _time(fields["at"], setting)
    return Approval(fields["name"], at, fields["digest"]) if at else None


def _variant(fields: dict[str, Any], setting: DraftSetting) -> Variant:
    text, media, thread, left = fields["text"], fields["media"], fields["thread"], fields["leave_out"]
    return Variant(
        text=None if text is None else text.strip("\n"),
        link=fields["link"],
        media=None if media is None else _media(media, setting),
        thread=None if thread is None else _thread(thread, setting),
        leave_out=None if left is None else tuple(left),
        format=fields["format"] and Format(fields["format"]),
    )


def _thread(entries: list[dict[str, Any]], setting: DraftSetting) -> tuple[FollowUp, ...]:
    return tuple(FollowUp(entry["text"].strip("\n"), _media(entry["media"], setting)) for entry in entries)


def _poll(fields: dict[str, Any]) -> Poll:
    minutes = int(duration(fields["ends_after"]).length.total_seconds()) // 60
    return Poll(tuple(fields["options"]), minutes, fields["multiple"], fields["hide_totals"])


def _media(entries: list[dict[str, Any]], setting: DraftSetting) -> tuple[Picture, ...]:
    return tuple(
        Picture(
            file=_file(setting.posts, entry["file"]),
            alt=entry["alt"].strip(),
            credit=entry["credit"].strip(),
            licence=entry["licence"].strip(),
            people=entry["people"] and People(**entry["people"]),
            shows_text=entry["shows_text"],
            captions=entry["captions"] and _file(setting.posts, entry["captions"]),
            captions_checked=entry["captions_checked"],
            music=entry["music"] and Music(**entry["music"]),
        )
        for entry in entries
    )


@lru_cache(maxsize=64)
def _file(posts: Path, name: str) -> Path:
    """Where a file lies; many drafts show the same picture, and channels the same one as others."""
    return posts / name
