"""What hangs on a post, as pieces of HTML: what it answers and quotes, its poll, its pictures, who sees it."""

from collections.abc import Mapping
from html import escape

from kanal.sandbox import addresses
from kanal.sandbox.dialect import Ground
from kanal.sandbox.records import Account, StoredPicture, StoredPost
from kanal.sandbox.timeline.templates import fill
from kanal.sandbox.timeline.times import time

_VISIBILITIES: Mapping[str, str] = {
    "unlisted": "öffentlich, aber nicht gelistet",
    "private": "nur für Folgende",
    "direct": "nur für Erwähnte",
}


def url_of(ground: Ground, post: StoredPost) -> str:
    """The post's page, escaped."""
    return escape(relative(ground, addresses.post(ground.address, post.platform, post.account, post.id)))


def relative(ground: Ground, url: str) -> str:
    """Without the origin, so that the page also works through a forwarded port."""
    return "/" + url.removeprefix(ground.address)


def author(ground: Ground, post: StoredPost) -> Account:
    """Whose post it is."""
    account = ground.store.account(post.platform, post.account)
    assert account is not None  # accounts are never removed
    return account


def marks(post: StoredPost) -> str:
    """Who sees it, if that is not everybody, and when it was changed."""
    seen = _VISIBILITIES.get(str(post.details.get("visibility")))
    words = [seen] if seen else []
    if "story" in post.details:
        words.append("Story, 24 Stunden zu sehen")
    if post.edited_at:
        words.append(f"bearbeitet am {time(post.edited_at)}")
    return "".join(fill("mark", words=one) for one in words)


def answered(ground: Ground, post: StoredPost, *, above: StoredPost | None) -> str:
    """What it answers, unless that is what stands directly `above` it."""
    if not post.reply_to or (above is not None and above.id == post.reply_to):
        return ""
    parent = ground.store.post(post.platform, post.reply_to)
    return (
        fill("reply", url=url_of(ground, parent), name=escape(author(ground, parent).name))
        if parent
        else fill("orphan")
    )


def quoted(ground: Ground, post: StoredPost) -> str:
    """What it quotes, as long as that is there."""
    quoted_id = post.details.get("quoted_status_id") or post.details.get("quote_of")
    if not quoted_id:
        return ""
    other = ground.store.post(post.platform, quoted_id)
    return (
        fill("quote", url=url_of(ground, other), name=escape(author(ground, other).name))
        if other
        else fill("lost_quote")
    )


def poll(ground: Ground, post: StoredPost) -> str:
    """Its poll with the options and the end."""
    if post.poll is None:
        return ""
    ends = post.at + post.poll["seconds"]
    return fill(
        "poll",
        end=f"{'bis' if ground.now() < ends else 'beendet am'} {time(ends)}",
        choice="mehrere Antworten möglich" if post.poll.get("multiple") else "eine Antwort möglich",
        options="".join(f"<li>{escape(option)}</li>" for option in post.poll["options"]),
    )


def pictures(post: StoredPost) -> str:
    """Its pictures with their alternative texts."""
    figures = [_figure(picture, place, len(post.media)) for place, picture in enumerate(post.media, 1)]
    return fill("pictures", count=str(min(len(figures), 2)), figures="".join(figures)) if figures else ""


def _figure(picture: StoredPicture, place: int, count: int) -> str:
    is_video = picture.type.startswith("video/")
    kind = "Video" if is_video else "Bild"
    return fill(
        "film" if is_video else "figure",
        src=f"/pictures/{picture.sha256}",
        alt=escape(picture.alt),
        width=str(picture.width),
        height=str(picture.height),
        number=f"{kind} {place} von {count}" if count > 1 else kind,
        description=escape(picture.alt) if picture.alt else fill("no_alt", kind=kind).strip(),
        **({"tracks": _tracks(picture)} if is_video else {}),
    )


def _tracks(video: StoredPicture) -> str:
    return "".join(
        fill("track", src=f"/pictures/{sha256}", lang=escape(language.lower()))
        for language, sha256 in video.captions.items()
    )
