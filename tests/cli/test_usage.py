"""Mistakes on the command line and in the configuration: exit 2, one clear sentence, the way out, no traceback."""

import re
from pathlib import Path

import pytest

from kanal import __version__
from kanal.cli.main import COMMANDS, run
from tests.cli.calls import Kanal, process
from tests.conftest import WriteFile

WRONG_CALLS = {
    "an unknown command": (("pubish",), "There is no command “pubish”."),
    "an unknown command of a group": (("ledger", "chek"), "There is no command “chek”. Did you mean “check”?"),
    "a value left out": (("publish", "--channel"), "“--channel” needs a value behind it."),
    "a switch with a value": (("publish", "--due=ja"), "“--due” takes no value."),
    "an argument too many": (("channels", "mastodon"), "“mastodon” is too much; nothing more is expected here."),
    "an unknown option": (("lint", "--formt", "json"), "There is no option “--formt”. Did you mean “--format”?"),
    "an unknown format": (("lint", "--format", "xml"), "--format: “xml” does not exist here."),
    "a number in words": (("publish", "--wait", "lange"), "--wait: “lange” is not a number."),
    "a negative number": (("publish", "--wait", "-1"), "--wait: -1 is too small; the least is 0."),
    "an argument left out": (("resolve",), "“DRAFT” is missing."),
    "an unknown draft": (("publish", "baustele"), "There is no draft “baustele”."),
    "an unknown draft to plan": (("plan", "baustele"), "Did you mean “baustelle”?"),
    "an unknown draft for status": (("status", "baustele"), "Did you mean “baustelle”?"),
    "an unknown channel": (("publish", "--channel", "mastodn"), "Did you mean “mastodon”?"),
    "an unknown channel for plan": (("plan", "-c", "facebok"), "Did you mean “facebook”?"),
    "an unknown channel for log": (("log", "-c", "instgram"), "Did you mean “instagram”?"),
    "an unknown file": (("lint", "posts/fehlt.yaml"), "There is no file “posts/fehlt.yaml”."),
    "an unknown schema": (("schema", "drft"), "Did you mean “draft”?"),
    "an unknown practice network": (("sandbox", "--fault", "twitter:down"), "There is no practice network “twitter”."),
    "an unknown fault": (("sandbox", "--fault", "x:dwn"), "Did you mean “down”?"),
    "a network that cannot play a fault": (
        ("sandbox", "--fault", "x:expiring-token"),
        "Others can: facebook, instagram.",
    ),
    "a fault without a number": (("sandbox", "--fault", "x:latency:viel"), "“viel” is not a number of seconds."),
    "a ledger without a name": (("ledger", "init"), "“--name” is missing."),
}


