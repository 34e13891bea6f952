"""Rule: every picture or video that a draft names is there and can be opened."""

from collections.abc import Iterator

from kanal.errors import KanalError
from kanal.model import Problem
from kanal.rules import Subject, rule


@rule("error", when="media")
def check(subject: Subject) -> Iterator[Problem]:
    """A picture or video exists, is not empty, and is what its name says.

    A video that is cut off, or a file that is only called one, is found by its structure.

    Looked at before anything is sent: a missing file found halfway would leave a post on some networks only.

    Source: kanal's own advice (no source beyond good practice).

    Good:
        id: example
        channels: [mastodon]
        text: Die Linden an der Allee werden nachgepflanzt.
    Bad:
        id: example
        channels: [mastodon]
        text: Die Linden an der Allee werden nachgepflanzt.
        media:
          - file: media/gibt-es-nicht.jpg
            alt: Junge Linden an einer Landstraße im Herbst
            credit: Landkreis Musterland
            licence: CC BY 4.0
    """
    named = {
        post.field(f"media[{index}].file"): picture
        for post in subject.posts
        for index, picture in enumerate(post.part.media)
    }
    for field, picture in named.items():
        try:
            if picture.is_video:
                from kanal.media.video import check_video

                subject.gallery.video(picture.file) or check_video(picture.file)
            else:
                subject.gallery.measure(picture.file)
        except KanalError as error:
            yield Problem(field, error.message)
