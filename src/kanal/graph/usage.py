"""How much of an account's allowance is used, as Meta tells it in headers of nearly every answer.

Source: https://developers.facebook.com/docs/graph-api/overview/rate-limiting (headers). This module must not know HTTP
beyond a mapping of headers that does not mind upper and lower case.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

FULL = 100.0
_PERCENTAGES = ("call_count", "total_cputime", "total_time")


@dataclass(frozen=True, slots=True)
class Usage:
    """The highest percentage of any allowance, and when a used-up one is free again, if the network says so."""

    percent: float = 0.0
    regain: timedelta | None = None

    @property
    def is_full(self) -> bool:
        """Whether the network will refuse the next request ("throttled at 100")."""
        return self.percent >= FULL


def usage_of(headers: Mapping[str, str], kind: str) -> Usage:
    """What the usage headers say. `kind` is the business use case that counts here: `pages` or `instagram`."""
    entries = [*_business_entries(headers, kind), *_plain_entries(headers)]
    percents = [_number(entry.get(name)) for entry in entries for name in _PERCENTAGES]
    minutes = max((_number(entry.get("estimated_time_to_regain_access")) for entry in entries), default=0.0)
    return Usage(max(percents, default=0.0), timedelta(minutes=minutes) if minutes > 0 else None)


def _business_entries(headers: Mapping[str, str], kind: str) -> Iterator[Mapping[str, object]]:
    """One entry per use case; an app that also places advertisements has others than ours."""
    by_account = _decoded(headers.get("x-business-use-case-usage"))
    for entries in by_account.values():
        for entry in entries if isinstance(entries, list) else ():
            if isinstance(entry, dict) and entry.get("type", kind) == kind:
                yield entry


def _plain_entries(headers: Mapping[str, str]) -> Iterator[Mapping[str, object]]:
    for name in ("x-app-usage", "x-page-usage"):
        yield _decoded(headers.get(name))


def _decoded(value: str | None) -> Mapping[str, object]:
    """The JSON object in a header; nothing if there is none, since usage is a courtesy and no part of the answer."""
    try:
        decoded = json.loads(value or "{}")
    except ValueError:
        return {}
    return decoded if isinstance(decoded, dict) else {}


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
