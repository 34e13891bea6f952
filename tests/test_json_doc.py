"""Real output of every command fits the JSON Schemas in docs/json.md, which name every key that there is."""

import json
import os
import re
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator, FormatChecker

from kanal.cli.findings import Report
from kanal.cli.main import run
from kanal.doctor import Check, State
from kanal.ledger import EventKind, Intent, Standing
from kanal.ledger.office import open_practice_ledger
from kanal.message import msg
from kanal.model import DeliveryKey, Outcome, Part, Prepared, Receipt
from tests.documents import ROOT, marked
from tests.feeds.feeds import item, rss
from tests.four_eyes import APPROVER, FourEyes

FINDINGS, DELIVERIES, PLAN, EVENTS, CHANNELS = "findings", "deliveries", "plan", "events", "channels"
WAIVERS, TEMPLATES, RULES, RULE, STATUS, CHECK = "waivers", "templates", "rules", "rule", "status", "check"
DOCTOR, IMPORTED = "doctor", "imported"
SCHEMAS = {name: json.loads(text) for name, text in marked("docs/json.md", "schema").items()}

Ask = Callable[..., tuple[int, Any]]

CONFIG = {
    "config/kanal.yaml": "office: Landkreis Musterland\nlanguage: en\n",
    "config/channels.yaml": """\
channels:
  mastodon: {platform: mastodon, account: landkreis@social.example, status: active, start: 2026-06-01}
  x: {platform: x, account: lk, status: active}
  facebook: {platform: facebook, account: "1", status: paused}
  instagram: {platform: instagram, account: "2", status: ended, page: "https://instagram.example/lk"}
  echt: {platform: x, account: echt, live: true}
""",
    "config/policy.yaml": """\
rules:
  platform/media-count: off
  privacy/channel-duties: off
  privacy/channel-review: off
""",
    "posts/now.yaml": """\
id: now
channels: [mastodon, x, facebook, instagram]
text: DIE LINDEN SIND JETZT GEPFLANZT.
waivers:
  - {rule: netiquette/shouting, reason: So steht es auf dem Schild, name: Kim Muster}
""",
    "posts/later.yaml": "id: later\nchannels: [mastodon]\ntext: Später.\npublish_at: 2999-01-02 08:00\n",
}


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """An office with a channel in each state of its life, and nothing that lint would complain about."""
    for name, text in CONFIG.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    repository = FourEyes(tmp_path).begin()
    repository.commit()
    repository.approve("posts/now.yaml")
    repository.commit(APPROVER)
    return tmp_path


@pytest.fixture
def ask(office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Runs a command with `--format json`; its exit code and what it wrote."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("KANAL_LANG", "en")

    def answer(*arguments: str) -> tuple[int, Any]:
        code = run(["--project", str(office), *arguments, "--format", "json"])
        return code, json.loads(capsys.readouterr().out)

    return answer


def _fits(name: str, output: Any) -> None:
    """Raises unless the output fits the documented schema and has no key that is not documented."""
    checker = FormatChecker()
    checker.checks("date-time", ValueError)(_has_an_offset)
    Draft202012Validator(_closed(SCHEMAS[name]), format_checker=checker).validate(output)


def _has_an_offset(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).utcoffset() is not None


def _closed(schema: Any) -> Any:
    """The schema with every object that names its keys closed to others; programs get the open one."""
    if isinstance(schema, list):
        return [_closed(item) for item in schema]
    if not isinstance(schema, Mapping):
        return schema
    closed = {key: _closed(value) for key, value in schema.items()}
    return {"additionalProperties": False, **closed} if schema.get("type") == "object" else closed


def _outcomes(output: Any) -> dict[tuple[str, str], str | None]:
    return {(each["draft"], each["channel"]): each["outcome"] for each in output["deliveries"]}


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schemas_are_schemas_that_refuse_something(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])
    assert not Draft202012Validator(SCHEMAS[name]).is_valid({})


def test_lint_without_findings(ask: Ask) -> None:
    code, output = ask("lint")
    _fits(FINDINGS, output)
    assert code == 0
    assert output["summary"] == {"files": 2, "error": 0, "warning": 0, "info": 0}


