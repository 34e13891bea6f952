"""The text of a post changed, at Facebook (docs/networks.md#facebook-calls); Instagram lets no program do so.

This module must not know HTTP, nor what else a post is made of.
"""

from kanal.graph import Graph
from kanal.graph.taking_down import id_of
from kanal.model import Receipt
from kanal.transport.failures import editing, not_found


def change_text(graph: Graph, receipt: Receipt, field: str, text: str) -> Receipt:
    """POST the text as `field` of the post. As `CanCorrect.correct`."""
    with editing():
        if graph.edit(f"/{id_of(receipt)}", {field: text}):
            return receipt
    raise not_found()


def text_of(graph: Graph, receipt: Receipt, field: str) -> str:
    """What the post says in `field`. Raises `Unavailable`."""
    return str(graph.read(f"/{id_of(receipt)}", {"fields": field}).get(field) or "").strip()
