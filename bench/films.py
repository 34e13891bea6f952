"""A video of 10, 100 and 300 MB from the draft to the practice networks: how long it takes, and how much memory."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from measure import once, peak
from office import make_office

from kanal.testing.parts import write_film

MEGABYTE = 1_000_000
SIZES = (10, 100, 300)
TAKES = {"mastodon": 103, "x": 512, "facebook": 2000, "instagram": 300}
"""Megabytes of a video."""
TARGET = 150
DRAFT = """\
id: film
channels: [{network}]
text: {text}
media:
  - file: media/film.mp4
    alt: Ein Räumfahrzeug im Schnee
    credit: Landkreis Musterland
    licence: eigenes Video
    captions: media/film.de.vtt
"""
CUES = "WEBVTT\n\n00:00.000 --> 00:01.000\nDer Winterdienst ist unterwegs.\n"
PUBLISH = ("-m", "kanal", "publish", "--sandbox", "--format", "json", "film")


class _Row(NamedTuple):
    """Seconds of wall time of the whole command, and MiB at its peak."""

    network: str
    size: int
    seconds: float
    memory: float


def large_videos(folder: Path) -> str:
    """The report's section."""
    make_office(folder, 0)
    (folder / "posts" / "media" / "film.de.vtt").write_text(CUES, encoding="utf-8")
    with _networks(folder):
        rows = [_measured(folder, network, size) for size in SIZES for network, most in TAKES.items() if size <= most]
    return _section(rows)


def _measured(folder: Path, network: str, size: int) -> _Row:
    write_film(folder / "posts" / "media" / "film.mp4", size * MEGABYTE)
    _begin_anew(folder, network, f"Der Winterdienst ist unterwegs, {size} Mal.")
    done = once(PUBLISH, folder)
    assert json.loads(done.output)["summary"]["published"] == 1
    _begin_anew(folder, network, f"Der Winterdienst ist noch unterwegs, {size} Mal.")
    return _Row(network, size, done.seconds, peak(PUBLISH, folder))


def _begin_anew(folder: Path, network: str, text: str) -> None:
    """Write the draft, for a ledger that knows nothing of it."""
    for file in (folder / ".kanal").glob("practice.sqlite3*"):
        file.unlink()
    (folder / "posts" / "film.yaml").write_text(DRAFT.format(network=network, text=text), encoding="utf-8")


@contextmanager
def _networks(folder: Path) -> Iterator[None]:
    """Practice networks in a process of their own, whose memory is not kanal's."""
    state = folder / ".kanal" / "sandbox"
    state.mkdir(parents=True)
    command = [sys.executable, str(Path(__file__).with_name("networks.py")), str(state)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.readline()
        yield
        process.stdin.close()


def _section(rows: list[_Row]) -> str:
    table = "\n".join(map(_line, rows))
    most = max(row.memory for row in rows)
    return f"""
## A large video

`python bench/run.py large_videos`: `kanal publish --sandbox` of one draft with a video (MP4, H.264 and AAC, padded to
its size) and captions, the practice networks in a process of their own on the same 2 cores. The time is that of the
whole command, from start-up to the last line: the video is measured, its digest taken, and all of it sent; the networks
are asked a second later whether they are ready. Mastodon takes 103 MB at most, Instagram 300, X 512 and Facebook 2,000.

| network | size | time | throughput | peak memory |
|---|---|---|---|---|
{table}

The target is {TARGET} MB of peak memory, whatever the size: {most * 1.048576:.0f} MB at most here.
"""


def _line(row: _Row) -> str:
    speed = f"{row.size / row.seconds:.0f} MB/s"
    return f"| {row.network} | {row.size} MB | {row.seconds:.1f} s | {speed} | {row.memory:.0f} MiB |"
