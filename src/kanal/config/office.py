"""`config/kanal.yaml`: the office itself: name, Land, time zone, language, ledger, staging place, mentions."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from kanal.draft_fields import LINK, WORDS
from kanal.message import NOTHING, msg
from kanal.model import DraftType, StagingPlace
from kanal.schema import TEXT, Form, by_name, check, checked, either, group, key, maybe, one_of, refuse
from kanal.suggest import did_you_mean
from kanal.yaml12 import Document


class LedgerName(NamedTuple):
    """The ledger that the office vouched for: a name for people, and the identity that the ledger itself carries.

    `store` is where it lies (`STORES`), `remote` the name of the git remote if it is not the usual one.
    """

    name: str
    id: str
    store: str = "sqlite"
    remote: str | None = None


class Office(NamedTuple):
    """What all channels and drafts of an office have in common.

    `mentions` maps a short name to what stands for it: `name` is plain text, the other keys are platforms.
    `state` is the Land, by its code in ISO 3166-2:DE (`BY`), which decides about public holidays. `store` is where a
    ledger is to be made (`AUTO` or one of `STORES`) as long as there is none. `schedule` holds checked values;
    `kanal.config.schedule` knows what they mean.
    """

    name: str
    zone: ZoneInfo
    language: str
    ledger: LedgerName | None = None
    store: str = "auto"
    staging: StagingPlace | None = None
    mentions: Mapping[str, Mapping[str, str]] = NOTHING
    state: str | None = None
    schedule: Mapping[str, Any] = NOTHING


STATES = ("BB", "BE", "BW", "BY", "HB", "HE", "HH", "MV", "NI", "NW", "RP", "SH", "SL", "SN", "ST", "TH")


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        from difflib import get_close_matches
        from zoneinfo import available_timezones

        known = available_timezones()
        hint = did_you_mean(value, known) if get_close_matches(value, known) else msg("An example: Europe/Berlin.")
        raise refuse(msg("There is no time zone “{zone}”. {hint}", zone=value, hint=hint)) from None
    return value


def _duration(value: str) -> str:
    from kanal.durations import duration  # most offices leave all of it as it is

    duration(value)
    return value


def _type(value: str) -> str:
    known = [str(kind) for kind in DraftType]
    if value not in known:
        raise refuse(msg("There is no type “{name}”. {hint}", name=value, hint=did_you_mean(value, known)))
    return value


DURATION = checked(TEXT, _duration)
THEN = one_of(("hold", "publish", "skip"))
LATE = group(
    {
        "publish_within": maybe(DURATION, "How long after its time a post still goes out: 6h, 30 min", default="6h"),
        "then": maybe(THEN, "What happens to it afterwards", default="hold"),
        "types": maybe(
            by_name(
                group(
                    {
                        "publish_within": maybe(DURATION, "As above, for posts of this type"),
                        "then": maybe(THEN, "As above, for posts of this type"),
                    }
                ),
                checked(TEXT, _type),
            ),
            "What types of drafts do differently",
            default={},
        ),
    }
)
SCHEDULE = group(
    {
        "late": maybe(LATE, "What becomes of posts whose time has passed"),
        "overdue_after": maybe(DURATION, "When kanal status --check calls a post overdue", default="1h"),
        "held_too_long": maybe(DURATION, "When kanal status --check complains about what is held", default="3 days"),
        "alarm_after": maybe(DURATION, "When kanal status --check complains that nothing went out", default="7 days"),
        "ping": maybe(LINK, "Called after each run of publish --due and status --check that went well"),
    }
)
AUTO = "auto"
"""git where the repository has a remote, sqlite elsewhere."""
STORES = ("sqlite", "git", "postgres")
LEDGER = group(
    {
        "name": key(WORDS, "For people"),
        "id": key(WORDS, "The identity that the ledger itself carries"),
        "store": maybe(one_of(STORES), "Where it lies", default="sqlite"),
        "remote": maybe(WORDS, "The git remote, if it is neither the upstream's nor origin"),
    }
)
STAGING = group(
    {
        "path": key(WORDS, "A folder that a web server serves, or an fsspec address such as s3://bucket/kanal"),
        "url": key(LINK, "The public address of that folder"),
    }
)
OFFICE = Form(
    group(
        {
            "office": key(WORDS, "The office's name"),
            "state": maybe(one_of(STATES), "The Land, which decides about public holidays: BB, BE, BW …"),
            "timezone": maybe(checked(TEXT, _zone), "All times in drafts are meant there", default="Europe/Berlin"),
            "language": maybe(one_of(("de", "en")), "Of texts, and of what kanal says", default="de"),
            "schedule": maybe(SCHEDULE, "What publish --due does with time, and when kanal status --check complains"),
            "ledger": maybe(either(one_of((AUTO, *STORES)), LEDGER), "Written by kanal ledger init", default=AUTO),
            "staging": maybe(STAGING, "Where networks that fetch pictures themselves find them"),
            "mentions": maybe(by_name(by_name(WORDS)), "Names that differ from network to network", default={}),
        }
    )
)


def office_from(document: Document) -> Office | None:
    """The office, or None with the findings in the document."""
    fields = check(OFFICE, document)
    return None if fields is None else _to_office(fields)


def _to_office(fields: dict[str, Any]) -> Office:
    ledger: str | dict[str, Any] = fields["ledger"]
    return Office(
        name=fields["office"],
        zone=ZoneInfo(fields["timezone"]),
        language=fields["language"],
        ledger=LedgerName(**ledger) if isinstance(ledger, dict) else None,
        store=ledger if isinstance(ledger, str) else ledger["store"],
        staging=StagingPlace(**fields["staging"]) if fields["staging"] else None,
        mentions=fields["mentions"],
        state=fields["state"],
        schedule=fields["schedule"] or {},
    )
