"""How far this machine's clock is away from a server's, by the date of an answer (RFC 9110 §6.6.1).

This module must not know any network, nor send anything.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime


def ahead(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """How far the server's clock is ahead of `now` (aware), to the second; None for an answer without a date."""
    try:
        there = parsedate_to_datetime(headers.get("Date", ""))
    except ValueError:
        return None
    return (there if there.tzinfo else there.replace(tzinfo=UTC)) - now
