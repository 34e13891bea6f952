"""Credentials, from the environment, from files that it names, or from the system's keyring. Never from a tracked file.

`KANAL_<CHANNEL>_<NAME>`, or `KANAL_<CHANNEL>_<NAME>_FILE` with the path of a file (Docker and systemd hand secrets
out that way), or keyring service `kanal`, user `<channel>/<name>`. No message of this module holds a secret.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kanal.errors import ConfigError
from kanal.message import msg
from kanal.model import Secret


@dataclass(frozen=True, slots=True)
class Credentials:
    """What was found for a channel, and the names of the variables that would have held the rest."""

    found: Mapping[str, Secret]
    missing: tuple[str, ...]


def variable(channel: str, name: str) -> str:
    """The environment variable of a credential: channel `x-amt`, `access_token` → `KANAL_X_AMT_ACCESS_TOKEN`."""
    return f"KANAL_{channel}_{name}".upper().replace("-", "_")


def credentials(channel: str, needs: Iterable[str], environ: Mapping[str, str]) -> Credentials:
    """Look every credential up. Raises `ConfigError` for a `…_FILE` that cannot be read."""
    found: dict[str, Secret] = {}
    missing: list[str] = []
    for name in needs:
        value = _from_environment(variable(channel, name), environ) or _from_keyring(f"{channel}/{name}")
        if value:
            found[name] = Secret(value)
        else:
            missing.append(variable(channel, name))
    return Credentials(found, tuple(missing))


def _from_environment(name: str, environ: Mapping[str, str]) -> str | None:
    value = environ.get(name, "").strip()
    path = environ.get(f"{name}_FILE", "").strip()
    if value and path:
        raise ConfigError(
            msg("Both {name} and {name}_FILE are set.", name=name), msg("Keep one, so that it is clear which counts.")
        )
    if not path:
        return value or None
    try:
        return Path(path).read_text(encoding="utf-8-sig").strip() or None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            msg("The file that {name}_FILE names cannot be read: {path}.", name=name, path=path),
            msg("Correct the path, or the rights of the file."),
        ) from error


def _from_keyring(user: str) -> str | None:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:  # the extra kanal[keyring] is not installed
        return None
    try:
        return keyring.get_password("kanal", user)
    except KeyringError:  # no keyring on this machine, or a locked one: then the variable is reported as missing
        return None
