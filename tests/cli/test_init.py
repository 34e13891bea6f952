"""`kanal init` with options: an office that works at once, in any folder, and twice."""

from pathlib import Path

import pytest

from tests.cli.calls import Answer, Kanal, process
from tests.ledger.small_disk import SmallDisk, small_disk

__all__ = ["small_disk"]

OFFICE = "Große Kreisstadt Übersee"
TOLD = ("--office", OFFICE, "--land", "Bayern", "--networks", "mastodon,instagram", "--persons", "several")
ALL = (*TOLD, "--forge", "gitlab", "--language", "de", "--website", "www.uebersee.example")


@pytest.fixture
def kanal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Kanal:
    """Calls kanal on a folder that is not there yet."""
    return Kanal(tmp_path / "Büro für Öffentlichkeit", capsys)


def everything(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and ".kanal" not in path.parts
    }


def passes_lint(kanal: Kanal) -> Answer:
    answer = kanal("lint")
    assert (answer.code, answer.out) == (0, "1 file checked, nothing to complain about.\n")
    return answer


def test_a_new_office_passes_lint_and_is_planned(kanal: Kanal) -> None:
    answer = kanal("init", *ALL)
    assert (answer.code, answer.out) == (0, "")
    assert sorted(everything(kanal.root)) == [
        ".gitignore",
        ".gitlab-ci.yml",
        ".gitlab/kanal.yml",
        ".pre-commit-config.yaml",
        "config/channels.yaml",
        "config/concept.yaml",
        "config/kanal.yaml",
        "config/netiquette.md",
        "config/policy.yaml",
        "posts/erster-beitrag.yaml",
        "posts/media/erster-beitrag.jpg",
    ]
    passes_lint(kanal)
    plan = kanal("plan")
    assert plan.code == 0
    assert "2 deliveries would be sent." in plan.out


def test_its_first_draft_goes_to_the_practice_networks_and_nowhere_else(kanal: Kanal) -> None:
    kanal("init", *ALL)
    answer = process(kanal.root, "demo")
    assert answer.code == 0
    assert "Summary: 2 published." in answer.out
    assert all("http://127.0.0.1" in line for line in answer.out.splitlines() if " published " in line)


def test_called_again_it_asks_nothing_writes_nothing_and_finds_nothing_different(kanal: Kanal) -> None:
    kanal("init", *ALL)
    before = everything(kanal.root)
    again = kanal("init")
    assert (again.code, again.out) == (0, "")
    assert {line.split(": ")[0] for line in again.err.splitlines()} == {"Already there"}
    assert everything(kanal.root) == before


def test_what_is_missing_is_added_and_what_differs_is_shown(kanal: Kanal) -> None:
    kanal("init", *ALL)
    policy = kanal.root / "config" / "policy.yaml"
    own = policy.read_text(encoding="utf-8").replace("adapt: true", "adapt: false")
    policy.write_text(own, encoding="utf-8", newline="")
    (kanal.root / "config/netiquette.md").unlink()
    answer = kanal("init")
    assert answer.code == 0
    assert "Written: config/netiquette.md\n" in answer.err
    assert "-adapt: false\n+adapt: true\n" in answer.out
    assert "config/policy.yaml is different, and stays as it is." in answer.err
    assert policy.read_bytes() == own.encode()


def test_without_a_terminal_everything_that_is_missing_is_named(kanal: Kanal) -> None:
    answer = kanal("init", "--office", "Amt", "--forge", "none")
    assert answer.code == 2
    assert "this is missing: --land, --networks, --persons." in answer.err
    assert not kanal.root.exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (("--land", "Bayrn"), "--land: There is no Land “Bayrn”."),
        (("--networks", "twiter"), "--networks: There is no network “twiter”."),
        (("--forge", "jenkins"), "--forge: “jenkins” is none of these"),
    ],
)
def test_an_option_that_cannot_be_meant_is_refused_and_nothing_is_written(
    kanal: Kanal, wrong: tuple[str, str], said: str
) -> None:
    answer = kanal("init", *ALL, *wrong)
    assert (answer.code, said in answer.err) == (2, True)
    assert not kanal.root.exists()


def test_one_person_may_approve_what_he_or_she_wrote_and_several_may_not(kanal: Kanal) -> None:
    kanal("init", *ALL, "--approvers", "Eva Müßig, Jo Probe")
    policy = kanal.root / "config" / "policy.yaml"
    assert "extends: default\n" in policy.read_text(encoding="utf-8")
    assert "approvers: [Eva Müßig, Jo Probe]\n" in policy.read_text(encoding="utf-8")
    policy.unlink()
    kanal("init", *ALL, "--persons", "one")
    assert "extends: [default, solo-office]\n" in policy.read_text(encoding="utf-8")


