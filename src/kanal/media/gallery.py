"""What is known about media files, each looked into once for as long as it does not change.

A draft that changed mostly shows a picture that did not: opening it again, and looking for faces, would take a commit
hook longer than all the rest. Pillow and PyAV are imported only for a file that nobody has looked into yet. This
module must not know drafts, nor where its knowledge is kept.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kanal.media.picture import PictureFacts
from kanal.message import NOTHING

if TYPE_CHECKING:  # most drafts show neither
    from kanal.media.gif import Animation
    from kanal.media.video import VideoFacts

MISSING = -1
"""Size and time of change of a file that is not there."""


class Seen(NamedTuple):
    """A file as it was looked into: time of change (nanoseconds), size, and answers by question, as plain values."""

    mtime: int
    size: int
    answers: dict[str, Any]


class Gallery:
    """Answers about media files, by path; `changed` are those that are not any more what they were in an earlier run.

    Used by one thread.
    """

    def __init__(self) -> None:
        self._known: dict[str, Seen] = {}
        self._earlier: Mapping[str, Seen] = NOTHING
        self._checked: dict[str, bool] = {}
        self.changed: set[str] = set()
        self.has_news = False

    @property
    def known(self) -> Mapping[str, Seen]:
        """All that is known, from earlier runs and from this one."""
        return {**self._earlier, **self._known}

    def remember(self, earlier: Mapping[str, Seen]) -> None:
        """Begin with what an earlier run knew."""
        self._earlier = earlier

    def is_as_before(self, path: str) -> bool:
        """Whether the file is what it was in an earlier run; each is looked at once."""
        if path not in self._checked:
            self._now(path)
            self._checked[path] = path in self._earlier and path not in self.changed
        return self._checked[path]

    def measure(self, path: Path) -> PictureFacts:
        """As `kanal.media.measure`. Raises `UnreadableMedia`, each time anew: a mistake is about to be mended."""

        def look() -> tuple[Any, ...]:
            from kanal.media.picture import measure

            return tuple(measure(path))

        return PictureFacts(*self._answer(path, "facts", look))

    def personal_metadata(self, path: Path) -> tuple[str, ...]:
        """As `kanal.media.personal_metadata`. Raises `UnreadableMedia`."""

        def look() -> tuple[str, ...]:
            from kanal.media.metadata import personal_metadata

            return personal_metadata(path)

        return tuple(self._answer(path, "personal", look))

    def faces(self, path: Path) -> int | None:
        """As `kanal.media.faces.faces`. Raises `UnreadableMedia`."""

        def look() -> int | None:
            from kanal.media.faces import faces

            return faces(path)

        count: int | None = self._answer(path, "faces", look)
        return count

    def video(self, path: Path) -> "VideoFacts | None":
        """As `kanal.media.video.measure_video`. Raises `UnreadableMedia`."""
        from kanal.media.video import VideoFacts, measure_video

        def look() -> tuple[Any, ...] | None:
            facts = measure_video(path)
            return tuple(facts) if facts else None

        found = self._answer(path, "film", look)
        return VideoFacts(*found) if found else None

    def animation(self, path: Path) -> "Animation | None":
        """As `kanal.media.gif.animation`, of a file that is a GIF; `None` for one whose structure breaks off."""
        from kanal.media.gif import Animation, animation
        from kanal.media.structure import Broken

        def look() -> tuple[int, ...] | None:
            try:
                return tuple(animation(path.read_bytes()))
            except (OSError, Broken):
                return None

        found = self._answer(path, "animation", look)
        return Animation(*found) if found else None

    def unseen(self, paths: Iterable[Path]) -> Iterator[str]:
        """Those of the files that nobody has looked into yet, as they are now."""
        for path in map(str, paths):
            known = self._entry(path)
            if known is None or known[:2] != _here(path):
                yield path

    def seen(self, paths: Iterable[Path]) -> dict[str, Seen]:
        """What is known about these files, as they are now."""
        return {str(path): self._now(str(path)) for path in paths}

    def learn(self, seen: Mapping[str, Seen]) -> None:
        """Take over what another gallery found out about files as they are now."""
        for path, theirs in seen.items():
            ours = self._now(path)
            if ours[:2] == theirs[:2] and theirs.answers.keys() - ours.answers.keys():
                ours.answers.update(theirs.answers)
                self.has_news = True

    def _answer(self, path: Path, question: str, look: Callable[[], Any]) -> Any:
        answers = self._now(str(path)).answers
        if question in answers:
            return answers[question]
        found = look()
        if found is not None:  # else whoever could tell is not installed, which may change
            answers[question] = found
            self.has_news = True
        return found

    def _entry(self, path: str) -> Seen | None:
        return self._known.get(path) or self._earlier.get(path)

    def _now(self, path: str) -> Seen:
        here, known = _here(path), self._entry(path)
        if known is None or known[:2] != here:
            if known is not None:
                self.changed.add(path)
            known = self._known[path] = Seen(*here, {})
            self.has_news = True
        return known


def _here(path: str) -> tuple[int, int]:
    """Time of change and size of the file as it is now."""
    try:
        stat = os.stat(path)  # noqa: PTH116 -- asked for several times a draft, and half the price of a path's own
    except OSError:
        return MISSING, MISSING
    return stat.st_mtime_ns, stat.st_size
