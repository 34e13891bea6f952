"""Makes a draft of an entry: as much of it as the networks take, and the rest as a comment for whoever shortens it.

It is marked as unfinished, so that nothing goes out before a person took that out. It must not know where drafts lie.
"""

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from typing import NamedTuple

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
    import yaml

    taken, rest = _shortened(entry, limits)
    fields: dict[str, object] = {"id": name, "type": "press-release", "unfinished": True, "channels": list(channels)}
    fields["text"] = _Block(taken)
    if entry.link:
        fields |= {"link": entry.link, "source": entry.link}
    comments = [MARK + _one_line(entry.name), f"# {_one_line(words.origin)}", f"# {words.advice}"]
    body = yaml.dump(fields, Dumper=_dumper(), allow_unicode=True, sort_keys=False, width=10_000)
    return "\n".join((*comments, body.rstrip("\n"), *_comment(words.rest, rest), ""))


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


class _Block(str):
    """Text that is written as a block, as a person would."""

    __slots__ = ()


def _dumper() -> type:
    import yaml

    class Dumper(yaml.SafeDumper):
        """Writes texts as blocks, and lists in one line."""

    def block(dumper: yaml.SafeDumper, text: _Block) -> yaml.Node:
        return dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style="|")

    def line(dumper: yaml.SafeDumper, items: list[object]) -> yaml.Node:
        return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=True)

    Dumper.add_representer(_Block, block)
    Dumper.add_representer(list, line)
    return Dumper
