"""From what somebody typed, or a cell of a list, to an answer in the one form that everything else goes by.

Days are `2027-01-12`, hours `08:00`, times `2027-01-12 08:00` in the office's zone. What an answer is put into decides
how it is written there. No message repeats what was typed (see `moments`).
"""

from collections.abc import Callable, Mapping
from datetime import datetime, time
from pathlib import Path

from kanal.draft_fields import inside_posts, web_address
from kanal.drafting.calendars import CALENDARS
from kanal.drafting.moments import read_day, read_hour, read_time
from kanal.drafting.questions import Kind, Question
from kanal.drafts import DraftSetting
from kanal.local_time import parse_local
from kanal.message import Message, msg
from kanal.schema_quick import Refusal
from kanal.suggest import did_you_mean
from kanal.yaml_document import BREAK, CONTROL, invisible

Answers = Mapping[str, str]
"""By the name of the question; what has no answer is not there."""


def read_answer(question: Question, typed: str, setting: DraftSetting) -> str | Message:
    """The answer, or what is wrong with it. "" is no answer."""
    text = "\n".join(BREAK.split(typed)).strip()
    control = CONTROL.search(text)
    if control:
        return invisible(control[0])
    if not text:
        return "" if question.optional else msg("An answer is needed here.")
    if "\n" in text and question.kind is not Kind.TEXT:
        return msg("This must be one line.")
    return _READERS[question.kind](question, text, setting)


def _as_it_is(_: Question, text: str, __: DraftSetting) -> str:
    return "\n".join(line.rstrip() for line in text.split("\n"))


def _day(_: Question, text: str, __: DraftSetting) -> str | Message:
    found = read_day(text)
    return found if isinstance(found, Message) else found.isoformat()


def _hour(_: Question, text: str, __: DraftSetting) -> str | Message:
    found = read_hour(text)
    return found if isinstance(found, Message) else f"{found:%H:%M}"


def _time(_: Question, text: str, setting: DraftSetting) -> str | Message:
    found = read_time(text)
    if isinstance(found, Message):
        return found
    day, at = found
    local = parse_local(f"{day.isoformat()} {at:%H:%M}", setting.zone)
    return local if isinstance(local, Message) else f"{local:%Y-%m-%d %H:%M}"


def _link(_: Question, text: str, __: DraftSetting) -> str | Message:
    return _checked(web_address, text)


def _picture(_: Question, text: str, setting: DraftSetting) -> str | Message:
    name = text.replace("\\", "/").removeprefix("posts/")
    path = Path(name)
    if path.is_absolute() and path.is_relative_to(setting.posts):
        name = path.relative_to(setting.posts).as_posix()
    checked = _checked(inside_posts, name)
    if isinstance(checked, str) and not (setting.posts / checked).is_file():
        return msg("There is no such file in the folder posts. Put it there, and write the way, like media/linde.jpg.")
    return checked


def _choice(question: Question, text: str, _: DraftSetting) -> str | Message:
    same = next((one for one in question.choices if one.casefold() == text.casefold()), None)
    return same or msg("This is none of the choices. {hint}", hint=did_you_mean(text, question.choices))


def _checked(check: Callable[[str], str], text: str) -> str | Message:
    try:
        return check(text)
    except Refusal as refusal:
        return refusal.message


_READERS: Mapping[Kind, Callable[[Question, str, DraftSetting], str | Message]] = {
    Kind.LINE: _as_it_is,
    Kind.TEXT: _as_it_is,
    Kind.DAY: _day,
    Kind.HOUR: _hour,
    Kind.TIME: _time,
    Kind.LINK: _link,
    Kind.PICTURE: _picture,
    Kind.CHOICE: _choice,
}


def written(answer: str, kind: Kind, form: str, language: str) -> str:
    """An answer in one of the `FORMS` of its kind; without a form, as it is."""
    calendar = CALENDARS[language]
    if form == "hashtag":
        return _hashtag(answer)
    if form in {"hour", "clock"}:
        at = time.fromisoformat(answer.rpartition(" ")[2])
        return calendar.hour(at) if form == "hour" else calendar.o_clock(at)
    if form in {"long", "short"}:
        moment = datetime.fromisoformat(answer)  # without a zone: only written out
        day = calendar.long(moment) if form == "long" else calendar.short(moment)
        return f"{day}, {calendar.o_clock(moment.time())}" if kind is Kind.TIME else day
    return answer


def _hashtag(text: str) -> str:
    """One hashtag, each word with a capital (accessibility/hashtag-case); "" where nothing is left of it."""
    words = "".join(sign if sign.isalnum() else " " for sign in text).split()
    tag = "".join(word[:1].upper() + word[1:] for word in words)
    return f"#{tag}" if any(sign.isalpha() for sign in tag) else ""
