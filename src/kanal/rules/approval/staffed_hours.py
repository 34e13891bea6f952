"""Rule: whoever asks is there to listen."""

from collections.abc import Iterator
from datetime import datetime

from kanal.message import msg
from kanal.model import Problem, Span
from kanal.rules import Subject, rule
from kanal.rules.public_holidays import holiday_on
from kanal.text.pattern import Pattern

# Invitations and questions about an opinion; not the rhetorical ones with which a text begins (“Ist Ihr Ausweis noch
# gültig?”), nor headings (“Was können Sie tun?”).
_INVITES = Pattern(
    r"(?<![^\W\d_])(?:(?:[Ss]chreiben|[Ee]rzählen|[Vv]erraten|[Ss]agen|[Nn]ennen) Sie (?:es )?uns|[Kk]ommentieren Sie"
    r"|(?:[Ss]chreib[te]?|[Ee]rzähl[te]?|[Vv]erratet?"
    r"|[Ss]ag[te]?|[Nn]enn[te]?) (?:es )?uns|(?:in|unter) (?:den|die) Kommentare?n?"
    r"|[Ss]tellen Sie (?:uns )?(?:hier )?(?:Ihre|eigene) Fragen|[Ff]ragen Sie uns|[Dd]iskutieren Sie"
    r"|(?!W(?:as|o) finden)(?:Was|Wie|Welche[rsnm]?|Wo|Worauf|Worüber|Wofür|Wen|Warum) (?:[\w-]{1,30} ){0,4}(?:meinen"
    r"|denken|finden|halten|wünschen|würden|mögen|freuen|meint|denkt|haltet|wünscht|würdet|mögt|freut"
    r"|meinst|denkst|findest|hältst|wünschst|würdest|magst|freust) (?:Sie|ihr|euch|du|dich|dir)"
    r"(?: [^?.!\n]{0,80})?\?"
    r"|(?:Was|Wie|Welche[rsnm]?|Wo) (?:ist|sind|war|gefällt|gefallen) (?:Ihr|Ihre|Ihnen|euer|eure|euch|dein|deine|dir)"
    r"(?: [^?.!\n]{0,80})?\?"
    r")(?![^\W\d_])"
)


@rule("warning", when="planned")
def check(subject: Subject) -> Iterator[Problem]:
    """A post that invites answers goes out while somebody is there to read them.

    Whoever asks “Was meinen Sie?” and goes home leaves questions unanswered, and insults standing until the next
    morning. Choose a time within the hours in which somebody looks after the channels (`hours` in config/policy.yaml),
    or leave the question out.

    On public holidays of the Land nobody is there. Without `hours`, or without `publish_at`, nobody can tell; then the
    rule is silent.

    Source: netiquettes and care times of authorities, such as Berlin-Lichtenberg (Monday to Friday, 9 to 16 o'clock);
    motion Drs. 21-1344 of the district assembly of Bergedorf: constant care of the channels.

    Good:
        id: example
        channels: [mastodon]
        publish_at: 2026-11-24 09:00
        text: Der Lindenplatz wird umgebaut. Was wünschen Sie sich?
    Bad:
        id: example
        channels: [mastodon]
        publish_at: 2026-11-24 19:00
        text: Der Lindenplatz wird umgebaut. Was wünschen Sie sich?
    """
    at = subject.draft.publish_at
    if at is None or not subject.registers.hours or _somebody_there(subject, at):
        return
    for passage in subject.texts():
        found = _INVITES.search(passage.text)
        if found:
            yield Problem(
                passage.field,
                msg(
                    "This invites answers, but goes out when nobody is there to read them ({time}). Choose a time"
                    " within your hours.",
                    time=at,
                ),
                span=Span(*found.span()),
            )


def _somebody_there(subject: Subject, at: datetime) -> bool:
    hours = subject.registers.hours.get(at.weekday(), ())
    if not any(span.start <= at.time() < span.end for span in hours):
        return False
    return not (subject.office.state and holiday_on(at.date(), subject.office.state))
