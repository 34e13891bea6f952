"""Where approvals, times, holds and shared ledgers meet: what one of them decides, the others must not undo."""

import pytest

from kanal.sandbox import Fault, FaultKind, Practice
from tests.cli.calls import Answer, Kanal
from tests.cli.frozen import Frozen
from tests.cli.test_ledger_git import elsewhere, server, shared
from tests.conftest import WriteFile
from tests.four_eyes import APPROVER, FourEyes
from tests.ledger.git.clones import Office, git
from tests.ledger.git.hooks import hook

__all__ = ["server", "shared"]
POLICY = "extends: plain.yaml\nrules: {approval/missing: error}\n"
DRAFT = "id: fest\nchannels: [mastodon]\ntext: Das Fest beginnt.\n"


@pytest.fixture
def clock(kanal: Kanal, write_file: WriteFile) -> Frozen:
    frozen = Frozen()
    kanal.clock = frozen
    for file in ("baustelle.yaml", "verkehr/linden.yaml"):
        (kanal.root / "posts" / file).unlink()
    write_file("config/policy.yaml", POLICY)
    return frozen


@pytest.fixture
def people(kanal: Kanal, clock: Frozen) -> FourEyes:
    """Writer and approver, with a draft that is due now; committed, not approved."""
    office = FourEyes(kanal.root).begin()
    office.write("posts/fest.yaml", DRAFT + f"publish_at: {clock.local()}\n")
    office.commit()
    return office


def approve(office: FourEyes, clock: Frozen) -> None:
    office.approve("posts/fest.yaml", at=clock.local())
    office.commit(by=APPROVER)


def due(kanal: Kanal) -> Answer:
    return kanal.json("publish", "--due", "--yes")


def pushed(kanal: Kanal) -> None:
    git(kanal.root, "add", "--all")
    git(kanal.root, "commit", "--quiet", "--message=Entwürfe")
    git(kanal.root, "push", "--quiet")


def reason(answer: Answer) -> str:
    [found] = answer.json["deliveries"]
    return str(found["reason"])


def test_an_edit_after_the_plan_was_shown_voids_the_approval_before_anything_is_claimed(
    kanal: Kanal, practice: Practice, clock: Frozen, people: FourEyes
) -> None:
    approve(people, clock)
    assert kanal.json("plan", "--due").outcomes == {"fest/mastodon": None}
    draft = (kanal.root / "posts" / "fest.yaml").read_text(encoding="utf-8")
    people.write("posts/fest.yaml", draft.replace("beginnt", "fällt aus"))
    people.commit()
    answer = due(kanal)
    assert (answer.code, answer.outcomes) == (0, {"fest/mastodon": "held"})
    assert reason(answer).endswith("[approval/void]")
    assert kanal.json("log").json["events"] == []
    people.approve("posts/fest.yaml", at=clock.local())
    people.commit(by=APPROVER)
    assert due(kanal).outcomes == {"fest/mastodon": "published"}
    assert [post.text for post in practice.posts()] == ["Das Fest fällt aus."]


def test_an_edit_between_the_rules_and_the_claim_changes_nothing_about_what_goes_out(
    kanal: Kanal, shared: Office, practice: Practice, clock: Frozen, write_file: WriteFile
) -> None:
    """What was read, checked and claimed is what is sent; the edit is looked at by the next run."""
    path = write_file("posts/fest.yaml", DRAFT)
    edited = DRAFT.replace("beginnt", "fällt aus")
    write_file("config/policy.yaml", "extends: plain.yaml\n")
    hook(shared, "pre-receive", f"cat > '{path.as_posix()}' <<'END'\n{edited}END\n")
    assert clock
    assert due(kanal).outcomes == {"fest/mastodon": "published"}
    assert path.read_text(encoding="utf-8") == edited
    assert [post.text for post in practice.posts()] == ["Das Fest beginnt."]
    assert due(kanal).outcomes == {"fest/mastodon": "already"}
    assert len(practice.posts()) == 1


@pytest.mark.parametrize(
    ("hours", "outcome"),
    [((5, 0), "published"), ((30, 0), "published"), ((30, 5.75), "published"), ((30, 6.25), "held")],
)
@pytest.mark.usefixtures("practice")
def test_what_is_approved_late_may_be_late_as_long_as_anything_else_counted_from_the_approval(
    kanal: Kanal, clock: Frozen, people: FourEyes, hours: tuple[float, float], outcome: str
) -> None:
    approved_after, job_after = hours
    clock.move(hours=approved_after)
    assert due(kanal).outcomes == {"fest/mastodon": "held"}
    approve(people, clock)
    clock.move(hours=job_after)
    answer = due(kanal)
    assert answer.outcomes == {"fest/mastodon": outcome}
    if outcome == "held":
        assert "6h is as late as it may be" in reason(answer)


