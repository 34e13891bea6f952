"""Nothing goes out that nobody approved, and no real channel is served before its papers are in order."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from kanal.sandbox import Practice
from tests.cli.calls import Answer, Kanal
from tests.cli.conftest import GoLive
from tests.config.test_concept import CONCEPT, DECISION
from tests.conftest import WriteFile
from tests.four_eyes import APPROVER, FourEyes

REGISTERS = "registers:\n  domains: [landkreis-musterland.example]\n"
DRAFT = """\
id: umzug
channels: [mastodon]
text: Das Bürgerbüro ist umgezogen.
link: https://www.landkreis-musterland.example/umzug
written_by: Kim Muster
"""
DUTIES = """\
    duties:
      concept: Beschluss KT/2026/041
      assessment: Datenschutz, Mappe 3
      imprint: https://www.landkreis-musterland.example/impressum
      privacy: https://www.landkreis-musterland.example/datenschutz-mastodon
      contact: Telefon 115
"""


@pytest.fixture(autouse=True)
def _as_a_new_office(write_file: WriteFile) -> None:
    """The default policy, which asks for everything."""
    write_file("config/policy.yaml", f"extends: default\n{REGISTERS}")


Approved = Callable[..., None]


@pytest.fixture
def approved(four_eyes: FourEyes) -> Approved:
    """Write a draft as Kim Muster, and approve it as somebody."""

    def write(text: str = DRAFT, name: str = APPROVER, at: str = "2026-11-20 10:30") -> None:
        four_eyes.write("posts/umzug.yaml", text)
        four_eyes.commit("Kim Muster")
        four_eyes.approve("posts/umzug.yaml", name, at)
        four_eyes.commit(name)

    return write


def refused(answer: Answer, practice: Practice, *wanted: tuple[str, str]) -> None:
    """Exit 1, these errors (rule and field) and no others, and not one request to a network."""
    assert answer.code == 1
    errors = [found for found in answer.json["findings"] if found["severity"] == "error"]
    assert sorted((found["rule"], found["field"]) for found in errors) == sorted(wanted)
    assert answer.err == "Nothing was sent.\n"
    assert practice.posts() == []
    assert sum(practice.request_counts().values()) == 0


def test_what_nobody_approved_may_be_written_but_not_sent(
    kanal: Kanal, practice: Practice, write_file: WriteFile
) -> None:
    path = write_file("posts/umzug.yaml", DRAFT)
    assert kanal("lint", str(path)).code == 0
    refused(kanal.json("publish", "umzug"), practice, ("approval/missing", "approval"))
    assert "posts/umzug.yaml:1:1: error: Nobody has approved this yet." in kanal("publish", "umzug").out


def test_what_somebody_else_approved_goes_out(kanal: Kanal, practice: Practice, approved: Approved) -> None:
    approved()
    assert kanal.json("publish", "umzug").outcomes == {"umzug/mastodon": "published"}
    assert len(practice.posts()) == 1


def test_a_draft_without_approval_does_not_stop_another_that_is_named(
    kanal: Kanal, practice: Practice, write_file: WriteFile, approved: Approved
) -> None:
    approved()
    write_file("posts/neu.yaml", DRAFT.replace("umzug", "neu"))
    assert kanal("publish", "umzug").code == 0
    assert kanal("publish", "neu").code == 1
    assert len(practice.posts()) == 1


def test_nobody_approves_what_he_or_she_wrote_except_where_one_person_does_it_all(
    kanal: Kanal, practice: Practice, write_file: WriteFile, approved: Approved
) -> None:
    approved(name="kim  MUSTER")
    refused(kanal.json("publish", "umzug"), practice, ("approval/own-draft", "approval.name"))
    write_file("config/policy.yaml", f"extends: solo-office\n{REGISTERS}")
    assert kanal("publish", "umzug").code == 0
    assert len(practice.posts()) == 1


def test_an_approval_that_is_still_to_come_is_none(kanal: Kanal, practice: Practice, approved: Approved) -> None:
    approved(at=f"{datetime.now(UTC) + timedelta(days=2):%Y-%m-%d} 10:30")
    refused(kanal.json("publish", "umzug"), practice, ("approval/missing", "approval.at"))


def test_a_waiver_sends_it_all_the_same_and_is_remembered(
    kanal: Kanal, practice: Practice, write_file: WriteFile
) -> None:
    waiver = {"rule": "approval/missing", "reason": "Urlaub", "name": "Eva Muster"}
    write_file("posts/umzug.yaml", DRAFT + "waivers:\n  - {rule: approval/missing, reason: Urlaub, name: Eva Muster}\n")
    assert kanal("publish", "umzug").code == 0
    assert len(practice.posts()) == 1
    claimed, published = kanal.json("log", "umzug").json["events"]
    assert (claimed["event"], claimed["approval"], claimed["waivers"]) == ("claimed", None, [waiver])
    assert (published["event"], published["approval"], published["waivers"]) == ("published", None, [])


def test_a_real_channel_without_its_papers_is_not_served(
    kanal: Kanal, practice: Practice, approved: Approved, go_live: GoLive
) -> None:
    go_live()
    approved()
    assert kanal("ledger", "init", "--name", "Pressestelle").code == 0
    names = ("concept", "assessment", "imprint", "privacy", "contact")
    wanted = [("privacy/channel-duties", f"channels.mastodon.duties.{name}") for name in names]
    refused(kanal.json("publish", "umzug", "--yes"), practice, *wanted)
    shown = kanal("publish", "umzug", "--yes").out
    assert "config/channels.yaml:2:3: error: Nobody has decided what this channel is for." in shown


def test_a_real_channel_with_its_papers_is_served_whatever_others_lack(
    kanal: Kanal, practice: Practice, write_file: WriteFile, approved: Approved, go_live: GoLive
) -> None:
    go_live()
    config = (kanal.root / "config" / "channels.yaml").read_text(encoding="utf-8")
    write_file("config/channels.yaml", config.replace("    live: true\n", f"    live: true\n{DUTIES}", 1))
    approved()
    assert kanal("ledger", "init", "--name", "Pressestelle").code == 0
    assert kanal.json("publish", "umzug", "--yes").outcomes == {"umzug/mastodon": "published"}
    assert [post.platform for post in practice.posts()] == ["mastodon"]
    approved(DRAFT.replace("[mastodon]", "[mastodon, x]"))
    second = kanal.json("publish", "umzug", "--yes")
    assert second.code == 1
    assert {found["field"].split(".")[1] for found in second.json["findings"] if found["severity"] == "error"} == {"x"}


PAPERS = """\
      imprint: https://www.landkreis-musterland.example/impressum
      privacy: https://www.landkreis-musterland.example/datenschutz-mastodon
      contact: Telefon 115
