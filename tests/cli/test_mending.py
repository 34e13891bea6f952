"""`kanal lint --fix` and `--diff` on drafts as people and their programs write them: what is promised is kept."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from kanal.drafts import parse_draft
from tests.cli.calls import Kanal
from tests.conftest import LoadProject, WriteFile

LINK = "https://www.landkreis-musterland.example/termine"
HEAD = "id: {id}\nchannels: [mastodon, x]\n"
DRAFTS: Mapping[str, tuple[str, str]] = {
    "escaped-slashes": (
        HEAD + 'text: "https:\\/\\/www.landkreis-musterland.example\\/a?id=5&utm_source=fb#oben"\n',
        HEAD + 'text: "https:\\/\\/www.landkreis-musterland.example\\/a?id=5#oben"\n',
    ),
    "escaped-signs": (
        HEAD + f'text: Termine.\nlink: "{LINK}?id=5\\u0026utm_source=fb\\x26utm_medium=x"\n',
        HEAD + f'text: Termine.\nlink: "{LINK}?id=5"\n',
    ),
    "broken-line": (
        HEAD + f'text: "Mehr: {LINK}?id=5&utm_\\\n   source=fb und\\ mehr \\\n   Text"\n',
        HEAD + f'text: "Mehr: {LINK}?id=5 und\\ mehr \\\n   Text"\n',
    ),
    "doubled-quotes": (
        HEAD + f"text: 'Sie sagt ''ja'' zu {LINK}?utm_source=a&q=''b'''\n",
        HEAD + f"text: 'Sie sagt ''ja'' zu {LINK}?q=''b'''\n",
    ),
    "two-rules-about-the-same-words": (
        HEAD + "text: |-\n  Das Amt 𝗶𝘀𝘁\xa0𝘇𝘂. #stadtverwaltungberlin\n",
        HEAD + "text: |-\n  Das Amt ist zu. #StadtverwaltungBerlin\n",
    ),
    "sign-without-width-in-a-link": (
        HEAD + f'text: "{LINK}?utm_source=1\\u00ad&id=2"\n',
        HEAD + f'text: "{LINK}?id=2"\n',
    ),
    "decomposed-letters": (
        HEAD + f"text: Ru\u0308ben,\xa0{LINK}/fu\u0308r?utm_source=a&o=u\u0308\nlink: '{LINK}/fu\u0308r?gclid=1'\n",
        HEAD + f"text: Ru\u0308ben, {LINK}/fu\u0308r?o=u\u0308\nlink: '{LINK}/fu\u0308r'\n",
    ),
    "byte-order-mark": (
        "\ufeff" + HEAD.replace("\n", "\r\n") + f"text: |+\r\n  Der Wald\xa0ist offen.\r\n\r\n  {LINK}?gclid=1\r\n\r\n",
        "\ufeff" + HEAD.replace("\n", "\r\n") + f"text: |+\r\n  Der Wald ist offen.\r\n\r\n  {LINK}\r\n\r\n",
    ),
    "line-ends-of-unicode": (
        HEAD + f'text: "Der Wald\u2028 ist\xa0offen"\nlink: {LINK}?utm_source=1',
        HEAD + f'text: "Der Wald\u2028 ist offen"\nlink: {LINK}',
    ),
    "old-line-ends": (
        HEAD.replace("\n", "\r") + "text: |\r  Der Wald\xa0ist offen.\r",
        HEAD.replace("\n", "\r") + "text: |\r  Der Wald ist offen.\r",
    ),
    "below-channels": (
        HEAD + f'text: Wald.\nvariants:\n  x:\n    text: "Wald\\_{LINK}?fbclid=1"\n    thread:\n'
        "      - {text: 'Ende #nachtderbibliothek'}\n",
        HEAD + f'text: Wald.\nvariants:\n  x:\n    text: "Wald {LINK}"\n    thread:\n'
        "      - {text: 'Ende #NachtDerBibliothek'}\n",
    ),
    "no-id": (
        f'channels: [mastodon]\ntext: "Termine:\xa0{LINK}?utm_source=fb"',
        f'id: no-id\nchannels: [mastodon]\ntext: "Termine: {LINK}"',
    ),
    "no-id-in-flow-style": (
        f"{{text: Wald, link: {LINK}?utm_source=fb , channels: [mastodon]}}\n",
        f"{{id: no-id-in-flow-style, text: Wald, link: {LINK} , channels: [mastodon]}}\n",
    ),
    "2026": ("channels: [mastodon]\ntext: Wald.\n", 'id: "2026"\nchannels: [mastodon]\ntext: Wald.\n'),
    "日本": ("channels: [mastodon]\ntext: Wald.\n", "channels: [mastodon]\ntext: Wald.\n"),
    "colon": (HEAD + "text: Waldtag:\xa0Kommen Sie!\n", HEAD + "text: Waldtag:\xa0Kommen Sie!\n"),
}


@pytest.fixture
def odd_drafts(office_folder: Path) -> dict[Path, bytes]:
    """The drafts in the office's folder, and what they are to become."""
    expected = {}
    for name, (before, after) in DRAFTS.items():
        path = office_folder / "posts" / f"{name}.yaml"
        path.write_bytes(before.replace("{id}", name).encode())
        expected[path] = after.replace("{id}", name).encode()
    return expected


