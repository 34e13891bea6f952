"""`kanal lint`: one draft as a commit hook sees it, many drafts beside other checkers, and very many with a cache."""

import json
import shutil
import sys
import time
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from drafts import write_markdown, write_office
from measure import peak
from rivals import crier, prove_all_are_read, yamllint
from rounds import Case, Times, rounds, run

ROOT = Path(__file__).parents[1]
LINT = ("-m", "kanal", "lint")
IMPORTS = ("-c", "import typer, pydantic, yaml")
START = f'`python -c "{IMPORTS[1]}"`'
SOME, MANY = 1_000, 10_000
CHANGED = "# Changed at "
TEXT_ONLY = """\
id: nur-text
type: announcement
channels: [mastodon, x, facebook]
text: |
  Die Kreisstraße 12 zwischen Musterhausen und Beispielbach bekommt eine neue Fahrbahn. Sie ist deshalb voll gesperrt.
  Die Umleitung über Probendorf ist ausgeschildert. Rechnen Sie mit etwa zehn Minuten mehr. #Verkehr
link: https://www.landkreis-musterland.example/k12
"""
TRUSTED_AFTER = 2.5
"""Seconds; younger files are not trusted to the cache."""


def lint_speed(folder: Path) -> str:
    """The report's section."""
    some, many = folder / "some", folder / "many"
    write_office(some, SOME)
    write_office(many, MANY)
    for office in (some, many):
        _under_git(office)
    title = f"""
## kanal lint

`python bench/run.py`: all rules, the default policy, and a filled-in register. Each table is one run in which the
commands took turns, forwards and backwards; the last columns compare with its first row. The drafts have different
texts of about 400 characters, and every third has a picture, the same one. kanal finds {_found(some, SOME)} in
{SOME:,} of them, and {_found(many, MANY)} in {MANY:,}.
"""
    sections = (
        _one_draft(folder),
        _beside_others(some, folder / "markdown"),
        _without_cache(some, many),
        _cached(many),
    )
    return "\n".join([title, *sections, _memory(some, many)])


def _one_draft(folder: Path) -> str:
    warm, cold = folder / "warm", folder / "cold"
    for office in (warm, cold):
        for name in ("config", "posts"):
            shutil.copytree(ROOT / name, office / name)
        _under_git(office)
    Path(cold, "posts", "text.yaml").write_text(TEXT_ONLY, encoding="utf-8", newline="\n")
    _fill_cache(warm)
    draft = min(Path(warm, "posts", "verkehr").glob("*.yaml"))
    one = _kanal(draft.relative_to(warm).as_posix())
    text = _kanal("posts/text.yaml")
    cases = {
        START: Case([sys.executable, *IMPORTS], warm),
        "`kanal lint one.yaml`, all but this draft cached": Case(one, warm, partial(_change, draft)),
        "`kanal lint text.yaml`, a draft without a picture, no cache": Case(text, cold, partial(_forget, cold)),
        "`kanal lint one.yaml`, no cache; most of it looks for faces": Case(one, cold, partial(_forget, cold)),
    }
    return _section("One draft of the sample office", "1.3 × the three imports", rounds(cases, 15))


def _beside_others(some: Path, markdown: Path) -> str:
    """The same texts for everybody; crier gets them as Markdown, with the front matter that it asks for."""
    names = write_markdown(markdown, SOME)
    prove_all_are_read(crier(markdown, names, "--json"), yamllint(some, complain=True), SOME)
    cases = {
        "`crier check`": crier(markdown, names),
        "`crier check --json`": crier(markdown, names, "--json"),
        "`yamllint`": yamllint(some),
        "`kanal lint`, no cache": Case(_kanal(), some, partial(_forget, some)),
    }
    return _section(f"{SOME:,} drafts beside other checkers", "the time of crier check", rounds(cases, 5))


def _without_cache(some: Path, many: Path) -> str:
    cases = {office.name: Case(_kanal(), office, partial(_forget, office)) for office in (some, many)}
    few, all_of_them = rounds(cases, 3).values()
    times = {f"`kanal lint`, {SOME:,} drafts": few, f"`kanal lint`, {MANY:,} drafts": all_of_them}
    return _section(f"{MANY:,} drafts without a cache", f"12 × the time of {SOME:,} drafts", times)


def _cached(many: Path) -> str:
    _fill_cache(many)
    cases = {
        "`git status`": Case(["git", "status"], many),
        START: Case([sys.executable, *IMPORTS], many),
        "`kanal lint`": Case(_kanal(), many, partial(_change, many / "posts" / "00" / "meldung-00000.yaml")),
    }
    times = rounds(cases, 7)
    status, start, _ = times.values()
    both = {
        "`git status` and the three imports together": Times(status.best + start.best, status.median + start.median)
    }
    return _section(f"{MANY:,} drafts, one of them changed, the others cached", "1.5 × both together", both | times)


def _memory(some: Path, many: Path) -> str:
    rows = []
    for state, prepare in {"no cache": _forget, "everything cached": _fill_cache}.items():
        peaks = []
        for office in (some, many):
            prepare(office)
            peaks.append(peak(LINT, office))
        each = (peaks[1] - peaks[0]) * 1024 / (MANY - SOME)
        rows.append(f"| {state} | {peaks[0]:.0f} MiB | {peaks[1]:.0f} MiB | {each:.2f} KiB |\n")
    return f"""
### Memory

The target is at most 1 KiB for each further draft.

| `kanal lint` | {SOME:,} drafts | {MANY:,} drafts | each further draft |
|---|---|---|---|
{"".join(rows)}"""


def _section(title: str, target: str, times: Mapping[str, Times]) -> str:
    first = next(iter(times.values()))
    rows = [
        f"| {name} | {taken.best:.3f} s | {taken.median:.3f} s | {taken.best / first.best:.2f} × "
        f"| {taken.median / first.median:.2f} × |\n"
        for name, taken in times.items()
    ]
    return f"""
### {title}

The target is at most {target}.

| command | best | median | best, compared | median, compared |
|---|---|---|---|---|
{"".join(rows)}"""


def _kanal(*arguments: str) -> list[str]:
    return [sys.executable, *LINT, *arguments]


def _found(office: Path, drafts: int) -> str:
    """What kanal has to say there; raises unless it looked at every draft and found no error."""
    said = json.loads(run(_kanal("--format", "json"), office).stdout)
    counts = said["summary"]
    assert (counts["files"], counts["error"]) == (drafts, 0), (counts, said["findings"][:3])
    return f"{counts['warning']} warnings and {counts['info']} hints"


def _change(draft: Path) -> None:
    """Another comment at the end of the draft."""
    text = draft.read_text(encoding="utf-8").partition(CHANGED)[0]
    draft.write_text(f"{text}{CHANGED}{time.time_ns()}\n", encoding="utf-8", newline="\n")


def _forget(office: Path) -> None:
    shutil.rmtree(office / ".kanal", ignore_errors=True)


def _fill_cache(office: Path) -> None:
    time.sleep(TRUSTED_AFTER)
    run(_kanal(), office)


def _under_git(office: Path) -> None:
    person = ("-c", "user.name=Bench", "-c", "user.email=bench@example.org")
    for command in (("init", "--quiet"), ("add", "--all"), (*person, "commit", "--quiet", "--message", "Anfang")):
        assert run(["git", *command], office).returncode == 0, command
