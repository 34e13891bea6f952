"""Rule: a hashtag of several words shows where each begins."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from kanal.message import msg
from kanal.model import Problem, Span
from kanal.prose.hashtags import find_hashtags
from kanal.rules import Sort, Subject, rule

_SAID = frozenset({Sort.TEXT, Sort.ALT})


@rule("warning", when="hashtag")
def check(subject: Subject, *, words: tuple[str, ...] = ()) -> Iterator[Problem]:
    """Each word in a hashtag begins with a capital: #NachtDerBibliothek, not #nachtderbibliothek.

    Screen readers find the words by their capitals; without them, they spell or mumble. So do people.

    Write the capitals, or run `kanal lint --fix`. Hashtags of your own belong into the register (hashtags,
    config/policy.yaml), in the right spelling.

    Source: Bundesfachstelle Barrierefreiheit (hashtags: each word with a capital); § 12a (8) BGG

    Options:
        words: names that hashtags are made of, such as those of towns, in the right spelling

    Good:
        id: example
        channels: [mastodon]
        text: "Die Bibliothek öffnet. #NachtDerBibliothek #Kreistagswahl #Musterstadt"
    Bad:
        id: example
        channels: [mastodon]
        text: "Die Verwaltung zieht um. #stadtverwaltungberlin"
    """
    known = (*subject.registers.hashtags, *words)
    own = _spellings(subject.registers.hashtags)
    for passage in subject.passages:
        if passage.sort in _SAID:
            for tag in find_hashtags(passage.text):
                right = own.get(tag.body.casefold()) or _right(tag.body, known)
                if right and right != tag.body:
                    yield Problem(
                        passage.field,
                        msg("Screen readers cannot tell the words of this hashtag apart. Write: #{tag}", tag=right),
                        Span(tag.start + 1, tag.end),
                        instead=right,
                    )


@lru_cache(4)
def _spellings(hashtags: tuple[str, ...]) -> Mapping[str, str]:
    """The office's own hashtags by their letters."""
    return {tag.lstrip("#").casefold(): tag.lstrip("#") for tag in hashtags}


@lru_cache(256)
def _right(tag: str, known: tuple[str, ...]) -> str | None:
    """The right spelling; most hashtags come back in draft after draft."""
    from kanal.detect.hashtag_words import multi_word

    return multi_word(tag, known)
