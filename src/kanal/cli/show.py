"""How results look: aligned lines in a pipe, a table on a terminal, the documented JSON for programs.

stdout carries the result, stderr everything else. It must not know how results come about.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path

from kanal.errors import KanalError
from kanal.language import Speech
from kanal.message import Message, mark, msg, msgn
from kanal.model import Finding, Outcome, Severity
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
"""Results that need nobody's attention are summed up when there are more of them than this."""


def write(text: str) -> None:
    """A line of the result."""
    sys.stdout.write(text + "\n")


def write_json(content: object) -> None:
    """The result for programs."""
    write(json.dumps(content, ensure_ascii=False, indent=2))


def table(head: Sequence[str], rows: Sequence[Sequence[str]], styles: Sequence[str | None]) -> None:
    """Rows under a head: a table as wide as the terminal, or aligned columns without one."""
    if sys.stdout.isatty():
        _rich_table(head, rows, styles)
        return
    widths = [max(len(line[column]) for line in [head, *rows]) for column in range(len(head))]
    for line in [head, *rows]:
        write("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def _rich_table(head: Sequence[str], rows: Sequence[Sequence[str]], styles: Sequence[str | None]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for title in head:
        shown.add_column(title, overflow="fold")
    for row, style in zip(rows, styles, strict=True):
        shown.add_row(*(Text(cell) for cell in row), style=style)
    Console().print(shown)


def deliveries(results: Sequence[Result], say: Speech, form: Format) -> None:
    """What became of each delivery (design.md §8)."""
    if form is Format.JSON:
        write_json({"deliveries": [_as_json(result, say) for result in results], "summary": _summary(results)})
        return
    quiet = [result for result in results if result.outcome in {Outcome.ALREADY, Outcome.SKIPPED} and not result.reason]
    shown = (
        [result for result in results if len(quiet) <= MANY or result not in quiet]
        if len(results) < MANY
        else [result for result in results if result.outcome is not Outcome.ALREADY]
    )
    if shown:
        head = [
            say.plain(title) for title in (mark("draft"), mark("channel"), mark("outcome"), mark("address or reason"))
        ]
        rows = [
            [
                r.step.key.draft,
                r.step.key.channel,
                say.plain(WORDS[r.outcome]),
                r.url or (say(r.reason) if r.reason else ""),
            ]
            for r in shown
        ]
        table(head, rows, [COLOURS.get(result.outcome) for result in shown])
    write(say(_in_words(results, say)))


def _as_json(result: Result, say: Speech) -> dict[str, object]:
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


def _summary(results: Iterable[Result]) -> dict[str, int]:
    counts = Counter(result.outcome for result in results)
    return {str(outcome): counts[outcome] for outcome in Outcome}


def _in_words(results: Sequence[Result], say: Speech) -> Message:
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
    Severity.ERROR: mark("error"),
    Severity.WARNING: mark("warning"),
    Severity.INFO: mark("hint"),
}


def findings(found: Sequence[Finding], checked: int, say: Speech, form: Format, root: Path) -> None:
    """What lint found, with the line quoted and marked."""
    counts = Counter(str(finding.severity) for finding in found)
    if form is Format.JSON:
        summary = {"files": checked} | {str(severity): counts[severity] for severity in Severity}
        write_json({"findings": [_finding_json(finding, say) for finding in found], "summary": summary})
        return
    for finding in found:
        place = finding.place
        write(
            f"{finding.file}:{place.line}:{place.column}: {say.plain(SEVERITIES[finding.severity])}: "
            f"{say(finding.message)} [{finding.rule}]"
        )
        _quote(finding, root)
    files = msgn("{count} file", "{count} files", checked)
    if found:
        parts = [f"{counts[severity]} {say.plain(SEVERITIES[severity])}" for severity in Severity if counts[severity]]
        write(say(msg("{files} checked: {counts}.", files=files, counts=", ".join(parts))))
    else:
        write(say(msg("{files} checked, nothing to complain about.", files=files)))


def _quote(finding: Finding, root: Path) -> None:
    if finding.rule == "security/token-in-file":
        return  # the line holds the token
    try:
        lines = (root / finding.file).read_text(encoding="utf-8-sig").splitlines()
        line = lines[finding.place.line - 1]
    except (OSError, UnicodeDecodeError, IndexError):
        return
    start = max(0, finding.place.column - 61)
    write(f"    {line[start : start + 100]}".replace("\t", " "))
    write("    " + " " * (finding.place.column - 1 - start) + "^")


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
    sys.stderr.write(say(msg("Error: {message}", message=error.message)) + "\n")
    if error.advice:
        sys.stderr.write(f"  → {say(error.advice)}\n")
