"""Rule: a text that says where its link stands has one."""

from collections.abc import Iterator

from kanal.compose import LINK_PLACE
from kanal.message import msg
from kanal.model import Problem, Span
from kanal.rules import Subject, rule


@rule("error")
def check(subject: Subject) -> Iterator[Problem]:
    """Where a text says `{link}`, the draft has a link that is put there.

    Without one, the braces would be posted. Write `link:` into the draft or the variant, or take `{link}` out of the
    text; a variant that leaves the link out needs a text of its own.

    Source: kanal's own advice (no source beyond good practice).

    Good:
        id: example
        channels: [mastodon]
        text: "Alle Termine: {link} – wir freuen uns auf Sie."
        link: https://www.landkreis-musterland.example/termine
    Bad:
        id: example
        channels: [mastodon]
        text: "Alle Termine: {link} – wir freuen uns auf Sie."
    """
    told: set[str] = set()
    for post in subject.posts:
        field = post.field("text") if LINK_PLACE in post.part.text else None
        if field and field not in told:
            told.add(field)
            own = next((passage.text for passage in subject.passages if passage.field == field), "")
            start = own.find(LINK_PLACE)
            yield Problem(
                field,
                msg("There is no link to be put here. Write one under “link:”, or take {place} out.", place=LINK_PLACE),
                Span(start, start + len(LINK_PLACE)) if start >= 0 else None,
            )
