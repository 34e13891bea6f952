"""`config/kanal.yaml`: the office itself: name, time zone, language, ledger, staging place, mentions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field

from kanal.draft_fields import Link, Text
from kanal.message import msg
from kanal.model import StagingPlace
from kanal.schema import Strict, check, refuse
from kanal.suggest import did_you_mean
from kanal.yaml12 import Document


@dataclass(frozen=True, slots=True)
class LedgerName:
    """The ledger that the office vouched for: a name for people, and the identity that the ledger itself carries."""

    name: str
    id: str


@dataclass(frozen=True, slots=True)
class Office:
    """What all channels and drafts of an office have in common.

    `mentions` maps a short name to what stands for it: `name` is plain text, the other keys are platforms.
    """

    name: str
    zone: ZoneInfo
    language: str
    ledger: LedgerName | None = None
    staging: StagingPlace | None = None
    mentions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        from zoneinfo import available_timezones

        known = available_timezones()
        hint = did_you_mean(value, known) if get_close_matches(value, known) else msg("An example: Europe/Berlin.")
        raise refuse(msg("There is no time zone “{zone}”. {hint}", zone=value, hint=hint)) from None
    return value


class LedgerFields(Strict):
    """`ledger:`, written by `kanal ledger init`."""

    name: Text
    id: Text


class StagingFields(Strict):
    """`staging:`, where networks that fetch pictures themselves find them."""

    path: Text = Field(description="A folder that a web server serves, or an fsspec address such as s3://bucket/kanal")
    url: Link = Field(description="The public address of that folder")


class OfficeFields(Strict):
    """The keys of `config/kanal.yaml`."""

    office: Text
    timezone: Annotated[str, AfterValidator(_zone)] = "Europe/Berlin"
    language: Literal["de", "en"] = "de"
    ledger: LedgerFields | None = None
    staging: StagingFields | None = None
    mentions: dict[str, dict[str, Text]] = Field(default={})


def office_from(document: Document) -> Office | None:
    """The office, or None with the findings in the document."""
    fields = check(OfficeFields, document)
    if fields is None:
        return None
    return Office(
        name=fields.office,
        zone=ZoneInfo(fields.timezone),
        language=fields.language,
        ledger=LedgerName(fields.ledger.name, fields.ledger.id) if fields.ledger else None,
        staging=StagingPlace(fields.staging.path, fields.staging.url) if fields.staging else None,
        mentions=fields.mentions,
    )
