"""The practice networks in a process of their own, without rate limits, until standard input closes.

Mastodon takes 30 pictures in 30 minutes, which the practice network enforces; measuring the channels needs 50.
"""

import sys
from pathlib import Path

from kanal.sandbox.server import running

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    with running(folder / "networks.sqlite3", staging=folder / "staging", rate_limits=False) as practice:
        (folder / "address").write_text(practice.address, encoding="utf-8")
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.read()
