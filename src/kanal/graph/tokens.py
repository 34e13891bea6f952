"""What Meta tells of an access token: permissions and end (https://developers.facebook.com/docs/graph-api/reference/debug_token).

Meta's manual lets an app or its developers ask. kanal asks with the token itself; where Meta refuses that, nothing is
known (docs/networks.md#unverified).
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from kanal.errors import Unavailable
from kanal.graph import Answer, Graph
from kanal.message import msg
from kanal.verification import Validity


class TokenFacts(NamedTuple):
    """Permissions and end of a token; None where Meta does not tell."""

    scopes: frozenset[str] | None = None
    validity: Validity | None = None


def facts_of(graph: Graph, account: str, prefix: str) -> TokenFacts:
    """What Meta tells of the graph's own token.

    A permission that begins with `prefix` and is granted for certain accounts only counts if `account` is among them.
    Raises `Unavailable`.
    """
    try:
        answer = graph.read_unseen("/debug_token", {"input_token": graph.token.reveal()})
    except Unavailable as error:
        if error.needs_person:  # a refusal; the token itself has proved to be good before
            return TokenFacts()
        raise
    data = answer.get("data")
    if not isinstance(data, dict):
        return TokenFacts()
    if data.get("is_valid") is False:
        raise Unavailable(
            msg("The network does not accept the access token of this channel."),
            msg("Create a new token, and store it in place of the old one."),
            channel_wide=True,
            needs_person=True,
        )
    scopes = data.get("scopes")
    if not isinstance(scopes, list):
        return TokenFacts(validity=_validity(data))
    elsewhere = set(_granted_elsewhere(data, account, prefix))
    return TokenFacts(frozenset(str(scope) for scope in scopes) - elsewhere, _validity(data))


def _granted_elsewhere(data: Answer, account: str, prefix: str) -> Iterator[str]:
    granular = data.get("granular_scopes")
    for one in granular if isinstance(granular, list) else ():
        if isinstance(one, dict) and str(one.get("scope", "")).startswith(prefix):
            targets = one.get("target_ids")
            if isinstance(targets, list) and targets and account not in {str(target) for target in targets}:
                yield str(one["scope"])


def _validity(data: Mapping[str, object]) -> Validity:
    return Validity(_moment(data.get("expires_at")), _moment(data.get("data_access_expires_at")))


def _moment(value: object) -> datetime | None:
    """Unix seconds; 0 stands for no end."""
    return datetime.fromtimestamp(value, UTC) if isinstance(value, int) and value > 0 else None
