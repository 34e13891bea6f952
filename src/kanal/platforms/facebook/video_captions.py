"""Captions for a video that is out: Facebook takes them as SubRip, with the locale in the name of the file.

https://developers.facebook.com/docs/graph-api/reference/video/captions/ . This module must not know how the video got
there.
"""

import tempfile
from collections.abc import Callable
from itertools import repeat
from pathlib import Path

from kanal.errors import DeliveryError, Rejected, Unavailable
from kanal.graph import Graph
from kanal.message import Message, msg
from kanal.platforms.facebook.video_state import Stage, state_of
from kanal.text.cues import language_named
from kanal.text.subrip import as_subrip
from kanal.transport.multipart import FormWithFile
from kanal.transport.streaming import Stretch

LARGEST = 200_000
"""Bytes."""
WAITS = (1.0, 2.0, 5.0, 10.0, 30.0, *repeat(60.0, 4))
"""Seconds between looks whether a video is processed, about five minutes in all."""
AGAIN = (2.0, 10.0)
"""Seconds before another try: nobody comes back later for captions that are missing."""
_REGIONS = {"ar": "AR", "cs": "CZ", "da": "DK", "el": "GR", "en": "US", "fa": "IR", "sv": "SE", "uk": "UA", "vi": "VN"}
"""Where Facebook's locale is not the language twice, as in de_DE."""


def locale_of(captions: Path, language: str) -> str:
    """Facebook's locale for a caption file: of `film.de.vtt` de_DE, else of the post's `language`."""
    code = language_named(captions.name, language)
    return f"{code}_{_REGIONS.get(code, code.upper())}"


def subrip_of(captions: Path) -> bytes:
    """The captions as Facebook takes them. Raises `Rejected` for others, `Unavailable` if they cannot be read."""
    try:
        content = as_subrip(captions.read_text(encoding="utf-8-sig")).encode()
    except (OSError, UnicodeDecodeError) as error:
        raise Unavailable(msg("“{file}” cannot be read.", file=captions.name), needs_person=True) from error
    if not content:
        raise Rejected(msg("There are no captions in “{file}”.", file=captions.name))
    if len(content) > LARGEST:
        raise Rejected(
            msg(
                "The captions in “{file}” have {size} bytes; the network takes {limit} at most.",
                file=captions.name,
                size=len(content),
                limit=LARGEST,
            )
        )
    return content


def await_processed(graph: Graph, video: str, sleep: Callable[[float], object]) -> None:
    """Wait until Facebook has worked on a published video, for five minutes at most.

    Raises `Unavailable` if it could not process it: then nobody sees it, although it was taken.
    """
    for wait in (*WAITS, None):
        state = state_of(graph, video)
        if state.stage is Stage.FAILED:
            raise Unavailable(
                msg(
                    "Facebook took the video, but could not process it: {words} Look at the page; take it down with"
                    " kanal retract, and export it once more.",
                    words=state.words,
                )
            )
        if state.stage is Stage.OUT or wait is None:
            return
        sleep(wait)


def add_captions(graph: Graph, video: str, captions: Path, language: str, sleep: Callable[[float], object]) -> None:
    """Give the video its captions; again, they replace those of the same locale. Raises `Unavailable`."""
    for pause in (*AGAIN, None):
        try:
            _send(graph, video, subrip_of(captions), locale_of(captions, language))
        except DeliveryError as error:
            is_hopeless = not isinstance(error, Unavailable) or error.needs_person
            if pause is None or is_hopeless:
                raise Unavailable(_not_added(captions, error.message, error.words), needs_person=True) from error
            sleep(pause)
        else:
            return


def _send(graph: Graph, video: str, content: bytes, locale: str) -> None:
    with tempfile.TemporaryDirectory(prefix="kanal-") as folder:
        file = Path(folder) / "captions.srt"
        file.write_bytes(content)
        body = FormWithFile(
            {"default_locale": locale},
            "captions_file",
            Stretch(file, 0, len(content)),
            file_name=f"captions.{locale}.srt",
            kind="application/x-subrip",
        )
        with body:
            graph.hand_in(f"/{video}/captions", body=body, headers={"Content-Type": body.content_type})


def _not_added(captions: Path, reason: Message, words: str) -> Message:
    return msg(
        "The video is out, but without its captions “{file}”: {reason} {words} Add them on the page.",
        file=captions.name,
        reason=reason,
        words=words,
    )
