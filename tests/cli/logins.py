"""Live channels that meet the practice networks, with nothing in the environment: what `kanal login` begins with."""

import io
import json
import os
import webbrowser
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from kanal.sandbox import Practice
from tests.cli.calls import Answer, Kanal
from tests.login.person import press
from tests.sandbox.clients import loopback_client

ACCOUNTS = {
    "mastodon": "landkreis@social.example",
    "x": "lk_musterland",
    "facebook": "100000000000001",
    "instagram": "17840000000000001",
}


def channels(practice: Practice) -> str:
    """`config/channels.yaml`, and the accounts in it admitted."""
    lines = ["channels:"]
    for platform, account in ACCOUNTS.items():
        practice.admit(platform, account, "Landkreis Musterland")
        lines += [f"  {platform}:", f"    platform: {platform}", f'    account: "{account}"']
        lines += ["    status: active", "    live: true", "    urls:"]
        lines += [f"      {name}: {url}" for name, url in practice.urls(platform).items()]
    return "\n".join(lines) + "\n"


class Office:
    """kanal, and whoever sits before it without a terminal."""

    def __init__(self, kanal: Kanal, practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
        self.kanal = kanal
        self.practice = practice
        self.monkeypatch = monkeypatch
        self.store = Path(os.environ["KANAL_CREDENTIALS"])

    def call(self, *arguments: str, answers: Mapping[str, str] | None = None) -> Answer:
        """Call kanal; `answers` stand on standard input, with --stdin."""
        lines = "".join(f"{name}={value}\n" for name, value in (answers or {}).items())
        self.monkeypatch.setattr("sys.stdin", io.StringIO(lines))
        return self.kanal(*arguments, *(["--stdin"] if answers is not None else []))

    def browse_as(self, account: str, button: str = "allow") -> None:
        """From now on there is a browser, in which somebody presses this button."""

        def come_back(address: str) -> bool:
            answer = press(address, account, button)
            with suppress(OSError), loopback_client() as browser:
                browser.get(answer.headers["location"])
            return True

        self.monkeypatch.setenv("BROWSER", "one of the tests")
        self.monkeypatch.setattr(webbrowser, "open", come_back)

    def kept(self) -> Mapping[str, Any]:
        """What the file of credentials holds."""
        if not self.store.exists():
            return {}
        found = json.loads(self.store.read_text(encoding="utf-8"))
        return {name: json.loads(text) for name, text in found["grants"].items()}

    def keep(self, name: str, grant: Mapping[str, Any]) -> None:
        """Replace what the file holds."""
        found = json.loads(self.store.read_text(encoding="utf-8"))
        found["grants"][name] = json.dumps(grant)
        self.store.write_text(json.dumps(found), encoding="utf-8")

    def secrets(self) -> list[str]:
        """All that must not be shown."""
        return [
            value
            for grant in self.kept().values()
            for part in ("credentials", "renewal")
            for name, value in grant[part].items()
            if name != "client_id"  # it stands in the address of the network's page (RFC 6749 §2.2)
        ]