@pytest.mark.parametrize("command", [["lint"], ["plan", "--sandbox"], ["publish", "--sandbox"]])
def test_findings_of_every_command_that_checks(ask: Ask, office: Path, command: list[str]) -> None:
    (office / "posts" / "bad.yaml").write_text("id: bad\nchannels: [x]\ntext: '{@feuerwehr}'\n", encoding="utf-8")
    (office / "posts" / "worse.yaml").write_text("id: worse\nchanels: [x]\n", encoding="utf-8")
    code, output = ask(*command)
    _fits(FINDINGS, output)
    assert code == 1
    assert {"references/mention", "format/unknown-key"} <= {finding["rule"] for finding in output["findings"]}


def test_plan_shows_what_is_due_and_what_waits(ask: Ask) -> None:
    code, output = ask("plan", "--sandbox")
    _fits(PLAN, output)
    assert code == 0
    assert _outcomes(output) == {
        ("now", "mastodon"): None,
        ("now", "x"): None,
        ("now", "facebook"): "held",
        ("now", "instagram"): "skipped",
        ("later", "mastodon"): "deferred",
    }
    assert output["summary"]["due"] == 2


def test_publish_status_and_log_after_a_run(ask: Ask) -> None:
    code, output = ask("publish", "--sandbox")
    _fits(DELIVERIES, output)
    assert code == 0
    assert output["summary"]["published"] == 2
    again = ask("publish", "--sandbox")[1]
    _fits(DELIVERIES, again)
    assert again["summary"]["already"] == 2
    _fits(PLAN, ask("plan", "--sandbox")[1])
    status = ask("status", "--sandbox")[1]
    _fits(STATUS, status)
    assert _outcomes(status)["now", "x"] == "published"
    log = ask("log", "--sandbox")[1]
    _fits(EVENTS, log)
    assert log["summary"]["events"] == len(log["events"]) == 4
    for event in log["events"]:
        told = (event["approval"] and event["approval"]["name"], [waiver["name"] for waiver in event["waivers"]])
        assert told == ((APPROVER, ["Kim Muster"]) if event["event"] == "claimed" else (None, []))


def test_retract_and_what_is_said_of_it_afterwards(ask: Ask) -> None:
    ask("publish", "--sandbox")
    code, output = ask("retract", "now", "--reason", "Falscher Tag", "--sandbox")
    _fits(DELIVERIES, output)
    assert (code, output["summary"]["retracted"]) == (0, 2)
    for command, schema in {"plan": PLAN, "status": STATUS, "log": EVENTS, "publish": DELIVERIES}.items():
        said = ask(command, "--sandbox")[1]
        _fits(schema, said)
        assert command == "log" or _outcomes(said)["now", "x"] == "retracted"


def test_correct_and_what_is_said_of_it_afterwards(ask: Ask, office: Path) -> None:
    """A change voids the approval: nothing is edited before somebody gives it anew."""
    ask("publish", "--sandbox")
    draft, repository = office / "posts" / "now.yaml", FourEyes(office)
    draft.write_text(draft.read_text(encoding="utf-8").replace("LINDEN", "BUCHEN"), encoding="utf-8")
    repository.commit()
    code, output = ask("correct", "now", "--reason", "Falscher Baum", "--sandbox")
    _fits(FINDINGS, output)
    assert (code, [finding["rule"] for finding in output["findings"]]) == (1, ["approval/void"])
    assert [one["channel"] for one in ask("status", "--sandbox")[1]["outdated"]] == ["mastodon", "x"]
    repository.approve("posts/now.yaml")
    repository.commit(APPROVER)
    code, output = ask("correct", "now", "--reason", "Falscher Baum", "--sandbox")
    _fits(DELIVERIES, output)
    assert (code, _outcomes(output)) == (3, {("now", "mastodon"): "corrected", ("now", "x"): "held"})
    for command, schema in {"plan": PLAN, "status": STATUS, "log": EVENTS, "publish": DELIVERIES}.items():
        said = ask(command, "--sandbox")[1]
        _fits(schema, said)
        assert command != "status" or [one["channel"] for one in said["outdated"]] == ["x"]


