from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kanal.errors import ConfigError
from kanal.feeds.drafting import Words
from kanal.feeds.entry import Entry, Feed
from kanal.feeds.importing import Fate, Imported, Order, bring_in
from kanal.feeds.remembering import FILE_NAME

ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 23, 9, tzinfo=ZONE)
Import = Callable[..., list[Imported]]


def _entry(name: str = "n1", title: str = "Brücke gesperrt", day: int = 20, text: str = "Ab Montag.") -> Entry:
    return Entry(name, title, text, "https://a.example/1", datetime(2026, 11, day, 10, tzinfo=ZONE))


@pytest.fixture
def bring(tmp_path: Path) -> Import:
    """Imports entries into `tmp_path`/presse."""

    def call(*entries: Entry, dry: bool = False, since: int = 1, taken: tuple[str, ...] = ()) -> list[Imported]:
        words = Words("Aus „Presse“", "Kürzen Sie ihn.", "Rest:")
        begin = datetime(2026, 11, since, tzinfo=ZONE)
        order = Order(tmp_path, tmp_path / "presse", ("mastodon",), (), begin, NOW, taken, lambda _: words, dry)
        return list(bring_in(Feed("Presse", entries), order))

    return call


def _fates(found: list[Imported]) -> list[Fate]:
    return [one.fate for one in found]


def _drafts(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "presse").glob("*.yaml"))


def test_what_is_new_becomes_a_draft_once(bring: Import, tmp_path: Path) -> None:
    assert _fates(bring(_entry())) == [Fate.WRITTEN]
    assert _fates(bring(_entry())) == [Fate.SEEN]
    assert _drafts(tmp_path) == ["2026-11-20-bruecke-gesperrt.yaml"]


def test_a_draft_that_was_deleted_does_not_come_again(bring: Import, tmp_path: Path) -> None:
    bring(_entry())
    (tmp_path / "presse" / "2026-11-20-bruecke-gesperrt.yaml").unlink()
    assert _fates(bring(_entry())) == [Fate.SEEN]
    assert _drafts(tmp_path) == []


def test_an_import_that_was_killed_before_it_kept_what_it_wrote_writes_nothing_twice(
    bring: Import, tmp_path: Path
) -> None:
    bring(_entry())
    (tmp_path / "presse" / FILE_NAME).unlink()
    assert _fates(bring(_entry())) == [Fate.SEEN]
    assert len(_drafts(tmp_path)) == 1


def test_what_changed_there_is_said_and_the_draft_left_alone(bring: Import, tmp_path: Path) -> None:
    bring(_entry())
    file = tmp_path / "presse" / "2026-11-20-bruecke-gesperrt.yaml"
    file.write_text("mine", encoding="utf-8")
    assert _fates(bring(_entry(text="Erst ab Dienstag."))) == [Fate.CHANGED]
    assert file.read_text(encoding="utf-8") == "mine"


def test_what_is_older_is_left_where_it_is(bring: Import, tmp_path: Path) -> None:
    assert _fates(bring(_entry(day=3), since=10)) == [Fate.OLDER]
    assert _drafts(tmp_path) == []


def test_two_of_one_title_and_one_of_another_drafts_id_get_names_of_their_own(bring: Import) -> None:
    taken = ("2026-11-20-bruecke-gesperrt",)
    files = [one.file for one in bring(_entry("n1"), _entry("n2"), taken=taken)]
    assert files == ["2026-11-20-bruecke-gesperrt-2.yaml", "2026-11-20-bruecke-gesperrt-3.yaml"]


def test_the_oldest_comes_first(bring: Import) -> None:
    assert [one.entry.name for one in bring(_entry("n2", day=21), _entry("n1", day=20))] == ["n1", "n2"]


def test_a_dry_run_writes_nothing(bring: Import, tmp_path: Path) -> None:
    assert _fates(bring(_entry(), dry=True)) == [Fate.WRITTEN]
    assert not (tmp_path / "presse").exists()


def test_what_two_people_imported_can_be_merged_line_by_line(bring: Import, tmp_path: Path) -> None:
    bring(_entry("n1"))
    memory = tmp_path / "presse" / FILE_NAME
    mine = memory.read_text(encoding="utf-8")
    memory.unlink()
    bring(_entry("n2", "Sirenenprobe"))
    memory.write_text(mine + memory.read_text(encoding="utf-8"), encoding="utf-8")
    assert _fates(bring(_entry("n1"), _entry("n2", "Sirenenprobe"))) == [Fate.SEEN, Fate.SEEN]


def test_a_line_that_kanal_did_not_write_is_named(bring: Import, tmp_path: Path) -> None:
    bring(_entry())
    with (tmp_path / "presse" / FILE_NAME).open("a", encoding="utf-8") as file:
        file.write("<<<<<<< HEAD\n")
    with pytest.raises(ConfigError, match=r"imported\.jsonl:2:1"):
        bring(_entry())
