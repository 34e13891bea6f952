from collections.abc import Callable
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kanal import rules
from kanal.config import Project, find_root, load
from kanal.config.office import LedgerName
from kanal.errors import ConfigError, InvalidFiles
from kanal.model import ChannelStatus, Severity, StagingPlace
from kanal.platforms import names as platform_names

WriteFile = Callable[[str, str], Path]
LoadProject = Callable[[], Project]
OFFICE = "office: Landkreis Musterland\n"
CHANNEL = "channels:\n  mastodon:\n    platform: mastodon\n    account: a@b.example\n"


@pytest.fixture
def complaints(load_project: LoadProject) -> Callable[[], list[tuple[str, int, int, str, str]]]:
    """Load the folder, which must fail: file, line, column, field and words of each finding."""

    def load_badly() -> list[tuple[str, int, int, str, str]]:
        with pytest.raises(InvalidFiles, match="The configuration has mistakes") as refused:
            load_project()
        return [(f.file, f.place.line, f.place.column, f.field, str(f.message)) for f in refused.value.findings]

    return load_badly


Complaints = Callable[[], list[tuple[str, int, int, str, str]]]


def test_an_office_is_read_with_all_it_says(office_folder: Path, load_project: LoadProject) -> None:
    project = load_project()
    assert (project.root, project.posts, project.state) == (
        office_folder,
        office_folder / "posts",
        office_folder / ".kanal",
    )
    assert (project.office.name, project.office.zone, project.office.language) == (
        "Landkreis Musterland",
        ZoneInfo("Europe/Berlin"),
        "de",
    )
    assert project.office.mentions["feuerwehr"]["x"] == "@fw_musterland"
    assert project.setting.posts == office_folder / "posts"


def test_a_platform_may_have_several_accounts(load_project: LoadProject) -> None:
    channels = load_project().channels
    assert {name: channel.platform for name, channel in channels.items()} == {
        "mastodon": "mastodon",
        "x": "x",
        "facebook": "facebook",
        "instagram": "instagram",
        "jugendamt-mastodon": "mastodon",
    }
    youth = channels["jugendamt-mastodon"]
    assert (youth.account, youth.start, youth.limits) == ("jugendamt@social.example", date(2026, 6, 1), {"text": 5000})


@pytest.mark.parametrize("word", ["planned", "active", "paused", "ended"])
def test_a_channel_has_a_life(write_file: WriteFile, load_project: LoadProject, word: str) -> None:
    write_file("config/channels.yaml", f"{CHANNEL}    status: {word}\n")
    assert load_project().channels["mastodon"].status is ChannelStatus(word)


def test_a_channel_is_planned_and_not_live_unless_it_says_so(write_file: WriteFile, load_project: LoadProject) -> None:
    write_file("config/channels.yaml", CHANNEL)
    channel = load_project().channels["mastodon"]
    assert (channel.status, channel.live, channel.start, channel.page) == (ChannelStatus.PLANNED, False, None, None)
    write_file("config/channels.yaml", f"{CHANNEL}    live: true\n    urls: {{api: 'https://m.example'}}\n")
    channel = load_project().channels["mastodon"]
    assert (channel.live, channel.urls) == (True, {"api": "https://m.example"})


def test_ledger_and_staging_are_optional(write_file: WriteFile, load_project: LoadProject, office_folder: Path) -> None:
    office = load_project().office
    assert (office.ledger, office.staging) == (None, None)
    write_file(
        "config/kanal.yaml",
        f"{OFFICE}ledger: {{name: main, id: abc123}}\nstaging: {{path: public, url: 'https://m.example/k/'}}\n",
    )
    project = load_project()
    assert project.office.ledger == LedgerName("main", "abc123")
    assert project.channels["x"].staging == StagingPlace(str(office_folder / "public"), "https://m.example/k/")


def test_a_staging_place_elsewhere_keeps_its_address(write_file: WriteFile, load_project: LoadProject) -> None:
    write_file("config/kanal.yaml", f"{OFFICE}staging: {{path: 's3://bucket/kanal', url: 'https://m.example/'}}\n")
    assert load_project().channels["x"].staging == StagingPlace("s3://bucket/kanal", "https://m.example/")


