"""Ctrl-C before anything is sent: one sentence, no traceback, and the end that shells know (README.md#exit-codes)."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.calls import SOURCE, command, surroundings

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows sends Ctrl-C to a whole console, the tests' own included"
)
BY_SIGNAL = -signal.SIGINT
"""What Python calls the end of a process by SIGINT; a shell calls it 130."""
UNWARNED = {"PYTHONWARNINGS": "ignore"}
"""Ctrl-C amid opening a file leaves it to be closed by Python, which would warn of that."""
FEED = """\
<rss version="2.0"><channel><title>Landkreis</title><link>https://landkreis.example/</link><description/>
<item><title>Sperrung</title><link>https://landkreis.example/1</link><guid>1</guid></item></channel></rss>
"""
COMMANDS = {
    "today": (),
    "lint": ("lint",),
    "lint with options": ("lint", "--format", "json"),
    "plan": ("plan",),
    "publish": ("publish", "--sandbox"),
    "publish, unattended": ("publish", "--due"),
    "status": ("status",),
    "log": ("log",),
    "doctor": ("doctor", "--offline"),
    "login": ("login", "mastodon"),
    "new": ("new", "sperrung"),
    "init": ("init", "--ci", "gitlab"),
    "import": ("import", "feed", "feed.xml"),
    "sandbox": ("sandbox",),
    "channels": ("channels",),
    "rules": ("rules",),
}


@contextmanager
def kanal_in(root: Path, *arguments: str, environ: dict[str, str] | None = None) -> Iterator["subprocess.Popen[bytes]"]:
    """A running kanal, in a session of its own."""
    with subprocess.Popen(
        command(*arguments),
        cwd=root,
        env=surroundings(**UNWARNED, **(environ or {})),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as running:
        try:
            yield running
        finally:
            running.kill()


@contextmanager
def being_read(pipe: Path, seconds: float = 30) -> Iterator[None]:
    """While somebody reads the named pipe, and waits for what is in it."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            writing = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
            break
        except OSError:  # ENXIO: nobody reads it yet
            assert time.monotonic() < deadline
            time.sleep(0.02)
    try:
        yield
    finally:
        os.close(writing)


@pytest.fixture
def endless(office_folder: Path) -> Path:
    """A file of the office's configuration that nobody has read to its end."""
    file = office_folder / "config" / "channels.yaml"
    file.unlink()
    os.mkfifo(file)
    (office_folder / "feed.xml").write_text(FEED, encoding="utf-8")
    return file


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_one_sentence_and_ends_by_the_signal(office_folder: Path, endless: Path, name: str) -> None:
    with kanal_in(office_folder, *COMMANDS[name]) as running, being_read(endless):
        os.killpg(running.pid, signal.SIGINT)
        out, err = running.communicate(timeout=30)
    assert (running.returncode, out, err) == (BY_SIGNAL, b"", b"Stopped.\n")


def test_the_sentence_is_in_the_language_of_the_reader(office_folder: Path, endless: Path) -> None:
    with kanal_in(office_folder, "lint", environ={"KANAL_LANG": "de"}) as running, being_read(endless):
        running.send_signal(signal.SIGINT)
        _, err = running.communicate(timeout=30)
    assert err.decode() == "Abgebrochen.\n"


def test_a_shell_shows_130(office_folder: Path, endless: Path) -> None:
    shell = ["sh", "-c", 'trap : INT; "$@"; echo "$?"', "sh", *command("status")]
    with (
        subprocess.Popen(
            shell,
            cwd=office_folder,
            env=surroundings(**UNWARNED),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        ) as running,
        being_read(endless),
    ):
        os.killpg(running.pid, signal.SIGINT)
        out, _ = running.communicate(timeout=30)
    assert out == b"130\n"


def test_the_practice_networks_end_so_when_they_serve(office_folder: Path) -> None:
    with kanal_in(office_folder, "sandbox", "--port", "0") as running:
        assert running.stdout is not None
        shown = running.stdout.readline() + running.stdout.readline()
        running.send_signal(signal.SIGINT)
        _, err = running.communicate(timeout=30)
    assert b"http://127.0.0.1:" in shown
    assert (running.returncode, err) == (BY_SIGNAL, b"Stopped.\n")
    assert not (office_folder / ".kanal" / "sandbox" / "address").exists()


def test_ctrl_c_amid_the_imports_leaves_no_traceback(office_folder: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    (tmp_path / "typer.py").write_text(f"open({str(pipe)!r}).read()\n", encoding="utf-8")
    found_first = {"PYTHONPATH": os.pathsep.join([str(tmp_path), str(SOURCE)])}
    with kanal_in(office_folder, "status", environ=found_first) as running, being_read(pipe):
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=30)
    assert (running.returncode, out, err) == (BY_SIGNAL, b"", b"Stopped.\n")
