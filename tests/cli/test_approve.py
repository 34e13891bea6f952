"""`kanal approve`: it shows what will go out, asks, and writes who agreed; and it refuses what would not count."""

import re
from pathlib import Path

import pytest

from kanal.sandbox import Practice
from tests.cli.calls import Answer, Kanal, process
from tests.cli.on_terminal import OnTerminal, needs_terminal
from tests.conftest import WriteFile
from tests.four_eyes import APPROVER, WRITER, FourEyes, people

UMZUG = "posts/umzug.yaml"
DRAFT = """\
# Entwurf der Pressestelle
id: umzug
channels: [mastodon, x]   # nicht auf Instagram
text: |
  Das Bürgerbüro ist umgezogen.
media:
  - {file: good.jpg, alt: Junge Linden an einer Landstraße, credit: Landkreis, licence: CC BY 4.0}
variants:
  x: {text: Das Bürgerbüro zieht um.}
"""
APPROVAL = re.compile(
    r"^approval: \{name: (.*), at: (\d{4}-\d\d-\d\d \d\d:\d\d), digest: (sha256:[0-9a-f]{64})\}\n\Z", re.MULTILINE
)


@pytest.fixture
def office(four_eyes: FourEyes) -> FourEyes:
    """A draft that Kim Muster wrote and committed; Toni Probe sits at the computer."""
    four_eyes.write("config/policy.yaml", "extends: plain.yaml\nrules: {approval/missing: error}\n")
    four_eyes.write(UMZUG, DRAFT)
    four_eyes.commit(WRITER)
    sits_there(four_eyes, APPROVER)
    return four_eyes


def sits_there(office: FourEyes, name: str) -> None:
    office.git("config", "user.name", name)
    office.git("config", "user.email", people(name)["GIT_AUTHOR_EMAIL"])


def text(office: FourEyes) -> str:
    return (office.root / UMZUG).read_bytes().decode()


def untouched(office: FourEyes, answer: Answer, code: int) -> str:
    """What it said, having changed nothing."""
    assert (answer.code, text(office)) == (code, DRAFT)
    return answer.err


def test_it_shows_every_post_and_writes_name_time_and_digest(kanal: Kanal, office: FourEyes) -> None:
    answer = kanal("approve", "umzug", "--yes")
    assert answer.code == 0
    for shown in ("── umzug → mastodon", "Das Bürgerbüro ist umgezogen.", "── umzug → x", "Das Bürgerbüro zieht um."):
        assert shown in answer.out
    assert answer.out.count("Picture: good.jpg – Junge Linden an einer Landstraße") == 2
    assert "Goes to the practice network." in answer.out
    assert answer.err.endswith(f"Approved by {APPROVER}: {UMZUG}\n" + NOW_COMMIT)
    found = APPROVAL.search(text(office))
    assert found
    assert found[1] == APPROVER
    assert text(office).removesuffix(found[0]) == DRAFT


NOW_COMMIT = "Now commit it yourself, under your name: git commit. Any change of the content voids it.\n"


def test_an_approval_committed_by_the_approver_lets_the_post_out_until_something_changes(
    kanal: Kanal, office: FourEyes, practice: Practice
) -> None:
    assert kanal("publish", "umzug").code == 1
    assert kanal("approve", UMZUG, "--yes").code == 0
    refused = kanal.json("publish", "umzug")
    assert [found["rule"] for found in refused.json["findings"]] == ["approval/unproved"]
    office.commit(APPROVER)
    assert kanal("lint").code == 0
    before = text(office)
    office.write(UMZUG, before.replace("ist umgezogen", "ist fort"))
    office.commit(WRITER)
    assert [f["rule"] for f in kanal.json("lint").json["findings"]] == ["approval/void"]
    assert kanal("publish", "umzug").code == 1
    assert practice.posts() == []
    office.write(UMZUG, before)
    office.commit(WRITER)
    assert kanal.json("publish", "umzug").outcomes == {"umzug/mastodon": "published", "umzug/x": "published"}
    [claimed] = [e for e in kanal.json("log", "umzug", "-c", "x").json["events"] if e["event"] == "claimed"]
    assert claimed["approval"]["name"] == APPROVER
    assert claimed["approval"]["digest"] in before


