"""The office's folder: its configuration, a picture, and each draft as it stands at a moment."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from kanal.sandbox import Practice
from tests.quarter.calendar import PLATFORM, YOUTH, ZONE, Calendar, Planned

ACCOUNTS = {
    "mastodon": "landkreis@social.example",
    "x": "lk_musterland",
    "facebook": "100000000000001",
    "instagram": "17840000000000001",
    YOUTH: "jugendamt@social.example",
}
_KANAL = """\
office: Landkreis Musterland
timezone: Europe/Berlin
language: en
schedule:
  late:
    publish_within: 6h
    then: hold
    types:
      event: {publish_within: 2h, then: hold}
      job: {publish_within: 1 day, then: publish}
      service: {publish_within: 4h, then: skip}
  overdue_after: 1h
  held_too_long: 1 day
  alarm_after: 3 days
"""
_POLICY = """\
extends: default
rules:
  time/quiet-hours: {options: {begin: "22:00", end: "06:00"}}
  time/collision: {options: {minutes: 15}}
  crisis/hold: off
  crisis/situation: off
  privacy/own-source: off
  privacy/channel-duties: off
  privacy/channel-review: off
  privacy/meta-insights: off
"""
_PICTURE = """\
variants:
  instagram:
    media:
      - {file: media/bild.jpg, alt: Eine Straße zwischen Bäumen, credit: Landkreis, licence: CC BY 4.0}
"""


def write_configuration(folder: Path, calendar: Calendar, practice: Practice, staging: Path) -> None:
    """All of `config/`, and the picture."""
    from PIL import Image

    (folder / "config").mkdir(parents=True)
    (folder / "posts" / "media").mkdir(parents=True)
    place = f"staging: {{path: '{staging.as_posix()}', url: '{practice.address}staging/'}}\n"
    _write(folder / "config" / "kanal.yaml", _KANAL + place)
    _write(folder / "config" / "policy.yaml", _POLICY)
    _write(folder / ".gitignore", ".kanal/\n")
    write_channels(folder, calendar, practice, calendar.begin)
    Image.new("RGB", (400, 400), (120, 150, 90)).save(folder / "posts" / "media" / "bild.jpg", quality=60)


def write_channels(folder: Path, calendar: Calendar, practice: Practice, at: datetime) -> None:
    """The channels: real ones, whose networks are the practice networks."""
    lines = ["channels:"]
    for name, account in ACCOUNTS.items():
        status = "planned" if name == "instagram" and at < calendar.planned_until else "active"
        lines += [f"  {name}:", f"    platform: {PLATFORM[name]}", f'    account: "{account}"', f"    status: {status}"]
        lines += [f"    start: {calendar.youth_starts}"] if name == YOUTH else []
        lines += ["    live: true", "    urls:"]
        lines += [f"      {key}: {url}" for key, url in practice.urls(PLATFORM[name]).items()]
    _write(folder / "config" / "channels.yaml", "\n".join(lines) + "\n")


def secrets(practice: Practice) -> Mapping[str, str]:
    """The variables in which the CI systems keep the credentials."""
    return {
        f"KANAL_{name}_{key}".upper(): value
        for name, account in ACCOUNTS.items()
        for key, value in practice.admit(PLATFORM[name], account, "Landkreis Musterland").items()
    }


def draft_text(draft: Planned, at: datetime, change: date) -> str:
    """The file of a draft as its writer has it then, without an approval."""
    flaw = draft.flaw if draft.is_broken(at) else ""
    text = draft.text(at) + (" Spenden an DE02 1203 0000 0000 2020 51." if flaw == "iban" else "")
    lines = [f"id: {draft.name}", f"type: {draft.kind}", f"channels: [{', '.join(draft.channels)}]"]
    lines += [f"text: {json.dumps(text, ensure_ascii=False)}", "written_by: Kim Muster"]
    lines += ["chanels: [x]"] if flaw == "key" else []
    for key in ("publish_at", "embargo", "starts_at", "ends_at"):
        moment: datetime | None = getattr(draft, key)
        if key == "publish_at" and flaw == "clock":
            lines.append(f"publish_at: {change} 02:30")
        elif moment:
            lines.append(f"{key}: {moment.astimezone(ZONE):%Y-%m-%d %H:%M}")
    return "\n".join(lines) + "\n" + (_PICTURE if "instagram" in draft.channels else "")


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")
