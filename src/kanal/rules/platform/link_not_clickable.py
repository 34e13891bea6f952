"""Rule: a link goes where people can click on it."""

from collections.abc import Iterator

from kanal.message import msg
from kanal.model import Problem
from kanal.rules import Subject, rule


@rule("info", when="link")
def check(subject: Subject) -> Iterator[Problem]:
    """Instagram shows a link in a caption as plain text; nobody can click on it.

    The link still goes out, as text. A variant that points to the link in the profile may serve readers better.

    Source: Instagram help centre, “Links”: addresses in captions cannot be clicked on.

    Good:
        id: example
        channels: [mastodon]
        text: Alle Termine finden Sie auf unserer Internetseite.
        link: https://www.landkreis-musterland.example/termine
    Bad:
        id: example
        channels: [instagram]
        text: Alle Termine finden Sie auf unserer Internetseite.
        link: https://www.landkreis-musterland.example/termine
    """
    for post in subject.posts:
        if not post.limits.link_clickable and "https://" in post.part.text:
            yield Problem(
                post.field("link"), msg("On {channel} nobody can click on this link.", channel=post.channel.name)
            )
