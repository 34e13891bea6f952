"""A draft that corrects, as kanal proposes it: its words, and the file beside the draft that it corrects.

It must not send anything; whoever answers for the post reads it, changes it and has it approved as any other draft.
"""

import json
from collections.abc import Collection, Iterable
from pathlib import Path, PurePosixPath

from kanal.config import Project
from kanal.drafts import parse_draft
from kanal.errors import UsageError
from kanal.message import msg
from kanal.model import Draft, Part
from kanal.prose.sentences import sentences

_SAYS = {"de": "Korrektur", "en": "Correction"}
"""How readers know a correction, by the language of the draft; the office's German for all others."""
END = "korrektur"


def proposal(changes: Iterable[tuple[Part, Part]], language: str) -> str | None:
    """What the posts say now and did not say before, sentence by sentence; None if the words are the same."""
    new: list[str] = []
    for before, now in changes:
        known = set(_sentences(before.text))
        new += [sentence for sentence in _sentences(now.text) if sentence not in known]
    if not new:
        return None
    word = _SAYS.get(language.partition("-")[0], _SAYS["de"])
    return f"{word}: {' '.join(dict.fromkeys(new))}"


def _sentences(text: str) -> list[str]:
    return [" ".join(text[found.start : found.end].split()) for found in sentences(text)]


def new_name(draft: Draft, taken: Collection[str], project: Project) -> tuple[str, str]:
    """An id, and a file beside the draft's own, that nobody uses yet."""
    path = PurePosixPath(draft.path)
    number = 1
    while True:
        end = END if number == 1 else f"{END}-{number}"
        file = path.with_name(f"{path.stem}-{end}{path.suffix}")
        if f"{draft.id}-{end}" not in taken and not (project.root / file).exists():
            return f"{draft.id}-{end}", f"{file}"
        number += 1


def as_yaml(name: str, draft: Draft, channels: Iterable[str], text: str, project: Project) -> str:
    """The file. Raises `UsageError` for a text that no draft can hold."""
    head = [f"id: {name}", "type: correction", f"channels: [{', '.join(channels)}]", f"reply_to: {draft.id}"]
    if draft.language != project.office.language:
        head.append(f"language: {draft.language}")
    for said in (_block(text), json.dumps(text, ensure_ascii=False)):
        whole = "\n".join([*head, f"text: {said}", ""])
        read, _ = parse_draft(whole, "", project.setting)
        if read and read.text == text:
            return whole
    raise UsageError(msg("The text is empty, or holds signs that cannot be seen."), msg("Say it in a sentence."))


def _block(text: str) -> str:
    return "|-\n" + "\n".join(f"  {line}".rstrip() for line in text.split("\n"))


def write(file: Path, content: str) -> None:
    """Write a file that is not there yet. Raises `UsageError`."""
    try:
        with file.open("x", encoding="utf-8", newline="\n") as new:
            new.write(content)
    except OSError as error:
        raise UsageError(
            msg("{file} cannot be written: {reason}.", file=file, reason=error.strerror or error),
            msg("Check the disk and the rights of that folder, then run the command again."),
        ) from error
