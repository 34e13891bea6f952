"""Tab in a shell: what the script asks kanal, and what it is told."""

import shutil
import subprocess
from pathlib import Path

import pytest

from kanal.cli.completion import VARIABLE, Shell
from kanal.cli.main import run
from tests.cli.calls import Kanal, process
from tests.optional import require_or_skip


def _offered(folder: Path, *words: str) -> list[str]:
    """What kanal offers for the last of `words`."""
    asked = {VARIABLE: "complete_bash", "COMP_WORDS": " ".join(("kanal", *words)), "COMP_CWORD": str(len(words))}
    return process(folder, environ=asked).out.split()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("ru",), ["rules"]),
        (("plan", "ba"), ["baustelle"]),
        (("publish", "--channel", "jug"), ["jugendamt-mastodon"]),
        (("pause", "face"), ["facebook"]),
        (("rules", "privacy/ib"), ["privacy/iban"]),
        (("lint", "--format", "git"), ["github", "gitlab"]),
        (("ledger", "ch"), ["check"]),
        (("completion", "f"), ["fish"]),
    ],
)
def test_tab_offers_commands_drafts_channels_rules_and_values(
    office_folder: Path, words: tuple[str, ...], expected: list[str]
) -> None:
    assert _offered(office_folder, *words) == expected


def test_a_mistake_in_the_configuration_offers_nothing_and_prints_nothing(office_folder: Path) -> None:
    (office_folder / "config" / "channels.yaml").write_text("channels: 5\n", encoding="utf-8")
    answer = process(
        office_folder, environ={VARIABLE: "complete_bash", "COMP_WORDS": "kanal plan b", "COMP_CWORD": "2"}
    )
    assert (answer.out.strip(), answer.err) == ("", "")


@pytest.mark.parametrize("shell", list(Shell))
def test_there_is_a_script_for_each_shell(shell: Shell, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["completion", str(shell)]) == 0
    answer = capsys.readouterr()
    assert VARIABLE in answer.out
    assert "kanal completion" in answer.err


def test_bash_takes_the_script(kanal: Kanal) -> None:
    bash = shutil.which("bash") or require_or_skip("no bash here")
    script = kanal("completion", "bash").out
    subprocess.run([bash, "-euc", script], check=True, timeout=30)
