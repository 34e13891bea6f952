"""The script parts of written CI files, taken out and run with bash as the CI system does. Not a test itself."""

import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FILES = {
    "github": {"lint": ".github/workflows/kanal-lint.yml", "publish": ".github/workflows/kanal-publish.yml"},
    "forgejo": {"lint": ".forgejo/workflows/kanal-lint.yml", "publish": ".forgejo/workflows/kanal-publish.yml"},
    "gitlab": {"lint": ".gitlab/kanal.yml", "publish": ".gitlab/kanal.yml"},
}


@dataclass(frozen=True)
class Script:
    """What one step runs, with the variables that the file sets for it; `always`: also when a step before it failed."""

    text: str
    variables: Mapping[str, str]
    always: bool = False


@dataclass(frozen=True)
class Ended:
    """How a job ended: the exit code of the first script that failed, and all that was written."""

    code: int
    said: str


def read(root: Path, system: str, job: str) -> Any:
    """The whole file that holds the job."""
    return yaml.safe_load((root / FILES[system][job]).read_text(encoding="utf-8"))


def scripts(root: Path, system: str, job: str) -> list[Script]:
    """What the job runs, in order, the installation first."""
    content = read(root, system, job)
    return list(_gitlab(content, job) if system == "gitlab" else _steps(content, job))


def _steps(content: Any, job: str) -> Iterator[Script]:
    for step in content["jobs"][job]["steps"]:
        if "run" in step:
            yield Script(step["run"], {**content["env"], **step.get("env", {})}, "cancelled" in step.get("if", ""))


def _gitlab(content: Any, job: str) -> Iterator[Script]:
    shared, own = content[".kanal"], content[f"kanal-{job}"]
    assert own["extends"] == ".kanal"
    yield Script("\n".join(shared["before_script"]), shared["variables"])
    yield Script("\n".join(own["script"]), shared["variables"])


def run(job: list[Script], folder: Path, environ: Mapping[str, str]) -> Ended:
    """Run scripts one after the other, each in a bash that stops at the first error."""
    code, said = 0, []
    for script in job:
        if code and not script.always:
            continue
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script.text],
            cwd=folder,
            env={**script.variables, **environ},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        said.append(done.stdout.decode("utf-8"))
        code = code or done.returncode
    return Ended(code, "".join(said))
