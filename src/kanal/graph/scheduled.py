"""Posts that wait at Facebook for their time (docs/networks.md#facebook-calls); Instagram keeps none.

A post keeps its id when it comes out. This module must not know HTTP, nor what else a post is made of.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from kanal.alike import SAME_TIME
from kanal.errors import Unavailable
from kanal.graph import Answer, Graph
from kanal.graph.answers import Missing
from kanal.graph.posts import Fields, address_of, moment_of, says
from kanal.graph.taking_down import id_of, refuse_others
from kanal.message import msg
from kanal.model import Part, Receipt
from kanal.transport.failures import cancelling, scheduling

_LOOKED_AT = "id,is_published,scheduled_publish_time,created_time,permalink_url"


def schedule(graph: Graph, path: str, fields: Mapping[str, str], at: datetime) -> Receipt:
    """POST what `fields` say, to come out `at` (aware). As `CanSchedule.schedule`."""
    times = {"published": "false", "scheduled_publish_time": str(int(at.timestamp()))}
    with scheduling():
        answer = graph.publish(path, {**fields, **times}, params={"fields": "id"})
    return Receipt(str(answer["id"]), None, at.astimezone(UTC))


def waiting(graph: Graph, receipt: Receipt, list_path: str) -> Receipt | None:
    """GET the post: it waits where it is there and not published. As `CanSchedule.waiting`."""
    entry = _look(graph, receipt, list_path)
    if entry is None or entry.get("is_published") is not False:
        return None
    # Somebody may have made a draft of it on the page: then it is there and has no time any more.
    return receipt._replace(at=_planned(entry) or receipt.at)


def came_out(graph: Graph, receipt: Receipt, list_path: str, fields: Fields) -> Receipt | None:
    """GET the post: it is out where it is published. As `CanSchedule.came_out`."""
    entry = _look(graph, receipt, list_path)
    if entry is None or entry.get("is_published") is not True:
        return None
    made = moment_of(entry.get(fields.time))
    # Nothing says whether the time of a scheduled post is that of its making.
    return Receipt(receipt.id, address_of(entry, fields), max(made, receipt.at) if made else receipt.at)


def cancel(graph: Graph, receipt: Receipt) -> None:
    """DELETE the waiting post. As `CanSchedule.cancel`."""
    with cancelling():
        graph.delete(f"/{id_of(receipt)}")


def alike(entries: Iterable[Answer], fields: Fields, part: Part) -> Iterator[tuple[Receipt | None, Answer]]:
    """Those that say the same as `part`, each with the receipt of a waiting post, if it names a time."""
    for entry in entries:
        if says(str(entry.get(fields.text) or ""), part):
            at = _planned(entry)
            yield (Receipt(str(entry["id"]), None, at) if at else None), entry


def at_that_time(receipt: Receipt | None, at: datetime) -> bool:
    """Whether it comes out `at`."""
    return receipt is not None and abs(receipt.at - at) <= SAME_TIME


def _look(graph: Graph, receipt: Receipt, list_path: str) -> Answer | None:
    """The post as the page sees it; None only on the network's word about this very page."""
    try:
        entry = graph.read(f"/{id_of(receipt)}", {"fields": _LOOKED_AT})
    except Missing:
        refuse_others(graph, receipt, list_path)
        return None
    if not isinstance(entry.get("is_published"), bool):
        raise Unavailable(msg("The network answered a question about a post with something else."))
    return entry


def _planned(entry: Answer) -> datetime | None:
    """`scheduled_publish_time` is a Unix time."""
    value = entry.get("scheduled_publish_time")
    try:
        return datetime.fromtimestamp(float(str(value)), UTC) if value else None
    except (ValueError, OverflowError, OSError):
        return None
