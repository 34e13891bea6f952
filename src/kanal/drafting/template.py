"""One template file, read strictly: every mistake with line and column, and none left for the day it is used.

It must not know where templates lie, nor the office.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from kanal.drafting.pieces import Gap, faults, gaps
from kanal.drafting.questions import FORMS, Kind, Question
from kanal.drafting.template_fields import QUESTIONS, TEMPLATE
from kanal.lint.places import Source, nearest
from kanal.message import Message, msg
from kanal.model import Span
from kanal.schema import check
from kanal.suggest import did_you_mean
from kanal.yaml12 import Document

FACTS: Mapping[str, Kind] = {"office": Kind.LINE, "today": Kind.DAY, "now": Kind.TIME}
"""What may stand in places without being asked: the office's name, the day, the time."""


class Template(NamedTuple):
    """A kind of draft: what is asked, and what is made of the answers.

    `draft` holds a draft's keys; its texts have places (`kanal.drafting.pieces`). `language` is that of its words.
    """

    name: str
    language: str
    about: str
    title: str
    folder: str
    questions: tuple[Question, ...]
    draft: Mapping[str, Any]
    file: str

    def kind_of(self, name: str) -> Kind:
        """The kind of a question or fact."""
        return next((one.kind for one in self.questions if one.name == name), FACTS.get(name, Kind.LINE))


def questions_from(document: Document) -> Mapping[str, Question] | None:
    """The questions of a `questions.yaml` by name, or None with the findings in the document."""
    fields = check(QUESTIONS, document)
    if fields is None:
        return None
    found = [_question(one) for one in fields["questions"]]
    _Reading(document, found).examine_questions()
    return None if document.findings else {one.name: one for one in found}


def template_from(document: Document, name: str, language: str, shared: Mapping[str, Question]) -> Template | None:
    """The template, or None with the findings in the document. `shared` are questions that it may name."""
    fields = check(TEMPLATE, document)
    if fields is None:
        return None
    questions = []
    for number, entry in enumerate(fields["questions"]):
        if isinstance(entry, dict):
            questions.append(_question(entry))
        elif entry in shared:
            questions.append(shared[entry])
        else:
            message = msg(
                "There is no question “{name}” in questions.yaml. {hint}", name=entry, hint=did_you_mean(entry, shared)
            )
            document.object_to("template/question", document.places[f"questions[{number}]"], message, "questions")
    draft = said(fields["draft"])
    reading = _Reading(document, questions)
    if not document.findings:
        reading.examine_questions()
        reading.examine("title", fields["title"])
        for field, text in texts("draft", draft):
            reading.examine(field, text)
        reading.examine_use([fields["title"], *(text for _, text in texts("draft", draft))])
        if "text" not in draft:
            reading.object_to("template/text", "draft", msg("A draft needs a text. Write it under draft, as text."))
    if document.findings:
        return None
    return Template(
        name,
        language,
        fields["about"],
        fields["title"],
        fields["folder"] or "",
        tuple(questions),
        draft,
        document.file,
    )


def said(value: Any) -> Any:
    """A value without the keys that are not said (None)."""
    if isinstance(value, dict):
        return {name: said(inner) for name, inner in value.items() if inner is not None}
    return [said(inner) for inner in value] if isinstance(value, list) else value


def texts(path: str, value: object) -> Iterator[tuple[str, str]]:
    """All texts within a value, with their fields (`draft.media[0].alt`)."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from texts(f"{path}.{name}", inner)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from texts(f"{path}[{number}]", inner)


def _question(fields: Mapping[str, Any]) -> Question:
    return Question(
        **{
            **fields,
            "kind": Kind(fields["kind"]),
            "choices": tuple(fields["choices"] or ()),
            "headings": tuple(fields["headings"]),
        }
    )


class _Reading:
    """What a form cannot say: names that exist, forms that fit, nothing asked in vain."""

    def __init__(self, document: Document, questions: Sequence[Question]) -> None:
        self._document = document
        self._source = Source(document.text, document.places)
        self._questions = questions
        self._kinds = {**FACTS, **{one.name: one.kind for one in questions}}

    def object_to(self, rule: str, field: str, message: Message) -> None:
        """Add an error about a field."""
        self._document.object_to(rule, nearest(field, self._document.places), message, field)

    def examine_questions(self) -> None:
        """Each name once; what a question refers to was asked before it."""
        known = dict(FACTS)
        headings: dict[str, str] = {}
        for number, one in enumerate(self._questions):
            field = f"questions[{number}]"
            for heading in one.all_headings():
                other = headings.setdefault(heading, one.name)
                if other != one.name:
                    message = msg(
                        "In lists, “{name}” and “{other}” would go by the same heading.", name=one.name, other=other
                    )
                    self.object_to("template/question", field, message)
            if one.name in known:
                message = msg(
                    "“{name}” is asked twice, or is something that kanal knows. Choose another name.", name=one.name
                )
                self.object_to("template/question", f"{field}.name", message)
            if bool(one.choices) != (one.kind is Kind.CHOICE):
                self.object_to(
                    "template/question", field, msg("“choices” belong to the kind “choice”, and it needs them.")
                )
            if one.only_with is not None and one.only_with not in known:
                self._unknown(f"{field}.only_with", one.only_with, known)
            if one.default is not None:
                self.examine(f"{field}.default", one.default, known)
            known[one.name] = one.kind

    def examine(self, field: str, text: str, known: Mapping[str, Kind] | None = None) -> None:
        """Each place names what is known, in a form that it has."""
        known = self._kinds if known is None else known
        broken = list(faults(text))
        for fault in broken:
            self._document.object_to("template/place", self._at(field, text, fault.span), fault.message, field)
        for gap in [] if broken else gaps(text):
            complaint = _complaint(gap, known)
            if complaint:
                self._document.object_to("template/place", self._at(field, text, gap.span), complaint, field)

    def examine_use(self, used_in: Iterable[str]) -> None:
        """No question is asked whose answer goes nowhere."""
        defaults = [one.default for one in self._questions if one.default]
        used = {gap.name for text in [*used_in, *defaults] for gap in gaps(text)}
        used |= {one.only_with for one in self._questions if one.only_with}
        for number, one in enumerate(self._questions):
            if one.name not in used:
                message = msg(
                    "“{name}” is asked, but its answer stands nowhere. Put {place} into the draft.",
                    name=one.name,
                    place=f"{{{one.name}}}",
                )
                self.object_to("template/unused", f"questions[{number}]", message)

    def _unknown(self, field: str, name: str, known: Iterable[str]) -> None:
        self.object_to(
            "template/question",
            field,
            msg("No earlier question is named “{name}”. {hint}", name=name, hint=did_you_mean(name, known)),
        )

    def _at(self, field: str, text: str, span: Span) -> Any:
        return self._source.find(field, text, span).place


def _complaint(gap: Gap, known: Mapping[str, Kind]) -> Message | None:
    if gap.name not in known:
        return msg("There is no question “{name}”. {hint}", name=gap.name, hint=did_you_mean(gap.name, known))
    forms = FORMS.get(known[gap.name], ())
    if gap.form and gap.form not in forms:
        return msg(
            "“{name}” has no form “{form}”. {hint}", name=gap.name, form=gap.form, hint=did_you_mean(gap.form, forms)
        )
    return None
