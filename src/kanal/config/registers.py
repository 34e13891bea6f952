"""The office's registers in `config/policy.yaml`: whom and what the rules need to know to tell ordinary from wrong.

Several policies add up to one register. This module must not know any rule.
"""

from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Any, NamedTuple

from kanal.config.channels import DAY
from kanal.draft_fields import WORDS
from kanal.message import NOTHING, msg
from kanal.schema import SWITCH, TEXT, by_name, checked, group, key, list_of, maybe, refuse
from kanal.text.pattern import Pattern

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS_BEFORE_AN_ELECTION = 3
"""How long a pre-election phase lasts if nobody says; practice in the Länder lies between six weeks and six months."""
_SHORTEST_NUMBER = 3
"""110, 112 and 115."""
_DOMAIN = Pattern(r"[\w-]+(?:\.[\w-]+)+")
_HOURS = Pattern(r"(\d\d):(\d\d)-(\d\d):(\d\d)")


class OfficeHolder(NamedTuple):
    """Somebody who may be named without being asked; `candidate` for the election that comes next."""

    name: str
    role: str
    candidate: bool = False


class StaffMember(NamedTuple):
    """Somebody who agreed to be named; `consent` says where that is kept."""

    name: str
    consent: str


class Election(NamedTuple):
    """An election; from `start` to `day`, both included, the office is especially restrained."""

    name: str
    day: date
    start: date
    candidates: tuple[str, ...] = ()


class Span(NamedTuple):
    """Part of a day, in the office's time; `end` is not included."""

    start: time
    end: time


class Registers(NamedTuple):
    """Everything the office wrote down. `hours` is keyed by weekday, Monday being 0, for days with somebody there."""

    domains: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    office_holders: tuple[OfficeHolder, ...] = ()
    staff: tuple[StaffMember, ...] = ()
    buildings: tuple[str, ...] = ()
    elections: tuple[Election, ...] = ()
    parties: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    approvers: tuple[str, ...] = ()
    hours: Mapping[int, tuple[Span, ...]] = NOTHING

    def with_more(self, other: "Registers") -> "Registers":
        """Both together; opening hours are replaced by those of `other`, if it has any."""
        added = {
            name: tuple(dict.fromkeys((*getattr(self, name), *getattr(other, name))))
            for name in self._fields
            if name != "hours"
        }
        return Registers(**added, hours=other.hours or self.hours)

    def elections_on(self, day: date) -> tuple[Election, ...]:
        """The elections whose phase `day` falls into, the next one first: a run-off has a phase of its own."""
        ahead = (election for election in self.elections if election.start <= day <= election.day)
        return tuple(sorted(ahead, key=lambda election: election.day))

    def election_on(self, day: date) -> Election | None:
        """The next of these elections."""
        return next(iter(self.elections_on(day)), None)


def _days(value: str) -> str:
    first, _, last = value.partition("-")
    known = first in WEEKDAYS and (last or first) in WEEKDAYS
    if not known or WEEKDAYS.index(first) > WEEKDAYS.index(last or first):
        raise refuse(
            msg("Days are written mon, tue, wed, thu, fri, sat, sun, or like mon-fri; not “{text}”.", text=value)
        )
    return value


def _hours(value: str) -> str:
    for part in value.split(","):
        found = _HOURS.fullmatch(part.strip())
        try:
            right = found is not None and _span(part).start < _span(part).end
        except ValueError:
            right = False
        if not right:
            raise refuse(msg("“{text}” are no hours. Write them like 09:00-16:00.", text=value))
    return value


def _domain(value: str) -> str:
    if _DOMAIN.fullmatch(value) is None:
        raise refuse(msg("“{text}” is no domain. Write only the name, like landkreis-musterland.example.", text=value))
    return value


def _contact(value: str) -> str:
    if "@" not in value and sum(map(str.isdigit, value)) < _SHORTEST_NUMBER:
        raise refuse(
            msg(
                "“{text}” is neither a telephone number nor an e-mail address. Write it like 030 23125 * or"
                " @landkreis-musterland.example.",
                text=value,
            )
        )
    return value


def _in_order(election: Mapping[str, Any]) -> Mapping[str, Any]:
    if election["from"] and election["from"] > election["day"]:
        raise refuse(
            msg(
                "The restraint before “{name}” begins on {start}, after the election on {day}. Correct from or day.",
                name=election["name"],
                start=election["from"],
                day=election["day"],
            )
        )
    return election


HOLDER = group(
    {
        "name": key(WORDS, "First name and surname"),
        "role": key(WORDS, "Such as Landrätin"),
        "candidate": maybe(SWITCH, "Whether he or she stands for election", default=False),
    }
)
MEMBER = group({"name": key(WORDS, "First name and surname"), "consent": key(WORDS, "Where the consent is kept")})
ELECTION = group(
    {
        "name": key(WORDS),
        "day": key(DAY, "Day of the election"),
        "from": maybe(DAY, "First day of restraint; without it, three months before"),
        "candidates": maybe(list_of(WORDS), "First names and surnames", default=[]),
    }
)
_LISTS = {
    "domains": "The office's own web addresses, like landkreis-musterland.example",
    "contacts": "Official telephone numbers and e-mail addresses; “030 23125 *” and “@office.example” stand for all",
    "buildings": "Addresses of the office's buildings and of public places",
    "parties": "Names and short names of parties and groups, besides those that kanal knows",
    "hashtags": "Hashtags of the office, in the spelling that screen readers can read",
    "abbreviations": "Abbreviations that everybody here knows",
    "approvers": "Who may approve, by the names in git; without it, everybody",
}
_ENTRIES = {"domains": checked(WORDS, _domain), "contacts": checked(WORDS, _contact)}
REGISTERS = group(
    {name: maybe(list_of(_ENTRIES.get(name, WORDS)), about, default=[]) for name, about in _LISTS.items()}
    | {
        "office_holders": maybe(list_of(HOLDER), "People in office", default=[]),
        "staff": maybe(list_of(MEMBER), "Staff who agreed to be named", default=[]),
        "elections": maybe(
            list_of(checked(ELECTION, _in_order)), "Elections, with the time of restraint before them", default=[]
        ),
        "hours": maybe(
            by_name(checked(TEXT, _hours), checked(TEXT, _days)), "When somebody answers, by weekday", default={}
        ),
    }
)


def registers_from(values: Mapping[str, Any]) -> Registers:
    """The registers out of checked values."""
    return Registers(
        **{name: tuple(values[name]) for name in _LISTS},
        office_holders=tuple(OfficeHolder(**holder) for holder in values["office_holders"]),
        staff=tuple(StaffMember(**member) for member in values["staff"]),
        elections=tuple(_election(election) for election in values["elections"]),
        hours={day: spans for days, text in values["hours"].items() for day, spans in _week(days, text)},
    )


def _election(values: Mapping[str, Any]) -> Election:
    day = date.fromisoformat(values["day"])
    start = date.fromisoformat(values["from"]) if values["from"] else _months_before(day, MONTHS_BEFORE_AN_ELECTION)
    return Election(values["name"], day, start, tuple(values["candidates"]))


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    first = date(year, month + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return min(first + timedelta(days=day.day - 1), last)


def _week(days: str, text: str) -> list[tuple[int, tuple[Span, ...]]]:
    first, _, last = days.partition("-")
    numbers = range(WEEKDAYS.index(first), WEEKDAYS.index(last or first) + 1)
    return [(number, tuple(_span(part) for part in text.split(","))) for number in numbers]


def _span(text: str) -> Span:
    start, _, end = text.strip().partition("-")
    return Span(time.fromisoformat(start), time.fromisoformat(end))
