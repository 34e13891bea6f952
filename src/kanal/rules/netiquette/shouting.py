"""Rule: nobody is shouted at."""

from collections.abc import Iterator

from kanal.message import msg
from kanal.model import Problem, Span
from kanal.prose.words import WORD, bare
from kanal.rules import Passage, Sort, Subject, rule
from kanal.text.pattern import Pattern
from kanal.text.signs import has_capitals_in_a_row

_MARKS = Pattern(r"(?<![!?！？‼⁉])(?:[!！]{2}|[?？]{3}|[!?！？]{3}|‼)[!?！？‼⁉\ufe0f]*+")
_MARK_PAIRS = ("!!", "??", "!?", "?!", "‼", "！", "？")
# Six capitals without a small letter between them: without that, nobody shouts.
_FEWEST_CAPITALS = 6
_LOUD = Pattern(rf"[A-ZÄÖÜ](?:[^a-zäöüß\n]{{0,10}}?[A-ZÄÖÜ]){{{_FEWEST_CAPITALS - 1}}}")
_LINE = Pattern(r"[^\n]++")
_PART = Pattern(r"[^.!?\n]++")
_CAPITAL = Pattern(r"[^\W\d_a-zäöüß]")
_LONGEST_ACRONYM = 5
# Longer names that are written so.
_NAMES = frozenset({"BIWAPP", "EUREGIO", "FINDEFIX", "KATWARN", "LEADER", "STADTRADELN"})


@rule("warning")
def check(subject: Subject, *, share: float = 0.3, letters: int = 20) -> Iterator[Problem]:
    """No words in capitals throughout, no rows of exclamation or question marks.

    Capitals read like shouting, and some screen readers spell them letter by letter. Several exclamation marks make an
    important notice look like advertising. Abbreviations such as NINA or DSGVO are not meant.

    Write in small letters and put what matters first; one mark at the end is enough.

    Source: kanal's own advice (no source beyond good practice)

    Options:
        share: the share of capitals in a line from which it counts as shouting, between 0 and 1
        letters: how many letters a line must have to be looked at

    Good:
        id: example
        channels: [mastodon]
        text: Achtung! Die NINA-App warnt vor Sturm. Bleiben Sie ab 14 Uhr im Haus.
    Bad:
        id: example
        channels: [mastodon]
        text: WICHTIGE INFORMATION FÜR ALLE! Am Montag ist das Bürgerbüro geschlossen.
    Bad:
        id: example
        channels: [mastodon]
        text: Am Montag ist das Bürgerbüro geschlossen!!!
    """
    for passage in subject.passages:
        if passage.sort in {Sort.TEXT, Sort.ALT}:
            for found in _MARKS.finditer(passage.text) if any(map(passage.text.__contains__, _MARK_PAIRS)) else ():
                yield Problem(
                    passage.field,
                    msg("Rows of exclamation or question marks look like shouting. One mark is enough."),
                    Span(*found.span()),
                )
            yield from _loud_lines(passage, share, letters)


def _loud_lines(passage: Passage, share: float, letters: int) -> Iterator[Problem]:
    text = bare(passage.text)
    if not has_capitals_in_a_row(text, _FEWEST_CAPITALS) or _LOUD.search(text) is None:
        return
    for line in _LINE.finditer(text):
        # In a long paragraph, one loud sentence would drown; several short ones are loud together.
        parts = [part.span() for part in _PART.finditer(text, *line.span()) if _is_loud(part[0], share, letters)]
        for start, end in parts or ([line.span()] if _is_loud(line[0], share, letters) else []):
            words = text[start:end].strip()
            begin = text.index(words, start)
            yield Problem(
                passage.field,
                msg("Words in capitals look like shouting. Write them with small letters."),
                Span(begin, begin + len(words)),
            )


def _is_loud(words: str, share: float, letters: int) -> bool:
    capitals = len(_CAPITAL.compiled.findall(words))
    if len(words) < letters or capitals <= share * letters:
        return False
    counted = [word for word in WORD.compiled.findall(words) if word not in _NAMES]
    # Without a long word in capitals, the short ones are abbreviations; so they are beside one, among small letters.
    long = sum(word.isupper() and len(word) > _LONGEST_ACRONYM for word in counted)
    if long == 0 or (long == 1 and not all(map(str.isupper, counted))):
        counted = [word for word in counted if len(word) > _LONGEST_ACRONYM or not word.isupper()]
    total = sum(map(len, counted))
    return total >= letters and sum(sign.isupper() for word in counted for sign in word) > share * total
