"""What a post says besides words, link and pictures, in words: for previews and for the office's record."""

from collections.abc import Iterator

from kanal.message import Message, msg
from kanal.model import Part, Visibility

_READERS = {
    Visibility.PUBLIC: msg("everybody"),
    Visibility.UNLISTED: msg("everybody, but not listed"),
    Visibility.FOLLOWERS: msg("followers only"),
}


def in_words(part: Part) -> Iterator[Message]:
    """What a part says besides words, link and pictures."""
    if part.story:
        yield msg("A story, gone after 24 hours.")
    if part.reply_to:
        yield msg("Answers: {draft}", draft=part.reply_to)
    if part.quote:
        yield msg("Quotes: {draft}", draft=part.quote)
    if part.warning:
        yield msg("Content warning: {warning}", warning=part.warning)
    if part.sensitive and part.media:
        yield msg("Pictures are hidden until somebody asks for them.")
    if part.visibility:
        yield msg("Visible to: {visibility}", visibility=_READERS[part.visibility])
    if part.poll:
        yield msg("Poll: {options}", options=" | ".join(part.poll.options))
