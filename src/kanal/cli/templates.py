"""`kanal new --list` and `--copy-template`: which types there are, what they ask, and a copy that an office changes."""

from kanal.cli.desk import Desk
from kanal.cli.drafting import shelf_of
from kanal.cli.show import Format, write_json
from kanal.cli.terminal import table, write
from kanal.config import Project
from kanal.drafting.questions import Kind, Question
from kanal.drafting.schema_files import keep_schema, schema_line
from kanal.drafting.shelf import SHARED, Shelf
from kanal.drafting.template import Template
from kanal.errors import UsageError
from kanal.message import mark, msg

KINDS = {
    Kind.LINE: mark("one line"),
    Kind.TEXT: mark("text"),
    Kind.DAY: mark("day"),
    Kind.HOUR: mark("time of day"),
    Kind.TIME: mark("day and time"),
    Kind.LINK: mark("web address"),
    Kind.PICTURE: mark("picture"),
    Kind.CHOICE: mark("choice"),
}


def show_types(desk: Desk, project: Project, language: str | None, form: Format) -> None:
    """All types, one line each."""
    shelf = shelf_of(project, language)
    found = [shelf.template(name) for name in shelf.names()]
    if form is Format.JSON:
        write_json({"templates": [_as_json(one, shelf) for one in found], "summary": {"templates": len(found)}})
        return
    own = desk.say.plain(mark("(the office's own)"))
    titles = [desk.say.plain(title) for title in (mark("type"), mark("for what"))]
    table(titles, [[one.name, f"{one.about} {own}" if shelf.is_own(one.name) else one.about] for one in found])


def show_questions(desk: Desk, project: Project, name: str, language: str | None, form: Format) -> None:
    """What one type asks."""
    shelf = shelf_of(project, language)
    template = shelf.template(name)
    if form is Format.JSON:
        write_json({"templates": [_as_json(template, shelf)], "summary": {"templates": 1}})
        return
    write(template.about)
    say = desk.say.plain
    titles = [say(title) for title in (mark("name"), mark("answer"), mark("question"))]
    table(titles, [[one.name, _kind(one, desk), one.ask] for one in template.questions])


def _kind(one: Question, desk: Desk) -> str:
    kind = desk.say.plain(KINDS[one.kind])
    may_be_left = one.optional or one.default is not None or one.only_with is not None
    return f"[{kind}]" if may_be_left else kind


def _as_json(template: Template, shelf: Shelf) -> dict[str, object]:
    return {
        "name": template.name,
        "about": template.about,
        "language": template.language,
        "own": shelf.is_own(template.name),
        "questions": [
            {
                "name": one.name,
                "ask": one.ask,
                "kind": str(one.kind),
                "required": not one.optional and one.default is None and one.only_with is None,
                "choices": list(one.choices),
                "headings": list(one.headings),
            }
            for one in template.questions
        ],
    }


def copy_template(desk: Desk, project: Project, name: str | None, language: str | None) -> None:
    """Write the shipped template to where the office's own lie. Raises `UsageError` if there is one already."""
    shelf = shelf_of(project, language)
    if name is None:
        raise UsageError(
            msg("Say which template to copy."),
            msg("One of the types of kanal new --list, or “{shared}” for what several of them ask.", shared=SHARED),
        )
    text = shelf.shipped_text(name)
    file = shelf.own_file(name)
    path = project.root / file
    if path.exists():
        raise UsageError(msg("{file} is there already.", file=file), msg("Change that one."))
    form = "questions" if name == SHARED else "template"
    schema = keep_schema(project.root, form)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(schema_line(project.root, path, form) + text, encoding="utf-8", newline="\n")
    for one in (schema, path):
        if one:
            desk.note(msg("Written: {file}", file=one.relative_to(project.root).as_posix()))
