"""Writes what follows from the code: docs/commands.md, docs/rules/, and the German message catalogue.

`make docs` writes, `make check` runs this with `--check` and fails when a file is out of date or a message lacks its
German twin. Translations are written by hand in `de.po`; new messages appear there empty.
"""

import io
import sys
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from rule_pages import pages, prose

from kanal.cli.help_pages import translated
from kanal.cli.main import root
from kanal.language import Speech
from kanal.rules import discover

ROOT = Path(__file__).parents[1]
LOCALE = ROOT / "src" / "kanal" / "locale" / "de" / "LC_MESSAGES"
KEYWORDS = {"msg": None, "msgn": (1, 2), "mark": None}


def extracted() -> Catalog:
    """Every marked message of the source."""
    catalogue = Catalog(domain="kanal", locale="en")
    found = extract_from_dir(ROOT / "src" / "kanal", keywords=KEYWORDS, method_map=[("**.py", "python")])
    on_pages = extract_from_dir(ROOT / "docs", keywords=KEYWORDS, method_map=[("rule_pages.py", "python")])
    for file, _line, message, _comments, _context in chain(found, on_pages):
        if Path(file).parts[0] == "testing":
            continue  # what tests say to each other
        catalogue.add(message, locations=[(Path(file).as_posix(), 0)])
    for text in prose():
        catalogue.add(text, locations=[("rules", 0)])
    return catalogue


def german() -> tuple[bytes, bytes, list[str]]:
    """The .po and .mo files as they should be, and the messages that lack a translation."""
    path = LOCALE / "kanal.po"
    catalogue = read_po(io.BytesIO(path.read_bytes()), locale="de") if path.exists() else Catalog(locale="de")
    catalogue.project, catalogue.version = "kanal", ""
    catalogue.update(extracted(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    missing = [str(message.id) for message in catalogue if message.id and not _is_complete(message)]
    # The time of the run would make every run a change.
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    readable, compiled = io.BytesIO(), io.BytesIO()
    write_po(readable, catalogue, sort_output=True, omit_header=False, include_lineno=False, width=100)
    write_mo(compiled, catalogue)
    return readable.getvalue(), compiled.getvalue(), missing


def _is_complete(message: Any) -> bool:
    strings = message.string if isinstance(message.string, tuple | list) else [message.string]
    return bool(strings) and all(strings)


def commands() -> str:
    """docs/commands.md from the commands' own help, in English."""
    import os

    os.environ["COLUMNS"] = "100"
    lines = [
        "# Commands",
        "",
        "Generated from the commands themselves (`make docs`); `kanal COMMAND --help` says the same.",
        "",
    ]
    for path, command in _walk("kanal", translated(root(), Speech("en"))):
        context = command.context_class(command, info_name=path, help_option_names=["-h", "--help"])
        lines += [f"## {path}", "", "```text", command.get_help(context).rstrip(), "```", ""]
    return "\n".join(lines)


def _walk(path: str, command: Any) -> list[tuple[str, Any]]:
    found = [(path, command)]
    for name, inner in getattr(command, "commands", {}).items():
        found += _walk(f"{path} {name}", inner)
    return found


def index() -> str:
    """src/kanal/rules/index.py: what must be known of each rule before it is loaded."""
    lines = [
        '"""Generated from the rules (`make docs`): what must be known of each before it is loaded, see `Card`."""',
        "",
        "from collections.abc import Mapping",
        "",
        "INDEX: Mapping[str, tuple[str, str, bool, bool, str]] = {",
    ]
    for rule in discover():
        known = (str(rule.severity), rule.looks_at.name, rule.before_publishing, rule.last, rule.when)
        lines.append(f"    {rule.id!r}: {known!r},".replace("'", '"'))
    return "\n".join([*lines, "}", ""])


def rules() -> dict[Path, bytes]:
    """docs/rules/ in English, and docs/rules/de/ in German as far as it is translated."""
    german_text = read_po(io.BytesIO((LOCALE / "kanal.po").read_bytes()), locale="de")

    def in_german(text: str) -> str:
        found = german_text.get(text)
        return str(found.string) if found and found.string else text

    folder = ROOT / "docs" / "rules"
    return {folder / name: text.encode() for name, text in pages(lambda text: text)} | {
        folder / "de" / name: text.encode() for name, text in pages(in_german)
    }


def main() -> int:
    """Write the files, or with `--check` say which are out of date."""
    readable, compiled, missing = german()
    wanted = {
        ROOT / "docs" / "commands.md": commands().encode(),
        LOCALE / "kanal.po": readable,
        LOCALE / "kanal.mo": compiled,
        ROOT / "src" / "kanal" / "rules" / "index.py": index().encode(),
        **rules(),
    }
    stale = [path for path, content in wanted.items() if not path.exists() or path.read_bytes() != content]
    for path in stale:
        sys.stderr.write(f"out of date: {path.relative_to(ROOT)}\n")
        if "--check" not in sys.argv:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(wanted[path])
    for message in missing:
        sys.stderr.write(f"no German for: {message}\n")
    return 1 if missing or ("--check" in sys.argv and stale) else 0


if __name__ == "__main__":
    sys.exit(main())
