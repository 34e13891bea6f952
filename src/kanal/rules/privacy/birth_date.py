"""Rule: nobody's date of birth goes out."""

from collections.abc import Iterator

from kanal.detect.birth_dates import birth_dates
from kanal.message import msg
from kanal.model import Problem
from kanal.rules import Subject, rule
from kanal.rules.personal_data import found, remedy


@rule("error", when="birth", personal=True)
def check(subject: Subject) -> Iterator[Problem]:
    """Nobody's full date of birth stands in words that go out.

    Banks and authorities ask for the date of birth to make sure that it is really you; with a name, it is enough to
    pretend to be somebody. Reported is a full date beside a word like “geboren” or “Geburtsdatum”. A year alone is
    enough to tell how old somebody is.

    Source: Art. 5(1)(c) GDPR (no more data than necessary); State Commissioner for Data Protection of
    Baden-Württemberg on congratulations in official gazettes.

    Good:
        id: example
        channels: [mastodon]
        text: Wer nach dem 31.12.1970 geboren ist, sollte gegen Masern geimpft sein.
    Bad:
        id: example
        channels: [mastodon]
        text: Der Vermisste ist am 3. Februar 1950 geboren.
    """
    for passage, span in found(subject, birth_dates, digits=1):
        yield Problem(
            passage.field,
            msg("This is somebody's date of birth. {remedy} The year alone says enough.", remedy=remedy(passage)),
            span=span,
        )
