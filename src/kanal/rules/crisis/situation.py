"""Rule: a warning says as of when, where, what to do, who says so, and how long."""

from collections.abc import Iterator

from kanal.message import msg
from kanal.model import DraftType, Problem
from kanal.rules import Subject, rule
from kanal.text.pattern import Pattern

AREA = (
    "Gebiet",
    "Bereich",
    "Landkreis",
    "Kreis",
    "Stadtgebiet",
    "Stadtteil",
    "Ortsteil",
    "Ortschaft",
    "Gemeinde",
    "Umkreis",
    "Betroffen",
    "Straße",
    "zwischen",
    "rund um",
    "bundesweit",
    "landesweit",
    "flächendeckend",
    "Area",
    "district",
    "municipality",
    "nationwide",
)
ACTION = (
    "bleiben",
    "Bleiben Sie",
    "meiden",
    "Meiden Sie",
    "schließen",
    "Schließen Sie",
    "geschlossen halten",
    "verlassen",
    "Verlassen Sie",
    "suchen Sie",
    "halten Sie",
    "kochen Sie",
    "abkochen",
    "benutzen Sie",
    "trinken Sie",
    "fahren Sie",
    "umfahren",
    "achten Sie",
    "rufen Sie",
    "melden Sie",
    "sichern",
    "sichern Sie",
    "folgen Sie",
    "informieren Sie",
    "helfen Sie",
    "bringen Sie",
    "rechnen Sie",
    "Was tun",
    "bitte",
    "können wieder",
    "können Sie wieder",
    "dürfen Sie wieder",
    "dürfen wieder",
    "kann wieder",
    "nichts weiter",
    "What to do",
    "stay",
    "avoid",
    "keep",
    "leave",
    "close",
    "boil",
    "call",
    "please",
    "you can",
)
END = (
    "Ende",
    "Entwarnung",
    "voraussichtlich bis",
    "gilt bis",
    "aufgehoben",
    "bis auf Weiteres",
    "Ends",
    "all-clear",
    "until further notice",
)
_DATE_AND_TIME = Pattern(
    r"(?i)(?:[0-3]?\d(?:\.\s?|\s)(?:[01]?\d\.|[JFMASOND][a-zä]{2,8}\.?)(?:\s?\d{2,4})?\D{1,20}(?:[012]?\d[:.][0-5]\d|[012]?\d\s?Uhr)"
    r"|(?:[012]?\d[:.][0-5]\d|[012]?\d)(?:\s?Uhr)?\D{1,16}[0-3]?\d(?:\.\s?|\s)(?:[01]?\d\.|[JFMASOND][a-zä]{2,8}))"
)
_AFTER_THE_WORD = 70
# “Räumen Sie den Keller.”, but neither “Haben Sie Fragen?” nor “Finden Sie uns auch hier.”
_ASKED = Pattern(
    r"(?:\A|[.!:;,•–-]\s|\n\s{0,4}|\bund\s|\boder\s)"
    r"(?!(?i:haben|hätten|können|könnten|möchten|wollen|werden|sind|finden|erhalten|bekommen|erfahren|sehen|lesen)\s)"
    r"[A-ZÄÖÜa-zäöü][a-zäöüß]{1,20}+(?<=n) Sie\b(?![^.!?\n]{0,200}+\?)",
)
# An all-clear says what may be done again.
_ALLOWED = Pattern(
    r"(?i)\b(?:können|kann|dürfen|darf)\b[^.!?\n]{0,60}?\b(?:wieder|zurück(?:kehren|gehen)?|heim(?:kehren)?)\b"
)
_HOLDS_UNTIL = Pattern(r"(?i)\b(?:gilt|gelten|gültig|dauer[nt]|hält)\b[^.!?\n]{0,40}?\bbis\b")
# Bahnstraße, Lange Allee, A 7, B 96a.
_STREET = Pattern(r"(?<!\w)(?:[A-ZÄÖÜ][\w.-]{0,40}(?:straße|str\.|allee|gasse|brücke)|[ABKL] ?[0-9]{1,4}[a-z]?)(?!\w)")
# Nearly every address of a Landkreis has that word in it.
_LINK = Pattern(r"(?i)(?:https?://|www\.)\S+")
_NO_AREA = msg("It does not say where this warning holds. Add the place, such as “Gebiet: ganzer Landkreis”.")
_NO_ACTION = msg(
    "It does not say what people should do. Add it, such as “Bleiben Sie im Haus” or “Was tun? Fenster schließen”."
)
_NO_SOURCE = msg("It does not say who says so. Add it, such as “Quelle: Leitstelle Musterland”.")
_NO_END = msg(
    "It does not say until when this warning holds. Add it, such as “Ende: voraussichtlich 9.12., 6 Uhr”, or say that"
    " there will be an all-clear (“Entwarnung”)."
)


