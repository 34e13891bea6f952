"""Rule: a draft asks of a network only what kanal can send there."""

from collections import defaultdict
from collections.abc import Iterator

from kanal.compose import Post
from kanal.message import msg
from kanal.model import Extra, Problem
from kanal.part_extras import asked_in
from kanal.rules import Subject, rule


@rule("error", when="extras")
def check(subject: Subject) -> Iterator[Problem]:
    """A draft holds nothing that a network could not be given.

    What cannot be sent is not silently left out: a question without its poll helps nobody. Threads, polls and replies
    are for Mastodon and X; content warnings, hidden pictures, visibility and quotations for Mastodon; stories
    (`format: story`) for Instagram. Where a channel may go without, say so:
    `variants: {facebook: {leave_out: [poll]}}`; or take the channel out.

    Source: the interfaces of the networks, as far as kanal uses them.

    Good:
        id: example
        channels: [mastodon]
        text: So arbeitet der Winterdienst.
        media:
          - {file: good.jpg, alt: Ein Räumfahrzeug im Schnee, credit: Landkreis Musterland, licence: eigenes Foto}
    Good:
        id: example
        channels: [mastodon, facebook]
        text: Wann soll das Bürgerbüro länger öffnen?
        poll: {options: [Dienstag, Donnerstag], ends_after: 3 days}
        variants:
          facebook: {text: Das Bürgerbüro öffnet bald länger., leave_out: [poll]}
    Bad:
        id: example
        channels: [mastodon, facebook]
        text: Wann soll das Bürgerbüro länger öffnen?
        poll: {options: [Dienstag, Donnerstag], ends_after: 3 days}
    Bad:
        id: example
        channels: [facebook]
        text: So arbeitet der Winterdienst.
        format: story
        media:
          - {file: good.jpg, alt: Ein Räumfahrzeug im Schnee, credit: Landkreis Musterland, licence: eigenes Foto}
    """
    without: dict[str, list[str]] = defaultdict(list)
    without_video: dict[str, list[str]] = defaultdict(list)
    for post in subject.posts:
        for extra in asked_in(post.part):
            if extra not in post.limits.expresses:
                without[_field(post, extra)].append(post.channel.name)
        if post.limits.video is None:
            for index, picture in enumerate(post.part.media):
                if picture.is_video:
                    without_video[post.field(f"media[{index}].file")].append(post.channel.name)
    for field, channels in without.items():
        yield Problem(
            field,
            msg(
                "{channels} cannot express “{key}”. Write under variants that it is left out there, or take the channel"
                " out.",
                channels=", ".join(dict.fromkeys(channels)),
                key=field.rpartition(".")[2],
            ),
        )
    for field, channels in without_video.items():
        yield Problem(
            field,
            msg(
                "kanal cannot send a video to {channels}. Link to it on your website, or post it by hand.",
                channels=", ".join(channels),
            ),
        )


def _field(post: Post, extra: Extra) -> str:
    """Where the draft asks for it."""
    return post.field("text").rpartition("[")[0] if extra is Extra.THREAD else post.field(str(extra))
