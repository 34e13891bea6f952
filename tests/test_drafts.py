from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.draft_fields import web_address
from kanal.drafts import DraftSetting, parse_draft, read_draft
from kanal.model import (
    Approval,
    Draft,
    DraftType,
    Extra,
    FollowUp,
    Music,
    People,
    Picture,
    Place,
    Poll,
    Variant,
    Visibility,
    Waiver,
    Warrant,
)
from kanal.schema_quick import Refusal

BERLIN = ZoneInfo("Europe/Berlin")
SETTING = DraftSetting(Path("office") / "posts", BERLIN, "de")
GOOD = "id: baustelle\nchannels: [mastodon]\ntext: Gesperrt.\n"
PICTURE = "{file: media/a.jpg, alt: Eine Linde, credit: Landkreis, licence: CC0}"


def _draft(text: str) -> Draft:
    draft, findings = parse_draft(text, "posts/f.yaml", SETTING)
    assert findings == []
    assert draft is not None
    return draft


def _complaints(text: str) -> list[tuple[str, int, int, str, str]]:
    draft, findings = parse_draft(text, "posts/f.yaml", SETTING)
    assert draft is None
    assert {finding.file for finding in findings} == {"posts/f.yaml"}
    return [(f.rule, f.place.line, f.place.column, f.field, str(f.message)) for f in findings]


def test_three_lines_are_a_draft() -> None:
    draft = _draft(GOOD)
    assert (draft.id, draft.path, draft.channels, draft.text) == (
        "baustelle",
        "posts/f.yaml",
        ("mastodon",),
        "Gesperrt.",
    )
    assert (draft.type, draft.language, draft.link, draft.publish_at, draft.media) == (
        DraftType.ANNOUNCEMENT,
        "de",
        None,
        None,
        (),
    )


def test_everything_that_a_draft_can_say_arrives() -> None:
    draft = _draft(
        "id: linden\ntype: correction\nchannels: [mastodon, x]\nlanguage: en\nlink: https://a.example/b?c=ä\n"
        f"publish_at: 2026-11-02 08:00\ntext: |\n\n  Zwei\n  Zeilen\n\nmedia:\n  - {PICTURE}\n"
        f"variants:\n  x:\n    text: Kurz\n    link: http://k.example\n    media: [{PICTURE}]\n"
        "  mastodon: {media: []}\n"
    )
    picture = Picture(Path("office/posts/media/a.jpg"), "Eine Linde", "Landkreis", "CC0")
    assert draft.text == "Zwei\nZeilen"
    assert (draft.type, draft.language, draft.link) == (DraftType.CORRECTION, "en", "https://a.example/b?c=ä")
    assert draft.publish_at == datetime(2026, 11, 2, 8, 0, tzinfo=BERLIN)
    assert draft.media == (picture,)
    assert draft.variants == {"x": Variant("Kurz", "http://k.example", (picture,)), "mastodon": Variant(media=())}
    assert draft.places["media[0].alt"] == Place(13, 30)
    assert draft.places["variants.x:key"] == Place(15, 3)


@pytest.mark.parametrize("missing", ["id", "channels", "text"])
def test_id_channels_and_text_are_required(missing: str) -> None:
    lines = [line for line in GOOD.splitlines() if not line.startswith(missing)]
    assert _complaints("\n".join(lines)) == [("format/missing-key", 1, 1, missing, f"The key “{missing}” is missing.")]


@pytest.mark.parametrize(
    "word", ["Baustelle", "bau_stelle", "-bau", "bau-", "bau--stelle", "straßen", "a b", "a" * 101]
)
def test_an_id_is_small_letters_digits_and_hyphens(word: str) -> None:
    assert _complaints(GOOD.replace("baustelle", word)) == [
        (
            "format/value",
            1,
            5,
            "id",
            "An id consists of a-z, 0-9 and hyphens, at most 100 characters, like “road-closure-b73”.",
        )
    ]


def test_an_id_of_a_hundred_characters_is_fine() -> None:
    assert _draft(GOOD.replace("baustelle", "a" * 100)).id == "a" * 100


