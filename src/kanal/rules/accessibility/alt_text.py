"""Rule: every picture has an alternative text."""

from collections.abc import Iterator

from kanal.message import Message, msg, msgn
from kanal.model import Picture, Problem
from kanal.rules import Subject, rule
from kanal.text.pattern import Pattern

_FILE_NAME = Pattern(r"(?i)[^\s/]+\.(?:jpe?g|png|gif|webp|heic|heif|avif|tiff?|mp4|mov|webm|m4v)")
_CAMERA_NAME = Pattern(r"(?i)(?:img|dsc|dscf|pxl|p|image|bild|foto|photo|screenshot|whatsapp image)[\s_-]?[0-9_\-. ]+")
_LETTER = Pattern(r"[^\W\d_]")


@rule("error", when="media")
def check(subject: Subject, *, shortest: int = 10) -> Iterator[Problem]:
    """Every picture and every video has an alternative text that says what is to be seen.

    People who cannot see have a screen reader say it; without one they hear “image”, or the name of the file. Offers of
    public bodies on other people's websites are to be accessible, too.

    Say in a sentence or two what the picture shows, as you would on the telephone. Do not repeat the post.

    Source: § 12a (8) BGG; BITV 2.0; Bundesfachstelle Barrierefreiheit (alternative texts for all pictures)

    Options:
        shortest: how many characters an alternative text has at least

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
          - {file: good.jpg, alt: "", credit: Landkreis Musterland, licence: CC BY 4.0}
    Bad:
        id: example
        channels: [mastodon]
        text: Die Linden werden nachgepflanzt.
        media:
          - {file: good.jpg, alt: good.jpg, credit: Landkreis Musterland, licence: CC BY 4.0}
    """
    for field, picture in subject.pictures():
        complaint = _complaint(picture, shortest)
        if complaint:
            yield Problem(f"{field}.alt", complaint)


def _complaint(picture: Picture, shortest: int) -> Message | None:
    alt = picture.alt.strip()
    if not alt:
        return msg("The alternative text is missing. Say in a sentence what is to be seen.")
    if _is_file_name(alt, picture):
        return msg("This is the name of a file. Say in a sentence what is to be seen.")
    if _LETTER.search(alt) is None:
        return msg("The alternative text has no words. Say in a sentence what is to be seen.")
    if len(alt) < shortest:
        return msgn(
            "The alternative text has {count} character. Say in a whole sentence what is to be seen.",
            "The alternative text has only {count} characters. Say in a whole sentence what is to be seen.",
            len(alt),
        )
    return None


def _is_file_name(alt: str, picture: Picture) -> bool:
    is_stem = " " not in alt and _without_joints(alt) == _without_joints(picture.file.stem)
    if is_stem or ("." in alt and " " not in alt and _FILE_NAME.fullmatch(alt)):
        return True
    return alt[-1].isdigit() and _CAMERA_NAME.fullmatch(alt) is not None


def _without_joints(name: str) -> str:
    return name.casefold().replace("_", "").replace("-", "")
