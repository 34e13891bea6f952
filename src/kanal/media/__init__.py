"""Pictures as files: what kind they are, how large, and what they carry along beside what is seen.

What every command needs stands here; `kanal.media.cleaning` and `kanal.media.faces` are imported where they are used.
Nothing in here knows what a network takes or what a rule thinks of it.
"""

from kanal.media.metadata import has_metadata, personal_metadata
from kanal.media.opening import PIXELS_MAX, UnreadableMedia
from kanal.media.picture import PictureFacts, digest, measure

__all__ = [
    "PIXELS_MAX",
    "PictureFacts",
    "UnreadableMedia",
    "digest",
    "has_metadata",
    "measure",
    "personal_metadata",
]
