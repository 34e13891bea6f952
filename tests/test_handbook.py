"""The German handbook tells the truth: each page is done, from top to bottom, by the people whom it names.

Drafts that a page shows are written when their turn comes. Page 1 begins in an empty folder, all others where it ends.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from shutil import copytree

import pytest

from kanal.exits import Exit
from kanal.sandbox import Fault, FaultKind
from kanal.sandbox.server import running
from tests.documented_commands import LANGUAGES, Typist, environment, examples, parse
from tests.documents import ROOT, Block, blocks

HANDBOOK = "docs/handbuch"
CONTENTS = f"{HANDBOOK}/README.md"
PAGES = [file.relative_to(ROOT).as_posix() for file in sorted((ROOT / HANDBOOK).glob("[0-9]*.md"))]
FIRST, *LATER = PAGES
OF_ALL_PAGES = [(page, block) for page in [CONTENTS, *PAGES] for block in blocks(page) if block.language in LANGUAGES]
NOT_RUN = [block for _, block in OF_ALL_PAGES if block.mark.startswith("not run: ")]
X_IS_DOWN = "während X gestört ist"
COFFEE_BREAK = 1000
"""Words: five minutes of reading."""

ON_A_TERMINAL = {
    f"kanal approve {draft}": f"kanal approve {draft} --yes"
    for draft in ("buergerbuero-oeffnet-laenger", "wochenmarkt")
}
"""Where a person is asked, the test says yes."""
WITH_FINDINGS = {"kanal lint posts/winterfest.yaml", "kanal lint --fix posts/winterfest.yaml"}


class Story:
    """One page, done in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._mended = False

    def tell(self, page: str) -> None:
        for block in blocks(page):
            kind, _, what = block.mark.partition(": ")
            if kind == "draft":
                (self.folder / what).write_text(block.text, encoding="utf-8", newline="\n")
                self._mended = "utm_source" not in block.text
            elif kind == "change":
                self._change(what, block.text)
            elif kind == "run in":
                self._run(block, what)

    def _change(self, pattern: str, text: str) -> None:
        """Put another text into the one draft that is meant."""
        [draft] = self.folder.glob(pattern)
        before = draft.read_text(encoding="utf-8")
        after = re.sub(r"^text: \|\n(?:  .*\n|\n)+", text, before, count=1, flags=re.MULTILINE)
        assert after != before
        draft.write_text(after, encoding="utf-8", newline="\n")

    def _run(self, block: Block, where: str) -> None:
        place, _, person = where.rpartition(", as ")
        disturbed = X_IS_DOWN in place
        codes = {} if self._mended else dict.fromkeys(WITH_FINDINGS, Exit.FINDINGS)
        instead = dict(ON_A_TERMINAL)
        if disturbed:
            publish = "kanal publish wochenmarkt --sandbox"
            codes[publish] = Exit.UNCERTAIN
            instead[publish] = f"{publish} --wait 0"
        with _x_down(self.folder) if disturbed else _nothing():
            Typist(instead, codes).run(block, self.folder, _desk_of(person, self.folder))


@contextmanager
def _nothing() -> Iterator[None]:
    yield


@contextmanager
def _x_down(folder: Path) -> Iterator[None]:
    """Practice networks as `kanal sandbox` runs them, of which X answers with errors, whatever it is asked."""
    state = folder / ".kanal" / "sandbox"
    state.mkdir(parents=True, exist_ok=True)
    with running(state / "networks.sqlite3", staging=state / "staging") as networks:
        networks.set_fault("x", Fault(FaultKind.ERROR_BEFORE, times=None, calls="all"))
        (state / "address").write_text(networks.address, encoding="utf-8")
        try:
            yield
        finally:
            (state / "address").unlink()
            networks.heal()


def _desk_of(person: str, folder: Path) -> Mapping[str, str]:
    """Somebody's computer: German, and a git that knows this name."""
    settings = folder.parent / f"{person}.gitconfig"
    address = f"{person.lower().replace(' ', '.')}@landkreis-musterland.example"
    settings.write_text(f"[user]\n\tname = {person}\n\temail = {address}\n", encoding="utf-8")
    return environment("de", GIT_CONFIG_GLOBAL=str(settings), GIT_CONFIG_NOSYSTEM="1")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder as page 1 leaves it."""
    folder = tmp_path_factory.mktemp("handbuch") / "Öffentlichkeitsarbeit"
    folder.mkdir()
    Story(folder).tell(FIRST)
    return folder


def test_the_first_page_leads_from_an_empty_folder_to_a_published_post(office: Path) -> None:
    with running(office / ".kanal" / "sandbox" / "networks.sqlite3") as networks:
        assert [post.platform for post in networks.posts()] == ["mastodon", "x"]


@pytest.mark.parametrize("page", LATER)
def test_what_a_page_says_happens(page: str, office: Path, tmp_path: Path) -> None:
    folder = tmp_path / office.name
    copytree(office, folder)
    Story(folder).tell(page)


def test_every_block_of_commands_is_run_or_says_why_not() -> None:
    kinds = ("run in: ", "not run: ")
    assert [block.text for _, block in OF_ALL_PAGES if not block.mark.startswith(kinds)] == []
    assert {page for page, block in OF_ALL_PAGES if block.mark.startswith("run in: ")} == set(PAGES)


@pytest.mark.parametrize("block", NOT_RUN, ids=lambda block: block.text.split("\n")[0])
def test_commands_that_are_not_run_could_be(block: Block) -> None:
    for command, _ in examples(block):
        parse(command)


def test_the_contents_lead_to_every_page_and_the_readme_to_the_contents() -> None:
    contents = (ROOT / CONTENTS).read_text(encoding="utf-8")
    assert re.findall(r"^\d\. \[.*?\]\((.*?)\)", contents, re.MULTILINE) == [Path(page).name for page in PAGES]
    assert f"]({CONTENTS})" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", [CONTENTS, *PAGES])
def test_a_page_fits_into_a_coffee_break(page: str) -> None:
    assert len((ROOT / page).read_text(encoding="utf-8").split()) <= COFFEE_BREAK
