"""Where the file of credentials lies, and which places are refused.

It belongs to one user and to no repository: what lies in a work tree is one `git add .` away from being published.
"""

import stat
import sys
from collections.abc import Mapping
from pathlib import Path

from kanal.errors import ConfigError
from kanal.message import msg

VARIABLE = "KANAL_CREDENTIALS"
"""Names another file, for a service without a home folder or a container with a volume."""
_FILE = Path("kanal") / "credentials.json"


def place_of(environ: Mapping[str, str], system: str = sys.platform) -> Path | None:
    """The file, which need not exist; None when nothing says where this user's settings lie.

    The folders are those of the XDG base directory specification, of Apple's file system guide (Application Support)
    and of Windows' roaming application data.
    """
    if named := environ.get(VARIABLE, "").strip():
        return Path(named).expanduser().absolute()
    home = environ.get("HOME", "").strip()
    if system == "win32":
        folder = environ.get("APPDATA", "").strip()
    elif system == "darwin":
        folder = f"{home}/Library/Application Support" if home else ""
    else:
        folder = environ.get("XDG_CONFIG_HOME", "").strip() or (f"{home}/.config" if home else "")
    # The specification wants a relative XDG_CONFIG_HOME to be ignored; it would depend on where kanal is called.
    return Path(folder) / _FILE if folder and Path(folder).is_absolute() else None


def refuse_repository(path: Path) -> None:
    """Raise `ConfigError` for a place inside a git work tree, by way of symbolic links too."""
    for folder in path.resolve().parents:
        if (folder / ".git").exists():
            raise ConfigError(
                msg("The file of credentials, {path}, lies in the git repository {folder}.", path=path, folder=folder),
                msg(
                    "Name a place outside of it in {variable}, or use the system's keyring (kanal[keyring]).",
                    variable=VARIABLE,
                ),
            )


def refuse_readable_by_others(path: Path) -> None:
    """Raise `ConfigError` when more than its owner may read the file. On Windows the folder's own rights decide."""
    if sys.platform == "win32":
        return
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise ConfigError(
            msg("Others than you may read the file of credentials, {path} (mode {mode}).", path=path, mode=f"{mode:o}"),
            msg(
                "Take their rights away: chmod 600 {path} - and log in again, if somebody may have read it.", path=path
            ),
        )
