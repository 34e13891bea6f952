"""Posts that are taken down, at Facebook and Instagram alike (docs/networks.md#facebook-calls).

Of what is gone Meta says the same as of what the token may not see, so that a second question must tell which it is.
This module must not know HTTP, nor any single network.
"""

import re

from kanal.errors import Unavailable
from kanal.graph import Graph
from kanal.message import msg
from kanal.model import Receipt
from kanal.transport.failures import deleting, no_such_id

_ID = re.compile(r"[0-9]+(_[0-9]+)?")


def take_down(graph: Graph, receipt: Receipt) -> None:
    """DELETE the post. As `CanRetract.retract`."""
    with deleting():
        graph.delete(f"/{id_of(receipt)}")


def is_gone(graph: Graph, receipt: Receipt, list_path: str, owner: str = "") -> bool:
    """Whether there is no such post, although the token may see the account's posts at `list_path`.

    `owner` is the page, where the post's id does not tell it.
    """
    if graph.has(f"/{id_of(receipt)}"):
        return False
    refuse_others(graph, receipt, list_path, owner)
    return True


def refuse_others(graph: Graph, receipt: Receipt, list_path: str, owner: str = "") -> None:
    """Raises `Unavailable` unless the token may see the posts of the page on which the post stands, or stood.

    `owner` as for `is_gone`.
    """
    listed = graph.read(list_path, {"fields": "id", "limit": "1"}).get("data")
    if not isinstance(listed, list):
        raise Unavailable(msg("The network answered a request for a list with something else."))
    owners = {_owner(str(entry.get("id"))) for entry in listed if isinstance(entry, dict)}
    if owners - {owner or _owner(receipt.id)}:
        raise Unavailable(
            msg("The post stands on another page than the one that the channel's account names now."),
            msg("Take it down there, then say so with --by-hand."),
            needs_person=True,
        )


def id_of(receipt: Receipt) -> str:
    """The post's id. Raises `Unavailable` for what a person took for one: asked about, it would seem to be gone."""
    if not _ID.fullmatch(receipt.id):
        raise no_such_id(receipt)
    return receipt.id


def _owner(identity: str) -> str:
    """The page in a post's id; Instagram's do not tell."""
    return identity.partition("_")[0] if "_" in identity else ""
