"""Rule: a reply stays friendly."""

from collections.abc import Iterator

from kanal.message import msg
from kanal.model import Problem, Span
from kanal.rules import Subject, rule
from kanal.text.pattern import Pattern

_MOCKING = Pattern(
    r"(?i)\b(?:"
    r"wie sie (?:wohl |eigentlich |sicher(?:lich)? |bestimmt |ja |vielleicht )?(?:wissen|gelesen haben|gemerkt haben)"
    r" (?:sollten|müssten|dürften|könnten)"
    r"|wie (?:wir |ich )?(?:ihnen )?(?:bereits|schon) (?:mehrfach|x-mal|hundertmal|tausendmal|oft genug)"
    r"|zum (?:x-ten|wiederholten|hundertsten) mal"
    r"|wer lesen kann"
    r"|das hätten sie (?:auch |ja |leicht |doch )?selb(?:st|er) (?:herausfinden|nachlesen|sehen|wissen|lesen) können"
    r"|(?:einfach|vielleicht|erst) mal (?:richtig |genau |selbst )?(?:lesen|googeln|nachdenken)"
    r"|das (?:sollte|müsste|dürfte) (?:selbst |sogar |auch )ihnen"
    r"|(?:selbst|sogar) sie (?:sollten|müssten|könnten|dürften|werden)"
    r"|falls (?:sie das|es ihnen) (?:noch )?(?:nicht|entgangen) (?:bemerkt|gemerkt|verstanden|aufgefallen|sein)"
    r"|herzlichen glückwunsch zu (?:dieser|ihrer) (?:erkenntnis|meinung|leistung)"
    r"|(?:schön|toll|prima) für sie\b"
    r"|(?:ach wirklich|ach nein|ach was|na bravo|wie originell|was für eine überraschung)\b"
    r"|(?:haben sie|hast du) nichts (?:besseres|anderes) zu tun"
    r"|(?:ist das|was ist daran) (?:denn )?so (?:schwer|schwierig|kompliziert)"
    r"|(?:extra |noch ?mal |noch einmal )(?:ganz )?langsam für sie"
    r"|selbst schuld\b|pech gehabt\b|(?:das ist )?nicht unser problem\b|das geht sie (?:gar |überhaupt )?nichts an"
    r"|(?:beruhigen|mäßigen) sie sich|regen sie sich (?:nicht so auf|ab)"
    r")",
)
_THREATENING = Pattern(
    r"(?i)\b(?:"
    r"das wird (?:noch )?(?:ein nachspiel|folgen|konsequenzen) (?:für sie )?haben"
    r"|sie werden (?:schon |noch )?"
    r"(?:sehen, was|sich (?:noch )?wundern|es (?:noch )?bereuen|von uns(?:erem anwalt)? hören)"
    r"|wir können auch anders|passen sie (?:bloß|lieber|mal) auf"
    r"|wagen sie es (?:ja |bloß )?nicht|überlegen sie sich (?:gut|genau), (?:was|ob|wie)"
    r"|wir wissen,? (?:genau,? )?(?:wer sie sind|wo sie wohnen)"
    r"|(?:ich|wir) (?:rate|raten|warne|warnen) (?:sie|ihnen) (?:zum letzten mal|dringend|davor)"
    r"|sonst (?:sperren|löschen|blockieren|melden|verklagen) wir"
    r"|noch (?:ein (?:solcher|so ein|einziger)|so ein) (?:kommentar|beitrag|satz)"
    r")",
)
_BLANK = Pattern(r"\s")


@rule("warning", when="reply")
def check(subject: Subject) -> Iterator[Problem]:
    """A reply neither mocks nor threatens, whatever it answers.

    What sounds witty at the desk sounds scornful to the person who asked, and everybody reads along. A threat from an
    office weighs more than one from a neighbour; measures against a comment are announced with their ground and the
    way to have them reviewed.

    Answer the question, say what you can do, and leave the rest out. Let a colleague read it if the comment annoyed
    you.

    Source: kanal's own advice (no source beyond good practice), in keeping with what netiquettes ask of citizens

    Good:
        id: example
        type: reply
        channels: [mastodon]
        text: Guten Tag, die Tonnen werden am Donnerstag geleert. Wir bitten um Entschuldigung. Viele Grüße, Ihr Amt
    Bad:
        id: example
        type: reply
        channels: [mastodon]
        text: Guten Tag, wie Sie wohl wissen sollten, steht das im Abfallkalender. Viele Grüße, Ihr Landkreis
    """
    if not subject.is_reply:
        return
    for passage in subject.texts():
        text = _BLANK.sub(" ", passage.text)
        for found in _MOCKING.finditer(text):
            yield Problem(
                passage.field,
                msg("This may sound scornful to the reader. Say plainly what you mean."),
                Span(*found.span()),
            )
        for found in _THREATENING.finditer(text):
            yield Problem(
                passage.field,
                msg("This may sound like a threat. Say what the rule is, and leave it at that."),
                Span(*found.span()),
            )