def test_a_policy_changes_severities_and_switches_rules_off(write_file: WriteFile, load_project: LoadProject) -> None:
    assert load_project().policy.severity_of("platform/tags", Severity.ERROR) is Severity.ERROR
    write_file("config/policy.yaml", "rules:\n  platform/tags: warning\n  platform/text-length: off\n")
    policy = load_project().policy
    assert policy.severity_of("platform/tags", Severity.ERROR) is Severity.WARNING
    assert policy.severity_of("platform/text-length", Severity.ERROR) is None
    assert policy.severity_of("references/channel", Severity.ERROR) is Severity.ERROR


@pytest.mark.parametrize(
    ("text", "line", "column", "field", "said"),
    [
        ("timezone: Europe/Berln", 2, 11, "timezone", "There is no time zone “Europe/Berln”. Did you mean “Europe"),
        ("timezone: Musterland", 2, 11, "timezone", "There is no time zone “Musterland”. An example: Europe/Berlin."),
        ("timezone: ../zzzz", 2, 11, "timezone", "There is no time zone “../zzzz”. An example: Europe/Berlin."),
        ("timezone: ''", 2, 11, "timezone", "There is no time zone “”. An example: Europe/Berlin."),
        ("language: fr", 2, 11, "language", "“language” must be one of: de, en."),
        ("langauge: de", 2, 1, "langauge", "The key “langauge” is unknown here. Did you mean “language”?"),
        ("office: b", 2, 1, "office", "The key “office” stands here a second time; the first is in line 1. Keep one."),
        ("ledger: {name: a}", 2, 9, "ledger.id", "The key “id” is missing."),
        ("staging: {path: a, url: b}", 2, 25, "staging.url", "A link is a whole web address that begins with https://."),
        ("mentions: {a: b}", 2, 15, "mentions.a", "“a” must be a group of lines “key: value”, indented below it."),
        ("mentions: {a: {x: 5}}", 2, 19, "mentions.a.x", "“x” must be text. Put the value in quotation marks."),
    ],
)  # fmt: skip
def test_a_mistake_about_the_office_is_named_at_its_place(
    write_file: WriteFile, complaints: Complaints, *, text: str, line: int, column: int, field: str, said: str
) -> None:
    write_file("config/kanal.yaml", f"{OFFICE}{text}\n")
    ((*found, words),) = complaints()
    assert found == ["config/kanal.yaml", line, column, field]
    assert words.startswith(said)


@pytest.mark.parametrize(
    ("text", "line", "column", "field", "said"),
    [
        (
            "status: aktiv",
            5,
            13,
            "status",
            "“status” must be one of: planned, active, paused, ended. Did you mean “active”?",
        ),
        ("start: 1.6.2026", 5, 12, "start", "“1.6.2026” is not a day. Write it like 2026-06-01."),
        ("start: 2026-02-30", 5, 12, "start", "“2026-02-30” is not a day. Write it like 2026-06-01."),
        ("start: 2026", 5, 12, "start", "“start” must be text. Put the value in quotation marks."),
        ("live: yes", 5, 11, "live", "“live” must be true or false."),
        ("page: b.example", 5, 11, "page", "A link is a whole web address that begins with https://."),
        ("urls: {api: b.example}", 5, 17, "urls.api", "A link is a whole web address that begins with https://."),
        (
            "urls: {apii: 'https://m.example'}",
            5,
            12,
            "urls.apii",
            "The key “apii” is unknown here. Did you mean “api”?",
        ),
        ("limits: {text: 0}", 5, 20, "limits.text", "“text” must be greater than zero."),
        ("limits: {txt: 5}", 5, 14, "limits.txt", "The key “txt” is unknown here. Did you mean “text”?"),
        ("acount: b", 5, 5, "acount", "The key “acount” is unknown here. Did you mean “account”?"),
    ],
)
def test_a_mistake_about_a_channel_is_named_at_its_place(
    write_file: WriteFile, complaints: Complaints, *, text: str, line: int, column: int, field: str, said: str
) -> None:
    write_file("config/channels.yaml", f"{CHANNEL}    {text}\n")
    assert complaints() == [("config/channels.yaml", line, column, f"channels.mastodon.{field}", said)]