"""


def test_a_decided_concept_stands_in_for_the_channels_own_line_until_something_in_it_is_missing(
    kanal: Kanal, practice: Practice, write_file: WriteFile, approved: Approved, go_live: GoLive
) -> None:
    go_live()
    config = (kanal.root / "config" / "channels.yaml").read_text(encoding="utf-8")
    dutiful = config.replace("    live: true\n", f"    live: true\n    duties:\n{PAPERS}", 1)
    write_file("config/channels.yaml", dutiful)
    write_file("config/policy.yaml", f"extends: default\nrules: {{time/quiet-hours: off}}\n{REGISTERS}")
    write_file("config/netiquette.md", "Kritik ist willkommen.\n")
    write_file("config/concept.yaml", CONCEPT.replace("IT-Stelle", '"[eintragen: wer?]"') + DECISION)
    approved()
    assert kanal("ledger", "init", "--name", "Pressestelle").code == 0
    refused(kanal.json("publish", "umzug", "--yes"), practice, ("office/unfinished-paper", "staff.technical"))
    unattended = kanal.json("publish", "--due", "--yes")
    assert unattended.outcomes["umzug/mastodon"] == "held"
    assert "config/concept.yaml, line 10" in unattended.out
    assert practice.posts() == []
    write_file("config/concept.yaml", CONCEPT + DECISION)
    assert kanal.json("publish", "umzug", "--yes").outcomes == {"umzug/mastodon": "published"}
