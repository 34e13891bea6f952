"""`kanal lint` with its options: mending, showing what would change, waivers, the index, and reports for machines."""

import json
import os
import re
import subprocess
from pathlib import Path
from unicodedata import normalize

import pytest

from tests.cli.calls import Kanal
from tests.conftest import WriteFile
from tests.four_eyes import FourEyes

TRACKED = (
    "# Entwurf der Pressestelle\r\n"
    "id:   neu\r\n"
    "channels: [mastodon]   # nur dort\r\n"
    'link: "https://www.landkreis-musterland.example/wald?id=5&utm_source=x"\r\n'
    "text: |\r\n"
    "    Waldtag:\xa0Kommen Sie vorbei!\r\n"
)
MENDED = TRACKED.replace("&utm_source=x", "").replace("\xa0", " ")


def test_fix_mends_what_is_safe_and_leaves_every_other_byte(kanal: Kanal, write_file: WriteFile) -> None:
    path = write_file("posts/neu.yaml", TRACKED)
    answer = kanal("lint", "--fix", str(path))
    assert "Mended: posts/neu.yaml" in answer.err
    assert path.read_bytes().decode() == MENDED
    assert answer.code == 0
    assert kanal("lint", "--fix", str(path)).err == ""


@pytest.mark.usefixtures("four_eyes")
def test_a_name_with_decomposed_letters_is_looked_at_mended_and_quoted(
    kanal: Kanal, office_folder: Path, write_file: WriteFile
) -> None:
    path = write_file(normalize("NFD", "posts/größe.yaml"), TRACKED.replace("Waldtag", "DE89 3704 0044 0532 0130 00"))
    subprocess.run(["git", "add", "."], cwd=office_folder, check=True)
    for arguments in ([str(path)], ["--staged"], ["--fix", str(path)]):
        answer = kanal("lint", *arguments)
        assert (answer.code, answer.out.count("[privacy/iban]"), "••••" in answer.out) == (1, 1, True)
    assert path.read_bytes().decode() == MENDED.replace("Waldtag", "DE89 3704 0044 0532 0130 00")


def test_a_text_in_decomposed_letters_is_read_and_mended_like_any_other(kanal: Kanal, write_file: WriteFile) -> None:
    written = normalize("NFD", "id: neu\nchannels: [mastodon]\npublish_at: 2027-01-05 10:00\ntext: |\n")
    written += normalize("NFD", "  Grüße! Übermorgen öffnet Müllers Bäckerei:\xa0Kommen Sie vorbei!\n")
    written += "link: https://www.landkreis-musterland.example/wald\n"
    path = write_file("posts/neu.yaml", written)
    answer = kanal("lint", "--fix", str(path))
    assert answer.out.count("[time/relative-date]") == 1
    assert "posts/neu.yaml:5:11: error" in answer.out
    assert path.read_text(encoding="utf-8") == written.replace("\xa0", " ")


def test_diff_shows_the_change_and_changes_nothing(kanal: Kanal, write_file: WriteFile) -> None:
    path = write_file("posts/neu.yaml", TRACKED)
    answer = kanal("lint", "--diff", str(path))
    assert answer.code == 0
    removed = [line for line in answer.out.splitlines() if line.startswith("-") and not line.startswith("---")]
    added = [line for line in answer.out.splitlines() if line.startswith("+") and not line.startswith("+++")]
    assert removed == [
        '-link: "https://www.landkreis-musterland.example/wald?id=5&utm_source=x"',
        "-    Waldtag:\xa0Kommen Sie vorbei!",
    ]
    assert added == [
        '+link: "https://www.landkreis-musterland.example/wald?id=5"',
        "+    Waldtag: Kommen Sie vorbei!",
    ]
    assert "--- a/posts/neu.yaml" in answer.out
    assert path.read_bytes().decode() == TRACKED


def test_a_missing_id_is_mended_and_the_draft_is_good(kanal: Kanal, write_file: WriteFile) -> None:
    path = write_file("posts/waldtag-süd.yaml", "channels: [mastodon]\ntext: Der Wald ist offen.\n")
    assert kanal("lint", str(path)).code == 1
    assert kanal("lint", "--fix", str(path)).code == 0
    assert path.read_text(encoding="utf-8").startswith("id: waldtag-sued\nchannels:")


def test_metadata_is_taken_out_of_the_picture_on_fix_only(
    kanal: Kanal, office_folder: Path, write_file: WriteFile
) -> None:
    from PIL import Image

    from kanal.media import has_metadata

    picture = office_folder / "posts" / "ort.jpg"
    exif = Image.Exif()
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)
    exif.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", (1200, 900), (9, 99, 9)).save(picture, exif=exif)
    path = write_file(
        "posts/neu.yaml",
        "id: neu\nchannels: [mastodon]\ntext: Die Linde steht.\nmedia:\n"
        "  - {file: ort.jpg, alt: Eine junge Linde im Park, credit: Landkreis Musterland, licence: CC BY 4.0}\n",
    )
    assert "privacy/picture-metadata" in kanal("lint", str(path)).out
    assert "posts/ort.jpg" in kanal("lint", "--diff", str(path)).err
    assert has_metadata(picture) == ("EXIF",)
    answer = kanal("lint", "--fix", str(path))
    assert (answer.code, has_metadata(picture)) == (0, ())
    assert "Took the metadata out of posts/ort.jpg." in answer.err


