"""`kanal rules`: the table, one manual page, and what an office switched off."""

import pytest

from kanal.rules import discover
from tests.cli.calls import Kanal
from tests.conftest import WriteFile


def test_the_table_lists_every_rule_with_its_severity(kanal: Kanal) -> None:
    answer = kanal("rules")
    assert answer.code == 0
    for rule in discover():
        assert rule.id in answer.out
    assert kanal.json("rules").json["summary"] == {"rules": len(discover())}


def test_a_family_is_listed_alone(kanal: Kanal) -> None:
    listed = kanal.json("rules", "references").json["rules"]
    assert [rule["rule"] for rule in listed] == [rule.id for rule in discover() if rule.family == "references"]


def test_a_manual_page_says_why_where_it_stands_and_how_to_do_it_right(kanal: Kanal) -> None:
    answer = kanal("rules", "privacy/iban")
    assert answer.out.startswith("privacy/iban (error)")
    for part in ("Source: ", "Right:", "Wrong:", "    channels:"):
        assert part in answer.out


def test_a_manual_page_can_be_read_in_german(kanal: Kanal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KANAL_LANG", "de")
    answer = kanal("rules", "privacy/iban")
    assert answer.out.startswith("privacy/iban (Fehler)")
    assert "Quelle: " in answer.out
    assert "Richtig:" in answer.out


def test_active_shows_who_said_what_and_which_family_is_off_as_a_whole(kanal: Kanal, write_file: WriteFile) -> None:
    off = "".join(f"  {rule.id}: off\n" for rule in discover() if rule.family == "references")
    write_file("config/policy.yaml", f"extends: plain.yaml\nrules:\n{off}  netiquette/shouting: error\n")
    answer = kanal("rules", "--active")
    assert "The whole family “references” is switched off." in answer.out
    assert "The whole family “netiquette”" not in answer.out
    [line] = [line for line in answer.out.splitlines() if line.startswith("netiquette/shouting ")]
    assert line.split()[1:3] == ["error", "config/policy.yaml"]
    [line] = [line for line in answer.out.splitlines() if line.startswith("approval/missing ")]
    assert line.split()[1:3] == ["off", "config/plain.yaml"]


def test_a_misspelt_rule_is_answered_with_the_nearest(kanal: Kanal) -> None:
    answer = kanal("rules", "privacy/iba")
    assert answer.code == 2
    assert "Did you mean “privacy/iban”?" in answer.err
