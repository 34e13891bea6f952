"""`kanal hold`, `pause` and `release`: files that are committed alone, whatever else is staged or changed."""

import os
from pathlib import Path

import pytest

from kanal.sandbox import Practice
from tests.cli.calls import Answer, Kanal
from tests.cli.frozen import Frozen
from tests.cli.test_publish import WARNING
from tests.conftest import WriteFile
from tests.repository import Repository

WHY = ("--reason", "Trauerfall im Kreistag")


@pytest.fixture
def repository(kanal: Kanal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """The office under git, with a remote and nothing of the settings of whoever runs the tests."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "HOME": str(tmp_path)}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    found = Repository(kanal.root, os.environ)
    found.write(".gitignore", ".kanal/\n")
    found.git("init", "--quiet", "--bare", "--initial-branch=main", str(tmp_path / "remote.git"))
    found.git("init", "--quiet", "--initial-branch=main")
    found.git("config", "user.name", "Kim Muster")
    found.git("config", "user.email", "kim@landkreis-musterland.example")
    found.begin()
    found.git("remote", "add", "origin", str(tmp_path / "remote.git"))
    found.git("push", "--quiet", "--set-upstream", "origin", "main")
    return found


def in_last_commit(repository: Repository) -> list[str]:
    return repository.git("show", "--format=", "--name-status", "HEAD").split()


def pushed(repository: Repository) -> bool:
    return (
        repository.git("rev-parse", "HEAD")
        == repository.git("ls-remote", "origin", "refs/heads/main").split()[0] + "\n"
    )


@pytest.mark.usefixtures("practice")
def test_while_it_holds_nothing_but_warnings_goes_out(kanal: Kanal, clock: Frozen, write_file: WriteFile) -> None:
    assert clock
    write_file("posts/z-warnung.yaml", WARNING)
    answer = kanal("hold", *WHY, "--name", "Kim Muster")
    assert answer.code == 0
    assert "nothing but warnings (type: crisis) goes out. Kim Muster says: “Trauerfall im Kreistag”." in answer.err
    assert "It ends with: kanal release" in answer.err
    held = kanal.json("publish", "-c", "mastodon")
    assert held.code == 0
    assert held.outcomes == {"z-warnung/mastodon": "published", "baustelle/mastodon": "held", "linden/mastodon": "held"}
    said = {one["reason"] for one in held.json["deliveries"] if one["outcome"] == "held"}
    assert said == {"Everything is on hold: Trauerfall im Kreistag (Kim Muster). Only warnings go out."}
    assert kanal("release").code == 0
    assert kanal("publish", "-c", "mastodon").out.endswith("Summary: 2 published, 1 already out.\n")


@pytest.mark.parametrize("command", [["plan"], ["publish", "--due"], ["publish", "-c", "x"], ["status", "--check"]])
@pytest.mark.usefixtures("practice")
def test_the_hold_stands_at_the_top_of_a_jobs_log(kanal: Kanal, command: list[str]) -> None:
    kanal("hold", *WHY)
    assert kanal(*command).err.startswith("ON HOLD since ")


def test_status_says_it_in_plain_words_and_to_programs(kanal: Kanal, clock: Frozen) -> None:
    kanal("hold", *WHY, "--name", "Kim Muster")
    assert kanal("status").out.startswith("ON HOLD since ")
    found = kanal.json("status").json
    assert (found["hold"]["reason"], found["hold"]["name"]) == ("Trauerfall im Kreistag", "Kim Muster")
    assert {one["outcome"] for one in found["deliveries"]} == {"held"}
    assert {one["since"][:16] for one in found["deliveries"]} == {found["hold"]["since"][:16]}
    kanal("release")
    assert kanal.json("status").json["hold"] is None
    assert clock


def test_what_became_too_late_during_a_hold_does_not_gush_out_afterwards(
    kanal: Kanal, practice: Practice, clock: Frozen, write_file: WriteFile
) -> None:
    write_file("posts/baustelle.yaml", f"id: baustelle\nchannels: [x]\ntext: Gesperrt.\npublish_at: {clock.local()}\n")
    kanal("hold", *WHY)
    clock.move(days=1)
    assert kanal.json("publish", "--due", "-c", "x").outcomes == {"baustelle/x": "held"}
    kanal("release")
    [late] = kanal.json("publish", "--due", "-c", "x").json["deliveries"]
    assert "as late as it may be" in late["reason"]
    assert practice.posts() == []


def test_it_is_committed_alone_and_everything_else_stays_as_it_was(
    kanal: Kanal, clock: Frozen, repository: Repository
) -> None:
    assert clock
    repository.write("posts/neu.yaml", "id: neu\nchannels: [x]\ntext: Hallo\n")
    repository.git("add", "posts/neu.yaml")
    repository.write("posts/neu.yaml", "id: neu\nchannels: [x]\ntext: Halb fertig\n")
    repository.write("config/notiz.txt", "nicht fertig\n")
    _, staged, changed = repository.state()
    assert kanal("hold", *WHY).code == 0
    assert in_last_commit(repository) == ["A", "config/hold.yaml"]
    assert repository.git("log", "-1", "--format=%an %s") == "Kim Muster Hold all posts: Trauerfall im Kreistag\n"
    assert repository.state()[1:] == (staged, changed)
    assert 'name: "Kim Muster"' in repository.read("config/hold.yaml")
    assert not pushed(repository)
    assert kanal("release").code == 0
    assert in_last_commit(repository) == ["D", "config/hold.yaml"]
    assert repository.state()[1:] == (staged, changed)
    assert not (kanal.root / "config" / "hold.yaml").exists()


def test_it_is_pushed_when_asked_to(kanal: Kanal, repository: Repository) -> None:
    repository.write("posts/neu.yaml", "id: neu\nchannels: [x]\ntext: Hallo\n")
    repository.git("add", "posts/neu.yaml")
    repository.commit(code=0)
    answer = kanal("hold", *WHY, "--push")
    assert answer.code == 0
    assert "Pushed." in answer.err
    assert "1 earlier commit of yours went along." in answer.err
    assert pushed(repository)
    kanal("release")
    assert not pushed(repository)
    assert kanal("release", "--push").code == 0, "the second call catches up"
    assert pushed(repository)


def test_a_push_that_is_refused_says_what_to_do(kanal: Kanal, repository: Repository, tmp_path: Path) -> None:
    other = tmp_path / "other"
    repository.git("clone", "--quiet", str(tmp_path / "remote.git"), str(other))
    there = Repository(
        other, {**os.environ, **dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"), "T"), "EMAIL": "t@e.example"}
    )
    there.git("commit", "--quiet", "--allow-empty", "--message=Anderes")
    there.git("push", "--quiet")
    answer = kanal("hold", *WHY, "--push")
    assert answer.code == 2
    assert "It is committed here, but could not be pushed: [rejected]" in answer.err
    assert "git pull --rebase, and git push" in answer.err
    assert kanal("publish", "--due").err.startswith("ON HOLD since ")


def test_a_hook_about_drafts_does_not_keep_an_office_from_holding_them(kanal: Kanal, repository: Repository) -> None:
    hook = kanal.root / ".git" / "hooks" / "pre-commit"
    hook.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    assert kanal("hold", *WHY).code == 0
    assert in_last_commit(repository) == ["A", "config/hold.yaml"]


def test_a_merge_that_is_not_finished_stays_so_and_the_hold_counts_here(kanal: Kanal, repository: Repository) -> None:
    repository.git("switch", "--quiet", "--create", "neben")
    repository.git("commit", "--quiet", "--allow-empty", "--message=Nebenher")
    repository.git("switch", "--quiet", "main")
    repository.git("merge", "--quiet", "--no-ff", "--no-commit", "neben")
    answer = kanal("hold", *WHY)
    assert answer.code == 2
    assert "git does not commit it: cannot do a partial commit during a merge." in answer.err
    assert "On this computer it counts all the same." in answer.err
    assert kanal("plan").err.startswith("ON HOLD since ")


@pytest.mark.parametrize("command", [["hold", *WHY], ["pause", "x", "--until", "2999-01-01"]])
def test_without_git_it_says_that_it_counts_here_only(kanal: Kanal, command: list[str]) -> None:
    answer = kanal(*command, "--push")
    assert answer.code == 0
    assert "This folder is not under git: it counts on this computer only." in answer.err


def test_without_a_remote_it_says_so(kanal: Kanal, repository: Repository) -> None:
    repository.git("remote", "remove", "origin")
    answer = kanal("hold", *WHY, "--push")
    assert answer.code == 0
    assert "There is no remote repository: it counts on this computer only." in answer.err


def test_a_second_hold_leaves_the_first_one_as_it_is(kanal: Kanal) -> None:
    kanal("hold", *WHY, "--name", "Kim Muster")
    answer = kanal("hold", "--reason", "Etwas anderes", "--name", "Toni Probst")
    assert answer.code == 0
    assert "It is on hold already; the reason stays as it was." in answer.err
    assert "Kim Muster says: “Trauerfall im Kreistag”" in answer.err


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (["release"], "Nothing is on hold."),
        (["release", "x"], "“x” is not paused."),
        (["release", "y"], "There is no channel “y”."),
        (["hold", "--reason", " "], "The reason is empty"),
        (["hold", "--reason", "a\x1bb"], "The reason is empty, or holds signs that cannot be seen."),
        (["pause", "y", "--until", "2999-01-01"], "There is no channel “y”."),
        (["pause", "x", "--until", "2020-01-01"], "2020-01-02 00:00 is over already."),
        (["pause", "x", "--until", "bald"], "“bald” is not a time."),
        (["pause", "x"], "“--until” is missing."),
    ],
)
def test_nonsense_is_refused(kanal: Kanal, command: list[str], words: str) -> None:
    answer = kanal(*command)
    assert answer.code == 2
    assert words in answer.err
    assert not (kanal.root / "config" / "hold.yaml").exists()
    assert not (kanal.root / "config" / "pause.yaml").exists()


@pytest.mark.usefixtures("practice")
def test_a_paused_channel_rests_warnings_included_until_the_day_is_over(
    kanal: Kanal, clock: Frozen, write_file: WriteFile
) -> None:
    write_file("posts/z-warnung.yaml", WARNING)
    day = clock.local()[:10]
    answer = kanal("pause", "mastodon", "--until", day, "--reason", "Umzug", "--name", "Kim Muster")
    assert answer.code == 0
    assert "nothing goes out on “mastodon”. Kim Muster says: “Umzug”." in answer.err
    held = kanal.json("publish", "-c", "mastodon", "-c", "x")
    assert {one for key, one in held.outcomes.items() if key.endswith("/mastodon")} == {"held"}
    assert held.outcomes["baustelle/x"] == "published"
    assert {one["reason"].split(" until ")[0] for one in held.json["deliveries"] if one["outcome"] == "held"} == {
        "The channel “mastodon” is paused"
    }
    clock.move(hours=14)
    assert set(kanal.json("publish", "-c", "mastodon").outcomes.values()) == {"published"}
    assert kanal("plan").err == ""


def test_a_pause_can_be_taken_back_and_leaves_the_others(kanal: Kanal, repository: Repository) -> None:
    for channel in ("mastodon", "x"):
        assert kanal("pause", channel, "--until", "2999-01-01 08:00").code == 0
    assert in_last_commit(repository) == ["M", "config/pause.yaml"]
    assert kanal("release", "mastodon").code == 0
    assert "mastodon" not in repository.read("config/pause.yaml")
    assert kanal("release", "x").code == 0
    assert in_last_commit(repository) == ["D", "config/pause.yaml"]
    assert repository.git("log", "--format=%s", "-4").splitlines() == [
        "Release x",
        "Release mastodon",
        "Pause x until 2999-01-01 08:00",
        "Pause mastodon until 2999-01-01 08:00",
    ]


def test_lint_knows_the_files(kanal: Kanal, write_file: WriteFile) -> None:
    def mistakes() -> Answer:
        return kanal("lint")

    write_file("config/hold.yaml", "reason: Trauer\nname: Kim\nsinze: 2026-11-22 12:00\n")
    answer = mistakes()
    assert answer.code == 2
    assert "config/hold.yaml:3:1: error: The key “sinze” is unknown here. Did you mean “since”?" in answer.err
    (kanal.root / "config" / "hold.yaml").unlink()
    assert mistakes().code == 0


def test_a_pause_needs_no_reason(kanal: Kanal, repository: Repository) -> None:
    assert repository
    answer = kanal("pause", "x", "--until", "2999-01-01")
    assert "PAUSED until 2999-01-02 00:00: nothing goes out on “x”. Kim Muster decided that." in answer.err


def test_whose_name_git_does_not_know_learns_how_to_tell_it(
    kanal: Kanal, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("user.name", "user.email"):
        repository.git("config", "--unset", name)
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "user.useConfigOnly")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "true")
    answer = kanal("hold", *WHY)
    assert answer.code == 2
    assert "Tell git who you are" in answer.err
    assert (kanal.root / "config" / "hold.yaml").exists()
