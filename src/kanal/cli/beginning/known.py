"""What an office's own files say already, so that nobody is asked for it again.

Each file is read by itself: any of them may be missing, since `kanal init` is there to add it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kanal import platforms, rules
from kanal.cli.beginning.reading import NETWORKS, NONE
from kanal.cli.ci_files import FILES
from kanal.config.channels import channels_from
from kanal.config.concept import CONCEPT_FILE
from kanal.config.office import office_from
from kanal.config.policy import Policy, policy_from
from kanal.errors import InvalidFiles
from kanal.message import msg
from kanal.model import Channel, Finding
from kanal.yaml12 import read

OFFICE, CHANNELS, POLICY = "config/kanal.yaml", "config/channels.yaml", "config/policy.yaml"
ALL_OF_THEM = (OFFICE, CHANNELS, POLICY, CONCEPT_FILE)
"""Where all of these are, somebody has answered all questions: without jobs, there was to be none."""


@dataclass(frozen=True, slots=True)
class Known:
    """Answers by the names of their questions, and the channels, if there are any yet."""

    answers: Mapping[str, str] = field(default_factory=dict)
    channels: Mapping[str, Channel] | None = None


def known(root: Path, top: Path) -> Known:
    """What stands in the folder `root` and in its repository's `top`. Raises `InvalidFiles` for what cannot be read."""
    answers: dict[str, str] = {}
    findings: list[Finding] = []
    channels: Mapping[str, Channel] | None = None
    if (root / OFFICE).is_file():
        document = read(root / OFFICE, OFFICE)
        office = office_from(document)
        findings += document.findings
        if office:
            answers |= {"office": office.name, "language": office.language, "land": office.state or NONE}
    if (root / CHANNELS).is_file():
        document = read(root / CHANNELS, CHANNELS)
        channels = channels_from(document, None, platforms.names())
        findings += document.findings
        used = {channel.platform for channel in (channels or {}).values()}
        answers["networks"] = ",".join(name for name in NETWORKS if name in used) or NETWORKS[0]
    if (root / POLICY).is_file():
        policy, mistakes = policy_from(root / POLICY, POLICY, rules)
        findings += mistakes
        answers |= _of_policy(policy) if policy else {}
    if findings:
        raise InvalidFiles(msg("The configuration has mistakes."), findings)
    forges = [str(system) for system, files in FILES.items() if any((top / file).exists() for file in files)]
    if all((root / file).is_file() for file in ALL_OF_THEM):
        forges.append(NONE)
    return Known(answers | ({"forge": forges[0]} if forges else {}), channels)


def _of_policy(policy: Policy) -> Mapping[str, str]:
    forbids = policy.settings.get("language/gender-signs")
    return {
        "persons": "one" if policy.options_of("approval/own-draft").get("solo") else "several",
        "approvers": ",".join(policy.registers.approvers),
        "website": next(iter(policy.registers.domains), ""),
        "state-authority": "yes" if forbids and forbids.origin == "bavaria-state" else "no",
    }