def planned_on_the_server(kanal: Kanal, publish_at: str) -> None:
    """Everybody's next fetch brings the draft, and a policy that asks for no approval."""
    (kanal.root / "posts" / "fest.yaml").write_text(f"{DRAFT}publish_at: {publish_at}\n", "utf-8")
    (kanal.root / "config" / "policy.yaml").write_text("extends: plain.yaml\n", "utf-8")
    pushed(kanal)


def test_a_hold_that_another_clone_pushes_between_two_runs_holds_the_second(
    kanal: Kanal, shared: Office, practice: Practice, clock: Frozen, capsys: pytest.CaptureFixture[str]
) -> None:
    planned_on_the_server(kanal, clock.local(minutes=15))
    office, job = elsewhere(shared, capsys, "presse"), elsewhere(shared, capsys, "ci-job")
    office.clock = job.clock = clock
    for name, value in (("user.name", "Kim Muster"), ("user.email", "kim@landkreis-musterland.example")):
        git(office.root, "config", name, value)
    assert due(job).outcomes == {}
    assert office("hold", "--reason", "Trauerfall", "--push").code == 0
    clock.move(minutes=15)
    git(job.root, "pull", "--quiet")
    held = due(job)
    assert (held.code, held.outcomes) == (0, {"fest/mastodon": "held"})
    assert reason(held) == "Everything is on hold: Trauerfall (Kim Muster). Only warnings go out."
    assert practice.posts() == []
    assert office("release", "--push").code == 0
    clock.move(minutes=15)
    git(job.root, "pull", "--quiet")
    assert due(job).outcomes == {"fest/mastodon": "published"}


@pytest.mark.usefixtures("practice")
def test_what_became_due_during_a_pause_goes_out_when_it_ends_unless_it_is_too_late(
    kanal: Kanal, clock: Frozen, write_file: WriteFile
) -> None:
    write_file("config/policy.yaml", "extends: plain.yaml\n")
    write_file("posts/fest.yaml", DRAFT + f"publish_at: {clock.local(hours=2)}\n")
    write_file(
        "posts/alt.yaml", DRAFT.replace("fest", "alt").replace("Fest", "Alte") + f"publish_at: {clock.local()}\n"
    )
    assert kanal("pause", "mastodon", "--until", clock.local(hours=7), "--name", "Kim Muster").code == 0
    clock.move(hours=6, minutes=59, seconds=59)
    assert due(kanal).outcomes == {"alt/mastodon": "held", "fest/mastodon": "held"}
    clock.move(seconds=1)
    answer = due(kanal)
    assert answer.outcomes == {"alt/mastodon": "held", "fest/mastodon": "published"}
    told = {one["draft"]: str(one["reason"]) for one in answer.json["deliveries"]}
    assert "as late as it may be" in told["alt"]


def test_a_fresh_clone_complains_about_what_any_run_anywhere_left(
    kanal: Kanal, shared: Office, practice: Practice, clock: Frozen, capsys: pytest.CaptureFixture[str]
) -> None:
    planned_on_the_server(kanal, clock.local())
    assert kanal("status", "--check").code == 0
    assert due(kanal).outcomes["fest/mastodon"] == "published"
    practice.set_fault("x", Fault(FaultKind.ERROR_BEFORE, None, calls="all"))
    (kanal.root / "posts" / "mehr.yaml").write_text(DRAFT.replace("fest", "mehr").replace("mastodon", "x"), "utf-8")
    pushed(kanal)
    clock.move(minutes=15)
    assert kanal.json("publish", "--due", "--yes", "--wait", "0").outcomes["mehr/x"] == "uncertain"
    fresh = elsewhere(shared, capsys, "frisch")
    fresh.clock = clock
    answer = fresh("status", "--check")
    assert (answer.code, answer.out) == (5, "“mehr” on x: nobody knows whether it is out.\n")
    practice.heal()
    clock.move(minutes=15)
    assert due(kanal).outcomes["mehr/x"] == "published"
    assert fresh("status", "--check").code == 0
    clock.move(days=8)
    later = elsewhere(shared, capsys, "später")
    later.clock = clock
    answer = later("status", "--check")
    assert (answer.code, answer.out[:30]) == (4, "Nothing was published since 20")
