"""When a post of the practice Facebook is to come out.

https://developers.facebook.com/docs/pages-api/posts says 10 minutes to 30 days ahead, the reference of the feed 75
days; the guide is kept to, so that what is practised here goes well there in either case.
"""

from kanal.sandbox import graph
from kanal.sandbox.dialect import Ground
from kanal.sandbox.forms import Form
from kanal.sandbox.graph.errors import GraphError

AHEAD_SECONDS = (600, 30 * 86_400)
_INVALID = GraphError(
    400,
    100,
    "(#100) The specified scheduled publish time is invalid.",
    user_words="Choose a time from 10 minutes to 30 days from now.",
)
_PUBLISHED = GraphError(400, 100, "(#100) You cannot specify a scheduled publish time on a published post")
_UNPUBLISHED = GraphError(501, 3, "(#3) The practice network offers unpublished posts with a time only.")


def due(ground: Ground, form: Form) -> float | None:
    """The time (Unix seconds) that a new post waits for, `None` for now. Raises `Refused` (100)."""
    published = graph.publishes_field(form.one("published"))
    if not form.one("scheduled_publish_time"):
        if not published:
            raise _UNPUBLISHED.refusal()
        return None
    if published:
        raise _PUBLISHED.refusal()
    return chosen_time(ground, form)


def chosen_time(ground: Ground, form: Form) -> float:
    """The time that `scheduled_publish_time` names (Unix seconds). Raises `Refused` (100) when it does not fit."""
    at = graph.moment_of(form.one("scheduled_publish_time"))
    least, most = AHEAD_SECONDS
    if at is None or not least <= at - ground.now() <= most:
        raise _INVALID.refusal()
    return at


def refuse_on_published(form: Form) -> None:
    """Raises `Refused` (100) when a post that is out is to be taken back into waiting."""
    if form.one("scheduled_publish_time") or not graph.publishes_field(form.one("is_published")):
        raise _PUBLISHED.refusal()
