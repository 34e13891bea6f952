"""The questions of `kanal init`: what must be known of an office to write its files.

It must not know terminals, nor files.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kanal.cli.beginning.lands import LANDS
from kanal.cli.beginning.reading import (
    FORGES,
    NETWORKS,
    NONE,
    PERSONS,
    read_forge,
    read_land,
    read_language,
    read_line,
    read_names,
    read_networks,
    read_persons,
    read_website,
    read_yes_no,
)
from kanal.language import LANGUAGES
from kanal.message import mark


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
