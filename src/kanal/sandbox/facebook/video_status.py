"""What the practice Facebook tells of a video's three phases.

https://developers.facebook.com/docs/graph-api/reference/video-status/
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kanal.sandbox.dialect import Ground
from kanal.sandbox.records import Upload


def status_of(ground: Ground, upload: Upload) -> Mapping[str, Any]:
    """A video's three phases; each look at one that is worked on lets it come nearer to its end."""
    there = ground.store.arriving.size("facebook", upload.id)
    uploaded = upload.attached is not None or there == upload.details["total"]
    uploading = {"status": "complete"} if uploaded else {"status": "in_progress", "bytes_transferred": there}
    if not upload.attached:
        waiting = {"status": "not_started"}
        return _status("upload_complete" if uploaded else "uploading", uploading, waiting, waiting)
    if upload.details["looks"] > 0:
        details = {**upload.details, "looks": upload.details["looks"] - 1}
        ground.store.save_upload(replace(upload, details=details))
        return _status("processing", uploading, {"status": "in_progress"}, {"status": "not_started"})
    out = {"status": "complete", "publish_status": "published"}
    return _status("ready", uploading, {"status": "complete"}, out)


def _status(word: str, uploading: object, processing: object, publishing: object) -> Mapping[str, Any]:
    return {
        "video_status": word,
        "uploading_phase": uploading,
        "processing_phase": processing,
        "publishing_phase": publishing,
    }
