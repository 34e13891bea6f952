"""Ordinary posts of real offices' kind, more than a hundred and fifty: the default policy leaves them in peace."""

from collections.abc import Iterable
from pathlib import Path
from shutil import copytree

import pytest

from kanal import rules
from kanal.config import load
from kanal.folder import scan
from kanal.lint import lint
from kanal.model import Finding, Severity
from kanal.platforms import names as platform_names
from tests.four_eyes import with_digest
from tests.rules.examples import NOW

HERE = Path(__file__).parent
POSTS = 156
ERRORS_AT_MOST = 3
WARNINGS_AT_MOST = 15


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> tuple[Finding, ...]:
    from PIL import Image

    office = tmp_path_factory.mktemp("office")
    copytree(HERE / "office", office, dirs_exist_ok=True)
    copytree(HERE / "posts", office / "posts")
    Image.new("RGB", (1200, 900), (120, 160, 90)).save(office / "posts" / "picture.jpg")
    project = load(office, platform_names(), rules)
    for draft in (entry.load() for entry in scan(office, project.setting, None).entries):
        if draft.approval:
            signed = with_digest(office, draft.path, draft.approval.name, f"{draft.approval.at:%Y-%m-%d %H:%M}")
            (office / draft.path).write_bytes(signed)
    return lint(project, NOW, None).findings


def _told(findings: Iterable[Finding]) -> str:
    return "\n".join(f"{f.file}:{f.place.line}: {f.message} [{f.rule}]" for f in findings)


def test_no_post_was_lost() -> None:
    assert len(list((HERE / "posts").glob("*.yaml"))) == POSTS


@pytest.mark.parametrize(
    ("severity", "at_most"), [(Severity.ERROR, ERRORS_AT_MOST), (Severity.WARNING, WARNINGS_AT_MOST)]
)
def test_hardly_any_faultless_post_is_complained_about(
    findings: tuple[Finding, ...], severity: Severity, at_most: int
) -> None:
    found = [finding for finding in findings if finding.severity is severity]
    assert len({finding.file for finding in found}) <= at_most, _told(found)
