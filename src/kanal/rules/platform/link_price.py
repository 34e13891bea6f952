"""Rule: nobody pays for a link without knowing it."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from kanal.abilities.telling import HasPrice
from kanal.adapter import Adapter
from kanal.compose import Post
from kanal.message import msg
from kanal.model import Part, Problem, Span
from kanal.platforms import adapter_class
from kanal.rules import Subject, rule
from kanal.rules.platform.missing_blank import is_accident
from kanal.text import Link, find_links

if TYPE_CHECKING:
    from decimal import Decimal


@rule("info", when="link")
def check(subject: Subject) -> Iterator[Problem]:
    """A post with a link costs thirteen times as much on X as one without.

    X takes 0.015 US dollars for a post and 0.20 for one with a link. That is little, but it adds up. A link may well be
    worth it; where readers on X do not need it, put it under `variants` of the other networks instead. An office that
    has decided about that switches this rule off.

    Source: price list of X's API, since 20 April 2026.

    Good:
        id: example
        channels: [x]
        text: Die Kreisstraße 12 ist bis Freitag gesperrt.
    Bad:
        id: example
        channels: [x]
        text: Die Kreisstraße 12 ist bis Freitag gesperrt.
        link: https://www.bund.de/k12
    """
    for post in subject.posts:
        price_of = _price_of(adapter_class(post.channel.platform))
        if price_of is None:
            continue
        links = [link for link in find_links(post.part.text) if not is_accident(link)]
        if not links:
            continue
        price, cheaper = price_of(post.part), price_of(post.part._replace(text=_without(post, links)))
        if price == cheaper:
            continue
        field = post.field("text")
        text = next((passage.text for passage in subject.texts() if passage.field == field), "")
        own = next((link for link in find_links(text) if not is_accident(link)), None)
        yield Problem(
            field if own else post.field("link"),
            msg(
                "On {channel} this post costs {price} US dollars with the link, and {cheaper} without. If readers there"
                " do not need it, put it under variants of the other networks.",
                channel=post.channel.name,
                price=f"{price}",
                cheaper=f"{cheaper}",
            ),
            span=Span(own.start, own.end) if own else None,
        )


@cache
def _price_of(platform: type[Adapter]) -> "Callable[[Part], Decimal] | None":
    return platform.price if isinstance(platform, HasPrice) else None


def _without(post: Post, links: list[Link]) -> str:
    text = post.part.text
    for link in reversed(links):
        text = f"{text[: link.start]}{text[link.end :]}"
    return text
