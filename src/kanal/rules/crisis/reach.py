"""Rule: a warning never stands on one social network alone."""

from collections.abc import Iterator

from kanal.message import msg
from kanal.model import DraftType, Problem
from kanal.rules import Subject, rule

POINTERS = (
    "NINA",
    "115",
    "110",
    "112",
    "116 117",
    "Internetseite",
    "Webseite",
    "Website",
    "Homepage",
    "Bürgertelefon",
    "Radio",
    "Rundfunk",
    "https://",
    "www.",
)


@rule("warning", when="crisis")
def check(subject: Subject, *, pointers: tuple[str, ...] = POINTERS) -> Iterator[Problem]:
    """A warning goes to more than one channel, and each text says where people find more or call for help.

    Social networks show posts late, and not to everybody; many people have no account. So send a warning to all
    channels, and point to the website, the warning app NINA, the office's telephone (115) or the emergency numbers.

    Options:
        pointers: words that point to another way; one of them must stand in each text, unless there is a link

    Source: research on crisis communication: never by social media alone; notes of police forces on their accounts.

    Good:
        id: example
        type: crisis
        channels: [mastodon, x]
        text: "Sturmwarnung für den Landkreis. Aktuelles in der Warn-App NINA. Notruf: 112."
    Bad:
        id: example
        type: crisis
        channels: [mastodon]
        text: "Sturmwarnung für den Landkreis. Aktuelles in der Warn-App NINA. Notruf: 112."
    Bad:
        id: example
        type: crisis
        channels: [mastodon, x]
        text: Sturmwarnung für den Landkreis.
    """
    draft = subject.draft
    if draft.type is not DraftType.CRISIS:
        return
    if len(draft.channels) == 1:
        yield Problem(
            "channels",
            msg("This warning goes to one channel only. Send it to the others as well, and to the office's website."),
        )
    first = (post for post in subject.posts if post.part.number == 1)
    said = {post.field("text"): f"{post.part.text} {post.part.link or ''}" for post in first}
    for field, text in said.items():
        if not any(pointer in text for pointer in pointers):
            yield Problem(
                field,
                msg(
                    "This warning does not say where people find more or call for help. Add the website, the warning"
                    " app NINA, or a telephone number (115, 110, 112)."
                ),
            )
