"""`config/policy.yaml`: which rules are on, and how severe they are here."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

from pydantic import Field

from kanal.message import msg
from kanal.model import Place, Severity
from kanal.schema import Strict, check
from kanal.suggest import did_you_mean
from kanal.yaml12 import Document


@dataclass(frozen=True, slots=True)
class Policy:
    """What the office decided about rules. `severities` maps a rule id to its severity here, None for off."""

    severities: Mapping[str, Severity | None] = field(default_factory=dict)

    def severity_of(self, rule: str, default: Severity) -> Severity | None:
        """How severe findings of `rule` are, or None when it is switched off."""
        return self.severities.get(rule, default)


class PolicyFields(Strict):
    """The keys of `config/policy.yaml`."""

    rules: dict[str, Literal["off", "info", "warning", "error"]] = Field(
        default={}, description="Severity by rule id; what is not named keeps the rule's own"
    )


def policy_from(document: Document, rules: Collection[str]) -> Policy | None:
    """The policy, or None with the findings in the document. `rules` are the ids that exist."""
    fields = check(PolicyFields, document)
    if fields is None:
        return None
    for rule in fields.rules:
        if rule not in rules:
            place = document.keys.get(f"rules.{rule}", Place(1, 1))
            hint = did_you_mean(rule, rules)
            document.object_to("references/rule", place, msg("There is no rule “{rule}”. {hint}", rule=rule, hint=hint))
    if document.findings:
        return None
    return Policy({rule: None if word == "off" else Severity(word) for rule, word in fields.rules.items()})