def test_status_and_log_of_every_event_there_is(ask: Ask, office: Path) -> None:
    ledger = open_practice_ledger(office / ".kanal")
    prepared = Prepared(Part("Die Linden sind gepflanzt.", "de"))
    keys = {
        name: DeliveryKey("x", name)
        for name in ("doubtful", "refused", "busy", "out", "going", "gone", "edited", "away")
    }
    later = Intent(DeliveryKey("x", "later"), "0" * 64, prepared, goes_out_at=datetime.now(UTC) + timedelta(hours=2))
    ledger.claim([Intent(key, "0" * 64, prepared) for key in keys.values()], "host/1/dead")
    now, why = datetime.now(UTC), msg("Because.")
    ledger.doubt(keys["doubtful"], why, "host/1/dead")
    standing = ledger.standing(keys["doubtful"])
    assert isinstance(standing, Standing)
    ledger.take_over(standing, "host/2/later")
    ledger.settle(keys["refused"], why, "host/1/dead")
    ledger.release(keys["busy"], why, now + timedelta(hours=1), "host/1/dead")
    ledger.settle(keys["out"], Receipt("1", None, now), "host/1/dead")
    ledger.locate({keys["out"]: "https://x.example/lk/1"}, "host/1/dead")
    ledger.vouch([DeliveryKey("x", "old")], why, "E. Muster")
    ledger.settle(keys["edited"], Receipt("2", "https://x.example/lk/2", now), "host/1/dead")
    new = Intent(keys["edited"], "1" * 64, prepared)
    ledger.end_correcting(new, ledger.begin_correcting(new, why, "E. Muster") or 0, Receipt("2", None, now), why, "E.")
    ledger.begin_correcting(Intent(keys["edited"], "2" * 64, prepared), why, "E. Muster")
    for name in ("going", "gone"):
        ledger.settle(keys[name], Receipt(name, f"https://x.example/lk/{name}", now), "host/1/dead")
        ledger.begin_retracting(keys[name], why, "E. Muster")
    ledger.end_retracting(keys["gone"], why, "E. Muster")
    begun = ledger.begin_retracting(keys["out"], why, "E. Muster")
    assert begun is not None
    ledger.keep(keys["out"], begun, why, "E. Muster")
    ledger.claim([later], "host/1/dead")
    ledger.hand_over(later.key, Receipt("9", None, now + timedelta(hours=2)), "host/1/dead")
    ledger.hand_over(keys["away"], Receipt("8", None, now), "host/1/dead")
    ledger.end_cancelling(keys["away"], ledger.begin_cancelling(keys["away"], why, "E. Muster"), why, "E. Muster")
    ledger.note_reply(keys["out"], "3" * 64, "korrektur", why, "E. Muster")
    begun = ledger.begin_reposting(keys["out"], why, "E. Muster")
    assert begun is not None
    ledger.end_reposting(keys["out"], begun, why, "E. Muster")
    ledger.close()
    status = ask("status", "--sandbox")[1]
    _fits(STATUS, status)
    assert {"handed-over"} < {one["outcome"] for one in status["deliveries"]}
    assert status["deliveries"][0]["outcome"] == "uncertain"
    log = ask("log", "--sandbox")[1]
    _fits(EVENTS, log)
    assert {event["event"] for event in log["events"]} == set(EventKind)
    code, check = ask("ledger", "check", "--sandbox")
    _fits(CHECK, check)
    assert (code, check["breaks"]) == (0, [])
    assert check["summary"]["mark"] == log["events"][-1]["mark"]


def test_check_of_a_broken_ledger(ask: Ask, office: Path) -> None:
    ledger = open_practice_ledger(office / ".kanal")
    ledger.vouch([DeliveryKey("x", "old"), DeliveryKey("x", "older")], msg("Because."), "E. Muster")
    ledger.close()
    with closing(sqlite3.connect(office / ".kanal" / "practice.sqlite3", isolation_level=None)) as db:
        db.execute("DROP TRIGGER event_stays")
        db.execute("UPDATE event SET by = 'N. Muster' WHERE number = 1")
    code, check = ask("ledger", "check", "--sandbox")
    _fits(CHECK, check)
    assert (code, [found["number"] for found in check["breaks"]]) == (1, [1])


def test_channels(ask: Ask) -> None:
    code, output = ask("channels")
    _fits(CHANNELS, output)
    assert code == 0
    missing = {channel["channel"]: channel["missing_credentials"] for channel in output["channels"]}
    assert "KANAL_ECHT_ACCESS_TOKEN" in missing["echt"]
    assert missing["mastodon"] == []


def test_templates_and_one_of_them(ask: Ask) -> None:
    for arguments, count in (("--list",), 14), (("event", "--list"), 1):
        code, output = ask("new", *arguments)
        _fits(TEMPLATES, output)
        assert (code, output["summary"]["templates"], len(output["templates"])) == (0, count, count)


