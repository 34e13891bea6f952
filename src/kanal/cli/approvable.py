"""What stands in the way of an approval that is about to be given, by the rules that look at given ones."""

from collections.abc import Iterable

from kanal.approval.history import Change, Gap, History
from kanal.approval.people import Person
from kanal.config import Project
from kanal.config.policy import Policy
from kanal.errors import UsageError
from kanal.lint.inspecting import Inspector
from kanal.message import msg
from kanal.model import Approval, Draft, Finding, Severity

OWN_DRAFT = "approval/own-draft"
RULES = frozenset({OWN_DRAFT, "approval/forged", "approval/unproved"})
UNKNOWABLE = frozenset({Gap.SHALLOW, Gap.FAILED})


def objections(draft: Draft, history: History, approval: Approval, person: Person, project: Project) -> list[Finding]:
    """What the rules would say if `person` committed that approval now."""
    committed = History(
        content=history.content,
        approval=Change("", person, person),
        gap=history.gap if not history.content and history.gap in UNKNOWABLE else None,
        words=history.words,
        signer=lambda _: person.email or person.name,
    )
    inspector = Inspector(project, approval.at, publishing=True, only=RULES.__contains__)
    found = inspector.approvals([draft._replace(approval=approval)], lambda _: {draft.path: committed})
    return [finding for finding, waiver in found if waiver is None]


def may_approve_own(policy: Policy) -> bool:
    """Whether the office lets people approve what they wrote themselves."""
    return bool(policy.options_of(OWN_DRAFT).get("solo")) or policy.severity_of(OWN_DRAFT, Severity.ERROR) is None


def refuse_unwritten(drafts: Iterable[tuple[Draft, History]], project: Project) -> None:
    """Stop where git cannot know yet who wrote what is to be approved. Raises `UsageError`."""
    solo = may_approve_own(project.policy)
    for draft, history in drafts:
        if not solo and not history.content and history.gap is Gap.UNCOMMITTED:
            raise UsageError(
                msg(
                    "{file} and its pictures are not committed as they are now, so git cannot tell who wrote that.",
                    file=draft.path,
                ),
                msg("Whoever wrote it commits it first: git add --all, git commit"),
            )
