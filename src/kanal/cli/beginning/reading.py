"""How an answer is read: a line of text that somebody typed or gave as an option, as kanal's own word for it.

Each raises `UsageError` for what it cannot read. It must not know questions, terminals or files.
"""

from collections.abc import Collection, Iterator, Mapping

from kanal.cli.beginning.lands import LANDS
from kanal.cli.ci_files import System
from kanal.detect.link_address import link_address
from kanal.errors import UsageError
from kanal.language import LANGUAGES, Speech
from kanal.message import msg
from kanal.suggest import did_you_mean
from kanal.text.pattern import Pattern

NONE = "none"
NETWORKS = ("mastodon", "x", "facebook", "instagram")
PERSONS = ("one", "several")
FORGES = (*(str(system) for system in System), NONE)
_HOST = Pattern(r"(?>(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,8})[^\W\d_]{2,24}")
_OTHER_WORDS = {
    "persons": {"1": "one", "eine": "one", "einer": "one", "mehrere": "several", "mehr": "several"},
    "forge": {"keine": NONE, "keins": NONE, "-": NONE},
    "land": {"keins": NONE, "keines": NONE, "bund": NONE, "-": NONE},
    "yes-no": {"j": "yes", "ja": "yes", "y": "yes", "n": "no", "nein": "no", "-": "no"},
}


def read_line(text: str) -> str:
    """One line of visible signs."""
    line = " ".join(text.split())
    if not line:
        raise UsageError(msg("There is no text here."))
    if not line.isprintable():
        raise UsageError(msg("There are invisible signs in this name. Type it anew."))
    return line


def read_language(text: str) -> str:
    return _one_of(text, LANGUAGES, {"deutsch": "de", "german": "de", "englisch": "en", "english": "en"})


def read_land(text: str) -> str:
    """A code, or a name in any of our languages."""
    wanted = text.strip()
    if wanted.upper() in LANDS:
        return wanted.upper()
    names = {name.casefold(): code for code, name in _names()}
    found = (names | _OTHER_WORDS["land"] | {NONE: NONE}).get(wanted.casefold())
    if found is None:
        raise UsageError(
            msg("There is no Land “{name}”.", name=wanted),
            did_you_mean(wanted, {*LANDS, *(name for _, name in _names())}),
        )
    return found


def _names() -> Iterator[tuple[str, str]]:
    for language in LANGUAGES:
        say = Speech(language)
        yield from ((code, say.plain(name)) for code, name in LANDS.items())


def read_networks(text: str) -> str:
    """Names between commas or blanks; all of them for “all”. In the order in which kanal names them."""
    wanted = [name.lower() for name in text.replace(",", " ").replace(";", " ").split()]
    if wanted in (["all"], ["alle"]):
        return ",".join(NETWORKS)
    for name in wanted:
        if name not in NETWORKS:
            raise UsageError(msg("There is no network “{name}”.", name=name), did_you_mean(name, NETWORKS))
    if not wanted:
        raise UsageError(msg("There is no text here."))
    return ",".join(name for name in NETWORKS if name in wanted)


def read_persons(text: str) -> str:
    wanted = text.strip().lower()
    return "several" if wanted.isdigit() and int(wanted) > 1 else _one_of(text, PERSONS, _OTHER_WORDS["persons"])


def read_forge(text: str) -> str:
    return _one_of(text, FORGES, _OTHER_WORDS["forge"])


def read_yes_no(text: str) -> str:
    return _one_of(text, ("yes", "no"), _OTHER_WORDS["yes-no"])


def read_website(text: str) -> str:
    """The host of a web address, which may be typed as in a browser; nothing for nothing."""
    wanted = text.strip()
    if not wanted:
        return ""
    host = link_address(wanted).host
    if not _HOST.fullmatch(host):
        raise UsageError(msg("“{text}” is no web address.", text=wanted), msg("Like: www.musterstadt.de"))
    return host


def read_names(text: str) -> str:
    """Names between commas; perhaps none."""
    names = [" ".join(name.split()) for name in text.split(",")]
    return ",".join(dict.fromkeys(read_line(name) for name in names if name))


def _one_of(text: str, words: Collection[str], others: Mapping[str, str]) -> str:
    wanted = text.strip().lower()
    found = others.get(wanted, wanted)
    if found not in words:
        raise UsageError(msg("“{text}” is none of these: {words}.", text=text.strip(), words=", ".join(words)))
    return found
