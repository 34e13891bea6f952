"""`kanal plan --split`: for each text that is too long, a thread to be written into the draft. It changes no file."""

from collections.abc import Iterable, Sequence

from kanal.cli.desk import Desk
from kanal.cli.terminal import write
from kanal.compose import Post, compose
from kanal.config import Project
from kanal.folder import Entry
from kanal.message import msg
from kanal.model import Channel, Extra
from kanal.splitting import split


def propose(entries: Iterable[Entry], channels: Iterable[Channel], project: Project, desk: Desk) -> None:
    """Show the proposals, ready to be copied, on stdout; the rest on stderr."""
    known = {channel.name: channel for channel in channels}
    some = False
    for entry in entries:
        draft = entry.load()
        for channel in (known[name] for name in draft.channels if name in known):
            [post, *more] = compose(draft, channel, project.office.mentions)
            if not more and post.limits.length(post.part) > post.limits.text:
                some = True
                _propose(post, desk)
    if not some:
        desk.note(msg("No text is too long for its network."))


def _propose(post: Post, desk: Desk) -> None:
    name, length, limit = post.channel.name, post.limits.length(post.part), post.limits.text
    too_long = msg(
        "{file} is too long for {channel}: {length} of {limit} characters.",
        file=post.draft.path,
        channel=name,
        length=length,
        limit=limit,
    )
    desk.note(too_long)
    if Extra.THREAD not in post.limits.expresses:
        desk.note(msg("There are no threads on this network. Shorten the text, or give it one of its own."))
        return
    text = _own_text(post)
    parts = split(text, lambda number, said: _fits(post, text, number, said))
    if not parts:
        desk.note(msg("It cannot be split at the ends of sentences: one of them is too long by itself."))
        return
    desk.note(msg("Proposal, to be written into the draft:"))
    write("\n".join(_yaml(name, parts)))


def _own_text(post: Post) -> str:
    """The text without the link that is put beneath it."""
    text, link = post.part.text, post.part.link or _link_of(post)
    return text.removesuffix(f"\n\n{link}") if link else text


def _link_of(post: Post) -> str | None:
    found = (post.draft.variants.get(name) for name in (post.channel.name, post.channel.platform))
    return next((variant.link for variant in found if variant and variant.link is not None), post.draft.link)


def _fits(post: Post, own: str, number: int, said: str) -> bool:
    """Whether `said` fits; the link stays beneath the first part."""
    beneath = post.part.text[len(own) :] if number == 1 else ""
    return post.limits.length(post.part._replace(text=said + beneath)) <= post.limits.text


def _yaml(channel: str, parts: Sequence[str]) -> Iterable[str]:
    yield from ("variants:", f"  {channel}:", "    text: |")
    yield from _indented(parts[0], 6)
    yield "    thread:"
    for part in parts[1:]:
        yield "      - text: |"
        yield from _indented(part, 10)


def _indented(text: str, by: int) -> Iterable[str]:
    return (f"{' ' * by}{line}".rstrip() for line in text.splitlines())
