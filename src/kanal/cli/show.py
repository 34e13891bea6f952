"""How results look: lines and tables for people, the documented JSON for programs.

stdout carries the result, stderr everything else. It must not know how results come about.
"""

import json
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from kanal.cli.terminal import INDENT, Piece, cells, put, table, width, write
from kanal.errors import KanalError
from kanal.language import Speech
from kanal.message import Message, mark, msg, msgn
from kanal.model import Finding, Outcome, Severity

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
}
COLOURS = {
    Outcome.PUBLISHED: "green",
    Outcome.REJECTED: "red",
    Outcome.UNCERTAIN: "bold magenta",
    Outcome.DEFERRED: "yellow",
    Outcome.HELD: "yellow",
}
MANY = 100
"""More published deliveries than this are only counted, unless somebody names drafts."""
LONGEST_QUOTE = 100


def write_json(content: object) -> None:
    """The result for programs."""
    put(json.dumps(content, ensure_ascii=False, indent=2) + "\n", sys.stdout)


def deliveries(
    results: "Sequence[Result]", say: Speech, form: Format, *, quiet: Collection[Outcome] = (Outcome.ALREADY,)
) -> None:
    """What became of each delivery (docs/json.md#deliveries). As text, outcomes in `quiet` are only counted."""
    if form is Format.JSON:
        write_json({"deliveries": [_as_json(result, say) for result in results], "summary": _summary(results)})
        return
    shown = [result for result in results if result.outcome not in quiet]
    if shown:
        titles = (mark("draft"), mark("channel"), mark("outcome"), mark("address or reason"))
        table([say.plain(title) for title in titles], [_row(result, say) for result in shown])
    write(say(_in_words(results, say)))


def _row(result: "Result", say: Speech) -> list[Piece]:
    key = result.step.key
    word = (say.plain(WORDS[result.outcome]), COLOURS.get(result.outcome, ""))
    return [key.draft, key.channel, word, result.url or (say(result.reason) if result.reason else "")]


def _as_json(result: "Result", say: Speech) -> dict[str, object]:
    key = result.step.key
    moment = result.at or result.step.at
    return {
        "draft": key.draft,
        "channel": key.channel,
        "part": key.part,
        "outcome": str(result.outcome),
        "url": result.url,
        "at": moment.isoformat() if moment else None,
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


SEVERITIES = {
    Severity.ERROR: (mark("error"), "bold red"),
    Severity.WARNING: (mark("warning"), "yellow"),
    Severity.INFO: (mark("hint"), "cyan"),
}


def findings(
    found: Sequence[Finding], checked: int, say: Speech, form: Format, root: Path, to: TextIO | None = None
) -> None:
    """What lint found, with the line quoted and marked."""
    counts = Counter(finding.severity for finding in found)
    if form is Format.JSON:
        summary = {"files": checked} | {str(severity): counts[severity] for severity in Severity}
        write_json({"findings": [_finding_json(finding, say) for finding in found], "summary": summary})
        return
    for finding in found:
        place = finding.place
        word, colour = SEVERITIES[finding.severity]
        head = (f"{finding.file}:{place.line}:{place.column}", "bold")
        message = f": {say(finding.message)} "
        write(head, ": ", (say.plain(word), colour), message, (f"[{finding.rule}]", "dim"), to=to)
        _quote(finding, root, to or sys.stdout)
    files = msgn("{count} file", "{count} files", checked)
    if found:
        parts = [say(_counted(severity, counts[severity])) for severity in Severity if counts[severity]]
        write(say(msg("{files} checked: {counts}.", files=files, counts=", ".join(parts))), to=to)
    else:
        write(say(msg("{files} checked, nothing to complain about.", files=files)), to=to)


def _counted(severity: Severity, count: int) -> Message:
    if severity is Severity.ERROR:
        return msgn("{count} error", "{count} errors", count)
    if severity is Severity.WARNING:
        return msgn("{count} warning", "{count} warnings", count)
    return msgn("{count} hint", "{count} hints", count)


def _quote(finding: Finding, root: Path, to: TextIO) -> None:
    """The line with a mark below it; a long one shows the surroundings of the mark only."""
    if finding.rule == "security/token-in-file":
        return  # the line holds the token
    try:
        lines = (root / finding.file).read_text(encoding="utf-8-sig", errors="replace").splitlines()
        line = lines[finding.place.line - 1]
    except (OSError, IndexError):
        return
    room = min((width(to) or LONGEST_QUOTE) - INDENT - 1, LONGEST_QUOTE)
    start = max(0, finding.place.column - 1 - room * 2 // 3)
    write(" " * INDENT + line[start : start + room].replace("\t", " "), to=to)
    write(" " * (INDENT + cells(line[start : finding.place.column - 1])) + "^", to=to)


def _finding_json(finding: Finding, say: Speech) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "severity": str(finding.severity),
        "file": finding.file,
        "line": finding.place.line,
        "column": finding.place.column,
        "field": finding.field,
        "message": say(finding.message),
        "fixable": finding.fixable,
    }


def failure(error: KanalError, say: Speech) -> None:
    """An error, to stderr: what is wrong, and what to do next."""
    write(say(msg("Error: {message}", message=error.message)), to=sys.stderr)
    if error.advice:
        write(f"  → {say(error.advice)}", to=sys.stderr)
