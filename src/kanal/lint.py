"""Runs the rules over drafts and files, and gives their problems a file, a line, a column and a severity.

It must not know any single rule, nor how findings are shown.
"""

import subprocess
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from kanal.compose import Post, compose
from kanal.config import Project
from kanal.folder import Entry, Folder
from kanal.model import Draft, Finding, Place, Severity
from kanal.rules import Rule, Subject, discover

TEXT_SUFFIXES = frozenset({".yaml", ".yml", ".env", ".toml", ".ini", ".cfg", ".json", ".txt", ".md", ".sh", ".ps1", ""})
LARGEST_TEXT = 1_000_000


def lint(project: Project, folder: Folder, only: Collection[str] | None = None) -> list[Finding]:
    """Every finding, sorted by file and line. `only` names files (relative, forward slashes) to look at."""
    findings = [finding for finding in folder.findings if only is None or finding.file in only]
    for entry in folder.entries:
        if only is None or entry.file in only:
            findings += lint_draft(entry.load(), project)
    findings += _in_raw_text(project, tracked(project.root) if only is None else only)
    return sorted(findings, key=lambda f: (f.file, f.place.line, f.place.column, f.rule, str(f.message)))


def lint_entries(project: Project, folder: Folder, entries: Iterable[Entry]) -> list[Finding]:
    """Findings that stand in the way of sending `entries`: theirs, and files that nobody can read."""
    findings = list(folder.findings)
    for entry in entries:
        findings += lint_draft(entry.load(), project)
    return findings


def lint_draft(draft: Draft, project: Project) -> Iterator[Finding]:
    """What the rules say about one draft under the project's policy."""
    subject = Subject(draft, _posts(draft, project), project.office, project.channels)
    for rule in discover():
        severity = project.policy.severity_of(rule.id, rule.severity)
        if rule.check is None or severity is None:
            continue
        for problem in rule.check(subject):
            place = _place_of(problem.field, draft)
            field = problem.field.removesuffix(":key")
            yield Finding(rule.id, severity, draft.path, place, field, problem.message)


def _posts(draft: Draft, project: Project) -> tuple[Post, ...]:
    named = [project.channels[name] for name in draft.channels if name in project.channels]
    return tuple(compose(draft, channel, project.office.mentions) for channel in named)


def _place_of(field: str, draft: Draft) -> Place:
    """Where the field stands, or the nearest field around it that does."""
    while field and field not in draft.places:
        field = field[: max(field.rfind("."), field.rfind("["), 0)]
    return draft.places.get(field, Place(1, 1))


def tracked(root: Path) -> list[str]:
    """Files that git tracks below `root`; without git, configuration and drafts."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--", "."],  # noqa: S607
            cwd=root,
            capture_output=True,
            check=True,
            encoding="utf-8",
            errors="surrogateescape",
        )
    except (OSError, subprocess.CalledProcessError):
        below = [*(root / "config").rglob("*"), *(root / "posts").rglob("*.y*ml")]
        return sorted(path.relative_to(root).as_posix() for path in below if path.is_file())
    return [name for name in listed.stdout.split("\0") if name]


def _in_raw_text(project: Project, files: Iterable[str]) -> Iterator[Finding]:
    rules = [(rule, project.policy.severity_of(rule.id, rule.severity)) for rule in discover() if rule.check_file]
    for file in files:
        path = project.root / file
        if path.suffix.lower() in TEXT_SUFFIXES:
            text = _text_of(path)
            for rule, severity in rules:
                yield from _check_text(rule, severity, file, text)


def _check_text(rule: Rule, severity: Severity | None, file: str, text: str) -> Iterator[Finding]:
    if severity is None or rule.check_file is None:
        return
    for place, message in rule.check_file(text):
        yield Finding(rule.id, severity, file, place, "", message)


def _text_of(path: Path) -> str:
    """The file's text; none for what is too large, binary or gone."""
    try:
        if path.stat().st_size > LARGEST_TEXT:
            return ""
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ""


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether something stands in the way of publishing."""
    return any(finding.severity is Severity.ERROR for finding in findings)
