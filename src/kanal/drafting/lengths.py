"""How long a post becomes on each channel while somebody still answers: by the draft itself, as it will be sent."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from kanal.compose import compose
from kanal.drafting.answers import Answers
from kanal.drafting.filling import Filler, as_draft
from kanal.drafts import DraftSetting
from kanal.model import Channel


class Length(NamedTuple):
    """How much of what a channel takes the longest part of a post has used up."""

    channel: str
    used: int
    limit: int

    @property
    def is_over(self) -> bool:
        """Whether it is too long."""
        return self.used > self.limit


def lengths(
    filler: Filler,
    answers: Answers,
    channels: Sequence[Channel],
    setting: DraftSetting,
    mentions: Mapping[str, Mapping[str, str]],
) -> Iterator[Length]:
    """One for each channel, in order; none as long as there is no text."""
    draft = as_draft(filler.fields(answers, channels), setting)
    for channel in channels if draft else ():
        posts = compose(draft, channel, mentions) if draft else ()
        used, limit = max((post.limits.length(post.part), post.limits.text) for post in posts)
        yield Length(channel.name, used, limit)
