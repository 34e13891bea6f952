"""The conservative way to count for Instagram and Facebook."""

import pytest

from kanal.text import facebook_length, instagram_length


@pytest.mark.parametrize(("text", "length"), [("", 0), ("Grüße …", 7), ("👍", 2), ("👩‍👩‍👧", 8), ("https://a.de", 12)])
def test_utf16_code_units_are_counted(text: str, length: int) -> None:
    assert instagram_length(text) == length
    assert facebook_length(text) == length
    assert length >= len(text)
