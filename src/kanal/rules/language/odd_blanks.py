"""Rule: blanks are ordinary ones."""

from collections.abc import Iterator

from kanal.detect import Hit
from kanal.detect.letters import odd_blanks
from kanal.message import msg
from kanal.model import Problem, Span
from kanal.rules import Sort, Subject, rule
from kanal.text.pattern import Pattern

_SAID = frozenset({Sort.TEXT, Sort.ALT, Sort.CREDIT})
# DIN 5008 and typesetters keep together: numbers and their units, §§, abbreviations with full stops, dashes, « ».
_KEEPS_TOGETHER_BEFORE = Pattern(r"(?:[0-9§«»–—&+/]|\b[A-Za-zÄÖÜäöüß]{1,4}\.)\Z")
_KEEPS_TOGETHER_BEHIND = Pattern(r"\A[0-9§%‰€$°«»–—…&+/]")


@rule("info", when="odd-blank")
def check(subject: Subject, *, strict: bool = False) -> Iterator[Problem]:
    r"""Blanks are those of the space bar, not no-break or invisible ones out of a word processor.

    They come along when a text is copied. Then lines break at odd places, links and hashtags stop working, and searches
    find nothing. Between a number and its unit, or inside “z. B.”, a no-break blank is good typography and left alone.

    Run `kanal lint --fix`, which puts ordinary blanks in their place.

    Source: kanal's own advice (no source beyond good practice); DIN 5008 for what belongs together

    Options:
        strict: also where a no-break blank is good typography

    Good:
        id: example
        channels: [mastodon]
        text: "Das Bürgerbüro öffnet um 8\u00a0Uhr, z.\u00a0B. am Montag."
    Bad:
        id: example
        channels: [mastodon]
        text: "Das\u00a0Bürgerbüro öffnet um 8 Uhr."
    """
    for passage in subject.passages:
        if passage.sort not in _SAID or passage.text.isascii():
            continue
        for hit in odd_blanks(passage.text):
            if hit.kind == "invisible":
                yield Problem(
                    passage.field,
                    msg("Here is an invisible sign. Take it out."),
                    Span(hit.start, hit.end),
                    instead="",
                )
            elif strict or not _belongs_together(passage.text, hit):
                yield Problem(
                    passage.field,
                    msg("Here is a blank out of a word processor. Use an ordinary one."),
                    Span(hit.start, hit.end),
                    instead="" if _is_at_a_blank(passage.text, hit) else " ",
                )


def _belongs_together(text: str, hit: Hit) -> bool:
    before, behind = text[max(0, hit.start - 8) : hit.start], text[hit.end : hit.end + 1]
    return _KEEPS_TOGETHER_BEFORE.search(before) is not None or _KEEPS_TOGETHER_BEHIND.search(behind) is not None


def _is_at_a_blank(text: str, hit: Hit) -> bool:
    """Whether an ordinary blank, or the end of a line, stands beside it already."""
    return not text[max(0, hit.start - 1) : hit.start].strip() or not text[hit.end : hit.end + 1].strip()
