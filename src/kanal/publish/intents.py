"""What the ledger is told before anything is sent. Values only."""

from collections.abc import Sequence
from pathlib import Path

from kanal import media
from kanal.ledger import NOBODY, Intent
from kanal.model import Picture, Prepared
from kanal.publish.planning import Step


def intent(step: Step, digest: str, prepared: Prepared, pictures: Sequence[Picture]) -> Intent:
    """Of the draft's `pictures` it gets the name and digest, not where they lie on somebody's computer.

    Not of what was made of them for the network: the draft's are those that were approved, and that are kept.
    """
    warrant = step.post.draft.warrant if step.post else NOBODY
    named = tuple(picture._replace(file=Path(picture.file.name)) for picture in pictures)
    kept = prepared._replace(part=prepared.part._replace(media=named))
    return Intent(step.key, digest, kept, warrant, tuple(media.digest(picture.file) for picture in pictures))
