"""Which language kanal speaks, that it speaks it everywhere, and that no German sentence is missing."""

import importlib.util
import string
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from kanal import language
from kanal.cli.main import run
from kanal.language import Speech, choose
from kanal.message import msg, msgn

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    ("environ", "configured", "language"),
    [
        ({}, None, "en"),
        ({}, "de", "de"),
        ({"LANG": "en_GB.UTF-8"}, "de", "de"),
        ({"KANAL_LANG": "en", "LANG": "de_DE.UTF-8"}, "de", "en"),
        ({"KANAL_LANG": "de"}, "en", "de"),
        ({"LANG": "de_DE.UTF-8"}, None, "de"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "en_US.UTF-8"}, None, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "de_AT.UTF-8"}, None, "de"),
        ({"LANG": "C"}, None, "en"),
        ({"LANG": "fr_FR.UTF-8"}, None, "en"),
        ({"LC_ALL": "", "LANG": "de"}, None, "de"),
    ],
)
def test_the_reader_decides_then_the_office_then_the_locale(
    environ: dict[str, str], configured: str | None, language: str
) -> None:
    assert choose(environ, configured) == language


def test_times_are_shown_in_the_offices_zone() -> None:
    moment = datetime(2026, 7, 1, 6, 30, tzinfo=UTC)
    say = Speech("en", ZoneInfo("Europe/Berlin"))
    assert say(msg("Not before {time}.", time=moment)) == "Not before 2026-07-01 08:30."


def test_messages_inside_messages_and_plurals_are_shown_in_kind() -> None:
    say = Speech("en")
    files = [msgn("{count} file", "{count} files", count) for count in (1, 2)]
    assert [say(msg("{files} checked.", files=file)) for file in files] == ["1 file checked.", "2 files checked."]


def test_braces_in_values_stay_as_they_are() -> None:
    assert Speech("en")(msg("There is no draft “{name}”.", name="{x} {name}")) == "There is no draft “{x} {name}”."


def test_plain_text_without_words_stays_empty() -> None:
    """gettext answers the empty string with the header of its catalogue."""
    assert Speech("de").plain("") == ""


def test_a_catalogue_speaks_the_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo

    catalogue = Catalog(locale="de")
    catalogue.add("{files} checked.", "{files} geprüft.")
    catalogue.add(("{count} file", "{count} files"), ("{count} Datei", "{count} Dateien"))
    (tmp_path / "de" / "LC_MESSAGES").mkdir(parents=True)
    with (tmp_path / "de" / "LC_MESSAGES" / "kanal.mo").open("wb") as file:
        write_mo(file, catalogue)
    monkeypatch.setattr(language, "LOCALE", tmp_path)
    say = Speech("de")
    assert [say(msg("{files} checked.", files=msgn("{count} file", "{count} files", n))) for n in (1, 2)] == [
        "1 Datei geprüft.",
        "2 Dateien geprüft.",
    ]
    assert say.plain("{files} checked.") == "{files} geprüft."
    assert say.plain("not in there") == "not in there"


@pytest.fixture
def no_language(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("KANAL_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("no_language")
def test_an_office_that_is_configured_in_german_is_answered_in_german(
    office_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--project", str(office_folder), "publish", "gibt-es-nicht"]) == 2
    assert capsys.readouterr().err.startswith("Fehler: ")


@pytest.mark.usefixtures("no_language")
def test_outside_an_office_the_locale_decides(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    assert run(["--project", str(tmp_path), "lint"]) == 2
    assert capsys.readouterr().err.startswith("Error: ")
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    assert run(["--project", str(tmp_path), "lint"]) == 2
    assert capsys.readouterr().err.startswith("Fehler: ")


@pytest.mark.usefixtures("no_language")
def test_one_call_can_be_english_in_a_german_office(
    office_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KANAL_LANG", "en")
    assert run(["--project", str(office_folder), "lint"]) == 0
    assert capsys.readouterr().out == "2 files checked, nothing to complain about.\n"


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    """docs/generate.py, which is no part of the package."""
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "docs"))  # as for a script that is called
        spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def catalogue() -> Any:
    """The German catalogue as it is in the source, by English text."""
    from babel.messages.pofile import read_po

    file = ROOT / "src" / "kanal" / "locale" / "de" / "LC_MESSAGES" / "kanal.po"
    with file.open("rb") as stream:
        return read_po(stream, locale="de")


def _both(text: str | tuple[str, ...] | None) -> tuple[str, ...]:
    """Singular and plural, or the one sentence there is."""
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def _pairs(catalogue: Any) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    for message in catalogue:
        if message.id:
            yield _both(message.id), _both(message.string)


def test_every_sentence_of_the_source_is_extracted(generate: ModuleType) -> None:
    found = {text for english, _ in _pairs(generate.extracted()) for text in english}
    assert len(found) > 250
    assert {"There is nothing to do.", "{count} files", "Hold drafts against the rules."} <= found


def test_every_sentence_has_a_german_twin(generate: ModuleType, catalogue: Any) -> None:
    german = dict(_pairs(catalogue))
    missing = [english[0] for english, _ in _pairs(generate.extracted()) if not all(german.get(english, [""]))]
    assert missing == []


def test_the_german_sentences_have_the_same_places(catalogue: Any) -> None:
    differing = [
        english[0]
        for english, twins in _pairs(catalogue)
        if all(twins) and [_places(twin) for twin in twins] != [_places(sentence) for sentence in english]
    ]
    assert differing == []


def test_the_compiled_catalogue_is_up_to_date(generate: ModuleType) -> None:
    readable, compiled, _ = generate.german()
    assert (generate.LOCALE / "kanal.po").read_bytes() == readable
    assert (generate.LOCALE / "kanal.mo").read_bytes() == compiled


def test_dates_times_and_numbers_are_written_as_in_the_language() -> None:
    moment = datetime(2026, 11, 2, 7, 30, tzinfo=UTC)
    message = msg("{at}, {day}, {number}", at=moment, day=moment.date(), number=1.5)
    assert Speech("de", ZoneInfo("Europe/Berlin"))(message) == "02.11.2026 08:30, 02.11.2026, 1,5"
    assert Speech("en", ZoneInfo("Europe/Berlin"))(message) == "2026-11-02 08:30, 2026-11-02, 1.5"


def test_a_large_count_has_signs_between_its_thousands() -> None:
    assert Speech("de")(msgn("{count} draft", "{count} drafts", 12_500)).startswith("12.500 ")
    assert Speech("en")(msgn("{count} draft", "{count} drafts", 12_500)) == "12,500 drafts"
    assert Speech("en")(msgn("{count} draft", "{count} drafts", 9_999)) == "9999 drafts"
