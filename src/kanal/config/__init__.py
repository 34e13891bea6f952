"""An office's folder: where everything lies, and its configuration read in one go with all mistakes named.

It must not know rules, networks' limits or the ledger's contents.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from kanal.config.channels import Platforms, channels_from
from kanal.config.office import Office, office_from
from kanal.config.policy import Policy, RuleBook, policy_from
from kanal.drafts import DraftSetting
from kanal.errors import ConfigError, InvalidFiles
from kanal.message import msg
from kanal.model import Channel, Finding, StagingPlace
from kanal.yaml12 import Document, read

if TYPE_CHECKING:  # most of the time nothing is on hold
    from kanal.config.brakes import Brakes
    from kanal.config.concept import Concept

Read = TypeVar("Read")
STATE = ".kanal"
TOLD = "limits.json"
"""Below `STATE`: what servers told `kanal doctor` (`told_limits`)."""


class Project(NamedTuple):
    """One office's folder and what its configuration says.

    `brakes` are a hold and pauses, None as long as there are no such files. They change no finding. `concept` is the
    decided concept, None where there is no such file; what it says about channels stands in their `duties` already.
    """

    root: Path
    office: Office
    channels: Mapping[str, Channel]
    policy: Policy
    brakes: "Brakes | None" = None
    concept: "Concept | None" = None

    @property
    def posts(self) -> Path:
        """Where the drafts lie."""
        return self.root / "posts"

    @property
    def state(self) -> Path:
        """What kanal keeps on this machine and git ignores: ledger, cache, practice networks."""
        return self.root / STATE

    @property
    def setting(self) -> DraftSetting:
        """What draft files leave to the office."""
        return DraftSetting(self.posts, self.office.zone, self.office.language)


def find_root(start: Path) -> Path:
    """The nearest folder at or above `start` that holds `config/kanal.yaml`. Raises `ConfigError`."""
    for folder in (start, *start.parents):
        if (folder / "config" / "kanal.yaml").is_file():
            return folder
    raise ConfigError(
        msg("Neither {folder} nor a folder above it holds config/kanal.yaml.", folder=start),
        msg(
            "Change to your office's folder, or name it with --project. To begin one: kanal init. To try kanal out:"
            " kanal demo."
        ),
    )


def load(root: Path, platforms: Platforms, rules: RuleBook) -> Project:
    """Read the configuration. Raises `InvalidFiles` with every mistake in every file.

    `platforms` are those that exist, `rules` the book of those that do.
    """
    findings: list[Finding] = []

    def keep(document: Document, value: Read | None) -> Read | None:
        findings.extend(document.findings)
        return value

    office_file, channels_file = (
        read(root / "config" / name, f"config/{name}") for name in ("kanal.yaml", "channels.yaml")
    )
    office = keep(office_file, office_from(office_file))
    staging = _from_root(office.staging, root) if office and office.staging else None
    channels = keep(channels_file, channels_from(channels_file, staging, platforms))
    policy, mistakes = policy_from(root / "config" / "policy.yaml", "config/policy.yaml", rules)
    findings += mistakes
    brakes = None
    if office and channels and any((root / "config" / name).exists() for name in ("hold.yaml", "pause.yaml")):
        from kanal.config.brakes import brakes_from

        brakes, mistakes = brakes_from(root, office.zone, channels)
        findings += mistakes
    concept = None
    if channels and (root / "config" / "concept.yaml").exists():
        from kanal.config.concept import concept_from, with_concept

        concept, mistakes = concept_from(root, channels)
        findings += mistakes
        if concept:
            channels = {name: with_concept(channel, concept) for name, channel in channels.items()}
    if findings or office is None or channels is None or policy is None:
        raise InvalidFiles(msg("The configuration has mistakes."), findings)
    if (root / STATE / TOLD).exists():
        from kanal.config.told_limits import with_told_limits

        channels = with_told_limits(channels, root / STATE)
    return Project(root, office, channels, policy, brakes, concept)


def _from_root(place: StagingPlace, root: Path) -> StagingPlace:
    """A folder is meant from the project's folder, wherever kanal is called; an fsspec address stays as it is."""
    return place if "://" in place.path else StagingPlace(str(root / place.path), place.url)
