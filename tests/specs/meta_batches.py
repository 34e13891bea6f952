"""A batch of calls to Meta's Graph, of which the specifications of its SDKs say nothing.

Source: https://developers.facebook.com/docs/graph-api/making-multiple-requests and …/reference/debug_token
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from kanal.sandbox import Exchange

from .bodies import read_fields

TOKEN_FIELDS = {
    "app_id": str,
    "application": str,
    "type": str,
    "is_valid": bool,
    "expires_at": int,
    "data_access_expires_at": int,
    "issued_at": int,
    "scopes": list,
    "granular_scopes": list,
    "profile_id": str,
    "user_id": str,
    "error": dict,
}


def is_batch(exchange: Exchange) -> bool:
    """Whether it is posted to no node."""
    return exchange.method == "POST" and re.fullmatch(r"/v\d+\.\d+/?", exchange.path) is not None


def batch_violations(exchange: Exchange) -> Iterator[str]:
    """What is wrong with the request."""
    given = read_fields(exchange.request_headers, exchange.request_body)
    yield from (f"a batch has no “{name}”" for name in set(given) - {"batch", "include_headers", "access_token"})
    for call in json.loads(str(given["batch"][0])):
        if set(call) != {"method", "relative_url"} or call["relative_url"].startswith("/"):
            yield f"{call} is no call of a batch"


def batch_answer_violations(value: Any) -> Iterator[str]:
    """What is wrong with the answer: each call has a code, and a body that is JSON in a text."""
    if not isinstance(value, list):
        yield "the answer to a batch is no list"
        return
    for one in value:
        if not isinstance(one.get("code"), int) or not isinstance(one.get("body"), str):
            yield f"{one} is no answer of a batch"
            continue
        data = json.loads(one["body"]).get("data", {})
        yield from (f"debug_token has no “{name}”" for name in set(data) - set(TOKEN_FIELDS))
        yield from (
            f"“{name}” cannot be {data[name]!r}" for name in data if not isinstance(data[name], TOKEN_FIELDS[name])
        )