def test_a_second_approval_takes_the_place_of_the_first(kanal: Kanal, office: FourEyes) -> None:
    kanal("approve", "umzug", "--yes", "--name", "Eva Muster")
    office.commit("Eva Muster")
    before = text(office)
    office.write(UMZUG, before.replace("umgezogen.", "umgezogen!"))
    office.commit(WRITER)
    assert kanal("approve", "umzug", "--yes").code == 0
    found = APPROVAL.search(text(office))
    assert found
    assert found[1] == APPROVER
    assert text(office).count("approval:") == 1


@pytest.mark.usefixtures("office")
def test_several_drafts_are_approved_in_one_go(kanal: Kanal) -> None:
    answer = kanal("approve", "umzug", "posts/baustelle.yaml", "--yes")
    assert answer.code == 0
    assert [line for line in answer.err.splitlines() if line.startswith("Approved")] == [
        f"Approved by {APPROVER}: {UMZUG}",
        f"Approved by {APPROVER}: posts/baustelle.yaml",
    ]


@pytest.mark.parametrize("by", ["git", "--name", "another name with the same address", "written_by"])
def test_the_writer_cannot_approve(kanal: Kanal, office: FourEyes, by: str) -> None:
    options = []
    if by == "git":
        sits_there(office, WRITER)
    elif by == "--name":
        options = ["--name", "kim  muster"]
    elif by == "written_by":
        office.write(UMZUG, f"{DRAFT}written_by: Toni Probe\n")
        office.commit(WRITER)
    else:
        sits_there(office, WRITER)
        office.git("config", "user.name", "K. M.")
    before = text(office)
    answer = kanal("approve", "umzug", "--yes", *options)
    assert answer.code == 1
    assert "[approval/own-draft]" in answer.err
    assert answer.err.endswith("Nothing was approved.\n")
    assert text(office) == before


def test_one_person_alone_may_and_it_is_written_down(kanal: Kanal, office: FourEyes, practice: Practice) -> None:
    office.write("config/policy.yaml", "extends: [plain.yaml, solo-office]\nrules: {approval/missing: error}\n")
    sits_there(office, WRITER)
    assert kanal("approve", "umzug", "--yes").code == 0
    office.commit(WRITER)
    assert kanal("lint").code == 0
    assert kanal("publish", "umzug").code == 0
    assert len(practice.posts()) == 2
    events = kanal.json("log", "umzug").json["events"]
    assert {event["approval"]["name"] for event in events if event["event"] == "claimed"} == {WRITER}


def test_what_lint_objects_to_cannot_be_approved(kanal: Kanal, office: FourEyes) -> None:
    spoiled = DRAFT.replace("alt: Junge Linden an einer Landstraße, ", "")
    office.write(UMZUG, spoiled)
    office.commit(WRITER)
    answer = kanal("approve", "umzug", "posts/baustelle.yaml", "--yes")
    assert answer.code == 1
    assert "[accessibility/alt-text]" in answer.err
    assert text(office) == spoiled
    assert "approval" not in (office.root / "posts/baustelle.yaml").read_text(encoding="utf-8")


def test_warnings_are_shown_and_do_not_stop(kanal: Kanal, office: FourEyes) -> None:
    office.write(UMZUG, DRAFT.replace("Das Bürgerbüro ist umgezogen.", "Das Bürgerbüro ist umgezogen!!!"))
    office.commit(WRITER)
    answer = kanal("approve", "umzug", "--yes")
    assert answer.code == 0
    assert "[netiquette/shouting]" in answer.err


def test_what_is_not_committed_has_no_writer_yet(kanal: Kanal, office: FourEyes, write_file: WriteFile) -> None:
    write_file("posts/neu.yaml", "id: neu\nchannels: [x]\ntext: Hallo aus dem Kreishaus.\n")
    answer = kanal("approve", "neu", "--yes")
    assert answer.code == 2
    assert "posts/neu.yaml and its pictures are not committed as they are now" in answer.err
    picture = office.root / "posts" / "good.jpg"
    picture.write_bytes((office.root / "posts" / "banner.jpg").read_bytes())
    assert "are not committed" in untouched(office, kanal("approve", "umzug", "--yes"), 2)