def test_waivers_are_listed_with_who_answers_for_them(kanal: Kanal, write_file: WriteFile) -> None:
    path = write_file(
        "posts/neu.yaml",
        "id: neu\nchannels: [mastodon]\ntext: DAS BÜRGERBÜRO BLEIBT LEIDER GESCHLOSSEN.\nwaivers:\n"
        "  - {rule: netiquette/shouting, reason: So steht es auf dem Schild, name: Kim Muster}\n",
    )
    assert kanal("lint", str(path)).code == 0
    answer = kanal("lint", "--show-waivers")
    assert "posts/neu.yaml:5" in answer.out
    assert "Kim Muster" in answer.out
    assert kanal.json("lint", "--show-waivers").json == {
        "waivers": [
            {
                "file": "posts/neu.yaml",
                "line": 5,
                "rule": "netiquette/shouting",
                "reason": "So steht es auf dem Schild",
                "name": "Kim Muster",
                "findings": 1,
            }
        ],
        "summary": {"waivers": 1},
    }
    assert kanal("lint", "--show-waivers", "--format", "sarif").code == 2


def test_what_somebody_answers_for_goes_into_the_ledger_with_the_post(kanal: Kanal, four_eyes: FourEyes) -> None:
    four_eyes.write(
        "posts/neu.yaml",
        "id: neu\nchannels: [mastodon]\ntext: DAS BÜRGERBÜRO BLEIBT LEIDER GESCHLOSSEN.\nwaivers:\n"
        "  - {rule: netiquette/shouting, reason: So steht es auf dem Schild, name: Kim Muster}\n",
    )
    four_eyes.commit()
    four_eyes.approve("posts/neu.yaml", "Toni Muster")
    four_eyes.commit("Toni Muster")
    digest = re.findall(r"sha256:[0-9a-f]{64}", (kanal.root / "posts" / "neu.yaml").read_text(encoding="utf-8"))
    assert kanal("publish", "neu", "--sandbox").code == 0
    events = kanal.json("log", "neu", "--sandbox").json["events"]
    claimed = next(event for event in events if event["event"] == "claimed")
    assert [claimed["approval"].pop("digest")] == digest
    assert claimed["approval"] == {"name": "Toni Muster", "at": "2026-11-20T09:00:00+00:00"}
    assert claimed["waivers"] == [
        {"rule": "netiquette/shouting", "reason": "So steht es auf dem Schild", "name": "Kim Muster"}
    ]


def test_a_reply_is_checked_but_held_back(kanal: Kanal, write_file: WriteFile) -> None:
    write_file(
        "posts/antwort.yaml",
        "id: antwort\ntype: reply\nchannels: [mastodon]\ntext: |\n"
        "  Guten Tag,\n  das Amt öffnet um 8 Uhr.\n  Ihr Landkreis\n",
    )
    answer = kanal.json("publish", "antwort", "--sandbox")
    assert answer.outcomes == {"antwort/mastodon": "held"}
    assert "does not send them yet" in answer.json["deliveries"][0]["reason"]


@pytest.fixture
def repository(office_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The office's folder as one, whatever the hook that runs the tests says of its own."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    _git(office_folder, "init", "-q")


def _git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True)


@pytest.mark.usefixtures("repository")
def test_staged_looks_at_the_index_and_not_at_the_folder(
    kanal: Kanal, office_folder: Path, write_file: WriteFile
) -> None:
    _git(office_folder, "add", "config")
    path = write_file("posts/neu.yaml", "id: neu\nchannels: [mastodn]\ntext: Gut.\n")
    _git(office_folder, "add", "posts")
    path.write_text("id: neu\nchannels: [mastodon]\ntext: Gut.\n", encoding="utf-8")
    answer = kanal("lint", "--staged")
    assert answer.code == 1
    assert "posts/neu.yaml:2:12: error: There is no channel “mastodn”." in answer.out
    _git(office_folder, "add", "posts")
    assert kanal("lint", "--staged").code == 0
    assert kanal("lint", "--staged", "--fix").code == 2


@pytest.mark.usefixtures("repository")
def test_a_broken_policy_that_is_not_staged_does_not_count(
    kanal: Kanal, office_folder: Path, write_file: WriteFile
) -> None:
    write_file("config/policy.yaml", "rules: {}\n")
    path = write_file("posts/neu.yaml", "id: neu\nchannels: [mastodon]\ntext: Gut.\n")
    _git(office_folder, "add", "config", "posts")
    write_file("config/policy.yaml", "rules: {privacy/ibn: off}\n")
    assert kanal("lint", "--staged").code == 0
    assert kanal("lint").code == 2
    path.unlink()
    assert kanal("lint", "--staged", str(path)).code == 0
    _git(office_folder, "add", "config")
    assert "config/policy.yaml:1:9: error:" in kanal("lint", "--staged").err


