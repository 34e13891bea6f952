"""What an approval holds for: everything that a draft says, and nothing else."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kanal.approval.digest import digest_of
from kanal.draft_fields import DRAFT
from kanal.drafts import DraftSetting, parse_draft

WHOLE = """\
id: umzug
type: event
channels: [mastodon, x]
text: Das Bürgerbüro ist umgezogen.
language: de
link: https://www.office.example/umzug
source: https://www.office.example/quelle
publish_at: 2027-02-01 09:00
embargo: 2027-01-29 12:00
starts_at: 2027-02-09 17:00
ends_at: 2027-02-09 19:00
media:
  - file: media/haus.jpg
    alt: Ein Haus
    captions: media/haus.vtt
variants:
  x: {text: Umgezogen!}
author: office
written_by: Kim Muster
task: Service
consent: Ordner 1
confirmed_by: Leitstelle
public_place: true
election_office: Vermerk
paid_promotion: true
legal_check: Rechtsamt
waivers:
  - {rule: privacy/iban, reason: Spendenkonto, name: Eva Muster}
"""
NEWER = """\
thread:
  - {text: Mehr dazu.}
poll: {options: [Ja, Nein], ends_after: 3 days}
content_warning: Umzug
sensitive_media: true
visibility: unlisted
reply_to: frueher
quote: davor
unfinished: true
format: story
"""
"""Keys that came later."""
OTHERWISE = {
    "id: umzug": "id: umzuege",
    "type: event": "type: service",
    "channels: [mastodon, x]": "channels: [mastodon]",
    "text: Das Bürgerbüro ist umgezogen.": "text: Das Bürgerbüro ist nicht umgezogen.",
    "language: de": "language: en",
    "link: https://www.office.example/umzug": "link: https://www.office.example/umzuege",
    "source: https://www.office.example/quelle": "source: https://www.office.example/andere",
    "publish_at: 2027-02-01 09:00": "publish_at: 2027-02-01 09:01",
    "embargo: 2027-01-29 12:00": "embargo: 2027-01-29 11:00",
    "starts_at: 2027-02-09 17:00": "starts_at: 2027-02-09 17:30",
    "ends_at: 2027-02-09 19:00": "ends_at: 2027-02-09 20:00",
    "media:\n  - file: media/haus.jpg": "media:\n  - file: media/hof.jpg",
    "variants:\n  x: {text: Umgezogen!}": "variants:\n  x: {text: Umgezogen!, media: []}",
    "thread:\n  - {text: Mehr dazu.}": "thread:\n  - {text: Mehr dazu., media: [{file: media/hof.jpg}]}",
    "poll: {options: [Ja, Nein], ends_after: 3 days}": "poll: {options: [Ja, Nein], ends_after: 4 days}",
    "content_warning: Umzug": "content_warning: Umzüge",
    "sensitive_media: true": "sensitive_media: false",
    "visibility: unlisted": "visibility: followers",
    "reply_to: frueher": "reply_to: spaeter",
    "quote: davor": "quote: danach",
    "unfinished: true": "unfinished: false",
    "format: story": "format: post",
    "author: office": "author: office-holder",
    "written_by: Kim Muster": "written_by: Eva Muster",
    "task: Service": "task: Wahlen",
    "consent: Ordner 1": "consent: Ordner 2",
    "confirmed_by: Leitstelle": "confirmed_by: Feuerwehr",
    "public_place: true": "public_place: false",
    "election_office: Vermerk": "election_office: Brief",
    "paid_promotion: true": "paid_promotion: false",
    "legal_check: Rechtsamt": "legal_check: Referat",
    "waivers:\n  - {rule: privacy/iban": "waivers:\n  - {rule: privacy/phone",
}
SMALL = "id: umzug\nchannels: [mastodon]\ntext: Das Bürgerbüro ist umgezogen.\n"


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    folder = tmp_path / "posts" / "media"
    folder.mkdir(parents=True)
    for name in ("haus.jpg", "hof.jpg"):
        (folder / name).write_bytes(b"the same picture")
    (folder / "haus.vtt").write_bytes(b"WEBVTT\n\n00:00.000 --> 00:01.000\nHallo\n")
    return tmp_path / "posts"


def digest(text: str, posts: Path, file: str = "posts/umzug.yaml") -> str:
    draft, mistakes = parse_draft(text, file, DraftSetting(posts, ZoneInfo("Europe/Berlin"), "de"))
    assert draft is not None, mistakes
    return digest_of(draft, posts)


@pytest.mark.parametrize("before", OTHERWISE)
def test_whatever_a_draft_says_differently_is_another_content(before: str, posts: Path) -> None:
    assert (WHOLE + NEWER).count(before) == 1
    assert digest((WHOLE + NEWER).replace(before, OTHERWISE[before]), posts) != digest((WHOLE + NEWER), posts)


def test_no_key_of_a_draft_was_forgotten() -> None:
    assert {before.partition(":")[0] for before in OTHERWISE} == set(DRAFT.keys_at()) - {"approval"}


@pytest.mark.parametrize(
    "text",
    [
        f"# Entwurf\n{SMALL}\n# Ende\n",
        SMALL.replace("\n", "\r\n"),
        f"\ufeff{SMALL}",
        'text: "Das Bürgerbüro ist umgezogen."\nchannels:\n  - mastodon\nid: "umzug"\n',
        "text: >\n  Das Bürgerbüro\n  ist umgezogen.\nid: umzug\nchannels: [mastodon]\n",
        f"{SMALL}language: de\ntype: announcement\npublic_place: false\nmedia: []\nlink:\n",
        f"{SMALL}approval: {{name: Toni Probe, at: 2026-11-20 10:00}}\n",
    ],
    ids=["comments", "CRLF", "BOM", "order and quotes", "folded", "what holds anyway", "the approval itself"],
)
def test_the_same_content_written_differently_stays_approved(text: str, posts: Path) -> None:
    assert digest(text, posts, "posts/woanders/neu.yaml") == digest(SMALL, posts)


def test_another_picture_under_the_same_name_is_another_content(posts: Path) -> None:
    before = digest(WHOLE, posts)
    (posts / "media" / "haus.jpg").write_bytes(b"another picture")
    assert digest(WHOLE, posts) != before


def test_a_picture_that_vanished_is_another_content(posts: Path) -> None:
    before = digest(WHOLE, posts)
    (posts / "media" / "haus.jpg").unlink()
    assert digest(WHOLE, posts) != before


def test_captions_count_by_their_words_and_not_by_the_line_ends_of_windows(posts: Path) -> None:
    captions = posts / "media" / "haus.vtt"
    before = digest(WHOLE, posts)
    captions.write_bytes(captions.read_bytes().replace(b"\n", b"\r\n"))
    assert digest(WHOLE, posts) == before
    captions.write_bytes(captions.read_bytes().replace(b"Hallo", b"Tach"))
    assert digest(WHOLE, posts) != before


def test_an_approval_of_today_holds_with_tomorrows_kanal(posts: Path) -> None:
    """If this changes, every approval in every office is void: a new key must leave drafts without it alone."""
    assert digest(SMALL, posts) == "sha256:948a2b77fbdbcf8dff6d90caebb003deefb84ec0a6bdb73474b00d4e698cd9b2"
    assert digest(WHOLE, posts) == "sha256:d0a0ecb73bc062d88a4aceb001004e7af324a0058bb1c7af6417c58a72871ff7"
