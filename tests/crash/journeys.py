"""Which requests a run makes to each network, in order; numbers in paths are left out.

`test_cut_requests` holds this against what is really asked, so that no request is forgotten when an adapter changes.
"""

from collections.abc import Mapping

from kanal.sandbox import PLATFORMS

PICTURES = {"instagram": 2}
"""A carousel is made of more requests than one picture; elsewhere a second picture is but another upload."""
UPLOADS: Mapping[str, list[str]] = {
    "mastodon": ["GET /api/v2/instance", "POST /api/v2/media"],
    "x": ["POST /2/media/upload", "POST /2/media/metadata"],
    "facebook": ["POST /v26.0/…/photos"],
    "instagram": [
        "POST /v26.0/…/media",
        "POST /v26.0/…/media",
        "GET /v26.0/…",
        "GET /v26.0/…",
        "POST /v26.0/…/media",
        "GET /v26.0/…",
    ],
}
UPLOADED_ONCE = {"instagram": ["POST /v26.0/…/media", "GET /v26.0/…"]}
"""Where one picture takes other requests than two."""
PUBLISHES = {
    "mastodon": "POST /api/v1/statuses",
    "x": "POST /2/tweets",
    "facebook": "POST /v26.0/…/feed",
    "instagram": "POST /v26.0/…/media_publish",
}
LOCATES = {"instagram": ["GET /v26.0/…/media"]}
ASKS: Mapping[str, list[str]] = {
    "mastodon": ["GET /api/v2/instance"],
    "x": ["GET /2/users/me", "GET /2/users/…/tweets"],
    "facebook": ["GET /v26.0/…/published_posts"],
    "instagram": ["GET /v26.0/…"],
}
"""What a run asks about a doubt before it knows."""
SENT = {platform: [*UPLOADS[platform], PUBLISHES[platform], *LOCATES.get(platform, [])] for platform in PLATFORMS}
"""Publishing, undisturbed."""
FOUND = {
    **ASKS,
    "mastodon": [*ASKS["mastodon"], PUBLISHES["mastodon"]],
    "instagram": ["GET /v26.0/…", *LOCATES["instagram"]],
}
"""Settling a doubt about a post that is there. Mastodon is sent the same again, with its key."""
FILM_BYTES = 9_000_000
"""Three pieces, as X and Facebook take them."""
FILMED: Mapping[str, list[str]] = {
    "mastodon": ["GET /api/v2/instance", "POST /api/v2/media", *["GET /api/v1/media/…"] * 2, PUBLISHES["mastodon"]],
    "x": [
        "POST /2/media/upload/initialize",
        *["POST /2/media/upload/…/append"] * 3,
        "POST /2/media/upload/…/finalize",
        "GET /2/media/upload",
        PUBLISHES["x"],
    ],
    "facebook": [*["POST /v26.0/…/videos"] * 5, "GET /v26.0/…"],
    "instagram": [
        "POST /v26.0/…/media",
        "POST /ig-api-upload/v26.0/…",
        "GET /v26.0/…",
        PUBLISHES["instagram"],
        *LOCATES["instagram"],
    ],
}
"""Publishing a video, undisturbed."""
FILM_IS_OUT = {"mastodon": 4, "x": 6, "facebook": 4, "instagram": 3}
"""The number of the request that publishes it."""
RETRACTED: Mapping[str, list[str]] = {
    "mastodon": [
        "GET /api/v2/instance",
        "DELETE /api/v1/statuses/…",
        "GET /api/v1/accounts/verify_credentials",
        "GET /api/v1/statuses/…",
    ],
    "x": ["DELETE /2/tweets/…", "GET /2/tweets/…"],
    "facebook": ["DELETE /v26.0/…_…", "GET /v26.0/…_…", "GET /v26.0/…/published_posts"],
    "instagram": ["DELETE /v26.0/…", "GET /v26.0/…", "GET /v26.0/…/media"],
}
"""Taking down, undisturbed."""
CORRECTED: Mapping[str, list[str]] = {
    "mastodon": [
        "GET /api/v2/instance",
        "GET /api/v1/accounts/verify_credentials",
        "GET /api/v1/statuses/…",
        "PUT /api/v1/statuses/…",
    ],
    "facebook": ["POST /v26.0/…_…"],
}
"""Correcting the text, undisturbed, where the network can edit."""
REPOSTED: Mapping[str, list[str]] = {
    platform: [
        *UPLOADED_ONCE.get(platform, UPLOADS[platform]),
        *RETRACTED[platform],
        PUBLISHES[platform],
        *LOCATES.get(platform, []),
    ]
    for platform in ("x", "instagram")
}
"""Publishing anew, undisturbed, where no program edits: everything is uploaded before anything is taken down."""
SENT_AGAIN = {
    "mastodon": FOUND["mastodon"],
    "x": [*ASKS["x"], *SENT["x"]],
    "facebook": [*ASKS["facebook"], *SENT["facebook"]],
    "instagram": [*ASKS["instagram"], PUBLISHES["instagram"], *LOCATES["instagram"]],
}
"""Settling a doubt about a post that never arrived."""
