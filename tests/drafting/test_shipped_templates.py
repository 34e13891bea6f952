"""The templates that come with kanal: in both languages, and what a sensible press office makes of them passes lint."""

from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree

import pytest

from kanal.drafting.shelf import SHIPPED, Shelf
from kanal.drafting.template import Template
from tests.cli.calls import Kanal
from tests.documents import ROOT
from tests.drafting.sensible import SENSIBLE, answers, options

TEMPLATES = [(language, kind) for language, kinds in SENSIBLE.items() for kind in kinds]
PACKS = ("default", "solo-office", "strict")
GOOD = (0, "1 file checked, nothing to complain about.\n")


@pytest.fixture
def sample_office(tmp_path: Path) -> Path:
    """The sample office without drafts."""
    root = tmp_path / "office"
    copytree(ROOT / "config", root / "config")
    copytree(ROOT / "posts" / "media", root / "posts" / "media")
    return root


def use_pack(root: Path, pack: str) -> None:
    """Let the office follow a pack in all that its registers do not say, but for the links on Instagram."""
    policy = root / "config" / "policy.yaml"
    registers = policy.read_text(encoding="utf-8").partition("registers:")[2]
    rules = "rules:\n  platform/link-not-clickable: off\n"
    policy.write_text(f"extends: {pack}\n{rules}registers:{registers}", encoding="utf-8")


@pytest.mark.parametrize(("language", "kind"), TEMPLATES)
def test_sensible_answers_make_a_draft_that_passes_lint(
    sample_office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, language: str, kind: str
) -> None:
    monkeypatch.setenv("KANAL_LANG", "en")
    kanal = Kanal(sample_office, capsys)
    kanal.clock = lambda: datetime(2026, 12, 1, 9, tzinfo=UTC)
    made = kanal("new", kind, "--language", language, *options(answers(language, kind)))
    assert (made.code, made.out) == GOOD, made
    [file] = (sample_office / "posts").glob("*.yaml")
    for pack in PACKS:
        use_pack(sample_office, pack)
        checked = kanal("lint", str(file))
        assert (checked.code, checked.out) == GOOD, (pack, checked)


def test_every_template_is_in_both_languages_and_tried() -> None:
    for language in ("de", "en"):
        shipped = {path.stem for path in (SHIPPED / language).glob("*.yaml")} - {"questions"}
        assert shipped == set(SENSIBLE[language])


@pytest.mark.parametrize("kind", SENSIBLE["de"])
def test_both_languages_ask_the_same(tmp_path: Path, kind: str) -> None:
    def outline(template: Template) -> list[tuple[object, ...]]:
        return [(one.name, one.kind, one.optional, one.only_with, len(one.choices)) for one in template.questions]

    german, english = (Shelf(tmp_path, language).template(kind) for language in ("de", "en"))
    assert outline(german) == outline(english)
    assert german.draft.keys() == english.draft.keys()
