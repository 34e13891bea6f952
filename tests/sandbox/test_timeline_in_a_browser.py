"""The timeline page in a real browser: it shows what was published, and asks nobody but the practice networks."""

import os
import re
import shutil
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from kanal.sandbox import Practice
from tests.optional import require_or_skip
from tests.sandbox.clients import MastodonApi
from tests.sandbox.conftest import Jpeg

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)

PAINTED = ("--run-all-compositor-stages-before-draw", "--virtual-time-budget=5000")
"""On a busy machine a screenshot may else be taken before everything is painted."""


@pytest.fixture
def chromium() -> str:
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        require_or_skip("no Chromium: install Debian's package chromium, or any Chrome")
    return found


def _publish(mastodon: MastodonApi, text: str, picture: bytes, alt: str) -> None:
    media = mastodon.upload(picture, description=alt).raise_for_status().json()["id"]
    mastodon.post(text, media=[media]).raise_for_status()


def _page(chromium: str, url: str, folder: Path, *flags: str) -> subprocess.CompletedProcess[str]:
    command = [chromium, *QUIET, f"--user-data-dir={folder / 'profile'}", "--enable-logging=stderr", *flags, url]
    surroundings = {**os.environ, "HOME": str(folder)}
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60, env=surroundings)


def test_a_post_is_shown_with_its_picture_and_nothing_is_blocked(
    chromium: str, practice: Practice, mastodon: MastodonApi, picture: Jpeg, tmp_path: Path
) -> None:
    _publish(mastodon, "Die Brücke ist wieder frei.", picture(), "Eine Brücke über einen Bach")
    shown = _page(chromium, practice.posts()[0].url, tmp_path, "--dump-dom", "--window-size=360,800")
    assert "Die Brücke ist wieder frei." in shown.stdout
    assert "Eine Brücke über einen Bach" in shown.stdout
    assert not re.search(r"Refused to|violates|Failed to load", shown.stderr), shown.stderr


def test_the_browser_asks_nobody_else(
    chromium: str, practice: Practice, mastodon: MastodonApi, picture: Jpeg, tmp_path: Path
) -> None:
    """Everything that does not go to this machine would go through this proxy; it must stay unasked."""
    asked: list[str] = []

    class Proxy(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(502)

        do_CONNECT = do_GET  # noqa: N815 - http.server's names

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    _publish(mastodon, "Mehr auf https://www.landkreis.example/bruecke", picture(), "Eine Brücke")
    with ThreadingHTTPServer(("127.0.0.1", 0), Proxy) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        proxy = f"--proxy-server=http://127.0.0.1:{server.server_address[1]}"
        shown = _page(chromium, f"{practice.address}mastodon/{mastodon.account}", tmp_path, proxy, "--dump-dom")
        server.shutdown()
    assert "landkreis.example/bruecke" in shown.stdout
    assert [address for address in asked if "google" not in address and "gvt1" not in address] == []


def test_nothing_sticks_out_on_a_narrow_screen(
    chromium: str, practice: Practice, mastodon: MastodonApi, picture: Jpeg, tmp_path: Path
) -> None:
    _publish(mastodon, "Donaudampfschifffahrtsgesellschaftskapitän " * 3, picture(1200, 700), "Ein Schiff")
    _assert_margin_is_free(chromium, f"{practice.address}mastodon/{mastodon.account}", tmp_path)


def test_neither_do_threads_polls_and_warnings(
    chromium: str, practice: Practice, mastodon: MastodonApi, tmp_path: Path
) -> None:
    long = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen"
    first = mastodon.post(f"{long} (1/2)", visibility="unlisted", spoiler_text=long * 2).json()["id"]
    poll: dict[str, Any] = {"poll[options][]": [long[:50], long[8:]], "poll[expires_in]": "86400"}
    mastodon.post(f"{long} (2/2)", in_reply_to_id=first, quoted_status_id=first, **poll)
    _assert_margin_is_free(chromium, f"{practice.address}mastodon/{mastodon.account}", tmp_path)


def _assert_margin_is_free(chromium: str, url: str, folder: Path) -> None:
    from PIL import Image

    file = folder / "page.png"
    _page(chromium, url, folder, f"--screenshot={file}", "--window-size=500,900", *PAINTED)
    with Image.open(file) as shot:
        below_the_bar = shot.convert("RGB").crop((shot.width - 4, 120, shot.width, shot.height))
        colours = {pixel for _, pixel in below_the_bar.getcolors(4 * shot.height) or ()}
    assert colours <= {(238, 240, 243), (201, 207, 214)}, "only the page's ground and a rule reach the right margin"
