"""`kanal new` without a terminal: a draft from options, where it goes, and what is refused."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kanal.cli.editor import editor_command
from kanal.drafts import read_draft
from kanal.model import Draft
from tests.cli.calls import Kanal
from tests.conftest import LoadProject, WriteFile

LINK = "https://landkreis-musterland.example/fest"
FEST = ("event", "--title", "Frühlingsfest & Markt", "--set", "day=6.5.2027", "--set", "begins=14 Uhr")
WHERE = ("--set", "place=Musterbach", "--set", f"link={LINK}")


@pytest.fixture(autouse=True)
def _in_spring(kanal: Kanal) -> None:
    kanal.clock = lambda: datetime(2027, 4, 1, 9, tzinfo=UTC)


def draft_in(kanal: Kanal, file: str, load_project: LoadProject) -> Draft:
    draft, findings = read_draft(kanal.root / "posts" / file, f"posts/{file}", load_project().setting)
    assert draft, findings
    return draft


def test_a_draft_is_named_by_day_and_title_and_checked(kanal: Kanal, load_project: LoadProject) -> None:
    made = kanal("new", *FEST, *WHERE)
    assert made.code == 0, made
    assert "Written: posts/2027-04-01-fruehlingsfest-und-markt.yaml\n" in made.err
    assert made.out == "1 file checked, nothing to complain about.\n"
    draft = draft_in(kanal, "2027-04-01-fruehlingsfest-und-markt.yaml", load_project)
    assert draft.id == "fruehlingsfest-und-markt"
    assert draft.starts_at
    assert f"{draft.starts_at:%d.%m.%Y %H:%M}" == "06.05.2027 14:00"
    assert "Wann? Donnerstag, 6. Mai 2027, 14 Uhr\nWo? Musterbach\n" in draft.text
    assert draft.language == "de"


def test_the_day_of_publication_goes_before_today(kanal: Kanal, load_project: LoadProject) -> None:
    assert kanal("new", *FEST, *WHERE, "--at", "20.4.2027 8 Uhr").code == 0
    draft = draft_in(kanal, "2027-04-20-fruehlingsfest-und-markt.yaml", load_project)
    assert f"{draft.publish_at}" == "2027-04-20 08:00:00+02:00"


def test_nothing_is_overwritten(kanal: Kanal) -> None:
    for _ in range(3):
        assert kanal("new", *FEST, *WHERE).code == 0
    files = sorted((kanal.root / "posts").glob("2027*"))
    names = [f"fruehlingsfest-und-markt{end}" for end in ("", "-2", "-3")]
    assert sorted(file.stem[11:] for file in files) == names
    ids = {line for file in files for line in file.read_text(encoding="utf-8").splitlines() if line.startswith("id:")}
    assert ids == {f"id: {name}" for name in names}


def test_editors_find_the_schema_from_the_first_line(kanal: Kanal, write_file: WriteFile) -> None:
    write_file(
        "config/templates/fest.yaml", "# fest\n" + MINIMAL.replace("questions:", "folder: verkehr/feste\nquestions:", 1)
    )
    assert kanal("new", "fest", "--title", "Märchenstunde", "--channels", "mastodon").code == 0
    [file] = (kanal.root / "posts" / "verkehr" / "feste").iterdir()
    first = file.read_text(encoding="utf-8").splitlines()[0]
    start, _, path = first.partition("=")
    assert start == "# yaml-language-server: $schema"
    schema = (file.parent / path).resolve()
    assert schema == kanal.root / "config" / "schema" / "draft.json"
    found = json.loads(schema.read_text(encoding="utf-8"))
    assert found.pop("$schema") == "http://json-schema.org/draft-07/schema#"
    shown = kanal("schema", "draft").json
    assert {**shown, "$schema": ""} == {**found, "$schema": ""}


def test_a_schema_of_another_version_is_brought_up_to_date_and_then_left_alone(
    kanal: Kanal, write_file: WriteFile
) -> None:
    schema = write_file("config/schema/draft.json", "{}\n")
    assert "Written: config/schema/draft.json\n" in kanal("new", *FEST, *WHERE).err
    assert len(schema.read_text(encoding="utf-8")) > 1000
    assert "schema" not in kanal("new", *FEST, *WHERE).err


def test_a_dry_run_shows_the_draft_and_writes_nothing(kanal: Kanal) -> None:
    before = sorted(kanal.root.rglob("*"))
    shown = kanal("new", *FEST, *WHERE, "--dry-run")
    assert shown.code == 0
    assert shown.out.startswith("posts/2027-04-01-fruehlingsfest-und-markt.yaml\n# yaml-language-server: ")
    assert [path for path in sorted(kanal.root.rglob("*")) if ".kanal" not in path.parts] == before


def test_a_channel_that_wants_a_picture_is_left_out_unless_somebody_chose_it(
    kanal: Kanal, load_project: LoadProject
) -> None:
    usual = kanal("new", *FEST, *WHERE)
    assert "“instagram” is left out: it takes no post without a picture.\n" in usual.err
    draft = draft_in(kanal, "2027-04-01-fruehlingsfest-und-markt.yaml", load_project)
    assert draft.channels == ("mastodon", "x", "facebook", "jugendamt-mastodon")
    chosen = kanal("new", *FEST, *WHERE, "--channels", "instagram, mastodon")
    assert chosen.code == 1
    assert "[platform/media-count]" in chosen.out
    assert draft_in(kanal, "2027-04-01-fruehlingsfest-und-markt-2.yaml", load_project).channels == (
        "instagram",
        "mastodon",
    )


def test_what_lint_finds_decides_the_exit_code(kanal: Kanal) -> None:
    found = kanal("new", *FEST, *WHERE, "--set", "details=IBAN DE02 1203 0000 0000 2020 51")
    assert (found.code, "[privacy/iban]" in found.out) == (1, True)
    assert list((kanal.root / "posts").glob("2027*"))


def test_missing_answers_are_named_by_the_options_that_give_them(kanal: Kanal) -> None:
    missing = kanal("new", "event", "--title", "Fest", "--set", "day=6.5.2027")
    assert missing.code == 2
    assert "--set begins=… --set place=… --set link=…" in missing.err
    assert not list((kanal.root / "posts").glob("2027*"))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("evnt",), "There is no type “evnt”. Did you mean “event”?"),
        (("../kanal",), "There is no type “../kanal”."),
        ((), "Say which type of draft."),
        (("event", "--set", "plaze=Musterbach"), "Did you mean “place”?"),
        (("event", "--set", "place"), "--set takes a name and an answer"),
        (("event", "--title", "a", "--set", "title=b"), "“title” is answered twice."),
        (("event", "--set", "day=6.5.27"), "--set day: This is not a day."),
        (("event", "--set", "day=30.2.2027"), "There is no such day in the calendar."),
        (("event", "--at", "28.3.2027 2:30"), "the clocks go forward"),
        (("event", "--set", "place=a\nb"), "This must be one line."),
        (("event", "--set", "place=a\x07b"), "U+0007"),
        (("event", "--set", "link=fest"), "A link is a whole web address"),
        (("event", "--set", "picture=media/nirgends.jpg"), "There is no such file in the folder posts."),
        (("event", "--set", "picture=../config/kanal.yaml"), "Pictures lie in the folder of the drafts"),
        (("road-closure", "--set", "closure=offen"), "This is none of the choices."),
        (("event", "--channels", "mastodn"), "Did you mean “mastodon”?"),
        (("event", "--channels", ","), "--channels names none."),
        (("event", "--language", "fr"), "There are no templates in the language “fr”."),
        (("event", "--list", "--copy-template"), "three different things"),
        (("event", "--format", "json"), "--format belongs to --list."),
        (("--copy-template",), "Say which template to copy."),
        (("evnt", "--copy-template"), "kanal brings no template “evnt”. Did you mean “event”?"),
        ((*FEST, *WHERE, "--set", "alt=Ein Fest"), "“alt” goes with “picture”, which has no answer."),
        ((*FEST, *WHERE, "--set", "ends=13 Uhr"), "It ends (2027-05-06 13:00) before it begins (2027-05-06 14:00)."),
        ((*FEST, *WHERE, "--set", "ends=15 Uhr", "--at", "7.5.2027 8:00"), "It is over (2027-05-06 15:00)"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_written(
    kanal: Kanal, arguments: tuple[str, ...], words: str
) -> None:
    before = sorted((kanal.root / "posts").rglob("*"))
    refused = kanal("new", *arguments)
    assert (refused.code, refused.out) == (2, "")
    assert words in refused.err, refused.err
    assert sorted((kanal.root / "posts").rglob("*")) == before


def test_types_and_questions_are_listed_for_people_and_programs(kanal: Kanal) -> None:
    types = kanal("new", "--list")
    assert "tree-felling" in types.out
    assert types.err == ""
    listed = kanal("new", "road-closure", "--list", "--format", "json").json["templates"]
    [closure] = (one for one in listed[0]["questions"] if one["name"] == "closure")
    assert closure["kind"] == "choice"
    assert "voll gesperrt" in closure["choices"]
    assert kanal("new", "road-closure", "--list", "--language", "en").out.startswith("a road closure\n")


MINIMAL = """\
about: ein Fest
title: "{title}"
questions:
  - name: title
    ask: Was wird gefeiert?
