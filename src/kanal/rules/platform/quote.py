"""Rule: a quotation stands without pictures and polls."""

from collections.abc import Iterator

from kanal.fits import quote_problem
from kanal.model import Extra, Problem
from kanal.rules import Subject, rule


@rule("error", when="extras")
def check(subject: Subject) -> Iterator[Problem]:
    """A post that quotes another one has neither pictures nor a poll.

    Mastodon takes only one of them. Put pictures into the thread.

    Source: Mastodon, “Post a new status” (quoted_status_id).

    Good:
        id: example
        channels: [mastodon]
        text: Das Bürgerbüro öffnet wieder.
        quote: buergerbuero-geschlossen
    Bad:
        id: example
        channels: [mastodon]
        text: Das Bürgerbüro öffnet wieder.
        quote: buergerbuero-geschlossen
        media:
          - {file: good.jpg, alt: Ein heller Schalter, credit: Landkreis Musterland, licence: CC BY 4.0}
    """
    for post in subject.posts:
        message = quote_problem(post.part) if Extra.QUOTE in post.limits.expresses else None
        if message:
            yield Problem("quote", message)
            return
