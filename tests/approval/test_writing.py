"""An approval gets into a file, and every other byte of the file stays as it was."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kanal.approval.digest import said
from kanal.approval.writing import approved
from kanal.drafts import DraftSetting, parse_draft
from kanal.errors import UsageError
from kanal.model import Approval, Draft

SETTING = DraftSetting(Path("posts"), ZoneInfo("Europe/Berlin"), "de")
DIGEST = f"sha256:{'0a' * 32}"
AT = datetime(2026, 11, 20, 9, 0, 41, tzinfo=UTC)
TONI = Approval("Toni Probe", AT, DIGEST)
FLOW = f"{{name: Toni Probe, at: 2026-11-20 10:00, digest: {DIGEST}}}"
OLD = f"sha256:{'ff' * 32}"


def written(text: str, approval: Approval = TONI) -> str:
    return approved(text.encode(), approval, SETTING).decode()


def draft(text: str) -> Draft:
    found, mistakes = parse_draft(text, "posts/a.yaml", SETTING)
    assert found is not None, mistakes
    return found


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("id: a\nchannels: [x]\ntext: Grüße\n", f"id: a\nchannels: [x]\ntext: Grüße\napproval: {FLOW}\n"),
        ("id: a\nchannels: [x]\ntext: Grüße", f"id: a\nchannels: [x]\ntext: Grüße\napproval: {FLOW}\n"),
        (
            "\ufeffid: a\r\nchannels: [x]\r\ntext: |\r\n  Grüße\r\n",
            f"\ufeffid: a\r\nchannels: [x]\r\ntext: |\r\n  Grüße\r\napproval: {FLOW}\r\n",
        ),
        (
            "# Kopf\nid:   a # kurz\nchannels: ['x']\ntext: |+\n  Hallo\n\n\n# Schluss\n",
            f"# Kopf\nid:   a # kurz\nchannels: ['x']\ntext: |+\n  Hallo\n\n\n# Schluss\napproval: {FLOW}\n",
        ),
        ("  id: a\n  channels: [x]\n  text: b\n", f"  id: a\n  channels: [x]\n  text: b\n  approval: {FLOW}\n"),
        (
            "---\nid: a\nchannels: [x]\ntext: b\n... # Ende\n",
            f"---\nid: a\nchannels: [x]\ntext: b\napproval: {FLOW}\n... # Ende\n",
        ),
        ("{id: a, channels: [x], text: b}\n", f"{{id: a, channels: [x], text: b, approval: {FLOW}}}\n"),
        ("id: a\nchannels: [x]\napproval:\ntext: b\n", f"id: a\nchannels: [x]\napproval: {FLOW}\ntext: b\n"),
        (
            "id: a\nchannels: [x]\napproval: ~ # wer?\ntext: b\n",
            f"id: a\nchannels: [x]\napproval: {FLOW} # wer?\ntext: b\n",
        ),
        (
            "approval: { name: 'Eva', at: \"2026-01-02 03:04\" } # vorn\nid: a\nchannels: [x]\ntext: b\n",
            (
                f"approval: {{ name: Toni Probe, at: 2026-11-20 10:00, digest: {DIGEST} }} # vorn\nid: a\n"
                "channels: [x]\ntext: b\n"
            ),
        ),
        (
            f"id: a\napproval: {{digest: {OLD}, name: Eva, at: 2026-01-02 03:04}}\nchannels: [x]\ntext: b\n",
            f"id: a\napproval: {{digest: {DIGEST}, name: Toni Probe, at: 2026-11-20 10:00}}\nchannels: [x]\ntext: b\n",
        ),
        (
            (
                "id: a\napproval:\n    at: 2026-01-02 03:04  # abends\n    # wer:\n    name: Eva  # nicht ich\n"
                "\n# Text\nchannels: [x]\ntext: b\n"
            ),
            (
                "id: a\napproval:\n    at: 2026-11-20 10:00  # abends\n    # wer:\n    name: Toni Probe  # nicht ich\n"
                f"    digest: {DIGEST}\n\n# Text\nchannels: [x]\ntext: b\n"
            ),
        ),
        (
            "id: a\r\nchannels: [x]\r\ntext: b\r\napproval:\r\n  name: Eva\r\n  at: 2026-01-02 03:04",
            (
                "id: a\r\nchannels: [x]\r\ntext: b\r\napproval:\r\n  name: Toni Probe\r\n  at: 2026-11-20 10:00\r\n"
                f"  digest: {DIGEST}"
            ),
        ),
    ],
    ids=[
        *("end of file", "no last line end", "BOM and CRLF", "comments", "indented", "end of document", "flow"),
        *(
            "empty",
            "null",
            "old one in a line",
            "old one with digest",
            "old block with comments",
            "old block at the end",
        ),
    ],
)
def test_everything_but_the_approval_stays(before: str, after: str) -> None:
    assert written(before) == after
    assert said(draft(before), SETTING.posts) == said(draft(after), SETTING.posts)
    assert draft(after).approval == Approval("Toni Probe", AT.replace(second=0), DIGEST)
    assert written(after) == after


@pytest.mark.parametrize(
    "name",
    ["O'Brien", "Müller, Toni", "Toni: Probe", "# Toni", "true", "No", "12", "Toni {Probe}", '"Toni"', "Ş. Öz-Ünal"],
)
def test_any_name_comes_back_as_it_was(name: str) -> None:
    for text in (
        "id: a\nchannels: [x]\ntext: b\n",
        "id: a\nchannels: [x]\ntext: b\napproval: {name: E, at: 2026-01-02 03:04}\n",
    ):
        found = draft(written(text, TONI._replace(name=name))).approval
        assert found is not None
        assert found.name == name


def test_in_the_hour_that_happens_twice_the_last_minute_before_it_is_written() -> None:
    half_past_two = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    text = written("id: a\nchannels: [x]\ntext: b\n", TONI._replace(at=half_past_two))
    assert "at: 2026-10-25 01:59," in text
    assert draft(text).approval is not None


def test_what_cannot_be_done_without_changing_more_is_left_to_a_person() -> None:
    unusual = "id: a\nchannels: [x]\ntext: b\napproval:\n  ? name\n  : Eva\n  ? at\n  : >-\n    2026-01-02\n    03:04\n"
    with pytest.raises(UsageError) as refused:
        written(unusual)
    assert f"approval: {FLOW}" in str(refused.value)
