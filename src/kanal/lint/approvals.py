"""Approvals as git knows them: asked once for all drafts that carry one and may still go out.

The answer depends on history, so it is never kept. It must not know any single rule, nor how git is asked.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from kanal.config import Project
from kanal.folder import Folder
from kanal.lint.inspecting import Inspector
from kanal.model import Draft, Finding, Waiver
from kanal.rules.subject import LATELY

if TYPE_CHECKING:  # most drafts on the way through lint carry no approval yet
    from kanal.approval.history import History


def approvals(
    inspector: Inspector, folder: Folder, project: Project, local: datetime, only: Collection[str] | None = None
) -> Iterator[tuple[Finding, Waiver | None]]:
    """What git says against approvals of drafts that may still go out; nothing is asked where there are none.

    `local` is now, in the office's zone.
    """
    today, since = f"{local:%Y-%m-%d}", f"{local - LATELY:%Y-%m-%d}"
    drafts = (
        entry.load()
        for entry in folder.approved()
        if entry.approved_at
        and (only is None or entry.file in only)
        and (entry.publish_at >= today if entry.publish_at else entry.approved_at >= since)
    )
    return inspector.approvals(drafts, history_in(project))


def history_in(project: Project) -> Callable[[Sequence[Draft]], Mapping[str, "History"]]:
    """Who tells the histories of drafts, by file."""

    def tell(drafts: Sequence[Draft]) -> Mapping[str, "History"]:
        from kanal.approval.asking import histories

        return histories(project.root, project.setting, drafts)

    return tell
