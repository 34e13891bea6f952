"""Rule: sentences are short and words familiar."""

from collections.abc import Iterator

from kanal.message import msg
from kanal.model import Problem, Span
from kanal.prose.readability import wiener_sachtextformel
from kanal.prose.sentences import sentence_lengths, sentences
from kanal.rules import Subject, rule


@rule("info")
def check(subject: Subject, *, words: int = 20, wstf: float = 12.0) -> Iterator[Problem]:
    """No sentence is longer than people can keep in mind, and the text as a whole is not harder than need be.

    Offices write for everybody. Long sentences and long words shut people out: those who learn German, who read on a
    small screen, who are tired. Numbers, links, hashtags and the items of a list are not counted. For texts of three
    sentences and fifty words or more, kanal works out the Wiener Sachtextformel, which tells about the school year that
    a reader needs.

    Make two sentences out of one. Say who does what, and prefer the short word.

    Source: § 11 BGG (plain language); Bundesfachstelle Barrierefreiheit on language in social media; Bamberger and
        Vanecek 1984 (Wiener Sachtextformel)

    Options:
        words: how many words a sentence may have
        wstf: how high the Wiener Sachtextformel may be (4 is very easy, 15 very hard)

    Good:
        id: example
        channels: [mastodon]
        text: Das Bürgerbüro zieht um. Sie finden uns ab Montag am Lindenplatz 1.
    Bad:
        id: example
        channels: [mastodon]
        text: Wir möchten Sie darauf hinweisen, dass das Bürgerbüro, das sich seit vielen Jahren in dem alten Gebäude am
          Markt befindet, ab dem kommenden Montag an den Lindenplatz umzieht.
    """
    if subject.draft.language != "de":
        return
    for passage in subject.texts():
        for sentence in sentences(passage.text) if max(sentence_lengths(passage.text), default=0) > words else ():
            if sentence.words > words:
                yield Problem(
                    passage.field,
                    msg(
                        "This sentence has {count} words; more than {limit} are hard to keep in mind. Make two of it.",
                        count=sentence.words,
                        limit=words,
                    ),
                    Span(sentence.start, sentence.end),
                )
        year = wiener_sachtextformel(passage.text)
        if year is not None and year > wstf:
            yield Problem(
                passage.field,
                msg(
                    "This text is hard to read: {year} on the Wiener Sachtextformel, where {limit} should be enough."
                    " Write shorter words and sentences.",
                    year=f"{year:.0f}",
                    limit=f"{wstf:g}",
                ),
            )
