"""The address of a ledger in PostgreSQL: what libpq makes of it, and how to keep its password to ourselves.

libpq quotes the whole address when it cannot read it, so its own words about addresses are never repeated. It must not
know tables or connections.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from kanal.errors import ConfigError
from kanal.message import Message, msg
from kanal.model import Secret

_SCHEMES = ("postgresql://", "postgres://")
_SECRETS = ("password", "sslpassword")
_EXAMPLE = "postgresql://kanal@db.example:5432/kanal?sslmode=verify-full"
_OURS = {
    "application_name": "kanal",
    "connect_timeout": "10",
    "keepalives": "1",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "12000",
    "gssencmode": "disable",
}
"""What holds unless the address says otherwise. Seconds, milliseconds in `tcp_user_timeout`.

psycopg warns of GSSAPI where nobody asked for it.
"""


@dataclass(frozen=True, slots=True)
class Address:
    """`parameters` are libpq's, complete; `place` is for people: host, port and database, no user and no password."""

    parameters: Mapping[str, Secret]
    place: str

    def hushed(self, text: object) -> str:
        """What somebody said, on one line, without passwords in any spelling."""
        said = " ".join(str(text).split())
        for name in _SECRETS:
            word = self.parameters[name].reveal() if name in self.parameters else ""
            for spelling in {word, quote(word), quote(word, safe="")} - {""}:
                said = said.replace(spelling, "***")
        return said


def address_of(url: Secret) -> Address:
    """Read the address. Raises `ConfigError`, also when the driver is not installed."""
    require_driver()
    import psycopg.conninfo

    text = url.reveal().strip()
    if not text.startswith(_SCHEMES):
        raise _unreadable()
    try:
        found = psycopg.conninfo.conninfo_to_dict(text)
    except psycopg.ProgrammingError:
        raise _unreadable() from None  # its text is the address
    parameters = _OURS | {name: str(value) for name, value in found.items()} | {"client_encoding": "utf8"}
    host = parameters.get("host") or parameters.get("hostaddr") or "localhost"
    port = f":{parameters['port']}" if "port" in parameters else ""
    place = f"{host}{port}/{parameters.get('dbname', '')}"
    return Address({name: Secret(value) for name, value in parameters.items()}, place)


def require_driver() -> None:
    """Raises `ConfigError` with how to get psycopg where it is missing."""
    try:
        import psycopg  # noqa: F401 - whether it can be
    except ImportError as error:  # the package is missing, or the libpq that it looks for
        raise ConfigError(
            msg("The ledger is in PostgreSQL, and the driver for it is not installed ({reason}).", reason=error),
            msg("Install it beside kanal: pip install “kanal[postgres]”"),
        ) from error


def _unreadable() -> ConfigError:
    return ConfigError(msg("The address of the ledger in PostgreSQL cannot be read."), _advice())


def _advice() -> Message:
    return msg("Like this, with special characters of the password written as %40: {example}", example=_EXAMPLE)
