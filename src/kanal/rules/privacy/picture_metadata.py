"""Rule: no picture or video carries hidden personal data."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from kanal.errors import KanalError
from kanal.message import Message, msg
from kanal.model import Problem, is_video
from kanal.rules import Subject, rule

_CLEANABLE = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})
"""What `kanal.media.cleaning` writes."""


@rule("error", when="media")
def check(subject: Subject) -> Iterator[Problem]:
    """No picture file carries hidden data about people: the place, names, the camera's serial number, remarks.

    Telephones and cameras write them into every file (EXIF, XMP, IPTC). kanal sends none of it; but whoever gets the
    file out of the folder or its git history can read where it was taken, to a few metres, and by whom. `kanal lint
    --fix` takes them out and leaves the picture as it is. Files that it cannot mend (HEIC, TIFF) are passed over where
    the policy says `adapt: true`. The maker's name belongs into `credit`, where readers see it.

    Telephones write the place into videos, too; that is found where the optional package PyAV is installed.

    Source: Art. 5(1)(c) GDPR (no more data than necessary).

    Good:
        id: example
        channels: [mastodon]
        text: Die Linden werden nachgepflanzt.
        media:
          - {file: good.jpg, alt: Junge Linden an einer Landstraße, credit: Landkreis Musterland, licence: CC BY 4.0}
    Bad:
        id: example
        channels: [mastodon]
        text: Die Linden werden nachgepflanzt.
        media:
          - {file: gps.jpg, alt: Junge Linden an einer Landstraße, credit: Landkreis Musterland, licence: CC BY 4.0}
    """
    for path, field in _files(subject).items():
        if is_video(path):
            if _tells_its_place(subject, path):
                yield Problem(
                    f"{field}.file", msg("The video file tells where it was taken. Export it without metadata.")
                )
            continue
        try:
            kinds = subject.gallery.personal_metadata(path)
            cleaning = bool(kinds) and subject.gallery.measure(path).media_type in _CLEANABLE
        except KanalError:
            continue  # references/media-file says what is wrong with it
        if kinds and (cleaning or not subject.adapt):
            what = _together([_in_words(kind) for kind in kinds])
            yield Problem(f"{field}.file", _message(what, cleaning=cleaning), cleaning=cleaning)


def _tells_its_place(subject: Subject, path: Path) -> bool:
    try:
        facts = subject.gallery.video(path)
    except KanalError:
        return False  # references/media-file says what is wrong with it
    return facts is not None and facts.has_place


def _files(subject: Subject) -> Mapping[Path, str]:
    """Each file once, with the first field that names it."""
    files: dict[Path, str] = {}
    for field, picture in subject.pictures():
        files.setdefault(picture.file, field)
    return files


def _message(what: Message, *, cleaning: bool) -> Message:
    if cleaning:
        return msg(
            "The picture file tells more than the picture shows: {what}. kanal lint --fix takes it out.", what=what
        )
    return msg(
        "The picture file tells more than the picture shows: {what}. Export it as JPEG or PNG, “without metadata”.",
        what=what,
    )


def _in_words(kind: str) -> Message:
    match kind:
        case "gps":
            return msg("the place where it was taken")
        case "person":
            return msg("the name of a person")
        case "device":
            return msg("the serial number of the camera")
        case _:
            return msg("remarks about the picture")


def _together(parts: list[Message]) -> Message:
    *others, last = parts
    if not others:
        return last
    listed = others[0]
    for part in others[1:]:
        listed = msg("{some}, {another}", some=listed, another=part)
    return msg("{some} and {another}", some=listed, another=last)
