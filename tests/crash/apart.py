"""A run in a process of its own, which may be killed."""

import json
from collections.abc import Callable
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any

from tests.crash.scene import Scene


def apart(processes: BaseContext, run: Callable[..., None], scene: Scene, *arguments: object) -> Any:
    """What the run says in the scene's `outcome.json`; None if it was killed before it came to that."""
    process = processes.Process(target=run, args=(scene, *arguments))  # type: ignore[attr-defined]
    process.start()
    process.join(30)
    assert not process.is_alive(), "hangs"
    outcome = Path(scene.folder) / "outcome.json"
    return json.loads(outcome.read_text(encoding="utf-8")) if outcome.exists() else None
