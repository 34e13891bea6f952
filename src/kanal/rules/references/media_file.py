"""Rule: every picture or video that a draft names is there and can be opened."""

from collections.abc import Iterator
from pathlib import Path

from kanal.errors import KanalError
from kanal.message import Message, msg
from kanal.model import Problem
from kanal.rules import Subject, rule

_SUFFIXES = {"jpeg": "jpg", "tiff": "tif"}
"""What files are mostly called."""


@rule("error", when="media")
def check(subject: Subject) -> Iterator[Problem]:
    """A picture or video exists, is whole, can be shown, and is of the kind that its name says.

    A video that is cut off, or a file that is only called one, is found by its structure.

    Looked at before anything is sent: a missing file found halfway would leave a post on some networks only. Web
    servers and programs go by the name. One that would take more memory than a machine has (a “decompression bomb”) is
    refused by its first bytes.

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
                continue
            facts = subject.gallery.measure(picture.file)
        except KanalError as error:
            yield Problem(field, msg("{what} {advice}", what=error.message, advice=error.advice or ""))
            continue
        if facts.expected_type not in (None, facts.media_type):
            yield Problem(field, _mislabelled(picture.file, facts.media_type))


def _mislabelled(file: Path, media_type: str) -> Message:
    kind = media_type.removeprefix("image/")
    return msg(
        "“{file}” is a {type} picture, whatever its name says. Rename it to {name}, here and in the folder.",
        file=file.name,
        type=kind.upper(),
        name=f"{file.stem}.{_SUFFIXES.get(kind, kind)}",
    )
