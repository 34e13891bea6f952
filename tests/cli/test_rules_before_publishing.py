"""What the rules stop before publishing, and what they must never stop: warnings, doubts, and looking."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kanal.sandbox import Practice
from tests.cli.calls import Kanal
from tests.cli.conftest import GoLive
from tests.conftest import WriteFile

BERLIN = ZoneInfo("Europe/Berlin")
PLAIN = "id: {}\nchannels: [mastodon]\ntext: {}\n"


def _local(hours: int) -> str:
    return f"{datetime.now(UTC).astimezone(BERLIN) + timedelta(hours=hours):%Y-%m-%d %H:%M}"


def test_a_warning_goes_out_while_the_ordinary_post_beside_it_waits(
    kanal: Kanal, practice: Practice, write_file: WriteFile
) -> None:
    assert practice
    write_file(
        "posts/sturm.yaml",
        "id: sturm\ntype: crisis\nchannels: [mastodon]\nconfirmed_by: Leitstelle\n"
        f"starts_at: {_local(-1)}\nends_at: {_local(5)}\ntext: |\n  Warnung vor Sturm\n  Stand: heute, 9 Uhr\n"
        "  Gebiet: ganzer Landkreis\n  Was tun? Bleiben Sie im Haus.\n  Ende: am Abend\n  Quelle: Leitstelle\n"
        "  Notruf: 112\n",
    )
    write_file("config/policy.yaml", "extends: plain.yaml\nrules: {crisis/situation: off, time/relative-date: off}\n")
    outcomes = kanal.json("publish").outcomes
    assert outcomes["sturm/mastodon"] == "published"
    assert outcomes["baustelle/mastodon"] == "held"


def test_plan_shows_what_nobody_approved_yet_and_says_so(kanal: Kanal, write_file: WriteFile) -> None:
    write_file("config/policy.yaml", "extends: plain.yaml\nrules: {approval/missing: error}\n")
    answer = kanal("plan", "baustelle", "--sandbox")
    assert answer.code == 0
    assert "Die Kreisstraße 12 ist bis Freitag gesperrt." in answer.out
    assert "Nobody has approved this yet." in answer.err
    assert kanal("publish", "baustelle", "--sandbox").code == 1


@pytest.mark.parametrize(
    ("arguments", "code"), [(["-c", "mastodon"], 0), (["--sandbox"], 0), (["-c", "x", "--yes"], 1)]
)
def test_duties_count_for_the_real_channels_that_are_served(
    kanal: Kanal, go_live: GoLive, write_file: WriteFile, arguments: list[str], code: int
) -> None:
    go_live()
    text = (kanal.root / "config" / "channels.yaml").read_text(encoding="utf-8")
    write_file("config/channels.yaml", text.replace("live: true", "live: false", 1))  # Mastodon only practises
    write_file("config/policy.yaml", "extends: plain.yaml\nrules: {privacy/channel-duties: error}\n")
    write_file("posts/verkehr/linden.yaml", PLAIN.format("linden", "Die Linden wachsen.").replace("[m", "[x, m"))
    assert kanal("ledger", "init", "--name", "Kreishaus").code == 0
    assert kanal("publish", "linden", *arguments).code == code
