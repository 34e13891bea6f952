"""Makes a draft of an entry: as much of it as the networks take, and the rest as a comment for whoever shortens it.

It is marked as unfinished, so that nothing goes out before a person took that out. It must not know where drafts lie.
"""

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from typing import NamedTuple

from kanal.drafting.yaml_writing import to_yaml
from kanal.feeds.entry import Entry
from kanal.limits import Limits
from kanal.model import Part
from kanal.prose.sentences import sentences
from kanal.text.slug import slug

LONGEST_ID = 100
MARK = "# feed: "
"""Begins the line with the feed's own name for the entry, by which a draft is recognised."""


class Words(NamedTuple):
    """The comments in a draft, in the office's language: where it is from, what to do, and what is left of the text."""

    origin: str
    advice: str
    rest: str


def id_of(entry: Entry, zone: tzinfo) -> str:
    """`2026-11-20-road-closed`: the day on which it was published there, in the office's zone, and its title."""
    day = f"{entry.published.astimezone(zone):%Y-%m-%d}-" if entry.published else ""
    return f"{day}{slug(entry.title) or 'press-release'}"[:LONGEST_ID].strip("-")


def draft_of(entry: Entry, name: str, channels: Sequence[str], limits: Sequence[Limits], words: Words) -> str:
    """The file: `name` is the draft's id, `limits` those of `channels`."""
    taken, rest = _shortened(entry, limits)
    fields: dict[str, object] = {"id": name, "type": "press-release", "unfinished": True, "channels": list(channels)}
    fields["text"] = f"{taken}\n"
    if entry.link:
        fields |= {"link": entry.link, "source": entry.link}
    comments = (MARK + _one_line(entry.name), f"# {_one_line(words.origin)}", f"# {words.advice}")
    return "\n".join((*comments, to_yaml(fields).rstrip("\n"), *_comment(words.rest, rest), ""))


def _shortened(entry: Entry, limits: Sequence[Limits]) -> tuple[str, str]:
    """What every network takes, cut where a sentence ends, and what is left."""
    text = entry.text.removeprefix(entry.title).lstrip(" .:\n") if entry.text.startswith(entry.title) else entry.text
    ends = [sentence.end for sentence in sentences(text)]
    for end in [len(text), *reversed(ends)]:
        taken = f"{entry.title}\n\n{text[:end].rstrip()}".strip()
        if all(_fits(taken, entry.link, one) for one in limits):
            return taken, text[end:].strip()
    return entry.title, text


def _fits(text: str, link: str | None, limits: Limits) -> bool:
    said = f"{text}\n\n{link}" if link and not limits.link_field else text
    return limits.length(Part(said, "de")) <= limits.text


def _comment(heading: str, rest: str) -> Iterator[str]:
    if rest:
        yield ""
        yield f"# {heading}"
        yield from (f"# {line}".rstrip() for line in rest.split("\n"))


def _one_line(text: str) -> str:
    return " ".join(text.split())
