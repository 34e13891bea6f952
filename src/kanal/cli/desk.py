"""What every command works with: the project, the reader's language, and two places to write to."""

import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from kanal import platforms, rules
from kanal.cli.terminal import write
from kanal.config import Project, find_root, load
from kanal.draft_files import spelling
from kanal.errors import ConfigError, InvalidFiles, UsageError
from kanal.folder import DRAFTS, Entry, Folder, scan
from kanal.language import Speech, choose
from kanal.message import Message, msg
from kanal.suggest import did_you_mean

Clock = Callable[[], datetime]


def this_machines() -> datetime:
    """The time by this machine's clock, which is all that most calls go by (UTC)."""
    return datetime.now(UTC)


class Desk:
    """One call of kanal. `say` becomes the office's language as soon as the configuration is read.

    `clock` gives the time (aware) at which plans are made and deliveries sent, and by which ledgers date their events.
    """

    def __init__(
        self, folder: Path | None, environ: Mapping[str, str] | None = None, clock: Clock = this_machines
    ) -> None:
        self.folder = folder
        self.environ = os.environ if environ is None else environ
        self.clock = clock
        self.say = Speech(choose(self.environ, None))

    def root(self) -> Path:
        """The project's folder. Raises `ConfigError`."""
        return find_root((self.folder or Path.cwd()).resolve())

    def project(self, root: Path | None = None) -> Project:
        """The project, or another state of it that lies in `root`. Raises `ConfigError`, `InvalidFiles`."""
        try:
            project = load(root or self.root(), platforms.names(), rules)
        except (ConfigError, InvalidFiles):
            self.speak_as_configured()  # the language may well be right
            raise
        self.say = Speech(choose(self.environ, project.office.language), project.office.zone)
        return project

    def speak_as_configured(self) -> None:
        """Take the office's language without reading its whole configuration, in which there may be mistakes."""
        try:
            said = (self.root() / "config" / "kanal.yaml").read_text(encoding="utf-8-sig", errors="replace")
        except (ConfigError, OSError):  # no office's folder: then the reader's own language counts
            return
        found = re.search(r"^language:\s*[\"']?([a-z]{2})\b", said, re.MULTILINE)
        self.say = Speech(choose(self.environ, found[1] if found else None))

    def drafts(self, project: Project) -> Folder:
        """All drafts of the project, by way of the cache."""
        return scan(project.root, project.setting, self.cache(project) / DRAFTS)

    def cache(self, project: Project) -> Path:
        """The folder in which is kept what was read and found before."""
        return project.state / "cache"

    def note(self, message: Message) -> None:
        """Say something that is not the result: to stderr."""
        write(self.say(message), to=sys.stderr)


def chosen(folder: Folder, names: Iterable[str], root: Path) -> list[Entry]:
    """The drafts that `names` mean: ids, or paths from here or from the project. Raises `UsageError`."""
    wanted = list(names)
    if not wanted:
        return list(folder.entries)
    by_name = {entry.id: entry for entry in folder.entries} | {entry.file: entry for entry in folder.entries}
    broken = {finding.file for finding in folder.findings}
    found: dict[str, Entry] = {}
    for name in wanted:
        file = relative(name, root)
        entry = by_name.get(name) or by_name.get(file)
        if entry:
            found[entry.file] = entry
        elif file not in broken:
            hint = did_you_mean(name, [entry.id for entry in folder.entries])
            if broken:
                hint = msg("{hint} Some drafts cannot be read; see: kanal lint", hint=hint)
            raise UsageError(msg("There is no draft “{name}”.", name=name), hint)
    return list(found.values())


def relative(name: str, root: Path) -> str:
    """A file's name as findings write it: from the project's folder, with forward slashes."""
    path = Path(name)
    absolute = path if path.is_absolute() else Path.cwd() / path
    try:
        return spelling(root, absolute.resolve().relative_to(root).as_posix())
    except ValueError:
        return path.as_posix()
