"""An office that hands over: what a test does with it, and what it looks at."""

import httpx

from kanal import rules
from kanal.cli.networks import practised
from kanal.config import load
from kanal.platforms import names
from kanal.sandbox import Practice
from tests.cli.calls import Kanal
from tests.cli.frozen import Frozen
from tests.conftest import WriteFile

WHY = ("--reason", "Falscher Tag", "--name", "Erika Mustermann")
TEXT = "Am Samstag ist Markt."
BOTH = {"markt/mastodon": "handed-over", "markt/facebook": "handed-over"}


class Office:
    """kanal, its networks, its clock, and a draft for Mastodon and Facebook that is planned for two hours later."""

    def __init__(self, kanal: Kanal, practice: Practice, clock: Frozen, write: WriteFile) -> None:
        self.kanal, self.practice, self.clock, self._write = kanal, practice, clock, write

    def draft(
        self,
        text: str = "Am Samstag ist Markt.",
        *,
        name: str = "markt",
        channels: str = "mastodon, facebook",
        hours: float | None = 2,
        more: str = "",
    ) -> None:
        at = f"publish_at: {self.clock.local(hours=hours)}\n" if hours is not None else ""
        self._write(f"posts/{name}.yaml", f"id: {name}\nchannels: [{channels}]\ntext: {text}\n{at}{more}")

    @property
    def out(self) -> list[tuple[str, str]]:
        return sorted((post.platform, post.text) for post in self.practice.posts())

    def events(self, channel: str = "mastodon") -> list[str]:
        return [event["event"] for event in self.kanal.json("log", "-c", channel).json["events"]]

    def somebody_cancels_on_mastodon(self) -> None:
        """On the server's own page, past kanal."""
        project = load(self.kanal.root, names(), rules)
        there, own = practised(project.channels["mastodon"], self.practice, project)
        headers = {"Authorization": f"Bearer {own['access_token'].reveal()}"}
        with httpx.Client(base_url=there.urls["api"], headers=headers) as api:
            (waiting,) = api.get("/api/v1/scheduled_statuses").json()
            assert api.delete(f"/api/v1/scheduled_statuses/{waiting['id']}").status_code == 200
