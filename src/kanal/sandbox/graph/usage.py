"""How the Graph API tells in headers how much of a limit is used (https://developers.facebook.com/docs/graph-api/overview/rate-limiting)."""

import json
from collections.abc import Mapping, Sequence
from math import ceil

from kanal.sandbox.rates import Window


def usage(kind: str, node: str, windows: Sequence[Window], now: float) -> Mapping[str, str]:
    """The two usage headers, in percent of the limit."""
    nearest = windows[0]
    percent = min(100, nearest.used * 100 // nearest.rate.limit)
    minutes = ceil((nearest.resets_at - now) / 60) if nearest.exceeded else 0
    return usage_headers(kind, node, percent, minutes)


def usage_headers(kind: str, node: str, percent: int, minutes: int) -> Mapping[str, str]:
    """`X-App-Usage` and `X-Business-Use-Case-Usage`; `minutes` until calls are allowed again."""
    counts = {"call_count": percent, "total_cputime": percent, "total_time": percent}
    business = {node: [{"type": kind, **counts, "estimated_time_to_regain_access": minutes}]}
    return {"X-App-Usage": json.dumps(counts), "X-Business-Use-Case-Usage": json.dumps(business)}
