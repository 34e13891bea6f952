"""`config/channels.yaml`: the accounts of the office, each with its platform and where it stands in its life."""

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, PositiveInt

from kanal.draft_fields import Link, Text
from kanal.message import msg
from kanal.model import Channel, ChannelStatus, Place, StagingPlace
from kanal.schema import Strict, check, refuse
from kanal.suggest import did_you_mean
from kanal.yaml12 import Document

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def _name(value: str) -> str:
    if not _NAME.fullmatch(value):
        raise refuse(msg("A channel is named with a-z, 0-9 and hyphens, like “mastodon” or “x-buergerbuero”."))
    return value


def _day(value: str) -> str:
    try:
        date.fromisoformat(value)
    except ValueError:
        raise refuse(msg("“{text}” is not a day. Write it like 2026-06-01.", text=value)) from None
    return value


class LimitFields(Strict):
    """Numbers that replace the platform's own (a Mastodon server may allow longer texts)."""

    text: PositiveInt | None = None
    alt: PositiveInt | None = None
    media_max: PositiveInt | None = None
    media_bytes: PositiveInt | None = None


class ChannelFields(Strict):
    """The keys of one channel."""

    platform: Text
    account: Text = Field(description="The network's own name or number for the account")
    page: Link | None = Field(default=None, description="The public address of the account")
    status: Literal["planned", "active", "paused", "ended"] = "planned"
    start: Annotated[str, AfterValidator(_day)] | None = Field(default=None, description="First day, like 2026-06-01")
    live: bool = Field(default=False, description="Only true ever meets the real network")
    urls: dict[str, Link] = Field(default={}, description="Base addresses that replace the platform's own")
    limits: LimitFields = Field(default=LimitFields())


class ChannelsFields(Strict):
    """The keys of `config/channels.yaml`."""

    channels: dict[Annotated[str, AfterValidator(_name)], ChannelFields] = Field(min_length=1)


def channels_from(
    document: Document, staging: StagingPlace | None, platforms: Collection[str]
) -> Mapping[str, Channel] | None:
    """The channels by name, or None with the findings in the document. `platforms` are those that exist."""
    fields = check(ChannelsFields, document)
    if fields is None:
        return None
    for name, channel in fields.channels.items():
        if channel.platform not in platforms:
            document.object_to(
                "references/platform",
                document.places.get(f"channels.{name}.platform", Place(1, 1)),
                msg(
                    "There is no platform “{name}”. {hint}",
                    name=channel.platform,
                    hint=did_you_mean(channel.platform, platforms),
                ),
                f"channels.{name}.platform",
            )
    if document.findings:
        return None
    return {name: _to_channel(name, channel, staging) for name, channel in fields.channels.items()}


def _to_channel(name: str, fields: ChannelFields, staging: StagingPlace | None) -> Channel:
    return Channel(
        name=name,
        platform=fields.platform,
        account=fields.account,
        status=ChannelStatus(fields.status),
        start=date.fromisoformat(fields.start) if fields.start else None,
        live=fields.live,
        page=fields.page,
        urls=fields.urls,
        limits={key: value for key, value in fields.limits.model_dump().items() if value is not None},
        staging=staging,
    )
