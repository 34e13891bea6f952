"""Rule: readers can tell that the head of the office speaks in person."""

from collections.abc import Iterator

from kanal.message import msg
from kanal.model import Problem
from kanal.rules import Subject, rule
from kanal.rules.political import office_holders_in
from kanal.text.pattern import Pattern

# ^EM, (EM), /EM at the end; behind it only tags, links and signs.
_INITIALS = Pattern(r"(?:\^ ?[A-Za-zÄÖÜäöü]{2,3}|[(/] ?[A-ZÄÖÜ]{2,3}\)?)(?>(?:[#@]\w++|https?://\S++|\W)*)\Z")


@rule("warning", when="office-holder")
def check(subject: Subject) -> Iterator[Problem]:
    """A post of the head of the office (`author: office-holder`) is signed: with the name, the role, or initials.

    On an account that a press office looks after, most posts are the office's. Where the head speaks in person, readers
    must see it. Sign with the name from the register of office-holders, with the role, or with initials at the end
    (`^EM` or `(EM)`).

    Source: kanal's own advice (no source beyond good practice).

    Good:
        id: example
        author: office-holder
        channels: [mastodon]
        text: "Ich danke allen, die beim Hochwasser geholfen haben. ^EM #Ehrenamt"
    Bad:
        id: example
        author: office-holder
        channels: [mastodon]
        text: Ich danke allen, die beim Hochwasser geholfen haben.
    """
    if not subject.by_office_holder:
        return
    roles = tuple(holder.role for holder in subject.registers.office_holders)
    for thread in subject.threads():
        if not any(_is_signed(subject, part.text, roles) for part in thread):
            yield Problem(
                thread[0].field,
                msg(
                    "Nobody sees who speaks here. Sign with the name, the role, or initials at the end, such as “^EM”."
                ),
            )


def _is_signed(subject: Subject, text: str, roles: tuple[str, ...]) -> bool:
    named = any(role in text for role in roles) or office_holders_in(subject, text)
    return bool(named) or _INITIALS.search(text) is not None
