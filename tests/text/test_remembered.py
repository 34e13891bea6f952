from kanal.text.remembered import Remembered


def test_a_word_is_asked_about_once() -> None:
    asked: list[str] = []

    def length(word: str) -> int:
        asked.append(word)
        return len(word)

    known = Remembered(length)
    assert list(known.each(["Amt", "Kreis", "Amt"])) == [3, 5, 3]
    assert known["Kreis"] == 5
    assert asked == ["Amt", "Kreis"]


def test_it_keeps_no_more_than_it_may() -> None:
    known = Remembered(len)
    assert [known[str(number)] for number in range(5000)] == [len(str(number)) for number in range(5000)]
    assert len(known) <= 2048
