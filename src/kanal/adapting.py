"""What becomes of a picture on its way to a network, told from its measurements alone.

`lint` says it in advance, `plan` shows it, and `kanal.fitting` does it: all three ask here. Nothing is enlarged,
nothing is cropped; what that would take stays a finding. This module must not know any network, and opens no file.
"""

from enum import Enum, auto
from math import sqrt

from kanal.limits import Limits
from kanal.media.making import Order
from kanal.media.picture import PictureFacts

_CLEANED_AS_THEY_ARE = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
"""What `kanal.media.cleaning` takes metadata out of without touching the picture."""
_FOR_PHOTOS = ("image/jpeg", "image/webp", "image/png")
_FOR_TRANSPARENT = ("image/png", "image/webp", "image/jpeg")
_FOR_TRANSPARENT_PHOTOS = ("image/webp", "image/png", "image/jpeg")
"""Kinds that kanal makes, the best first. What is too many bytes as PNG would have to lose most of its pixels."""


class Misfit(Enum):
    """In which way a picture is not what a network takes."""

    KIND = auto()
    BYTES = auto()
    PIXELS = auto()
    WIDTH = auto()
    RATIO = auto()


def misfits(facts: PictureFacts, limits: Limits) -> tuple[Misfit, ...]:
    """In which ways the picture does not fit, in the order in which they are told."""
    told = (
        (Misfit.KIND, facts.media_type not in limits.media_types),
        (Misfit.BYTES, facts.bytes > limits.media_bytes),
        (Misfit.PIXELS, limits.pixels is not None and facts.width * facts.height > limits.pixels),
        (Misfit.WIDTH, limits.width_min is not None and facts.width < limits.width_min),
        (Misfit.RATIO, limits.ratio is not None and not limits.ratio[0] <= round(facts.ratio, 2) <= limits.ratio[1]),
    )
    return tuple([misfit for misfit, holds in told if holds])


def adapted(facts: PictureFacts, limits: Limits) -> Order | None:
    """What a picture of the wrong kind or size is made into; None where it fits, or where kanal cannot make it fit.

    A moving picture is never made a still one, nor a narrow one wider, nor any shape another.
    """
    found = misfits(facts, limits)
    kind = _kind(facts, limits, found)
    if not found or facts.animated or kind is None or {Misfit.WIDTH, Misfit.RATIO} & {*found}:
        return None
    scale = min(1.0, sqrt(limits.pixels / (facts.width * facts.height))) if limits.pixels else 1.0
    width, height = max(1, int(facts.width * scale)), max(1, int(facts.height * scale))
    if limits.width_min and width < limits.width_min:
        return None
    return Order(kind, width, height, limits.media_bytes)


def order_for(facts: PictureFacts, limits: Limits, *, adapt: bool) -> Order | None:
    """What is made of the picture, or None where its metadata can be taken out without touching it.

    Without `adapt` it keeps its kind and size; but it is put upright, in the colours of screens, and rid of metadata.
    """
    order = adapted(facts, limits) if adapt else None
    if order is not None:
        return order
    as_it_is = facts.media_type in _CLEANED_AS_THEY_ARE and not facts.turned and facts.mode != "CMYK"
    return None if as_it_is else anew(facts, limits)


def anew(facts: PictureFacts, limits: Limits) -> Order:
    """The same picture, encoded once more."""
    return Order(facts.media_type, facts.width, facts.height, limits.media_bytes)


def _kind(facts: PictureFacts, limits: Limits, found: tuple[Misfit, ...]) -> str | None:
    """As it is, as long as that fits; else JPEG, or for what is transparent PNG or WebP, as the network takes them."""
    if Misfit.BYTES in found:
        return _first(_FOR_TRANSPARENT_PHOTOS if facts.transparent else _FOR_PHOTOS, limits)
    if Misfit.KIND in found:
        return _first(_FOR_TRANSPARENT if facts.transparent else _FOR_PHOTOS, limits)
    return facts.media_type if facts.media_type in _FOR_PHOTOS else _first(_FOR_TRANSPARENT, limits)


def _first(kinds: tuple[str, ...], limits: Limits) -> str | None:
    return next((kind for kind in kinds if kind in limits.media_types), None)
