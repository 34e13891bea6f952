"""The keys of a draft file, what each may hold, and the sentence for whoever got it wrong.

The JSON Schema for editors comes out of this too (`kanal schema`). It must not know files, channels or rules: whether
an alternative text is missing or a number stands where none belongs is for the rules to say.
"""

from collections.abc import Callable
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from kanal.durations import duration
from kanal.local_time import parse_local
from kanal.message import Message, msg
from kanal.model import LINK as WITHOUT_LINK
from kanal.model import TEXT as WITHOUT_TEXT
from kanal.model import Author, DraftType, Extra, Format, Visibility
from kanal.schema import SWITCH, TEXT, Form, Info, checked, group, in_context, key, list_of, maybe, one_of, refuse
from kanal.schema import by_name as named
from kanal.text import slug
from kanal.text.pattern import Pattern

LONGEST_ID = 100
FEWEST_ANSWERS = 2
LONGEST_THREAD = 25
"""Parts, the first one included: more than that nobody reads, and it is mostly a text that was split by mistake."""
ID = Pattern(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_BLANK = Pattern(r"\s")
_PLAIN_ADDRESS = Pattern(r"https?://[A-Za-z0-9.-]+(?:/[!-~]*)?")
_LANGUAGE = Pattern("[a-z]{2}")
_SHA256 = Pattern("sha256:[0-9a-f]{64}")


def _identifier(value: str) -> str:
    if not ID.fullmatch(value) or len(value) > LONGEST_ID:
        raise refuse(msg("An id consists of a-z, 0-9 and hyphens, at most 100 characters, like “road-closure-b73”."))
    return value


def id_of_file(file: str) -> str:
    """An id made of a file's name; empty for a name without a letter that an id may have."""
    return slug(PurePosixPath(file).stem)[:LONGEST_ID].strip("-")


def web_address(value: str) -> str:
    """A check: the value, if it is a whole web address."""
    if _PLAIN_ADDRESS.fullmatch(value):  # as nearly all are, and quickly told
        return value
    try:
        parts = urlsplit(value)
        complete = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:  # brackets without an IPv6 address, a port that is no number
        complete = False
    if not complete or _BLANK.search(value):
        raise refuse(msg("A link is a whole web address that begins with https://."))
    return value


def inside_posts(value: str) -> str:
    """A check: the value, if it is the way to a file below the folder of the drafts."""
    if "\\" in value:
        raise refuse(msg("Write file names with “/”, also on Windows: {name}.", name=value.replace("\\", "/")))
    if value.startswith("/") or ":" in value or ".." in value.split("/"):
        raise refuse(msg("Pictures lie in the folder of the drafts; write the way from there, like media/picture.jpg."))
    return value


def _written(value: str) -> str:
    if not value.strip():
        raise refuse(msg("There is no text here."))
    return value


def _language(value: str) -> str:
    if not _LANGUAGE.fullmatch(value):
        raise refuse(msg("A language is written with two letters, like de or en (ISO 639-1)."))
    return value


def _length(value: str) -> str:
    duration(value)
    return value


def _a_choice(options: list[str]) -> list[str]:
    if len(options) < FEWEST_ANSWERS:
        raise refuse(msg("A poll needs at least two answers to choose from."))
    return options


def _readable(thread: list[object]) -> list[object]:
    if len(thread) >= LONGEST_THREAD:
        raise refuse(
            msg(
                "This thread has {count} parts; more than {limit} are too many to read. Put the text on your website"
                " and link to it.",
                count=len(thread) + 1,
                limit=LONGEST_THREAD,
            )
        )
    return thread


def _digest(value: str) -> str:
    if not _SHA256.fullmatch(value):
        raise refuse(msg("This is not what kanal approve writes: sha256: and 64 hexadecimal digits."))
    return value


def _local_time(value: str, info: Info) -> str:
    """A time that exists once in the office's zone (`zone` in the context; without one, only the form counts)."""
    if info.context and "zone" in info.context:
        found = parse_local(value, info.context["zone"])
        if isinstance(found, Message):
            raise refuse(found)
    return value


def _once_each(complain: Callable[[str], Message]) -> Callable[[list[str]], list[str]]:
    def check_names(names: list[str]) -> list[str]:
        for name in names:
            if names.count(name) > 1:
                raise refuse(complain(name))
        return names

    return check_names


WORDS = checked(TEXT, _written)
LINK = checked(WORDS, web_address)
FILE = checked(TEXT, inside_posts)
TIME = in_context(TEXT, _local_time)

PEOPLE = group(
    {
        "consent": maybe(WORDS, "Where the consent of the people shown is kept, such as a file number"),
        "ground": maybe(WORDS, "Why no consent is needed, such as § 23 Abs. 1 Nr. 3 KUG"),
        "parents": maybe(WORDS, "Where the consent of the children's parents is kept"),
    }
)
MUSIC = group({"title": key(WORDS, "Which piece"), "licence": maybe(WORDS, "Under which licence it may be played")})
MEDIUM = group(
    {
        "file": key(FILE, "Path below the folder of the drafts"),
        "alt": maybe(TEXT, "What the picture shows, for people who cannot see it", default=""),
        "credit": maybe(TEXT, "Who made it", default=""),
        "licence": maybe(TEXT, "Under which licence it may be shown", default=""),
        "people": maybe(PEOPLE, "People who can be recognised, and why they may be shown"),
        "shows_text": maybe(WORDS, "The words that stand in the picture"),
        "captions": maybe(FILE, "The file with the captions of a video"),
        "captions_checked": maybe(SWITCH, "Whether somebody read automatic captions", default=True),
        "music": maybe(MUSIC, "The music in a video"),
    }
)
FOLLOW_UP = group({"text": key(WORDS, "What this part says"), "media": maybe(list_of(MEDIUM), default=[])})
THREAD = checked(list_of(FOLLOW_UP), _readable)
POLL = group(
    {
        "options": key(
            checked(
                list_of(WORDS),
                _a_choice,
                _once_each(lambda name: msg("The answer “{name}” stands here twice.", name=name)),
            ),
            "The answers to choose from",
        ),
        "ends_after": key(checked(TEXT, _length), "How long readers may choose: 30 min, 6h, 3 days"),
        "multiple": maybe(SWITCH, "Whether several answers may be chosen", default=False),
        "hide_totals": maybe(SWITCH, "Whether the figures stay hidden until the end", default=False),
    }
)
VARIANT = group(
    {
        "text": maybe(WORDS),
        "link": maybe(LINK),
        "media": maybe(list_of(MEDIUM)),
        "thread": maybe(THREAD, "Other further parts; an empty list leaves them out"),
        "leave_out": maybe(
            list_of(one_of([*Extra, WITHOUT_LINK, WITHOUT_TEXT])),
            "What is not said there, since the network cannot express it",
        ),
        "format": maybe(one_of(Format), "A post among the others, or a story"),
    }
)
WAIVER = group(
    {
        "rule": key(WORDS, "The one rule that is silenced in this draft"),
        "reason": key(WORDS, "Why"),
        "name": key(WORDS, "Who answers for it"),
    }
)
APPROVAL = group(
    {
        "name": key(WORDS, "Who approved"),
        "at": key(TIME, "When, in local time"),
        "digest": maybe(checked(TEXT, _digest), "What the draft said then; written by kanal approve"),
    }
)
DRAFT = Form(
    group(
        {
            "id": key(checked(TEXT, _identifier), "Unique and for ever; the ledger knows it"),
            "type": maybe(one_of(DraftType), "What kind of post", default="announcement"),
            "channels": key(
                checked(
                    list_of(TEXT, at_least=1),
                    _once_each(lambda name: msg("The channel “{name}” stands here twice.", name=name)),
                ),
                "Names from config/channels.yaml",
            ),
            "text": key(WORDS),
            "language": maybe(checked(TEXT, _language), "Two letters; without it, the office's language"),
            "link": maybe(LINK, "Where readers find more"),
            "source": maybe(LINK, "Where the same information stands on the office's own website"),
            "unfinished": maybe(
                SWITCH, "Whether somebody is still writing it: it is checked, and never goes out", default=False
            ),
            "publish_at": maybe(TIME, "Local time of the office: 2026-11-02 08:00"),
            "embargo": maybe(TIME, "Not before this time, whatever else the draft says"),
            "starts_at": maybe(TIME, "When the event or the danger begins"),
            "ends_at": maybe(TIME, "When the event or the danger is over"),
            "media": maybe(list_of(MEDIUM), default=[]),
            "thread": maybe(THREAD, "What follows after the text, each part a post beneath the one before", default=[]),
            "poll": maybe(POLL, "Answers that readers may choose from"),
            "content_warning": maybe(WORDS, "What stands before the text, which is hidden until somebody unfolds it"),
            "sensitive_media": maybe(SWITCH, "Whether pictures are hidden until somebody asks for them", default=False),
            "visibility": maybe(one_of(Visibility), "Who sees it; without it, everybody"),
            "reply_to": maybe(checked(TEXT, _identifier), "The id of the draft whose post this one answers"),
            "quote": maybe(checked(TEXT, _identifier), "The id of the draft whose post is shown within this one"),
            "format": maybe(one_of(Format), "A post among the others, or a story; without it, a post"),
            "variants": maybe(named(VARIANT), "What a channel or a platform says differently", default={}),
            "author": maybe(one_of(Author), "Who speaks: the office, or its head in person", default="office"),
            "written_by": maybe(WORDS, "Who wrote the draft"),
            "approval": maybe(APPROVAL, "Who read it and agreed"),
            "task": maybe(WORDS, "The office's task that the post belongs to"),
            "consent": maybe(WORDS, "Where the consent of the people named is kept"),
            "confirmed_by": maybe(WORDS, "Who confirmed what a warning says"),
            "public_place": maybe(SWITCH, "Whether coordinates name a public place", default=False),
            "election_office": maybe(WORDS, "Where the election office agreed to a call to go and vote"),
            "paid_promotion": maybe(SWITCH, "Whether money is paid so that more people see the post", default=False),
            "legal_check": maybe(WORDS, "Where the legal check of a paid promotion is kept"),
            "waivers": maybe(list_of(WAIVER), "Rules that somebody answers for in this draft", default=[]),
        }
    )
)
