"""Rule: each video is coded, sized and cut so that its network takes it."""

from collections.abc import Iterator

from kanal.errors import KanalError
from kanal.message import msg
from kanal.model import Problem
from kanal.rules import Subject, rule
from kanal.video_fits import video_misfits


@rule("error", when="video")
def check(subject: Subject) -> Iterator[Problem]:
    """Kind of file, bytes, length, codec, size, proportions and pictures a second, as each network documents them.

    A network looks at a video only after all of it has been sent, which takes minutes, and then refuses it in few
    words. What every network takes: MP4 with H.264 and AAC, 1280 × 720, at most 30 pictures a second and two minutes.

    To look into a video, kanal needs the optional package PyAV; without it, a video is not sent unseen.

    Source: X API, “Media best practices”; Mastodon, “Instance” (media_attachments).

    Good:
        id: example
        channels: [mastodon, x]
        text: So werden Linden gepflanzt.
        media:
          - file: film.mp4
            alt: Zwei Gärtnerinnen setzen eine Linde
            credit: Landkreis Musterland
            licence: CC BY 4.0
            captions: film.de.vtt
    Bad:
        id: example
        channels: [x]
        text: So werden Linden gepflanzt.
        media:
          - file: strange.mp4
            alt: Zwei Gärtnerinnen setzen eine Linde
            credit: Landkreis Musterland
            licence: CC BY 4.0
            captions: film.de.vtt
    """
    unmeasured: set[str] = set()
    for post in subject.posts:
        for index, video in enumerate(post.part.media):
            field = post.field(f"media[{index}].file")
            if not video.is_video or post.limits.video is None:
                continue
            try:
                facts = subject.gallery.video(video.file)
            except KanalError:
                continue  # references/media-file says what is wrong with it
            if facts is None:
                unmeasured.add(field)
                continue
            for message in video_misfits(facts, post.limits.video, post.channel.name):
                yield Problem(field, message)
    for field in sorted(unmeasured):
        yield Problem(
            field,
            msg(
                "Nobody can tell whether the networks take this video: PyAV is missing. Install it with"
                " “pip install 'kanal[video]'”, or switch this rule off and look yourself."
            ),
        )
