"""Rule: a post's text fits the network."""

from collections.abc import Iterator

from kanal.message import msg
from kanal.model import Problem
from kanal.rules import Subject, rule


@rule("error")
def check(subject: Subject) -> Iterator[Problem]:
    """The text of each post, link included, is not longer than its network takes, counted as that network counts.

    X counts a link as 23 and an emoji as 2; Mastodon counts letters as people see them. The numbers are those of the
    networks' documentation, or of the channel's own server (`limits:` in config/channels.yaml).

    Source: Mastodon, “Instance” (max_characters); X, “Counting characters”; Graph API, “IG User media” (caption).

    Good:
        id: example
        channels: [x]
        text: Die Kreisstraße 12 ist bis Freitag gesperrt.
    Bad:
        id: example
        channels: [x]
        text: Die Kreisstraße 12 ist wegen Bauarbeiten von Montag, 7. Dezember, bis Freitag, 18. Dezember, zwischen
          Musterstadt und Beispielhausen für den gesamten Verkehr gesperrt. Eine Umleitung über die Landesstraße 7 ist
          ausgeschildert. Der Linienbus 240 fährt in dieser Zeit nach einem eigenen Fahrplan, den Sie an den
          Haltestellen finden.
    """
    for post in subject.posts:
        length = post.limits.length(post.part)
        if length > post.limits.text:
            yield Problem(
                post.field("text"),
                msg(
                    "Too long for {channel}: {length} of {limit} characters. Shorten it by {excess}, or give {channel}"
                    " a text of its own under variants.",
                    channel=post.channel.name,
                    length=length,
                    limit=post.limits.text,
                    excess=length - post.limits.text,
                ),
            )
