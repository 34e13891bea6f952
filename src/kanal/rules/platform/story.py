"""Rule: a story says nothing that nobody would see."""

from collections.abc import Iterator

from kanal.fits import story_problem
from kanal.model import Extra, Problem
from kanal.rules import Subject, rule


@rule("error", when="extras")
def check(subject: Subject) -> Iterator[Problem]:
    """A story has no text: what it says stands in its picture or video.

    Instagram shows no caption with a story, and takes no links and stickers from programs. So that no word gets lost
    unseen, the draft says itself that the text is left out: `leave_out: [text]` under `variants`. What the picture
    shows in writing belongs under `shows_text`, and on the office's website: a story has no alternative text either,
    and is gone after 24 hours.

    Source: Graph API, “IG User media” (story limitations).

    Good:
        id: example
        channels: [mastodon, instagram]
        text: Das Freibad ist heute geschlossen.
        variants:
          instagram:
            format: story
            leave_out: [text]
            media:
              - {file: good.jpg, alt: Das leere Freibad, credit: Landkreis Musterland, licence: CC BY 4.0}
    Bad:
        id: example
        channels: [instagram]
        text: Das Freibad ist heute geschlossen.
        format: story
        media:
          - {file: good.jpg, alt: Das leere Freibad, credit: Landkreis Musterland, licence: CC BY 4.0}
    """
    for post in subject.posts:
        message = story_problem(post.part) if Extra.FORMAT in post.limits.expresses else None
        if message:
            yield Problem(post.field("text"), message)
            return