def test_a_state_authority_of_bavaria_gets_its_pack_and_a_town_does_not(kanal: Kanal) -> None:
    kanal("init", *ALL, "--state-authority", "--persons", "one")
    policy = kanal.root / "config" / "policy.yaml"
    assert "extends: [default, bavaria-state, solo-office]\n" in policy.read_text(encoding="utf-8")
    passes_lint(kanal)
    assert kanal("init").out == ""


def test_a_folder_with_other_things_keeps_them(kanal: Kanal) -> None:
    kanal.root.mkdir()
    own = {
        "README.md": b"Unser Repository\r\n",
        ".gitignore": b"*.bak\n",
        ".pre-commit-config.yaml": b"repos: []\n",
        "posts/notizen.txt": b"Anruf\n",
    }
    for name, content in own.items():
        (kanal.root / name).parent.mkdir(exist_ok=True)
        (kanal.root / name).write_bytes(content)
    answer = kanal("init", *ALL)
    assert answer.code == 0
    assert {name: (kanal.root / name).read_bytes() for name in own} == own
    assert ".gitignore is there already. Add to it yourself:" in answer.err
    assert "Add to its “repos:” yourself:" in answer.err
    assert ".kanal/\n" in answer.out
    assert "- id: kanal-lint\n" in answer.out
    passes_lint(kanal)


def test_an_office_of_ones_own_making_gets_what_it_lacks_for_its_own_channels(
    office_folder: Path, kanal: Kanal
) -> None:
    kanal.root = office_folder
    before = everything(office_folder)
    answer = kanal("init", "--forge", "none")
    assert answer.code == 0
    assert {name: content for name, content in everything(office_folder).items() if name in before} == before
    concept = (office_folder / "config" / "concept.yaml").read_text(encoding="utf-8")
    assert "  jugendamt-mastodon:\n" in concept
    assert not (office_folder / "posts" / "erster-beitrag.yaml").exists()
    assert kanal("lint").code == 0


def test_a_broken_file_of_the_office_is_named_with_its_line_and_nothing_is_written(kanal: Kanal) -> None:
    (kanal.root / "config").mkdir(parents=True)
    (kanal.root / "config" / "channels.yaml").write_text("channels:\n  x: {platfrom: x}\n", encoding="utf-8")
    answer = kanal("init", *ALL)
    assert answer.code == 2
    assert "config/channels.yaml:2:7: error:" in answer.err
    assert list(everything(kanal.root)) == ["config/channels.yaml"]


def test_files_for_the_repository_lie_at_its_top(kanal: Kanal) -> None:
    top = kanal.root.parent
    kanal("init", *ALL, "--git")
    assert (kanal.root / ".git").is_dir()
    (kanal.root / ".git").rename(top / ".git")
    for name in (".pre-commit-config.yaml", ".gitlab-ci.yml"):
        (kanal.root / name).unlink()
    answer = kanal("init", "--forge", "gitlab")
    assert "Written: .pre-commit-config.yaml\n" in answer.err
    assert f"^{kanal.root.name}/".replace(" ", "\\\\ ") in (top / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert (top / ".gitlab-ci.yml").is_file()


def test_a_repository_is_made_only_if_somebody_wants_it_and_nothing_is_committed(kanal: Kanal) -> None:
    kanal("init", *ALL)
    assert not (kanal.root / ".git").exists()
    assert kanal("init", "--git").code == 0
    assert (kanal.root / ".git" / "HEAD").read_text(encoding="utf-8") == "ref: refs/heads/main\n"
    assert not (kanal.root / ".git" / "refs" / "heads" / "main").exists()


def test_a_file_in_the_place_of_the_folder_is_refused(kanal: Kanal) -> None:
    kanal.root.write_text("ein Zettel", encoding="utf-8")
    answer = kanal("init", *ALL)
    assert (answer.code, "it is no folder" in answer.err) == (2, True)


def test_a_folder_in_which_no_folder_can_be_made_is_named_and_nothing_is_left(kanal: Kanal) -> None:
    kanal.root.mkdir()
    (kanal.root / "config").write_text("ein Zettel", encoding="utf-8")
    answer = kanal("init", *ALL)
    assert answer.code == 2
    assert "cannot be used:" in answer.err
    assert everything(kanal.root) == {"config": b"ein Zettel"}


def test_a_disk_that_is_full_or_only_to_be_read_is_told_in_plain_words(kanal: Kanal, small_disk: SmallDisk) -> None:
    kanal.root = small_disk.path / "büro"
    small_disk.fill()
    full = kanal("init", *ALL)
    assert (full.code, "No space left on device" in full.err) == (2, True)
    assert "that the disk is not full" in full.err
    assert not kanal.root.exists()
    small_disk.empty()
    small_disk.protect()
    assert "Read-only file system" in kanal("init", *ALL).err
    small_disk.protect(read_only=False)
    assert kanal("init", *ALL).code == 0
