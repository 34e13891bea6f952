"""Rule: nobody is asked to write personal data where everybody reads them."""

from collections.abc import Iterator

from kanal.message import msg
from kanal.model import Problem, Span
from kanal.rules import Subject, rule
from kanal.text.pattern import Pattern
from kanal.text.signs import small

# What a text must hold before any expression is tried on it.
_STEMS = (
    "adresse", "alter", "angaben", "anschrift", "bank", "daten", "geburt", "iban", "konto", "name", "nummer", "steuer",
    "zeichen",
)  # fmt: skip
_DATA = Pattern(
    r"(?i)(?<![^\W\d_])(?:"
    r"(?:ihre?[nmrs]?|deine?[nmrs]?|eure?[nmrs]?|euer)\s(?:[^\W\d_]{2,20}\s(?:und\s)?){0,3}"
    r"(?:alter|anschrift|daten|(?:e-?mail-?|post|privat|wohn)?adresse|namen?|(?:vor|nach)namen?|(?:ruf)?nummern?)"
    r"|bankverbindung|geburts(?:datum|name|ort|tag)|iban|konto(?:daten|nummer|verbindung)|kontaktdaten|steuer-?(?:id|nummer)"
    r"|(?:ausweis|fall|handy|kassen|kunden|mobil|pass|patienten|personalausweis|renten|rückruf|sozialversicherungs|telefon"
    r"|versicherten|versicherungs|vorgangs)-?nummer|(?:akten|kassen|kenn)-?zeichen|persönliche[nr]?\s(?:angaben|daten)"
    r")(?![^\W\d_])"
)
_SENTENCE_END = Pattern(r"[!?;\n]|(?<=[^\W_]{3})\.(?=\s|\Z)")
_LONGEST_SENTENCE = 300

_ORDERS = Pattern(
    r"(?i)(?<![^\W\d_])(?:(?:geben|kommentieren|mailen|melden|sagen|schicken|schreiben|senden|teilen|übermitteln)\ssie"
    r"|(?:gebt?|gib|kommentiert?|meldet?|sagt?|schick(?:e|t)?|schreib(?:e|t)?|sendet?|teil(?:e|t)?)\s"
    r"(?:(?:bitte|doch|einfach|gerne?)\s)?(?:dein\w{0,2}|eu(?:er|re)\w?|hier|mir|uns))(?![^\W\d_])"
)
_ASKS = Pattern(
    r"(?i)(?<![^\W\d_])(?:(?:hinterlassen|nennen|posten|verraten)\ssie|(?:hinterlasst?|nennt?|nenne|postet?|verrat(?:e|et)?)\s"
    r"(?:(?:bitte|doch|einfach|gerne?)\s)?(?:dein\w{0,2}|eu(?:er|re)\w?|hier|mir|uns)"
    r"|(?:bitte|k[öo]nn(?:t?en\ssie|t(?:et)?\sihr)|kannst\sdu|würden\ssie)\s(?:(?!wir\s)[^.:]){0,160}?"
    r"(?:angeben|hinterlassen|mitteilen|nennen|posten|schicken|schreiben|senden|übermitteln|verraten|zusenden)(?=\W{0,3}\Z)"
    r")(?![^\W\d_])"
)
_NEEDS = Pattern(
    r"(?i)(?<![^\W\d_])(?:wie\s(?:ist|lautet)|(?:benötigen|brauchen)\swir|wir\s(?:benötigen|brauchen))(?![^\W\d_])"
)
_HERE = Pattern(r"(?i)(?<![^\W\d_])(?:hier|mir|uns)(?![^\W\d_])")
_IN_PUBLIC = Pattern(
    r"(?i)(?<![^\W\d_])(?:chronik|darunter|drunter|hier\sunten|kommentar\w{0,8}|kommentiere?[nt]?|öffentlich|pinnwand"
    r"|unter\s(?:de[mn]|diese[mn]?|unsere[mn]?)\s(?:beitrag|bild|foto|post|video))(?![^\W\d_])"
)
_REFUSES = Pattern(r"(?i)(?<![^\W\d_])(?:betrüger\w{0,3}|keine?[nmrs]?|nichts?|nie|niemals|ohne|statt)(?![^\W\d_])")
_QUOTED = Pattern(r"[„»“\"‚]\s?(?:[Bb]itte\s)?\Z")
_OTHER_WAY = Pattern(
    r"(?i)https?://|www\.|\S@\S|(?<![^\W\d_])(?:115|anruf\w{0,2}|anrufen|anträge?|antrag\w{0,2}|app|brief\w{0,4}"
    r"|e-?mails?|fax|formulare?\w?|(?:kontakt|online|web)-?formular\w{0,2}|internetseite|notruf|online\w{0,12}"
    r"|(?:bürger|online|service)?-?portal\w{0,2}|(?:mit\sder|per)\spost|postweg|ruf(?:en|t)?\s(?:sie\s)?uns"
    r"|(?:am|an\sde[mn]|bei\suns|beim|im|ins|zum)\s(?:bürger(?:amt|büro)|rathaus|schalter)|sprechstunde|telefon"
    r"|telefonisch|termin|vor\sort|vordruck\w{0,2}|webseite|website)(?![^\W\d_])"
)
_DIRECT_MESSAGE = Pattern(
    r"(?i)(?<![^\W\d_])(?:(?:direkt|privat)-?nachricht(?:en)?|(?:direkte|persönliche|private)[nr]?\snachricht(?:en)?|[dp][mn]s?"
    r"|messenger)(?![^\W\d_])"
)


