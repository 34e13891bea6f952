from pathlib import Path

from kanal.prose.lists import entries, marked_words_of, words_of


def test_a_list_adds_endings_and_keeps_marked_words_apart(tmp_path: Path) -> None:
    file = tmp_path / "words.txt"
    file.write_text("# comment\nIdiot en in  # more\ndumm ~\n\n? Esel s\n", encoding="utf-8")
    assert words_of(file) == {"idiot", "idioten", "idiotin", "dumm", "dumme", "dummem", "dummen", "dummer", "dummes"}
    assert marked_words_of(file) == {"esel", "esels"}
    assert entries(file) == ("Idiot en in", "dumm ~", "? Esel s")
