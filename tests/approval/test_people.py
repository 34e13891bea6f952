import pytest

from kanal.approval.people import Person


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Person("Kim Muster"), Person("kim  muster ")),
        (Person("J\u00f6rg Probe"), Person("Jo\u0308rg Probe")),
        (Person("Kim Muster", "kim@office.example"), Person("K. Muster", "KIM@office.example")),
        (Person("Kim Muster", "kim@office.example"), Person("Kim Muster", "kim@home.example")),
    ],
    ids=["capitals and blanks", "umlauts of a Mac", "same address", "same name"],
)
def test_a_second_spelling_makes_no_second_person(one: Person, other: Person) -> None:
    assert one.is_same_as(other)
    assert other.is_same_as(one)


def test_two_people_without_addresses_are_two_people() -> None:
    assert not Person("Kim Muster").is_same_as(Person("Toni Probe"))
