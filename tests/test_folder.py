import errno
import marshal
import os
import sys
import time
import unicodedata
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from kanal.cache_file import save_values
from kanal.drafts import DraftSetting
from kanal.errors import InvalidFiles
from kanal.folder import Folder, Inspection, scan
from kanal.folder_cache import RACY_NANOSECONDS
from kanal.media.gallery import Gallery
from kanal.message import msg, msgn
from kanal.model import Draft, Finding, Place, Severity

WriteFile = Callable[[str, str], Path]
SIMPLE = "id: {}\nchannels: [mastodon]\ntext: Gesperrt.\n"


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "state" / "drafts.cache"


@pytest.fixture(autouse=True)
def _settled(office_folder: Path) -> None:
    """As if the drafts had been written a minute ago."""
    for path in (office_folder / "posts").rglob("*.yaml"):
        _age(path)


def _age(path: Path, seconds: int = 60) -> None:
    then = time.time_ns() - seconds * 1_000_000_000
    os.utime(path, ns=(then, then))


def _ids(folder: Folder) -> list[str]:
    return [entry.id for entry in folder.entries]


def _spoil_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on nobody may open a draft file."""

    def refuse(*_: object) -> None:
        raise AssertionError("a draft was parsed again")

    monkeypatch.setattr("kanal.folder.read_written", refuse)


def test_all_drafts_are_found_sorted_by_file_name(office_folder: Path, setting: DraftSetting) -> None:
    folder = scan(office_folder, setting, None)
    assert [(entry.file, entry.id, entry.channels) for entry in folder.entries] == [
        ("posts/baustelle.yaml", "baustelle", ("mastodon", "x")),
        ("posts/verkehr/linden.yaml", "linden", ("mastodon", "instagram")),
    ]
    assert folder.findings == ()
    assert folder.entries[1].load().media[0].file == office_folder / "posts" / "good.jpg"


def test_both_endings_count_in_any_case_and_hidden_files_do_not(
    office_folder: Path, setting: DraftSetting, write_file: WriteFile
) -> None:
    write_file("posts/b.yml", SIMPLE.format("b"))
    write_file("posts/c.YAML", SIMPLE.format("c"))
    write_file("posts/.hidden.yaml", "}")
    write_file("posts/.git/d.yaml", "}")
    write_file("posts/e.yaml.bak", "}")
    write_file("posts/f.txt", "}")
    folder = scan(office_folder, setting, None)
    assert folder.findings == ()
    assert sorted(_ids(folder)) == ["b", "baustelle", "c", "linden"]


def test_a_folder_without_drafts_is_empty(tmp_path: Path, setting: DraftSetting) -> None:
    nowhere = DraftSetting(tmp_path / "nowhere", setting.zone, setting.language)
    folder = scan(tmp_path, nowhere, None)
    assert (folder.entries, folder.findings, folder.total) == ((), (), 0)


@pytest.mark.parametrize("name", ["öffnung.yaml", "märz/öffnung.yaml"])
def test_a_name_leads_to_its_file_and_is_composed_where_both_spellings_do(
    name: str, office_folder: Path, setting: DraftSetting, write_file: WriteFile
) -> None:
    composed, decomposed = (unicodedata.normalize(form, f"posts/{name}") for form in ("NFC", "NFD"))
    write_file(decomposed, SIMPLE.format("a"))
    [entry] = [entry for entry in scan(office_folder, setting, None).entries if entry.id == "a"]
    assert entry.file == (composed if (office_folder / composed).exists() else decomposed)
    assert (office_folder / entry.file).samefile(entry.stat.path)


def test_two_files_whose_names_look_the_same_are_both_read(
    office_folder: Path, setting: DraftSetting, write_file: WriteFile, cache: Path
) -> None:
    composed, decomposed = (unicodedata.normalize(form, "posts/öffnung.yaml") for form in ("NFC", "NFD"))
    write_file(composed, SIMPLE.format("composed"))
    if (office_folder / decomposed).exists():
        pytest.skip("Here these are one name.")
    write_file(decomposed, SIMPLE.format("decomposed"))
    for name in (composed, decomposed):
        _age(office_folder / name)
    for _ in range(2):
        ids = {entry.file: entry.load().id for entry in scan(office_folder, setting, cache).entries}
        assert (ids[composed], ids[decomposed]) == ("composed", "decomposed")


def test_an_id_belongs_to_one_draft_only(office_folder: Path, setting: DraftSetting, write_file: WriteFile) -> None:
    write_file("posts/a.yaml", "channels: [x]\ntext: b\nid: linden\n")
    write_file("posts/zuletzt.yaml", SIMPLE.format("linden"))
    found = scan(office_folder, setting, None).findings
    said = "The id “linden” belongs to posts/a.yaml already. Give this draft another one."
    assert [(f.rule, f.file, f.place.line, f.place.column, f.field, str(f.message)) for f in found] == [
        ("format/unique-id", "posts/verkehr/linden.yaml", 1, 5, "id", said),
        ("format/unique-id", "posts/zuletzt.yaml", 1, 5, "id", said),
    ]


def test_mistakes_of_all_files_are_reported_in_one_go(
    office_folder: Path, setting: DraftSetting, write_file: WriteFile
) -> None:
    write_file("posts/a.yaml", SIMPLE.format("A") + "foo: 1\n")
    write_file("posts/b.yaml", "\tid: b")
    write_file("posts/c.yaml", SIMPLE.format("linden"))
    folder = scan(office_folder, setting, None)
    assert sorted((f.file, f.rule, f.place.line) for f in folder.findings) == [
        ("posts/a.yaml", "format/unknown-key", 4),
        ("posts/a.yaml", "format/value", 1),
        ("posts/b.yaml", "format/yaml", 1),
        ("posts/verkehr/linden.yaml", "format/unique-id", 1),
    ]
    assert _ids(folder) == ["baustelle", "linden", "linden"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own on Windows")
def test_a_link_that_leads_nowhere_is_a_finding(office_folder: Path, setting: DraftSetting) -> None:
    (office_folder / "posts" / "gone.yaml").symlink_to("nowhere.yaml")
    folder = scan(office_folder, setting, None)
    assert [(f.file, f.rule) for f in folder.findings] == [("posts/gone.yaml", "format/unreadable")]
    assert len(folder.entries) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such rights")
def test_a_file_that_may_not_be_looked_at_is_named_with_its_folder(
    tmp_path: Path, setting: DraftSetting, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = tmp_path / "elsewhere"
    office.mkdir()
    monkeypatch.chdir(office)
    with _as_an_ordinary_user(office):
        inner = Path("posts", "intern")
        inner.mkdir(parents=True)
        (inner / "a.yaml").write_text(SIMPLE.format("a"), encoding="utf-8")
        inner.chmod(0o400)
        try:
            with pytest.raises(PermissionError) as caught:
                scan(Path(), setting._replace(posts=Path("posts")), None)
        finally:
            inner.chmod(0o700)
    assert caught.value.filename == "posts/intern/a.yaml"


@contextmanager
def _as_an_ordinary_user(folder: Path) -> Iterator[None]:
    """The administrator, as whom CI runs, may look everywhere; so the folder is given away for the time being."""
    if os.geteuid() != 0:
        yield
        return
    nobody = 65_534
    os.chown(folder, nobody, nobody)
    os.seteuid(nobody)
    try:
        yield
    finally:
        os.seteuid(0)


def test_what_comes_from_the_cache_equals_what_was_read(
    office_folder: Path, setting: DraftSetting, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = scan(office_folder, setting, cache)
    _spoil_parser(monkeypatch)
    second = scan(office_folder, setting, cache)
    assert (second.entries, second.findings) == (first.entries, first.findings)


def test_a_changed_file_of_the_same_size_is_noticed(
    office_folder: Path, setting: DraftSetting, cache: Path, write_file: WriteFile
) -> None:
    scan(office_folder, setting, cache)
    text = (office_folder / "posts" / "baustelle.yaml").read_text(encoding="utf-8")
    _age(write_file("posts/baustelle.yaml", text.replace("Freitag", "Sonntag")), 30)
    folder = scan(office_folder, setting, cache)
    assert folder.entries[0].load().text == "Die Kreisstraße 12 ist bis Sonntag gesperrt."


def test_a_file_that_was_read_right_after_its_change_is_read_again(
    office_folder: Path, setting: DraftSetting, cache: Path, write_file: WriteFile
) -> None:
    path = write_file("posts/neu.yaml", SIMPLE.format("neu"))
    scan(office_folder, setting, cache)
    moment = path.stat().st_mtime_ns
    write_file("posts/neu.yaml", SIMPLE.format("alt"))
    os.utime(path, ns=(moment, moment))  # a coarse clock would show no difference
    assert "alt" in _ids(scan(office_folder, setting, cache))


def test_two_seconds_are_enough_for_the_coarsest_clock() -> None:
    assert RACY_NANOSECONDS >= 2_000_000_000  # FAT keeps even seconds


def test_a_deleted_file_is_gone_although_the_cache_knows_it(
    office_folder: Path, setting: DraftSetting, cache: Path
) -> None:
    scan(office_folder, setting, cache)
    (office_folder / "posts" / "baustelle.yaml").unlink()
    assert _ids(scan(office_folder, setting, cache)) == ["linden"]


def test_another_zone_or_language_does_not_get_the_cached_drafts(
    office_folder: Path, setting: DraftSetting, cache: Path, write_file: WriteFile
) -> None:
    _age(write_file("posts/zeit.yaml", SIMPLE.format("zeit") + "publish_at: 2026-11-02 08:00\n"))
    scan(office_folder, setting, cache)
    other = DraftSetting(setting.posts, setting.zone, "en")
    assert {entry.load().language for entry in scan(office_folder, other, cache).entries} == {"en"}


def _garbage(cache: Path) -> None:
    cache.write_bytes(b"this is no database" * 100)


def _truncated(cache: Path) -> None:
    cache.write_bytes(cache.read_bytes()[:-40])


def _one_sign_changed(cache: Path) -> None:
    cache.write_bytes(cache.read_bytes().replace(b"linden", b"lindem"))


def _of_another_version(cache: Path) -> None:
    save_values(cache, "0.0/1/Europe/Berlin/de", {"posts/baustelle.yaml": 5})


def _of_another_python(cache: Path) -> None:
    head, _, body = cache.read_bytes().partition(b"\n")
    checksum, _, form = head.split(b" ", 2)
    cache.write_bytes(checksum + b" pypy-7/4 " + form + b"\n" + body)


def _no_values(cache: Path) -> None:
    form = cache.read_bytes().partition(b"\n")[0].split(b" ", 1)[1]
    body = marshal.dumps(5)[:1]
    cache.write_bytes(f"{zlib.crc32(b'other'):08x} ".encode() + form + b"\n" + body)


def _folder_in_its_place(cache: Path) -> None:
    cache.unlink()
    cache.mkdir()


def _file_in_place_of_its_folder(cache: Path) -> None:
    cache.unlink()
    for rest in cache.parent.iterdir():
        rest.unlink()
    cache.parent.rmdir()
    cache.parent.write_text("", encoding="utf-8")


def _read_only(cache: Path) -> None:
    cache.chmod(0o400)
    cache.parent.chmod(0o500)


DAMAGES = [
    _garbage,
    _truncated,
    _one_sign_changed,
    _of_another_version,
    _of_another_python,
    _no_values,
    _folder_in_its_place,
    _file_in_place_of_its_folder,
    _read_only,
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_spoilt_cache_only_slows_down(
    office_folder: Path, setting: DraftSetting, cache: Path, damage: Callable[[Path], None], write_file: WriteFile
) -> None:
    first = scan(office_folder, setting, cache)
    damage(cache)
    _age(write_file("posts/baustelle.yaml", SIMPLE.format("anders")), 30)
    try:
        for _ in range(2):
            folder = scan(office_folder, setting, cache)
            assert _ids(folder) == ["anders", "linden"]
            assert folder.entries[1].load() == first.entries[1].load()
    finally:
        cache.parent.chmod(0o700)


def test_a_full_disk_only_slows_down(
    office_folder: Path, setting: DraftSetting, cache: Path, monkeypatch: pytest.MonkeyPatch, write_file: WriteFile
) -> None:
    scan(office_folder, setting, cache)
    _age(write_file("posts/neu.yaml", SIMPLE.format("neu") + f"variants: {{x: {{text: {'a' * 50_000}}}}}\n"))

    def no_space(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("kanal.cache_file.Path.replace", no_space)
    for _ in range(2):
        assert _ids(scan(office_folder, setting, cache)) == ["baustelle", "neu", "linden"]
    assert [path.name for path in cache.parent.iterdir()] == ["drafts.cache"]


def test_a_draft_that_changed_since_the_folder_was_read_is_not_taken_for_the_one_that_was_looked_at(
    office_folder: Path, setting: DraftSetting, write_file: WriteFile
) -> None:
    entry = scan(office_folder, setting, None).entries[0]
    write_file("posts/baustelle.yaml", SIMPLE.format("baustelle"))
    with pytest.raises(InvalidFiles, match="changed while kanal was reading it"):
        entry.load()


class Watcher:
    """Looks at drafts and keeps count of them."""

    def __init__(self, pictures: Path) -> None:
        self.seen: list[str] = []
        self._pictures = pictures

    def look(self, drafts: Sequence[tuple[Draft, str]]) -> list[list[Finding]]:
        return [self._look(draft) for draft, _ in drafts]

    def _look(self, draft: Draft) -> list[Finding]:
        self.seen.append(draft.id)
        message = msgn("{count} tree in {place}", "{count} trees in {place}", 2, place=msg("the alley"))
        return [Finding("a/b", Severity.INFO, draft.path, Place(3, 7), "text", message, fixable=True, width=9)]

    def files(self, draft: Draft) -> list[Path]:
        return [self._pictures / picture.file for picture in draft.media]

    def seen_in(self, scanned: Callable[[Inspection], Folder], stamp: str = "s", day: str = "2026-11-23") -> list[str]:
        self.seen = []
        folder = scanned(Inspection(self.look, self.files, Gallery(), stamp, day))
        assert [finding.file for finding in folder.inspected] == [entry.file for entry in folder.entries]
        assert {str(finding.message) for finding in folder.inspected} == {"2 trees in the alley"}
        assert {(f.place, f.width, f.fixable, f.severity) for f in folder.inspected} == {
            (Place(3, 7), 9, True, Severity.INFO)
        }
        return self.seen


def test_rules_look_again_only_when_draft_picture_policy_or_day_changed(
    office_folder: Path, setting: DraftSetting, cache: Path, write_file: WriteFile
) -> None:
    _age(write_file("posts/datiert.yaml", SIMPLE.format("datiert") + "publish_at: 2026-11-01 08:00\n"))
    for path in (office_folder / "posts").iterdir():
        _age(path)
    watcher = Watcher(office_folder / "posts")
    scanned = lambda inspection: scan(office_folder, setting, cache, inspection)  # noqa: E731
    everything = ["baustelle", "datiert", "linden"]
    assert watcher.seen_in(scanned) == everything
    assert watcher.seen_in(scanned) == []
    _age(office_folder / "posts" / "good.jpg", 30)
    assert watcher.seen_in(scanned) == ["linden"]
    assert watcher.seen_in(scanned, day="2026-11-24") == ["baustelle", "linden"]
    assert watcher.seen_in(scanned, stamp="another policy", day="2026-11-24") == everything
    scan(office_folder, setting, cache)  # as `kanal publish` does, without rules
    assert watcher.seen_in(scanned, stamp="another policy", day="2026-11-24") == []


def test_what_was_found_on_a_day_that_has_not_come_yet_is_not_trusted(
    office_folder: Path, setting: DraftSetting, cache: Path, write_file: WriteFile
) -> None:
    """A clock that ran ahead, and was set right."""
    _age(write_file("posts/datiert.yaml", SIMPLE.format("datiert") + "publish_at: 2026-11-01 08:00\n"))
    watcher = Watcher(office_folder / "posts")
    scanned = lambda inspection: scan(office_folder, setting, cache, inspection)  # noqa: E731
    assert "datiert" in watcher.seen_in(scanned, day="2026-11-23")
    assert "datiert" not in watcher.seen_in(scanned, day="2026-11-02")
    assert "datiert" in watcher.seen_in(scanned, day="2026-11-01")


def test_what_rules_found_does_not_outlive_a_picture_that_changed_while_only_another_draft_was_looked_at(
    office_folder: Path, setting: DraftSetting, cache: Path, write_file: WriteFile
) -> None:
    """Both drafts show it; the one that nobody looked at must not pass for looked at."""
    shown = "media: [{file: good.jpg}]\n"
    _age(write_file("posts/zweite.yaml", SIMPLE.format("zweite") + shown))
    for path in (office_folder / "posts").iterdir():
        _age(path)
    watcher = Watcher(office_folder / "posts")
    watcher.seen_in(lambda inspection: scan(office_folder, setting, cache, inspection))
    _age(office_folder / "posts" / "good.jpg", 30)
    only = frozenset(["posts/zweite.yaml"])
    scan(office_folder, setting, cache, _inspection_of(watcher, only))
    assert watcher.seen == ["zweite"]
    assert watcher.seen_in(lambda inspection: scan(office_folder, setting, cache, inspection)) == ["linden"]


def _inspection_of(watcher: Watcher, only: frozenset[str]) -> Inspection:
    watcher.seen = []
    return Inspection(watcher.look, watcher.files, Gallery(), "s", "2026-11-23", only)


def test_a_draft_that_just_changed_does_not_make_the_cache_be_written_again(
    office_folder: Path, setting: DraftSetting, cache: Path, write_file: WriteFile
) -> None:
    scan(office_folder, setting, cache)
    before = cache.stat().st_mtime_ns
    write_file("posts/baustelle.yaml", SIMPLE.format("baustelle"))
    assert _ids(scan(office_folder, setting, cache)) == ["baustelle", "linden"]
    assert cache.stat().st_mtime_ns == before


def test_a_picture_that_is_not_settled_is_not_kept(office_folder: Path, setting: DraftSetting, cache: Path) -> None:
    _age(office_folder / "posts" / "good.jpg")
    watcher = Watcher(office_folder / "posts")
    os.utime(office_folder / "posts" / "good.jpg")
    scanned = lambda inspection: scan(office_folder, setting, cache, inspection)  # noqa: E731
    watcher.seen_in(scanned)
    assert watcher.seen_in(scanned) == ["linden"]
