"""`config/channels.yaml`: the accounts of the office, each with its platform and where it stands in its life."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any, Protocol

from kanal.draft_fields import ID, LINK, WORDS
from kanal.message import msg
from kanal.model import Channel, ChannelStatus, Duties, Owner, Place, StagingPlace
from kanal.schema import COUNT, SWITCH, TEXT, Form, by_name, check, checked, group, key, maybe, one_of, refuse
from kanal.suggest import did_you_mean, unknown_key
from kanal.yaml12 import Document


def _name(value: str) -> str:
    if not ID.fullmatch(value):
        raise refuse(msg("A channel is named with a-z, 0-9 and hyphens, like “mastodon” or “x-buergerbuero”."))
    return value


def _day(value: str) -> str:
    try:
        date.fromisoformat(value)
    except ValueError:
        raise refuse(msg("“{text}” is not a day. Write it like 2026-06-01.", text=value)) from None
    return value


DAY = checked(TEXT, _day)
LIMITS = group({name: maybe(COUNT) for name in ("text", "alt", "media_max", "media_bytes", "video_bytes")})
DUTIES = group(
    {
        "concept": maybe(WORDS, "The decided concept: its number or address"),
        "reviewed": maybe(DAY, "When concept and benefit were last reviewed"),
        "assessment": maybe(WORDS, "Where the data protection impact assessment is kept"),
        "imprint": maybe(LINK, "The imprint for this account"),
        "privacy": maybe(LINK, "The privacy notice for this account"),
        "contact": maybe(WORDS, "Another way to reach the office, without this network"),
        "joint_control": maybe(WORDS, "Where the agreement under Art. 26 GDPR is kept"),
        "insights_off": maybe(SWITCH, "Whether the network's statistics are switched off", default=False),
    }
)
CHANNEL = group(
    {
        "platform": key(WORDS, "The kind of network"),
        "account": key(WORDS, "The network's own name or number for the account"),
        "page": maybe(LINK, "The public address of the account"),
        "status": maybe(one_of(ChannelStatus), "Where the channel stands in its life", default="planned"),
        "start": maybe(DAY, "First day, like 2026-06-01"),
        "live": maybe(SWITCH, "Only true ever meets the real network", default=False),
        "owner": maybe(one_of(Owner), "Whose account it is", default="office"),
        "urls": maybe(by_name(LINK), "Base addresses that replace the platform's own", default={}),
        "limits": maybe(LIMITS, "Numbers that replace the platform's (a Mastodon server may allow longer texts)"),
        "duties": maybe(DUTIES, "What must be in order before the account is run"),
    }
)


class Platforms(Protocol):
    """What the configuration needs to know about the networks that kanal can talk to."""

    def __contains__(self, name: object, /) -> bool: ...

    def __iter__(self) -> Iterator[str]: ...

    def addresses(self, name: str) -> Collection[str]:
        """The names of the base addresses that a channel's `urls` can replace."""
        ...


CHANNELS = Form(group({"channels": key(by_name(CHANNEL, checked(TEXT, _name), at_least=1))}))


def channels_from(
    document: Document, staging: StagingPlace | None, platforms: Platforms
) -> Mapping[str, Channel] | None:
    """The channels by name, or None with the findings in the document. `platforms` are those that exist."""
    fields = check(CHANNELS, document)
    if fields is None:
        return None
    for name, channel in fields["channels"].items():
        _hold_against(platforms, f"channels.{name}", channel, document)
    if document.findings:
        return None
    return {name: _to_channel(name, channel, staging, document) for name, channel in fields["channels"].items()}


def _hold_against(platforms: Platforms, path: str, channel: Mapping[str, Any], document: Document) -> None:
    platform = channel["platform"]
    if platform not in platforms:
        document.object_to(
            "references/platform",
            document.places.get(f"{path}.platform", Place(1, 1)),
            msg("There is no platform “{name}”. {hint}", name=platform, hint=did_you_mean(platform, platforms)),
            f"{path}.platform",
        )
    elif channel["urls"]:
        # With a mistyped name, posts meant for a server of the office's own would go to the real network.
        known = platforms.addresses(platform)
        for name in channel["urls"]:
            if name not in known:
                document.object_to(
                    "format/unknown-key",
                    document.places.get(f"{path}.urls.{name}:key", Place(1, 1)),
                    unknown_key(name, known),
                    f"{path}.urls.{name}",
                )


def _to_channel(name: str, fields: dict[str, Any], staging: StagingPlace | None, document: Document) -> Channel:
    prefix = f"channels.{name}"
    return Channel(
        name=name,
        platform=fields["platform"],
        account=fields["account"],
        status=ChannelStatus(fields["status"]),
        start=_to_day(fields["start"]),
        live=fields["live"],
        page=fields["page"],
        urls=fields["urls"],
        limits={limit: value for limit, value in (fields["limits"] or {}).items() if value is not None},
        staging=staging,
        owner=Owner(fields["owner"]),
        duties=_to_duties(fields["duties"]),
        places={"": document.places[f"{prefix}:key"], **dict(_places(prefix, document))},
    )


def _places(prefix: str, document: Document) -> Iterator[tuple[str, Place]]:
    start = f"{prefix}."
    below = (path for path in document.places if path.startswith(start) and not path.endswith(":key"))
    return ((path.removeprefix(start), document.places[path]) for path in below)


def _to_duties(fields: dict[str, Any] | None) -> Duties:
    return Duties(**{**fields, "reviewed": _to_day(fields["reviewed"])}) if fields else Duties()


def _to_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
