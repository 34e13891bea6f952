"""config/hold.yaml and config/pause.yaml: read strictly, and what the commands write is read as meant."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kanal.config.brakes import (
    HOLD,
    Brakes,
    Hold,
    Pause,
    brakes_from,
    end_of,
    hold_as_text,
    moment_of,
    pauses_as_text,
)
from kanal.errors import InvalidFiles
from kanal.schema import check
from kanal.yaml12 import parse
from tests.conftest import LoadProject, WriteFile

BERLIN = ZoneInfo("Europe/Berlin")
SINCE = datetime(2026, 11, 22, 12, 0, tzinfo=BERLIN)
HELD = 'reason: "Trauer: der Landrat"\nname: "Kim Muster"\nsince: 2026-11-22 12:00\n'
PAUSED = "channels:\n  x:\n    until: 2026-12-01\n    name: Kim Muster\n    since: 2026-11-22 12:00\n"


def test_without_the_files_there_is_nothing_to_read(load_project: LoadProject) -> None:
    assert load_project().brakes is None


def test_a_hold_says_since_when_why_and_who(write_file: WriteFile, load_project: LoadProject) -> None:
    write_file("config/hold.yaml", HELD)
    assert load_project().brakes == Brakes(Hold("Trauer: der Landrat", "Kim Muster", SINCE))


def test_a_pause_includes_its_last_day(write_file: WriteFile, load_project: LoadProject) -> None:
    write_file("config/pause.yaml", PAUSED)
    brakes = load_project().brakes
    assert brakes
    assert brakes.pauses["x"].ends == datetime(2026, 12, 2, tzinfo=BERLIN)
    assert brakes.pauses["x"].reason is None
    write_file("config/pause.yaml", PAUSED.replace("2026-12-01", "2026-12-01 08:00"))
    brakes = load_project().brakes
    assert brakes
    assert brakes.pauses["x"].ends == datetime(2026, 12, 1, 8, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("file", "text", "place", "words"),
    [
        ("hold", "reason: Trauer\nsince: 2026-11-22 12:00\n", (1, 1), "The key “name” is missing."),
        ("hold", HELD + "untill: 2026-12-01\n", (4, 1), "The key “untill” is unknown here."),
        ("hold", HELD.replace("12:00", "mittags"), (3, 8), "“2026-11-22 mittags” is not a time."),
        ("hold", HELD.replace("2026-11-22 12:00", "2027-03-28 02:30"), (3, 8), "2027-03-28 02:30 does not exist"),
        ("hold", "", (1, 1), "The file is empty. Fill it, or delete it."),
        ("pause", PAUSED.replace("  x:", "  xx:"), (2, 3), "There is no channel “xx”. Did you mean “x”?"),
        ("pause", PAUSED.replace("2026-12-01", "2026-13-01"), (3, 12), "“2026-13-01” is not a time."),
        ("pause", "channels: {}\n", (1, 11), "“channels” is empty."),
    ],
)
def test_every_mistake_is_named_with_its_place(  # noqa: PLR0917 - four of them are the case
    write_file: WriteFile, load_project: LoadProject, file: str, text: str, place: tuple[int, int], words: str
) -> None:
    write_file(f"config/{file}.yaml", text)
    with pytest.raises(InvalidFiles) as raised:
        load_project()
    [finding] = raised.value.findings
    assert (finding.file, finding.place.line, finding.place.column) == (f"config/{file}.yaml", *place)
    assert str(finding.message).startswith(words)


@given(
    reason=some.text(min_size=1).filter(lambda text: text.strip() and text.isprintable()),
    moment=some.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=some.just(UTC)),  # noqa: DTZ001
)
def test_what_the_command_writes_is_read_as_it_was_meant(reason: str, moment: datetime) -> None:
    written = hold_as_text(Hold(reason, "Kim Muster", moment), BERLIN)
    document = parse(written, "config/hold.yaml")
    fields = check(HOLD, document, {"zone": BERLIN})
    assert fields, (written, [str(finding.message) for finding in document.findings])
    assert fields["reason"] == " ".join(reason.split())
    since = moment_of(fields["since"], BERLIN)
    assert isinstance(since, datetime)
    assert since.astimezone(UTC) == moment.replace(second=0, microsecond=0)


def test_pauses_are_written_and_read_back(tmp_path: Path) -> None:
    ends = end_of("2026-12-01", BERLIN)
    assert isinstance(ends, datetime)
    pauses = {
        "x": Pause("2026-12-01", ends, "Kim Muster", SINCE, "Umzug: neues Konto"),
        "a": Pause("2026-12-01", ends, "K", SINCE),
    }
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "pause.yaml").write_text(pauses_as_text(pauses, BERLIN), encoding="utf-8")
    assert brakes_from(tmp_path, BERLIN, pauses) == (Brakes(None, pauses), [])
    assert pauses_as_text({}, BERLIN) == ""
