"""`config/concept.yaml`: the decided concept for social media: what for, with which staff and money, and until when.

What it says about a channel counts as that channel's `duties`, where `config/channels.yaml` does not say otherwise. It
must not know rules: whether a real channel may do without a concept is theirs to say.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from kanal.config.channels import DAY
from kanal.draft_fields import LINK, WORDS
from kanal.message import msg
from kanal.model import Channel, Finding, Place
from kanal.schema import COUNT, Form, by_name, check, checked, group, key, maybe, refuse
from kanal.suggest import did_you_mean
from kanal.yaml12 import Document, read

CONCEPT_FILE = "config/concept.yaml"


class Decision(NamedTuple):
    """Who decided on the concept, under which number, and on which day."""

    by: str
    number: str
    on: date


class Concept(NamedTuple):
    """The concept, as far as something follows from it.

    `hours` are those that the staff have in a week, `hours_of` those that each channel takes; None where nobody says.
    `netiquette` is a web address, or a file named from the project's folder. `words` are all texts by their field,
    `places` where the fields stand.
    """

    assessment: str
    netiquette: str
    hours: int | None
    hours_of: Mapping[str, int | None]
    decision: Decision | None
    reviewed: date | None
    next_review: date | None
    words: Mapping[str, str]
    places: Mapping[str, Place]


def _file_or_address(value: str) -> str:
    if "://" in value:
        return value
    if "\\" in value or value.startswith("/") or ":" in value or ".." in value.split("/"):
        raise refuse(msg("Write a web address, or the way from the project's folder, like config/netiquette.md."))
    return value


CONCEPT = Form(
    group(
        {
            "purpose": key(WORDS, "What the office wants to reach with social networks, and whom"),
            "channels": key(
                by_name(
                    group(
                        {
                            "reason": key(WORDS, "Why this network, and what would be missing without it"),
                            "hours_per_week": maybe(COUNT, "How many hours a week the channel takes"),
                        }
                    ),
                    at_least=1,
                ),
                "The channels that the concept covers, by the names in config/channels.yaml",
            ),
            "data_protection": key(
                group(
                    {
                        "legal_basis": key(WORDS, "Which law permits it"),
                        "assessment": key(WORDS, "Where the data protection impact assessment is kept"),
                        "requests": key(WORDS, "Who answers people who ask about their data"),
                    }
                )
            ),
            "staff": key(
                group(
                    {
                        "editorial": key(WORDS, "Who writes, approves and answers"),
                        "technical": key(WORDS, "Who looks after accounts, credentials and kanal"),
                        "hours_per_week": maybe(COUNT, "How many hours a week there are for all channels together"),
                    }
                )
            ),
            "budget": key(
                group(
                    {
                        "per_year": key(WORDS, "How much money a year, and from which title"),
                        "pays_for": key(WORDS, "What it is for"),
                    }
                )
            ),
            "interaction": key(
                group(
                    {
                        "answers": key(WORDS, "Who answers when, and how fast"),
                        "netiquette": key(
                            checked(WORDS, _file_or_address), "The file or web address of the netiquette"
                        ),
                        "moderation": key(WORDS, "What happens to comments that break it, and who decides"),
                    }
                )
            ),
            "alternatives": key(WORDS, "How people get the same information without a network"),
            "decision": maybe(
                group(
                    {
                        "by": key(WORDS, "Who decided"),
                        "number": key(WORDS, "The number of the decision"),
                        "on": key(DAY, "The day of the decision"),
                    }
                ),
                "Without it, the concept is a proposal",
            ),
            "published": maybe(LINK, "Where everybody can read the concept"),
            "reviewed": maybe(DAY, "When concept and benefit were last reviewed; without it, the day of the decision"),
            "next_review": maybe(DAY, "When they have to be reviewed again"),
        }
    )
)


def concept_from(root: Path, channels: Collection[str]) -> tuple[Concept | None, list[Finding]]:
    """The concept below `root`, None where there is none, and every mistake in it.

    `channels` are the names that exist.
    """
    if not (root / CONCEPT_FILE).exists():
        return None, []
    document = read(root / CONCEPT_FILE, CONCEPT_FILE)
    fields = check(CONCEPT, document)
    if fields is None:
        return None, document.findings
    _object_to_strangers(document, fields["channels"], channels)
    return _to_concept(fields, document), document.findings


def _object_to_strangers(document: Document, named: Collection[str], known: Collection[str]) -> None:
    for name in named:
        if name not in known:
            complaint = msg("There is no channel “{name}”. {hint}", name=name, hint=did_you_mean(name, known))
            field = f"channels.{name}"
            document.object_to("references/channel", document.places.get(f"{field}:key", Place(1, 1)), complaint, field)


def _to_concept(fields: Mapping[str, Any], document: Document) -> Concept:
    decision = fields["decision"]
    return Concept(
        assessment=fields["data_protection"]["assessment"],
        netiquette=fields["interaction"]["netiquette"],
        hours=fields["staff"]["hours_per_week"],
        hours_of={name: one["hours_per_week"] for name, one in fields["channels"].items()},
        decision=Decision(decision["by"], decision["number"], date.fromisoformat(decision["on"])) if decision else None,
        reviewed=_to_day(fields["reviewed"]),
        next_review=_to_day(fields["next_review"]),
        words=dict(_words(fields, "")),
        places=document.places,
    )


def _to_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _words(fields: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for name, value in fields.items():
        if isinstance(value, str):
            yield f"{prefix}{name}", value
        elif isinstance(value, Mapping):
            yield from _words(value, f"{prefix}{name}.")


def with_concept(channel: Channel, concept: Concept) -> Channel:
    """The channel with the duties that a decided concept fulfils for it; what the channel says itself goes before."""
    if concept.decision is None or channel.name not in concept.hours_of:
        return channel
    by, number, on = concept.decision
    own = channel.duties
    duties = own._replace(
        concept=own.concept or f"{by}, {number}",
        assessment=own.assessment or concept.assessment,
        reviewed=own.reviewed or max(concept.reviewed or on, on),
        next_review=concept.next_review,
    )
    return channel._replace(duties=duties)
