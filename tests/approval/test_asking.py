"""Who wrote and who approved, read from the history of real repositories."""

import subprocess
from pathlib import Path

import pytest

from kanal.approval.history import Change, Gap, History
from kanal.approval.people import Person
from tests.approval.conftest import DRAFT, UMZUG, Tell
from tests.four_eyes import APPROVER, WRITER, FourEyes, alone

PICTURED = DRAFT + "media:\n  - {file: good.jpg, alt: Linden, credit: Landkreis, licence: CC0}\n"


def writers(history: History) -> list[str]:
    return sorted(change.author.name for change in history.content)


def approver(history: History) -> str | None:
    return history.approval and history.approval.author.name


def test_the_writer_and_the_approver_are_told_apart(office: FourEyes, tell: Tell) -> None:
    content = office.commit(WRITER)
    office.approve(UMZUG)
    approval = office.commit(APPROVER)
    kim, toni = (Person(name, f"{name.lower().replace(' ', '.')}@office.example") for name in (WRITER, APPROVER))
    told = tell()
    assert told[:3] == ((Change(content, kim, kim),), Change(approval, toni, toni), None)
    assert told.is_known


def test_commits_that_change_no_content_do_not_count(office: FourEyes, tell: Tell) -> None:
    office.commit(WRITER)
    office.write(
        UMZUG, f"# Kommentar\n{DRAFT}".replace("text: Das Bürgerbüro", "text:   'Das Bürgerbüro").rstrip() + "'\n"
    )
    office.commit("Eva Muster")
    office.write("posts/baustelle.yaml", "id: baustelle\nchannels: [x]\ntext: Anderes\n")
    office.commit("Eva Muster")
    office.approve(UMZUG)
    office.commit(APPROVER)
    office.write(UMZUG, (office.root / UMZUG).read_text(encoding="utf-8") + "# Schluss\n")
    office.commit("Eva Muster")
    assert (writers(tell()), approver(tell())) == ([WRITER], APPROVER)


def test_the_last_who_changed_the_content_counts_not_the_first(office: FourEyes, tell: Tell) -> None:
    office.commit("Eva Muster")
    office.write(UMZUG, DRAFT.replace("ist umgezogen", "zieht um"))
    office.commit(WRITER)
    assert writers(tell()) == [WRITER]


def test_who_takes_a_change_back_has_changed(office: FourEyes, tell: Tell) -> None:
    office.commit(WRITER)
    office.write(UMZUG, DRAFT.replace("ist umgezogen", "zieht um"))
    office.commit(WRITER)
    office.write(UMZUG, DRAFT)
    office.commit("Eva Muster")
    assert writers(tell()) == ["Eva Muster"]


def test_a_file_is_followed_when_it_moves(office: FourEyes, tell: Tell) -> None:
    office.commit(WRITER)
    office.approve(UMZUG)
    office.commit(APPROVER)
    office.git("mv", UMZUG, "posts/verkehr/büro 2.yaml")
    office.commit("Eva Muster")
    told = tell("posts/verkehr/büro 2.yaml")
    assert (writers(told), approver(told)) == ([WRITER], APPROVER)


def test_whoever_exchanged_a_picture_has_changed_the_content(office: FourEyes, tell: Tell) -> None:
    office.write(UMZUG, PICTURED)
    office.commit(WRITER)
    assert writers(tell()) == [WRITER]
    (office.root / "posts" / "good.jpg").write_bytes((office.root / "posts" / "banner.jpg").read_bytes())
    office.commit("Eva Muster")
    assert writers(tell()) == ["Eva Muster"]


def test_a_picture_that_was_there_before_has_no_writer(office: FourEyes, tell: Tell) -> None:
    office.commit("Eva Muster")
    office.write(UMZUG, PICTURED)
    office.commit(WRITER)
    assert writers(tell()) == [WRITER]


