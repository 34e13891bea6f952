"""From a list to answers: each row one draft, each heading a question. Every mistake is found before anything is made.

It must not know how drafts are made or written.
"""

from collections.abc import Mapping
from typing import NamedTuple

from kanal.draft_fields import ID, LONGEST_ID
from kanal.drafting.answers import Answers, read_answer
from kanal.drafting.csv_file import BadQuote, Cell, Row, rows_of
from kanal.drafting.filling import Filler
from kanal.drafting.questions import Question
from kanal.drafts import DraftSetting
from kanal.message import Message, msg
from kanal.model import Finding, Place, Severity
from kanal.suggest import did_you_mean
from kanal.text import slug

ID_HEADING = "id"


class Item(NamedTuple):
    """A row: its answers, the id that it names itself (or None), and where it stands. `own` are its cells' answers."""

    answers: Answers
    own: Answers
    id: str | None
    place: Place


class ListReader:
    """Reads a list for one template. `given` are answers that hold for all rows which do not say otherwise."""

    def __init__(self, filler: Filler, given: Answers, setting: DraftSetting, file: str) -> None:
        self._filler = filler
        self._given = given
        self._setting = setting
        self._file = file
        self._questions = filler.template.questions
        self._headings = {heading: one for one in self._questions for heading in one.all_headings()}
        self.findings: list[Finding] = []

    def read(self, text: str) -> list[Item]:
        """The rows; with `findings`, those that could be read."""
        try:
            rows = rows_of(text, self._is_known)
        except BadQuote as error:
            self._object(Cell("", error.place), "quote", "", error.message)
            return []
        if not rows:
            self._object(Cell("", Place(1, 1)), "empty", "", msg("The list is empty. Its first row must be headings."))
            return []
        columns = self._columns(rows[0])
        return [] if self.findings else [self._item(row, columns) for row in rows[1:]]

    def _is_known(self, heading: str) -> bool:
        return slug(heading) in self._headings or slug(heading) == ID_HEADING

    def _columns(self, headings: Row) -> Mapping[int, Question | None]:
        """The question of each column; None for that of ids. Columns without heading must stay empty."""
        found: dict[int, Question | None] = {}
        for number, cell in enumerate(headings):
            word = slug(cell.text)
            if not word:
                continue
            if not self._is_known(cell.text):
                names = [ID_HEADING, *(one.name for one in self._questions)]
                hint = did_you_mean(cell.text.strip(), names)
                self._object(cell, "heading", "", msg("No question goes by this heading. {hint}", hint=hint))
                continue
            question = self._headings.get(word)
            if question in found.values():
                name = question.name if question else ID_HEADING
                self._object(cell, "heading", name, msg("A second column for “{name}”. Keep one.", name=name))
            found[number] = question
        self._miss(found, headings[0])
        return found

    def _miss(self, columns: Mapping[int, Question | None], start: Cell) -> None:
        for one in self._questions:
            needed = not one.optional and one.default is None and one.only_with is None
            if needed and one not in columns.values() and one.name not in self._given:
                message = msg(
                    "The column “{name}” is missing ({ask}). Add it, or give one answer for all rows with --set"
                    " {name}=…",
                    name=one.name,
                    ask=one.ask,
                )
                self._object(start, "heading", one.name, message)

    def _item(self, row: Row, columns: Mapping[int, Question | None]) -> Item:
        cells = {question: row[number] for number, question in columns.items() if number < len(row)}
        for number, cell in enumerate(row):
            if number not in columns and cell.text.strip():
                self._object(cell, "cell", "", msg("This column has no heading. Is there a delimiter too many?"))
        own: dict[str, str] = {}
        answers: dict[str, str] = {}
        for one in self._questions:
            typed = cells[one].text if one in cells else ""
            answer = self._answer(one, typed, answers, cells.get(one, row[0]))
            if answer:
                answers[one.name] = answer
                if typed.strip():
                    own[one.name] = answer
        return Item(answers, own, self._id(cells.get(None)), row[0].place)

    def _answer(self, one: Question, typed: str, answers: Answers, cell: Cell) -> str:
        if not typed.strip():
            if not self._filler.is_asked(one, answers):
                return ""
            typed = self._given.get(one.name) or self._filler.default(one, answers)
        elif not self._filler.is_asked(one, answers):
            self._object(
                cell, "cell", one.name, msg("This belongs to “{name}”, which is empty in this row.", name=one.only_with)
            )
            return ""
        found = read_answer(one, typed, self._setting)
        if isinstance(found, Message):
            self._object(cell, "cell", one.name, found)
            return ""
        return found

    def _id(self, cell: Cell | None) -> str | None:
        text = cell.text.strip() if cell else ""
        if cell is None or not text:
            return None
        if not ID.fullmatch(text) or len(text) > LONGEST_ID:
            message = msg("An id consists of a-z, 0-9 and hyphens, at most 100 characters, like “road-closure-b73”.")
            self._object(cell, "cell", ID_HEADING, message)
        return text

    def _object(self, cell: Cell, kind: str, field: str, message: Message) -> None:
        """Cells may hold what belongs to somebody, and are masked outside of a terminal."""
        found = Finding(f"list/{kind}", Severity.ERROR, self._file, cell.place, field, message)
        self.findings.append(found._replace(width=cell.width, personal=kind == "cell"))
