"""docs/configuration.md names every key of every file, with its default, and its examples are valid."""

import re

import pytest
from pydantic_core import PydanticUndefined

from kanal.config.channels import ChannelFields, ChannelsFields, LimitFields
from kanal.config.office import LedgerFields, OfficeFields, StagingFields
from kanal.config.policy import PolicyFields
from kanal.draft_fields import DraftFields, PictureFields, VariantFields
from kanal.model import DraftType
from kanal.platforms import adapter_class
from kanal.schema import Strict, check
from kanal.yaml12 import parse
from tests.documents import ROOT, marked

DOCUMENT = "docs/configuration.md"
SECTIONS: dict[str, type[Strict]] = {
    "config/kanal.yaml": OfficeFields,
    "ledger": LedgerFields,
    "staging": StagingFields,
    "config/channels.yaml": ChannelFields,
    "limits": LimitFields,
    "config/policy.yaml": PolicyFields,
    "A draft": DraftFields,
    "media": PictureFields,
    "variants": VariantFields,
}
FILES: dict[str, type[Strict]] = {
    "kanal": OfficeFields,
    "channels": ChannelsFields,
    "policy": PolicyFields,
    "draft": DraftFields,
}


def _section(title: str) -> str:
    text = (ROOT / DOCUMENT).read_text(encoding="utf-8")
    found = re.search(rf"^#+ {re.escape(title)}\n(.*?)(?=^#|\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, title
    return found[1]


def _rows(title: str) -> dict[str, str]:
    """The keys in the section's table, and what the column “without it” says."""
    return dict(re.findall(r"^\| `(\w+)` \|.*? \| (.*?) \|", _section(title), re.MULTILINE))


@pytest.mark.parametrize("title", SECTIONS)
def test_the_table_names_every_key_in_order(title: str) -> None:
    assert list(_rows(title)) == list(SECTIONS[title].model_fields)


@pytest.mark.parametrize("title", SECTIONS)
def test_the_table_tells_what_holds_without_a_key(title: str) -> None:
    for key, told in _rows(title).items():
        default = SECTIONS[title].model_fields[key].default
        assert (told == "required") == (default is PydanticUndefined), key
        if told.startswith("`"):
            assert told.strip("`") == str(default).replace("False", "false"), key


@pytest.mark.parametrize("name", FILES)
def test_the_example_is_valid_and_shows_every_key(name: str) -> None:
    document = parse(marked(DOCUMENT, "example")[name], f"{name}.yaml")
    assert check(FILES[name], document) is not None, [str(finding.message) for finding in document.findings]
    keys = (ChannelFields if name == "channels" else FILES[name]).model_fields
    used = {path.rpartition(".")[2] for path in document.keys}
    assert [key for key in keys if key not in used] == []


def test_the_types_of_drafts_are_complete() -> None:
    [listed] = re.findall(r"^Types: (.*)\.$", _section("A draft"), re.MULTILINE)
    assert re.findall(r"`(.*?)`", listed) == [str(kind) for kind in DraftType]


@pytest.mark.parametrize("platform", ["mastodon", "x", "facebook", "instagram"])
def test_the_credentials_are_those_that_the_platform_needs(platform: str) -> None:
    [row] = re.findall(rf"^\| `{platform}` \| (.*) \|$", _section("Credentials"), re.MULTILINE)
    assert tuple(re.findall(r"`(.*?)`", row)) == adapter_class(platform).needs
