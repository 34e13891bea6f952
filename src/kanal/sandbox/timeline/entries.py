"""One post as a piece of HTML, alone or as the head of a thread: text with its links, and what hangs on it."""

import re
from collections.abc import Mapping, Sequence
from html import escape

from kanal.sandbox.dialect import Ground
from kanal.sandbox.records import Account, StoredPost
from kanal.sandbox.timeline.parts import answered, author, marks, pictures, poll, quoted, url_of
from kanal.sandbox.timeline.templates import fill, listed
from kanal.sandbox.timeline.threads import Thread, threads
from kanal.sandbox.timeline.times import time

NAMES: Mapping[str, str] = {"mastodon": "Mastodon", "x": "X", "facebook": "Facebook", "instagram": "Instagram"}
_ADDRESS = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]'“”»]")


def stream(ground: Ground, posts: Sequence[StoredPost]) -> str:
    """A list of posts, newest thread first, each with its replies beneath it."""
    return listed("stream", [thread(ground, found) for found in threads(posts)]) if posts else fill("no_posts")


def thread(ground: Ground, found: Thread, level: int = 3) -> str:
    """A post and its replies beneath it; `level` is that of the heading that fits where it stands."""
    head = entry(ground, found.head, level)
    above = [found.head, *found.replies]
    replies = [entry(ground, post, level + 1, above=before) for before, post in zip(above, found.replies, strict=False)]
    return head + (fill("thread", items="".join(f"<li>{reply}</li>" for reply in replies)) if replies else "")


def entry(ground: Ground, post: StoredPost, level: int, *, above: StoredPost | None = None) -> str:
    """A post as an article; `above` is the one that stands directly over it in a thread."""
    account = author(ground, post)
    waits = post.at > ground.now()
    stamp = (
        fill("scheduled", time=time(post.at)) if waits else fill("stamp", url=url_of(ground, post), time=time(post.at))
    )
    return fill(
        "entry",
        platform=post.platform,
        network=NAMES[post.platform],
        heading=f"h{level}",
        name=escape(account.name),
        handle=escape(handle(account)),
        stamp=stamp,
        marks=marks(post),
        reply=answered(ground, post, above=above),
        body=_body(ground, post),
    )


def _body(ground: Ground, post: StoredPost) -> str:
    """What is read; behind its warning, where it has one."""
    language = escape(str(post.details.get("language") or "de"))
    body = fill(
        "body",
        text=fill("text", lang=language, text=_linked(post.text, bare=post.platform == "x")) if post.text else "",
        link=fill("link", url=escape(post.link)) if post.link else "",
        poll=poll(ground, post),
        quote=quoted(ground, post),
        pictures=pictures(post),
    )
    return fill("warning", words=escape(post.warning), body=body) if post.warning else body


def _linked(text: str, *, bare: bool) -> str:
    """Escaped text whose links can be followed; `bare` also those without protocol, as X does it.

    Addresses under .example, which no network would link, are links here: practice drafts are full of them.
    """
    from kanal.text import find_links

    spans = {(found.start(), found.end()): found[0] for found in _ADDRESS.finditer(text)}
    if bare:
        spans |= {(link.start, link.end): f"http://{link.url}" for link in find_links(text) if not link.has_protocol}
    parts, place = [], 0
    for (start, end), target in sorted(spans.items()):
        if start >= place:
            link = f'<a href="{escape(target)}" rel="noreferrer nofollow">{escape(text[start:end])}</a>'
            parts += [escape(text[place:start]), link]
            place = end
    return "".join([*parts, escape(text[place:])])


def handle(account: Account) -> str:
    """What people call the account, or its number where they do not."""
    name = account.account.lstrip("@")
    return f"@{name}" if account.platform in ("mastodon", "x") else f"Nr. {name}"


def counted(count: int) -> str:
    """How many posts, in words."""
    return "noch kein Beitrag" if not count else "1 Beitrag" if count == 1 else f"{count} Beiträge"
