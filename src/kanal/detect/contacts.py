"""E-mail addresses, as people and links write them; telephone numbers stand in `phones`, the register in `official`.

This module must not know which addresses are an office's own.
"""

import re

from kanal.detect import Hit
from kanal.detect.official import OfficialContacts, is_official
from kanal.detect.phones import phones
from kanal.detect.readings import FILE_ENDING, may_name_a_file
from kanal.detect.surroundings import BLANK
from kanal.text.pattern import Pattern

__all__ = ["OfficialContacts", "emails", "is_official", "phones"]

# A disguised sign has blanks on both sides or on none: “Facebook [at]Rathaus.Mitte” names an account.
# Behind `@` stands the server of a Fediverse account, behind `://` the user of a link, behind `%` no letter.
_ADDRESS = Pattern(
    r"(?i)(?<![\w+@＠%-])(?<!://)\w[\w.+-]{0,63}+"
    rf"(?:[@＠]|%40|{BLANK}[(\[{{<]{BLANK}?(?:at|ät|@){BLANK}?[)\]}}>]{BLANK}|[(\[{{<](?:at|ät|@)[)\]}}>])"
    rf"(?P<domain>(?:\w[\w-]{{0,62}}+(?:\.|{BLANK}?[(\[{{<]{BLANK}?(?:dot|punkt|\.){BLANK}?[)\]}}>]{BLANK}?)){{1,8}}"
    r"[^\W\d_]{2,24}+)"
)
_AT_SIGN = Pattern(
    r"[@＠]|%40|[(\[{<]\s?(?:[Aa]|[Ää])[Tt]\s?[)\]}>]", *("@", "＠", "%40", "(", "[", "{", "<"), begins=True
)
_LONGEST_NAME = 66
"""With the blank and the bracket before a sign in disguise."""
# banner@2x.png is a picture for sharp screens.
_PICTURE_SIZE = Pattern(r"(?i)@[0-9](?:\.[0-9])?x\.")
_USER_OF_A_LINK = Pattern(r"://[^\s/?#]*+(?<=:)\Z")
_LONGEST_USER = 64
_FILE_NAME = Pattern(rf"(?i)[\w.+@%-]{{3,190}}?(?P<ending>(?:{FILE_ENDING}){{1,3}})(?![.@-]?\w)")
_WORDS_OF_A_FILE_NAME = Pattern(
    r"(?i)(?>(?:(?:an|anfrage|antwort|bild|bildschirmfoto|e-?mail|foto|kontakt|nachricht|scan|screenshot|von|[0-9]{1,8})"
    r"[_-])+)(?=\w)"
)


def emails(text: str) -> tuple[Hit, ...]:
    """E-mail addresses, also in links (`%40`) and disguised (`name [at] example (dot) org`); no Fediverse accounts."""
    sign = _AT_SIGN.search(text)
    if sign is None:
        return ()
    in_file_names = may_name_a_file(text)
    return tuple(
        Hit(*borders, "email")
        for found in _ADDRESS.finditer(text, max(0, sign.start() - _LONGEST_NAME))
        if _PICTURE_SIZE.search(found[0]) is None and (borders := _borders(text, found, in_file_names=in_file_names))
    )


def _borders(text: str, found: re.Match[str], *, in_file_names: bool) -> tuple[int, int] | None:
    """The address without what sticks to it: the rest of a file's name, the next sentence behind a missing blank.

    Nothing is left of `logo@rathaus.jpg`, nor of `https://user:word@host`.
    """
    start, end = found.span()
    # Behind the colon stands a password (RFC 3986, 3.2.1).
    if text.endswith(":", 0, start) and _USER_OF_A_LINK.search(text[max(0, start - _LONGEST_USER) : start]):
        return None
    file_name = _FILE_NAME.compiled.match(text, start) if in_file_names else None
    if file_name:
        end = file_name.start("ending")
        words = _WORDS_OF_A_FILE_NAME.compiled.match(text, start)
        start = words.end() if words else start
    # No domain has an underscore.
    underscore = text.find("_", found.start("domain"), end)
    end = underscore if underscore >= 0 else end
    address = found if end == found.end() else _ADDRESS.compiled.match(text, found.start(), end)
    return (start, address.end() - _next_word(address["domain"])) if address else None


def _next_word(domain: str) -> int:
    """The length of “.Die” in “example.org.Die”."""
    name, _, last = domain.rpartition(".")
    _, dot, tld = name.rpartition(".")
    return len(last) + 1 if dot and tld.islower() and last[0].isupper() and last[1:].islower() else 0
