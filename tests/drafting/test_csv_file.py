"""Lists as spreadsheet programs save them, with the place of every cell."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.drafting.csv_file import BadQuote, read_list, rows_of
from kanal.errors import UsageError

LINES = 'Ort;Tag\r\n"Musterbach; ""Süd""";12.1.2027\r\n\r\n"zwei\r\nZeilen";\r\n'


def cells(text: str, *known: str) -> list[list[str]]:
    return [[cell.text for cell in row] for row in rows_of(text, set(known).__contains__)]


def test_cells_know_their_places() -> None:
    rows = rows_of(LINES, {"Ort"}.__contains__)
    assert [[cell.text for cell in row] for row in rows] == [
        ["Ort", "Tag"],
        ['Musterbach; "Süd"', "12.1.2027"],
        ["zwei\nZeilen", ""],
    ]
    assert [[tuple(cell.place) for cell in row] for row in rows] == [
        [(1, 1), (1, 5)],
        [(2, 1), (2, 23)],
        [(4, 1), (5, 9)],
    ]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_the_delimiter_is_the_one_that_makes_known_headings(delimiter: str) -> None:
    assert cells(f'Ort{delimiter}"Tag, Uhrzeit; und mehr"{delimiter}Grund\n', "Ort", "Grund")[0][::2] == [
        "Ort",
        "Grund",
    ]


def test_what_excel_writes_into_the_first_line_counts() -> None:
    assert cells("sep=|\r\nOrt|Tag\r\na;b|c\r\n", "Ort") == [["Ort", "Tag"], ["a;b", "c"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_umlauts_survive_in_the_encodings_of_spreadsheet_programs(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "fällungen.csv"
    file.write_bytes("Straße;Bäume\r\n".encode(encoding))
    assert read_list(file) == "Straße;Bäume\r\n"


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"PK\x03\x04rest", "workbook"),
        (b"\xd0\xcf\x11\xe0rest", "workbook"),
        (b"\x81\xfe\xff", "no text"),
        (b"a" * 1_000_001, "1000000 are the most"),
        (None, "cannot be read"),
    ],
)
def test_what_is_no_list_is_refused(tmp_path: Path, raw: bytes | None, words: str) -> None:
    file = tmp_path / "liste.csv"
    if raw is not None:
        file.write_bytes(raw)
    with pytest.raises(UsageError, match=words):
        read_list(file)


@pytest.mark.parametrize(("text", "place"), [('Ort;"Tag\nx;y', (1, 5)), ('"Ort"x;Tag\n', (1, 6))])
def test_a_lost_quotation_mark_is_named_with_its_place(text: str, place: tuple[int, int]) -> None:
    with pytest.raises(BadQuote) as caught:
        rows_of(text, {"Ort"}.__contains__)
    assert caught.value.place == place


TEXT = st.text(alphabet="aä;,\t\" \n'", max_size=8)


@given(st.lists(st.lists(TEXT, min_size=2, max_size=4), max_size=5), st.sampled_from((";", ",", "\t")), st.booleans())
def test_whatever_the_csv_module_writes_is_read(rows: list[list[str]], delimiter: str, quote_all: bool) -> None:
    written = io.StringIO()
    writer = csv.writer(written, delimiter=delimiter)
    if quote_all:
        writer = csv.writer(written, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([["Ort", "Tag"], *rows])
    kept = [row for row in rows if any(cell.strip() for cell in row)]
    assert cells(written.getvalue(), "Ort", "Tag") == [["Ort", "Tag"], *kept]
