"""Whether a channel's credentials are there, and for nobody else to read."""

import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from kanal.config.secrets import Credentials, variable
from kanal.doctor.observation import Check, Observation, error, ok, warning
from kanal.message import msg, msgn
from kanal.model import Channel, ChannelStatus


def seen(channel: Channel, found: Credentials, environ: Mapping[str, str]) -> Iterator[Observation]:
    """What was found. A channel that is only planned may do without."""
    if found.missing:
        say = warning if channel.status is ChannelStatus.PLANNED else error
        yield say(
            Check.CREDENTIALS,
            msgn(
                "A credential is missing: {names}.",
                "{count} credentials are missing: {names}.",
                len(found.missing),
                names=", ".join(found.missing),
            ),
            msg("Set the variables, or NAME_FILE with the path of a file, or put them into the keyring."),
        )
    else:
        yield ok(Check.CREDENTIALS, msg("all there"))
    for name in found.found:
        path = environ.get(f"{variable(channel.name, name)}_FILE", "").strip()
        if path and _is_open(Path(path)):
            yield warning(
                Check.CREDENTIALS,
                msg("Everybody on this computer may read {file}.", file=path),
                msg("Only your account should: chmod 600 {file}", file=path),
            )


def _is_open(file: Path) -> bool:
    """Whether others may read it. Windows keeps rights in another way, which is not looked at."""
    if os.name == "nt":
        return False
    try:
        return bool(file.stat().st_mode & stat.S_IROTH)
    except OSError:
        return False