@pytest.mark.parametrize(
    ("line", "rule", "column", "field", "said"),
    [
        ("txt: a", "unknown-key", 1, "txt", "The key “txt” is unknown here. Did you mean “text”?"),
        ("text: a", "duplicate-key", 1, "text", "The key “text” stands here a second time; the first is in line 3."),
        ("link: www.a.example", "value", 7, "link", "A link is a whole web address that begins with https://."),
        ("link: https://a b.example", "value", 7, "link", "A link is a whole web address"),
        ("link: https://", "value", 7, "link", "A link is a whole web address"),
        ("link: ftp://a.example", "value", 7, "link", "A link is a whole web address"),
        ("link: 'https://[a'", "value", 7, "link", "A link is a whole web address"),
        ("link: https://a.example:port/", "value", 7, "link", "A link is a whole web address"),
        ("link: 5", "type", 7, "link", "“link” must be text. Put the value in quotation marks."),
        ("type: story-time", "value", 7, "type", "“type” must be one of: announcement, event, service, "),
        ("type: no", "value", 7, "type", "“type” must be one of: announcement"),
        ("language: deutsch", "value", 11, "language", "A language is written with two letters, like de or en"),
        ("publish_at: morgen", "value", 13, "publish_at", "“morgen” is not a time. Write it like 2026-11-02 08:00."),
        ("publish_at: 2026-02-30 08:00", "value", 13, "publish_at", "There is no such day or hour"),
        ("publish_at: 2027-03-28 02:30", "value", 13, "publish_at", "2027-03-28 02:30 does not exist in Europe/Berlin"),
        ("publish_at: 2026-10-25 02:30", "value", 13, "publish_at", "2026-10-25 02:30 happens twice in Europe/Berlin"),
        ("publish_at: 0001-01-01 00:00", "value", 13, "publish_at", "There is no such day or hour"),
        ("publish_at: 12:30", "value", 13, "publish_at", "“12:30” is not a time."),
        ("publish_at: 20261102", "type", 13, "publish_at", "“publish_at” must be text."),
        ("media: a.jpg", "type", 8, "media", "“media” must be a list"),
        ("variants: {x: Kurz}", "type", 15, "variants.x", "“x” must be a group of lines “key: value”"),
        ("variants: {x: {txt: a}}", "unknown-key", 16, "variants.x.txt", "The key “txt” is unknown here. Did you mean"),
        ("variants: {x: {text: ''}}", "value", 22, "variants.x.text", "There is no text here."),
        ("media: [{file: a, alt: b, credit: c, license: d, licence: d}]", "unknown-key", 38, "media[0].license", "The"),
        ("media: [{alt: b, credit: c}]", "missing-key", 9, "media[0].file", "The key “file” is missing."),
        ("waivers: [{rule: a, name: b}]", "missing-key", 11, "waivers[0].reason", "The key “reason” is missing."),
        ("waivers: [{rule: a, name: b, reason: ' '}]", "value", 38, "waivers[0].reason", "There is no text here."),
        ("media: [{file: ../a, alt: b, credit: c, licence: d}]", "value", 16, "media[0].file", "Pictures lie"),
        ("media: [{file: /a, alt: b, credit: c, licence: d}]", "value", 16, "media[0].file", "Pictures lie"),
        ("media: [{file: 'C:a', alt: b, credit: c, licence: d}]", "value", 16, "media[0].file", "Pictures lie"),
        ("media: [{file: m\\a, alt: b, credit: c, licence: d}]", "value", 16, "media[0].file", "Write file names with"),
        ('media: [{file: "a\\0", alt: b, credit: c, licence: d}]', "encoding", 16, "media[0].file", "Here is an"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_at_its_line_and_column(line: str, rule: str, column: int, field: str, said: str) -> None:
    ((found_rule, row, found_column, found_field, words),) = _complaints(f"{GOOD}{line}\n")
    assert (found_rule, row, found_column, found_field) == (f"format/{rule}", 4, column, field)
    assert words.startswith(said)


@pytest.mark.parametrize(
    ("channels", "column", "field", "said"),
    [
        (
            "mastodon",
            11,
            "channels",
            "“channels” must be a list: one entry per line, each with “- ” in front, or [a, b].",
        ),
        ("[]", 11, "channels", "“channels” is empty."),
        ("[x, x]", 11, "channels", "The channel “x” stands here twice."),
        ("[x, 5]", 15, "channels[1]", "“channels[1]” must be text. Put the value in quotation marks."),
    ],
)
def test_channels_are_a_list_of_different_names(channels: str, column: int, field: str, said: str) -> None:
    assert [found[2:] for found in _complaints(GOOD.replace("[mastodon]", channels))] == [(column, field, said)]


def test_what_yaml_1_1_would_have_turned_into_something_else_stays_text() -> None:
    draft = _draft("id: no\nchannels: [on]\ntext: 12:30\nvariants: {on: {text: 1_000}}\n")
    assert (draft.id, draft.channels, draft.text) == ("no", ("on",), "12:30")
    assert draft.variants["on"].text == "1_000"


def test_every_mistake_of_a_file_is_reported_at_once() -> None:
    found = _complaints("id: A\nid: b\nchannels: x\nlink: y\nmedia: [{file: a}]\nfoo: 1\n")
    assert [(rule, row) for rule, row, *_ in sorted(found, key=lambda one: one[1:3])] == [
        ("format/missing-key", 1),
        ("format/value", 1),
        ("format/duplicate-key", 2),
        ("format/type", 3),
        ("format/value", 4),
        ("format/unknown-key", 6),
    ]


def test_a_draft_with_windows_line_ends_and_a_byte_order_mark_says_the_same(tmp_path: Path) -> None:
    text = f"{GOOD}link: https://a.example/\nvariants:\n  x:\n    text: |\n      Zwei\n      Zeilen\n"
    plain, windows = tmp_path / "plain.yaml", tmp_path / "windows.yaml"
    plain.write_bytes(text.encode())
    windows.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert read_draft(windows, "f", SETTING) == read_draft(plain, "f", SETTING)
    assert read_draft(plain, "f", SETTING)[1] == []


def test_what_people_answer_for_is_read_with_its_times() -> None:
    draft = _draft(
        f"{GOOD}written_by: Kim Muster\napproval: {{name: Toni Muster, at: 2026-11-20 10:00}}\n"
        "waivers:\n  - {rule: privacy/person-name, reason: Sie hat zugestimmt, name: Kim Muster}\n"
    )
    assert draft.approval == Approval("Toni Muster", datetime(2026, 11, 20, 10, tzinfo=BERLIN))
    assert draft.waivers == (Waiver("privacy/person-name", "Sie hat zugestimmt", "Kim Muster"),)
    assert draft.warrant == Warrant(draft.approval, draft.waivers)


def test_people_music_and_captions_of_a_picture_are_read() -> None:
    draft = _draft(
        f"{GOOD}media:\n  - file: a.mp4\n    people: {{consent: Akte 7}}\n    captions: a.vtt\n"
        "    captions_checked: false\n    music: {title: Marsch, licence: CC0}\n    shows_text: Heute\n"
    )
    [clip] = draft.media
    assert (clip.alt, clip.credit, clip.licence, clip.shows_text) == ("", "", "", "Heute")
    assert (clip.people, clip.music) == (People(consent="Akte 7"), Music("Marsch", "CC0"))
    assert (clip.captions, clip.captions_checked) == (SETTING.posts / "a.vtt", False)


def test_a_thread_a_poll_and_what_else_a_post_can_carry_arrive() -> None:
    draft = _draft(
        GOOD + f"thread:\n  - text: |\n      Mehr.\n    media: [{PICTURE}]\n  - {{text: Ende.}}\n"
        "poll: {options: [Ja, Nein], ends_after: 3 days, multiple: true}\n"
        "content_warning: Unfall\nsensitive_media: true\nvisibility: unlisted\nreply_to: frueher\n"
        "variants:\n  x: {thread: [], leave_out: [poll, content_warning]}\n"
    )
    picture = Picture(Path("office/posts/media/a.jpg"), "Eine Linde", "Landkreis", "CC0")
    assert draft.thread == (FollowUp("Mehr.", (picture,)), FollowUp("Ende."))
    assert draft.poll == Poll(("Ja", "Nein"), 3 * 24 * 60, multiple=True)
    assert (draft.content_warning, draft.sensitive_media, draft.reply_to) == ("Unfall", True, "frueher")
    assert draft.visibility is Visibility.UNLISTED
    assert draft.variants["x"] == Variant(thread=(), leave_out=(Extra.POLL, Extra.CONTENT_WARNING))
    assert draft.places["thread[0].media[0].alt"] == Place(7, 38)


@pytest.mark.parametrize(
    ("more", "place", "field", "words"),
    [
        ("thread:\n  - {media: []}\n", (5, 5), "thread[0].text", "text"),
        ("thread:\n  - text: ' '\n", (5, 11), "thread[0].text", "There is no text here."),
        ("thread:\n" + "  - {text: Mehr.}\n" * 25, (5, 3), "thread", "This thread has 26 parts; more than 25"),
        ("poll: {options: [Ja], ends_after: 6h}\n", (4, 17), "poll.options", "at least two answers"),
        ("poll: {options: [Ja, Ja], ends_after: 6h}\n", (4, 17), "poll.options", "“Ja” stands here twice"),
        ("poll: {options: [Ja, Nein], ends_after: bald}\n", (4, 41), "poll.ends_after", "not a length of time"),
        ("poll: {options: [Ja, Nein]}\n", (4, 7), "poll.ends_after", "ends_after"),
        ("visibility: secret\n", (4, 13), "visibility", "must be one of: public"),
        ("variants: {x: {leave_out: [links]}}\n", (4, 28), "variants.x.leave_out[0]", "Did you mean “link”?"),
        ("reply_to: Frueher\n", (4, 11), "reply_to", "An id consists of"),
    ],
)
def test_what_is_wrong_with_it_is_told_with_its_place(
    more: str, place: tuple[int, int], field: str, words: str
) -> None:
    [(_, line, column, found, said)] = _complaints(GOOD + more)
    assert ((line, column), found) == (place, field)
    assert words in said


def _is_whole(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return bool(
            parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0 and address.split() == [address]
        )
    except ValueError:
        return False


@given(st.text() | st.from_regex(r"https?://[a-zA-Z0-9.:@ä\[\]-]*[/?# ]?[ -~\n]*", fullmatch=True))
def test_a_link_is_what_the_standard_library_takes_for_a_whole_web_address(address: str) -> None:
    try:
        accepted = web_address(address) == address
    except Refusal:
        accepted = False
    assert accepted == _is_whole(address)
