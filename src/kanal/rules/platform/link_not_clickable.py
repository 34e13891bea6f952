"""Rule: a link goes where people can click on it."""

from collections.abc import Iterator

from kanal.message import msg
from kanal.model import Problem, Span
from kanal.rules import Subject, rule
from kanal.text.pattern import Pattern

_LINK = Pattern(r"(?i)(?<!\w)(?:https?://|www\.)[^\s<>]+")


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
        if not post.limits.link_clickable and _LINK.search(post.part.text):
            field = post.field("text")
            text = next((passage.text for passage in subject.texts() if passage.field == field), "")
            own = _LINK.search(text)
            yield Problem(
                field if own else post.field("link"),
                msg("On {channel} nobody can click on this link.", channel=post.channel.name),
                span=Span(*own.span()) if own else None,
            )
