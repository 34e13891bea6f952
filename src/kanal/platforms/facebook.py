"""Facebook Pages: photos unpublished first, then one request that publishes (docs/networks.md#facebook-pages).

A link preview and attached photos exclude one another, so the link of a part with pictures becomes the last paragraph
of the message, where it counts against the limit. Meta's API keeps no memory of requests: doubts are settled by
searching the page's own posts. This module must not know Instagram, nor how requests fail (`kanal.graph`).
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import parse_qs, quote, unquote, urlsplit

from kanal.errors import Rejected, Unavailable
from kanal.limits import Limits
from kanal.message import Message, msg
from kanal.model import Channel, Edition, Part, Prepared, Receipt, Secret

if TYPE_CHECKING:
    from kanal.graph import Answer, Graph
    from kanal.graph.posts import Fields
    from kanal.verification import ApiVersion, Verification

_PAGES = 10
"""How many lists of 100 posts are read at most to find one."""


def _length(text: str) -> int:
    from kanal.text import facebook_length

    return facebook_length(text)


class Adapter:
    """One Facebook page. `Channel.account` is its id (digits)."""

    limits: ClassVar[Limits] = Limits(
        # Not in Meta's documentation; third-party tools agree on the number (docs/networks.md#unverified).
        text=63_206,
        count=_length,
        # Meta names no limit for attached_media; the publishing services that we read all stop at 10.
        media_max=10,
        media_types=frozenset({"image/jpeg", "image/png", "image/gif", "image/bmp", "image/tiff"}),
        media_bytes=4_000_000,
        # Unverified for alt_text_custom: Instagram's number, which is what other publishing tools allow here too.
        alt=1_000,
        link_field=True,
    )
    needs: ClassVar[tuple[str, ...]] = ("page_access_token",)
    urls: ClassVar[Mapping[str, str]] = MappingProxyType({"graph": "https://graph.facebook.com/v26.0"})
    settles_after: ClassVar[timedelta] = timedelta(minutes=10)

    def __init__(self, channel: Channel, credentials: Mapping[str, Secret]) -> None:
        self._base_url = {**self.urls, **channel.urls}["graph"]
        self._token = credentials["page_access_token"]
        self._page = quote(channel.account, safe="")
        self._limits = self.limits.for_channel(channel)

    def prepare(self, part: Part) -> Prepared:
        """Upload the pictures as unpublished photos, which Meta drops by itself when no post claims them."""
        from kanal.fits import refuse_misfits

        refuse_misfits(_as_sent(part), self._limits)
        handles = {}
        for number, picture in enumerate(part.media):
            fields = {"published": "false", "alt_text_custom": picture.alt}
            handles[f"photo{number:02}"] = self._graph.upload(f"/{self._page}/photos", fields, picture.file)
        return Prepared(part, handles)

    def commit(self, prepared: Prepared, key: str) -> Receipt:
        """Post to the feed, and read the public address with the same request."""
        from kanal.graph.posts import address_of

        answer = self._graph.publish(
            f"/{self._page}/feed", _feed_fields(prepared), params={"fields": "id,permalink_url"}
        )
        return Receipt(str(answer["id"]), address_of(answer, _fields()), self._graph.now())

    def find(self, prepared: Prepared, since: datetime) -> Receipt | None:
        """Search the page's posts for the same text, pictures and link.

        Raises `Unavailable` with `needs_person` when only the text agrees: Meta may have replaced the link by the
        address that the page behind it calls its own, so that nobody but a person can tell.
        """
        from kanal.graph.posts import address_of, receipt_of, said_since, since_parameter

        fields = _fields()
        params = {
            "since": since_parameter(since),
            "fields": "id,message,created_time,permalink_url,attachments",
        }
        listed = self._graph.listing(f"/{self._page}/published_posts", params, pages=_PAGES)
        same_text = said_since(listed, fields, _as_sent(prepared.part), since)
        for entry in same_text:
            if _carries_the_same(entry, prepared.part):
                return receipt_of(entry, fields)
        if same_text:
            raise Unavailable(
                msg("The page shows a post with the same text, but with another link or other pictures."),
                msg("Compare it with the draft, and tell kanal with “kanal resolve” whether it is this one."),
                words=address_of(same_text[0], fields) or "",
                needs_person=True,
            )
        return None

    def locate(self, ids: Sequence[str]) -> Mapping[str, str]:
        """Public addresses out of the list of the page's newest posts."""
        from kanal.graph.posts import addresses_of, pages_for

        listed = self._graph.listing(
            f"/{self._page}/published_posts", {"fields": "id,permalink_url"}, pages=pages_for(len(ids))
        )
        return addresses_of(listed, _fields(), ids)

    def retract(self, receipt: Receipt) -> None:
        """DELETE the post."""
        from kanal.graph.taking_down import take_down

        take_down(self._graph, receipt)

    def is_gone(self, receipt: Receipt) -> bool:
        """GET the post: it is gone where Meta finds none, although the page may be read."""
        from kanal.graph.taking_down import is_gone

        return is_gone(self._graph, receipt, f"/{self._page}/published_posts")

    @staticmethod
    def unchangeable(before: Edition, part: Part) -> Message | None:
        """Pictures, their alternative texts and the link stay as they are."""
        from kanal.editions import same_pictures

        if not same_pictures(part, before):
            return msg("The network cannot change the pictures of a post, nor their alternative texts.")
        if part.link != before.part.link and not part.media:
            return msg("The network cannot change the link of a post.")
        return None

    def revise(self, receipt: Receipt, part: Part, before: Edition) -> Prepared:
        """Nothing has to be uploaded: only the text can change."""
        from kanal.fits import refuse_misfits

        if reason := self.unchangeable(before, part):
            raise Rejected(reason)
        refuse_misfits(_as_sent(part), self._limits)
        return Prepared(part)

    def correct(self, receipt: Receipt, prepared: Prepared) -> Receipt:
        """POST the new message to the post."""
        from kanal.graph.editing import change_text

        return change_text(self._graph, receipt, "message", _message(prepared.part))

    def says(self, receipt: Receipt, prepared: Prepared) -> bool:
        """GET the post's message; nothing else can have changed."""
        from kanal.graph.editing import text_of

        return text_of(self._graph, receipt, "message") == _message(prepared.part).strip()

    @staticmethod
    def api_version(channel: Channel) -> "ApiVersion":
        """The version in the base address."""
        from kanal.graph.versions import version_in

        return version_in({**Adapter.urls, **channel.urls}["graph"])

    def verify(self) -> "Verification":
        """GET the page and what Meta tells of the token."""
        graph = self._graph
        from kanal.graph.verifying import verify_page

        return verify_page(graph, self._page)

    def close(self) -> None:
        """Close connections."""
        if "_graph" in self.__dict__:
            self._graph.close()

    @cached_property
    def _graph(self) -> "Graph":
        from kanal.transport import LOADING

        with LOADING:
            from kanal.graph import Graph

        return Graph(self._base_url, self._token, usage_kind="pages")