def test_a_clone_without_history_does_not_guess(kanal: Kanal, office: FourEyes) -> None:
    office.write("config/notiz.txt", "Später\n")
    office.commit(WRITER)
    (office.root / ".git" / "shallow").write_text(office.git("rev-parse", "HEAD") + "\n", encoding="ascii")
    assert "fetch-depth: 0" in untouched(office, kanal("approve", "umzug", "--yes"), 1)


def test_who_sits_there_must_be_known(kanal: Kanal, office: FourEyes) -> None:
    office.git("config", "--unset", "user.name")
    assert "Say it with --name" in untouched(office, kanal("approve", "umzug", "--yes"), 2)
    assert "Say it with --name" in untouched(office, kanal("approve", "umzug", "--yes", "--name", " "), 2)


def test_another_name_than_gits_is_pointed_out(kanal: Kanal, office: FourEyes) -> None:
    answer = kanal("approve", "umzug", "--yes", "--name", "Eva Muster")
    assert answer.code == 0
    assert f"git knows you as {APPROVER}. Eva Muster has to commit this" in answer.err
    office.commit(APPROVER)
    assert [f["rule"] for f in kanal.json("lint").json["findings"]] == ["approval/forged"]


def test_outside_of_git_one_is_told_that_nothing_is_proved(kanal: Kanal, write_file: WriteFile) -> None:
    path = write_file(UMZUG, DRAFT)
    answer = kanal("approve", "umzug", "--yes", "--name", APPROVER)
    assert answer.code == 0
    assert "not in a git repository" in answer.err
    assert APPROVAL.search(path.read_text(encoding="utf-8"))
    assert kanal("lint").code == 0
    refused = kanal.json("publish", "umzug")
    assert [found["rule"] for found in refused.json["findings"]] == ["approval/unproved"]


def test_a_draft_that_cannot_be_read_is_not_approved(kanal: Kanal, office: FourEyes) -> None:
    office.write(UMZUG, DRAFT + "approvel: x\n")
    answer = kanal("approve", UMZUG, "--yes")
    assert answer.code == 2
    assert "approvel" in answer.err
    assert kanal("approve", "umzugg", "--yes").code == 2
    assert kanal("approve", "--yes").code == 2


@pytest.mark.usefixtures("kanal")
def test_without_a_terminal_nobody_is_asked(office: FourEyes) -> None:
    assert "--yes" in untouched(office, process(office.root, "approve", "umzug"), 2)


@pytest.mark.usefixtures("kanal")
@pytest.mark.parametrize(("answer", "wanted"), [("n", False), ("", False), ("ja", True), ("y", True)])
def test_only_a_clear_yes_approves(office: FourEyes, answer: str, *, wanted: bool) -> None:
    needs_terminal()
    with OnTerminal(office.root, "approve", "umzug") as terminal:
        terminal.read_until(f"Approve “umzug” as {APPROVER}? [y/N]")
        assert "Picture: good.jpg" in terminal.seen
        assert text(office) == DRAFT
        terminal.type(answer + "\n")
        assert terminal.end() == 0
    assert (text(office) != DRAFT) is wanted
    assert ("Nothing was approved." in terminal.seen) is not wanted


@pytest.mark.usefixtures("kanal")
@pytest.mark.parametrize("changed", [UMZUG, "posts/good.jpg"])
def test_what_changes_while_somebody_reads_is_not_approved(office: FourEyes, changed: str) -> None:
    needs_terminal()
    path: Path = office.root / changed
    with OnTerminal(office.root, "approve", "umzug") as terminal:
        terminal.read_until("[y/N]")
        path.write_bytes(path.read_bytes().replace(b"umgezogen", b"verzogen ") + b"\n")
        terminal.type("y\n")
        assert terminal.end() == 2
    assert "approval" not in text(office)