def test_merges_count_for_nothing_unless_they_change_something(office: FourEyes, tell: Tell) -> None:
    office.write("posts/baustelle.yaml", "id: baustelle\nchannels: [x]\ntext: Alt\n")
    office.commit("Eva Muster")
    office.git("checkout", "-qb", "umzug")
    office.write(UMZUG, DRAFT.replace("ist umgezogen", "zieht um"))
    office.commit(WRITER)
    office.approve(UMZUG)
    office.commit(APPROVER)
    office.git("checkout", "-q", "main")
    office.write("posts/baustelle.yaml", "id: baustelle\nchannels: [x]\ntext: Neu\n")
    office.commit("Eva Muster")
    office.git("merge", "-q", "--no-ff", "--no-edit", "umzug", by="Eva Muster")
    assert (writers(tell()), approver(tell())) == ([WRITER], APPROVER)
    office.git("checkout", "-qb", "nichts")
    office.git("merge", "-q", "--no-ff", "--no-edit", "-s", "ours", "umzug^", by="Eva Muster")
    assert (writers(tell()), approver(tell())) == ([WRITER], APPROVER)


def test_where_branches_met_both_have_changed(office: FourEyes, tell: Tell) -> None:
    office.write(UMZUG, PICTURED)
    office.commit("Eva Muster")
    office.git("checkout", "-qb", "bild")
    (office.root / "posts" / "good.jpg").write_bytes((office.root / "posts" / "banner.jpg").read_bytes())
    office.commit(APPROVER)
    office.git("checkout", "-q", "main")
    office.write(UMZUG, PICTURED.replace("ist umgezogen", "zieht um"))
    office.commit(WRITER)
    office.git("merge", "-q", "--no-edit", "bild", by="Eva Muster")
    assert writers(tell()) == [WRITER, APPROVER]


def test_who_decided_a_conflict_has_changed(office: FourEyes, tell: Tell) -> None:
    office.commit("Eva Muster")
    office.git("checkout", "-qb", "anders")
    office.write(UMZUG, DRAFT.replace("umgezogen", "fort"))
    office.commit(WRITER)
    office.git("checkout", "-q", "main")
    office.write(UMZUG, DRAFT.replace("umgezogen", "weg"))
    office.commit(WRITER)
    office.git("merge", "-q", "--no-commit", "-s", "ours", "anders")
    office.write(UMZUG, DRAFT.replace("umgezogen", "fort und weg"))
    office.commit(APPROVER)
    assert writers(tell()) == [APPROVER]


def test_the_names_are_those_of_the_mailmap(office: FourEyes, tell: Tell) -> None:
    office.write(".mailmap", f"{WRITER} <kim@office.example> <km42@home.example>\n")
    office.commit("km42", email="km42@home.example")
    assert tell().content[0].author == Person(WRITER, "kim@office.example")


def test_an_office_in_a_folder_of_a_larger_repository_is_found(tmp_path: Path, office: FourEyes, tell: Tell) -> None:
    (office.root / ".git").rename(tmp_path / ".git")
    whole = FourEyes(tmp_path)
    whole.commit(WRITER)
    office.approve(UMZUG)
    whole.commit(APPROVER)
    assert (writers(tell()), approver(tell())) == ([WRITER], APPROVER)


def test_what_is_not_committed_has_no_writer_and_no_approver(office: FourEyes, tell: Tell) -> None:
    assert tell()[:3] == ((), None, Gap.UNCOMMITTED)  # nothing is
    (office.root / UMZUG).unlink()
    office.commit("Eva Muster")
    office.write(UMZUG, DRAFT)
    assert tell()[:3] == ((), None, Gap.UNCOMMITTED)  # the draft is not
    office.commit(WRITER)
    office.approve(UMZUG)
    assert (writers(tell()), tell().approval, tell().gap) == ([WRITER], None, Gap.UNCOMMITTED)  # the approval is not
    office.commit(APPROVER)
    office.write(UMZUG, (office.root / UMZUG).read_text(encoding="utf-8").replace("umgezogen", "weg"))
    assert (writers(tell()), approver(tell()), tell().gap) == ([], APPROVER, Gap.UNCOMMITTED)  # the last change is not


@pytest.mark.parametrize("how", ["changed", "unknown to git", "ignored"])
def test_a_picture_that_is_not_committed_as_it_is_makes_an_uncommitted_draft(
    office: FourEyes, tell: Tell, how: str
) -> None:
    office.write(UMZUG, PICTURED)
    picture = office.root / "posts" / "good.jpg"
    raw = picture.read_bytes()
    if how != "changed":
        picture.unlink()
    if how == "ignored":
        office.write(".gitignore", "*.jpg\n")
    office.commit(WRITER)
    picture.write_bytes(raw + b" ")
    assert tell()[:3] == ((), None, Gap.UNCOMMITTED)


