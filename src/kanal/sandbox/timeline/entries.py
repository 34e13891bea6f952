"""One post as a piece of HTML: text with its links, pictures with their alternative texts, time."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from html import escape

from kanal.sandbox import addresses
from kanal.sandbox.dialect import Ground
from kanal.sandbox.records import Account, StoredPicture, StoredPost
from kanal.sandbox.timeline.templates import fill

NAMES: Mapping[str, str] = {"mastodon": "Mastodon", "x": "X", "facebook": "Facebook", "instagram": "Instagram"}
_ADDRESS = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]'“”»]")
_MONTHS = (
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()  # noqa: SIM905 - reads as a calendar
)


def entry(ground: Ground, post: StoredPost, heading: str = "h3") -> str:
    """A post as an article; `heading` is the level that fits where it stands."""
    account = author(ground, post)
    pictures = [_figure(picture, place, len(post.media)) for place, picture in enumerate(post.media, 1)]
    return fill(
        "entry",
        platform=post.platform,
        network=NAMES[post.platform],
        heading=heading,
        name=escape(account.name),
        handle=escape(handle(account)),
        url=escape(relative(ground, addresses.post(ground.address, post.platform, post.account, post.id))),
        time=time(post.at),
        warning=_warning(post),
        reply=fill("reply") if post.details.get("reply_to") or post.details.get("in_reply_to_id") else "",
        lang=escape(str(post.details.get("language") or "de")),
        text=_linked(post.text, bare=post.platform == "x"),
        link=fill("link", url=escape(post.link)) if post.link else "",
        pictures=fill("pictures", count=str(min(len(pictures), 2)), figures="".join(pictures)) if pictures else "",
    )


def _warning(post: StoredPost) -> str:
    warning = post.details.get("spoiler_text")
    return fill("warning", words=escape(str(warning))) if warning else ""


def _figure(picture: StoredPicture, place: int, count: int) -> str:
    is_video = picture.type.startswith("video/")
    kind = "Video" if is_video else "Bild"
    number = f"{kind} {place} von {count}" if count > 1 else kind
    return fill(
        "film" if is_video else "figure",
        src=f"/pictures/{picture.sha256}",
        alt=escape(picture.alt),
        width=str(picture.width),
        height=str(picture.height),
        number=number,
        description=escape(picture.alt) if picture.alt else fill("no_alt", kind=kind).strip(),
        **({"tracks": _tracks(picture)} if is_video else {}),
    )


def _tracks(video: StoredPicture) -> str:
    return "".join(
        fill("track", src=f"/pictures/{sha256}", lang=escape(language.lower()))
        for language, sha256 in video.captions.items()
    )


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


def time(at: float) -> str:
    """Unix seconds as a `<time>` in this computer's zone."""
    local = datetime.fromtimestamp(at, UTC).astimezone()
    words = f"{local.day}. {_MONTHS[local.month - 1]} {local.year}, {local:%H:%M} Uhr"
    return f'<time datetime="{local.isoformat(timespec="seconds")}">{words}</time>'


def handle(account: Account) -> str:
    """What people call the account, or its number where they do not."""
    name = account.account.lstrip("@")
    return f"@{name}" if account.platform in ("mastodon", "x") else f"Nr. {name}"


def counted(count: int) -> str:
    """How many posts, in words."""
    return "noch kein Beitrag" if not count else "1 Beitrag" if count == 1 else f"{count} Beiträge"


def author(ground: Ground, post: StoredPost) -> Account:
    """Whose post it is."""
    account = ground.store.account(post.platform, post.account)
    assert account is not None  # accounts are never removed
    return account


def relative(ground: Ground, url: str) -> str:
    """Without the origin, so that the page also works through a forwarded port."""
    return "/" + url.removeprefix(ground.address)
