"""What a draft file said in earlier commits, for comparison. It must not know where the commits come from."""

from collections.abc import Callable
from typing import NamedTuple

from kanal.approval.digest import said
from kanal.approval.strands import Aspect
from kanal.drafts import DraftSetting, parse_draft
from kanal.model import Approval


class Version(NamedTuple):
    """What a file said, and its approval; both None where it was no readable draft."""

    said: str | None = None
    approval: Approval | None = None


class Versions:
    """The files behind blobs, each read once. `content` gives a blob's bytes."""

    def __init__(self, content: Callable[[str], bytes], setting: DraftSetting) -> None:
        self._content = content
        self._setting = setting
        self._known: dict[str, Version] = {}

    def of(self, blob: str) -> Version:
        """The draft that the blob holds."""
        if blob not in self._known:
            self._known[blob] = self._read(blob)
        return self._known[blob]

    def is_same(self, aspect: Aspect, old: str, new: str) -> bool:
        """Whether that aspect of two blobs is the same. What cannot be read is like nothing else."""
        if old == new:
            return True
        if aspect is Aspect.BYTES:
            return False
        before, after = self.of(old), self.of(new)
        if aspect is Aspect.SAID:
            return before.said is not None and before.said == after.said
        return before.approval is not None and before.approval == after.approval

    def _read(self, blob: str) -> Version:
        try:
            text = self._content(blob).decode("utf-8-sig")
        except UnicodeDecodeError:
            return Version()
        draft, _ = parse_draft(text, "", self._setting)
        return Version(said(draft, self._setting.posts), draft.approval) if draft else Version()
