"""docs/configuration.md names every key of every file, with its default, and its examples are valid."""

import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from kanal import platforms, rules
from kanal.config import load
from kanal.config.brakes import HOLD, PAUSE
from kanal.config.channels import CHANNELS
from kanal.config.concept import CONCEPT
from kanal.config.office import OFFICE
from kanal.config.policy import PACKS, POLICY
from kanal.draft_fields import DRAFT
from kanal.drafts import parse_draft
from kanal.lint.inspecting import Inspector
from kanal.model import DraftType
from kanal.platforms import adapter_class
from kanal.schema import check
from kanal.yaml12 import Document, parse
from tests.documents import ROOT, marked

DOCUMENT = "docs/configuration.md"
EXAMPLES = {
    "kanal": OFFICE,
    "channels": CHANNELS,
    "policy": POLICY,
    "draft": DRAFT,
    "media": DRAFT,
    "carrying": DRAFT,
    "quoting": DRAFT,
    "story": DRAFT,
    "hold": HOLD,
    "pause": PAUSE,
    "signed": POLICY,
    "concept": CONCEPT,
}
"""The files that the page shows; one of pictures and videos is part of a draft."""
WHOLE = {"media": "id: example\nchannels: [mastodon]\ntext: Der Winter kommt.\n"}
"""What the parts lack."""
SECTIONS = {
    "config/kanal.yaml": (OFFICE, ""),
    "schedule": (OFFICE, "schedule"),
    "late": (OFFICE, "schedule.late"),
    "late.types": (OFFICE, "schedule.late.types.any"),
    "ledger": (OFFICE, "ledger"),
    "staging": (OFFICE, "staging"),
    "config/channels.yaml": (CHANNELS, "channels.any"),
    "limits": (CHANNELS, "channels.any.limits"),
    "duties": (CHANNELS, "channels.any.duties"),
    "config/policy.yaml": (POLICY, ""),
    "A rule in the policy": (POLICY, "rules.any"),
    "registers": (POLICY, "registers"),
    "office_holders": (POLICY, "registers.office_holders[0]"),
    "staff": (POLICY, "registers.staff[0]"),
    "elections": (POLICY, "registers.elections[0]"),
    "config/concept.yaml": (CONCEPT, ""),
    "The channels of the concept": (CONCEPT, "channels.any"),
    "data_protection": (CONCEPT, "data_protection"),
    "The staff of the concept": (CONCEPT, "staff"),
    "budget": (CONCEPT, "budget"),
    "interaction": (CONCEPT, "interaction"),
    "decision": (CONCEPT, "decision"),
    "config/hold.yaml": (HOLD, ""),
    "config/pause.yaml": (PAUSE, "channels.any"),
    "A draft": (DRAFT, ""),
    "media": (DRAFT, "media[0]"),
    "people": (DRAFT, "media[0].people"),
    "music": (DRAFT, "media[0].music"),
    "thread": (DRAFT, "thread[0]"),
    "poll": (DRAFT, "poll"),
    "variants": (DRAFT, "variants.any"),
    "approval": (DRAFT, "approval"),
    "waivers": (DRAFT, "waivers[0]"),
}


def _section(title: str) -> str:
    text = (ROOT / DOCUMENT).read_text(encoding="utf-8")
    found = re.search(rf"^#+ {re.escape(title)}\n(.*?)(?=^#|\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, title
    return found[1]


def _example(name: str) -> Document:
    return parse(WHOLE.get(name, "") + marked(DOCUMENT, "example")[name], f"{name}.yaml")


def _rows(title: str) -> dict[str, str]:
    """The keys in the section's table, and what the column “without it” says."""
    return dict(re.findall(r"^\| `(\w+)` \|.*? \| (.*?) \|", _section(title), re.MULTILINE))


@pytest.mark.parametrize("title", SECTIONS)
def test_the_table_names_every_key_in_order(title: str) -> None:
    form, path = SECTIONS[title]
    assert list(_rows(title)) == list(form.keys_at(path))


@pytest.mark.parametrize("title", SECTIONS)
def test_the_table_tells_what_holds_without_a_key(title: str) -> None:
    form, path = SECTIONS[title]
    schemas: dict[str, Any] = form.keys_at(path)
    for key, told in _rows(title).items():
        assert (told == "required") == ("default" not in schemas[key]), key
        if told.startswith("`"):
            default = schemas[key]["default"]
            assert told.strip("`") == (str(default).lower() if isinstance(default, bool) else default), key


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_example_is_valid(name: str) -> None:
    document = _example(name)
    assert check(EXAMPLES[name], document) is not None, [str(finding.message) for finding in document.findings]


@pytest.mark.parametrize("title", SECTIONS)
def test_the_examples_show_every_key(title: str) -> None:
    form, path = SECTIONS[title]
    where = re.escape(path).replace("any", "[^.]+").replace("0", "[0-9]+")
    paths = [path for name in EXAMPLES if EXAMPLES[name] is form for path in _example(name).places]
    keys = [path.removesuffix(":key") for path in paths if path.endswith(":key")]
    shown = {key.rpartition(".")[2] for key in keys if re.fullmatch(where, key.rpartition(".")[0])}
    assert [key for key in form.keys_at(path) if key not in shown] == []


def test_the_example_draft_draws_no_finding_in_the_sample_office() -> None:
    project = load(ROOT, platforms.names(), rules)
    draft, mistakes = parse_draft(marked(DOCUMENT, "example")["draft"], "posts/example.yaml", project.setting)
    assert mistakes == []
    assert draft is not None
    now = datetime(2027, 1, 29, 9, tzinfo=ZoneInfo("Europe/Berlin"))
    verdict = Inspector(project, now, publishing=True).verdict(draft, "")
    assert [str(hit.problem.message) for hit in verdict.hits] == []
    assert [silenced.waiver.rule for silenced in verdict.silenced] == ["netiquette/shouting"]


def test_the_packs_are_those_that_kanal_brings_along() -> None:
    listed = re.findall(r"^\| `([\w-]+)` \| [^|]* \|$", _section("config/policy.yaml"), re.MULTILINE)
    assert sorted(listed) == sorted(pack.stem for pack in PACKS.glob("*.yaml"))


def test_the_types_of_drafts_are_complete() -> None:
    [listed] = re.findall(r"^Types: (.*)\.$", _section("A draft"), re.MULTILINE)
    assert re.findall(r"`(.*?)`", listed) == [str(kind) for kind in DraftType]


def test_every_rule_that_the_page_names_exists() -> None:
    named = re.findall(r"`([a-z]+/[a-z-]+)`", (ROOT / DOCUMENT).read_text(encoding="utf-8"))
    assert len(named) > 3
    assert set(named) <= set(rules.names())


@pytest.mark.parametrize("platform", ["mastodon", "x", "facebook", "instagram"])
def test_the_credentials_are_those_that_the_platform_needs(platform: str) -> None:
    [row] = re.findall(rf"^\| `{platform}` \| (.*) \|$", _section("Credentials"), re.MULTILINE)
    assert tuple(re.findall(r"`(.*?)`", row)) == adapter_class(platform).needs
