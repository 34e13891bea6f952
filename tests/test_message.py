from datetime import UTC, datetime, timedelta, timezone

import pytest

from kanal.message import Message, fill, msg, msgn


def test_the_places_of_a_sentence_are_filled() -> None:
    assert str(msg("{count} of {total} went out.", count=2, total=3)) == "2 of 3 went out."


def test_a_message_inside_a_message_is_filled_too() -> None:
    inner = msg("Did you mean “{name}”?", name="text")
    assert str(msg("The key “{key}” is unknown. {hint}", key="txt", hint=inner)) == (
        "The key “txt” is unknown. Did you mean “text”?"
    )


def test_braces_among_the_values_are_shown_as_they_are() -> None:
    assert str(msg("There is no mention “{name}”.", name="{@feuerwehr}")) == "There is no mention “{@feuerwehr}”."


def test_doubled_braces_stand_for_braces_even_without_values() -> None:
    assert str(msg("A group begins with “{{”.")) == "A group begins with “{”."


@pytest.mark.parametrize(("count", "said"), [(0, "0 posts"), (1, "1 post"), (2, "2 posts")])
def test_the_number_decides_between_singular_and_plural(count: int, said: str) -> None:
    assert str(msgn("{count} post", "{count} posts", count)) == said


def test_a_time_is_shown_in_utc_where_no_zone_is_known() -> None:
    berlin = timezone(timedelta(hours=2))
    moment = datetime(2026, 7, 1, 8, 30, tzinfo=berlin)
    assert str(msg("Again at {time}.", time=moment)) == "Again at 2026-07-01 06:30 UTC."


def test_another_language_may_show_the_values_in_its_own_way() -> None:
    catalogue = {"Again at {time}: {why}": "Wieder um {time}: {why}", "The network rests.": "Das Netz ruht."}

    def german(value: object) -> object:
        if isinstance(value, Message):
            return fill(catalogue[value.text], value.values, german)
        return f"{value:%H:%M} Uhr" if isinstance(value, datetime) else value

    message = msg("Again at {time}: {why}", time=datetime(2026, 7, 1, 8, 30, tzinfo=UTC), why=msg("The network rests."))
    assert german(message) == "Wieder um 08:30 Uhr: Das Netz ruht."


def test_messages_of_the_same_words_are_equal() -> None:
    assert msg("Gone: {name}", name="a") == msg("Gone: {name}", name="a")
    assert msg("Gone: {name}", name="a") != msg("Gone: {name}", name="b")
