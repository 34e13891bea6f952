"""An addon for mitmdump: an office's proxy that looks into encrypted traffic, with the practice networks behind it.

Runs inside mitmproxy's own interpreter, so it imports nothing of ours. `KANAL_OFFICE` names a folder: `hosts.json` in
it maps host names to ports of this machine, `port` is written once the proxy listens, and each request adds a line to
`seen`.
"""

import json
import os
from pathlib import Path
from typing import Any


class OfficeProxy:
    """Sends known hosts to the practice networks; the Host header stays as the client sent it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._hosts: dict[str, int] = json.loads((folder / "hosts.json").read_text(encoding="utf-8"))
        self._master: Any = None

    def load(self, loader: Any) -> None:
        self._master = loader.master

    def running(self) -> None:
        addresses = self._master.addons.get("proxyserver").listen_addrs()
        (self._folder / "port").write_text(str(addresses[0][1]), encoding="utf-8")

    def request(self, flow: Any) -> None:
        host = flow.request.host
        with (self._folder / "seen").open("a", encoding="utf-8") as seen:
            seen.write(f"{flow.request.method} {host}{flow.request.path}\n")
        if host not in self._hosts:
            flow.kill()
            return
        asked_for = flow.request.headers["Host"]
        flow.request.scheme = "http"
        flow.request.host = "127.0.0.1"
        flow.request.port = self._hosts[host]
        flow.request.headers["Host"] = asked_for


addons = [OfficeProxy(Path(os.environ["KANAL_OFFICE"]))]