def test_import_of_a_feed(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "presse.xml"
    file.write_bytes(rss(item()))
    for written, arguments in ((1, ["--dry-run"]), (1, []), (0, [])):
        code, output = ask("import", "feed", str(file), "--since", "2026-11-01", *arguments)
        _fits(IMPORTED, output)
        assert (code, output["summary"]["written"], len(output["entries"])) == (0, written, 1)


def test_doctor_with_and_without_networks(ask: Ask) -> None:
    """The real channel lacks credentials, but is only planned; and a ledger, which is an error."""
    for arguments in ([], ["--offline"]):
        code, output = ask("doctor", *arguments)
        _fits(DOCTOR, output)
        seen = {(row["channel"], row["check"]): row["state"] for row in output["checks"]}
        assert (code, [check for check in seen if seen[check] == "error"]) == (1, [(None, "ledger")])
        assert seen["echt", "credentials"] == "warning"
        assert sum(output["summary"].values()) == len(output["checks"])
        asked = {row["channel"] for row in output["checks"] if row["check"] in {"account", "network"}}
        assert asked == {"mastodon", "x", "facebook"}


def test_the_documented_checks_and_states_are_those_of_the_program() -> None:
    fields = SCHEMAS[DOCTOR]["properties"]["checks"]["items"]["properties"]
    assert fields["check"]["enum"] == [str(check) for check in Check]
    assert fields["state"]["enum"] == [str(state) for state in State]
    text = (ROOT / "docs" / "doctor.md").read_text(encoding="utf-8")
    listed = text.partition("## What it looks at")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `([a-z-]+)` \|", listed, re.MULTILINE) == [str(check) for check in Check]


def test_waivers(ask: Ask) -> None:
    code, output = ask("lint", "--show-waivers")
    _fits(WAIVERS, output)
    assert code == 0
    assert [(waiver["rule"], waiver["findings"]) for waiver in output["waivers"]] == [("netiquette/shouting", 1)]


def test_rules_and_one_rule(ask: Ask) -> None:
    code, output = ask("rules")
    _fits(RULES, output)
    assert code == 0
    listed = {rule["rule"]: rule for rule in output["rules"]}
    assert listed["platform/media-count"]["severity"] == "off"
    assert listed["platform/media-count"]["said_by"] == "config/policy.yaml"
    for name in ("privacy/iban", "crisis/situation", "language/readability", "language/gender-signs"):
        manual = ask("rules", name)[1]
        _fits(RULE, manual)
        assert manual.pop("manual")
        assert manual == listed[name]


def test_no_message_names_the_personal_data_that_it_is_about(ask: Ask, office: Path) -> None:
    text = "Herr Max Probst bekommt es auf DE02 1203 0000 0000 2020 51, Telefon 030 23125 111."
    (office / "posts" / "bad.yaml").write_text(f"id: bad\nchannels: [x]\ntext: '{text}'\n", encoding="utf-8")
    said = json.dumps(ask("lint")[1], ensure_ascii=False)
    for rule, words in {"privacy/iban": "1203", "privacy/phone": "23125", "privacy/person-name": "Probst"}.items():
        assert rule in said
        assert words not in said


@pytest.mark.parametrize("form", marked("docs/json.md", "ci"))
def test_the_ci_examples_are_yaml_and_use_formats_that_exist(form: str) -> None:
    text = marked("docs/json.md", "ci")[form]
    assert yaml.safe_load(text)
    assert f"kanal lint --format {form}" in text


def test_every_report_of_lint_is_documented() -> None:
    text = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    table = text.partition("## Reports for CI")[2].partition("```")[0]
    listed = re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)
    assert {*listed, "text", "json"} == {str(report) for report in Report}


@pytest.mark.parametrize(
    "arguments", [["lint"], ["rules", "--active"], ["status", "--sandbox"], ["publish", "--chanel", "x"]]
)
def test_nothing_but_an_explanation_when_the_configuration_or_the_command_is_wrong(
    office: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    (office / "config" / "channels.yaml").write_text("channels: {x: {platform: xx, account: a}}\n", encoding="utf-8")
    assert run(["--project", str(office), *arguments, "--format", "json"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err


def test_the_documented_outcomes_are_those_of_the_program() -> None:
    outcomes = SCHEMAS[DELIVERIES]["properties"]["summary"]["required"]
    assert outcomes == [str(outcome) for outcome in Outcome]
