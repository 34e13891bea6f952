"""The files that come with kanal: they pass kanal's own checks and the schemas that editors use."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from kanal.cli.main import run
from kanal.media import has_metadata
from kanal.yaml12 import read
from tests.cli.calls import Kanal

ROOT = Path(__file__).parents[2]
SAMPLES = {
    "draft": sorted((ROOT / "posts").rglob("*.yaml")),
    "kanal": [ROOT / "config" / "kanal.yaml"],
    "channels": [ROOT / "config" / "channels.yaml"],
    "policy": [ROOT / "config" / "policy.yaml"],
}


def schema(kanal: Kanal, name: str) -> dict[str, Any]:
    answer = kanal("schema", name)
    assert (answer.code, answer.err) == (0, "")
    found: dict[str, Any] = answer.json
    return found


def test_the_sample_posts_pass_lint(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--project", str(ROOT), "lint"]) == 0
    assert capsys.readouterr().out == f"{len(SAMPLES['draft'])} files checked, nothing to complain about.\n"


@pytest.mark.parametrize("name", SAMPLES)
def test_the_schema_is_one_and_accepts_the_samples(kanal: Kanal, name: str) -> None:
    found = schema(kanal, name)
    jsonschema.Draft202012Validator.check_schema(found)
    assert SAMPLES[name]
    for file in SAMPLES[name]:
        jsonschema.validate(read(file, file.name).value, found)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("draft", {"id": "neu", "channels": ["x"], "text": "Hallo", "chanels": []}),
        ("draft", {"channels": ["x"], "text": "Hallo"}),
        ("draft", {"id": "neu", "channels": "x", "text": "Hallo"}),
        ("draft", {"id": "neu", "channels": ["x"], "text": "Hallo", "media": [{"alt": "Linden"}]}),
        ("draft", {"id": "neu", "channels": ["x"], "text": "Hallo", "waivers": [{"rule": "privacy/iban"}]}),
        ("draft", {"id": "neu", "channels": ["x"], "text": "Hallo", "approval": {"name": "Kim Muster"}}),
        ("kanal", {"office": "Landkreis", "language": "fr"}),
        ("channels", {"channels": {"x": {"platform": "x", "account": 4711}}}),
        (
            "channels",
            {"channels": {"x": {"platform": "x", "account": "lk", "duties": {"imprnt": "https://a.example"}}}},
        ),
        ("policy", {"rules": {"platform/text-length": "fatal"}}),
        ("policy", {"registers": {"elections": [{"name": "Kreistagswahl"}]}}),
    ],
)
def test_the_schema_refuses_what_kanal_refuses(kanal: Kanal, name: str, value: object) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(value, schema(kanal, name))


def test_without_a_name_the_draft_is_meant(kanal: Kanal) -> None:
    assert json.loads(kanal("schema").out) == schema(kanal, "draft")


def test_channels_are_listed_with_what_they_lack(kanal: Kanal) -> None:
    file = kanal.root / "config" / "channels.yaml"
    before = file.read_text(encoding="utf-8")
    file.write_text(before.replace("    status: active\n", "    status: active\n    live: true\n", 1), encoding="utf-8")
    lines = kanal("channels").out.splitlines()
    assert lines[0].split() == ["channel", "platform", "account", "status", "start", "network"]
    assert lines[1].endswith("real (missing: KANAL_MASTODON_ACCESS_TOKEN)")
    assert lines[2].split() == ["x", "x", "lk_musterland", "active", "practice"]
    assert lines[5].split()[3:5] == ["active", "2026-06-01"]


@pytest.mark.parametrize("picture", sorted((ROOT / "posts" / "media").iterdir()), ids=lambda path: path.name)
def test_the_sample_pictures_carry_no_metadata(picture: Path) -> None:
    assert has_metadata(picture) == ()