@pytest.mark.usefixtures("no_drafts")
def test_everything_that_calls_itself_fixable_is_mended_at_once_and_nothing_else_changes(
    kanal: Kanal, odd_drafts: dict[Path, bytes], load_project: LoadProject
) -> None:
    def findings() -> set[tuple[str, str, str, bool]]:
        found = kanal.json("lint").json["findings"]
        return {(one["file"], one["rule"], one["field"], one["fixable"]) for one in found}

    before = findings()
    assert {file for file, *_, fixable in before if fixable} == {
        f"posts/{name}.yaml" for name, (old, new) in DRAFTS.items() if old != new
    }
    kanal("lint", "--fix")
    assert {path: path.read_bytes() for path in odd_drafts} == odd_drafts
    assert not any(fixable for *_, fixable in findings())
    assert ("posts/colon.yaml", "language/odd-blanks", "text", False) in findings() & before
    assert kanal("lint", "--fix").err == ""
    assert {path: path.read_bytes() for path in odd_drafts} == odd_drafts
    for path, after in odd_drafts.items():
        draft, _ = parse_draft(after.decode("utf-8-sig"), path.name, load_project().setting)
        assert (draft is None) == (path.stem == "日本")


@pytest.mark.usefixtures("no_drafts")
def test_the_diff_is_exactly_what_fix_writes(
    kanal: Kanal, office_folder: Path, odd_drafts: dict[Path, bytes], tmp_path: Path
) -> None:
    patch = tmp_path / "kanal.patch"
    patch.write_bytes(kanal("lint", "--diff").out.encode())
    subprocess.run(["git", "apply", "--whitespace=nowarn", str(patch)], cwd=office_folder, check=True)
    assert {path: path.read_bytes() for path in odd_drafts} == odd_drafts


@pytest.mark.usefixtures("no_drafts")
def test_two_drafts_of_the_same_name_get_two_ids(kanal: Kanal, write_file: WriteFile) -> None:
    for place in ("a", "b"):
        write_file(f"posts/{place}/wald.yaml", f"channels: [mastodon]\ntext: Wald {place}.\n")
    assert kanal("lint", "--fix").code == 0
    ids = [
        path.read_text(encoding="utf-8").splitlines()[0] for path in sorted((kanal.root / "posts").rglob("wald.yaml"))
    ]
    assert ids == ["id: wald", "id: wald-2"]


def test_a_link_that_fix_cannot_write_is_left_to_a_person_in_words(kanal: Kanal, write_file: WriteFile) -> None:
    write_file("posts/film.de.vtt", f"WEBVTT\n\n00:00.000 --> 00:04.000\nMehr: {LINK}?utm_source=a\n")
    path = write_file(
        "posts/neu.yaml",
        "id: neu\nchannels: [mastodon]\ntext: Die Linde steht.\nmedia:\n"
        "  - {file: film.mp4, captions: film.de.vtt, alt: Eine junge Linde im Park, licence: CC BY 4.0}\n",
    )
    answer = kanal("lint", "--fix", str(path))
    assert "This link follows the people who click on it. Take the tracking part out. [privacy/tracking]" in answer.out
    assert "lint --fix" not in answer.out


@pytest.mark.usefixtures("no_drafts")
def test_a_picture_that_two_drafts_show_is_told_of_once(kanal: Kanal, write_file: WriteFile) -> None:
    for name in ("a", "b"):
        write_file(
            f"posts/{name}.yaml",
            f"id: {name}\nchannels: [mastodon]\ntext: Die Linde {name} steht.\nmedia:\n"
            "  - {file: gps.jpg, alt: Eine junge Linde im Park, credit: Landkreis Musterland, licence: CC BY 4.0}\n",
        )
    assert kanal("lint", "--diff").err == "Would take the metadata out of posts/gps.jpg.\n"
    assert kanal("lint", "--fix").err == "Took the metadata out of posts/gps.jpg.\n"
