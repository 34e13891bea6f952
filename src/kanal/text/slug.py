"""Names for files and ids out of any text."""

import unicodedata

_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "&": " und "})


def slug(text: str) -> str:
    """`text` with nothing but a-z, 0-9 and single hyphens, umlauts written out; perhaps empty."""
    written = unicodedata.normalize("NFC", text).lower().translate(_GERMAN)
    ascii_only = unicodedata.normalize("NFKD", written).encode("ascii", "ignore").decode()
    return "-".join("".join(sign if sign.isalnum() else " " for sign in ascii_only).split())
