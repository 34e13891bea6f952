"""The adapters speak, the practice networks answer, the published specifications judge both."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kanal.abilities.sending import CanFind, CanLocate, CanRepeat
from kanal.adapter import Adapter
from kanal.errors import DeliveryError, Unavailable
from kanal.model import Part, Prepared, Receipt
from kanal.sandbox import Practice
from kanal.sandbox.server import running
from tests.practised import pictures, plugged_in

from .checking import Naming, Specs
from .recording import Recorder

LINK = "https://landkreis.example/wertstoffhof?tag=montag&ort=1"
CASES: list[tuple[str, Naming]] = [
    ("mastodon", "post"),
    ("x", "post"),
    ("x", "tweet"),
    ("facebook", "post"),
    ("instagram", "post"),
]
NEEDS_PICTURES = {"instagram"}
LINK_FIELD = {"facebook"}


@dataclass(frozen=True)
class Scene:
    """One adapter at its recorded practice network."""

    platform: str
    adapter: Adapter
    practice: Practice
    recorder: Recorder
    folder: Path

    def part(self, text: str, *, link: str | None = None, count: int = 0) -> Part:
        """What the network takes closest to this: a link without a field stands in the text."""
        count = max(count, 1 if self.platform in NEEDS_PICTURES else 0)
        in_text = link and self.platform not in LINK_FIELD
        return Part(
            f"{text} {link}" if in_text else text, "de", None if in_text else link, pictures(self.folder, count)
        )

    def publish(self, part: Part) -> tuple[Prepared, Receipt]:
        prepared = self.adapter.prepare(part)
        return prepared, self.adapter.commit(prepared, f"{self.platform}/{part.text}")


@contextmanager
def scene_at(platform: str, naming: Naming, specs: Path, folder: Path) -> Iterator[Scene]:
    recorder = Recorder(Specs(specs, naming))
    staging = folder / "staging"
    staging.mkdir()
    with running(folder / "state", staging=staging, record=recorder, x_naming=naming) as practice:
        adapter = plugged_in(practice, platform, staging=staging)
        yield Scene(platform, adapter, practice, recorder, folder)
        adapter.close()


@pytest.fixture(params=CASES, ids="-".join)
def scene(request: pytest.FixtureRequest, published: Path, tmp_path: Path) -> Iterator[Scene]:
    platform, naming = request.param
    with scene_at(platform, naming, published, tmp_path) as made:
        yield made


def assert_lawful(scene: Scene) -> None:
    """Something was said, and nothing of it is against the specification."""
    assert scene.recorder.exchanges()
    assert scene.recorder.violations() == []


def test_publishing_keeps_to_the_specification(scene: Scene) -> None:
    most = scene.adapter.limits.media_max
    for part in (
        scene.part("Der Wertstoffhof ist am Montag geschlossen: „Grüße“ & 1 < 2."),
        scene.part("Alles Weitere steht hier:", link=LINK),
        scene.part("Ein Bild", count=1),
        scene.part("Alle Bilder", count=most),
        scene.part("Bilder und Link", link=LINK, count=2),
    ):
        scene.publish(part)
    assert len(scene.practice.posts(scene.platform)) == 5
    assert_lawful(scene)


def test_settling_doubts_keeps_to_the_specification(scene: Scene) -> None:
    adapter = scene.adapter
    since = datetime.now(UTC) - timedelta(minutes=1)
    prepared, receipt = scene.publish(scene.part("Ist das angekommen?"))
    if isinstance(adapter, CanRepeat):
        assert adapter.repeat(prepared, f"{scene.platform}/{prepared.part.text}").id == receipt.id
    assert isinstance(adapter, CanFind)
    found = adapter.find(prepared, since)
    assert found is not None
    assert found.id == receipt.id
    assert adapter.find(adapter.prepare(scene.part("Nie gesendet")), since) is None
    if isinstance(adapter, CanLocate):
        assert adapter.locate([receipt.id])[receipt.id].startswith("http")
    assert len(scene.practice.posts(scene.platform)) == 1
    assert_lawful(scene)


def test_what_the_network_refuses_keeps_to_the_specification(scene: Scene) -> None:
    handles = {"container": "1"} if scene.platform == "instagram" else {}
    with pytest.raises(DeliveryError):
        scene.adapter.commit(Prepared(Part("x" * 70_000, "de"), handles), "key")
    assert scene.practice.posts(scene.platform) == []
    assert_lawful(scene)


def test_an_unknown_token_keeps_to_the_specification(scene: Scene) -> None:
    unknown = dict.fromkeys(scene.adapter.needs, "unknown")
    stranger = plugged_in(scene.practice, scene.platform, staging=scene.folder / "staging", credentials=unknown)
    part = scene.part("Wer spricht?")
    with pytest.raises(Unavailable):
        stranger.commit(stranger.prepare(part), "key")
    stranger.close()
    assert scene.practice.posts(scene.platform) == []
    assert_lawful(scene)


def test_a_recorder_hears_a_practice_network(published: Path, tmp_path: Path) -> None:
    """Guards the tests above: a request of our own making must be heard and found wrong."""
    import httpx

    with scene_at("mastodon", "post", published, tmp_path) as scene:
        httpx.get(f"{scene.practice.urls('mastodon')['api']}/api/v1/invented", trust_env=False)
        assert any("/api/v1/invented" in words for words in scene.recorder.violations())
