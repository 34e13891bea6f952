import pytest

from kanal.model import Poll
from kanal.rules.platform.poll import check as rule
from tests.rules.drafted import found, picture


@pytest.mark.parametrize(
    ("poll", "field", "words"),
    [
        (Poll(("a", "b", "c", "d", "e"), 60), "poll.options", "mastodon, x: The poll has 5 answers"),
        (Poll(("a", "b" * 26), 60), "poll.options[1]", "x: The answer"),
        (Poll(("a", "b"), 8 * 24 * 60), "poll.ends_after", "x: The poll runs for 11520 minutes"),
        (Poll(("a", "b"), 4), "poll.ends_after", "4 minutes"),
    ],
)
def test_each_limit_is_told_once_with_the_networks_that_have_it(poll: Poll, field: str, words: str) -> None:
    told = found(rule, draft={"poll": poll, "channels": ("mastodon", "x", "facebook")})
    assert {one.field for one in told} == {field}
    assert any(words in one.said for one in told)


def test_pictures_and_a_poll_do_not_go_together() -> None:
    poll = Poll(("a", "b"), 60)
    (one,) = found(rule, draft={"poll": poll, "channels": ("x",), "media": (picture("a.jpg"),)})
    assert (one.field, "A poll and pictures" in one.said) == ("poll", True)
    assert found(rule, draft={"poll": poll, "channels": ("x",)}) == []
