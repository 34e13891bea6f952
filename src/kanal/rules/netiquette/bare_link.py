"""Rule: a link comes with words."""

from collections.abc import Iterator
from itertools import islice

from kanal.message import msg
from kanal.model import Problem, Span
from kanal.prose.words import WORD, bare
from kanal.rules import Subject, rule


@rule("warning", when="link")
def check(subject: Subject, *, words: int = 3) -> Iterator[Problem]:
    """A post with a link says in its own words what stands there.

    Readers cannot know where a bare link leads, a screen reader spells it out, and netiquettes ask the same of
    citizens.

    Write a sentence that says what people find behind the link.

    Source: netiquette of Bezirksamt Spandau (links only with own words); WCAG 2.4.4 on the purpose of links

    Options:
        words: how many words the text must have besides link and hashtags

    Good:
        id: example
        channels: [mastodon]
        text: Ab Januar hat das Bürgerbüro länger geöffnet.
        link: https://www.landkreis-musterland.example/termin
    Bad:
        id: example
        channels: [mastodon]
        text: "https://www.landkreis-musterland.example/termin #Bürgerbüro"
    """
    for passage in subject.texts():
        linked = "://" in passage.text or "www." in passage.text or _link_of(subject, passage.field)
        if linked and len(list(islice(WORD.finditer(bare(passage.text)), words))) < words:
            yield Problem(
                passage.field,
                msg("Here is only a link. Say in a sentence what people find there."),
                Span(0, len(passage.text)) if passage.text else None,
            )


def _link_of(subject: Subject, field: str) -> str | None:
    """The link that goes out with the text in `field`: beneath the first part, and not with the answers of a poll."""
    variant = subject.draft.variants.get(field.removeprefix("variants.").removesuffix(".text"))
    if field != "text" and variant is None:
        return None
    return variant.link if variant and variant.link is not None else subject.draft.link