draft:
  type: event
  source: https://landkreis-musterland.example/feste
  text: |
    Wir feiern: {title}
"""


def test_a_template_of_the_office_adds_a_type_or_replaces_one(kanal: Kanal, write_file: WriteFile) -> None:
    write_file("config/templates/fest.yaml", MINIMAL)
    write_file("config/templates/event.yaml", MINIMAL.replace("Wir feiern", "Kommen Sie"))
    listed = kanal("new", "--list").out
    assert "ein Fest (the office's own)" in listed
    assert "    Wir feiern: Ostern\n" not in kanal("new", "event", "--title", "Ostern", "--dry-run").out
    assert "  Kommen Sie: Ostern\n" in kanal("new", "event", "--title", "Ostern", "--dry-run").out
    assert "  Wir feiern: Ostern\n" in kanal("new", "fest", "--title", "Ostern", "--dry-run").out
    assert kanal("new", "event", "--language", "en", "--list").out.startswith("an event\n")


def test_a_shared_question_of_the_office_replaces_that_one_alone(kanal: Kanal, write_file: WriteFile) -> None:
    own = "questions:\n  - {name: hashtag, ask: Welche Gemeinde?, kind: choice, choices: [Musterbach, Probendorf]}\n"
    write_file("config/templates/questions.yaml", own)
    assert "Welche Gemeinde?" in kanal("new", "event", "--list").out
    assert "This is none of the choices." in kanal("new", *FEST, *WHERE, "--set", "hashtag=Ulm").err


def test_what_a_template_offers_must_be_an_answer(kanal: Kanal, write_file: WriteFile) -> None:
    write_file(
        "config/templates/fest.yaml", MINIMAL.replace("    ask:", "    kind: hour\n    default: mittags\n    ask:")
    )
    refused = kanal("new", "fest")
    assert (refused.code, "for “title” is no answer: This is not a time of day." in refused.err) == (2, True)


def test_the_channel_of_the_offices_head_is_for_those_who_name_it(kanal: Kanal, write_file: WriteFile) -> None:
    channels = (kanal.root / "config" / "channels.yaml").read_text(encoding="utf-8")
    own = "  landraetin: {platform: x, account: em, status: active, owner: office-holder}\n"
    write_file("config/channels.yaml", f"{channels}{own}")
    assert "landraetin" not in kanal("new", *FEST, *WHERE, "--dry-run").out
    assert "channels: [landraetin]" in kanal("new", *FEST, *WHERE, "--channels", "landraetin", "--dry-run").out


@pytest.mark.parametrize("name", ["event", "questions"])
def test_a_copy_of_a_template_says_the_same_and_is_never_written_twice(kanal: Kanal, name: str) -> None:
    before = kanal("new", "event", "--list").out
    copied = kanal("new", name, "--copy-template")
    assert (copied.code, f"Written: config/templates/{name}.yaml\n" in copied.err) == (0, True)
    text = (kanal.root / "config" / "templates" / f"{name}.yaml").read_text(encoding="utf-8")
    first = text.splitlines()[0]
    assert (kanal.root / "config" / "templates" / first.partition("=")[2]).is_file()
    assert kanal("new", "event", "--list").out == before
    again = kanal("new", name, "--copy-template")
    assert (again.code, "is there already" in again.err) == (2, True)


def test_a_copy_in_another_language_lies_in_a_folder_of_its_own(kanal: Kanal) -> None:
    assert kanal("new", "event", "--copy-template", "--language", "en").code == 0
    assert (kanal.root / "config" / "templates" / "en" / "event.yaml").is_file()
    assert kanal("new", "event", "--list").out.startswith("eine Veranstaltung\n")


@pytest.mark.parametrize(
    ("change", "place", "words"),
    [
        (("title}\n", "titel}\n"), "10:17", "There is no question “titel”. Did you mean “title”?"),
        (("{title}\n", "{title:long}\n"), "10:17", "“title” has no form “long”."),
        (("{title}\n", "{Title}\n"), "10:17", "A place is named with"),
        (("feiern: {title}\n", "feiern: [[{title}\n"), "10:17", "come in pairs"),
        (("about:", "abuot:"), "1:1", "The key “abuot” is unknown here."),
        (("type: event", "type: evnt"), "7:9", "“type” must be one of"),
        (("  text: |", "  txet: |"), "9:3", "The key “txet” is unknown here."),
        (("name: title", "name: Title"), "4:11", "A question is named with"),
        (("name: title", "name: id"), "4:11", "means something else in lists"),
        (("    ask:", "    kind: datum\n    ask:"), "5:11", "“kind” must be one of"),
        (("    ask:", "    kind: choice\n    ask:"), "4:5", "“choices” belong to the kind “choice”"),
        (("    ask:", "    only_with: place\n    ask:"), "5:16", "No earlier question is named “place”."),
        (("    ask:", '    default: "{place}"\n    ask:'), "5:15", "There is no question “place”."),
        (
            ("draft:\n", "  - linc\ndraft:\n"),
            "6:5",
            "There is no question “linc” in questions.yaml. Did you mean “link”?",
        ),
        (("draft:\n", "  - link\ndraft:\n"), "6:5", "“link” is asked, but its answer stands nowhere."),
        (("draft:\n", "  - {name: title, ask: Noch einmal?}\ndraft:\n"), "6:12", "“title” is asked twice"),
        (("  type: event\n", "  id: fest\n  type: event\n"), "7:3", "The key “id” is unknown here."),
    ],
)
def test_a_mistake_in_a_template_is_named_with_its_place(
    kanal: Kanal, write_file: WriteFile, change: tuple[str, str], place: str, words: str
) -> None:
    text = MINIMAL.replace(*change)
    assert text != MINIMAL
    write_file("config/templates/fest.yaml", text)
    refused = kanal("new", "fest", "--title", "Ostern")
    assert refused.code == 2
    assert f"config/templates/fest.yaml:{place}: error: " in refused.err, refused.err
    assert words in refused.err


@pytest.mark.parametrize(
    ("environ", "system", "command"),
    [
        ({"VISUAL": "code --wait", "EDITOR": "vi"}, "posix", ["code", "--wait"]),
        ({"VISUAL": " ", "EDITOR": "'my editor' -n"}, "posix", ["my editor", "-n"]),
        ({"EDITOR": "it's"}, "posix", ["it's"]),
        ({}, "posix", []),
        ({}, "nt", ["notepad"]),
        (
            {"EDITOR": r'"C:\Program Files\Notepad++\notepad++.exe" -multiInst'},
            "nt",
            [r"C:\Program Files\Notepad++\notepad++.exe", "-multiInst"],
        ),
    ],
)
def test_the_editor_is_the_persons_own(environ: dict[str, str], system: str, command: list[str]) -> None:
    assert editor_command(environ, system) == command


def test_a_draft_that_cannot_be_written_leaves_no_half_file(kanal: Kanal, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    failed = kanal("new", *FEST, *WHERE)
    assert failed.code == 2
    assert "No space left on device" in failed.err
    assert not list((kanal.root / "posts").glob("2027*"))


def test_a_name_in_the_folder_may_have_umlauts(kanal: Kanal, write_file: WriteFile) -> None:
    Path(kanal.root / "posts" / "good.jpg").rename(kanal.root / "posts" / "Bürgerfest Süd.jpg")
    picture = ("--set", "picture=Bürgerfest Süd.jpg", "--set", "alt=Menschen auf einem Platz", "--set", "licence=CC0")
    write_file("posts/verkehr/linden.yaml", "id: linden\nchannels: [mastodon]\ntext: Linden\n")
    made = kanal("new", *FEST, *WHERE, *picture)
    assert made.code == 0, made
    assert "instagram" in (kanal.root / "posts" / "2027-04-01-fruehlingsfest-und-markt.yaml").read_text(
        encoding="utf-8"
    )
