"""The jobs that `kanal init --ci` writes: templates of the package, filled in with the names of the office's secrets.

It must not know whether a file is there already; what an office has filled in by hand is handed in.
"""

import re
import shlex
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from textwrap import indent

from kanal.config.secrets import variable
from kanal.model import Channel, ChannelStatus
from kanal.platforms import adapter_class

TEMPLATES = Path(__file__).parents[1] / "templates" / "ci"


class System(StrEnum):
    """A CI system that templates are there for."""

    GITLAB = "gitlab"
    GITHUB = "github"
    FORGEJO = "forgejo"


INCLUDED = ".gitlab/kanal.yml"
INCLUDING = ".gitlab-ci.yml"
"""An office's own jobs may stand there, so kanal's are only included."""
FILES: Mapping[System, Mapping[str, str]] = {
    System.GITLAB: {INCLUDED: "gitlab.yml", INCLUDING: "gitlab-ci.yml"},
    System.GITHUB: {
        ".github/workflows/kanal-lint.yml": "github-lint.yml",
        ".github/workflows/kanal-publish.yml": "github-publish.yml",
    },
    System.FORGEJO: {
        ".forgejo/workflows/kanal-lint.yml": "forgejo-lint.yml",
        ".forgejo/workflows/kanal-publish.yml": "forgejo-publish.yml",
    },
}
_SECRETS = re.compile(r"^( *)# kanal: secrets\n", re.MULTILINE)
_CALLS = re.compile(r"^([ -]*(?:run: )?kanal )(?=(?:lint|publish|status)\b)", re.MULTILINE)
_PINS = re.compile(r"^( *(?:KANAL|image|- uses): ).*$", re.MULTILINE)


def wanted(system: System, channels: Mapping[str, Channel], folder: str = ".") -> Iterator[tuple[str, str]]:
    """Each file, from the repository's top, and what stands in it; `folder` is where the office lies from there."""
    call = r"\1" if folder == "." else rf"\1--project {shlex.quote(folder)} "
    names = secrets(channels)
    for file, template in FILES[system].items():
        text = (TEMPLATES / template).read_text(encoding="utf-8")
        yield file, _CALLS.sub(call, _named(text, names, system))


def _named(text: str, names: Iterable[str], system: System) -> str:
    """GitLab hands its variables to every job; the others want each secret named."""
    if system is System.GITLAB:
        lines = "".join(f"# {name}\n" for name in names)
    else:
        lines = "".join(f"{name}: ${{{{ secrets.{name} }}}}\n" for name in names) or "{}\n"
    return _SECRETS.sub(lambda found: indent(lines, found[1]), text)


def secrets(channels: Mapping[str, Channel]) -> list[str]:
    """The variables of all credentials that real channels need; of all channels while none is real."""
    running = [channel for channel in channels.values() if channel.status is not ChannelStatus.ENDED]
    real = [channel for channel in running if channel.live] or running
    return [variable(channel.name, need) for channel in real for need in adapter_class(channel.platform).needs]


def with_pins_of(theirs: str, text: str) -> str:
    """The text with the versions that an office has filled in, so that they make no difference."""
    pins = [found[0] for found in _PINS.finditer(theirs)]
    ours = [found[1].strip() for found in _PINS.finditer(text)]
    if [pin.strip().partition(" ")[0] for pin in pins] != [one.partition(" ")[0] for one in ours]:
        return text
    return _PINS.sub(lambda _: pins.pop(0), text)
