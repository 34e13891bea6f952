"""What a rule gets to see: one draft with its posts and the office's registers, or a line about each draft.

No rule, no severity, no network; captions are the only files that are read here.
"""

import os
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from kanal.compose import Post
from kanal.config.office import Office
from kanal.config.registers import Registers
from kanal.media.gallery import Gallery
from kanal.model import Author, Channel, Draft, DraftType, Picture, Variant
from kanal.text.signs import composed

LARGEST_CAPTIONS = 1_000_000
LATELY = timedelta(days=30)


class Sort(StrEnum):
    """What a passage is."""

    TEXT = "text"
    LINK = "link"
    ALT = "alt"
    CREDIT = "credit"
    FILE = "file"
    CAPTIONS = "captions"
    SHOWN = "shown"


class Passage(NamedTuple):
    """Words that readers or networks get to see, once for each field of the draft: `field` says where they stand.

    They are composed (NFC), whatever the file holds, since no list and no pattern knows the other form.
    """

    field: str
    text: str
    sort: Sort


class Reference(NamedTuple):
    """A draft that another one answers or quotes (`key`): its id, on which channels, and what it is.

    Where there is no such draft, `others` are the ids that might have been meant.
    """

    key: str
    id: str
    channels: tuple[str, ...]
    target: "Summary | None" = None
    others: tuple[str, ...] = ()


class Summary(NamedTuple):
    """A line about a draft, for rules that hold many against each other. Times as in `Draft`."""

    file: str
    id: str
    type: DraftType
    channels: tuple[str, ...]
    publish_at: datetime | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    refers: tuple[Reference, ...] = ()


class Subject(NamedTuple):
    """One draft as rules see it.

    `posts` are those on channels that exist; `now` is in the office's zone; `passages` are all words that go out;
    `gallery` answers what is in its pictures.
    `publishing`: it is about to go out, not only being written. `idle_waivers` are those that silenced nothing, as
    indexes; known to `last` rules only. `posts_folder` is the one from which the draft's files are named.
    With `adapt` kanal makes pictures fit each network.
    """

    draft: Draft
    posts: tuple[Post, ...]
    office: Office
    channels: Mapping[str, Channel]
    registers: Registers
    now: datetime
    passages: tuple[Passage, ...]
    gallery: Gallery
    publishing: bool = False
    idle_waivers: tuple[int, ...] = ()
    posts_folder: Path = Path("posts")
    adapt: bool = False

    @property
    def goes_out(self) -> datetime | None:
        """When readers see it at the earliest, in the office's zone; None while nobody can know.

        A draft of last year keeps its time: that the archive grows old is no mistake in it.
        """
        planned = [at for at in (self.draft.publish_at, self.draft.embargo) if at]
        return max([*planned, self.now]) if self.publishing else max(planned, default=None)

    @property
    def may_go_out(self) -> bool:
        """Whether it may still go out, as far as a draft itself tells: what its channels got, only the ledger knows.

        Without a time it goes out when it is approved; a month later it has.
        """
        draft = self.draft
        if self.publishing or draft.approval is None:
            return True
        planned = max((at for at in (draft.publish_at, draft.embargo) if at), default=draft.approval.at + LATELY)
        return planned.date() >= self.now.date()

    @property
    def day(self) -> date:
        """The day on which readers see it; today while nobody can know."""
        return (self.goes_out or self.now).date()

    @property
    def is_election_info(self) -> bool:
        """Neutral information about how to vote, which rules about elections leave alone."""
        return self.draft.type is DraftType.ELECTION_INFO

    @property
    def is_reply(self) -> bool:
        """An answer to one person, not a post to everybody."""
        return self.draft.type is DraftType.REPLY

    @property
    def by_office_holder(self) -> bool:
        """Whether the head of the office speaks in person."""
        return self.draft.author is Author.OFFICE_HOLDER

    def texts(self) -> Iterator[Passage]:
        """The texts of the posts alone."""
        return (passage for passage in self.passages if passage.sort is Sort.TEXT)

    def threads(self) -> Iterator[tuple[Passage, ...]]:
        """Each text with the further parts of its thread, without content warnings and the answers of polls."""
        said = {passage.field: passage for passage in self.texts()}
        own_threads = {f"variants.{name}.": one.thread is not None for name, one in self.draft.variants.items()}
        for prefix, has_thread in {"": True, **own_threads}.items():
            if first := said.get(f"{prefix}text"):
                further = f"{prefix if has_thread else ''}thread["
                yield first, *(passage for field, passage in said.items() if field.startswith(further))

    def pictures(self) -> Iterator[tuple[str, Picture]]:
        """Every picture with the field it stands in (`media[0]`, `variants.x.media[1]`)."""
        return self.draft.pictures()


def passages_of(draft: Draft, posts: Path) -> tuple[Passage, ...]:
    """All words of a draft that go out, composed (NFC). `posts` is the folder from which its files are named."""
    return tuple(passage._replace(text=composed(passage.text)) for passage in _passages(draft, posts))


def _passages(draft: Draft, posts: Path) -> Iterator[Passage]:
    own = Variant(draft.text, draft.link, thread=draft.thread)
    for prefix, said in (("", own), *((f"variants.{name}.", variant) for name, variant in draft.variants.items())):
        if said.text is not None:
            yield Passage(f"{prefix}text", said.text, Sort.TEXT)
        if said.link is not None:
            yield Passage(f"{prefix}link", said.link, Sort.LINK)
        for number, part in enumerate(said.thread or ()):
            yield Passage(f"{prefix}thread[{number}].text", part.text, Sort.TEXT)
    if draft.content_warning is not None:
        yield Passage("content_warning", draft.content_warning, Sort.TEXT)
    for number, option in enumerate(draft.poll.options if draft.poll else ()):
        yield Passage(f"poll.options[{number}]", option, Sort.TEXT)
    for field, picture in draft.pictures():
        yield Passage(f"{field}.alt", picture.alt, Sort.ALT)
        yield Passage(f"{field}.credit", picture.credit, Sort.CREDIT)
        name = str(picture.file).removeprefix(f"{posts}{os.sep}").replace(os.sep, "/")
        yield Passage(f"{field}.file", name, Sort.FILE)
        if picture.shows_text:
            yield Passage(f"{field}.shows_text", picture.shows_text, Sort.SHOWN)
        if picture.captions:
            yield Passage(f"{field}.captions", _captions(picture.captions), Sort.CAPTIONS)


def _captions(file: Path) -> str:
    """What a caption file says; nothing for what is missing or no text, since `accessibility/captions` tells that."""
    try:
        return file.read_text(encoding="utf-8-sig") if file.stat().st_size <= LARGEST_CAPTIONS else ""
    except (OSError, UnicodeDecodeError):
        return ""
