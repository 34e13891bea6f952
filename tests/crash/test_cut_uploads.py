"""A video is on its way, and the network is cut, or the process is killed in the middle: in the end it is out once.

Each request of the way is cut, also those that bring bytes. The next job goes on where the network allows it.
"""

from dataclasses import replace
from hashlib import sha256
from itertools import product
from multiprocessing.context import BaseContext
from pathlib import Path

import pytest

from kanal.sandbox import PLATFORMS, Practice
from kanal.testing.parts import write_film
from tests.crash.apart import apart
from tests.crash.conftest import Lines, NewScene
from tests.crash.endings import publish_or_die, upload_or_die
from tests.crash.extent import EVERY_FAULT
from tests.crash.journeys import FILM_BYTES, FILM_IS_OUT, FILMED
from tests.crash.line import Cut, End
from tests.crash.scene import SETTLED, Scene, over, publish, was_in_doubt
from tests.crash.summary import Case, RecordProperty

META = ("facebook", "instagram")
CUTS = tuple(Cut) if EVERY_FAULT else (Cut.IN_REQUEST, Cut.AFTER)
CASES = [
    (platform, number, cut) for platform in PLATFORMS for number, cut in product(range(len(FILMED[platform])), CUTS)
]
QUARTER = 900.0
JOBS = 4


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("films") / "winter.mp4"
    write_film(file, FILM_BYTES)
    return file


@pytest.fixture
def scene(new_scene: NewScene, film: Path, platform: str) -> Scene:
    return replace(new_scene("sqlite", platform), film=str(film))


def _published_once(scene: Scene, practice: Practice, film: Path) -> None:
    [post] = practice.posts(scene.platform, scene.account)
    assert [media.sha256 for media in post.media] == [sha256(film.read_bytes()).hexdigest()]


@pytest.mark.parametrize("platform", PLATFORMS)
def test_the_requests_that_are_cut_are_all_that_there_are(scene: Scene, lines: Lines, platform: str) -> None:
    line = lines[platform]
    line.listen()
    assert publish(over(line, scene), patience=None).outcome == "published"
    assert line.asked == FILMED[platform]


@pytest.mark.parametrize(("platform", "number", "cut"), CASES)
def test_a_video_whose_way_is_cut_is_out_once(  # noqa: PLR0917 - fixtures
    scene: Scene,
    lines: Lines,
    practice: Practice,
    film: Path,
    record_property: RecordProperty,
    platform: str,
    number: int,
    cut: Cut,
) -> None:
    line, cut_off = lines[platform], over(lines[platform], scene)
    line.listen(lambda asked: cut if asked == number else None, End.RESET)
    jobs = [publish(cut_off, patience=None)]
    assert line.cuts
    line.listen()
    if number < FILM_IS_OUT[platform]:
        assert (jobs[0].outcome, practice.posts(platform, scene.account)) == ("deferred", [])
    while jobs[-1].outcome not in SETTLED and len(jobs) < JOBS:
        jobs.append(publish(cut_off, patience=None, later=QUARTER * len(jobs)))
    told = all(job.reason for job in jobs if job.outcome not in SETTLED)
    settled = jobs[-1].outcome in SETTLED
    posts = len(practice.posts(platform, scene.account))
    Case("sqlite", f"a video, cut {cut}", posts, settled, told, was_in_doubt(scene)).record(record_property)
    _published_once(scene, practice, film)


@pytest.mark.parametrize(("platform", "share"), list(product(("x", *META), (0.1, 0.6))))
def test_a_process_that_is_killed_in_the_middle_of_an_upload_leaves_something_to_go_on_with(  # noqa: PLR0917 - fixtures
    scene: Scene,
    practice: Practice,
    film: Path,
    processes: BaseContext,
    record_property: RecordProperty,
    platform: str,
    share: float,
) -> None:
    assert apart(processes, upload_or_die, scene, share, 0) is None
    assert practice.posts(platform, scene.account) == []
    told: list[int] = []
    outcome = publish(scene, sent=lambda news: told.append(news.sent), wait=3).outcome
    posts = len(practice.posts(platform, scene.account))
    Case("sqlite", "killed while uploading", posts, outcome in SETTLED, told=True, doubted=False).record(
        record_property
    )
    _published_once(scene, practice, film)
    if share > 0.5:
        assert told[0] > 1_000_000, "the beginning was sent again"


@pytest.mark.parametrize(("platform", "moment"), list(product(META, ("prepared", "claimed", "in flight", "committed"))))
def test_a_video_is_out_once_whenever_its_process_is_killed(  # noqa: PLR0917 - fixtures
    scene: Scene, practice: Practice, film: Path, processes: BaseContext, platform: str, moment: str
) -> None:
    apart(processes, publish_or_die, scene, moment, 0, 0)
    for later in (0.0, 90.0, 180.0):
        if publish(scene, wait=3, later=later).outcome in SETTLED:
            break
    assert len(practice.posts(platform, scene.account)) == 1
    _published_once(scene, practice, film)
