"""Who sees a status, in Mastodon's words (https://docs.joinmastodon.org/entities/Status/#visibility).

This module must not send anything.
"""

from kanal.model import Part, Visibility

_WORDS = {
    Visibility.PUBLIC: "public",
    Visibility.UNLISTED: "unlisted",
    Visibility.FOLLOWERS: "private",
}


def visibility_of(part: Part) -> str:
    """What is public is unlisted from the second part of a thread on: one line in public timelines is enough."""
    wanted = part.visibility or Visibility.PUBLIC
    if wanted is Visibility.PUBLIC and part.number > 1:
        wanted = Visibility.UNLISTED
    return _WORDS[wanted]