@pytest.mark.parametrize("name", ["Mastodon", "jugend amt", "jugend_amt", "größe", "-x"])
def test_a_channel_has_a_plain_name(write_file: WriteFile, complaints: Complaints, name: str) -> None:
    write_file("config/channels.yaml", CHANNEL.replace("mastodon:", f"{name}:", 1))
    said = "A channel is named with a-z, 0-9 and hyphens, like “mastodon” or “x-buergerbuero”."
    assert complaints() == [("config/channels.yaml", 2, 3, f"channels.{name}", said)]


def test_an_account_number_needs_quotation_marks(write_file: WriteFile, complaints: Complaints) -> None:
    write_file("config/channels.yaml", CHANNEL.replace("a@b.example", "17840000000000001"))
    said = "“account” must be text. Put the value in quotation marks."
    assert complaints() == [("config/channels.yaml", 4, 14, "channels.mastodon.account", said)]


def test_an_unknown_platform_is_named_with_the_nearest_one(write_file: WriteFile, complaints: Complaints) -> None:
    write_file("config/channels.yaml", CHANNEL.replace("platform: mastodon", "platform: mastodn"))
    said = "There is no platform “mastodn”. Did you mean “mastodon”?"
    assert complaints() == [("config/channels.yaml", 3, 15, "channels.mastodon.platform", said)]


def test_an_office_without_channels_is_refused(write_file: WriteFile, complaints: Complaints) -> None:
    write_file("config/channels.yaml", "channels: {}\n")
    assert complaints() == [("config/channels.yaml", 1, 11, "channels", "“channels” is empty.")]


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        ("platform/tag: off", 2, 3, "There is no rule “platform/tag”. Did you mean “platform/tags”?"),
        ("platform/tags: no", 2, 18, "“platform/tags” must be one of: off, info, warning, error."),
        (
            "platform/tags: [off]",
            2,
            18,
            "“platform/tags” must be text, or a group of lines “key: value”, indented below it.",
        ),
        ("format/yaml: off", 2, 3, "“format/yaml” is always an error: what cannot be read cannot be sent."),
    ],
)
def test_a_mistake_in_the_policy_is_named_at_its_place(
    write_file: WriteFile, complaints: Complaints, *, text: str, line: int, column: int, said: str
) -> None:
    write_file("config/policy.yaml", f"rules:\n  {text}\n")
    assert [(found[0], found[1], found[2], found[4]) for found in complaints()] == [
        ("config/policy.yaml", line, column, said)
    ]


def test_mistakes_of_all_files_are_reported_in_one_go(write_file: WriteFile, complaints: Complaints) -> None:
    write_file("config/kanal.yaml", "offce: a\n")
    write_file("config/channels.yaml", CHANNEL.replace("account", "acount"))
    write_file("config/policy.yaml", "rules: {nothing/here: off}\n")
    assert sorted((file, line, column) for file, line, column, *_ in complaints()) == [
        ("config/channels.yaml", 3, 5),
        ("config/channels.yaml", 4, 5),
        ("config/kanal.yaml", 1, 1),
        ("config/kanal.yaml", 1, 1),
        ("config/policy.yaml", 1, 9),
    ]


@pytest.mark.parametrize("name", ["kanal.yaml", "channels.yaml"])
def test_a_missing_file_is_a_finding(office_folder: Path, complaints: Complaints, name: str) -> None:
    (office_folder / "config" / name).unlink()
    ((file, line, column, _, said),) = complaints()
    assert (file, line, column) == (f"config/{name}", 1, 1)
    assert said.startswith("The file cannot be read: ")


def test_the_office_is_found_from_any_folder_below(office_folder: Path) -> None:
    assert find_root(office_folder / "posts" / "verkehr") == office_folder
    assert find_root(office_folder) == office_folder


def test_outside_of_any_office_one_is_told_where_to_go(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as refused:
        find_root(tmp_path)
    assert str(tmp_path) in str(refused.value.message)
    assert "kanal demo" in str(refused.value.advice)


def test_the_sample_office_of_this_repository_is_good() -> None:
    root = Path(__file__).parents[2]
    assert load(root, platform_names(), rules).office.name == "Landkreis Musterland"
