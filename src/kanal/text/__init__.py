"""Text as the networks see it: how long it is, which links, hashtags and mentions are in it, whether two agree.

Each network counts in its own way, and none of them as `len` does. Pure functions, no I/O but one list of top-level
domains; nothing in here knows a platform's limits, a channel or a draft.
"""

from kanal.text.compare import comparable, plain
from kanal.text.graphemes import mastodon_length
from kanal.text.links import Link, find_links
from kanal.text.slug import slug
from kanal.text.tags import hashtags, may_have_more_hashtags, mentions
from kanal.text.units import facebook_length, instagram_length
from kanal.text.weights import weighted_length

__all__ = [
    "Link",
    "comparable",
    "facebook_length",
    "find_links",
    "hashtags",
    "instagram_length",
    "mastodon_length",
    "may_have_more_hashtags",
    "mentions",
    "plain",
    "slug",
    "weighted_length",
]
