"""What became of a video: Facebook tells of its three phases, uploading, processing and publishing.

https://developers.facebook.com/docs/graph-api/reference/video-status/ ; docs/networks.md#facebook-videos. This module
changes nothing.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import Enum, auto
from typing import Any, NamedTuple

from kanal.graph import Graph
from kanal.graph.posts import moment_of

FIELDS = "status,created_time"


class Stage(Enum):
    """How far a video is."""

    UPLOADED = auto()
    """Nobody has asked for it to be published."""
    WORKING = auto()
    """It is to be published, and Facebook is still at work on it."""
    OUT = auto()
    FAILED = auto()


class State(NamedTuple):
    """How far a video is, since when it is out (UTC), and Facebook's words about a failure."""

    stage: Stage
    at: datetime | None = None
    words: str = ""


def state_of(graph: Graph, video: str) -> State:
    """Ask. Raises `Unavailable`, of the kind `Missing` where there is no such video that the token may see."""
    answer = graph.read(f"/{video}", {"fields": FIELDS})
    status = answer.get("status")
    told: Mapping[str, Any] = status if isinstance(status, dict) else {}
    processing, publishing = _phase(told, "processing_phase"), _phase(told, "publishing_phase")
    errors = [*_errors(processing), *_errors(publishing)]
    if errors or told.get("video_status") == "error":
        return State(Stage.FAILED, words="; ".join(errors))
    if publishing.get("status") == "complete":
        at = moment_of(publishing.get("publish_time")) or moment_of(answer.get("created_time"))
        return State(Stage.OUT, at)
    waits = {processing.get("status"), publishing.get("status")} <= {"not_started", None}
    return State(Stage.UPLOADED if waits else Stage.WORKING)


def _phase(status: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    phase = status.get(name)
    return phase if isinstance(phase, dict) else {}


def _errors(phase: Mapping[str, Any]) -> list[str]:
    errors = phase.get("errors")
    found = [str(one.get("message") or one.get("code")) for one in errors or () if isinstance(one, dict)]
    return found or (["error"] if phase.get("status") == "error" else [])
