"""A video from the draft to both networks, and one that was interrupted on its way."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from kanal.sandbox import Fault, FaultKind, Practice
from kanal.testing.parts import write_film
from tests.cli.calls import Kanal, command, surroundings
from tests.conftest import WriteFile
from tests.optional import require_av

DRAFT = """\
id: film
channels: {channels}
text: So werden Linden gepflanzt.
media:
  - file: winter.mp4
    alt: Zwei Gärtnerinnen setzen eine Linde
    credit: Landkreis Musterland
    licence: CC BY 4.0
    captions: winter.de.vtt
"""
CUES = "WEBVTT\n\n00:00.000 --> 00:01.000\nSo werden Linden gepflanzt.\n"


@pytest.fixture(autouse=True)
def _measured() -> None:
    require_av()


def _draft(write_file: WriteFile, channels: str, bytes_: int) -> Path:
    film = write_file("posts/film.yaml", DRAFT.format(channels=channels)).parent / "winter.mp4"
    write_file("posts/winter.de.vtt", CUES)
    write_film(film, bytes_)
    return film


def test_a_video_goes_to_all_networks_with_what_each_takes(
    kanal: Kanal, practice: Practice, write_file: WriteFile
) -> None:
    film = _draft(write_file, "[x, mastodon, facebook, instagram]", 20_000_000)
    answer = kanal("publish", "--sandbox", "film")
    assert answer.code == 0, answer
    for channel in ("x", "facebook", "instagram"):
        assert f"{channel}: 20 of 20 MB of “winter.mp4” are sent." in answer.err
    digest = sha256(film.read_bytes()).hexdigest()
    by_network = {post.platform: post.media for post in practice.posts()}
    assert {name: [media.sha256 for media in shown] for name, shown in by_network.items()} == {
        "x": [digest],
        "mastodon": [digest],
        "facebook": [digest],
        "instagram": [digest],
    }
    assert [media.alt for media in by_network["mastodon"]] == ["Zwei Gärtnerinnen setzen eine Linde"]
    for network, captions in {"x": ["DE"], "facebook": ["DE"], "mastodon": [], "instagram": []}.items():
        assert [list(media.captions) for media in by_network[network]] == [captions]
    assert list((kanal.root / ".kanal" / "uploads").iterdir()) == []
    assert kanal("publish", "--sandbox", "film").code == 0
    assert len(practice.posts()) == 4


def test_a_story_is_planned_and_published_without_its_text(
    kanal: Kanal, practice: Practice, write_file: WriteFile
) -> None:
    _draft(write_file, "[instagram]", 0)
    story = "\nvariants:\n  instagram: {format: story, leave_out: [text]}\n"
    write_file("posts/film.yaml", DRAFT.format(channels="[instagram, mastodon]") + story)
    plan = kanal("plan", "film").out
    assert "A story, gone after 24 hours." in plan
    assert plan.count("So werden Linden gepflanzt.") == 1
    extras = json.loads(kanal("plan", "--format", "json", "film").out)["deliveries"]
    assert [one["extras"].get("format") for one in extras if one["channel"] == "instagram"] == ["story"]
    assert kanal("publish", "--sandbox", "film").code == 0
    by_network = {post.platform: (post.story, post.text) for post in practice.posts()}
    assert by_network == {"instagram": (True, ""), "mastodon": (False, "So werden Linden gepflanzt.")}


def test_captions_that_facebook_did_not_take_are_told_and_the_video_stays_published(
    kanal: Kanal, practice: Practice, write_file: WriteFile
) -> None:
    _draft(write_file, "[facebook]", 0)
    practice.set_fault("facebook", Fault(FaultKind.EXPIRED, times=None, calls="correct"))
    answer = kanal("publish", "--sandbox", "film")
    assert (answer.code, len(practice.posts())) == (0, 1)
    assert "facebook: The video is out, but without its captions “winter.de.vtt”" in answer.err
    assert "Add them on the page." in answer.err


def test_a_story_with_words_stops_at_the_desk(kanal: Kanal, practice: Practice, write_file: WriteFile) -> None:
    _draft(write_file, "[instagram]", 0)
    write_file("posts/film.yaml", DRAFT.format(channels="[instagram]") + "format: story\n")
    answer = kanal("publish", "--sandbox", "film")
    assert answer.code == 1
    assert "A story shows no text." in answer.out
    assert practice.posts() == []


def test_the_plan_says_what_each_network_shows_of_a_video(kanal: Kanal, write_file: WriteFile) -> None:
    _draft(write_file, "[x, mastodon]", 0)
    on_x, on_mastodon = kanal("plan", "film").out.split("film → mastodon")
    assert "  Video: winter.mp4 (this network shows no alternative text with it)\n  Captions: winter.de.vtt\n" in on_x
    assert "  Video: winter.mp4 – Zwei Gärtnerinnen setzen eine Linde\n" in on_mastodon
    assert "  Captions: winter.de.vtt (this network does not show them)\n" in on_mastodon


@pytest.mark.skipif(sys.platform == "win32", reason="no process can be killed like this there")
def test_an_upload_whose_process_was_killed_goes_on_in_the_next_run(
    kanal: Kanal, practice: Practice, write_file: WriteFile
) -> None:
    _draft(write_file, "[x]", 39_000_000)
    practice.set_fault("x", Fault(FaultKind.LATENCY, times=None, seconds=0.2, calls="all"))
    uploads = kanal.root / ".kanal" / "uploads"
    environ = surroundings(PYTHONPATH=os.pathsep.join(path for path in sys.path if path))
    with subprocess.Popen(
        command("publish", "--sandbox", "film"),
        cwd=kanal.root,
        env=environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        _wait_for(lambda: any('"next": 3' in file.read_text("utf-8") for file in uploads.glob("*.json")))
        os.kill(process.pid, signal.SIGKILL)
    practice.heal()
    practice.reset_counts()
    assert kanal("publish", "--sandbox", "film").code == 0
    # What is left of ten segments, the end of the upload, its captions in four requests, and the post.
    assert practice.request_counts()["x"] <= 7 + 2 + 4 + 1
    assert len(practice.posts()) == 1


def _wait_for(met: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not met():
        assert time.monotonic() < end
        time.sleep(0.01)
