"""The examples in the docstrings of rules: found, filled in, checked. Not a test itself.

They lie in the sample office that comes with kanal, with its registers, on 23 November 2026 at 9 o'clock, and are about
to go out. Pictures that they name are those of `office_folder` (tests/conftest.py).
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from textwrap import indent
from zoneinfo import ZoneInfo

from kanal import platforms
from kanal.approval.digest import SHA256, digest_of
from kanal.approval.history import Change, Gap, History
from kanal.approval.people import Person
from kanal.config import Project
from kanal.config.channels import channels_from
from kanal.config.concept import CONCEPT_FILE, concept_from
from kanal.config.policy import Setting
from kanal.draft_files import FileStat
from kanal.drafts import DraftSetting, parse_draft
from kanal.folder_entries import entry_of, facts_of
from kanal.lint.inspecting import Inspector
from kanal.lint.summaries import references
from kanal.model import Draft, Finding
from kanal.rules import LooksAt, Rule, Summary
from kanal.rules.manual import Example
from kanal.yaml12 import parse

ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 23, 9, tzinfo=ZONE)
POSTS = Path("posts")
LONG_TEXT = "Lang " * 320
"""What stands for the word LONG in an example: 1,600 characters."""
TOKEN = "q8Zr2LmT0vBx7KpW4nYc9HsD"
"""What stands for the word TOKEN: it looks like one, and a page that showed it would be a finding of its own."""


WRITTEN_AND_APPROVED = re.compile(r"^# git: written by ([\w ]+?)(?:, approved by ([\w ]+))?$", re.MULTILINE)
"""How an example says what git knows."""


def filled(example: Example) -> str:
    """The example's text with LONG and TOKEN written out, and DIGEST as that of the draft."""
    text = re.sub(r"\bLONG\b", f"{LONG_TEXT[:-1]}.", re.sub(r"\bTOKEN\b", TOKEN, example.text))
    if not re.search(r"\bDIGEST\b", text):
        return text
    anything = _draft("", text.replace("DIGEST", f"{SHA256}{0:064}"), DraftSetting(POSTS, ZONE, "de"))
    return text.replace("DIGEST", digest_of(anything, POSTS))


def findings(rule: Rule, example: Example, project: Project) -> list[Finding]:
    """What the rule says about an example, as if it lay in the project's folder and were about to go out."""
    text = filled(example)
    if example.option and example.option[0] == "adapt":
        project = project._replace(policy=project.policy._replace(adapt=example.option[1] == "true"))
    elif example.option:
        settings = {rule.id: Setting("the example", options=dict([example.option]))}
        project = project._replace(policy=project.policy._replace(settings=settings))
    if rule.looks_at is LooksAt.CHANNEL:
        return list(_of_channels(rule, text, project))
    if rule.looks_at is LooksAt.PAPERS:
        return list(_of_papers(rule, text, project))
    inspector = Inspector(project, NOW, publishing=True, only=lambda name: name == rule.id or rule.last)
    if rule.looks_at is LooksAt.FILE:
        return list(inspector.in_text("config/example.yaml", text))
    drafts = [_draft(f"posts/example-{number}.yaml", part, project.setting) for number, part in _parts(text)]
    if rule.looks_at is LooksAt.FOLDER:
        by_file = {draft.path: draft for draft in drafts}
        listed = {draft.id: summary(draft) for draft in drafts}
        return [finding for finding, _ in inspector.folder(_referring(drafts, listed, project), by_file.__getitem__)]
    [draft] = drafts
    if rule.looks_at is LooksAt.HISTORY:
        told = {draft.path: _history(text)}
        return [finding for finding, _ in inspector.approvals([draft], lambda _: told)]
    return [finding for finding in inspector.draft(draft, text) if finding.rule == rule.id]


def _history(text: str) -> History:
    """What git would tell about the example."""
    found = WRITTEN_AND_APPROVED.search(text)
    assert found, "the example does not say what git knows"
    writer, approver = (Person(name, f"{name.split()[0]}@office.example") if name else None for name in found.groups())
    assert writer
    content = (Change("1" * 40, writer, writer),)
    if approver is None:
        return History(content=content, gap=Gap.UNCOMMITTED)
    return History(content=content, approval=Change("2" * 40, approver, approver))


def _referring(drafts: list[Draft], listed: Mapping[str, Summary], project: Project) -> Iterator[Summary]:
    for draft in drafts:
        entry = entry_of(draft.path, facts_of(draft), FileStat(draft.path, 0, 0), project.setting)
        yield listed[draft.id]._replace(refers=tuple(references(entry, project.channels, listed, listed)))


def summary(draft: Draft) -> Summary:
    """The draft as rules about the whole folder see it."""
    times = (draft.publish_at, draft.starts_at, draft.ends_at)
    return Summary(draft.path, draft.id, draft.type, draft.channels, *times)


def _parts(text: str) -> Iterator[tuple[int, str]]:
    return enumerate(re.split(r"^---\n", text, flags=re.MULTILINE))


def _draft(file: str, text: str, setting: DraftSetting) -> Draft:
    draft, problems = parse_draft(text, file, setting)
    assert problems == []
    assert draft is not None
    return draft


def _of_channels(rule: Rule, text: str, project: Project) -> Iterator[Finding]:
    document = parse(f"channels:\n{indent(text, '  ')}", "config/channels.yaml")
    channels = channels_from(document, None, platforms.names())
    assert channels is not None, [str(finding.message) for finding in document.findings]
    office = Project(Path("office"), project.office, channels, project.policy)
    return Inspector(office, NOW, only=lambda name: name == rule.id).channels()


def _of_papers(rule: Rule, text: str, project: Project) -> Iterator[Finding]:
    """The example is the concept of a real channel “mastodon”."""
    (project.root / CONCEPT_FILE).write_text(text, encoding="utf-8")
    real = {"mastodon": project.channels["mastodon"]._replace(live=True)}
    concept, mistakes = concept_from(project.root, real)
    assert mistakes == []
    office = Project(project.root, project.office, real, project.policy, concept=concept)
    return Inspector(office, NOW, only=lambda name: name == rule.id).papers()
