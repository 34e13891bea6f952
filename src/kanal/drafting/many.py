"""What becomes of each row of a list: a draft that is made, or one that is there already and stays as it is.

A row is known by its id, which follows from what its cells say: whatever somebody changed in the draft since, or how
the file is called now, the same row makes no second one. It writes nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from kanal.drafting.filling import Filler
from kanal.drafting.lists import Item
from kanal.drafting.made import Made, Maker
from kanal.drafting.naming import MARK, row_mark, short_name
from kanal.errors import UsageError
from kanal.message import Message


class FromRow(NamedTuple):
    """A row and its draft: `made`, or the `file` in which it is there already.

    `like` is a draft of the same title that another row made: perhaps an earlier form of this one.
    """

    item: Item
    id: str
    made: Made | None
    file: str = ""
    like: str = ""


class BadRow(NamedTuple):
    """A row whose answers make no draft together."""

    item: Item
    message: Message


def from_rows(
    items: Sequence[Item], filler: Filler, maker: Maker, known: Mapping[str, str]
) -> Iterator[FromRow | BadRow]:
    """What becomes of the rows, in their order; `known` are the files of all drafts that there are, by id."""
    there = dict(known)
    for item in items:
        name = short_name(filler.title(item.answers))
        own_id = item.id or f"{name}-{row_mark(filler.template.name, item.own)}"
        if own_id in there:
            yield FromRow(item, own_id, None, there[own_id])
            continue
        try:
            made = maker.make(item.answers, own_id)
        except UsageError as error:
            yield BadRow(item, error.message)
            continue
        yield FromRow(item, own_id, made, like=next(_alike(name, known), "") if item.id is None else "")
        there[own_id] = made.file.name


def _alike(name: str, known: Mapping[str, str]) -> Iterator[str]:
    for other, file in known.items():
        mark = other.removeprefix(f"{name}-")
        if mark != other and len(mark) == MARK and set(mark) <= set("0123456789abcdef"):
            yield file
