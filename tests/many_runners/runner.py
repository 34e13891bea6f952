"""One runner: the real command, `kanal publish --due`, with the ledger that the test brings for the practice networks.

Runs in a process of its own, and may be killed at any time.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from kanal.cli import networks
from kanal.cli.main import run
from kanal.ledger import Ledger

OpenLedger = Callable[[], Ledger]
WAIT_SECONDS = 10
"""Long enough to settle what a dead runner left; the practice networks want two seconds for that."""


def publish_due(folder: Path, open_ledger: OpenLedger, log: Path) -> None:
    """Publish what is due in `folder`; the process ends with the command's exit code. What it says goes to `log`."""
    setattr(networks, "open_practice_ledger", lambda _state, _clock: open_ledger())  # noqa: B010 - imported there, not its own
    for name in [name for name in os.environ if name.startswith("KANAL_") or name == "CI"]:
        del os.environ[name]
    with log.open("a", encoding="utf-8", buffering=1) as said:
        sys.stdout = sys.stderr = said
        code = run(["--project", str(folder), "publish", "--due", "--sandbox", "--yes", "--wait", str(WAIT_SECONDS)])
        said.flush()
    os._exit(code)
