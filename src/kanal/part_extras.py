"""What a part says besides words, link, media and language: as keys of a draft, and as plain values for the ledger.

Only what is said: what an older version of kanal wrote, without any of it, reads and counts the same for ever. It must
not know drafts, nor any network.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from kanal.model import Extra, Format, Part, Poll, Visibility


def asked_in(part: Part) -> Iterator[Extra]:
    """What a network must be able to express for this part."""
    asked = {
        Extra.THREAD: part.number > 1,
        Extra.POLL: part.poll is not None,
        Extra.CONTENT_WARNING: part.warning is not None,
        Extra.SENSITIVE_MEDIA: part.sensitive,
        Extra.VISIBILITY: part.visibility not in {None, Visibility.PUBLIC},
        Extra.REPLY_TO: part.reply_to is not None,
        Extra.QUOTE: part.quote is not None,
        Extra.FORMAT: part.story,
    }
    return (extra for extra, is_asked in asked.items() if is_asked)


def extras_out(part: Part) -> dict[str, object]:
    """The extras as JSON has them."""
    poll = part.poll
    out: dict[str, object] = {
        "number": part.number if part.number > 1 else None,
        "poll": {**poll._asdict(), "options": list(poll.options)} if poll else None,
        "warning": part.warning,
        "sensitive": part.sensitive or None,
        "visibility": str(part.visibility) if part.visibility else None,
        "reply_to": part.reply_to,
        "quote": part.quote,
        "format": str(Format.STORY) if part.story else None,
    }
    return {name: value for name, value in out.items() if value is not None}


def with_extras(part: Part, stored: Mapping[str, Any]) -> Part:
    """The part with the extras that `extras_out` gave."""
    poll, visibility = stored.get("poll"), stored.get("visibility")
    return part._replace(
        number=stored.get("number", 1),
        poll=Poll(tuple(poll["options"]), poll["minutes"], poll["multiple"], poll["hide_totals"]) if poll else None,
        warning=stored.get("warning"),
        sensitive=stored.get("sensitive", False),
        visibility=Visibility(visibility) if visibility else None,
        reply_to=stored.get("reply_to"),
        quote=stored.get("quote"),
        story=stored.get("format") == Format.STORY,
    )
