"""The keys of a draft file, what each may hold, and the sentence for whoever got it wrong.

The JSON Schema for editors comes out of these models too (`kanal schema`). It must not know files, channels or rules.
"""

import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from kanal.local_time import parse_local
from kanal.message import Message, msg
from kanal.model import DraftType
from kanal.schema import Strict, refuse

LONGEST_ID = 100
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def _identifier(value: str) -> str:
    if not _ID.fullmatch(value) or len(value) > LONGEST_ID:
        raise refuse(msg("An id consists of a-z, 0-9 and hyphens, at most 100 characters, like “road-closure-b73”."))
    return value


def _web_address(value: str) -> str:
    try:
        parts = urlsplit(value)
        complete = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:  # brackets without an IPv6 address, a port that is no number
        complete = False
    if not complete or re.search(r"\s", value):
        raise refuse(msg("A link is a whole web address that begins with https://."))
    return value


def _inside_posts(value: str) -> str:
    if "\\" in value:
        raise refuse(msg("Write file names with “/”, also on Windows: {name}.", name=value.replace("\\", "/")))
    if value.startswith("/") or ":" in value or ".." in value.split("/"):
        raise refuse(msg("Pictures lie in the folder of the drafts; write the way from there, like media/picture.jpg."))
    return value


def _written(value: str) -> str:
    if not value.strip():
        raise refuse(msg("There is no text here."))
    return value


def _language(value: str) -> str:
    if not re.fullmatch(r"[a-z]{2}", value):
        raise refuse(msg("A language is written with two letters, like de or en (ISO 639-1)."))
    return value


Text = Annotated[str, AfterValidator(_written)]
Link = Annotated[str, AfterValidator(_web_address)]


class PictureFields(Strict):
    """One entry of `media`."""

    file: Annotated[str, AfterValidator(_inside_posts)] = Field(description="Path below the folder of the drafts")
    alt: Text = Field(description="What the picture shows, for people who cannot see it")
    credit: Text = Field(description="Who made it")
    licence: Text = Field(description="Under which licence it may be shown")


class VariantFields(Strict):
    """What one channel, or all channels of a platform, say differently."""

    text: Text | None = None
    link: Link | None = None
    media: list[PictureFields] | None = None


class DraftFields(Strict):
    """The keys of a draft file."""

    id: Annotated[str, AfterValidator(_identifier)] = Field(description="Unique and for ever; the ledger knows it")
    type: Annotated[DraftType, Field(strict=False)] = DraftType.ANNOUNCEMENT
    channels: list[str] = Field(min_length=1, description="Names from config/channels.yaml")
    text: Text
    language: Annotated[str, AfterValidator(_language)] | None = None
    link: Link | None = None
    publish_at: str | None = Field(default=None, description="Local time of the office: 2026-11-02 08:00")
    media: list[PictureFields] = Field(default=[])
    variants: dict[str, VariantFields] = Field(default={})

    @field_validator("channels")
    @classmethod
    def _no_channel_twice(cls, names: list[str]) -> list[str]:
        for name in names:
            if names.count(name) > 1:
                raise refuse(msg("The channel “{name}” stands here twice.", name=name))
        return names

    @field_validator("publish_at")
    @classmethod
    def _a_time_that_exists_once(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is not None and info.context and "zone" in info.context:
            found = parse_local(value, info.context["zone"])
            if isinstance(found, Message):
                raise refuse(found)
        return value
