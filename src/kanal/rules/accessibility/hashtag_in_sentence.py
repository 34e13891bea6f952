"""Rule: hashtags stand at the end."""

from collections.abc import Iterator

from kanal.message import msg
from kanal.model import Problem, Span
from kanal.prose.hashtags import find_hashtags, stands_in_sentence
from kanal.rules import Subject, rule


@rule("info", when="hashtag")
def check(subject: Subject) -> Iterator[Problem]:
    """A hashtag stands behind the text and replaces no word in it.

    “Der number sign Kreistag tagt”: that is what listeners hear. A coloured word in mid-sentence also looks like a link
    that matters.

    Write the word without # and put the hashtag at the end.

    Source: kanal's own advice (no source beyond good practice); practice of several guidelines on accessible posts

    Good:
        id: example
        channels: [mastodon]
        text: "Der Kreistag tagt am Mittwoch in Musterstadt. #Kreistag"
    Bad:
        id: example
        channels: [mastodon]
        text: "Der #Kreistag tagt am Mittwoch in Musterstadt."
    """
    for passage in subject.texts():
        for tag in find_hashtags(passage.text):
            if stands_in_sentence(passage.text, tag):
                yield Problem(
                    passage.field,
                    msg("This hashtag interrupts the sentence for listeners. Write the word, and the tag at the end."),
                    Span(tag.start, tag.end),
                )
