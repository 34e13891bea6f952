"""What a network granted at a login, as a value and as the text that a store keeps.

This module must not know where that text is kept. No message of it holds a secret.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from kanal.errors import ConfigError
from kanal.message import msg
from kanal.model import Secret

FORM = 1
"""Of the text. A later form is refused, since what it says could be misread."""


@dataclass(frozen=True, slots=True)
class Grant:
    """One login. `way` and the names in `credentials` and `renewal` are those of the network's `Login`.

    `issuer` is the origin (`https://api.x.com`) that granted it, and the only one that may ever see it. `account` is
    whose it is, as the network calls it. `credentials` is what the adapter needs, `renewal` what it takes to renew or
    revoke them. Times are UTC; without `expires_at` no end is known.
    """

    way: str
    issuer: str
    account: str
    credentials: Mapping[str, Secret]
    obtained_at: datetime
    expires_at: datetime | None = None
    renewal: Mapping[str, Secret] = field(default_factory=dict)
    scopes: tuple[str, ...] = ()

    def secrets(self) -> list[Secret]:
        """All that must never be shown."""
        return [*self.credentials.values(), *self.renewal.values()]


def to_text(grant: Grant) -> str:
    """The text to keep. It holds the secrets in the clear."""
    return json.dumps(
        {
            "form": FORM,
            "way": grant.way,
            "issuer": grant.issuer,
            "account": grant.account,
            "credentials": _revealed(grant.credentials),
            "renewal": _revealed(grant.renewal),
            "scopes": list(grant.scopes),
            "obtained_at": grant.obtained_at.astimezone(UTC).isoformat(),
            "expires_at": grant.expires_at.astimezone(UTC).isoformat() if grant.expires_at else None,
        },
        ensure_ascii=False,
    )


def from_text(text: str, channel: str) -> Grant:
    """The grant of such a text. Raises `ConfigError` that names `channel` when it is none."""
    try:
        found = json.loads(text)
        if found["form"] != FORM:
            raise ConfigError(
                msg("The login of “{channel}” was kept by a newer version of kanal.", channel=channel),
                msg("Use that version, or log in again: kanal login {channel}", channel=channel),
            )
        expires = found["expires_at"]
        return Grant(
            way=_text(found["way"]),
            issuer=_text(found["issuer"]),
            account=_text(found["account"]),
            credentials=_secrets(found["credentials"]),
            renewal=_secrets(found["renewal"]),
            scopes=tuple(map(_text, found["scopes"])),
            obtained_at=_moment(found["obtained_at"]),
            expires_at=_moment(expires) if expires is not None else None,
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        # The cause would quote the text.
        raise ConfigError(
            msg("What is kept of the login of “{channel}” cannot be read.", channel=channel),
            msg("Log in again: kanal login {channel}", channel=channel),
        ) from None


def _revealed(secrets: Mapping[str, Secret]) -> Mapping[str, str]:
    return {name: secret.reveal() for name, secret in secrets.items()}


def _secrets(found: Mapping[str, Any]) -> Mapping[str, Secret]:
    return {_text(name): Secret(_text(value)) for name, value in found.items()}


def _text(found: object) -> str:
    if not isinstance(found, str):
        raise TypeError
    return found


def _moment(found: object) -> datetime:
    moment = datetime.fromisoformat(_text(found))
    if moment.tzinfo is None:
        raise ValueError
    return moment
