"""`schedule:` in config/kanal.yaml: lengths of time in words, types of drafts, mistakes with their places."""

from datetime import timedelta

import pytest

from kanal.config.office import office_from
from kanal.config.schedule import Schedule, Then, schedule_from
from kanal.durations import duration
from kanal.model import DraftType
from kanal.schema_quick import Refusal
from kanal.yaml12 import parse

OFFICE = "office: Kreis\n"


def read(text: str) -> Schedule:
    document = parse(OFFICE + text, "config/kanal.yaml")
    office = office_from(document)
    assert office, [str(finding.message) for finding in document.findings]
    return schedule_from(office.schedule)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("30 min", timedelta(minutes=30)),
        ("30min", timedelta(minutes=30)),
        ("1 minute", timedelta(minutes=1)),
        ("6h", timedelta(hours=6)),
        ("36 hours", timedelta(hours=36)),
        ("3 days", timedelta(days=3)),
        ("1 week", timedelta(weeks=1)),
        (" 2   weeks ", timedelta(weeks=2)),
    ],
)
def test_lengths_are_written_in_words(text: str, length: timedelta) -> None:
    assert duration(text).length == length


@pytest.mark.parametrize("text", ["", "6", "h", "6 m", "6 months", "-1h", "1.5h", "0h", "00 min", "6h30", "99999 days"])
def test_what_is_no_length_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        duration(text)


def test_without_a_word_the_schedule_is_as_documented() -> None:
    schedule = read("")
    assert schedule.late[DraftType.EVENT].within.words == "6h"
    assert {kind for kind, late in schedule.late.items() if late.then is not Then.HOLD} == {DraftType.CRISIS}
    assert (schedule.overdue_after.words, schedule.held_too_long.words) == ("1h", "3 days")
    assert (schedule.alarm_after.words, schedule.ping) == ("7 days", None)
    assert read("schedule: {late: {publish_within: 6h, then: hold}}\n") == schedule


def test_a_type_of_drafts_says_only_what_is_different() -> None:
    late = read(
        "schedule:\n  late:\n    publish_within: 2h\n    then: skip\n    types:\n      job: {then: publish}\n"
        "      event: {publish_within: 30 min}\n      crisis: {then: hold}\n"
    ).late
    assert (late[DraftType.JOB].within.words, late[DraftType.JOB].then) == ("2h", Then.PUBLISH)
    assert (late[DraftType.EVENT].within.words, late[DraftType.EVENT].then) == ("30 min", Then.SKIP)
    assert (late[DraftType.CRISIS].within.words, late[DraftType.CRISIS].then) == ("2h", Then.HOLD)


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("schedule:\n  lat: {}\n", (3, 3), "The key “lat” is unknown here. Did you mean “late”?"),
        ("schedule:\n  late: 6h\n", (3, 9), "“late” must be a group"),
        ("schedule:\n  late:\n    publish_within: soon\n", (4, 21), "“soon” is not a length of time."),
        ("schedule:\n  late:\n    then: wait\n", (4, 11), "“then” must be one of: hold, publish, skip."),
        (
            "schedule:\n  late:\n    types:\n      events: {then: skip}\n",
            (5, 7),
            "There is no type “events”. Did you mean “event”?",
        ),
        ("schedule:\n  alarm_after: 0 days\n", (3, 16), "A length of time must be greater than zero."),
        ("schedule:\n  ping: hc.example\n", (3, 9), "A link is a whole web address"),
    ],
)
def test_every_mistake_is_named_with_its_place(text: str, place: tuple[int, int], words: str) -> None:
    document = parse(OFFICE + text, "config/kanal.yaml")
    assert office_from(document) is None
    [finding] = document.findings
    assert (finding.place.line, finding.place.column) == place
    assert str(finding.message).startswith(words)
