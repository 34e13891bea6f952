"""Names for files and ids out of any text."""

import unicodedata

from kanal.text.signs import without_umlauts


def slug(text: str) -> str:
    """`text` with nothing but a-z, 0-9 and single hyphens, umlauts written out; perhaps empty."""
    written = without_umlauts(unicodedata.normalize("NFC", text).lower()).replace("&", " und ")
    ascii_only = unicodedata.normalize("NFKD", written).encode("ascii", "ignore").decode()
    return "-".join("".join(sign if sign.isalnum() else " " for sign in ascii_only).split())
