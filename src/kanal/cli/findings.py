"""How findings look: for people, with the line quoted and marked; as the documented JSON; as reports for CI systems.

What belongs to a citizen is shown on the terminal of whoever wrote it, and masked everywhere else, since CI logs are
read by many. It must not know how findings come about.
"""

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TextIO

from kanal.cli.terminal import INDENT, cells, put, width, write
from kanal.language import Speech
from kanal.message import Message, mark, msg, msgn
from kanal.model import Finding, Severity

LONGEST_QUOTE = 100
MASK = "•"
SEVERITIES = {
    Severity.ERROR: (mark("error"), "bold red"),
    Severity.WARNING: (mark("warning"), "yellow"),
    Severity.INFO: (mark("hint"), "cyan"),
}


class Report(StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    GITLAB = "gitlab"
    SARIF = "sarif"


def report(found: Sequence[Finding], checked: int, say: Speech, form: Report, root: Path) -> None:
    """The findings of `checked` files to stdout."""
    if form is Report.TEXT:
        as_text(found, checked, say, root)
    elif form is Report.JSON:
        as_json(found, checked, say)
    else:
        put(_for_ci(found, say, form), sys.stdout)


def as_json(found: Sequence[Finding], checked: int, say: Speech) -> None:
    """docs/json.md#findings."""
    counts = Counter(finding.severity for finding in found)
    content = {
        "findings": [_as_json(finding, say) for finding in found],
        "summary": {"files": checked} | {str(severity): counts[severity] for severity in Severity},
    }
    import json

    put(json.dumps(content, ensure_ascii=False, indent=2) + "\n", sys.stdout)


def as_text(
    found: Sequence[Finding],
    checked: int,
    say: Speech,
    root: Path,
    to: TextIO | None = None,
    text_of: Callable[[Path], str] | None = None,
) -> None:
    """For people, with the line quoted and marked. `text_of` reads a file that is not in UTF-8."""
    quotes = _Quotes(found, root, to or sys.stdout, text_of or _in_utf8)
    for finding in found:
        place = finding.place
        word, colour = SEVERITIES[finding.severity]
        head = (f"{finding.file}:{place.line}:{place.column}", "bold")
        message = f": {say(finding.message)} "
        write(head, ": ", (say.plain(word), colour), message, (f"[{finding.rule}]", "dim"), to=to)
        quotes.show(finding)
    write(say(_in_words(found, checked, say)), to=to)


def _in_words(found: Sequence[Finding], checked: int, say: Speech) -> Message:
    files = msgn("{count} file", "{count} files", checked)
    if not found:
        return msg("{files} checked, nothing to complain about.", files=files)
    counts = Counter(finding.severity for finding in found)
    parts = [say(_counted(severity, counts[severity])) for severity in Severity if counts[severity]]
    fixable = sum(finding.fixable for finding in found)
    if fixable:
        return msg(
            "{files} checked: {counts}. kanal lint --fix can mend {fixable} of them.",
            files=files,
            counts=", ".join(parts),
            fixable=fixable,
        )
    return msg("{files} checked: {counts}.", files=files, counts=", ".join(parts))


def _counted(severity: Severity, count: int) -> Message:
    if severity is Severity.ERROR:
        return msgn("{count} error", "{count} errors", count)
    if severity is Severity.WARNING:
        return msgn("{count} warning", "{count} warnings", count)
    return msgn("{count} hint", "{count} hints", count)


class _Quotes:
    """Lines of the files, each file read once; what must not be seen in a log is masked."""

    def __init__(self, found: Sequence[Finding], root: Path, to: TextIO, text_of: Callable[[Path], str]) -> None:
        self._root = root
        self._text_of = text_of
        self._to = to
        self._file = ""
        self._lines: list[str] = []
        self._masked = () if to.isatty() else tuple(finding for finding in found if finding.personal)

    def show(self, finding: Finding) -> None:
        """The line with a mark below it; a long one shows the surroundings of the mark only."""
        if finding.rule == "security/token-in-file":
            return  # the line holds the token
        line = self._line(finding).replace("\t", " ")
        if not line:
            return
        room = min((width(self._to) or LONGEST_QUOTE) - INDENT - 1, LONGEST_QUOTE)
        start = max(0, finding.place.column - 1 - room * 2 // 3)
        marked = line[finding.place.column - 1 : start + room][: finding.width]
        write(" " * INDENT + line[start : start + room], to=self._to)
        indent = INDENT + cells(line[start : finding.place.column - 1])
        write(" " * indent + "^" * max(cells(marked), 1), to=self._to)

    def _line(self, finding: Finding) -> str:
        if finding.file != self._file:
            self._file = finding.file
            self._lines = self._text_of(self._root / finding.file).splitlines()
        number = finding.place.line
        line = self._lines[number - 1] if number <= len(self._lines) else ""
        for secret in self._masked:
            if secret.file == finding.file:
                start, end = _meant_in(number, len(line), secret)
                line = line[:start] + MASK * len(line[start:end]) + line[end:]
        return line


def _meant_in(number: int, length: int, secret: Finding) -> tuple[int, int]:
    """Which characters of a line, of that number and length, a finding is about; none if they are equal."""
    first, last = secret.place.line, secret.place.line + secret.lines - 1
    if not first <= number <= last:
        return 0, 0
    start = secret.place.column - 1 if number == first else 0
    if number == last > first:
        return start, secret.tail
    return start, start + secret.width if number == first and secret.width > 1 else length


def _in_utf8(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return ""


def _as_json(finding: Finding, say: Speech) -> dict[str, object]:
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


def _for_ci(found: Sequence[Finding], say: Speech, form: Report) -> str:
    from kanal.cli.reports import github, gitlab, sarif
    from kanal.rules import discover

    if form is Report.GITHUB:
        return github(found, say)
    return gitlab(found, say) if form is Report.GITLAB else sarif(found, say, discover())
