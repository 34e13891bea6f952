"""Sentences for people, kept apart from their language until somebody reads them.

Errors, findings and outcomes carry a `Message`; only the edge that shows it knows the reader's language
(`kanal.language`). This module must not know catalogues, the locale or a terminal.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

NOTHING: Mapping[Any, Any] = {}
"""No values, no places: what is missing is shared, and nobody writes into it."""


class Message(NamedTuple):
    """An English sentence with `{named}` places, and the values for them.

    `values` may hold other messages, numbers, strings and aware datetimes. With `plural`, `number` decides which of
    the two sentences is meant, and `{count}` is available in both.
    """

    text: str
    values: Mapping[str, object] = NOTHING
    plural: str | None = None
    number: int = 1

    def __str__(self) -> str:
        return fill(self.text if self.plural is None or self.number == 1 else self.plural, self.values, _english)


def fill(text: str, values: Mapping[str, object], show: Callable[[object], object]) -> str:
    """`text` with its places filled by what `show` makes of the values. `{{` stands for a brace."""
    return text.format_map({name: show(value) for name, value in values.items()})


def _english(value: object) -> object:
    return f"{value.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if isinstance(value, datetime) else value


def msg(text: str, /, **values: object) -> Message:
    """Mark `text` for translation. The literal is found by `pybabel extract -k msg`."""
    return Message(text, values)


def msgn(one: str, many: str, /, count: int, **values: object) -> Message:
    """As `msg`, with a singular and a plural; `{count}` stands for the number."""
    return Message(one, {"count": count, **values}, many, count)


def mark(text: str) -> str:
    """Mark plain text for translation where no `Message` can stand (the help of a command); found by `-k mark`."""
    return text
