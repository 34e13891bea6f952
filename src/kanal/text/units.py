"""The ways to count of networks that publish a number but not a unit: Instagram and Facebook.

Neither documents whether “characters” are code points or UTF-16 code units. The latter is never the smaller number,
so a text that fits by it fits either way; for German text without emoji both agree.
"""


def instagram_length(text: str) -> int:
    """The length of a caption in UTF-16 code units (an emoji counts 2 or more)."""
    return _utf16_units(text)


def facebook_length(text: str) -> int:
    """The length of a message in UTF-16 code units (an emoji counts 2 or more)."""
    return _utf16_units(text)


def _utf16_units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
