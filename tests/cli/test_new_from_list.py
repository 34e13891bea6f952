"""`kanal new TYPE --from list.csv`: one draft a row, all or none, and the same row never twice."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.calls import Kanal
from tests.conftest import WriteFile

LINK = "https://landkreis-musterland.example/baum"
HEAD = "Ort;Bäume;Datum;von;bis;Grund;Link"
ROWS = (
    f"Lindenallee in Musterbach;vier Linden;12.01.2027;8:00;16:00;Ein Pilz hat die Wurzeln zerstört.;{LINK}/1",
    f'"Am Park; Probendorf";eine Eiche;13.01.2027;;;"Sie ist morsch, und ""krank"".";{LINK}/2',
)


@pytest.fixture(autouse=True)
def _in_december(kanal: Kanal) -> None:
    kanal.clock = lambda: datetime(2026, 12, 1, 9, tzinfo=UTC)


@pytest.fixture
def fellings(tmp_path: Path) -> Path:
    return listed(tmp_path, HEAD, *ROWS)


def listed(folder: Path, *lines: str, encoding: str = "cp1252", name: str = "fällungen.csv") -> Path:
    file = folder / name
    file.write_bytes("\r\n".join((*lines, "")).encode(encoding))
    return file


def made(kanal: Kanal) -> list[Path]:
    return sorted((kanal.root / "posts").glob("2*.yaml"))


def test_each_row_becomes_a_draft_that_is_checked(kanal: Kanal, fellings: Path) -> None:
    answer = kanal("new", "tree-felling", "--from", str(fellings))
    assert (answer.code, answer.out) == (0, "2 files checked, nothing to complain about.\n"), answer
    assert "2 drafts are new.\n" in answer.err
    park, allee = (file.read_text(encoding="utf-8") for file in made(kanal))
    assert [file.name for file in made(kanal)] == [
        "2026-12-01-baumfaellung-am-park-probendorf.yaml",
        "2026-12-01-baumfaellung-lindenallee-in-musterbach.yaml",
    ]
    assert "Wann? Mittwoch, 13. Januar 2027\n" in park
    assert 'Warum? Sie ist morsch, und "krank".\n' in park
    assert "starts_at" not in park
    assert "Wann? Dienstag, 12. Januar 2027, von 8 bis 16 Uhr\n" in allee
    assert "ends_at: 2027-01-12 16:00\n" in allee


def test_the_same_row_makes_no_second_draft_however_the_list_and_the_draft_changed(
    kanal: Kanal, tmp_path: Path, fellings: Path
) -> None:
    kanal("new", "tree-felling", "--from", str(fellings))
    first = made(kanal)[0]
    moved = first.with_name("eiche.yaml")
    moved.write_text(first.read_text(encoding="utf-8").replace("eine Eiche", "eine alte Eiche"), encoding="utf-8")
    first.unlink()
    columns = ["Grund", "Link", "day", "Standort", "Bäume", "bis", "von"]
    order = [5, 6, 2, 0, 1, 4, 3]
    cells = [["Am Park; Probendorf", "eine Eiche", "2027-01-13", "", "", 'Sie ist morsch, und "krank".', f"{LINK}/2"]]
    again = listed(
        tmp_path, "\t".join(columns), *("\t".join(row[at] for at in order) for row in cells), encoding="utf-8-sig"
    )
    answer = kanal("new", "tree-felling", "--from", str(again))
    assert (answer.code, answer.out) == (0, "")
    assert "Line 2: already there, posts/eiche.yaml\n0 drafts are new.\n" in answer.err
    assert len(made(kanal)) == 1


def test_a_row_that_stands_twice_in_a_list_makes_one_draft(kanal: Kanal, tmp_path: Path) -> None:
    answer = kanal("new", "tree-felling", "--from", str(listed(tmp_path, HEAD, ROWS[0], "", ROWS[0])))
    assert "Line 4: already there, " in answer.err
    assert len(made(kanal)) == 1


def test_a_corrected_row_is_a_new_one_and_the_earlier_is_named(kanal: Kanal, tmp_path: Path, fellings: Path) -> None:
    kanal("new", "tree-felling", "--from", str(fellings))
    later = listed(tmp_path, HEAD, ROWS[0].replace("12.01.2027", "14.01.2027"))
    answer = kanal("new", "tree-felling", "--from", str(later), "--dry-run")
    assert "Line 2: posts/2026-12-01-baumfaellung-lindenallee-in-musterbach.yaml has the same title" in answer.err
    assert "1 draft would be written.\n" in answer.err
    assert len(made(kanal)) == 2


def test_a_column_of_ids_says_which_row_is_which(kanal: Kanal, tmp_path: Path) -> None:
    kanal("new", "tree-felling", "--from", str(listed(tmp_path, f"id;{HEAD}", f"baum-17;{ROWS[0]}")))
    assert "id: baum-17\n" in made(kanal)[0].read_text(encoding="utf-8")
    later = listed(tmp_path, f"id;{HEAD}", f"baum-17;{ROWS[0].replace('12.01.2027', '14.01.2027')}")
    assert "already there" in kanal("new", "tree-felling", "--from", str(later)).err
    bad = kanal("new", "tree-felling", "--from", str(listed(tmp_path, f"id;{HEAD}", f"Baum 17;{ROWS[0]}")))
    assert "fällungen.csv:2:1: error: An id consists of" in bad.err


def test_one_faulty_cell_and_nothing_is_written(kanal: Kanal, tmp_path: Path) -> None:
    bad = listed(
        tmp_path, HEAD, ROWS[0], ROWS[1].replace("13.01.2027", "13.13.2027"), ROWS[1].replace("eine Eiche", "")
    )
    answer = kanal("new", "tree-felling", "--from", str(bad))
    assert (answer.code, answer.out, made(kanal)) == (2, "", [])
    assert "fällungen.csv:3:34: error: There is no such day in the calendar. [list/cell]" in answer.err
    assert "fällungen.csv:4:23: error: An answer is needed here. [list/cell]" in answer.err
    assert answer.err.endswith("Nothing was written.\n")


def test_cells_are_masked_where_others_may_read_on(kanal: Kanal, tmp_path: Path) -> None:
    bad = listed(tmp_path, HEAD, ROWS[0].replace("12.01.2027", "Erika Mustermann"))
    answer = kanal("new", "tree-felling", "--from", str(bad))
    assert "Erika" not in answer.err + answer.out
    assert "Lindenallee in Musterbach;vier Linden;••••••••••••••••;8:00" in answer.err


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ((HEAD.replace("Datum", "Dattum"), ROWS[0]), "fällungen.csv:1:11: error: No question goes by this heading."),
        ((HEAD.replace("Grund", "Ort"), ROWS[0]), "fällungen.csv:1:25: error: A second column for “place”."),
        ((HEAD.replace(";Grund", ""), ROWS[0]), "fällungen.csv:1:1: error: The column “reason” is missing"),
        ((HEAD, f"{ROWS[0]};mehr"), "error: This column has no heading."),
        ((HEAD, ROWS[0].replace("8:00", "17:00")), "fällungen.csv:2:1: error: It ends ("),
        (
            (f"{HEAD};Alternativtext", f"{ROWS[0]};Linden"),
            "error: This belongs to “picture”, which is empty in this row.",
        ),
        ((HEAD, f'"{ROWS[0]}'), "fällungen.csv:2:1: error: The quotation mark here is never closed."),
        (("",), "fällungen.csv:1:1: error: The list is empty."),
    ],
)
def test_what_is_wrong_with_a_list_is_named_with_its_place(
    kanal: Kanal, tmp_path: Path, lines: tuple[str, ...], words: str
) -> None:
    answer = kanal("new", "tree-felling", "--from", str(listed(tmp_path, *lines)))
    assert (answer.code, made(kanal)) == (2, [])
    assert words in answer.err, answer.err


def test_options_answer_for_all_rows_that_say_nothing_else(kanal: Kanal, tmp_path: Path) -> None:
    short = listed(tmp_path, HEAD.replace(";Link", ""), *(row.rpartition(";")[0] for row in ROWS), "")
    answer = kanal(
        "new",
        "tree-felling",
        "--from",
        str(short),
        "--set",
        f"link={LINK}",
        "--at",
        "4.1.2027 8:00",
        "--channels",
        "mastodon",
    )
    assert answer.code == 0, answer
    for file in made(kanal):
        text = file.read_text(encoding="utf-8")
        assert file.name.startswith("2027-01-04-")
        assert "channels: [mastodon]\n" in text
        assert f"link: {LINK}\n" in text


def test_a_dry_run_shows_every_draft_and_writes_nothing(kanal: Kanal, fellings: Path) -> None:
    shown = kanal("new", "tree-felling", "--from", str(fellings), "--dry-run")
    assert (shown.code, made(kanal)) == (0, [])
    assert shown.out.count("# yaml-language-server: ") == 2
    assert shown.err.endswith("2 drafts would be written.\n")
    assert not (kanal.root / "config" / "schema").exists()


def test_while_a_draft_cannot_be_read_nobody_knows_which_rows_are_there(
    kanal: Kanal, fellings: Path, write_file: WriteFile
) -> None:
    write_file("posts/kaputt.yaml", "id: [\n")
    answer = kanal("new", "tree-felling", "--from", str(fellings))
    assert (answer.code, made(kanal)) == (2, [])
    assert "Some drafts cannot be read" in answer.err


def test_an_empty_list_of_rows_is_no_error(kanal: Kanal, tmp_path: Path) -> None:
    answer = kanal("new", "tree-felling", "--from", str(listed(tmp_path, HEAD)))
    assert (answer.code, answer.out) == (0, "")
    assert answer.err == "0 drafts are new.\n"


def test_what_goes_with_a_picture_counts_for_the_rows_that_have_one(kanal: Kanal, tmp_path: Path) -> None:
    some = listed(tmp_path, f"{HEAD};Bild;Alternativtext", f"{ROWS[0]};good.jpg;Linden an einer Allee", f"{ROWS[1]};;")
    answer = kanal("new", "tree-felling", "--from", str(some), "--set", "licence=CC BY 4.0")
    assert answer.code == 0, answer
    park, allee = (file.read_text(encoding="utf-8") for file in made(kanal))
    assert "    licence: CC BY 4.0\n" in allee
    assert "instagram" in allee
    assert "media" not in park
    assert "instagram" not in park
