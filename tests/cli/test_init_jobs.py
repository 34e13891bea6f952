"""`kanal init --ci`: files that are valid, that nobody loses by, and whose scripts really do what they are for."""

import json
import os
import re
import sys
import sysconfig
import venv
from collections.abc import Callable
from pathlib import Path
from shutil import which

import pytest
from hatchling.builders.wheel import WheelBuilder

from kanal.cli.ci_files import FILES, TEMPLATES, System
from kanal.sandbox import Fault, FaultKind, Practice
from tests.cli.calls import Kanal, surroundings
from tests.cli.ci_jobs import FILES as JOBS
from tests.cli.ci_jobs import Ended, Script, read, run, scripts
from tests.cli.conftest import GoLive
from tests.conftest import WriteFile
from tests.documents import ROOT
from tests.four_eyes import APPROVER, WRITER, FourEyes, alone
from tests.optional import require_or_skip

SYSTEMS = [str(system) for system in System]
ACTIONS = re.compile(r"(?:https://data\.forgejo\.org/)?actions/(?:checkout|setup-python)@v\d+")
INSTALL = 'python -m pip install "$KANAL"'
Jobs = Callable[[str, str], Ended]


def files(root: Path, system: str) -> dict[str, str]:
    return {file: (root / file).read_text(encoding="utf-8") for file in FILES[System(system)]}


@pytest.mark.parametrize("system", SYSTEMS)
def test_what_is_written_once_is_never_written_again(kanal: Kanal, write_file: WriteFile, system: str) -> None:
    first = kanal("init", "--ci", system)
    assert (first.code, first.out) == (0, "")
    written = files(kanal.root, system)
    assert [f"Written: {file}" in first.err for file in written] == [True, True]
    again = kanal("init", "--ci", system)
    assert (again.code, again.out) == (0, "")
    assert again.err == "".join(f"Already there: {file}\n" for file in written)
    file = JOBS[system]["lint"]
    write_file(file, "# mine\n" + written[file].replace("timeout", "# timeout"))
    (kanal.root / next(name for name in written if name != file)).unlink()
    third = kanal("init", "--ci", system)
    assert f"{file} is different, and stays as it is." in third.err
    assert "-# mine\n" in third.out
    assert files(kanal.root, system) == {**written, file: "# mine\n" + written[file].replace("timeout", "# timeout")}


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_versions_that_an_office_filled_in_are_no_difference(
    kanal: Kanal, write_file: WriteFile, system: str
) -> None:
    kanal("init", "--ci", system)
    for file, text in files(kanal.root, system).items():
        write_file(file, re.sub(r"@(COMMIT|v\d+)", f"@{'1a' * 20}", text))
    assert kanal("init", "--ci", system).out == ""
    channels = (kanal.root / "config" / "channels.yaml").read_text(encoding="utf-8")
    write_file("config/channels.yaml", channels + "  zweites:\n    platform: mastodon\n    account: b@a.example\n")
    changed = [line for line in kanal("init", "--ci", system).out.splitlines() if re.match(r"[-+](?![-+])", line)]
    assert len(changed) == 1
    assert "KANAL_ZWEITES_ACCESS_TOKEN" in changed[0]


def test_an_offices_own_gitlab_file_is_left_to_the_office(kanal: Kanal, write_file: WriteFile) -> None:
    own = write_file(".gitlab-ci.yml", "test:\n  script: [make]\n")
    answer = kanal("init", "--ci", "gitlab")
    assert "Add to its “include:” yourself" in answer.err
    assert answer.out == "include:\n  - local: .gitlab/kanal.yml\n"
    assert own.read_text(encoding="utf-8") == "test:\n  script: [make]\n"
    write_file(".gitlab-ci.yml", "include: [{local: .gitlab/kanal.yml}]\n")
    assert kanal("init", "--ci", "gitlab").out == ""


def test_a_system_that_is_not_known_is_refused_and_jobs_alone_take_no_other_option(kanal: Kanal) -> None:
    assert kanal("init", "--ci", "jenkins").code == 2
    answer = kanal("init", "--ci", "gitlab", "--office", "Amt")
    assert (answer.code, "it stands alone" in answer.err) == (2, True)
    assert not (kanal.root / ".gitlab-ci.yml").exists()


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_files_are_valid_and_ask_for_what_kanal_needs(kanal: Kanal, go_live: GoLive, system: str) -> None:
    secrets = go_live()
    kanal("init", "--ci", system)
    lint, publish = (read(kanal.root, system, job) for job in ("lint", "publish"))
    text = (kanal.root / JOBS[system]["publish"]).read_text(encoding="utf-8")
    assert "api.github.com" not in text
    if system == "gitlab":
        assert lint[".kanal"]["variables"]["GIT_DEPTH"] == "0"
        assert lint["kanal-lint"]["artifacts"]["reports"] == {"codequality": "gl-code-quality-report.json"}
        assert publish["kanal-publish"]["resource_group"]
        assert [name for name in secrets if f"\n# {name}\n" not in text] == []
        return
    assert lint[True] == "pull_request"  # YAML 1.1 takes the word "on" for a truth value
    assert publish[True]["schedule"] == [{"cron": "7,22,37,52 * * * *"}]
    assert publish["concurrency"] == {"group": "kanal-publish", "cancel-in-progress": False}
    for job, content in (("lint", lint), ("publish", publish)):
        steps = content["jobs"][job]["steps"]
        used = [step["uses"] for step in steps if "uses" in step]
        assert all(ACTIONS.fullmatch(action) for action in used), used
        assert steps[0]["with"]["fetch-depth"] == 0
    [step] = [step for step in publish["jobs"]["publish"]["steps"] if "kanal publish" in step.get("run", "")]
    assert step["env"] == {name: f"${{{{ secrets.{name} }}}}" for name in secrets}


