"""What must be known of an office to write its files, and how each answer is read.

An answer is a line of text: an option, what somebody typed, or what the office's own files say already. It must not
know terminals, nor files.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from kanal.cli.beginning.lands import LANDS
from kanal.cli.ci_files import System
from kanal.detect.link_address import link_address
from kanal.errors import UsageError
from kanal.language import LANGUAGES, Speech
from kanal.message import Message, mark, msg
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


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything that the files depend on. `land` is a code (`BB`) or None, `website` a host without scheme."""

    office: str
    language: str
    land: str | None
    networks: tuple[str, ...]
    several: bool
    forge: System | None
    state_authority: bool = False
    website: str | None = None
    approvers: tuple[str, ...] = ()


def as_answers(values: Mapping[str, str]) -> Answers:
    """Answers out of lines that were read by their questions."""
    land, forge = values["land"], values["forge"]
    return Answers(
        office=values["office"],
        language=values["language"],
        land=None if land == NONE else land,
        networks=tuple(values["networks"].split(",")),
        several=values["persons"] == "several",
        forge=None if forge == NONE else System(forge),
        state_authority=values["state-authority"] == "yes",
        website=values["website"] or None,
        approvers=tuple(filter(None, values["approvers"].split(","))),
    )


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


def _one_of(text: str, words: Iterable[str], others: Mapping[str, str]) -> str:
    wanted = text.strip().lower()
    found = others.get(wanted, wanted)
    if found not in words:
        raise UsageError(
            msg("“{text}” is none of these: {words}.", text=text.strip(), words=", ".join(words)),
        )
    return found


@dataclass(frozen=True, slots=True)
class Question:
    """One answer that is needed: its option's name, the words, what helps to answer, and how it is read.

    `default` is what an empty line means; without one, something must be typed. It is asked only `when` the answers so
    far call for it. One that is `optional` takes its default where nobody can be asked.
    """

    name: str
    text: str
    hint: str
    read: Callable[[str], str]
    words: tuple[str, ...] = ()
    default: str | None = None
    when: Callable[[Mapping[str, str]], bool] = lambda _: True
    optional: bool = False

    @property
    def option(self) -> str:
        """How it is answered on the command line."""
        return f"--{self.name}"


QUESTIONS = (
    Question(
        "language",
        mark("In which language do you write? Which one should kanal speak?"),
        mark("de (German) or en (English)"),
        read_language,
        LANGUAGES,
        optional=True,
    ),
    Question(
        "office",
        mark("What is the office called?"),
        mark("As it introduces itself to citizens, such as Landkreis Musterland"),
        read_line,
    ),
    Question(
        "land",
        mark("In which Land is it?"),
        mark(
            "Decides about public holidays. Name or abbreviation, such as Brandenburg or BB; none for federal offices"
        ),
        read_land,
        (*LANDS, NONE),
    ),
    Question(
        "state-authority",
        mark("Is it an authority of the Free State of Bavaria?"),
        mark("Their rules of procedure forbid signs of gender inside words. Towns, municipalities and districts: no"),
        read_yes_no,
        ("yes", "no"),
        default=mark("no"),
        when=lambda values: values["land"] == "BY",
        optional=True,
    ),
    Question(
        "networks",
        mark("On which networks do you want to publish?"),
        mark("mastodon, x, facebook, instagram; several with commas. You begin on practice networks."),
        read_networks,
        NETWORKS,
        default="mastodon",
    ),
    Question(
        "persons",
        mark("How many people write?"),
        mark("one, or several. With several, somebody else approves what one has written."),
        read_persons,
        PERSONS,
    ),
    Question(
        "approvers",
        mark("Who may approve?"),
        mark("First names and surnames as they stand in git, with commas. Leave it empty if all may."),
        read_names,
        default="",
        when=lambda values: values["persons"] == "several",
        optional=True,
    ),
    Question(
        "website",
        mark("What is the address of your website?"),
        mark("Such as www.musterstadt.de. Each post should lead there. Leave it empty if it is not known yet."),
        read_website,
        default="",
        optional=True,
    ),
    Question(
        "forge",
        mark("Where does the repository lie?"),
        mark("gitlab, github or forgejo: kanal writes jobs that check and publish there. none: this computer only"),
        read_forge,
        FORGES,
    ),
)
Ask = Callable[[Question], str]


def collected(told: Mapping[str, str], known: Mapping[str, str], ask: Ask | None) -> Answers:
    """Every answer: as somebody told it by an option, as the office's files say, or as `ask` brings it.

    Raises `UsageError` for an option that cannot be read, and with all options that are missing where nobody can be
    asked.
    """
    values: dict[str, str] = {}
    missing: list[str] = []
    for question in QUESTIONS:
        if question.name in told:
            values[question.name] = _told(question, told[question.name])
        elif question.name in known:
            values[question.name] = known[question.name]
        elif not missing and not question.when(values):
            values[question.name] = question.default or ""
        elif ask:
            values[question.name] = ask(question)
        elif question.optional:
            values[question.name] = question.default or ""
        else:
            missing.append(question.option)
    if missing:
        raise UsageError(
            msg("Nobody can be asked here, and this is missing: {options}.", options=", ".join(missing)),
            msg("Name it as an option, or call kanal init at a terminal. What may stand there: kanal init --help"),
        )
    return as_answers(values)


def _told(question: Question, text: str) -> str:
    try:
        return question.read(text)
    except UsageError as error:
        raise UsageError(_of_option(question.option, error.message), error.advice) from error


def _of_option(option: str, message: Message) -> Message:
    return msg("{option}: {message}", option=option, message=message)
