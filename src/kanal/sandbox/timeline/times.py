"""Times for people, in this computer's zone."""

from datetime import UTC, datetime

_MONTHS = (
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()  # noqa: SIM905 - reads as a calendar
)


def time(at: float) -> str:
    """Unix seconds as a `<time>` in this computer's zone."""
    local = datetime.fromtimestamp(at, UTC).astimezone()
    words = f"{local.day}. {_MONTHS[local.month - 1]} {local.year}, {local:%H:%M} Uhr"
    return f'<time datetime="{local.isoformat(timespec="seconds")}">{words}</time>'