@pytest.mark.parametrize("name", WRONG_CALLS)
def test_a_wrong_call_is_answered_in_a_sentence(kanal: Kanal, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(kanal.root)
    arguments, message = WRONG_CALLS[name]
    answer = kanal(*arguments)
    assert answer.code == 2
    assert answer.out == ""
    first, *advice = answer.err.splitlines()
    assert first.startswith("Error: ")
    assert message in answer.err
    assert len(advice) <= 1
    assert all(line.startswith("  → ") for line in advice)


def test_no_traceback_reaches_the_reader(office_folder: Path) -> None:
    answer = process(office_folder, "publish", "--tomorrow")
    assert answer.code == 2
    assert answer.err == "Error: There is no option “--tomorrow”.\n  → See: kanal publish --help\n"


def test_outside_an_office_the_way_in_is_shown(tmp_path: Path) -> None:
    answer = process(tmp_path, "lint")
    assert answer.code == 2
    assert answer.out == ""
    assert f"Error: Neither {tmp_path.resolve()} nor a folder above it holds config/kanal.yaml.\n" in answer.err
    assert "name it with --project. To begin one: kanal init. To try kanal out: kanal demo." in answer.err


def test_the_folder_is_found_from_below(kanal: Kanal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(kanal.root / "posts" / "verkehr")
    assert run(["lint"]) == 0


WRONG_CONFIGURATION = {
    "a misspelt key": (
        "kanal.yaml",
        "office: LK\ntimezon: Europe/Berlin\n",
        "config/kanal.yaml:2:1: error: The key “timezon” is unknown here. Did you mean “timezone”?",
    ),
    "a time zone that does not exist": (
        "kanal.yaml",
        "office: LK\ntimezone: Europe/Berlni\n",
        "config/kanal.yaml:2:11: error: There is no time zone “Europe/Berlni”. Did you mean “Europe/Berlin”?",
    ),
    "a platform that does not exist": (
        "channels.yaml",
        "channels:\n  x:\n    platform: twitter\n    account: lk\n",
        "config/channels.yaml:3:15: error: There is no platform “twitter”.",
    ),
    "a number for an account": (
        "channels.yaml",
        "channels:\n  facebook:\n    platform: facebook\n    account: 4711\n",
        "config/channels.yaml:4:14: error: “account” must be text. Put the value in quotation marks.",
    ),
    "yes for true": (
        "channels.yaml",
        "channels:\n  x:\n    platform: x\n    account: lk\n    live: yes\n",
        "config/channels.yaml:5:11: error: “live” must be true or false.",
    ),
    "a day that does not exist": (
        "channels.yaml",
        "channels:\n  x:\n    platform: x\n    account: lk\n    start: 2026-06-31\n",
        "config/channels.yaml:5:12: error: “2026-06-31” is not a day.",
    ),
    "a rule that does not exist": (
        "policy.yaml",
        "rules:\n  platform/text-lenght: error\n",
        "config/policy.yaml:2:3: error: There is no rule “platform/text-lenght”. Did you mean “platform/text-length”?",
    ),
    "no YAML at all": ("kanal.yaml", "office: [LK\n", "config/kanal.yaml:1:9: error: A list that begins with “[”"),
}


@pytest.mark.parametrize("name", WRONG_CONFIGURATION)
@pytest.mark.parametrize("command", ["lint", "publish"])
def test_a_mistake_in_the_configuration_is_exit_2(kanal: Kanal, write_file: WriteFile, name: str, command: str) -> None:
    file, text, message = WRONG_CONFIGURATION[name]
    write_file(f"config/{file}", text)
    answer = kanal(command, "--format", "json")
    assert answer.code == 2
    assert message in answer.err
    assert answer.out == ""


def test_mistakes_of_all_configuration_files_come_in_one_go(kanal: Kanal, write_file: WriteFile) -> None:
    write_file("config/kanal.yaml", "offices: LK\n")
    write_file("config/channels.yaml", "channels: []\n")
    answer = kanal("plan")
    assert answer.code == 2
    assert "config/kanal.yaml:1:1: error: The key “offices” is unknown here." in answer.err
    assert "config/channels.yaml:1:11: error:" in answer.err


def test_a_missing_configuration_file_is_named(kanal: Kanal) -> None:
    (kanal.root / "config" / "channels.yaml").unlink()
    answer = kanal("lint")
    assert answer.code == 2
    assert "config/channels.yaml:1:1: error: The file cannot be read:" in answer.err


def test_the_version_is_one_line(office_folder: Path, kanal: Kanal) -> None:
    assert process(office_folder, "--version").out == f"kanal {__version__}\n"
    assert kanal("--version").out == f"kanal {__version__}\n"


def test_outside_an_office_kanal_alone_shows_its_commands_and_the_way_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run([]) == 0
    answer = capsys.readouterr()
    assert "Usage: kanal [OPTIONS] COMMAND [ARGS]..." in answer.out
    assert "kanal init" in answer.err


def test_the_list_of_commands_is_not_cut_off(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    assert "..." not in capsys.readouterr().out.partition("Commands:")[2]


def test_help_is_german_where_the_office_is_from_the_first_word_to_the_last(
    kanal: Kanal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KANAL_LANG", "de")
    for arguments in (["--help"], ["publish", "--help"], ["resolve", "--help"], ["ledger"]):
        said = kanal(*arguments).out
        assert "kanal" in said
        for english in ("Usage", "Options", "Arguments", "Commands", "Show this", "[default", "[required", "COMMAND"):
            assert english not in said


def test_the_commands_stand_in_the_order_of_work_and_values_have_stand_ins(
    kanal: Kanal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KANAL_LANG", "de")
    said = kanal("--help").out.partition("Befehle:")[2]
    shown = re.findall(r"^  ([a-z]+)  ", said, re.MULTILINE)
    assert shown == list(COMMANDS)
    for name in COMMANDS:
        page = kanal(name, "--help").out
        assert re.search(r"<(str|path|int)|[{}]|x>=", page) is None, page
        assert all(len(line) <= 80 for line in page.splitlines())
    assert "kanal publish [OPTIONEN] [ENTWURF...]" in kanal("publish", "--help").out
    assert "kanal import feed [OPTIONEN] ADRESSE|DATEI" in kanal("import", "feed", "--help").out
    assert "Für welche Shell: bash, zsh, fish, powershell." in kanal("completion", "--help").out


def test_mistakes_in_the_configuration_are_told_in_the_offices_language(
    office_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("KANAL_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    file = office_folder / "config" / "kanal.yaml"
    file.write_text("office: Landkreis\nlanguage: de\ntimezon: Europe/Berlin\n", encoding="utf-8")
    assert run(["--project", str(office_folder), "lint"]) == 2
    assert "Der Schlüssel „timezon“ ist hier unbekannt. Meinten Sie „timezone“?" in capsys.readouterr().err


def test_help_speaks_the_offices_language_though_its_configuration_has_mistakes(
    office_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("KANAL_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    (office_folder / "config" / "channels.yaml").write_text("channels: 5\n", encoding="utf-8")
    monkeypatch.chdir(office_folder)
    assert run(["publish", "--help"]) == 0
    assert "Diese Hilfe zeigen." in capsys.readouterr().out
    assert run(["publish", "--wiat", "5"]) == 2
    assert "Die Option „--wiat“ gibt es nicht." in capsys.readouterr().err
