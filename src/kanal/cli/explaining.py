"""What is known about a doubt, and the commands that settle it: what `kanal status` says below its table.

It must not know how anything came about.
"""

from collections.abc import Sequence
from typing import NamedTuple

from kanal.cli.desk import Desk
from kanal.cli.standing import Stale
from kanal.cli.terminal import write
from kanal.message import Message, msg
from kanal.publish.conditions import Result
from kanal.publish.wait import Why


def explain_outdated(stale: Sequence[Stale], option: str, desk: Desk) -> None:
    """Which posts still carry an old text, which of them are answered, and what corrects the others."""
    say = desk.say
    answered = {one.result.step.key._replace(part=1): one.reply for one in stale if one.reply}
    for key, reply in answered.items():
        write("")
        write(say(msg("“{draft}” carries the old text on {channel}.", draft=key.draft, channel=key.channel)))
        write(say(msg("  A reply beneath it corrects it: {url}", url=reply.url or reply.id)))
    unanswered = [one.result for one in stale if not one.reply]
    for draft in dict.fromkeys(result.step.key.draft for result in unanswered):
        those = [result.step.key for result in unanswered if result.step.key.draft == draft]
        channels = ", ".join(dict.fromkeys(key.channel for key in those))
        write("")
        write(say(msg("“{draft}” still carries the old text on: {channels}.", draft=draft, channels=channels)))
        write(
            say(msg("  The draft says something else now. This corrects it where the network can, and tells the rest:"))
        )
        write(f"    kanal correct{option} {draft} --reason REASON")


def explain(result: Result, desk: Desk, option: str) -> None:
    """What is known about a doubt, and the commands that settle it."""
    key, say = result.step.key, desk.say
    unfinished = _UNFINISHED.get(result.step.why) if result.step.why else None
    if unfinished:
        _explain_unfinished(result, unfinished, desk, option)
        return
    part = f" --part {key.part}" if key.part > 1 else ""
    command = f"kanal resolve{option} {key.draft} --channel {key.channel}{part} --name NAME --reason REASON"
    write("")
    write(say(msg("“{draft}” on {channel}: nobody knows whether it is out.", draft=key.draft, channel=key.channel)))
    if result.since:
        write(say(msg("  Sending began at {time}. {reason}", time=result.since, reason=result.reason or "")))
    ask = msg("  kanal publish{option} asks the network again. If that does not help, look there, then:", option=option)
    write(say(ask))
    write(f"    {command} --published URL")
    write(f"    {command} --not-published")


class _Unfinished(NamedTuple):
    """What somebody began and did not finish: what nobody knows, and the command with its options that finishes it."""

    doubt: Message
    remedy: Message
    command: str
    options: str = ""


_UNFINISHED = {
    Why.RETRACTING: _Unfinished(
        msg("“{draft}” on {channel}: nobody knows whether it is gone."),
        msg("  This finishes it; deleting twice does no harm:"),
        "retract",
    ),
    Why.CANCELLING: _Unfinished(
        msg("“{draft}” on {channel}: nobody knows whether its network still publishes it."),
        msg("  This finishes it, and takes it down if it came out meanwhile:"),
        "retract",
    ),
    Why.CORRECTING: _Unfinished(
        msg("“{draft}” on {channel}: nobody knows what it says."),
        msg("  This finishes it; editing twice does no harm:"),
        "correct",
    ),
    Why.REPOSTING: _Unfinished(
        msg("“{draft}” on {channel}: nobody knows whether it is gone."),
        msg("  This finishes it; the new post goes out when the old one is gone:"),
        "correct",
        " --repost",
    ),
}


def _explain_unfinished(result: Result, unfinished: _Unfinished, desk: Desk, option: str) -> None:
    key, say = result.step.key, desk.say
    write("")
    write(say(unfinished.doubt._replace(values={"draft": key.draft, "channel": key.channel})))
    if result.reason:
        write(f"  {say(result.reason)}")
    write(say(unfinished.remedy))
    whose = f"{key.draft} --channel {key.channel}"
    write(f"    kanal {unfinished.command}{option} {whose}{unfinished.options} --reason REASON")
