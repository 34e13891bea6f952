"""Logins are found in the folder and in installed packages."""

import os
import subprocess
import sys
from pathlib import Path

from kanal.login import platforms
from kanal.sandbox import PLATFORMS

BRETT = """\
from kanal.credentials import Grant
from kanal.login import Field
from kanal.message import msg


class Login:
    ways = {"token": "Enter the token."}

    def __init__(self, channel):
        self.issuer = "https://brett.example"

    def log_in(self, way, talk, now):
        return Grant(way, self.issuer, "a", {"token": talk.ask(Field("token", msg("Token")))}, now)
"""
ASK = """\
from kanal.login import CanRenew, CanRevoke, login_of, platforms
from kanal.model import Channel
login = login_of(Channel("brett", "brett", "a"))
print(platforms(), list(login.ways), isinstance(login, CanRevoke), isinstance(login, CanRenew))
"""


def test_every_network_of_ours_has_a_login() -> None:
    assert set(platforms()) >= set(PLATFORMS)


def test_an_installed_package_brings_its_own(tmp_path: Path) -> None:
    (tmp_path / "brett_login.py").write_text(BRETT, encoding="utf-8")
    metadata = tmp_path / "kanal_brett-1.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: kanal-brett\nVersion: 1\n", encoding="utf-8")
    (metadata / "entry_points.txt").write_text("[kanal.logins]\nbrett = brett_login\n", encoding="utf-8")
    path = os.pathsep.join([str(tmp_path), *sys.path])
    done = subprocess.run(
        [sys.executable, "-c", ASK], env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=True
    )
    assert done.stdout.split("]")[0].count("'brett'") == 1
    assert done.stdout.endswith("['token'] False False\n")
