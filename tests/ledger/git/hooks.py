"""Hooks of the server's repository: with them a test makes a server refuse, answer late, or fall silent."""

from pathlib import Path

from tests.ledger.git.clones import Office

REFUSE_ALL_BUT_MAIN = """\
while read old new ref; do
  case "$ref" in refs/heads/kanal/*) echo "Nur der Hauptzweig darf geändert werden" >&2; exit 1;; esac
done
"""
PROTECT_MAIN = """\
while read old new ref; do
  case "$ref" in refs/heads/main) exit 1;; esac
done
"""


def hook(office: Office, name: str, script: str) -> None:
    """Let the server run a shell script as one of git's hooks."""
    path = office.server / "hooks" / name
    path.write_text(f"#!/bin/sh\n{script}", encoding="utf-8", newline="\n")
    path.chmod(0o755)


def silent(marker: Path, times: int = 1) -> str:
    """The server dies without an answer, as often as `times`; `marker` is a file to count in."""
    return f"""\
count=$(cat '{marker}' 2>/dev/null || echo 0)
if [ "$count" -lt {times} ]; then
  echo $((count + 1)) > '{marker}'
  kill -9 $PPID
fi
"""
