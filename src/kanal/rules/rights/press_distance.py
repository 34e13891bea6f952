"""Rule: a story belongs to a task of the office."""

from collections.abc import Iterator

from kanal.message import msg
from kanal.model import Problem
from kanal.rules import Subject, rule


@rule("warning")
def check(subject: Subject, *, types: tuple[str, ...] = ("story",)) -> Iterator[Problem]:
    """A story names the task of the office that it belongs to.

    A public office may inform about its own work; it must not become a newspaper. What counts is the whole of what it
    publishes: reports about clubs, sports and local life, as the press writes them, take the press's readers away.
    Write under `task` which task of the office the story is about, such as `Winterdienst auf Kreisstraßen`. If you find
    none, leave the story to the press.

    Options:
        types: the types of drafts that must name a task

    Source: BGH, 14 July 2022, I ZR 97/21 (dortmund.de), and the judgment “Crailsheimer Stadtblatt II” before it.

    Good:
        id: example
        type: story
        task: Winterdienst auf Kreisstraßen
        channels: [mastodon]
        text: Nachts um drei klingelt in der Straßenmeisterei der Wecker.
    Bad:
        id: example
        type: story
        channels: [mastodon]
        text: Der FC Musterstadt hat am Sonntag mit 3 zu 1 gewonnen.
    """
    if subject.draft.type in types and not subject.draft.task:
        yield Problem(
            "task",
            msg(
                "It does not say which task of the office this belongs to. Write it under task; if there is none, leave"
                " the story to the press."
            ),
        )
