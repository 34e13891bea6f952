"""Every bad input that a person can write into a draft: its sentence, its place, exit 1."""

import codecs
from pathlib import Path

import pytest

from tests.cli.calls import Kanal, process
from tests.conftest import WriteFile

GOOD = "id: neu\nchannels: [mastodon]\ntext: Der Wertstoffhof ist am Montag geschlossen.\n"
DEEP = "".join("  " * level + f"e{level}:\n" for level in range(100))

MISTAKES = {
    "a misspelt key": (
        "id: neu\nchanels: [mastodon]\nchannels: [x]\ntext: Hallo\n",
        "2:1: error: The key “chanels” is unknown here. Did you mean “channels”? [format/unknown-key]",
    ),
    "a misspelt key of a picture": (
        GOOD + "media:\n  - {file: good.jpg, alt: Linden, credit: LK, license: CC0}\n",
        "5:47: error: The key “license” is unknown here. Did you mean “licence”? [format/unknown-key]",
    ),
    "a repeated key": (
        GOOD + "text: Noch ein Text\n",
        "4:1: error: The key “text” stands here a second time; the first is in line 3. Keep one.",
    ),
    "a number for an id": (
        "id: 4711\nchannels: [mastodon]\ntext: Hallo\n",
        "1:5: error: “id” must be text. Put the value in quotation marks. [format/type]",
    ),
    "a word for a list": (
        "id: neu\nchannels: mastodon\ntext: Hallo\n",
        "2:11: error: “channels” must be a list: one entry per line, each with “- ” in front, or [a, b].",
    ),
    "an empty list of channels": ("id: neu\nchannels: []\ntext: Hallo\n", "2:11: error: “channels” is empty."),
    "a text left out": ("id: neu\nchannels: [x]\ntext:\n", "3:6: error: “text” is empty."),
    "true for a text": ("id: neu\nchannels: [x]\ntext: true\n", "3:7: error: “text” must be text."),
    "a missing id": ("channels: [x]\ntext: Hallo\n", "1:1: error: The key “id” is missing. [format/missing-key]"),
    "an id with a blank": (
        "id: neue straße\nchannels: [x]\ntext: Hallo\n",
        "1:5: error: An id consists of a-z, 0-9 and hyphens",
    ),
    "an unknown type": ("id: neu\nchannels: [x]\ntext: Hallo\ntype: krise\n", "4:7: error: “type” must be one of:"),
    "a tab as indentation": (
        "id: neu\nchannels:\n\t- mastodon\ntext: Hallo\n",
        "3:1: error: The line is indented with a tab. Use blanks.",
    ),
    "an alias": (
        "id: neu\nchannels: [x]\ntext: *anker\n",
        "3:7: error: References (“*anker”) are not allowed here. Write the text out.",
    ),
    "an anchor": ("id: neu\nchannels: &a [x]\ntext: Hallo\n", "2:11: error: Anchors (“&a”) are not allowed."),
    "a tag": ("id: neu\nchannels: [x]\ntext: !!binary SGFsbG8=\n", "3:7: error: Tags ("),
    "a second document": (
        GOOD + "---\nid: zwei\n",
        "4:1: error: A second document begins here (“---”). A file holds one draft",
    ),
    "a hundred levels": (DEEP, "error: Here the file is more than 20 levels deep. Check the indentation."),
    "a colon in a text": (
        "id: neu\nchannels: [x]\ntext: Termin: 12 Uhr\n",
        "error: A value with a colon and a blank inside needs quotation marks",
    ),
    "an empty file": ("", "1:1: error: The file is empty. Fill it, or delete it."),
    "a list instead of keys": ("- eins\n- zwei\n", "1:1: error: The file must consist of lines “key: value”."),
    "a link that is none": (
        "id: neu\nchannels: [x]\ntext: Hallo\nlink: www.example.org\n",
        "4:7: error: A link is a whole web address that begins with https://.",
    ),
    "a time that no clock shows": (
        GOOD + "publish_at: 2026-03-29 02:30\n",
        "4:13: error: 2026-03-29 02:30 does not exist in Europe/Berlin: the clocks go forward in that night.",
    ),
    "a time that the clock shows twice": (
        GOOD + "publish_at: 2026-10-25 02:30\n",
        "4:13: error: 2026-10-25 02:30 happens twice in Europe/Berlin: the clocks go back in that night.",
    ),
    "a time in words": (
        GOOD + "publish_at: morgen\n",
        "4:13: error: “morgen” is not a time. Write it like 2026-11-02 08:00.",
    ),
    "a day that does not exist": (GOOD + "publish_at: 2026-02-30 08:00\n", "4:13: error: There is no such day"),
    "an unknown channel": (
        "id: neu\nchannels: [mastodn]\ntext: Hallo\n",
        "2:12: error: There is no channel “mastodn”. Did you mean “mastodon”? [references/channel]",
    ),
    "a channel named twice": ("id: neu\nchannels: [x, x]\ntext: Hallo\n", "The channel “x” stands here twice."),
    "a missing picture": (
        GOOD + "media:\n  - {file: fehlt.jpg, alt: Linden, credit: LK, licence: CC0}\n",
        "5:12: error: There is no file “fehlt.jpg”.",
    ),
    "a picture outside the folder": (
        GOOD + "media:\n  - {file: ../geheim.jpg, alt: Linden, credit: LK, licence: CC0}\n",
        "5:12: error: Pictures lie in the folder of the drafts",
    ),
    "an unknown mention": (
        "id: neu\nchannels: [x]\ntext: Danke an {@feuerwher}\n",
        "3:7: error: There is no mention “feuerwher”. Did you mean “feuerwehr”? [references/mention]",
    ),
    "a draft that is too long for X": (
        f"id: neu\nchannels: [x]\ntext: {'Wort ' * 60}\n",
        "[platform/text-length]",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named_with_its_place(kanal: Kanal, write_file: WriteFile, name: str) -> None:
    text, expected = MISTAKES[name]
    write_file("posts/neu.yaml", text)
    answer = kanal("lint")
    assert answer.code == 1
    assert f"posts/neu.yaml:{expected}" in answer.out if expected[0].isdigit() else expected in answer.out
    assert answer.err == ""


def test_the_line_is_quoted_and_marked(kanal: Kanal, write_file: WriteFile) -> None:
    write_file("posts/neu.yaml", "id: neu\nchannels: [mastodon, mastodn]\ntext: Hallo\n")
    lines = kanal("lint").out.splitlines()
    assert lines[1:3] == ["    channels: [mastodon, mastodn]", "                         ^"]


def test_a_long_line_is_quoted_around_the_mark(kanal: Kanal, write_file: WriteFile) -> None:
    write_file("posts/neu.yaml", f"id: neu\nchannels: [x]\ntext: {'Wort ' * 40}: und noch mehr\n")
    quote, mark = kanal("lint").out.splitlines()[1:3]
    assert len(quote) <= 4 + 100
    assert quote[mark.index("^")] == ":"


def test_bytes_that_are_not_utf8_are_named_and_quoted(kanal: Kanal, office_folder: Path) -> None:
    (office_folder / "posts" / "neu.yaml").write_bytes("id: neu\nchannels: [x]\ntext: Köln\n".encode("cp1252"))
    answer = kanal("lint")
    assert answer.code == 1
    assert "posts/neu.yaml:3:8: error: Here is a byte that is not UTF-8." in answer.out
    assert "    text: K�ln\n           ^\n" in answer.out


def test_ten_megabytes_are_refused_without_being_read(kanal: Kanal, office_folder: Path) -> None:
    (office_folder / "posts" / "neu.yaml").write_bytes(b"#" * 10_000_000)
    answer = kanal("lint")
    assert answer.code == 1
    assert "posts/neu.yaml:1:1: error: The file has 10000000 bytes; more than 1000000 cannot be meant." in answer.out


def test_two_files_with_one_id_are_refused_at_the_second(kanal: Kanal, write_file: WriteFile) -> None:
    write_file("posts/neu.yaml", GOOD.replace("id: neu", "id: baustelle"))
    answer = kanal("lint")
    assert answer.code == 1
    assert "posts/neu.yaml:1:5: error: The id “baustelle” belongs to posts/baustelle.yaml already." in answer.out


@pytest.mark.parametrize("text", ["no", "12:30", "1_000", "0o14", "0x1F", "2026-11-02", "yes", "on", "1e3 Bäume"])
def test_words_that_other_readers_of_yaml_would_change_stay_text(
    kanal: Kanal, write_file: WriteFile, text: str
) -> None:
    write_file("posts/neu.yaml", f"id: neu\nchannels: [mastodon]\ntext: {text}\n")
    assert kanal("lint").code == 0
    assert kanal.json("plan", "neu").json["deliveries"][0]["text"] == text


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8], ids=["", "with BOM"])
def test_windows_line_ends_change_nothing(kanal: Kanal, office_folder: Path, mark: bytes) -> None:
    text = "id: neu\nchannels: [mastodon]\ntext: |\n  Erste Zeile\n  Zweite Zeile\n"
    (office_folder / "posts" / "neu.yaml").write_bytes(mark + text.replace("\n", "\r\n").encode())
    assert kanal("lint").code == 0
    assert kanal.json("plan", "neu").json["deliveries"][0]["text"] == "Erste Zeile\nZweite Zeile"


