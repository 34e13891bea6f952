"""A hold and pauses, said before anything else, so that they stand at the top of a CI job's log."""

import sys

from kanal.cli.desk import Desk
from kanal.cli.terminal import write
from kanal.config import Project
from kanal.config.brakes import Hold, Pause
from kanal.message import Message, msg


def announce(project: Project, desk: Desk) -> None:
    """Say to stderr what is on hold or paused."""
    for message in brakes_in_words(project, desk):
        write((desk.say(message), "bold"), to=sys.stderr)


def brakes_in_words(project: Project, desk: Desk) -> list[Message]:
    """A sentence for the hold, and one for each pause that is not over yet."""
    if project.brakes is None:
        return []
    pauses = [(name, one) for name, one in project.brakes.pauses.items() if desk.clock() < one.ends]
    held = [hold_in_words(project.brakes.hold)] if project.brakes.hold else []
    return [*held, *(pause_in_words(name, pause) for name, pause in pauses)]


def hold_in_words(hold: Hold) -> Message:
    """Since when, by whom, why, and how it ends."""
    return msg(
        "ON HOLD since {since}: nothing but warnings (type: crisis) goes out. {name} says: “{reason}”. It ends with:"
        " kanal release",
        since=hold.since,
        name=hold.name,
        reason=hold.reason,
    )


def pause_in_words(channel: str, pause: Pause) -> Message:
    """Until when, by whom, why if somebody said it, and how it ends."""
    if pause.reason is None:
        said = msg("{name} decided that.", name=pause.name)
    else:
        said = msg("{name} says: “{reason}”.", name=pause.name, reason=pause.reason)
    return msg(
        "PAUSED until {time}: nothing goes out on “{channel}”. {said} It ends with: kanal release {channel}",
        time=pause.ends,
        channel=channel,
        said=said,
    )
