"""A delivery looked for among the page's own posts. Videos are not: those are asked for by their id."""

from datetime import datetime

from kanal.errors import Unavailable
from kanal.graph import Graph
from kanal.graph.posts import address_of, receipt_of, said_since, since_parameter
from kanal.graph.scheduled import alike, at_that_time
from kanal.message import msg
from kanal.model import Part, Receipt
from kanal.platforms.facebook.feed import FIELDS, as_sent, carries_the_same

PAGES = 10
"""How many lists of 100 posts are read at most to find one."""


def find_post(graph: Graph, path: str, part: Part, since: datetime) -> Receipt | None:
    """The post in the list at `path` that says what `part` says. Raises `Unavailable` as `Adapter.find` does."""
    params = {"since": since_parameter(since), "fields": "id,message,created_time,permalink_url,attachments"}
    same_text = said_since(graph.listing(path, params, pages=PAGES), FIELDS, as_sent(part), since)
    for entry in same_text:
        if carries_the_same(entry, part):
            return receipt_of(entry, FIELDS)
    if same_text:
        raise Unavailable(
            msg("The page shows a post with the same text, but with another link or other pictures."),
            msg("Compare it with the draft, and tell kanal with “kanal resolve” whether it is this one."),
            words=address_of(same_text[0], FIELDS) or "",
            needs_person=True,
        )
    return None


def find_waiting(graph: Graph, path: str, part: Part, at: datetime) -> Receipt | None:
    """The post in the list of scheduled ones at `path` that says what `part` says, for the time `at`."""
    params = {"fields": "id,message,scheduled_publish_time,attachments"}
    listed = graph.listing(path, params, pages=PAGES)
    same = [one for one in alike(listed, FIELDS, as_sent(part)) if at_that_time(one[0], at)]
    for found, entry in same:
        if carries_the_same(entry, part):
            return found
    if same:
        raise Unavailable(
            msg("A post with the same text waits there for the same time, but with another link or other pictures."),
            msg("Look there, and tell kanal with “kanal resolve” what became of it."),
            needs_person=True,
        )
    return None
