"""Signed commits, with keys that the test makes."""

import subprocess
from pathlib import Path
from shutil import which

import pytest

from kanal.approval.signing import Signatures
from tests.approval.conftest import UMZUG, Tell
from tests.four_eyes import APPROVER, WRITER, FourEyes
from tests.optional import require_or_skip

TONI = "toni.probe@office.example"


def key(folder: Path, name: str) -> Path:
    if which("ssh-keygen") is None:
        require_or_skip("ssh-keygen is not installed: apt install openssh-client")
    path = folder / name
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(path)]
    subprocess.run(command, check=True, capture_output=True)
    return path


@pytest.fixture
def signing(office: FourEyes, tmp_path: Path) -> FourEyes:
    """A repository whose commits are signed with Toni's key, which is known as hers."""
    own = key(tmp_path, "toni")
    allowed = tmp_path / "allowed"
    allowed.write_text(f"{TONI} {own.with_suffix('.pub').read_text(encoding='utf-8')}", encoding="utf-8")
    settings = {"gpg.format": "ssh", "user.signingKey": str(own), "gpg.ssh.allowedSignersFile": str(allowed)}
    for name, value in settings.items():
        office.git("config", name, value)
    return office


def test_the_signer_is_the_one_under_whose_name_the_key_is_known(signing: FourEyes, tell: Tell) -> None:
    signing.commit(WRITER)
    signing.approve(UMZUG)
    signing.git("config", "commit.gpgSign", "true")
    commit = signing.commit(APPROVER)
    assert tell().signer(commit) == TONI


def test_no_signature_is_none(signing: FourEyes) -> None:
    assert Signatures(signing.root).signer(signing.commit(APPROVER)) is None


def test_the_signature_of_a_key_that_nobody_knows_is_none(signing: FourEyes, tmp_path: Path) -> None:
    signing.git("config", "user.signingKey", str(key(tmp_path, "stranger")))
    signing.git("config", "commit.gpgSign", "true")
    assert Signatures(signing.root).signer(signing.commit(APPROVER)) is None


def test_a_commit_that_does_not_exist_is_signed_by_nobody(signing: FourEyes) -> None:
    signing.commit(WRITER)
    assert Signatures(signing.root).signer("0" * 40) is None
