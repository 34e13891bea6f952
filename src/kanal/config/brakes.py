"""`config/hold.yaml` and `config/pause.yaml`: the office holds everything, or lets a channel rest, for a reason.

The commands hold, release and pause write them; they are files so that every runner sees them, and git keeps who and
why. Times are local to the office's zone, or carry an offset, since a hold may begin in the hour that comes twice.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from kanal.draft_fields import WORDS
from kanal.local_time import parse_local
from kanal.message import Message, msg
from kanal.model import Finding
from kanal.schema import TEXT, Form, Info, by_name, check, group, in_context, key, maybe, refuse
from kanal.suggest import did_you_mean
from kanal.yaml12 import Document, read

HOLD_FILE = "config/hold.yaml"
PAUSE_FILE = "config/pause.yaml"


class Hold(NamedTuple):
    """Nothing but warnings goes out, since when (aware), why, and who says so."""

    reason: str
    name: str
    since: datetime


class Pause(NamedTuple):
    """Nothing goes out on one channel before `ends` (aware); `until` is how the file says it."""

    until: str
    ends: datetime
    name: str
    since: datetime
    reason: str | None = None


class Brakes(NamedTuple):
    """What the two files say."""

    hold: Hold | None = None
    pauses: Mapping[str, Pause] = MappingProxyType({})


def end_of(text: str, zone: ZoneInfo) -> datetime | Message:
    """When a pause until `text` ends: at that local time, or after that whole day; or what is wrong with it."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return parse_local(text, zone)
    return datetime.combine(day + timedelta(days=1), time(), zone)


def moment_of(text: str, zone: ZoneInfo) -> datetime | Message:
    """A local time, or one with an offset (ISO 8601)."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return parse_local(text, zone)
    return found if found.tzinfo else parse_local(text, zone)


def _moment(value: str, info: Info) -> str:
    return _exists(value, moment_of(value, _zone(info)))


def _end(value: str, info: Info) -> str:
    return _exists(value, end_of(value, _zone(info)))


def _zone(info: Info) -> ZoneInfo:
    """The office's; without one, only the form counts."""
    found: ZoneInfo = info.context.get("zone", ZoneInfo("UTC"))
    return found


def _exists(value: str, found: datetime | Message) -> str:
    if isinstance(found, Message):
        raise refuse(found)
    return value


MOMENT = in_context(TEXT, _moment)
HOLD = Form(
    group(
        {
            "reason": key(WORDS, "Why nothing goes out"),
            "name": key(WORDS, "Who says so"),
            "since": key(MOMENT, "Since when"),
        }
    )
)
PAUSE = Form(
    group(
        {
            "channels": key(
                by_name(
                    group(
                        {
                            "until": key(in_context(TEXT, _end), "The last day, or a local time"),
                            "name": key(WORDS, "Who says so"),
                            "since": key(MOMENT, "Since when"),
                            "reason": maybe(WORDS, "Why the channel rests"),
                        }
                    ),
                    at_least=1,
                ),
                "By the names in config/channels.yaml",
            )
        }
    )
)


def brakes_from(root: Path, zone: ZoneInfo, channels: Collection[str]) -> tuple[Brakes, list[Finding]]:
    """What the files below `root` say, and every mistake in them. `channels` are the names that exist."""
    hold: Hold | None = None
    pauses: dict[str, Pause] = {}
    findings: list[Finding] = []
    context = {"zone": zone}
    if (root / HOLD_FILE).exists():
        document = read(root / HOLD_FILE, HOLD_FILE)
        fields = check(HOLD, document, context)
        hold = Hold(fields["reason"], fields["name"], _known(moment_of(fields["since"], zone))) if fields else None
        findings += document.findings
    if (root / PAUSE_FILE).exists():
        document = read(root / PAUSE_FILE, PAUSE_FILE)
        fields = check(PAUSE, document, context)
        if fields:
            _object_to_strangers(document, fields["channels"], channels)
            pauses = {name: _pause(one, zone) for name, one in fields["channels"].items()}
        findings += document.findings
    return Brakes(hold, pauses), findings


def _object_to_strangers(document: Document, named: Iterable[str], known: Collection[str]) -> None:
    for name in named:
        if name not in known:
            complaint = msg("There is no channel “{name}”. {hint}", name=name, hint=did_you_mean(name, known))
            field = f"channels.{name}"
            document.object_to("references/channel", document.places[f"{field}:key"], complaint, field)


def _pause(fields: Mapping[str, Any], zone: ZoneInfo) -> Pause:
    ends, since = _known(end_of(fields["until"], zone)), _known(moment_of(fields["since"], zone))
    return Pause(fields["until"], ends, fields["name"], since, fields["reason"])


def _known(moment: datetime | Message) -> datetime:
    """A time that the form has checked already."""
    if isinstance(moment, Message):
        raise TypeError(moment)
    return moment


def hold_as_text(hold: Hold, zone: ZoneInfo) -> str:
    """The hold as the content of its file."""
    return "".join(
        f"{name}: {value}\n"
        for name, value in (
            ("reason", _quoted(hold.reason)),
            ("name", _quoted(hold.name)),
            ("since", _written(hold.since, zone)),
        )
    )


def pauses_as_text(pauses: Mapping[str, Pause], zone: ZoneInfo) -> str:
    """The pauses as the content of their file; "" when there are none."""
    lines = ["channels:"]
    for name, pause in sorted(pauses.items()):
        lines += [f"  {name}:", f"    until: {pause.until}", f"    name: {_quoted(pause.name)}"]
        lines += [f"    since: {_written(pause.since, zone)}"]
        lines += [f"    reason: {_quoted(pause.reason)}"] if pause.reason else []
    return "\n".join(lines) + "\n" if pauses else ""


def _quoted(text: str) -> str:
    """On one line, and whatever its signs: JSON's strings are YAML's, too."""
    import json

    return json.dumps(" ".join(text.split()), ensure_ascii=False)


def _written(moment: datetime, zone: ZoneInfo) -> str:
    """Local time; with its offset in the hour that comes twice."""
    local = moment.astimezone(zone).replace(second=0, microsecond=0)
    text = f"{local:%Y-%m-%d %H:%M}"
    return local.isoformat(timespec="minutes") if isinstance(parse_local(text, zone), Message) else text
