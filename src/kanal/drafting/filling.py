"""A template's draft with answers in its places: the keys of a draft, or None where something is still missing.

What has no answer is left out: lines, keys, pictures without a file, parts of a thread without a text, variants that
say nothing or belong to no channel of the draft. It must not know files or YAML.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from kanal.config.office import Office
from kanal.draft_fields import DRAFT
from kanal.drafting.answers import Answers, written
from kanal.drafting.pieces import Gap, filled
from kanal.drafting.questions import Question
from kanal.drafting.template import FACTS, Template
from kanal.drafts import DraftSetting, Written, to_draft
from kanal.model import Channel, Draft

Fields = Mapping[str, Any]
_STANDS_FOR = ("file", "text")
"""An entry of a list is nothing without these: a picture without its file, a part without its words."""


class Filler:
    """What is known besides answers: the office, and the moment (in its zone)."""

    def __init__(self, template: Template, office: Office, now: datetime) -> None:
        self.template = template
        self._language = template.language if template.language != office.language else None
        self._facts = {"office": office.name, "today": f"{now:%Y-%m-%d}", "now": f"{now:%Y-%m-%d %H:%M}"}

    def default(self, question: Question, answers: Answers) -> str:
        """What a question offers after those answers; "" for nothing."""
        return self.text(question.default, answers) if question.default else ""

    def is_asked(self, question: Question, answers: Answers) -> bool:
        """Whether a question makes sense after those answers."""
        return question.only_with is None or question.only_with in answers

    def title(self, answers: Answers) -> str:
        """What the draft is named after."""
        return self.text(self.template.title, answers)

    def text(self, text: str, answers: Answers) -> str:
        """A text with answers and facts in its places."""
        return filled(text, lambda gap: self._said(gap, answers))

    def fields(self, answers: Answers, channels: Sequence[Channel]) -> Fields:
        """The draft's keys but `id`, in the order of drafts; texts that end with a line keep its end."""
        draft = self._filled(self.template.draft, answers) or {}
        usable = {name for channel in channels for name in (channel.name, channel.platform)}
        variants = {name: one for name, one in draft.get("variants", {}).items() if name in usable}
        draft |= {"channels": [channel.name for channel in channels], "variants": variants}
        draft.setdefault("language", self._language)
        return {name: draft[name] for name in DRAFT.keys_at() if draft.get(name) not in (None, {}, [], "")}

    def _filled(self, value: Any, answers: Answers) -> Any:
        if isinstance(value, str):
            return self.text(value, answers) or None
        if isinstance(value, dict):
            found = {name: self._filled(inner, answers) for name, inner in value.items()}
            return {name: inner for name, inner in found.items() if inner not in (None, {})}
        if isinstance(value, list):
            return [found for inner in value if _counts(inner, found := self._filled(inner, answers))]
        return value

    def _said(self, gap: Gap, answers: Answers) -> str | None:
        answer = answers.get(gap.name) or self._facts.get(gap.name)
        if answer is None:
            return None
        return written(answer, self.template.kind_of(gap.name), gap.form, self.template.language) or None


def _counts(entry: Any, found: Any) -> bool:
    """Whether an entry of a list says what it is for."""
    if not isinstance(entry, dict):
        return found is not None
    return all(name in found for name in _STANDS_FOR if name in entry)


def as_draft(fields: Fields, setting: DraftSetting) -> Draft | None:
    """The draft that it is so far, with whatever is wrong or unfinished left out; None without a text."""
    try:
        whole = DRAFT.validate({"id": "new", **fields}, {"zone": setting.zone})
    except ValueError:  # pydantic's ValidationError: an answer that is half typed
        said = {name: fields[name] for name in ("channels", "text", "variants") if name in fields}
        if "text" not in said:
            return None
        try:
            whole = DRAFT.validate({"id": "new", **said}, {"zone": setting.zone})
        except ValueError:
            return None
    return to_draft(Written(whole, {}, ""), "new", setting)


def without_answers(template: Template, answers: Iterable[str]) -> list[str]:
    """Names among `answers` that the template asks nothing about."""
    known = {one.name for one in template.questions}
    return [name for name in answers if name not in known and name not in FACTS]
