"""Somebody's very first draft, with everything wrong that is usual: each finding once, at its line, in German."""

import re
from pathlib import Path

import pytest

from tests.cli.calls import Kanal
from tests.conftest import WriteFile

DRAFT = """\
id: sommerfest
channels: [mastodon]
publish_at: 2027-02-10 09:00
starts_at: 2027-02-09 15:00
link: https://www.landkreis-musterland.example/fest?utm_source=mastodon
text: |
  Unser Winterfest beginnt heute um 15 Uhr im Kreishaus.
  Spenden bitte an DE02 1203 0000 0000 2020 51.
  Mit dabei ist Max Beispiel.
  #stadtverwaltungberlin
media:
  - file: foto.jpg
    credit: Landkreis Musterland
    licence: CC BY 4.0
"""
REGISTERS = """\
extends: default
rules:
  approval/missing: off
registers:
  domains: [landkreis-musterland.example]
  elections: [{name: Kreistagswahl, day: 2027-04-25, from: 2027-01-25, candidates: [Max Beispiel]}]
"""
WANTED = {
    ("privacy/iban", 8),
    ("privacy/tracking", 5),
    ("privacy/picture-metadata", 12),
    ("accessibility/alt-text", 12),
    ("accessibility/hashtag-case", 10),
    ("time/relative-date", 7),
    ("election/candidate", 9),
}


@pytest.fixture(autouse=True)
def _german(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KANAL_LANG", "de")


@pytest.fixture
def draft(office_folder: Path, write_file: WriteFile) -> Path:
    from PIL import Image

    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 36.0)})
    Image.new("RGB", (1200, 900), (9, 99, 9)).save(office_folder / "posts" / "foto.jpg", exif=exif)
    write_file("config/policy.yaml", REGISTERS)
    return write_file("posts/sommerfest.yaml", DRAFT)


def test_a_newcomer_sees_each_finding_once_at_its_line_in_german(kanal: Kanal, draft: Path) -> None:
    answer = kanal("lint", str(draft))
    assert answer.code == 1
    heads = re.findall(r"^posts/sommerfest\.yaml:(\d+):\d+: (\w+): (.+) \[(.+)\]$", answer.out, re.MULTILINE)
    assert sorted((rule, int(line)) for line, _, _, rule in heads) == sorted(WANTED)
    for _, severity, said, rule in heads:
        assert severity in {"Fehler", "Warnung", "Hinweis"}
        assert not re.search(r"\b(the|is|and|of|it)\b", said), f"{rule} speaks English: {said}"
        assert len(said.split()) >= 6, f"{rule} does not say what to do: {said}"


def test_what_can_be_mended_is_mended_and_the_rest_stays(kanal: Kanal, draft: Path) -> None:
    answer = kanal("lint", "--fix", str(draft))
    assert answer.code == 1
    left = {rule for rule, _ in WANTED} - {
        "privacy/tracking",
        "privacy/picture-metadata",
        "accessibility/hashtag-case",
    }
    assert set(re.findall(r" \[(\w+/[\w-]+)\]$", answer.out, re.MULTILINE)) == left
    text = draft.read_text(encoding="utf-8")
    assert "example/fest\n" in text
    assert "#StadtverwaltungBerlin\n" in text


def test_a_clean_draft_is_silent(kanal: Kanal, draft: Path, write_file: WriteFile) -> None:
    path = write_file(
        "posts/sauber.yaml",
        "id: sauber\nchannels: [mastodon]\npublish_at: 2027-02-09 09:00\n"
        "link: https://www.landkreis-musterland.example/fest\n"
        "text: Unser Winterfest beginnt heute, am 9. Februar, um 15 Uhr im Kreishaus. Der Eintritt ist frei.\n",
    )
    answer = kanal("lint", str(path))
    assert (answer.code, answer.out) == (0, "1 Datei geprüft, nichts zu beanstanden.\n")
    assert draft.exists()
