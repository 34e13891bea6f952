"""Drafts are looked at together because that is faster; nobody must be able to tell from what is found."""

from pathlib import Path

from kanal import rules
from kanal.config import load
from kanal.drafts import parse_draft
from kanal.lint.inspecting import Inspector
from kanal.model import Draft
from kanal.platforms import names
from tests.rules.examples import NOW

ROOT = Path(__file__).parents[2]
LOUD = """\
id: {name}
channels: [mastodon, x]
text: DAS BÜRGERBÜRO BLEIBT HEUTE LEIDER GESCHLOSSEN. Fragen an Herrn Müller, DE02 1203 0000 0000 2020 51.
"""
WAIVERS = """\
waivers:
  - {{rule: {}, reason: So steht es auf dem Schild, name: Kim Muster}}
"""


def test_drafts_that_are_looked_at_together_are_judged_as_each_by_itself() -> None:
    project = load(ROOT, names(), rules)
    texts = [file.read_text(encoding="utf-8") for file in sorted((ROOT / "posts").rglob("*.yaml"))]
    texts += [LOUD.format(name="laut"), LOUD.format(name="still") + WAIVERS.format("netiquette/shouting")]
    texts += [LOUD.format(name="um"), LOUD.format(name="sonst") + WAIVERS.format("privacy/plate")]
    drafts: list[tuple[Draft, str]] = []
    for text in texts:
        draft, _ = parse_draft(text, "posts/a.yaml", project.setting)
        assert draft is not None
        drafts.append((draft, text))
    together = Inspector(project, NOW)
    alone = [Inspector(project, NOW).draft_files([one])[0] for one in drafts]
    assert together.draft_files(drafts) == alone
    assert together.draft_files(drafts[::-1]) == alone[::-1]
    assert {"netiquette/shouting", "privacy/iban", "waivers/unused"} <= {f.rule for found in alone for f in found}


def test_no_drafts_have_no_findings() -> None:
    assert Inspector(load(ROOT, names(), rules), NOW).draft_files([]) == []
