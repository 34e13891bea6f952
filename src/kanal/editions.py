"""What of a post's pictures stays when it is edited: told by their content, since names and files change.

It must not know any network.
"""

from collections.abc import Sequence

from kanal.media import digest
from kanal.model import Edition, Part


def places_before(part: Part, before: Edition) -> Sequence[int | None]:
    """For each picture of `part` its place before (from 0), None for a new one. No place is told twice."""
    free = list(enumerate(before.media))
    found: list[int | None] = []
    for picture in part.media:
        same = next((place for place in free if place[1] == digest(picture.file)), None)
        if same:
            free.remove(same)
        found.append(same[0] if same else None)
    return found


def same_pictures(part: Part, before: Edition) -> bool:
    """Whether the pictures are the same, in the same order, with the same alternative texts."""
    alts = [picture.alt for picture in part.media] == [picture.alt for picture in before.part.media]
    return alts and tuple(digest(picture.file) for picture in part.media) == before.media
