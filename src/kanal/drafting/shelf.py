"""Which templates there are: those that come with kanal, and those of the office, which replace or add.

    src/kanal/templates/drafts/<language>/<type>.yaml       shipped
    config/templates/<type>.yaml                            the office's, in the office's language
    config/templates/<language>/<type>.yaml                 the office's, in another one

`questions.yaml` beside them holds questions that several templates ask; the office's replace shipped ones by name.
"""

from collections.abc import Mapping
from pathlib import Path

from kanal.draft_fields import ID
from kanal.drafting.questions import Question
from kanal.drafting.template import Template, questions_from, template_from
from kanal.errors import InvalidFiles, UsageError
from kanal.message import msg
from kanal.suggest import did_you_mean
from kanal.yaml12 import read

SHIPPED = Path(__file__).parents[1] / "templates" / "drafts"
OWN = "config/templates"
SHARED = "questions"
"""The file that is no template."""


class Shelf:
    """The templates of one office in one language."""

    def __init__(self, root: Path, office_language: str, language: str | None = None) -> None:
        self._root = root
        self.language = language or office_language
        self._folder = OWN if self.language == office_language else f"{OWN}/{self.language}"

    def names(self) -> list[str]:
        """The types that there are, sorted."""
        found = {path.stem for path in (*self._shipped.glob("*.yaml"), *(self._root / self._folder).glob("*.yaml"))}
        return sorted(found - {SHARED})

    def is_own(self, name: str) -> bool:
        """Whether the office has a template of that name of its own."""
        return (self._root / self._folder / f"{name}.yaml").is_file()

    def template(self, name: str) -> Template:
        """The template of a type. Raises `UsageError` if there is none, `InvalidFiles` if it has mistakes."""
        if not ID.fullmatch(name) or name not in self.names():
            raise UsageError(msg("There is no type “{name}”. {hint}", name=name, hint=did_you_mean(name, self.names())))
        shared = self._shared()
        document = read(*self._place(name))
        found = template_from(document, name, self.language, shared)
        if found is None:
            raise InvalidFiles(msg("The template has mistakes."), document.findings)
        return found

    def shipped_text(self, name: str) -> str:
        """The text of the template (or of `questions`) that comes with kanal. Raises `UsageError`."""
        path = self._shipped / f"{name}.yaml"
        if not ID.fullmatch(name) or not path.is_file():
            known = sorted(one.stem for one in self._shipped.glob("*.yaml"))
            raise UsageError(
                msg("kanal brings no template “{name}”. {hint}", name=name, hint=did_you_mean(name, known))
            )
        return path.read_text(encoding="utf-8")

    def own_file(self, name: str) -> str:
        """Where the office's own template of that name lies or would lie, from the office's folder."""
        return f"{self._folder}/{name}.yaml"

    @property
    def _shipped(self) -> Path:
        return SHIPPED / self.language

    def _place(self, name: str) -> tuple[Path, str]:
        own = self.own_file(name)
        return (self._root / own, own) if self.is_own(name) else (self._shipped / f"{name}.yaml", f"{name}.yaml")

    def _shared(self) -> Mapping[str, Question]:
        """The shared questions; an office that replaces some need not repeat the others."""
        found: dict[str, Question] = {}
        own = self.own_file(SHARED)
        for path, file in ((self._shipped / f"{SHARED}.yaml", f"{SHARED}.yaml"), (self._root / own, own)):
            if path.is_file():
                document = read(path, file)
                questions = questions_from(document)
                if questions is None:
                    raise InvalidFiles(msg("The shared questions have mistakes."), document.findings)
                found |= questions
        return found
