"""What is known about a doubt, and the commands that settle it: what `kanal status` says below its table.

It must not know how anything came about.
"""

from collections.abc import Sequence

from kanal.cli.desk import Desk
from kanal.cli.standing import Stale
from kanal.cli.terminal import write
from kanal.message import msg
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
    if result.step.why is Why.RETRACTING:
        _explain_retracting(result, desk, option)
        return
    if result.step.why is Why.CORRECTING:
        _explain_correcting(result, desk, option)
        return
    if result.step.why is Why.CANCELLING:
        _explain_cancelling(result, desk, option)
        return
    if result.step.why is Why.REPOSTING:
        _explain_reposting(result, desk, option)
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


def _explain_retracting(result: Result, desk: Desk, option: str) -> None:
    key, say = result.step.key, desk.say
    write("")
    write(say(msg("“{draft}” on {channel}: nobody knows whether it is gone.", draft=key.draft, channel=key.channel)))
    if result.reason:
        write(f"  {say(result.reason)}")
    write(say(msg("  This finishes it; deleting twice does no harm:")))
    write(f"    kanal retract{option} {key.draft} --channel {key.channel} --reason REASON")


def _explain_cancelling(result: Result, desk: Desk, option: str) -> None:
    key, say = result.step.key, desk.say
    write("")
    write(
        say(
            msg(
                "“{draft}” on {channel}: nobody knows whether its network still publishes it.",
                draft=key.draft,
                channel=key.channel,
            )
        )
    )
    if result.reason:
        write(f"  {say(result.reason)}")
    write(say(msg("  This finishes it, and takes it down if it came out meanwhile:")))
    write(f"    kanal retract{option} {key.draft} --channel {key.channel} --reason REASON")


def _explain_correcting(result: Result, desk: Desk, option: str) -> None:
    key, say = result.step.key, desk.say
    write("")
    write(say(msg("“{draft}” on {channel}: nobody knows what it says.", draft=key.draft, channel=key.channel)))
    if result.reason:
        write(f"  {say(result.reason)}")
    write(say(msg("  This finishes it; editing twice does no harm:")))
    write(f"    kanal correct{option} {key.draft} --channel {key.channel} --reason REASON")


def _explain_reposting(result: Result, desk: Desk, option: str) -> None:
    key, say = result.step.key, desk.say
    write("")
    write(say(msg("“{draft}” on {channel}: nobody knows whether it is gone.", draft=key.draft, channel=key.channel)))
    if result.reason:
        write(f"  {say(result.reason)}")
    write(say(msg("  This finishes it; the new post goes out when the old one is gone:")))
    write(f"    kanal correct{option} {key.draft} --channel {key.channel} --repost --reason REASON")
