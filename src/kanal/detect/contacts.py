"""E-mail addresses, as people and links write them; telephone numbers stand in `phones`, the register in `official`.

This module must not know which addresses are an office's own.
"""

from kanal.detect import Hit
from kanal.detect.official import OfficialContacts, is_official
from kanal.detect.phones import phones
from kanal.detect.surroundings import BLANK
from kanal.text.pattern import Pattern

__all__ = ["OfficialContacts", "emails", "is_official", "phones"]

# A disguised sign has blanks on both sides or on none: “Facebook [at]Rathaus.Mitte” names an account.
# Behind `@` stands the server of a Fediverse account, behind `://` the user of a link.
_ADDRESS = Pattern(
    r"(?i)(?<![\w+@＠-])(?<!://)\w[\w.+-]{0,63}+"
    rf"(?:[@＠]|%40|{BLANK}[(\[{{<](?:at|ät|@)[)\]}}>]{BLANK}|[(\[{{<](?:at|ät|@)[)\]}}>])"
    rf"(?:\w[\w-]{{0,62}}+(?:\.|{BLANK}?[(\[{{<](?:dot|punkt|\.)[)\]}}>]{BLANK}?)){{1,8}}"
    r"[^\W\d_]{2,24}+"
)
_AT_SIGN = Pattern(r"[@＠]|%40|[(\[{<](?:[Aa]|[Ää])[Tt][)\]}>]", *("@", "＠", "%40", "(", "[", "{", "<"), begins=True)
_LONGEST_NAME = 66
"""With the blank and the bracket before a sign in disguise."""
# banner@2x.png is a picture for sharp screens.
_PICTURE_SIZE = Pattern(r"(?i)@[0-9](?:\.[0-9])?x\.")


def emails(text: str) -> tuple[Hit, ...]:
    """E-mail addresses, also in links (`%40`) and disguised (`name [at] example (dot) org`); no Fediverse accounts."""
    sign = _AT_SIGN.search(text)
    if sign is None:
        return ()
    return tuple(
        Hit(found.start(), found.end(), "email")
        for found in _ADDRESS.finditer(text, max(0, sign.start() - _LONGEST_NAME))
        if _PICTURE_SIZE.search(found[0]) is None
    )
