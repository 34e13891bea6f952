"""How results look: lines and tables for people, the documented JSON for programs.

stdout carries the result, stderr everything else. It must not know how results come about.
"""

import sys
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from kanal.cli.terminal import Piece, put, table, write
from kanal.errors import KanalError
from kanal.language import Speech
from kanal.message import Message, mark, msg, msgn
from kanal.model import DeliveryKey, Outcome

if TYPE_CHECKING:  # `kanal lint` runs in commit hooks and needs nothing of publishing
    from kanal.publish.conditions import Result


class Format(StrEnum):
    """How a command shows its result."""

    TEXT = "text"
    JSON = "json"


WORDS = {
    Outcome.PUBLISHED: mark("published"),
    Outcome.ALREADY: mark("already out"),
    Outcome.HELD: mark("held"),
    Outcome.DEFERRED: mark("deferred"),
    Outcome.REJECTED: mark("rejected"),
    Outcome.UNCERTAIN: mark("uncertain"),
    Outcome.SKIPPED: mark("skipped"),
    Outcome.RETRACTED: mark("taken down"),
    Outcome.CORRECTED: mark("corrected"),
    Outcome.HANDED_OVER: mark("handed over"),
    Outcome.CANCELLED: mark("taken back"),
}
COLOURS = {
    Outcome.PUBLISHED: "green",
    Outcome.CORRECTED: "green",
    Outcome.HANDED_OVER: "cyan",
    Outcome.REJECTED: "red",
    Outcome.UNCERTAIN: "bold magenta",
    Outcome.DEFERRED: "yellow",
    Outcome.HELD: "yellow",
}
_AT_ADDRESS = frozenset({Outcome.PUBLISHED, Outcome.ALREADY, Outcome.CORRECTED})
"""Of all others, what is known about them tells more than where they are, or were."""
DONE_WITH = frozenset({Outcome.ALREADY, Outcome.RETRACTED})
"""Nothing more is to be done about these, so that they are only counted, unless somebody names drafts."""
MANY = 100
"""More published deliveries than this are only counted, unless somebody names drafts."""


def write_json(content: object) -> None:
    """The result for programs."""
    import json

    put(json.dumps(content, ensure_ascii=False, indent=2) + "\n", sys.stdout)


def deliveries(
    results: "Sequence[Result]",
    say: Speech,
    form: Format,
    *,
    quiet: Collection[Outcome] = DONE_WITH,
    dated: bool = False,
) -> None:
    """What became of each delivery (docs/json.md#deliveries).

    As text, outcomes in `quiet` are only counted, and with `dated` it says since when each has been waiting.
    """
    if form is Format.JSON:
        write_json(as_json(results, say))
        return
    shown = [result for result in results if result.outcome not in quiet]
    if shown:
        since = [mark("since")] if dated else []
        titles = [mark("draft"), mark("channel"), mark("outcome"), *since, mark("address or reason")]
        table([say.plain(title) for title in titles], [_row(those, say, dated=dated) for those in _alike(shown)])
    write(say(_in_words(results, say)))


def as_json(results: "Sequence[Result]", say: Speech) -> dict[str, object]:
    """The same for programs."""
    return {"deliveries": [_as_json(result, say) for result in results], "summary": _summary(results)}


def _alike(results: "Iterable[Result]") -> "Iterable[list[Result]]":
    """Those of one draft that wait for the same reason belong into one line; what is out has an address of its own."""
    found: dict[object, list[Result]] = {}
    for result in results:
        own = result.url or (None if result.reason else result.step.key)
        alike = (result.step.key.draft, result.outcome, result.since, str(result.reason), own)
        found.setdefault(alike, []).append(result)
    return found.values()


def _row(alike: "Sequence[Result]", say: Speech, *, dated: bool) -> list[Piece]:
    result = alike[0]
    channels = ", ".join(dict.fromkeys(_channel(one.step.key) for one in alike))
    word = (say.plain(WORDS[result.outcome]), COLOURS.get(result.outcome, ""))
    since = [say.time(result.since) if result.since else ""] if dated else []
    address = result.url if result.outcome in _AT_ADDRESS else None
    said = address or (say(result.reason) if result.reason else "")
    return [result.step.key.draft, channels, word, *since, said]


def _channel(key: DeliveryKey) -> str:
    """The channel, and which part of a thread it is about."""
    return key.channel if key.part == 1 else f"{key.channel} ({key.part})"


def _as_json(result: "Result", say: Speech) -> dict[str, object]:
    key = result.step.key
    moment = result.at or result.step.at
    return {
        "draft": key.draft,
        "channel": key.channel,
        "part": key.part,
        "revision": key.revision,
        "outcome": str(result.outcome),
        "url": result.url,
        "at": moment.isoformat() if moment else None,
        "since": result.since.isoformat() if result.since else None,
        "reason": say(result.reason) if result.reason else None,
    }


def _summary(results: "Iterable[Result]") -> dict[str, int]:
    counts = Counter(result.outcome for result in results)
    return {str(outcome): counts[outcome] for outcome in Outcome}


def _in_words(results: "Sequence[Result]", say: Speech) -> Message:
    counts = Counter(result.outcome for result in results)
    if not results:
        return msg("There is nothing to do.")
    if set(counts) == {Outcome.ALREADY}:
        return msgn(
            "Nothing to do: the delivery is already out.",
            "Nothing to do: all {count} deliveries are already out.",
            len(results),
        )
    parts = [f"{counts[outcome]} {say.plain(WORDS[outcome])}" for outcome in Outcome if counts[outcome]]
    return msg("Summary: {counts}.", counts=", ".join(parts))


def failure(error: KanalError, say: Speech) -> None:
    """An error, to stderr: what is wrong, and what to do next."""
    write(say(msg("Error: {message}", message=error.message)), to=sys.stderr)
    if error.advice:
        write(f"  → {say(error.advice)}", to=sys.stderr)