def test_a_folder_can_be_named_instead_of_its_drafts(kanal: Kanal, office_folder: Path, write_file: WriteFile) -> None:
    write_file("posts/märkte/neu.yaml", "id: neu\nchannels: [mastodn]\ntext: Gut.\n")
    write_file("posts/anders.yaml", "id: anders\nchannels: [fakebook]\ntext: Gut.\n")
    answer = kanal("lint", str(office_folder / "posts" / "märkte"))
    assert (answer.code, answer.out.count(": error: ")) == (1, 1)
    assert "There is no channel “mastodn”." in answer.out
    assert kanal("lint", str(office_folder)).out == kanal("lint").out
    (office_folder / "posts" / "leer").mkdir()
    answer = kanal("lint", str(office_folder / "posts" / "leer"))
    assert (answer.code, answer.out) == (2, "")
    assert "The folder “posts/leer” holds neither drafts nor settings." in answer.err


@pytest.mark.parametrize("way", ["", "..", "posts/../.."])
def test_a_folder_outside_of_the_office_is_no_matter(
    kanal: Kanal, office_folder: Path, tmp_path: Path, way: str
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "a.yaml").write_text("id: a\n", encoding="utf-8")
    answer = kanal("lint", str(office_folder / way if way else elsewhere))
    assert (answer.code, answer.out) == (2, "")
    assert "holds neither drafts nor settings." in answer.err


@pytest.mark.parametrize("form", ["github", "gitlab", "sarif"])
def test_every_report_for_machines_names_rule_file_and_line(kanal: Kanal, write_file: WriteFile, form: str) -> None:
    path = write_file("posts/neu.yaml", "id: neu\nchannels: [mastodn]\ntext: Gut.\n")
    answer = kanal("lint", "--format", form, str(path))
    assert answer.code == 1
    if form == "github":
        assert answer.out.startswith("::error ")
        assert "file=posts/neu.yaml,line=2,col=12" in answer.out
    elif form == "gitlab":
        [one] = json.loads(answer.out)
        assert (one["check_name"], one["location"]["path"], one["location"]["lines"]["begin"]) == (
            "references/channel",
            "posts/neu.yaml",
            2,
        )
    else:
        [run] = json.loads(answer.out)["runs"]
        [result] = run["results"]
        assert (result["ruleId"], result["level"]) == ("references/channel", "error")
        region = result["locations"][0]["physicalLocation"]["region"]
        assert (region["startLine"], region["startColumn"]) == (2, 12)


@pytest.mark.parametrize(
    "text",
    [
        "|\n  Bitte an DE02 1203 0000\n  0000 2020 51 überweisen, DANKE SAGEN WIR ALLEN!!!\n",
        ">\n  Bitte an DE02 1203 0000\n  0000 2020 51 überweisen, DANKE SAGEN WIR ALLEN!!!\n",
        '"Bitte an\\tDE02 1203 0000\\u00a00000 2020 51 überweisen, DANKE SAGEN WIR ALLEN!!!"\n',
        '"Bitte an\\tDE02 1203\\\n  \\ 0000 0000 2020 51 überweisen,\n  DANKE SAGEN WIR ALLEN!!!"\n',
    ],
)
def test_it_is_masked_in_all_lines_and_when_nobody_knows_where_it_begins(
    kanal: Kanal, write_file: WriteFile, text: str
) -> None:
    answer = kanal("lint", str(write_file("posts/neu.yaml", f"id: neu\nchannels: [mastodon]\ntext: {text}")))
    assert "[privacy/iban]" in answer.out
    assert "[netiquette/shouting]" in answer.out
    assert not any(digits in answer.out + answer.err for digits in ("1203", "0000", "2020"))


def test_what_belongs_to_a_citizen_is_masked_outside_of_a_terminal(kanal: Kanal, write_file: WriteFile) -> None:
    path = write_file(
        "posts/neu.yaml",
        "id: neu\nchannels: [mastodon]\ntext: |\n"
        "  Bitte an DE02 1203 0000 0000 2020 51 überweisen, DANKE SAGEN WIR ALLEN!!!\n",
    )
    answer = kanal("lint", str(path))
    assert "4:12: error:" in answer.out
    assert "Bitte an ••••••••••••••••••••••••••• überweisen" in answer.out
    assert "1203" not in answer.out + answer.err
    assert "1203" not in kanal.json("lint", str(path)).out


def test_what_belongs_to_a_citizen_is_masked_where_it_is_written_with_escapes(
    kanal: Kanal, write_file: WriteFile
) -> None:
    path = write_file(
        "posts/neu.yaml",
        'id: neu\nchannels: [mastodon]\ntext: "Bitte an DE02\\x201203 0000 0000 2020 51 \\u00fcberweisen"\n',
    )
    answer = kanal("lint", str(path))
    assert "3:17: error:" in answer.out
    assert "1203" not in answer.out + answer.err
