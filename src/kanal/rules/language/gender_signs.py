"""Rule: signs of gender inside words are those of the office."""

from collections.abc import Iterator
from typing import Literal

from kanal.message import Message, msg
from kanal.model import Problem, Span
from kanal.rules import Sort, Subject, rule

_EXAMPLES = {
    "star": "Bürger*innen",
    "colon": "Bürger:innen",
    "underscore": "Bürger_innen",
    "middot": "Bürger·innen",
    "binnen-i": "BürgerInnen",
}
_SAID = frozenset({Sort.TEXT, Sort.ALT, Sort.CREDIT, Sort.CAPTIONS})


@rule("error")
def check(
    subject: Subject,
    *,
    profile: Literal["free", "forbidden", "required"] = "free",
    sign: Literal["star", "colon", "underscore", "middot", "binnen-i"] = "colon",
    slash: Literal["allowed", "forbidden"] = "allowed",
) -> Iterator[Problem]:
    """Signs inside words, as in Bürger*innen or Bürger:innen, follow what holds for the office.

    In Bavaria and Hesse, authorities of the Land must not write them; other offices decided for one sign; many leave it
    to the writer. So this rule says nothing until the policy says what holds. The slash (Bürger/-innen) belongs to the
    official spelling and has an option of its own.

    Write both forms (Bürgerinnen und Bürger), a word for all (Beschäftigte), or the sign that your office decided for.

    Source: § 22 (5) AGO (Bavaria, since 1 April 2024: signs inside words are not permitted; binds authorities of the
        Land, not municipalities); Dienstanweisung of the Land Hesse, March 2024; elsewhere the office's own decision

    Options:
        profile: `free` (nothing is looked at), `forbidden` (no sign), or `required` (no other sign than `sign`)
        sign: the sign that the profile `required` means
        slash: whether Bürger/-innen may be written

    Good:
        id: example
        channels: [mastodon]
        text: Alle Bürger*innen sind eingeladen. Die Kita/in der Schule, LinkedIn und der Treffpunkt sind offen.
    Good with profile: forbidden:
        id: example
        channels: [mastodon]
        text: Alle Bürgerinnen und Bürger sind eingeladen. Die Kita/in der Schule und LinkedIn sind offen.
    Bad with profile: forbidden:
        id: example
        channels: [mastodon]
        text: Alle Bürger*innen sind eingeladen.
    """
    if profile == "free" and slash == "allowed":
        return
    # Most offices leave the rule silent; then they need not wait for the detector.
    from kanal.detect.gender_signs import gender_signs

    for passage in subject.passages:
        if passage.sort in _SAID:
            for hit in gender_signs(passage.text):
                complaint = _complaint(hit.kind, profile, sign, slash)
                if complaint:
                    yield Problem(passage.field, complaint, Span(hit.start, hit.end))


def _complaint(kind: str, profile: str, sign: str, slash: str) -> Message | None:
    if kind == "slash":
        return (
            msg("Forms with a slash are not written here. Name both forms, or find a word for all.")
            if slash == "forbidden"
            else None
        )
    if profile == "forbidden":
        return msg("Signs of gender inside words are not permitted here. Name both forms, or find a word for all.")
    if profile == "required" and kind != sign:
        return msg("Your office decided for another sign. Write it as in “{example}”.", example=_EXAMPLES[sign])
    return None
