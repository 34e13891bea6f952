"""Rule: a link says where it leads."""

from collections.abc import Iterator
from pathlib import Path

from kanal.message import msg
from kanal.model import Problem, Span
from kanal.prose.lists import words_of
from kanal.prose.sentences import sentences
from kanal.prose.words import WORD, bare, folded, vocabulary
from kanal.rules import Passage, Subject, rule

_HERE = frozenset({"hier", "klick", "klicken", "klickt", "click", "here", "link"})
_SAY_NOTHING = Path(__file__).with_name("words_that_say_nothing.txt")


@rule("info", when="here")
def check(subject: Subject) -> Iterator[Problem]:
    """The words at a link say what people find there, not only “hier” or “klicken Sie hier”.

    Screen readers list links with the words around them. Ten times “hier” helps nobody, and who cannot see the page
    does not know where “here” is.

    Say what it is: “Den Antrag auf Wohngeld finden Sie auf unserer Internetseite.”

    Source: WCAG 2.4.4 on the purpose of links; Bundesfachstelle Barrierefreiheit

    Good:
        id: example
        channels: [mastodon]
        text: "Den Antrag auf Wohngeld finden Sie hier: https://www.landkreis-musterland.example/wohngeld"
    Bad:
        id: example
        channels: [mastodon]
        text: "Das Wohngeld steigt im Januar. Mehr Infos hier: https://www.landkreis-musterland.example/wohngeld"
    """
    for passage in subject.texts():
        if vocabulary(passage.text) & _HERE and (subject.draft.link or "://" in passage.text or "www." in passage.text):
            for start, end in _empty_announcements(passage):
                yield Problem(
                    passage.field,
                    msg("This does not say what people find behind the link. Name it: the form, the dates, the map."),
                    Span(start, end),
                )


def _empty_announcements(passage: Passage) -> Iterator[tuple[int, int]]:
    """Sentences that announce a link with nothing but “here”."""
    text = bare(passage.text)
    for sentence in sentences(passage.text):
        words = [(folded(found[0]), found) for found in WORD.finditer(text, sentence.start, sentence.end)]
        said = {word for word, _ in words}
        if said & _HERE and said <= _HERE | words_of(_SAY_NOTHING):
            yield words[0][1].start(), words[-1][1].end()