@rule("error")
def check(subject: Subject, *, direct_message: bool = True) -> Iterator[Problem]:
    """Whoever is asked for personal data is told a way that is not public.

    „Schicken Sie uns Ihre Anschrift“ below a post is answered below the post: with the address, for everybody to read.
    Say how else: by e-mail, by letter, by telephone, in the service portal, or at the counter.

    Reported is a request to the reader together with a word like “Anschrift”, “Geburtsdatum” or “Telefonnummer”, if
    neither that sentence nor the next one names such a way, or if it asks for a comment.

    Options:
        direct_message: whether a direct message is a good way; the network reads along

    Source: Art. 5(1)(c) and (f) GDPR; netiquettes of the district office Berlin-Spandau and of the Federal Police (no
    personal data and no services in comments).

    Good:
        id: example
        channels: [mastodon]
        text: Bitte schicken Sie uns Ihre Anschrift per E-Mail an buergerbuero@landkreis-musterland.example.
    Good:
        id: example
        channels: [mastodon]
        text: Bitte schreiben Sie uns hier keine persönlichen Daten.
    Bad:
        id: example
        type: reply
        channels: [mastodon]
        text: Guten Tag, das klären wir gern. Bitte schicken Sie uns Ihre Anschrift. Ihr Bürgerbüro
    Bad:
        id: example
        channels: [mastodon]
        text: Wer gewinnt? Schreiben Sie uns Ihr Geburtsdatum in die Kommentare!
    """
    for passage in subject.texts():
        said = small(passage.text)
        for start, end in _sentences_with_data(passage.text) if any(map(said.__contains__, _STEMS)) else ():
            span = _request(passage.text[start:end], to_one=subject.is_reply)
            if span and not _is_private(passage.text, start, end, direct_message=direct_message):
                yield Problem(
                    passage.field,
                    msg(
                        "This asks for personal data where everybody can read the answer. Name another way in the same"
                        " sentence: e-mail, letter, telephone, the service portal."
                    ),
                    span=Span(start + span.start, start + span.end),
                )


def _sentences_with_data(text: str) -> Iterator[tuple[int, int]]:
    """The sentences that speak of somebody's data, each once."""
    last = 0
    for data in _DATA.finditer(text):
        if data.start() < last:
            continue
        left = max(last, data.start() - _LONGEST_SENTENCE)
        start = max((end.end() for end in _SENTENCE_END.finditer(text, left, data.start())), default=left)
        last = _end_of_sentence(text, data.end())
        yield start, last


def _end_of_sentence(text: str, position: int) -> int:
    farthest = min(len(text), position + _LONGEST_SENTENCE)
    end = next(_SENTENCE_END.finditer(text, position, farthest), None)
    return end.end() if end else farthest


def _request(sentence: str, *, to_one: bool) -> Span | None:
    """From the words that ask to the data asked for; None if the sentence asks for nothing."""
    data = _DATA.search(sentence)
    order, ask = _ORDERS.search(sentence), _ASKS.search(sentence)
    if order and not (_HERE.search(sentence) or _IN_PUBLIC.search(sentence)):
        order = None  # „Teilen Sie Ihrer Bank Ihre Anschrift mit“
    if ask and not (to_one or _HERE.search(sentence) or _IN_PUBLIC.search(sentence)):
        ask = None  # a post may tell what to say on the telephone
    asks = order or ask or (_NEEDS.search(sentence) if to_one else None)
    if not data or not asks or _REFUSES.search(sentence) or _QUOTED.search(sentence[: asks.start()]):
        return None
    return Span(min(asks.start(), data.start()), max(asks.end(), data.end()))


def _is_private(text: str, start: int, end: int, *, direct_message: bool) -> bool:
    """Whether the sentence, or the next one, names a way that is not public."""
    if _IN_PUBLIC.search(text[start:end]):
        return False
    both = text[start : _end_of_sentence(text, end)]
    return bool(_OTHER_WAY.search(both)) or (direct_message and bool(_DIRECT_MESSAGE.search(both)))