def _message(part: Part) -> str:
    """The text, and with pictures the link as well, unless it stands there already."""
    if not part.link or not part.media or part.link in part.text.split():
        return part.text
    return f"{part.text}\n\n{part.link}" if part.text else part.link


def _as_sent(part: Part) -> Part:
    return part._replace(text=_message(part))


def _feed_fields(prepared: Prepared) -> Mapping[str, str]:
    import json

    part = prepared.part
    fields = {"message": _message(part)} if _message(part) else {}
    if part.link and not part.media:
        fields["link"] = part.link
    for number, name in enumerate(sorted(prepared.handles)):
        fields[f"attached_media[{number}]"] = json.dumps({"media_fbid": prepared.handles[name]})
    return fields


def _fields() -> "Fields":
    from kanal.graph.posts import Fields

    return Fields(text="message", time="created_time", address="permalink_url")


def _carries_the_same(entry: "Answer", part: Part) -> bool:
    """Whether a listed post has as many pictures as the part, or else the same link."""
    attached = list(_attachments(entry))
    if part.media:
        return sum(_pictures(attachment) for attachment in attached) == len(part.media)
    if any(_pictures(attachment) for attachment in attached):
        return False
    links = {_plain(str(attachment["url"])) for attachment in attached if attachment.get("url")}
    # A link in the text makes Meta add a preview by itself.
    return not links or (_plain(part.link) in links if part.link else True)


def _attachments(entry: "Answer") -> Iterator["Answer"]:
    attachments = entry.get("attachments")
    data = attachments.get("data") if isinstance(attachments, dict) else None
    for attachment in data if isinstance(data, list) else ():
        if isinstance(attachment, dict):
            yield attachment


def _pictures(attachment: "Answer") -> int:
    inner = attachment.get("subattachments")
    data = inner.get("data") if isinstance(inner, dict) else None
    if isinstance(data, list) and attachment.get("type") in ("album", "new_album", "photo"):
        return len(data)
    return 1 if attachment.get("type") == "photo" else 0


def _plain(link: str) -> str:
    """Without what does not tell pages apart, and without the detour that Facebook puts before outside links."""
    parts = urlsplit(link)
    if parts.hostname == "l.facebook.com":
        link = parse_qs(parts.query).get("u", [link])[0]
    return unquote(link.partition("#")[0]).rstrip("/")
