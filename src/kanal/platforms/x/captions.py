"""Captions for a video on X: which language they are in, and how X and its readers call it.

This module must not talk to X.
"""

import re
from pathlib import Path

from kanal.errors import Rejected
from kanal.message import msg
from kanal.text.cues import language_named

_NAMES = {
    "AR": "العربية",
    "DE": "Deutsch",
    "EN": "English",
    "ES": "Español",
    "FR": "Français",
    "IT": "Italiano",
    "PL": "Polski",
    "RU": "Русский",
    "TR": "Türkçe",
    "UK": "Українська",
}


def language_of(captions: Path, language: str) -> str:
    """X's code for the language of a caption file: of `film.de.vtt` DE, else of the post's `language`.

    Raises `Rejected` for a language that has no code of two letters, which are all that X knows.
    """
    code = language_named(captions.name, language)
    if not re.fullmatch("[A-Za-z]{2}", code):
        raise Rejected(
            msg("X takes captions only in languages with a code of two letters, not in “{language}”.", language=code),
            msg("Name the file after its language, such as film.de.vtt."),
        )
    return code.upper()


def name_of(code: str) -> str:
    """What readers see in the menu of captions."""
    return _NAMES.get(code, code)
