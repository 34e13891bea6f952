"""The ledger's name gets into config/kanal.yaml, and no other byte of it changes."""

from pathlib import Path

import pytest

from kanal.config.office import LedgerName, office_from
from kanal.errors import LedgerRefused
from kanal.ledger.naming import with_ledger
from kanal.yaml12 import parse

NEW = LedgerName("Presse 'Süd': #1", "a-4711", "git", "amt")
BLOCK = "ledger:\n  name: 'Presse ''Süd'': #1'\n  id: a-4711\n  store: git\n  remote: 'amt'\n"


def named(folder: Path, before: str, new: LedgerName = NEW) -> str:
    config = folder / "kanal.yaml"
    config.write_bytes(before.encode())
    after = with_ledger(config, new)
    assert config.read_bytes() == before.encode()
    office = office_from(parse(after.decode("utf-8-sig"), "kanal.yaml"))
    assert office is not None
    assert office.ledger == new
    return after.decode()


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_it_is_added_at_the_end(tmp_path: Path, end: str) -> None:
    before = f"# Wer?{end}office:   LK # bleibt{end}"
    assert named(tmp_path, before) == before + end + BLOCK.replace("\n", end)
    assert named(tmp_path, before.rstrip()) == before.rstrip() + end * 2 + BLOCK.replace("\n", end)


@pytest.mark.parametrize("word", ["auto", "git", "sqlite # noch keines"])
def test_it_takes_the_place_of_the_wish(tmp_path: Path, word: str) -> None:
    before = f"office: LK\nledger: {word}\n# danach\nlanguage: en\n"
    assert named(tmp_path, before) == f"office: LK\n{BLOCK}# danach\nlanguage: en\n"


def test_a_move_changes_the_place_only(tmp_path: Path) -> None:
    before = "office: LK\nledger: # unseres\n    name: Presse # so heißt es\n    id: 'a b'\n\nlanguage: en\n"
    assert named(tmp_path, before, LedgerName("Presse", "a b", "postgres")) == before.replace(
        "'a b'\n", "'a b'\n    store: postgres\n"
    )
    moved = before.replace("'a b'\n", "'a b'\n    store: git\n    remote: amt\n")
    back = named(tmp_path, moved, LedgerName("Presse", "a b", "sqlite"))
    assert back == before.replace("'a b'\n", "'a b'\n    store: sqlite\n")


def test_a_group_on_one_line_is_written_anew(tmp_path: Path) -> None:
    assert named(tmp_path, "ledger: {name: P, id: a-1}\noffice: LK\n", LedgerName("P", "a-1", "git")) == (
        "ledger:\n  name: 'P'\n  id: a-1\n  store: git\noffice: LK\n"
    )


def test_a_block_at_the_end_without_a_newline_is_moved(tmp_path: Path) -> None:
    before = "office: LK\nledger:\n  name: Presse\n  id: '1'"
    assert named(tmp_path, before, LedgerName("Presse", "1", "git")) == f"{before}\n  store: git\n"


@pytest.mark.parametrize(
    "before", ["{office: LK}\n", "office: LK\nledger: {name: Presse,\n  id: a-1}\n", "office: LK\nledger:\n  nam: x\n"]
)
def test_what_cannot_be_written_safely_is_refused(tmp_path: Path, before: str) -> None:
    config = tmp_path / "kanal.yaml"
    config.write_text(before, encoding="utf-8")
    with pytest.raises(LedgerRefused, match="cannot be written into"):
        with_ledger(config, LedgerName("Presse", "a-1", "git"))


@pytest.mark.parametrize("name", ["", " ", "Zwei\nZeilen"])
def test_a_name_that_the_file_cannot_hold_is_refused(tmp_path: Path, name: str) -> None:
    config = tmp_path / "kanal.yaml"
    config.write_text("office: LK\n", encoding="utf-8")
    with pytest.raises(LedgerRefused):
        with_ledger(config, LedgerName(name, "1"))