def test_an_office_in_a_folder_of_a_larger_repository_is_named(kanal: Kanal, four_eyes: FourEyes) -> None:
    top = kanal.root.parent
    (four_eyes.root / ".git").rename(top / ".git")
    kanal("init", "--ci", "github")
    text = "".join(script.text for job in ("lint", "publish") for script in scripts(top, "github", job))
    assert "kanal --project office lint --format github" in text
    assert "kanal --project office publish --due --yes" in text


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an environment in which the files' own script has installed kanal's wheel."""
    if which("bash") is None or sys.platform == "win32":
        require_or_skip("bash is needed to run the scripts of CI files")
    folder = tmp_path_factory.mktemp("ci")
    venv.create(folder / "venv", symlinks=True)
    [packages] = (folder / "venv" / "lib").glob("python*/site-packages")
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    [wheel] = WheelBuilder(str(ROOT)).build(directory=str(folder / "dist"))
    ended = run([Script(INSTALL, {})], folder, {**environment(folder), "KANAL": wheel})
    assert ended.code == 0, ended.said
    return folder


@pytest.fixture
def office(four_eyes: FourEyes, practice: Practice) -> FourEyes:
    """An office that only practises, with one draft that Kim Muster wrote and Toni Probe approved."""
    assert practice
    (four_eyes.root / "posts" / "verkehr" / "linden.yaml").unlink()
    four_eyes.commit(WRITER)
    four_eyes.approve("posts/baustelle.yaml")
    four_eyes.commit(APPROVER)
    return four_eyes


@pytest.fixture
def jobs(kanal: Kanal, office: FourEyes, installed: Path) -> Jobs:
    """Write the files of a CI system, and run a job of it."""

    def job(system: str, name: str) -> Ended:
        kanal("init", "--ci", system)
        install, *rest = scripts(office.root, system, name)
        assert INSTALL in install.text.replace("/opt/kanal/bin/", "")
        return run(rest, office.root, environment(installed))

    return job


def environment(installed: Path) -> dict[str, str]:
    """As in a CI job, but without an index of packages: what kanal needs is borrowed from the tests."""
    pip = {f"PIP_{name}": "1" for name in ("NO_DEPS", "NO_INDEX", "IGNORE_INSTALLED", "DISABLE_PIP_VERSION_CHECK")}
    path = os.pathsep.join([str(installed / "venv" / "bin"), os.environ["PATH"]])
    found = {**alone(installed), **surroundings(CI="true", PATH=path), **pip}
    return {name: value for name, value in found.items() if name not in {"PYTHONPATH", "PYTHONWARNINGS"}}


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_lint_job_lets_pass_what_is_in_order_and_nothing_else(jobs: Jobs, office: FourEyes, system: str) -> None:
    good = jobs(system, "lint")
    assert good.code == 0, good.said
    report = office.root / "gl-code-quality-report.json"
    if system == "gitlab":
        assert json.loads(report.read_text(encoding="utf-8")) == []
    office.write("posts/neu.yaml", "id: neu\nchannels: [mastodon]\ntext: Spenden an DE02 1203 0000 0000 2020 51.\n")
    office.commit(WRITER)
    office.approve("posts/neu.yaml", "Eva Muster")
    office.commit(WRITER)
    bad = jobs(system, "lint")
    assert bad.code == 1, bad.said
    for rule in ("privacy/iban", "approval/forged"):
        assert rule in bad.said
    if system == "gitlab":
        said = [found["check_name"] for found in json.loads(report.read_text(encoding="utf-8"))]
        assert sorted(said) == ["approval/forged", "privacy/iban"]
    if system == "github":
        assert "::error file=posts/neu.yaml,line=3" in bad.said


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_lint_job_of_a_clone_without_history_fails(jobs: Jobs, office: FourEyes, system: str) -> None:
    head = office.git("rev-parse", "HEAD")
    (office.root / ".git" / "shallow").write_text(f"{head}\n", encoding="ascii")
    ended = jobs(system, "lint")
    assert ended.code == 1
    assert "approval/forged" in ended.said


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_publish_job_sends_what_is_due_once(jobs: Jobs, practice: Practice, system: str) -> None:
    first = jobs(system, "publish")
    assert first.code == 0, first.said
    assert sorted(post.platform for post in practice.posts()) == ["mastodon", "x"]
    second = jobs(system, "publish")
    assert second.code == 0, second.said
    assert len(practice.posts()) == 2


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_publish_job_fails_when_something_does_not_go_out(
    jobs: Jobs, kanal: Kanal, practice: Practice, system: str
) -> None:
    assert kanal
    practice.set_fault("x", Fault(FaultKind.EXPIRED, times=None))
    ended = jobs(system, "publish")
    assert ended.code != 0, ended.said
    assert "1 published, 1 deferred" in ended.said
    assert [post.platform for post in practice.posts()] == ["mastodon"]


def test_the_templates_are_in_the_wheel() -> None:
    packed = {file.distribution_path for file in WheelBuilder(str(ROOT)).recurse_included_files()}
    templates = {f"kanal/templates/ci/{file.name}" for file in TEMPLATES.iterdir()}
    assert templates == {f"kanal/templates/ci/{name}" for named in FILES.values() for name in named.values()}
    assert templates <= packed
