"""What Meta's error subcodes mean for a delivery; nearly all of them come from Instagram's publishing.

Source: docs/networks.md#instagram-errors, after
https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/error-codes. This module must not
know HTTP, nor which request was answered.
"""

from collections.abc import Mapping
from datetime import timedelta

from kanal.graph.verdicts import BLOCKED, CODES, STUMBLED, Kind, Verdict
from kanal.message import msg

SUBCODES: Mapping[int | None, Verdict] = {
    1609005: CODES[1609005],
    2207001: STUMBLED,
    2207003: Verdict(
        Kind.LATER,
        msg("Instagram took too long to fetch a picture from the staging place."),
        msg("If it happens again, check how fast the staging place answers from the internet."),
    ),
    2207004: Verdict(
        Kind.CONTENT, msg("A picture is too big for Instagram."), msg("Make the file smaller than 8 MiB.")
    ),
    2207005: Verdict(
        Kind.CONTENT, msg("Instagram does not take this kind of picture."), msg("Save the picture as JPEG.")
    ),
    2207006: Verdict(
        Kind.PART_PERSON,
        msg("Instagram does not find the prepared pictures any more."),
        msg("Check in Meta's tools that the token is valid and may publish, then publish again."),
    ),
    2207008: Verdict(Kind.LATER, msg("Instagram does not find the prepared pictures yet."), wait=timedelta(minutes=2)),
    2207009: Verdict(
        Kind.CONTENT,
        msg("Instagram does not take a picture of this shape."),
        msg("Crop it: width to height must lie between 4:5 and 1.91:1."),
    ),
    2207010: Verdict(
        Kind.CONTENT,
        msg("Instagram does not take this caption."),
        msg("Shorten it: 2,200 characters, 30 hashtags and 20 mentions are the most."),
    ),
    2207020: Verdict(Kind.LATER, msg("The prepared pictures have expired at Instagram.")),
    2207026: Verdict(Kind.CONTENT, msg("Instagram does not take this kind of video.")),
    2207027: Verdict(Kind.LATER, msg("Instagram is still working on the pictures."), wait=timedelta(minutes=1)),
    2207028: Verdict(
        Kind.CONTENT,
        msg("Instagram does not take this number of pictures."),
        msg("One picture, or two to ten in one post, are possible."),
    ),
    2207032: Verdict(Kind.LATER, msg("Instagram could not prepare the pictures.")),
    2207040: Verdict(
        Kind.CONTENT, msg("The caption mentions too many accounts."), msg("Instagram takes at most 20 mentions.")
    ),
    2207042: Verdict(
        Kind.LIMIT,
        msg("The account has used up the number of posts that Instagram takes from an app within a day."),
        wait=timedelta(hours=24),
    ),
    2207050: Verdict(
        Kind.PERSON,
        msg("The Instagram account is restricted or inactive."),
        msg("Sign in to the Instagram app with this account and do what it asks for."),
    ),
    2207051: BLOCKED,
    # Documented as permanent, in practice as often a hiccup of Meta's fetcher (gitroomhq/postiz-app#1900): the picture
    # is not at fault, so the draft must not be settled as refused.
    2207052: Verdict(
        Kind.PART_PERSON,
        msg("Instagram could not fetch a picture from the staging place."),
        msg(
            "Open the staging place's address from outside your network: it must answer with the file itself, over "
            "HTTPS, without a login, and its robots.txt must admit “facebookexternalhit”."
        ),
    ),
    2207073: Verdict(
        Kind.CONTENT,
        msg("Instagram does not let apps delete a post of this kind."),
        msg("Take it down in Instagram's app, then say so with --by-hand."),
    ),
    2207053: Verdict(Kind.LATER, msg("Instagram reports an unknown error while taking the pictures.")),
}
