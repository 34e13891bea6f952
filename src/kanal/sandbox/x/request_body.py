"""The body of `POST /2/tweets`: strict as X is, where an unknown key makes the whole request fail.

Shapes after the published specification of API v2 (`additionalProperties: false` at every level).
"""

from collections.abc import Callable, Mapping
from typing import Any

from kanal.sandbox.x.words import invalid

Check = Callable[[str, Any], None]
"""Gets the place in the body (`$.media`) and the value; raises `Refused` when it is not as it must be."""


def _is(kind: type, name: str) -> Check:
    def check(place: str, value: Any) -> None:
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise invalid(f"{place}: {type(value).__name__} found, {name} expected")

    return check


def _id(place: str, value: Any) -> None:
    if not isinstance(value, str) or not value.isdigit() or len(value) > 19:  # noqa: PLR2004 - the specification's pattern
        raise invalid(f"{place}: does not match the regex pattern ^[0-9]{{1,19}}$")


def _items(check_item: Check, least: int, most: int) -> Check:
    def check(place: str, value: Any) -> None:
        _is(list, "array")(place, value)
        if not least <= len(value) <= most:
            raise invalid(f"{place}: there must be a minimum of {least} and a maximum of {most} items in the array")
        for position, item in enumerate(value):
            check_item(f"{place}[{position}]", item)

    return check


def _one_of(*names: str) -> Check:
    def check(place: str, value: Any) -> None:
        if value not in names:
            raise invalid(f"{place}: does not have a value in the enumeration [{', '.join(names)}]")

    return check


def _object(keys: Mapping[str, Check], required: tuple[str, ...] = ()) -> Check:
    def check(place: str, value: Any) -> None:
        _is(dict, "object")(place, value)
        for name, inner in value.items():
            if name not in keys:
                words = "is not defined in the schema and the schema does not allow additional properties"
                raise invalid(f"{place}.{name}: {words}")
            keys[name](f"{place}.{name}", inner)
        for name in required:
            if name not in value:
                raise invalid(f"{place}.{name}: is missing but it is required")

    return check


def _sized(least: int, most: int) -> Check:
    def check(place: str, value: Any) -> None:
        _text(place, value)
        if len(value) < least:
            raise invalid(f"{place}: must be at least {least} characters long")
        if len(value) > most:
            raise invalid(f"{place}: may only be {most} characters long")

    return check


def _between(least: int, most: int) -> Check:
    def check(place: str, value: Any) -> None:
        _is(int, "integer")(place, value)
        if value < least:
            raise invalid(f"{place}: must have a minimum value of {least}")
        if value > most:
            raise invalid(f"{place}: must have a maximum value of {most}")

    return check


_text, _flag = _is(str, "string"), _is(bool, "boolean")
_reply_settings = _one_of("following", "mentionedUsers", "subscribers", "verified")

_BODY = _object(
    {
        "text": _text,
        "media": _object({"media_ids": _items(_id, 1, 4), "tagged_user_ids": _items(_id, 0, 10)}, ("media_ids",)),
        "poll": _object(
            {
                "options": _items(_sized(1, 25), 2, 4),
                "duration_minutes": _between(5, 10_080),
                "reply_settings": _reply_settings,
            },
            ("options", "duration_minutes"),
        ),
        "reply": _object(
            {
                "in_reply_to_tweet_id": _id,
                "exclude_reply_user_ids": _items(_id, 0, 100),
                "auto_populate_reply_metadata": _flag,
            },
            ("in_reply_to_tweet_id",),
        ),
        "reply_settings": _reply_settings,
        "quote_tweet_id": _id,
        "edit_options": _object({"previous_post_id": _id}, ("previous_post_id",)),
        "made_with_ai": _flag,
        "paid_partnership": _flag,
        "nullcast": _flag,
        "community_id": _id,
        "share_with_followers": _flag,
        "geo": _object({"place_id": _text}),
        "card_uri": _text,
        "direct_message_deep_link": _text,
        "for_super_followers_only": _flag,
    },
)

PRACTISED = frozenset(
    {"text", "media", "poll", "reply", "reply_settings", "quote_tweet_id", "made_with_ai", "paid_partnership"}
)
"""Keys that the practice network acts on; the others are valid, but refused rather than ignored."""


_EXCLUSIVE = ("media", "poll", "quote_tweet_id", "card_uri")


def check_body(body: Any) -> None:
    """Raises `Refused` (400) for what X's specification does not allow."""
    _BODY("$", body)
    given = [name for name in _EXCLUSIVE if name in body]
    if len(given) > 1:
        raise invalid(f"$: {', '.join(given)} are mutually exclusive")