def test_all_mistakes_of_all_files_come_in_one_go(office_folder: Path, write_file: WriteFile) -> None:
    write_file("posts/eins.yaml", "id: Eins\nchanels: [x]\ntext: true\n")
    write_file("posts/zwei.yaml", GOOD.replace("neu", "zwei") + "publish_at: morgen\n")
    answer = process(office_folder, "lint")
    assert answer.code == 1
    places = [line.split(": error")[0] for line in answer.out.splitlines() if ": error: " in line]
    assert places == [
        "posts/eins.yaml:1:1",
        "posts/eins.yaml:1:5",
        "posts/eins.yaml:2:1",
        "posts/eins.yaml:3:7",
        "posts/zwei.yaml:4:13",
    ]
    assert answer.out.endswith("4 files checked: 5 errors.\n")
    assert answer.err == ""


def test_named_files_are_looked_at_alone(kanal: Kanal, write_file: WriteFile, monkeypatch: pytest.MonkeyPatch) -> None:
    write_file("posts/eins.yaml", "id: Eins\n")
    write_file("posts/zwei.yaml", "id: Zwei\n")
    monkeypatch.chdir(kanal.root / "posts")
    answer = kanal("lint", "zwei.yaml")
    assert answer.code == 1
    assert "posts/eins.yaml" not in answer.out
    assert kanal("lint", "baustelle.yaml").out == "1 file checked, nothing to complain about.\n"


def test_a_token_in_a_file_is_found_and_not_repeated(kanal: Kanal, write_file: WriteFile) -> None:
    token = "EAA" + "Zx8k" * 30
    write_file("config/notizen.md", f"Facebook: {token}\n")
    answer = kanal("lint")
    assert answer.code == 1
    assert "[security/token-in-file]" in answer.out
    assert token not in answer.out + answer.err


def test_a_warning_stops_nobody(kanal: Kanal, write_file: WriteFile) -> None:
    write_file("config/policy.yaml", "extends: plain.yaml\nrules:\n  platform/text-length: warning\n")
    write_file("posts/neu.yaml", f"id: neu\nchannels: [x]\ntext: {'Die Straße ist offen. ' * 15}\n")
    answer = kanal("lint")
    assert answer.code == 0
    assert ": warning: " in answer.out
    assert answer.out.endswith("3 files checked: 1 warning.\n")