def test_a_change_of_comments_alone_is_no_uncommitted_draft(office: FourEyes, tell: Tell) -> None:
    office.commit(WRITER)
    office.approve(UMZUG)
    office.commit(APPROVER)
    office.write(UMZUG, f"# Notiz\n{(office.root / UMZUG).read_text(encoding='utf-8')}")
    assert tell().is_known


def clone(office: FourEyes, target: Path, *options: str) -> Path:
    command = ["git", "clone", "-q", *options, office.root.as_uri(), str(target)]
    subprocess.run(command, env=alone(target.parent), check=True, capture_output=True)
    return target


def test_a_shallow_clone_tells_what_it_holds_and_nothing_more(tmp_path: Path, office: FourEyes, tell: Tell) -> None:
    office.commit(WRITER)
    office.approve(UMZUG)
    office.commit(APPROVER)
    office.write("config/notiz.txt", "Später\n")
    office.commit("Eva Muster")
    one = tell(root=clone(office, tmp_path / "one", "--depth=1"))
    assert (one.content, one.approval, one.gap) == ((), None, Gap.SHALLOW)
    two = tell(root=clone(office, tmp_path / "two", "--depth=2"))
    assert (two.content, two.approval, two.gap) == ((), None, Gap.SHALLOW)
    three = tell(root=clone(office, tmp_path / "three", "--depth=3"))
    assert (writers(three), approver(three), three.gap) == ([], APPROVER, Gap.SHALLOW)
    assert tell(root=clone(office, tmp_path / "all")).is_known


def test_outside_of_a_repository_nothing_is_known(office: FourEyes, tell: Tell, tmp_path: Path) -> None:
    (office.root / ".git").rename(tmp_path / "elsewhere")
    assert tell()[:3] == ((), None, Gap.NO_REPOSITORY)


def test_a_repository_that_git_cannot_read_is_a_failure_with_gits_words(office: FourEyes, tell: Tell) -> None:
    office.commit(WRITER)
    (office.root / ".git" / "HEAD").unlink()
    told = tell()
    assert told.gap is Gap.FAILED
    assert "not a git repository" in told.words


def test_where_commits_are_missing_nothing_is_guessed(office: FourEyes, tell: Tell) -> None:
    first = office.commit(WRITER)
    office.approve(UMZUG)
    office.commit(APPROVER)
    (office.root / ".git" / "objects" / first[:2] / first[2:]).unlink()
    assert (tell().content, tell().gap) == ((), Gap.FAILED)


def test_somebodys_settings_of_git_change_nothing(office: FourEyes, tell: Tell) -> None:
    office.commit(WRITER)
    office.git("mv", UMZUG, "posts/büro.yaml")
    office.commit("Eva Muster")
    for setting in ("log.showRoot=false", "diff.renames=false", "log.showSignature=true", "diff.noprefix=true"):
        office.git("config", *setting.split("="))
    for setting in ("core.quotePath=true", "log.follow=true", "diff.external=false", "color.ui=always"):
        office.git("config", *setting.split("="))
    assert writers(tell("posts/büro.yaml")) == [WRITER]


def test_a_replaced_commit_fools_nobody(office: FourEyes, tell: Tell) -> None:
    first = office.commit(WRITER)
    office.git("replace", first, office.git("commit-tree", f"{first}^{{tree}}", "-m", "x", by="Eva Muster"))
    assert writers(tell()) == [WRITER]


def test_many_drafts_are_one_question(office: FourEyes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from kanal import rules
    from kanal.approval.asking import histories
    from kanal.config import load
    from kanal.folder import scan
    from kanal.platforms import names

    for number in range(30):
        office.write(f"posts/viele/{number}.yaml", DRAFT.replace("umzug", f"umzug-{number}"))
        office.commit(WRITER if number % 2 else "Eva Muster")
    trace = tmp_path / "trace"
    monkeypatch.setenv("GIT_TRACE", str(trace))
    project = load(office.root, names(), rules)
    drafts = [e.load() for e in scan(office.root, project.setting, None).entries if "/viele/" in e.file]
    told = histories(office.root, project.setting, drafts)
    assert {d.id: writers(told[d.path]) for d in drafts} == {
        f"umzug-{number}": [WRITER if number % 2 else "Eva Muster"] for number in range(30)
    }
    assert trace.read_text(encoding="utf-8").count("trace: built-in: git") < 10
