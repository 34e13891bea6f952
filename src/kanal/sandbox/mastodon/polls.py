"""Polls of the practice Mastodon: read, checked and shown; nobody votes here.

https://docs.joinmastodon.org/entities/Poll/ ; the limits and their words: app/validators/poll_options_validator.rb and
poll_expiration_validator.rb.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kanal.sandbox.forms import Form
from kanal.sandbox.mastodon.words import invalid, moment
from kanal.sandbox.records import StoredPost

MAX_OPTIONS, MAX_OPTION_CHARACTERS = 4, 50
EXPIRATION = (300, 2_629_746)
_YES = ("true", "1", "on")


def asked_poll(form: Form) -> Mapping[str, Any] | None:
    """The fields of a poll from JSON or a form, unchecked; `None` when there is none."""
    given = form.values.get("poll")
    if given:
        return given[-1] if isinstance(given[-1], dict) and given[-1] else None
    options = form.all("poll[options]")
    names = ("expires_in", "multiple", "hide_totals")
    single = {name: form.one(f"poll[{name}]") for name in names if form.one(f"poll[{name}]") is not None}
    return {"options": options, **single} if options or single else None


def checked(asked: Mapping[str, Any], poll_id: str) -> Mapping[str, Any]:
    """A poll as a post keeps it; `seconds` is how long it is open. Raises `Refused` (422)."""
    given = [str(option).strip() for option in asked.get("options") or []]
    options = [option for option in given if option]
    seconds = _whole(asked.get("expires_in"))
    wrong = [*_wrong_options(options), *_wrong_seconds(seconds)]
    if wrong:
        raise invalid(", ".join(wrong))
    flags = {name: str(asked.get(name)).lower() in _YES for name in ("multiple", "hide_totals")}
    return {"id": poll_id, "options": options, "seconds": seconds, **flags}


def poll_entity(post: StoredPost, now: float) -> Mapping[str, Any] | None:
    """A Poll, for the account that asks it; with hidden totals the votes are told when it has ended."""
    poll = post.poll
    if poll is None:
        return None
    ends = post.at + poll["seconds"]
    votes = None if poll["hide_totals"] and now < ends else 0
    return {
        "id": poll["id"],
        "expires_at": moment(ends),
        "expired": now >= ends,
        "multiple": poll["multiple"],
        "votes_count": 0,
        "voters_count": 0,
        "options": [{"title": option, "votes_count": votes} for option in poll["options"]],
        "emojis": [],
        "voted": True,
        "own_votes": [],
    }


def _wrong_options(options: Sequence[str]) -> Iterator[str]:
    import regex

    if not options:
        yield "Choices can't be blank"
    if len(options) < 2:  # noqa: PLR2004 - as the words say
        yield "Choices must have more than one item"
    if len(options) > MAX_OPTIONS:
        yield f"Choices can't contain more than {MAX_OPTIONS} items"
    if any(len(regex.findall(r"\X", option)) > MAX_OPTION_CHARACTERS for option in options):
        yield f"Choices cannot be longer than {MAX_OPTION_CHARACTERS} characters each"
    if len(set(options)) < len(options):
        yield "Choices contain duplicate items"


def _wrong_seconds(seconds: int | None) -> Iterator[str]:
    if seconds is None:
        yield "Deadline can't be blank"
    if seconds is None or seconds > EXPIRATION[1]:
        yield "Deadline is too far into the future"
    elif seconds < EXPIRATION[0]:
        yield "Deadline is too soon"


def _whole(value: Any) -> int | None:
    """As Ruby's `to_i`: what is no number is 0."""
    if value is None or value == "":
        return None
    return int(value) if str(value).lstrip("-").isdecimal() else 0