@rule("error", when="crisis")
def check(
    subject: Subject,
    *,
    status: tuple[str, ...] = ("Stand", "Aktualisiert", "As of", "Updated"),
    area: tuple[str, ...] = AREA,
    action: tuple[str, ...] = ACTION,
    source: tuple[str, ...] = ("Quelle", "laut", "meldet", "teilt mit", "nach Angaben", "Source", "according to"),
    end: tuple[str, ...] = END,
) -> Iterator[Problem]:
    """Each text of a warning says as of when it holds, where, what to do, who says so, and until when.

    Warnings are passed on for days, and mostly without the rest of their thread. One without a time frightens people
    when the danger is over; one without a place those who live elsewhere; one that does not say what to do helps
    nobody. Each text must say it all, the short one
    for X as well. The sample `posts/warnung/sturmwarnung.yaml` shows how briefly that can be done.

    The words by which the parts are recognised, German and English ones, are options: an office that writes “Lage vom”
    adds it to `status`. Known besides are streets and roads (Bahnstraße, A 7), requests (“Räumen Sie …”), what may be
    done again (“können … zurückkehren”) and “gilt … bis”. Addresses of websites say nothing.

    Options:
        status: words that announce as of when the warning holds; date and time must follow
        area: words that say where
        action: words that say what to do
        source: words that say who says so
        end: words that say until when, or that there will be an all-clear

    Source: practice of crisis communication by authorities: be quick, be clear, tell the truth, leave no gap.

    Good:
        id: example
        type: crisis
        channels: [x]
        text: |
          Sturmwarnung, ganzer Landkreis
          Stand: Di, 8.12.2026, 9 Uhr
          Ab 14 Uhr im Haus bleiben.
          Ende: voraussichtlich Mi, 9.12., 6 Uhr
          Quelle: Leitstelle Musterland
    Bad:
        id: example
        type: crisis
        channels: [x]
        text: "Achtung, Sturm! Bitte bleiben Sie im Haus."
    """
    if subject.draft.type is not DraftType.CRISIS:
        return
    for passage, *_ in subject.threads():
        text = _LINK.sub(" ", passage.text)
        if not _is_dated(text, status):
            yield Problem(
                passage.field,
                msg(
                    "It does not say as of when this warning holds. Add a line with date and time, such as “Stand:"
                    " 8.12.2026, 9 Uhr”."
                ),
            )
        for words, turns, message in (
            (area, (_STREET,), _NO_AREA),
            (action, (_ASKED, _ALLOWED), _NO_ACTION),
            (source, (), _NO_SOURCE),
            (end, (_HOLDS_UNTIL,), _NO_END),
        ):
            if not (any(_says(text, word) for word in words) or any(turn.search(text) for turn in turns)):
                yield Problem(passage.field, message)


def _is_dated(text: str, words: tuple[str, ...]) -> bool:
    """Whether date and time stand behind one of `words`."""
    small = text.casefold()
    places = (at for word in words for at in _places(small, word))
    return any(_DATE_AND_TIME.search(small[at : at + _AFTER_THE_WORD]) for at in places)


def _says(text: str, word: str) -> bool:
    return next(_places(text.casefold(), word), None) is not None


def _places(text: str, word: str) -> Iterator[int]:
    """Where `word` begins a word of `text`, which is in small letters."""
    small = word.casefold()
    at = text.find(small) if small else -1
    while at >= 0:
        if not text[at - 1 : at].isalnum():
            yield at
        at = text.find(small, at + 1)
