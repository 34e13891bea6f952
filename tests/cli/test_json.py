"""The documented shapes of `--format json` (docs/json.md): programs rely on every key."""

from datetime import datetime

from kanal.sandbox import Practice
from tests.cli.calls import Kanal, process
from tests.conftest import WriteFile

OUTCOMES = {
    "published",
    "already",
    "held",
    "deferred",
    "rejected",
    "uncertain",
    "skipped",
    "retracted",
    "corrected",
} | {"handed-over", "cancelled"}
DELIVERY = {"draft", "channel", "part", "revision", "outcome", "url", "at", "since", "reason"}


def test_findings(kanal: Kanal, write_file: WriteFile) -> None:
    write_file("posts/neu.yaml", "id: neu\nchanels: [x]\nchannels: [x]\ntext: Hallo\n")
    answer = kanal.json("lint")
    assert answer.code == 1
    assert answer.json == {
        "findings": [
            {
                "rule": "format/unknown-key",
                "severity": "error",
                "file": "posts/neu.yaml",
                "line": 2,
                "column": 1,
                "field": "chanels",
                "message": "The key “chanels” is unknown here. Did you mean “channels”?",
                "fixable": False,
            }
        ],
        "summary": {"files": 3, "error": 1, "warning": 0, "info": 0},
    }


def test_no_findings(kanal: Kanal) -> None:
    assert kanal.json("lint").json == {
        "findings": [],
        "summary": {"files": 2, "error": 0, "warning": 0, "info": 0},
    }


def test_deliveries_of_publish(kanal: Kanal, practice: Practice) -> None:
    found = kanal.json("publish").json
    assert set(found) == {"deliveries", "summary"}
    urls = {post.url for post in practice.posts()}
    for one in found["deliveries"]:
        assert set(one) == DELIVERY
        assert (one["part"], one["outcome"], one["reason"]) == (1, "published", None)
        assert one["url"] in urls
        assert datetime.fromisoformat(one["at"]).tzinfo is not None
    assert found["summary"] == {**dict.fromkeys(OUTCOMES, 0), "published": 4}


def test_deliveries_that_are_out_already(kanal: Kanal, practice: Practice) -> None:
    assert practice.posts() == []
    kanal("publish")
    found = kanal.json("publish").json
    assert [one["outcome"] for one in found["deliveries"]] == ["already"] * 4
    assert found["summary"] == {**dict.fromkeys(OUTCOMES, 0), "already": 4}


def test_deliveries_of_status(kanal: Kanal, practice: Practice) -> None:
    before = kanal.json("status").json
    assert {one["outcome"] for one in before["deliveries"]} == {"deferred"}
    kanal("publish", "baustelle")
    after = kanal.json("status").json
    assert all(set(one) == DELIVERY for one in after["deliveries"])
    out = {one["url"] for one in after["deliveries"] if one["outcome"] == "published"}
    assert out == {post.url for post in practice.posts()}
    assert after["summary"] == {**dict.fromkeys(OUTCOMES, 0), "published": 2, "deferred": 2}


def test_deliveries_of_plan(kanal: Kanal, write_file: WriteFile) -> None:
    write_file("posts/neu.yaml", "id: neu\nchannels: [x]\ntext: Hallo\npublish_at: 2999-01-01 08:00\n")
    found = kanal.json("plan", "neu", "linden", "baustelle", "-c", "x", "-c", "instagram").json
    by_draft = {one["draft"]: one for one in found["deliveries"]}
    assert by_draft["neu"] == {
        "draft": "neu",
        "channel": "x",
        "part": 1,
        "revision": 1,
        "outcome": "deferred",
        "url": None,
        "at": "2999-01-01T08:00:00+01:00",
        "since": None,
        "reason": "It is due at 2999-01-01 08:00.",
        "live": False,
        "text": "Hallo",
        "link": None,
        "length": 5,
        "limit": 280,
        "media": [],
        "extras": {},
        "price_usd": "0.015",
    }
    assert by_draft["baustelle"]["outcome"] is None
    assert by_draft["linden"]["media"] == [
        {
            "file": str(kanal.root.resolve() / "posts" / "good.jpg"),
            "alt": "Junge Linden an einer Landstraße",
            "sent_as": None,
        }
    ]
    assert found["summary"] == {**dict.fromkeys(OUTCOMES, 0), "due": 2, "deferred": 1}


def test_channels(kanal: Kanal) -> None:
    found = kanal.json("channels").json
    assert found["summary"] == {"channels": 5, "live": 0}
    assert found["channels"][-1] == {
        "channel": "jugendamt-mastodon",
        "platform": "mastodon",
        "account": "jugendamt@social.example",
        "status": "active",
        "start": "2026-06-01",
        "live": False,
        "page": None,
        "missing_credentials": [],
    }


def test_events(kanal: Kanal, practice: Practice) -> None:
    kanal("publish", "baustelle", "-c", "mastodon")
    found = kanal.json("log").json
    assert found["summary"] == {"events": 2}
    claimed, published = found["events"]
    assert (claimed["number"], claimed["event"], claimed["url"]) == (1, "claimed", None)
    assert (published["number"], published["event"]) == (2, "published")
    assert published["url"] == practice.posts()[0].url
    assert set(published) == {
        *("number", "at", "event", "draft", "channel", "part", "revision", "digest", "by", "version"),
        *("id", "url", "reason", "approval", "waivers", "retry_at", "media", "reply", "mark", "goes_out_at"),
    }


def test_stdout_is_json_while_stderr_carries_the_notes(kanal: Kanal, practice: Practice) -> None:
    from kanal.sandbox import Fault, FaultKind

    practice.set_fault("mastodon", Fault(FaultKind.TOO_MANY, seconds=1))
    answer = process(kanal.root, "publish", "baustelle", "--format", "json")
    assert answer.code == 0
    assert set(answer.outcomes.values()) == {"published"}
    assert "mastodon: waiting. " in answer.err
